// SPDX-License-Identifier: MIT
// A document as its journal keeps it, and what comes back of that after a restart.
#include <algorithm>
#include <map>
#include <utility>

#include "pe/crdt/codec.hpp"
#include "pipeline_document.hpp"
#include "snapshot_codec.hpp"

namespace pe::document {
namespace {

// Under which id the first of these changes was made; nothing if there is none.
std::optional<crdt::ReplicaId> replicaOf(const std::vector<std::string>& changes) {
    if (changes.empty())
        return std::nullopt;
    const auto first = crdt::decodeChange(std::string_view(changes.front()));
    return first && first->replica != 0 ? std::optional(first->replica) : std::nullopt;
}

}  // namespace

Result<void> PipelineDocument::resume(SavedDocument saved, crdt::ReplicaId replica) {
    shared_ = saved.shared;
    author_ = std::move(saved.author);
    formerSelves_.insert(saved.formerReplicas.begin(), saved.formerReplicas.end());
    PE_TRY(readState(saved));
    UndoState undo = decodeUndoState(saved.undo);
    PE_TRY(resumePending(saved.pending, undo));
    sync_.sequence = std::min(saved.synced, log_.size());
    if (!saved.syncMark.empty())
        sync_ = SyncPoint::decode(saved.syncMark).value_or(sync_);
    resumeUndo(undo);
    PE_TRY(takeIdentity(replica));
    tree_.takeEffects();
    forest_.forgetAll();
    fitTogether();
    projection_.renderAll(forest_);
    if (saved.draft)
        resumeDraft(std::move(*saved.draft), std::move(undo));
    if (book_.isOpen())
        book_.noteAll(tree_);
    listConflicts();
    return {};
}

// A snapshot is a short cut: with one that leads nowhere all changes are folded.
Result<void> PipelineDocument::readState(SavedDocument& saved) {
    if (saved.snapshot) {
        if (readSnapshot(saved) && fold(saved.log))
            return {};
        tree_ = crdt::ReplicatedTree(tree_.self());
        forest_.forgetAll();
        log_ = {};
        book_ = {};
        timeline_ = {};
        if (saved.earlier) {
            PE_TRY_ASSIGN(const auto earlier, saved.earlier());
            PE_TRY(fold(earlier));
        }
    }
    return fold(saved.log);
}

Result<void> PipelineDocument::readSnapshot(SavedDocument& saved) {
    PE_TRY_ASSIGN(DecodedSnapshot decoded,
                  decodeDocumentSnapshot(std::move(*saved.snapshot), tree_.self()));
    tree_ = std::move(decoded.tree);
    log_ = ChangeLog(tree_.sequence(), saved.earlier);
    book_.setFacts(std::move(decoded.facts));
    timeline_.openedWith(std::move(decoded.state));
    return {};
}

Result<void> PipelineDocument::fold(const std::vector<std::string>& log) {
    PE_TRY_ASSIGN(const auto changes, decodedChanges(log));
    for (const crdt::SharedChange& each : changes) {
        noteRenames({&each, 1});
        const crdt::Sequence next = tree_.sequence() + 1;
        PE_TRY(tree_.apply(*each, next));
        if (tree_.sequence() != next)
            return fail(ErrorCode::Corrupt, "A change is in the history twice.");
        noteConflicts(each);
        log_.push(each);
    }
    return {};
}

Result<void> PipelineDocument::resumePending(const std::vector<std::string>& pending,
                                             const UndoState& undo) {
    std::map<crdt::OpId, std::string_view> known;
    for (const auto* steps : {&undo.done, &undo.undone})
        for (const HistoryStep& step : *steps)
            for (const StepChange& each : step.changes)
                known[each.first] = each.prior;
    for (const std::string& bytes : pending) {
        PE_TRY_ASSIGN(auto change, crdt::decodeChange(std::string_view(bytes)));
        const auto prior = known.find({change.replica, change.firstCounter});
        if (prior != known.end()) {
            PE_TRY_ASSIGN(change.prior, crdt::decodePrior(prior->second));
        }
        const auto shared = std::make_shared<const crdt::Change>(std::move(change));
        PE_TRY(tree_.resume(shared));
        noteConflicts(shared);
    }
    return {};
}

// Where the journal is a copy, what waited in it under the id of the original is done anew.
Result<void> PipelineDocument::takeIdentity(crdt::ReplicaId replica) {
    if (tree_.self() == replica)
        return {};
    const auto before = tree_.pending();
    formerSelves_.insert(tree_.self());
    PE_TRY(tree_.rekey(replica, clock_.nowMs()));
    replacePending(before, {});
    return {};
}

std::function<std::vector<std::string>()> PipelineDocument::logEncoder() const {
    (void)log_.from(0);
    const auto changes = log_.atHand();
    return [all = std::vector<crdt::SharedChange>(changes.begin(), changes.end())] {
        std::vector<std::string> encoded;
        encoded.reserve(all.size());
        for (const crdt::SharedChange& each : all)
            encoded.push_back(crdt::encodeChange(*each));
        return encoded;
    };
}

DocumentSnapshot PipelineDocument::snapshot() {
    return encodeDocumentSnapshot(crdt::encodeSnapshot(tree_), book_.facts(), tree_);
}

std::unique_ptr<Document> Document::open(std::uint64_t replica, std::string text, Clock& clock) {
    auto document = std::make_unique<PipelineDocument>(replica, clock);
    document->begin(std::move(text));
    return document;
}

Result<std::unique_ptr<Document>> Document::replay(std::uint64_t replica,
                                                   const std::vector<std::string>& log,
                                                   std::size_t synced,
                                                   std::optional<std::string> draft, Clock& clock) {
    SavedDocument saved;
    saved.log = log;
    saved.synced = synced;
    saved.draft = std::move(draft);
    return replay(replica, std::move(saved), clock);
}

Result<std::unique_ptr<Document>> Document::replay(std::uint64_t replica, SavedDocument saved,
                                                   Clock& clock) {
    auto document =
        std::make_unique<PipelineDocument>(replicaOf(saved.pending).value_or(replica), clock);
    PE_TRY(document->resume(std::move(saved), replica));
    return std::unique_ptr<Document>(std::move(document));
}

}  // namespace pe::document
