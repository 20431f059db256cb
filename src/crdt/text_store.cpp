// SPDX-License-Identifier: MIT
// Names, places and runs: the structure. What edits do with it is in text_edit.cpp.
#include "text_store.hpp"

#include <algorithm>

#include "pe/base/assert.hpp"

namespace pe::crdt {

std::uint32_t TextStore::laneOf(ReplicaId replica) const {
    for (std::uint32_t i = 0; i < lanes_.size(); ++i)
        if (lanes_[i].replica == replica)
            return i;
    return kNone;
}

std::uint32_t TextStore::ensureLane(ReplicaId replica) {
    const std::uint32_t lane = laneOf(replica);
    if (lane != kNone)
        return lane;
    lanes_.emplace_back().replica = replica;
    return static_cast<std::uint32_t>(lanes_.size() - 1);
}

TextStore::Id TextStore::locate(OpId id) const {
    return id ? Id{laneOf(id.replica), id.counter} : Id{};
}

TextStore::Id TextStore::localId(OpId id) {
    return id ? Id{ensureLane(id.replica), id.counter} : Id{};
}

OpId TextStore::globalId(Id id) const {
    return id.lane == kNone ? OpId{} : OpId{lanes_[id.lane].replica, id.counter};
}

// The last index entry at or in front of the counter; the size of the index if there is none.
std::size_t TextStore::entryOf(Id id) const {
    const auto& index = lanes_[id.lane].index;
    if (!index.empty() && index.back().counter <= id.counter)
        return index.size() - 1;
    const auto after = std::upper_bound(
        index.begin(), index.end(), id.counter,
        [](std::uint32_t counter, const IndexEntry& each) { return counter < each.counter; });
    return after == index.begin() ? index.size()
                                  : static_cast<std::size_t>(after - index.begin()) - 1;
}

std::uint32_t TextStore::runOf(Id id) const {
    if (id.lane == kNone)
        return kNone;
    const std::size_t entry = entryOf(id);
    if (entry == lanes_[id.lane].index.size())
        return kNone;
    const std::uint32_t run = lanes_[id.lane].index[entry].run;
    return id.counter < runs_[run].end() ? run : kNone;
}

bool TextStore::knows(const ElementRange& range) const {
    Id at = locate(range.first);
    if (range.count == 0 || range.count > 0xFFFFFFFF - at.counter)
        return false;
    for (const std::uint32_t end = at.counter + range.count; at.counter < end;) {
        const std::uint32_t run = runOf(at);
        if (run == kNone)
            return false;
        at.counter = runs_[run].end();
    }
    return true;
}

TextStore::Cursor TextStore::cursorOf(std::uint32_t run) const {
    const Block& block = blocks_[runs_[run].block];
    const auto at = std::find(block.runs.begin(), block.runs.end(), run);
    return {block.order, static_cast<std::uint32_t>(at - block.runs.begin())};
}

TextStore::Spot TextStore::spotOf(Id id) const {
    const std::uint32_t run = runOf(id);
    PE_ASSERT(run != kNone);
    return {cursorOf(run), id.counter - runs_[run].first.counter};
}

// Whether `left` stands in front of `right`, where null means the start and the end of the text.
bool TextStore::before(Id left, Id right) const {
    if (left.lane == kNone || right.lane == kNone)
        return true;
    return spotOf(left) < spotOf(right);
}

bool TextStore::inOrder(OpId left, OpId right) const {
    return before(locate(left), locate(right));
}

TextStore::Cursor TextStore::next(Cursor cursor) const {
    if (++cursor.index < blocks_[order_[cursor.order]].runs.size())
        return cursor;
    return {cursor.order + 1, 0};
}

void TextStore::moveCache(std::uint32_t order) const {
    while (cacheOrder_ < order)
        cacheStart_ += blocks_[order_[cacheOrder_++]].visible;
    while (cacheOrder_ > order)
        cacheStart_ -= blocks_[order_[--cacheOrder_]].visible;
}

std::uint32_t TextStore::startOf(std::uint32_t order) const {
    moveCache(order);
    return cacheStart_;
}

std::uint32_t TextStore::positionOf(Cursor cursor) const {
    if (atEnd(cursor))
        return visible_;
    std::uint32_t position = startOf(cursor.order);
    const Block& block = blocks_[order_[cursor.order]];
    for (std::uint32_t i = 0; i < cursor.index; ++i)
        position += runs_[block.runs[i]].shown();
    return position;
}

// The visible run that holds the element at `position`, which must be less than length().
TextStore::Cursor TextStore::seek(std::uint32_t position, std::uint32_t& offset) const {
    std::uint32_t order = cacheOrder_;
    std::uint32_t start = cacheStart_;
    while (position < start)
        start -= blocks_[order_[--order]].visible;
    while (position >= start + blocks_[order_[order]].visible)
        start += blocks_[order_[order++]].visible;
    cacheOrder_ = order;
    cacheStart_ = start;
    const Block& block = blocks_[order_[order]];
    std::uint32_t index = 0;
    for (;; ++index) {
        const std::uint32_t shown = runs_[block.runs[index]].shown();
        if (position < start + shown)
            break;
        start += shown;
    }
    offset = position - start;
    return {order, index};
}

std::uint32_t TextStore::newRun(const Run& run) {
    if (free_.empty()) {
        runs_.push_back(run);
        return static_cast<std::uint32_t>(runs_.size() - 1);
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    runs_[slot] = run;
    return slot;
}

void TextStore::addToIndex(std::uint32_t run) {
    const Id first = runs_[run].first;
    auto& index = lanes_[first.lane].index;
    const std::size_t entry = entryOf(first);
    const std::size_t at = entry == index.size() ? 0 : entry + 1;
    index.insert(index.begin() + static_cast<std::ptrdiff_t>(at), {first.counter, run});
}

void TextStore::removeFromIndex(std::uint32_t run) {
    const Id first = runs_[run].first;
    auto& index = lanes_[first.lane].index;
    index.erase(index.begin() + static_cast<std::ptrdiff_t>(entryOf(first)));
}

void TextStore::renumber(std::uint32_t from) {
    for (std::uint32_t i = from; i < order_.size(); ++i)
        blocks_[order_[i]].order = i;
}

void TextStore::addVisible(std::uint32_t order, std::int64_t delta) {
    const auto add = [delta](std::uint32_t& count) {
        count = static_cast<std::uint32_t>(count + delta);
    };
    add(blocks_[order_[order]].visible);
    add(visible_);
    if (order < cacheOrder_)
        add(cacheStart_);
}

// Halves a full block.
void TextStore::splitBlock(std::uint32_t order) {
    const auto fresh = static_cast<std::uint32_t>(blocks_.size());
    blocks_.emplace_back();
    Block& from = blocks_[order_[order]];
    Block& to = blocks_[fresh];
    const auto half = static_cast<std::ptrdiff_t>(from.runs.size() / 2);
    to.runs.reserve(kBlockRuns);
    to.runs.assign(from.runs.begin() + half, from.runs.end());
    from.runs.resize(static_cast<std::size_t>(half));
    for (const std::uint32_t run : to.runs) {
        runs_[run].block = fresh;
        to.visible += runs_[run].shown();
    }
    from.visible -= to.visible;
    order_.insert(order_.begin() + order + 1, fresh);
    renumber(order + 1);
    if (cacheOrder_ > order) {
        cacheOrder_ = order;
        cacheStart_ = 0;
        for (std::uint32_t i = 0; i < order; ++i)
            cacheStart_ += blocks_[order_[i]].visible;
    }
}

// Puts a run in front of the cursor; gives where it stands then.
TextStore::Cursor TextStore::place(Cursor cursor, std::uint32_t run) {
    if (order_.empty()) {
        blocks_.emplace_back();
        order_.push_back(0);
    }
    if (atEnd(cursor) || (cursor.index == 0 && cursor.order > 0)) {
        --cursor.order;
        cursor.index = static_cast<std::uint32_t>(blocks_[order_[cursor.order]].runs.size());
    }
    if (blocks_[order_[cursor.order]].runs.size() >= kBlockRuns) {
        splitBlock(cursor.order);
        const auto half = static_cast<std::uint32_t>(blocks_[order_[cursor.order]].runs.size());
        if (cursor.index > half)
            cursor = {cursor.order + 1, cursor.index - half};
    }
    Block& block = blocks_[order_[cursor.order]];
    block.runs.insert(block.runs.begin() + cursor.index, run);
    runs_[run].block = order_[cursor.order];
    addVisible(cursor.order, runs_[run].shown());
    return cursor;
}

// Forgets the run at the cursor. A block that becomes empty goes unless it is the only one.
void TextStore::removeAt(Cursor cursor) {
    const std::uint32_t id = order_[cursor.order];
    const std::uint32_t run = blocks_[id].runs[cursor.index];
    addVisible(cursor.order, -static_cast<std::int64_t>(runs_[run].shown()));
    blocks_[id].runs.erase(blocks_[id].runs.begin() + cursor.index);
    free_.push_back(run);
    if (!blocks_[id].runs.empty())
        return;
    moveCache(0);
    order_.erase(order_.begin() + cursor.order);
    renumber(cursor.order);
    if (order_.empty())
        blocks_.clear();
}

// Cuts a run so that a new one begins at counter `at`; gives the new one.
std::uint32_t TextStore::splitRun(std::uint32_t run, std::uint32_t at) {
    Run tail = runs_[run];
    const std::uint32_t kept = at - tail.first.counter;
    tail.first.counter = at;
    tail.length -= kept;
    tail.offset += kept;
    tail.left = {tail.first.lane, at - 1};
    const Cursor cursor = cursorOf(run);
    addVisible(cursor.order, -static_cast<std::int64_t>(tail.shown()));
    runs_[run].length = kept;
    const std::uint32_t fresh = newRun(tail);
    addToIndex(fresh);
    place({cursor.order, cursor.index + 1}, fresh);
    return fresh;
}

// The run that begins with the element, made if need be.
std::uint32_t TextStore::splitBefore(Id id) {
    const std::uint32_t run = runOf(id);
    PE_ASSERT(run != kNone);
    return runs_[run].first.counter == id.counter ? run : splitRun(run, id.counter);
}

// Whether two neighbours could be one run, were it not for deletes.
bool TextStore::continues(const Run& left, const Run& right) {
    return left.first.lane == right.first.lane && left.end() == right.first.counter &&
           left.right == right.right && right.left == Id{left.first.lane, left.end() - 1};
}

// Makes the run at the cursor part of the one in front of it in its block, if they belong together.
void TextStore::joinWithPrevious(Cursor cursor) {
    if (cursor.index == 0)
        return;
    Run& left = runAt({cursor.order, cursor.index - 1});
    const Run right = runAt(cursor);
    if (left.cover != right.cover || !continues(left, right))
        return;
    removeFromIndex(blocks_[order_[cursor.order]].runs[cursor.index]);
    removeAt(cursor);
    left.length += right.length;
    addVisible(cursor.order, right.shown());
}

void TextStore::joinAround(std::uint32_t run) {
    const Cursor cursor = cursorOf(run);
    const Cursor following{cursor.order, cursor.index + 1};
    if (following.index < blocks_[order_[cursor.order]].runs.size())
        joinWithPrevious(following);
    joinWithPrevious(cursor);
}

}  // namespace pe::crdt
