// SPDX-License-Identifier: MIT
// The document as one replica among others: what others did comes in, own work waits for its place.
#include <algorithm>
#include <utility>

#include "mending.hpp"
#include "pe/crdt/codec.hpp"
#include "pe/yaml/value.hpp"
#include "pipeline_document.hpp"
#include "verification.hpp"

namespace pe::document {
namespace {

// From so many places on the whole text is rendered at once.
constexpr std::size_t kScopesMax = 16;

// The entries in which an operation can be seen, as far as they are known already.
struct TouchedEntries {
    const crdt::ReplicatedTree& tree;
    std::vector<yaml::NodeRef> nodes;
    bool everywhere = false;

    void add(crdt::NodeId id) {
        const yaml::NodeRef node = tree.find(id);
        if (node != yaml::kNoNode && tree.isLive(node))
            nodes.push_back(node);
    }
    void addParent(crdt::NodeId id) {
        const yaml::NodeRef node = tree.find(id);
        everywhere = everywhere || node == yaml::kStream;
        if (node != yaml::kNoNode && node != yaml::kStream && tree.isLive(node))
            nodes.push_back(tree.parent(node));
    }
    // Where something is put: the parent, if it is there.
    void addPlace(const crdt::Place& place) {
        const yaml::NodeRef node = tree.find(place.parent);
        if (node == yaml::kNoNode)
            return;
        everywhere = everywhere || !tree.isLive(node);
        nodes.push_back(node);
    }

    void operator()(const crdt::Create& op) { addPlace(op.place); }
    void operator()(const crdt::Move& op) {
        addParent(op.node);
        addPlace(op.place);
    }
    void operator()(const crdt::Delete& op) { addParent(op.node); }
    void operator()(const crdt::Restore&) { everywhere = true; }
    void operator()(const crdt::Set& op) {
        // The key and what stands before an entry show in the lines of what holds it.
        if (op.key == kValue || op.key == kSuffix)
            add(op.node);
        else
            addParent(op.node);
    }
    void operator()(const crdt::TextInsert& op) { add(op.node); }
    void operator()(const crdt::TextDelete& op) { add(op.node); }
    void operator()(const crdt::TextUndelete& op) { add(op.node); }
    void operator()(const crdt::Unknown&) {}
};

}  // namespace

std::vector<std::string> PipelineDocument::pendingChanges() const {
    std::vector<std::string> encoded;
    for (const crdt::SharedChange& change : tree_.pending())
        encoded.push_back(crdt::encodeChange(*change));
    return encoded;
}

// The scopes as they are before the changes; none means everything.
std::vector<RenderScope> PipelineDocument::scopesOf(
    std::span<const crdt::SharedChange> changes) const {
    TouchedEntries touched{tree_, {}, false};
    bool structure = false;
    const auto mine = tree_.pending();
    for (const crdt::SharedChange& change : changes) {
        if (std::find(mine.begin(), mine.end(), change) != mine.end())
            continue;
        structure = structure || change->hasStructure();
        for (const crdt::Operation& operation : change->operations)
            std::visit(touched, operation);
        if (touched.everywhere || touched.nodes.size() > 4096)
            return {};
    }
    if (structure) {
        // What is pending may come to stand elsewhere.
        for (const crdt::SharedChange& pending : tree_.pending())
            if (pending->hasStructure())
                return {};
        return {projection_.scopeOf(forest_, touched.nodes)};
    }
    std::sort(touched.nodes.begin(), touched.nodes.end());
    touched.nodes.erase(std::unique(touched.nodes.begin(), touched.nodes.end()),
                        touched.nodes.end());
    std::vector<RenderScope> scopes;
    if (touched.nodes.size() > kScopesMax)
        return scopes;
    for (const yaml::NodeRef node : touched.nodes)
        scopes.push_back(projection_.scopeOf(forest_, node));
    return scopes;
}

std::vector<TextPatch> PipelineDocument::renderScopes(const std::vector<RenderScope>& scopes) {
    std::vector<TextPatch> patches;
    const auto add = [&patches](std::vector<TextPatch> more) {
        patches.insert(patches.end(), std::make_move_iterator(more.begin()),
                       std::make_move_iterator(more.end()));
    };
    // What is shown otherwise than it is written may change far from what was touched.
    const bool plain = !scopes.empty() && aliasesStand(forest_) &&
                       std::all_of(scopes.begin(), scopes.end(),
                                   [&](auto& scope) { return forest_.fitsAsWritten(scope.node); });
    if (plain) {
        for (const RenderScope& scope : scopes)
            add(projection_.update(forest_, scope));
        if (scopesAreRight(scopes))
            return patches;
    }
    mend(forest_);
    add(projection_.renderAll(forest_));
    return patches;
}

bool PipelineDocument::scopesAreRight(const std::vector<RenderScope>& scopes) const {
    return std::all_of(scopes.begin(), scopes.end(), [this](const RenderScope& scope) {
        const yaml::Span lines = projection_.entry(scope.node);
        return scope.node != yaml::kStream &&
               verifyRendering(forest_, scope.node,
                               projection_.text().substr(lines.begin, lines.end - lines.begin))
                   .has_value();
    });
}

Result<void> PipelineDocument::receive(const std::vector<std::string>& changes,
                                       std::uint64_t firstSequence) {
    if (delivering_)
        return fail(ErrorCode::Refused, "A change is being shown; try again when it is done.");
    if (!shared_)
        return fail(ErrorCode::Refused, "This document is not shared with anybody.");
    PE_TRY_ASSIGN(auto incoming, decodedChanges(changes));
    // Own changes know more about themselves than what comes back.
    const auto pending = tree_.pending();
    for (const crdt::SharedChange& mine : pending)
        for (crdt::SharedChange& each : incoming)
            if (each->replica == mine->replica && each->firstCounter == mine->firstCounter &&
                crdt::sameContent(*each, *mine))
                each = mine;
    // A copy of this replica may have made changes under an id that was once ours.
    const bool foreign = std::any_of(incoming.begin(), incoming.end(), [&](const auto& each) {
        return std::find(pending.begin(), pending.end(), each) == pending.end();
    });
    std::vector<RenderScope> scopes;
    if (foreign)
        scopes = scopesOf(incoming);
    noteRenames(incoming);
    const crdt::Sequence before = tree_.sequence();
    auto applied = tree_.apply(incoming, firstSequence);
    const std::uint64_t taken = tree_.sequence() - before;
    const std::vector<crdt::Twin> twins = tree_.takeTwins();
    const auto isTwin = [&](std::uint64_t at) {
        return std::any_of(twins.begin(), twins.end(),
                           [at](const crdt::Twin& each) { return each.at == at; });
    };
    const std::uint64_t known = before + 1 > firstSequence ? before + 1 - firstSequence : 0;
    ConfirmedChanges kept{before + 1, {}};
    for (std::uint64_t i = known; i < known + taken; ++i) {
        if (!isTwin(firstSequence + i))
            noteConflicts(incoming[i]);
        log_.push(incoming[i]);
        kept.changes.push_back(changes[i]);
    }
    if (taken > 0) {
        confirmed.emit(kept);
        if (!twins.empty())
            forgetTwins(pending, twins, incoming, firstSequence);
        showReceived(*incoming[known + taken - 1],
                     twins.empty() ? scopes : std::vector<RenderScope>{}, foreign);
    }
    return applied;
}

// What waited here was sent by a copy of this replica; what waits behind it has other numbers.
void PipelineDocument::forgetTwins(std::vector<crdt::SharedChange> waited,
                                   const std::vector<crdt::Twin>& twins,
                                   std::span<const crdt::SharedChange> incoming,
                                   std::uint64_t firstSequence) {
    std::erase_if(waited, [&](const crdt::SharedChange& each) {
        return std::find(incoming.begin(), incoming.end(), each) != incoming.end();
    });
    std::vector<crdt::SharedChange> out;
    for (const crdt::SharedChange& each : waited) {
        // Known by its time: with every twin what waited behind it got other numbers.
        const auto twin = std::find_if(
            twins.begin(), twins.end(),
            [&](const crdt::Twin& candidate) { return candidate.mine->hlc == each->hlc; });
        if (twin == twins.end())
            continue;
        out.push_back(each);
        // A copy sends what it was copied with first: what is in the file of one is in the other's.
        const crdt::Change& sent = *incoming[twin->at - firstSequence];
        if (sync_.covers(*each, SIZE_MAX) && !isOwn(sent.replica))
            sync_.counters[sent.replica] =
                std::max(sync_.counters[sent.replica], sent.lastCounter());
    }
    replacePending(waited, out);
}

void PipelineDocument::showReceived(const crdt::Change& last,
                                    const std::vector<RenderScope>& scopes, bool foreign) {
    ChangeSet changes;
    changes.origin = Origin::Peer;
    changes.label = last.label;
    changes.author = last.author;
    changes.nodes = drainEffects();
    if (foreign || !changes.nodes.empty()) {
        draftAhead_.reset();
        const std::string before = draft_ ? projection_.text() : std::string{};
        changes.patches = renderScopes(scopes);
        if (draft_) {
            changes.patches = carryIntoDraft(before, changes.patches);
            changes.nodes.clear();
            changes.reset = true;
        }
    }
    if (!changes.nodes.empty() || !changes.patches.empty())
        deliver(std::move(changes));
    listConflicts();
}

// What is being typed stays; what others changed in other lines comes in around it. Returns what
// became different in the draft.
std::vector<TextPatch> PipelineDocument::carryIntoDraft(const std::string& before,
                                                        const std::vector<TextPatch>& patches) {
    const auto typed = patchBetween(before, draft_->text());
    if (patches.empty())
        return {};
    if (!typed) {
        draft_.emplace(projection_.text());
        draftChanged.emit(draft_->text());
        return patches;
    }
    // The lines typed in: from `begin` in both texts, of these sizes.
    std::size_t begin = typed->offset;
    std::size_t size = typed->removed;
    std::size_t draftSize = typed->inserted.size();
    std::vector<TextPatch> carried;
    bool met = false;
    for (TextPatch patch : patches) {
        const std::size_t end = patch.offset + patch.removed;
        if (end <= begin) {
            begin = begin - patch.removed + patch.inserted.size();
            carried.push_back(patch);
        } else if (patch.offset >= begin + size) {
            patch.offset = patch.offset - size + draftSize;
            carried.push_back(patch);
        } else {
            met = true;
            const std::size_t left = begin - std::min(begin, patch.offset);
            const std::size_t right = end - std::min(end, begin + size);
            begin -= left;
            size = size + left + right - patch.removed + patch.inserted.size();
            draftSize += left + right;
        }
    }
    if (met)
        notice.emit(
            "Somebody else changed the lines that you are typing in. Your text is shown; theirs is "
            "in the history.");
    std::string text = patched(draft_->text(), carried);
    DraftTrace trace{text, {}};
    if (auto back = patchBetween(text, projection_.text()))
        trace.back.push_back(std::move(*back));
    draft_.emplace(std::move(trace));
    draftAhead_.reset();
    draftChanged.emit(draft_->text());
    return carried;
}

// Pending changes were made anew: `before` as they were, `out` those that are gone.
void PipelineDocument::replacePending(const std::vector<crdt::SharedChange>& before,
                                      const std::vector<crdt::SharedChange>& out) {
    History::Replacements replacements;
    const auto now = tree_.pending();
    std::size_t next = 0;
    const auto seen = sync_.counters.find(before.empty() ? 0 : before.front()->replica);
    const std::uint32_t seenBefore = seen == sync_.counters.end() ? 0 : seen->second;
    std::uint32_t seenNow = 0;
    for (const crdt::SharedChange& each : before) {
        const bool gone = std::find(out.begin(), out.end(), each) != out.end();
        if (gone || next == now.size()) {
            replacements[{each->replica, each->firstCounter}] = nullptr;
            continue;
        }
        replacements[{each->replica, each->firstCounter}] = now[next++];
        if (each->lastCounter() <= seenBefore)
            seenNow = now[next - 1]->lastCounter();
    }
    if (seenNow == 0)
        seenNow = std::min(seenBefore, tree_.lastCounter(tree_.self()));
    if (seenBefore != 0)
        sync_.counters[tree_.self()] = seenNow;
    history_.replace(replacements);
    pendingReplaced.emit();
}

Result<void> PipelineDocument::rekey(std::uint64_t newReplica) {
    if (delivering_)
        return fail(ErrorCode::Refused, "A change is being shown; try again when it is done.");
    const auto before = tree_.pending();
    const crdt::ReplicaId old = tree_.self();
    PE_TRY(tree_.rekey(newReplica, clock_.nowMs()));
    formerSelves_.insert(old);
    replacePending(before, {});
    showReplaced("New replica");
    return {};
}

// What is being typed stays, whatever became of the pending changes.
void PipelineDocument::showReplaced(const std::string& label) {
    const std::string shown = projection_.text();
    ChangeSet changes;
    changes.origin = Origin::Peer;
    changes.label = label;
    changes.nodes = drainEffects();
    fitTogether();
    changes.patches = projection_.renderAll(forest_);
    if (draft_) {
        changes.patches = carryIntoDraft(shown, changes.patches);
        changes.reset = true;
    }
    deliver(std::move(changes));
    listConflicts();
}

Result<Refused> PipelineDocument::reject(std::uint32_t firstCounter) {
    if (delivering_)
        return fail(ErrorCode::Refused, "A change is being shown; try again when it is done.");
    Refused refused;
    refused.text = text();
    const auto before = tree_.pending();
    PE_TRY_ASSIGN(const auto out, tree_.reject(firstCounter));
    for (const crdt::SharedChange& each : out)
        refused.changes.push_back(
            {crdt::encodeChange(*each), each->label, each->hlc.milliseconds()});
    replacePending(before, out);
    showReplaced("Refused");
    return refused;
}

}  // namespace pe::document
