// SPDX-License-Identifier: MIT
// Undo, redo, and the file on disk as one more peer.
#include <utility>

#include "edit_writer.hpp"
#include "pe/crdt/codec.hpp"
#include "pe/yaml/difference.hpp"
#include "pipeline_document.hpp"

namespace pe::document {
namespace {

// The disk writes as a replica of its own, so that its edits merge like anybody's. The id follows
// from ours and from the change it branches off: two branches never share one.
crdt::ReplicaId diskReplica(crdt::ReplicaId self, crdt::Sequence base) {
    std::uint64_t mixed = self ^ (base * 0x9e3779b97f4a7c15ULL) ^ 0x6469736bULL;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return (mixed ^ (mixed >> 31)) | 1;
}

const char* skippedSentence(std::size_t skipped, std::size_t done) {
    if (skipped == 0)
        return nullptr;
    return done == 0 ? "Nothing was undone: what you changed there has been changed again since."
                     : "A part was not undone: it has been changed again since.";
}

}  // namespace

bool PipelineDocument::canUndo() const {
    return draft_ ? draft_->canUndo() : history_.canUndo();
}

// Going back to text that never parsed leaves a draft; doing it again leads out of it.
bool PipelineDocument::redoLeavesDraft() const {
    return draft_ && !draft_->canRedo() && history_.canRedo() &&
           history_.lastUndone().draftBefore &&
           history_.lastUndone().draftBefore->text == draft_->text();
}

// Undoing all that was typed in a draft leaves it; doing it again leads into it.
bool PipelineDocument::redoEntersDraft() const {
    return !draft_ && draftAhead_ && draftAhead_->undone == history_.undoneCount();
}

bool PipelineDocument::canRedo() const {
    if (draft_)
        return draft_->canRedo() || redoLeavesDraft();
    return redoEntersDraft() || history_.canRedo();
}

std::string PipelineDocument::undoLabel() const {
    if (!canUndo())
        return {};
    return draft_ ? "Edit text" : history_.last().label;
}

std::string PipelineDocument::redoLabel() const {
    if (!canRedo())
        return {};
    return draft_ || redoEntersDraft() ? "Edit text" : history_.lastUndone().label;
}

Result<std::vector<crdt::SharedChange>> PipelineDocument::takeBack(const HistoryStep& step,
                                                                   const std::string& label) {
    std::vector<crdt::SharedChange> made;
    std::size_t skipped = 0;
    std::size_t done = 0;
    for (auto change = step.changes.rbegin(); change != step.changes.rend(); ++change) {
        PE_TRY_ASSIGN(crdt::Undone undone, tree_.undo(**change, clock_.nowMs(), label));
        skipped += undone.skipped.size();
        if (undone.change->operations.empty())
            continue;
        done += undone.change->operations.size();
        PE_TRY(confirm(undone.change));
        made.push_back(undone.change);
    }
    if (const char* sentence = skippedSentence(skipped, done))
        notice.emit(sentence);
    return made;
}

void PipelineDocument::show(Origin origin, const std::string& label, bool reset) {
    ChangeSet changes;
    changes.origin = origin;
    changes.label = label;
    changes.reset = reset;
    changes.nodes = drainEffects();
    auto patch = projection_.renderAll(forest_);
    if (draft_) {
        patch = patchBetween(draft_->text(), projection_.text());
        draft_.reset();
        draftChanged.emit(std::nullopt);
    }
    if (patch)
        changes.patches.push_back(std::move(*patch));
    deliver(std::move(changes));
}

Result<void> PipelineDocument::stepDraft(bool back) {
    const TextPatch patch = back ? draft_->undo() : draft_->redo();
    const bool returned = !log_.empty() && draft_->text() == projection_.text();
    if (returned) {
        if (draft_->canRedo())
            draftAhead_ = DraftAhead{draft_->ahead(), history_.undoneCount()};
        draft_.reset();
        draftChanged.emit(std::nullopt);
        ChangeSet changes;
        changes.origin = back ? Origin::Undo : Origin::Redo;
        changes.label = "Edit text";
        changes.patches.push_back(patch);
        changes.reset = true;
        deliver(std::move(changes));
        return {};
    }
    showDraft(patch, back ? Origin::Undo : Origin::Redo, 0);
    return {};
}

Result<void> PipelineDocument::undo() {
    if (delivering_ || !canUndo())
        return fail(ErrorCode::Refused, "There is nothing to undo.");
    if (draft_)
        return stepDraft(true);
    HistoryStep step = history_.takeLast();
    PE_TRY_ASSIGN(auto made, takeBack(step, "Undo " + step.label));
    for (const crdt::SharedChange& change : made)
        committed.emit(crdt::encodeChange(*change));
    HistoryStep redo{std::move(made), step.label, clock_.nowMs(), 0, std::nullopt};
    if (step.draftBefore) {
        const auto patch = patchBetween(projection_.text(), step.draftBefore->text);
        drainEffects();
        projection_.renderAll(forest_);
        draft_.emplace(*step.draftBefore);
        redo.draftBefore = step.draftBefore;
        history_.pushUndone(std::move(redo));
        showDraft(patch.value_or(TextPatch{}), Origin::Undo, 0);
        return {};
    }
    history_.pushUndone(std::move(redo));
    show(Origin::Undo, step.label, false);
    return {};
}

Result<void> PipelineDocument::redo() {
    if (delivering_ || !canRedo())
        return fail(ErrorCode::Refused, "There is nothing to redo.");
    if (redoEntersDraft()) {
        draft_.emplace(projection_.text());
        draft_->goOnWith(std::move(draftAhead_->patches));
        draftAhead_.reset();
        return stepDraft(false);
    }
    const bool leaves = redoLeavesDraft();
    if (draft_ && !leaves)
        return stepDraft(false);
    HistoryStep step = history_.takeUndone();
    PE_TRY_ASSIGN(auto made, takeBack(step, step.label));
    for (const crdt::SharedChange& change : made)
        committed.emit(crdt::encodeChange(*change));
    history_.pushRedone({std::move(made), step.label, clock_.nowMs(), 0, step.draftBefore});
    show(Origin::Redo, step.label, leaves);
    return {};
}

void PipelineDocument::markSynced() {
    synced_ = log_.size();
    diskChanges_.clear();
    draftAtSync_ = draft_ ? draft_->text() : std::string{};
    history_.seal();
}

// What the disk did, as a change on the state that it had last seen.
Result<crdt::SharedChange> PipelineDocument::diskChange(const yaml::Tree& theirs) {
    crdt::ReplicatedTree seen(diskReplica(tree_.self(), log_.size()));
    crdt::Sequence sequence = 0;
    for (std::size_t i = 0; i < synced_; ++i)
        PE_TRY(seen.apply(*log_[i], ++sequence));
    for (const crdt::SharedChange& change : diskChanges_)
        PE_TRY(seen.apply(*change, ++sequence));
    ReplicatedForest forest(seen);
    Projection projection;
    projection.renderAll(forest);
    crdt::Transaction transaction = seen.begin(clock_.nowMs(), "Changed on disk");
    EditWriter(seen, forest, transaction)
        .write(yaml::difference({forest, projection.text(), projection.entries()}, theirs));
    return transaction.commit();
}

Result<void> PipelineDocument::mergeDisk(const std::string& theirs) {
    if (delivering_)
        return fail(ErrorCode::Refused, "A change is being shown; try again when it is done.");
    if (theirs == text()) {
        markSynced();
        return {};
    }
    const bool unsaved = draft_ ? draft_->text() != draftAtSync_ : synced_ != log_.size();
    const yaml::Tree tree = yaml::parse(theirs);
    if (!tree.editable() || draft_ || log_.empty()) {
        if (unsaved)
            return fail(
                ErrorCode::Conflict,
                "The file changed on disk in a way that cannot be merged with your unsaved edits. "
                "Save under another name, or return to the file on disk.");
        const auto patch = patchBetween(text(), theirs);
        PE_TRY(replaceText(patch->offset, patch->removed, patch->inserted, 0));
        markSynced();
        return {};
    }
    PE_TRY_ASSIGN(const crdt::SharedChange change, diskChange(tree));
    if (!change->operations.empty()) {
        PE_TRY(confirm(change));
        committed.emit(crdt::encodeChange(*change));
    }
    history_.seal();
    draftAhead_.reset();
    show(Origin::Disk, "Changed on disk", false);
    // Until the merged text is saved, the disk has seen what it had seen, and its own changes.
    if (unsaved && !change->operations.empty())
        diskChanges_.push_back(change);
    if (!unsaved)
        synced_ = log_.size();
    return {};
}

}  // namespace pe::document
