// SPDX-License-Identifier: MIT
// Undo and redo.
#include <algorithm>
#include <memory>
#include <utility>

#include "pe/crdt/codec.hpp"
#include "pe/crdt/snapshot.hpp"
#include "pipeline_document.hpp"
#include "undo_codec.hpp"

namespace pe::document {
namespace {

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

// The changes of a step with all that is known of them, read where that did not happen yet.
Result<std::vector<crdt::SharedChange>> PipelineDocument::changesOf(const HistoryStep& step) const {
    std::vector<crdt::SharedChange> changes;
    for (const StepChange& each : step.changes) {
        crdt::SharedChange change = each.change;
        if (!change) {
            PE_TRY_ASSIGN(change, find(each.first));
            if (!change || change->firstCounter != each.first.counter)
                return fail(ErrorCode::NotFound, "This step is no longer in the history.");
            PE_TRY_ASSIGN(auto prior, crdt::decodePrior(each.prior));
            if (change->prior.empty() && !prior.empty()) {
                auto whole = std::make_shared<crdt::Change>(*change);
                whole->prior = std::move(prior);
                change = std::move(whole);
            }
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

Result<std::vector<crdt::SharedChange>> PipelineDocument::takeBack(
    const std::vector<crdt::SharedChange>& changes, const std::string& label) {
    std::vector<crdt::SharedChange> made;
    std::size_t skipped = 0;
    std::size_t done = 0;
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        PE_TRY_ASSIGN(crdt::Undone undone, tree_.undo(**change, clock_.nowMs(), label));
        skipped += undone.skipped.size();
        if (undone.change->operations.empty())
            continue;
        done += undone.change->operations.size();
        PE_TRY(keep(undone.change));
        committed.emit(crdt::encodeChange(*undone.change));
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
    fitTogether();
    changes.patches = projection_.renderAll(forest_);
    if (draft_) {
        changes.patches = patchesBetween(draft_->text(), projection_.text());
        draft_.reset();
        draftChanged.emit(std::nullopt);
    }
    deliver(std::move(changes));
    listConflicts();
}

Result<void> PipelineDocument::stepDraft(bool back) {
    const TextPatch patch = back ? draft_->undo() : draft_->redo();
    const bool returned = !isBare() && draft_->text() == projection_.text();
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
    const auto changes = changesOf(history_.last());
    if (!changes) {
        if (changes.error().code == ErrorCode::NotFound)
            history_.forgetDone();
        return tl::unexpected(changes.error());
    }
    HistoryStep step = history_.takeLast();
    PE_TRY_ASSIGN(const auto made, takeBack(*changes, "Undo " + step.label));
    HistoryStep redo{{made.begin(), made.end()}, step.label, clock_.nowMs(), 0, std::nullopt};
    if (step.draftBefore) {
        const auto patch = patchBetween(projection_.text(), step.draftBefore->text);
        drainEffects();
        fitTogether();
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
    const auto changes = changesOf(history_.lastUndone());
    if (!changes) {
        if (changes.error().code == ErrorCode::NotFound)
            history_.forgetUndone();
        return tl::unexpected(changes.error());
    }
    HistoryStep step = history_.takeUndone();
    PE_TRY_ASSIGN(const auto made, takeBack(*changes, step.label));
    history_.pushRedone(
        {{made.begin(), made.end()}, step.label, clock_.nowMs(), 0, step.draftBefore});
    show(Origin::Redo, step.label, leaves);
    return {};
}

std::string PipelineDocument::undoState() const {
    return encodeUndoState(history_, draft_ ? &*draft_ : nullptr, book_.dismissed());
}

void PipelineDocument::resumeUndo(UndoState& state) {
    const auto pending = tree_.pending();
    const auto isKnown = [&](const StepChange& each) {
        return each.first.counter <= tree_.lastCounter(each.first.replica) ||
               std::any_of(pending.begin(), pending.end(), [&](const auto& mine) {
                   return mine->replica == each.first.replica &&
                          mine->firstCounter == each.first.counter;
               });
    };
    for (auto* steps : {&state.done, &state.undone})
        forgetUnknown(*steps, [&](const HistoryStep& step) {
            return std::all_of(step.changes.begin(), step.changes.end(), isKnown);
        });
    history_.resume(std::move(state.done), std::move(state.undone));
    book_.setDismissed(std::move(state.dismissed));
}

void PipelineDocument::resumeDraft(std::string text, UndoState state) {
    const std::size_t size = text.size();
    const bool known = state.draftHash == crdt::hashBytes(text) && fits(state.draftBack, size) &&
                       fits(state.draftAhead, size);
    setDraft(std::move(text));
    if (!known)
        return;
    draft_.emplace(DraftTrace{draft_->text(), std::move(state.draftBack)});
    draft_->goOnWith(std::move(state.draftAhead));
}

}  // namespace pe::document
