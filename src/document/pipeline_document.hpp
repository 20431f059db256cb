// SPDX-License-Identifier: MIT
// PipelineDocument: the Document over one replicated tree.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "draft.hpp"
#include "edit_writer.hpp"
#include "history.hpp"
#include "pe/crdt/tree.hpp"
#include "pe/document/document.hpp"
#include "projection.hpp"
#include "replicated_forest.hpp"

namespace pe::document {

class PipelineDocument final : public Document {
public:
    PipelineDocument(crdt::ReplicaId replica, Clock& clock);
    void begin(std::string text);
    Result<void> fold(const std::vector<std::string>& log, std::size_t synced);
    void setDraft(std::string text);

    const yaml::Forest& forest() const override;
    const std::string& text() const override;
    bool hasDraft() const override { return draft_.has_value(); }
    std::uint64_t version() const override { return version_; }
    yaml::Span entrySpan(yaml::NodeRef node) const override;
    yaml::Span keySpan(yaml::NodeRef node) const override;
    yaml::Span valueSpan(yaml::NodeRef node) const override;
    yaml::NodeRef nodeAt(std::size_t offset) const override;
    const std::vector<yaml::Problem>& problems() const override;

    Result<void> execute(const Command& command) override;
    Result<void> replaceText(std::size_t offset, std::size_t removed, std::string_view inserted,
                             std::uint32_t source) override;
    void markSynced() override;
    Result<void> mergeDisk(const std::string& theirs) override;
    void discardDraft() override;

    bool canUndo() const override;
    bool canRedo() const override;
    std::string undoLabel() const override;
    std::string redoLabel() const override;
    Result<void> undo() override;
    Result<void> redo() override;
    const std::vector<HistoryEntry>& history() const override { return history_.entries(); }
    std::vector<std::string> log() const override;
    std::uint64_t stateHash() override { return tree_.stateHash(); }

private:
    // What a gesture is called and where it came from.
    struct Occasion {
        Origin origin = Origin::Command;
        std::uint32_t source = 0;
        std::string label;
        std::uint64_t mergeKey = 0;
        std::optional<DraftTrace> draftBefore;
        bool leavesDraft = false;
    };

    Result<void> mayEdit() const;
    // Makes the edits and shows `expected`, or leaves everything as it was.
    Result<void> write(const std::function<void(EditWriter&)>& edits, const RenderScope& scope,
                       const std::string& expected, Occasion occasion);
    bool typeIntoEntry(const TextPatch& patch, const std::string& expected, std::uint32_t source);
    bool typeIntoScope(const RenderScope& scope, const TextPatch& patch,
                       const std::string& expected, std::uint32_t source);
    // The whole text becomes `next`, which parsed; draft and all.
    Result<void> becomeText(const yaml::Tree& next, const Occasion& occasion);
    Result<void> startOver(const yaml::Tree& next, const Occasion& occasion);
    void draftText(const TextPatch& patch, std::uint32_t source);
    void showDraft(const TextPatch& patch, Origin origin, std::uint32_t source);
    Result<void> stepDraft(bool back);
    bool redoLeavesDraft() const;
    bool redoEntersDraft() const;
    // No text was ever taken into the tree: there is nothing behind a draft.
    bool isBare() const {
        return openedAsDraft_ && !history_.canUndo() && projection_.text().empty();
    }

    Result<void> commit(crdt::Transaction& transaction, std::vector<TextPatch> patches,
                        const Occasion& occasion);
    void rollback(crdt::Transaction& transaction);
    Result<void> confirm(const crdt::SharedChange& change);
    // Takes back the changes of a step, the last first; returns the changes that did it.
    Result<std::vector<crdt::SharedChange>> takeBack(const HistoryStep& step,
                                                     const std::string& label);
    void show(Origin origin, const std::string& label, bool reset);
    Result<crdt::SharedChange> diskChange(const yaml::Tree& theirs);
    void deliver(ChangeSet changes);
    std::vector<NodeChange> drainEffects();

    Clock& clock_;
    crdt::ReplicatedTree tree_;
    ReplicatedForest forest_;
    Projection projection_;
    History history_;
    std::optional<Draft> draft_;
    bool openedAsDraft_ = false;
    // What was typed in a draft that undo has left, and how much of the history was undone then.
    struct DraftAhead {
        std::vector<TextPatch> patches;
        std::size_t undone = 0;
    };
    std::optional<DraftAhead> draftAhead_;
    std::vector<crdt::SharedChange> log_;
    // What the disk has seen: the first `synced_` changes, and what it changed itself since.
    std::size_t synced_ = 0;
    std::vector<crdt::SharedChange> diskChanges_;
    std::string draftAtSync_;
    std::uint64_t version_ = 0;
    bool delivering_ = false;
    mutable std::uint64_t problemsVersion_ = ~std::uint64_t{0};
    mutable std::vector<yaml::Problem> problems_;
};

}  // namespace pe::document
