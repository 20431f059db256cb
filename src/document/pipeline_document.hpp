// SPDX-License-Identifier: MIT
// PipelineDocument: the Document over one replicated tree.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "change_log.hpp"
#include "conflict_book.hpp"
#include "draft.hpp"
#include "edit_writer.hpp"
#include "history.hpp"
#include "pe/crdt/tree.hpp"
#include "pe/document/document.hpp"
#include "pe/format/catalogue.hpp"
#include "projection.hpp"
#include "replicated_forest.hpp"
#include "sync_point.hpp"
#include "timeline.hpp"
#include "undo_codec.hpp"

namespace pe::document {

// What changes of the file by others are called in the history.
inline constexpr const char* kDiskLabel = "Changed on disk";

class PipelineDocument final : public Document {
public:
    PipelineDocument(crdt::ReplicaId replica, Clock& clock);
    void begin(std::string text);
    // Goes on from what was kept, as `replica`.
    Result<void> resume(SavedDocument saved, crdt::ReplicaId replica);

    const yaml::Forest& forest() const override;
    const std::string& text() const override;
    bool hasDraft() const override { return draft_.has_value(); }
    std::uint64_t version() const override { return version_; }
    yaml::Span entrySpan(yaml::NodeRef node) const override;
    yaml::Span keySpan(yaml::NodeRef node) const override;
    yaml::Span valueSpan(yaml::NodeRef node) const override;
    yaml::NodeRef nodeAt(std::size_t offset) const override;
    const std::vector<yaml::Problem>& problems() const override;
    std::optional<yaml::Problem> obstacle() const override;

    Result<void> execute(const Command& command) override;
    Result<void> rewrite(std::string next, const std::string& label) override;
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
    std::string undoState() const override;
    std::string syncMark() const override { return sync_.encode(); }
    std::vector<std::string> log() const override { return logEncoder()(); }
    std::function<std::vector<std::string>()> logEncoder() const override;
    DocumentSnapshot snapshot() override;

    void setAuthor(std::string author) override { author_ = std::move(author); }
    void setStepTypes(const format::Catalogue& types) override { types_ = &types; }
    bool isShared() const override { return shared_; }
    void share() override { shared_ = true; }
    std::uint64_t sequence() const override { return tree_.sequence(); }
    std::vector<std::string> pendingChanges() const override;
    Result<void> receive(const std::vector<std::string>& changes,
                         std::uint64_t firstSequence) override;
    Result<void> rekey(std::uint64_t newReplica) override;
    Result<Refused> reject(std::uint32_t firstCounter) override;

    const std::vector<Conflict>& conflicts() const override { return book_.list(); }
    Result<void> choose(const std::string& conflict, std::size_t version) override;
    Result<void> dismiss(const std::string& conflict) override;

    std::vector<Revision> revisions() const override;
    Result<std::string> textAt(std::uint64_t position) const override;
    Result<void> restore(std::uint64_t position) override;
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
        bool flawless = false;  // what was written reads without any problem
    };

    Result<void> mayEdit() const;
    bool hadNoProblems() const;
    crdt::Transaction beginGesture(std::string label);
    // Makes the edits and shows `expected`, or leaves everything as it was.
    Result<void> write(const std::function<void(EditWriter&)>& edits, const RenderScope& scope,
                       const std::string& expected, Occasion occasion);
    bool typeIntoEntry(const TextPatch& patch, const std::string& expected, std::uint32_t source);
    bool typeIntoScope(const RenderScope& scope, const TextPatch& patch,
                       const std::string& expected, std::uint32_t source);
    // The whole text becomes `next`, which parsed; draft and all.
    Result<void> becomeText(yaml::Tree next, const Occasion& occasion);
    Result<void> startOver(const yaml::Tree& next, const Occasion& occasion);
    void setDraft(std::string text);
    void draftText(const TextPatch& patch, yaml::Tree next, std::uint32_t source);
    void showDraft(const TextPatch& patch, Origin origin, std::uint32_t source);
    Result<void> stepDraft(bool back);
    bool redoLeavesDraft() const;
    bool redoEntersDraft() const;
    // No text was ever taken into the tree: there is nothing behind a draft.
    bool isBare() const {
        return openedAsDraft_ && !history_.canUndo() && projection_.text().empty();
    }
    bool nothingYet() const { return log_.empty() && tree_.pending().empty(); }

    Result<void> commit(crdt::Transaction& transaction, std::vector<TextPatch> patches,
                        const Occasion& occasion);
    void rollback(crdt::Transaction& transaction);
    bool maybeMerged() const { return shared_ || book_.isOpen(); }
    void fitTogether();
    // Takes a change of the tree into the log, unless others have a say in its place.
    Result<void> keep(const crdt::SharedChange& change);
    Result<void> readState(SavedDocument& saved);
    Result<void> readSnapshot(SavedDocument& saved);
    Result<void> fold(const std::vector<std::string>& log);
    // `undo` knows what the journal of pending changes does not say of them.
    Result<void> resumePending(const std::vector<std::string>& pending, const UndoState& undo);
    Result<void> takeIdentity(crdt::ReplicaId replica);
    void resumeUndo(UndoState& state);
    void resumeDraft(std::string text, UndoState state);
    Result<std::vector<crdt::SharedChange>> changesOf(const HistoryStep& step) const;
    // Takes back the changes, the last first; returns those that did it.
    Result<std::vector<crdt::SharedChange>> takeBack(const std::vector<crdt::SharedChange>& changes,
                                                     const std::string& label);
    void show(Origin origin, const std::string& label, bool reset);
    void deliver(ChangeSet changes);
    std::vector<NodeChange> drainEffects();

    // The change that holds an operation, null if there is none. An error says why the older
    // history cannot be read.
    Result<crdt::SharedChange> find(crdt::OpId op) const;
    bool isOwn(crdt::ReplicaId replica) const {
        return replica == tree_.self() || formerSelves_.count(replica) != 0;
    }
    bool hasUnsaved() const;
    Result<crdt::ReplicatedTree> syncedTree() const;
    Result<void> mergeDiskShared(const std::string& theirs, bool unsaved);
    Result<crdt::SharedChange> diskChange(const yaml::Tree& theirs);
    Result<std::string> syncedText() const;

    // Where a batch of others' changes can be seen, and what it does to the text.
    std::vector<RenderScope> scopesOf(std::span<const crdt::SharedChange> changes) const;
    std::vector<TextPatch> renderScopes(const std::vector<RenderScope>& scopes);
    bool scopesAreRight(const std::vector<RenderScope>& scopes) const;
    std::vector<TextPatch> carryIntoDraft(const std::string& before,
                                          const std::vector<TextPatch>& patches);
    void showReceived(const crdt::Change& last, const std::vector<RenderScope>& scopes,
                      bool foreign);
    void forgetTwins(std::vector<crdt::SharedChange> waited, const std::vector<crdt::Twin>& twins,
                     std::span<const crdt::SharedChange> incoming, std::uint64_t firstSequence);
    void replacePending(const std::vector<crdt::SharedChange>& before,
                        const std::vector<crdt::SharedChange>& out);
    void showReplaced(const std::string& label);
    void noteRenames(std::span<const crdt::SharedChange> incoming);
    void noteConflicts(const crdt::SharedChange& change);
    void listConflicts();

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
    mutable ChangeLog log_;
    bool shared_ = false;
    std::set<crdt::ReplicaId> formerSelves_;
    std::string author_;
    const format::Catalogue* types_ = &format::Catalogue::builtIn();
    SyncPoint sync_;
    std::string draftAtSync_;
    ConflictBook book_;
    mutable Timeline timeline_;
    std::uint64_t version_ = 0;
    bool delivering_ = false;
    mutable std::uint64_t problemsVersion_ = ~std::uint64_t{0};
    mutable std::vector<yaml::Problem> problems_;
};

}  // namespace pe::document
