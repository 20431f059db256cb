// SPDX-License-Identifier: MIT
// What operations do to a TextStore. The order of concurrent insertions is FugueMax, found by
// walking over the runs between the two origins.
#include <algorithm>

#include "pe/base/assert.hpp"
#include "text_store.hpp"

namespace pe::crdt {

// Where an insertion goes. Between its origins stand only runs its author did not know. A run whose
// left origin is further left ends the walk; one with the same left origin is a rival: whose right
// origin is further away goes in front, and equals are ordered by author.
TextStore::Cursor TextStore::destination(Id first, Id left, Id right) {
    if (right.lane != kNone)
        splitBefore(right);
    Cursor cursor{};
    if (left.lane != kNone) {
        const std::uint32_t run = runOf(left);
        if (left.counter + 1 < runs_[run].end())
            splitRun(run, left.counter + 1);
        cursor = next(cursorOf(runOf(left)));
    }
    Cursor found = cursor;
    bool passing = false;
    for (;; cursor = next(cursor)) {
        if (!passing)
            found = cursor;
        if (atEnd(cursor))
            break;
        const Run& other = runAt(cursor);
        if (other.first == right)
            break;
        if (other.left != left) {
            if (left.lane != kNone && before(other.left, left))
                break;
            continue;
        }
        if (other.right == right) {
            if (globalId(first) < globalId(other.first))
                break;
            passing = false;
        } else {
            passing =
                right.lane == kNone || (other.right.lane != kNone && before(other.right, right));
        }
    }
    return found;
}

// Typing on: the insertion continues the run of its left origin.
bool TextStore::extend(Id first, Id left, Id right, ElementsView elements,
                       std::vector<Splice>& splices) {
    if (left.lane != first.lane || left.counter + 1 != first.counter)
        return false;
    const std::uint32_t run = runOf(left);
    if (run == kNone || runs_[run].end() != first.counter || runs_[run].cover != 0 ||
        runs_[run].right != right)
        return false;
    const Cursor cursor = cursorOf(run);
    const Cursor following = next(cursor);
    if (atEnd(following) ? right.lane != kNone : runAt(following).first != right)
        return false;
    const auto count = static_cast<std::uint32_t>(elements.size());
    splices.push_back({positionOf(cursor) + runs_[run].length, 0, count});
    lanes_[first.lane].elements.append(elements);
    runs_[run].length += count;
    addVisible(cursor, count);
    return true;
}

void TextStore::insert(OpId first, OpId left, OpId right, ElementsView elements,
                       std::vector<Splice>& splices) {
    Run run;
    run.first = localId(first);
    run.left = localId(left);
    run.right = localId(right);
    if (extend(run.first, run.left, run.right, elements, splices))
        return;
    Lane& lane = lanes_[run.first.lane];
    run.length = static_cast<std::uint32_t>(elements.size());
    run.offset = lane.elements.size();
    const Cursor cursor = destination(run.first, run.left, run.right);
    lane.elements.append(elements);
    const std::uint32_t fresh = newRun(run);
    addToIndex(fresh);
    splices.push_back({positionOf(place(cursor, fresh)), 0, run.length});
}

// Deleting on beside what was deleted before: the elements from `from` up to the counter `end`, at
// one end of their run, go over to its neighbour, if that continues it and is covered as they are
// to be.
bool TextStore::moveBorder(Id from, std::uint32_t end, std::int32_t delta,
                           std::vector<Splice>& splices) {
    const std::uint32_t id = runOf(from);
    Run& run = runs_[id];
    const bool atBegin = from.counter == run.first.counter;
    if (atBegin == (end == run.end()))
        return false;
    const Cursor cursor = cursorOf(id);
    const std::size_t runs = blocks_[run.block].runs.size();
    if (atBegin ? cursor.index == 0 : cursor.index + 1 == runs)
        return false;
    const Cursor beside{cursor.order, atBegin ? cursor.index - 1 : cursor.index + 1};
    Run& left = runAt(std::min(cursor, beside));
    Run& right = runAt(std::max(cursor, beside));
    const std::uint32_t cover = runAt(beside).cover;
    if (cover != static_cast<std::uint32_t>(run.cover + delta) || !continues(left, right))
        return false;
    const std::uint32_t count = end - from.counter;
    const std::uint32_t shown = run.cover == 0 ? count : 0;
    const std::uint32_t showing = cover == 0 ? count : 0;
    if (shown != showing)
        splices.push_back(
            {positionOf(cursor) + (atBegin ? 0 : run.shown() - shown), shown, showing});
    addVisible(cursor, -std::int64_t{shown});
    addVisible(beside, showing);
    setBorder(left, right, atBegin ? end : from.counter);
    return true;
}

// Covers a whole run once more, or once less.
void TextStore::coverRun(std::uint32_t run, std::int32_t delta, std::vector<Splice>& splices) {
    Run& each = runs_[run];
    const Cursor cursor = cursorOf(run);
    const std::uint32_t shown = each.shown();
    const std::uint32_t position = positionOf(cursor);
    each.cover = static_cast<std::uint32_t>(each.cover + delta);
    if (each.shown() != shown) {
        splices.push_back({position, shown, each.shown()});
        addVisible(cursor, std::int64_t{each.shown()} - shown);
    }
    joinAround(run);
}

void TextStore::cover(const DeletionEntry& range, std::int32_t delta,
                      std::vector<Splice>& splices) {
    Id at = range.first;
    for (const std::uint32_t end = at.counter + range.count; at.counter < end;) {
        const std::uint32_t part = std::min(end, runs_[runOf(at)].end());
        if (!moveBorder(at, part, delta, splices)) {
            const std::uint32_t run = splitBefore(at);
            if (runs_[run].end() > part)
                splitRun(run, part);
            coverRun(run, delta, splices);
        }
        at.counter = part;
    }
}

void TextStore::coverAll(Id deletion, std::int32_t delta, std::vector<Splice>& splices) {
    const auto& entries = lanes_[deletion.lane].deletions;
    auto each = std::lower_bound(
        entries.begin(), entries.end(), deletion.counter,
        [](const DeletionEntry& entry, std::uint32_t counter) { return entry.op < counter; });
    for (; each != entries.end() && each->op == deletion.counter; ++each)
        cover(*each, delta, splices);
}

void TextStore::erase(OpId op, const std::vector<ElementRange>& ranges,
                      std::vector<Splice>& splices) {
    const Id id = localId(op);
    const auto revocation = revocationOf(id);
    const bool stands = revocation == revoked_.end() || revocation->deletion != id;
    for (const ElementRange& range : ranges) {
        const DeletionEntry entry{op.counter, locate(range.first), range.count};
        lanes_[id.lane].deletions.push_back(entry);
        if (stands)
            cover(entry, 1, splices);
    }
}

void TextStore::eraseForEver(const ElementRange& range) {
    std::vector<Splice> ignored;
    const DeletionEntry entry{0, locate(range.first), range.count};
    lanes_[entry.first.lane].deletions.push_back(entry);
    cover(entry, 1, ignored);
}

// The place of the deletion in the sorted list of revocations.
std::vector<TextStore::Revocation>::iterator TextStore::revocationOf(Id deletion) {
    return std::lower_bound(
        revoked_.begin(), revoked_.end(), deletion,
        [](const Revocation& each, const Id& id) { return each.deletion < id; });
}

void TextStore::revoke(Id deletion, std::int32_t delta, std::vector<Splice>& splices) {
    auto at = revocationOf(deletion);
    if (at == revoked_.end() || at->deletion != deletion)
        at = revoked_.insert(at, {deletion, 0});
    const bool was = at->count > 0;
    at->count = static_cast<std::uint32_t>(at->count + delta);
    const bool is = at->count > 0;
    if (!is)
        revoked_.erase(at);
    if (was != is)
        coverAll(deletion, is ? -1 : 1, splices);
}

void TextStore::undelete(OpId deletion, std::vector<Splice>& splices) {
    revoke(localId(deletion), 1, splices);
}

void TextStore::takeBackUndelete(OpId deletion, std::vector<Splice>& splices) {
    revoke(localId(deletion), -1, splices);
}

void TextStore::takeBackErase(OpId op, std::vector<Splice>& splices) {
    auto& entries = lanes_[laneOf(op.replica)].deletions;
    const bool stands = !isRevoked(op);
    while (!entries.empty() && entries.back().op == op.counter) {
        if (stands)
            cover(entries.back(), -1, splices);
        entries.pop_back();
    }
}

void TextStore::removeRun(std::uint32_t run, std::vector<Splice>& splices) {
    const Cursor cursor = cursorOf(run);
    const Run removed = runs_[run];
    if (removed.cover == 0)
        splices.push_back({positionOf(cursor), removed.length, 0});
    removeFromIndex(run);
    removeAt(cursor);
    if (cursor.order < order_.size() && cursor.index < blocks_[order_[cursor.order]].runs.size())
        joinWithPrevious(cursor);
    ElementBuffer& elements = lanes_[removed.first.lane].elements;
    elements.truncate(elements.size() - removed.length);
}

void TextStore::takeBackInsert(OpId first, std::uint32_t count, std::vector<Splice>& splices) {
    const Id id = locate(first);
    auto& index = lanes_[id.lane].index;
    PE_ASSERT(!index.empty() && runs_[index.back().run].end() == first.counter + count);
    while (!index.empty() && runs_[index.back().run].end() > first.counter) {
        const std::uint32_t run = index.back().run;
        if (runs_[run].first.counter < first.counter) {
            splitRun(run, first.counter);
            continue;
        }
        removeRun(run, splices);
    }
}

}  // namespace pe::crdt
