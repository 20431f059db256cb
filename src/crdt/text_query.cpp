// SPDX-License-Identifier: MIT
// What a TextStore tells: positions, ranges, and all of itself for snapshots; and its rebuilding.
#include <algorithm>
#include <numeric>

#include "text_store.hpp"

namespace pe::crdt {

std::uint32_t TextStore::runCount() const {
    return static_cast<std::uint32_t>(runs_.size() - free_.size());
}

bool TextStore::isPristine() const {
    return runCount() == 0 && revoked_.empty() &&
           std::all_of(lanes_.begin(), lanes_.end(),
                       [](const Lane& each) { return each.deletions.empty(); });
}

Elements TextStore::slice(std::uint32_t position, std::uint32_t count) const {
    Elements out;
    if (position >= visible_)
        return out;
    count = std::min(count, visible_ - position);
    out.reserve(count);
    std::uint32_t offset = 0;
    for (Cursor at = seek(position, offset); count > 0; at = next(at), offset = 0) {
        const Run& run = runAt(at);
        if (run.cover != 0)
            continue;
        const std::uint32_t taken = std::min(count, run.length - offset);
        lanes_[run.first.lane].elements.copy(run.offset + offset, taken, out);
        count -= taken;
    }
    return out;
}

OpId TextStore::idAt(std::uint32_t position) const {
    if (position >= visible_)
        return {};
    std::uint32_t offset = 0;
    const Run& run = runAt(seek(position, offset));
    return globalId({run.first.lane, run.first.counter + offset});
}

bool TextStore::isVisible(OpId id) const {
    const std::uint32_t run = runOf(locate(id));
    return run != kNone && runs_[run].cover == 0;
}

std::uint32_t TextStore::positionOf(OpId id) const {
    const Spot spot = spotOf(locate(id));
    return positionOf(spot.cursor) + (runAt(spot.cursor).cover == 0 ? spot.offset : 0);
}

std::pair<OpId, OpId> TextStore::originsAt(std::uint32_t position) const {
    const auto first = [this](Cursor at) { return atEnd(at) ? OpId{} : globalId(runAt(at).first); };
    if (position == 0)
        return {OpId{}, first({0, 0})};
    std::uint32_t offset = 0;
    const Cursor cursor = seek(position - 1, offset);
    const Run& run = runAt(cursor);
    const Id left{run.first.lane, run.first.counter + offset};
    if (left.counter + 1 < run.end())
        return {globalId(left), globalId({left.lane, left.counter + 1})};
    return {globalId(left), first(next(cursor))};
}

std::vector<ElementRange> TextStore::rangesAt(std::uint32_t position, std::uint32_t count) const {
    std::vector<ElementRange> ranges;
    if (position >= visible_)
        return ranges;
    count = std::min(count, visible_ - position);
    std::uint32_t offset = 0;
    for (Cursor at = seek(position, offset); count > 0; at = next(at), offset = 0) {
        const Run& run = runAt(at);
        if (run.cover != 0)
            continue;
        const std::uint32_t taken = std::min(count, run.length - offset);
        const OpId first = globalId({run.first.lane, run.first.counter + offset});
        if (!ranges.empty() && ranges.back().first.replica == first.replica &&
            ranges.back().first.counter + ranges.back().count == first.counter)
            ranges.back().count += taken;
        else
            ranges.push_back({first, taken});
        count -= taken;
    }
    return ranges;
}

std::vector<ElementRange> TextStore::visibleIn(const std::vector<ElementRange>& ranges) const {
    std::vector<ElementRange> visible;
    for (const ElementRange& range : ranges) {
        Id at = locate(range.first);
        for (const std::uint32_t end = at.counter + range.count; at.counter < end;) {
            const Run& run = runs_[runOf(at)];
            const std::uint32_t until = std::min(end, run.end());
            if (run.cover == 0)
                visible.push_back({globalId(at), until - at.counter});
            at.counter = until;
        }
    }
    return visible;
}

std::vector<ElementRange> TextStore::rangesOf(OpId deletion) const {
    std::vector<ElementRange> ranges;
    const std::uint32_t lane = laneOf(deletion.replica);
    if (lane == kNone)
        return ranges;
    for (const DeletionEntry& each : lanes_[lane].deletions)
        if (each.op == deletion.counter)
            ranges.push_back({globalId(each.first), each.count});
    return ranges;
}

bool TextStore::isRevoked(OpId deletion) const {
    const Id id = locate(deletion);
    const auto at = std::lower_bound(
        revoked_.begin(), revoked_.end(), id,
        [](const Revocation& each, const Id& wanted) { return each.deletion < wanted; });
    return at != revoked_.end() && at->deletion == id;
}

std::optional<ReplicaId> TextStore::otherAuthor(ReplicaId replica) const {
    for (const std::uint32_t block : order_)
        for (const std::uint32_t run : blocks_[block].runs)
            if (runs_[run].cover == 0 && lanes_[runs_[run].first.lane].replica != replica)
                return lanes_[runs_[run].first.lane].replica;
    return std::nullopt;
}

std::vector<TextStore::Span> TextStore::spans() const {
    std::vector<Span> spans;
    const Run* last = nullptr;
    for (const std::uint32_t block : order_) {
        for (const std::uint32_t id : blocks_[block].runs) {
            const Run& run = runs_[id];
            if (last != nullptr && continues(*last, run))
                spans.back().count += run.length;
            else
                spans.push_back(
                    {globalId(run.first), run.length, globalId(run.left), globalId(run.right)});
            last = &run;
        }
    }
    return spans;
}

std::vector<ReplicaId> TextStore::authors() const {
    std::vector<ReplicaId> authors;
    for (const Lane& lane : lanes_)
        if (lane.elements.size() > 0)
            authors.push_back(lane.replica);
    std::sort(authors.begin(), authors.end());
    return authors;
}

Elements TextStore::elementsBy(ReplicaId author) const {
    Elements out;
    const ElementBuffer& elements = lanes_[laneOf(author)].elements;
    elements.copy(0, elements.size(), out);
    return out;
}

std::vector<TextStore::Deletion> TextStore::deletions() const {
    std::vector<Deletion> all;
    for (const Lane& lane : lanes_)
        for (const DeletionEntry& each : lane.deletions)
            all.push_back({{lane.replica, each.op}, {globalId(each.first), each.count}});
    std::stable_sort(all.begin(), all.end(),
                     [](const Deletion& a, const Deletion& b) { return a.op < b.op; });
    return all;
}

std::vector<OpId> TextStore::revoked() const {
    std::vector<OpId> all;
    for (const Revocation& each : revoked_)
        all.push_back(globalId(each.deletion));
    std::sort(all.begin(), all.end());
    return all;
}

// Fills the index of each author. False if elements are there twice, or are missing.
bool TextStore::loadIndex() {
    std::vector<std::uint32_t> all(runs_.size());
    std::iota(all.begin(), all.end(), 0U);
    std::sort(all.begin(), all.end(), [this](std::uint32_t left, std::uint32_t right) {
        return runs_[left].first < runs_[right].first;
    });
    std::vector<std::uint64_t> counted(lanes_.size());
    Id next;
    for (const std::uint32_t each : all) {
        Run& run = runs_[each];
        if (run.first.lane == next.lane && run.first.counter < next.counter)
            return false;
        next = {run.first.lane, run.end()};
        run.offset = static_cast<std::uint32_t>(counted[run.first.lane]);
        counted[run.first.lane] += run.length;
        addToIndex(each);
    }
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane)
        if (counted[lane] != lanes_[lane].elements.size())
            return false;
    return true;
}

bool TextStore::loadSpans(const std::vector<Span>& spans) {
    for (const Span& span : spans) {
        Run run;
        run.first = locate(span.first);
        run.left = locate(span.leftOrigin);
        run.right = locate(span.rightOrigin);
        run.length = span.count;
        if (run.first.lane == kNone || span.count == 0 || run.end() < run.first.counter ||
            (span.leftOrigin && run.left.lane == kNone) ||
            (span.rightOrigin && run.right.lane == kNone))
            return false;
        place({static_cast<std::uint32_t>(order_.size()), 0}, newRun(run));
    }
    return loadIndex() && std::all_of(spans.begin(), spans.end(), [this](const Span& span) {
               return (!span.leftOrigin || knows(span.leftOrigin)) &&
                      (!span.rightOrigin || knows(span.rightOrigin));
           });
}

bool TextStore::load(const std::vector<std::pair<ReplicaId, Elements>>& authors,
                     const std::vector<Span>& spans, const std::vector<Deletion>& deletions,
                     const std::vector<OpId>& revoked) {
    for (const auto& [author, elements] : authors)
        lanes_[ensureLane(author)].elements.append(elements);
    if (!loadSpans(spans))
        return false;
    std::vector<Splice> ignored;
    for (const OpId& each : revoked) {
        if (!each)
            return false;
        revoke(localId(each), 1, ignored);
    }
    for (const Deletion& each : deletions) {
        if (!knows(each.range))
            return false;
        if (!each.op)
            eraseForEver(each.range);
        else
            erase(each.op, {each.range}, ignored);
    }
    return true;
}

}  // namespace pe::crdt
