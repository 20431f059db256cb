// SPDX-License-Identifier: MIT
// The file on disk as one more peer.
#include <utility>

#include "edit_writer.hpp"
#include "mending.hpp"
#include "pe/crdt/codec.hpp"
#include "pe/document/merge.hpp"
#include "pe/yaml/difference.hpp"
#include "pe/yaml/render.hpp"
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

constexpr const char* kCannotMerge =
    "The file changed on disk in a way that cannot be merged with your unsaved edits. Save under "
    "another name, or return to the file on disk.";

}  // namespace

void PipelineDocument::markSynced() {
    sync_ = {};
    sync_.sequence = log_.size();
    if (const auto pending = tree_.pending(); !pending.empty())
        sync_.counters[tree_.self()] = pending.back()->lastCounter();
    draftAtSync_ = draft_ ? draft_->text() : std::string{};
    history_.seal();
}

// The state that the disk has seen, on a tree of another replica.
Result<crdt::ReplicatedTree> PipelineDocument::syncedTree() const {
    const auto pending = tree_.pending();
    const std::size_t common = std::min<std::size_t>(sync_.sequence, log_.size());
    PE_TRY_ASSIGN(crdt::ReplicatedTree seen,
                  timeline_.treeAt(
                      common, diskReplica(tree_.self(), tree_.sequence() + pending.size()), log_));
    PE_TRY_ASSIGN(const auto later, log_.from(common));
    std::size_t place = common;
    for (const auto& changes : {later, std::span(pending)})
        for (const crdt::SharedChange& each : changes)
            if (sync_.covers(*each, place++))
                PE_TRY(seen.apply(*each, seen.sequence() + 1));
    seen.takeEffects();
    return seen;
}

// What the disk did, as a change on the state that it had last seen.
Result<crdt::SharedChange> PipelineDocument::diskChange(const yaml::Tree& theirs) {
    PE_TRY_ASSIGN(crdt::ReplicatedTree seen, syncedTree());
    ReplicatedForest forest(seen);
    mend(forest);
    Projection projection;
    projection.renderAll(forest);
    crdt::Transaction transaction = seen.begin(clock_.nowMs(), kDiskLabel);
    EditWriter(seen, forest, transaction)
        .write(yaml::difference({forest, projection.text(), projection.entries()}, theirs));
    return transaction.commit();
}

bool PipelineDocument::hasUnsaved() const {
    if (draft_)
        return draft_->text() != draftAtSync_;
    if (sync_.text)
        return true;
    const std::size_t common = std::min<std::size_t>(sync_.sequence, log_.size());
    const auto later = log_.from(common);
    if (!later)
        return true;
    const auto pending = tree_.pending();
    std::size_t place = common;
    for (const auto& changes : {*later, std::span(pending)})
        for (const crdt::SharedChange& each : changes)
            if (!sync_.covers(*each, place++))
                return true;
    return false;
}

Result<void> PipelineDocument::mergeDisk(const std::string& theirs) {
    if (delivering_)
        return fail(ErrorCode::Refused, "A change is being shown; try again when it is done.");
    if (theirs == text()) {
        markSynced();
        return {};
    }
    const bool unsaved = hasUnsaved();
    const yaml::Tree tree = yaml::parse(theirs);
    if (!tree.editable() || draft_ || nothingYet()) {
        if (unsaved)
            return fail(ErrorCode::Conflict, kCannotMerge);
        const auto patch = patchBetween(text(), theirs);
        PE_TRY(replaceText(patch->offset, patch->removed, patch->inserted, 0));
        markSynced();
        return {};
    }
    if (shared_)
        return mergeDiskShared(theirs, unsaved);
    PE_TRY_ASSIGN(const crdt::SharedChange change, diskChange(tree));
    if (!change->operations.empty()) {
        PE_TRY(tree_.apply(*change, tree_.sequence() + 1));
        noteConflicts(change);
        log_.push(change);
        committed.emit(crdt::encodeChange(*change));
    }
    history_.seal();
    draftAhead_.reset();
    show(Origin::Disk, kDiskLabel, false);
    // Until the merged text is saved, the disk has seen what it had seen, and its own changes.
    if (unsaved && !change->operations.empty())
        sync_.counters[change->replica] = change->lastCounter();
    if (!unsaved)
        sync_.sequence = log_.size();
    return {};
}

Result<std::string> PipelineDocument::syncedText() const {
    if (sync_.text)
        return *sync_.text;
    PE_TRY_ASSIGN(const crdt::ReplicatedTree seen, syncedTree());
    ReplicatedForest forest(seen);
    mend(forest);
    return yaml::renderText(forest);
}

// In a shared document only this replica's own changes can wait for their place, so what the disk
// did becomes one of them, merged with what the disk had not seen.
Result<void> PipelineDocument::mergeDiskShared(const std::string& theirs, bool unsaved) {
    std::string wanted = theirs;
    if (unsaved) {
        PE_TRY_ASSIGN(const std::string base, syncedText());
        Merged merged = mergeTexts(base, text(), theirs);
        if (merged.byLines && !merged.conflicts.empty())
            return fail(ErrorCode::Conflict, kCannotMerge);
        if (!merged.conflicts.empty())
            notice.emit("The file on disk and you changed the same things; yours are shown.");
        wanted = std::move(merged.text);
    }
    yaml::Tree next = yaml::parse(wanted);
    if (!next.editable())
        return fail(ErrorCode::Conflict, kCannotMerge);
    history_.seal();
    if (wanted != text())
        PE_TRY(becomeText(std::move(next), {Origin::Disk, 0, kDiskLabel, 0, std::nullopt, false}));
    history_.seal();
    if (unsaved)
        sync_.text = theirs;
    else
        markSynced();
    return {};
}

}  // namespace pe::document
