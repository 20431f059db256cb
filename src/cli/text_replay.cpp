// SPDX-License-Identifier: MIT
#include "text_replay.hpp"

#include <algorithm>

namespace pe::cli {
namespace {

constexpr crdt::TextKey kText = 0;
constexpr std::int64_t kBeginMs = 1'600'000'000'000;
constexpr std::int64_t kBetweenMs = 150;
// Views take effects once for each picture, however much was typed meanwhile.
constexpr crdt::Sequence kGesturesPerFrame = 64;
constexpr crdt::ReplicaId kFirstReplica = 0x9E3779B97F4A7C15;

std::int64_t timeOf(std::size_t change) {
    return kBeginMs + static_cast<std::int64_t>(change) * kBetweenMs;
}

crdt::NodeHandle firstNode(const crdt::ReplicatedTree& tree) {
    const auto nodes = tree.children(crdt::kRootHandle);
    return nodes.empty() ? crdt::kNoNode : nodes.front();
}

Result<crdt::SharedChange> makeText(crdt::ReplicatedTree& tree, const crdt::Elements& start) {
    crdt::Transaction gesture = tree.begin(kBeginMs);
    gesture.create(crdt::kRootHandle, crdt::kNoNode, {}, {{kText, start}});
    return gesture.commit();
}

}  // namespace

Result<void> TextReplay::begin() {
    for (std::uint32_t i = 0; i < trace_.agents; ++i)
        replicas_.emplace_back(kFirstReplica * (i + 1));
    known_.assign(trace_.concurrent ? trace_.agents : 0,
                  std::vector<bool>(trace_.transactions.size()));
    madeBy_.assign(trace_.transactions.size(), 0);
    PE_TRY_ASSIGN(const crdt::SharedChange first, makeText(replicas_.front(), trace_.start));
    changes_.push_back(first);
    for (crdt::ReplicatedTree& each : replicas_)
        PE_TRY(each.apply(*first, 1));
    return {};
}

Result<void> TextReplay::take(std::uint32_t agent, std::uint32_t transaction) {
    known_[agent][transaction] = true;
    const std::size_t change = madeBy_[transaction];
    if (change == 0)
        return {};
    crdt::ReplicatedTree& tree = replicas_[agent];
    return tree.apply(*changes_[change], tree.sequence() + 1);
}

// Takes the parents and all that they build on. Text needs no order but that.
Result<void> TextReplay::catchUp(std::uint32_t agent, const std::vector<std::uint32_t>& parents) {
    std::vector<bool>& known = known_[agent];
    std::vector<std::uint32_t> open = parents;
    std::vector<std::uint32_t> missing;
    while (!open.empty()) {
        const std::uint32_t at = open.back();
        open.pop_back();
        if (known[at])
            continue;
        known[at] = true;
        missing.push_back(at);
        const auto& more = trace_.transactions[at].parents;
        open.insert(open.end(), more.begin(), more.end());
    }
    std::sort(missing.begin(), missing.end());
    for (const std::uint32_t each : missing)
        PE_TRY(take(agent, each));
    return {};
}

Result<void> TextReplay::edit(std::uint32_t agent, const std::vector<TracePatch>& patches) {
    crdt::ReplicatedTree& tree = replicas_[agent];
    crdt::Transaction gesture = tree.begin(timeOf(changes_.size()));
    typePatches(tree, gesture, patches);
    PE_TRY_ASSIGN(crdt::SharedChange change, gesture.commit());
    if (change->operations.empty())
        return {};
    (void)tree.takeEffects();
    // What others build on must have its place here, too.
    if (trace_.concurrent)
        PE_TRY(tree.apply(*change, tree.sequence() + 1));
    changes_.push_back(std::move(change));
    return {};
}

Result<void> TextReplay::replay() {
    changes_.reserve(trace_.transactions.size() + 1);
    for (std::size_t i = 0; i < trace_.transactions.size(); ++i) {
        const TraceTransaction& each = trace_.transactions[i];
        if (trace_.concurrent) {
            PE_TRY(catchUp(each.agent, each.parents));
            known_[each.agent][i] = true;
        }
        const std::size_t before = changes_.size();
        PE_TRY(edit(each.agent, each.patches));
        madeBy_[i] = changes_.size() > before ? before : 0;
    }
    return {};
}

Result<void> TextReplay::settle() {
    for (crdt::ReplicatedTree& each : replicas_)
        PE_TRY(confirmOwn(each));
    for (std::uint32_t agent = 0; agent < known_.size(); ++agent)
        for (std::uint32_t i = 0; i < trace_.transactions.size(); ++i)
            if (!known_[agent][i])
                PE_TRY(take(agent, i));
    return {};
}

bool TextReplay::endsRight() const {
    return std::all_of(
        replicas_.begin(), replicas_.end(),
        [this](const crdt::ReplicatedTree& each) { return replayedText(each) == trace_.end; });
}

LoneTyping::LoneTyping(const EditingTrace& trace) : trace_(trace), tree_(kFirstReplica) {}

Result<void> LoneTyping::begin() {
    PE_TRY_ASSIGN(const crdt::SharedChange first, makeText(tree_, trace_.start));
    return tree_.apply(*first, 1);
}

Result<void> LoneTyping::finish(crdt::Transaction& gesture) {
    PE_TRY_ASSIGN(const crdt::SharedChange change, gesture.commit());
    if (!change->operations.empty())
        PE_TRY(tree_.apply(*change, tree_.sequence() + 1));
    if (tree_.sequence() % kGesturesPerFrame == 0)
        (void)tree_.takeEffects();
    return {};
}

Result<void> LoneTyping::typeEach() {
    for (const TraceTransaction& each : trace_.transactions) {
        crdt::Transaction gesture = tree_.begin(timeOf(tree_.sequence()));
        typePatches(tree_, gesture, each.patches);
        PE_TRY(finish(gesture));
    }
    return {};
}

Result<void> LoneTyping::typeAsOne() {
    crdt::Transaction gesture = tree_.begin(timeOf(1));
    for (const TraceTransaction& each : trace_.transactions)
        typePatches(tree_, gesture, each.patches);
    return finish(gesture);
}

crdt::Elements replayedText(const crdt::ReplicatedTree& tree) {
    const crdt::NodeHandle node = firstNode(tree);
    const crdt::Text* const text = node == crdt::kNoNode ? nullptr : tree.text(node, kText);
    return text == nullptr ? crdt::Elements() : text->elements();
}

void typePatches(const crdt::ReplicatedTree& tree, crdt::Transaction& gesture,
                 const std::vector<TracePatch>& patches) {
    const crdt::NodeHandle node = firstNode(tree);
    for (const TracePatch& each : patches) {
        gesture.eraseText(node, kText, each.position, each.removed);
        gesture.insertText(node, kText, each.position, each.inserted);
    }
}

Result<void> confirmOwn(crdt::ReplicatedTree& tree) {
    for (const crdt::SharedChange& each : tree.pending())
        PE_TRY(tree.apply(*each, tree.sequence() + 1));
    return {};
}

std::vector<std::string> framesOf(const std::vector<crdt::SharedChange>& changes) {
    std::vector<std::string> frames(changes.size());
    crdt::CodecContext context;
    for (std::size_t i = 0; i < changes.size(); ++i)
        crdt::encodeChange(*changes[i], context, frames[i]);
    return frames;
}

Result<void> takeFrames(crdt::ReplicatedTree& tree, const std::vector<std::string>& frames) {
    crdt::CodecContext context;
    for (const std::string& frame : frames) {
        std::string_view bytes = frame;
        PE_TRY_ASSIGN(const crdt::Change change, crdt::decodeChange(bytes, context));
        PE_TRY(tree.apply(change, tree.sequence() + 1));
    }
    return {};
}

Result<void> takeBatch(crdt::ReplicatedTree& tree, std::string_view batch) {
    PE_TRY_ASSIGN(const auto changes, crdt::decodeBatch(batch));
    return tree.apply(changes, tree.sequence() + 1);
}

}  // namespace pe::cli
