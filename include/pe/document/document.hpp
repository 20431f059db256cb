// SPDX-License-Identifier: MIT
// Document: one open pipeline. Many doors in (commands, typed text, undo, disk, peers), one door
// out: the `changed` signal. Its state is a replicated tree (crdt) that carries the YAML text;
// forest() and text() are projections of it. While the typed text does not parse, it is a draft:
// shown, kept and saveable, but not yet operations; forest() then shows what parses of it and
// commands are refused.
//
// A document that is not shared confirms each change at once: the local journal is the order. One
// that is shared keeps own changes pending until receive() brings them back in the common order.
//
// What a journal keeps, and gives back in a SavedDocument after a restart: every change of
// `committed` (unshared: append to the log; shared: append to pending), the changes of `confirmed`
// (append to the log and take own ones off pending), pendingChanges() again after
// `pendingReplaced`, `draftChanged`, undoState() after changes settle (small: it names changes of
// the log), and syncMark() whenever the base text is written.
//
// Owned by a workspace::Session (or the command line). Lives on one thread, the UI thread. No input
// or output. Invariant: without a draft, text() == render(forest()) and every change has passed
// `committed` or `confirmed`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
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
#include "pe/document/conflict.hpp"
#include "pe/document/replica.hpp"
#include "pe/yaml/forest.hpp"
#include "pe/yaml/problem.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::format {
class Catalogue;
}

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
    // The same from all that a journal keeps. An empty log with `shared` is a document that is
    // about to receive its beginning from others. Pending changes that were made under another id
    // (the journal is a copy) get this one's: pendingChanges() are others then.
    static Result<std::unique_ptr<Document>> replay(std::uint64_t replica, SavedDocument saved,
                                                    Clock& clock);
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
    // What keeps the text from being the document: its first error, or a limit of documents that it
    // is beyond. Nothing without a draft.
    virtual std::optional<yaml::Problem> obstacle() const = 0;

    // Refused while `changed` is delivered and while there is a draft.
    virtual Result<void> execute(const Command& command) = 0;
    // Makes the text another one as one step of this name: a gesture that was worked out on a copy.
    // Entries that both texts hold stay who they are. Refused as execute(), and for text with
    // errors.
    virtual Result<void> rewrite(std::string next, const std::string& label) = 0;
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

    // The steps that undo and redo can take, as bytes for SavedDocument::undo: the newest of them,
    // without the changes themselves. With a draft, the way back through its typing too.
    virtual std::string undoState() const = 0;
    virtual std::string syncMark() const = 0;

    // Every confirmed change since the document began, encoded, the first being its import. Empty
    // while the text never parsed. Older ones that the journal cannot read are left out, here and
    // in revisions(); textAt() says why.
    virtual std::vector<std::string> log() const = 0;
    // Gives log() as it is now; may be called on any thread, and after the document is gone.
    virtual std::function<std::vector<std::string>()> logEncoder() const = 0;
    // What is confirmed by now, for SavedDocument::snapshot.
    virtual DocumentSnapshot snapshot() = 0;

    // The name that own changes carry from now on.
    virtual void setAuthor(std::string author) = 0;
    // The step types that count here, a team's among them: what a rename finds follows from them.
    // Outlive the document, or are replaced before they go. Without this: those of the engine.
    virtual void setStepTypes(const format::Catalogue& types) = 0;
    virtual bool isShared() const = 0;
    // What is in the log by now is the common beginning; own changes are pending from now on.
    virtual void share() = 0;
    virtual std::uint64_t sequence() const = 0;  // of the last confirmed change
    virtual std::vector<std::string> pendingChanges() const = 0;
    // Changes in the common order: those of others, and own ones that are confirmed by it.
    // Repeated ones are ignored. Refused: a gap, a newer program's change; Conflict: two machines
    // under one replica id; Corrupt. On an error those in front of the bad one have been taken.
    virtual Result<void> receive(const std::vector<std::string>& changes,
                                 std::uint64_t firstSequence) = 0;
    // Pending changes get a new replica's id: after a copied profile or a restored backup.
    virtual Result<void> rekey(std::uint64_t newReplica) = 0;
    // Takes the pending change that begins with this counter out, with those that need it.
    virtual Result<Refused> reject(std::uint32_t firstCounter) = 0;

    // What two people changed at the same time and nobody has decided yet.
    virtual const std::vector<Conflict>& conflicts() const = 0;
    // Makes another version the shown one (or keeps the shown one) and settles the conflict: one
    // undoable step.
    virtual Result<void> choose(const std::string& conflict, std::size_t version) = 0;
    // What is shown is fine; the other versions stay in the history only.
    virtual Result<void> dismiss(const std::string& conflict) = 0;

    // All changes, confirmed and pending, the oldest first.
    virtual std::vector<Revision> revisions() const = 0;
    // The text after the first `position` changes.
    virtual Result<std::string> textAt(std::uint64_t position) const = 0;
    // Makes the text what it was then, as a new step.
    virtual Result<void> restore(std::uint64_t position) = 0;

    // Hash of the replicated state: equal on replicas with equal state.
    virtual std::uint64_t stateHash() = 0;

    Signal<const ChangeSet&> changed;           // views
    Signal<const std::string&> committed;       // journal: a change that was made here, in order
    Signal<const ConfirmedChanges&> confirmed;  // journal: what receive() has taken
    Signal<> pendingReplaced;                   // journal: pendingChanges() are others than before
    Signal<> conflictsChanged;
    Signal<const std::optional<std::string>&> draftChanged;  // journal
    Signal<const std::string&> notice;  // one sentence for the user (an undo that was skipped)
};

// `line 3, column 5: ...` of what keeps the text from being the document, for people. Empty without
// a draft.
std::string obstacleText(const Document& document);
// Whether an obstacle is an error of the YAML, which its author can correct; else it is a limit.
bool isSyntaxError(const yaml::Problem& obstacle);

}  // namespace pe::document
