// SPDX-License-Identifier: MIT
// Document: one open pipeline. Many doors in (commands, typed text, undo, disk, peers), one door
// out: the `changed` signal. Its state is a replicated tree (crdt) that carries the YAML text;
// forest() and text() are projections of it. While the typed text does not parse, it is a draft:
// shown, kept and saveable, but not yet operations; forest() then shows what parses of it and
// commands are refused.
//
// Owned by a workspace::Session (or the command line). Lives on one thread, the UI thread. No input
// or output. Invariant: without a draft, text() == render(forest()) and every change has passed
// `committed`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/base/result.hpp"
#include "pe/base/signal.hpp"
#include "pe/document/change_set.hpp"
#include "pe/document/command.hpp"
#include "pe/yaml/forest.hpp"
#include "pe/yaml/problem.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::document {

struct HistoryEntry {
    std::string label;
    std::int64_t atMs = 0;
    bool undone = false;
};

class Document {
public:
    // Opens a text. Never fails: text that is no editable YAML opens as a draft.
    static std::unique_ptr<Document> open(std::uint64_t replica, std::string text, Clock& clock);
    // Rebuilds a document from its log and, if there is one, its draft. `synced`: how many changes
    // of the log the disk had seen. Corrupt if the log does not fold.
    static Result<std::unique_ptr<Document>> replay(std::uint64_t replica,
                                                    const std::vector<std::string>& log,
                                                    std::size_t synced,
                                                    std::optional<std::string> draft, Clock& clock);
    virtual ~Document() = default;

    // What is shown: the tree of the document, or what parses of the draft.
    virtual const yaml::Forest& forest() const = 0;
    virtual const std::string& text() const = 0;
    virtual bool hasDraft() const = 0;
    virtual std::uint64_t version() const = 0;  // grows with every ChangeSet

    // Bytes in text().
    virtual yaml::Span entrySpan(yaml::NodeRef node) const = 0;
    virtual yaml::Span keySpan(yaml::NodeRef node) const = 0;
    virtual yaml::Span valueSpan(yaml::NodeRef node) const = 0;
    // The innermost entry whose lines hold the offset.
    virtual yaml::NodeRef nodeAt(std::size_t offset) const = 0;
    // Errors and warnings of the YAML in text().
    virtual const std::vector<yaml::Problem>& problems() const = 0;

    // Refused while `changed` is delivered and while there is a draft.
    virtual Result<void> execute(const Command& command) = 0;
    // Typing: replaces bytes of text(). Always takes it; if the result does not parse it becomes a
    // draft.
    virtual Result<void> replaceText(std::size_t offset, std::size_t removed,
                                     std::string_view inserted, std::uint32_t source) = 0;
    // The text as it is now was exchanged with the disk: it is the base of the next merge.
    virtual void markSynced() = 0;
    // The file changed outside: what it changed since the last exchange is applied as a peer's
    // edit. If theirs does not parse: a draft if nothing is unsaved here, else Conflict and nothing
    // changes.
    virtual Result<void> mergeDisk(const std::string& theirs) = 0;
    // Throws the draft away and shows the document again.
    virtual void discardDraft() = 0;

    virtual bool canUndo() const = 0;
    virtual bool canRedo() const = 0;
    virtual std::string undoLabel() const = 0;
    virtual std::string redoLabel() const = 0;
    virtual Result<void> undo() = 0;
    virtual Result<void> redo() = 0;
    virtual const std::vector<HistoryEntry>& history() const = 0;

    // Every change since the document began, encoded, the first being its import. Empty while the
    // text never parsed.
    virtual std::vector<std::string> log() const = 0;
    // Hash of the replicated state: equal on replicas with equal state.
    virtual std::uint64_t stateHash() = 0;

    Signal<const ChangeSet&> changed;      // views
    Signal<const std::string&> committed;  // journal: the encoded change, in order
    Signal<const std::optional<std::string>&> draftChanged;  // journal
    Signal<const std::string&> notice;  // one sentence for the user (an undo that was skipped)
};

}  // namespace pe::document
