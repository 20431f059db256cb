// SPDX-License-Identifier: MIT
// Names, places and runs: the structure. What edits do with it is in text_edit.cpp.
#include "text_store.hpp"

#include <algorithm>

#include "pe/base/assert.hpp"

namespace pe::crdt {

std::uint32_t TextStore::addLane(ReplicaId replica) {
    lanes_.emplace_back().replica = replica;
    return static_cast<std::uint32_t>(lanes_.size() - 1);
}

std::uint32_t TextStore::runOf(Id id) const {
    if (id.lane == kNone)
        return kNone;
    if (!order_.empty() && runAt(near_).holds(id))
        return runIdAt(near_);
    const RunIndex::Entry* const entry = lanes_[id.lane].index.find(id.counter);
    return entry != nullptr && id.counter < runs_[entry->run].end() ? entry->run : kNone;
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
    if (runIdAt(near_) == run)
        return near_;
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

// To the run in front; from the first one of a block to the first one of the block in front.
void TextStore::goBack() const {
    if (near_.index > 0)
        nearStart_ -= runs_[blocks_[order_[near_.order]].runs[--near_.index]].shown();
    else
        nearStart_ -= blocks_[order_[--near_.order]].visible;
}

// To the following run, or from the first one of a block to the first one of the following block.
void TextStore::goOn(bool overBlock) const {
    nearStart_ += overBlock ? blocks_[order_[near_.order]].visible : runAt(near_).shown();
    near_ = overBlock ? Cursor{near_.order + 1, 0} : next(near_);
}

void TextStore::goTo(Cursor cursor) const {
    while (cursor < near_)
        goBack();
    while (near_ < cursor)
        goOn(near_.index == 0 && near_.order < cursor.order);
}

std::uint32_t TextStore::positionOf(Cursor cursor) const {
    if (atEnd(cursor))
        return visible_;
    goTo(cursor);
    return nearStart_;
}

// The visible run that holds the element at `position`, which must be less than length().
TextStore::Cursor TextStore::seek(std::uint32_t position, std::uint32_t& offset) const {
    while (position < nearStart_)
        goBack();
    for (;;) {
        const bool pastBlock =
            near_.index == 0 && position >= nearStart_ + blocks_[order_[near_.order]].visible;
        if (!pastBlock && position < nearStart_ + runAt(near_).shown())
            break;
        goOn(pastBlock);
    }
    offset = position - nearStart_;
    return near_;
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
    lanes_[first.lane].index.add(first.counter, run);
}

void TextStore::removeFromIndex(std::uint32_t run) {
    const Id first = runs_[run].first;
    lanes_[first.lane].index.remove(first.counter);
}

void TextStore::renumber(std::uint32_t from) {
    for (std::uint32_t i = from; i < order_.size(); ++i)
        blocks_[order_[i]].order = i;
}

void TextStore::addVisible(Cursor run, std::int64_t delta) {
    const auto add = [delta](std::uint32_t& count) {
        count = static_cast<std::uint32_t>(count + delta);
    };
    add(blocks_[order_[run.order]].visible);
    add(visible_);
    if (run < near_)
        add(nearStart_);
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
    if (near_.order > order)
        ++near_.order;
    else if (near_.order == order && near_.index >= blocks_[order_[order]].runs.size())
        near_ = {order + 1,
                 near_.index - static_cast<std::uint32_t>(blocks_[order_[order]].runs.size())};
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
    if (near_.order == cursor.order && near_.index > cursor.index)
        ++near_.index;
    addVisible(cursor, runs_[run].shown());
    return cursor;
}

// Forgets the run at the cursor. A block that becomes empty goes unless it is the only one.
void TextStore::removeAt(Cursor cursor) {
    const std::uint32_t id = order_[cursor.order];
    const std::uint32_t run = blocks_[id].runs[cursor.index];
    if (near_ >= cursor)
        goTo(cursor.index > 0   ? Cursor{cursor.order, cursor.index - 1}
             : cursor.order > 0 ? Cursor{cursor.order - 1, 0}
                                : cursor);
    addVisible(cursor, -static_cast<std::int64_t>(runs_[run].shown()));
    blocks_[id].runs.erase(blocks_[id].runs.begin() + cursor.index);
    free_.push_back(run);
    if (!blocks_[id].runs.empty())
        return;
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
    addVisible(cursor, -static_cast<std::int64_t>(tail.shown()));
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

// Lets the right one of two runs that continue each other begin at the counter.
void TextStore::setBorder(Run& left, Run& right, std::uint32_t counter) {
    const std::uint32_t end = right.end();
    lanes_[right.first.lane].index.renumber(right.first.counter, counter);
    left.length = counter - left.first.counter;
    right.offset = left.offset + left.length;
    right.first.counter = counter;
    right.length = end - counter;
    right.left.counter = counter - 1;
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
    addVisible({cursor.order, cursor.index - 1}, right.shown());
}

void TextStore::joinAround(std::uint32_t run) {
    const Cursor cursor = cursorOf(run);
    const Cursor following{cursor.order, cursor.index + 1};
    if (following.index < blocks_[order_[cursor.order]].runs.size())
        joinWithPrevious(following);
    joinWithPrevious(cursor);
}

}  // namespace pe::crdt
