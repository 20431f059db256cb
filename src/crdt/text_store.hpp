// SPDX-License-Identifier: MIT
// TextStore: the sequence behind a Text. Elements live in runs: consecutive ids of one author,
// standing next to each other, with one right origin and one number of covering deletes. Runs hang
// in blocks of bounded size, which makes positions cheap; each author has a lane with his elements
// and an index from counter to run. Ids are never forgotten, so an edit of any age can be placed.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "element_buffer.hpp"
#include "pe/crdt/effect.hpp"
#include "pe/crdt/ids.hpp"
#include "pe/crdt/operation.hpp"
#include "run_index.hpp"

namespace pe::crdt {

class TextStore {
public:
    // A canonical run as snapshots and hashes see it: as long as it can be.
    struct Span {
        OpId first;
        std::uint32_t count = 0;
        OpId leftOrigin;
        OpId rightOrigin;
    };
    struct Deletion {
        OpId op;
        ElementRange range;
    };

    // Reading.
    std::uint32_t length() const { return visible_; }
    std::uint32_t runCount() const;
    // Nothing was ever written, or all of it was taken back.
    bool isPristine() const;
    Elements slice(std::uint32_t position, std::uint32_t count) const;
    OpId idAt(std::uint32_t position) const;
    bool knows(OpId id) const { return runOf(locate(id)) != kNone; }
    bool knows(const ElementRange& range) const;
    bool isVisible(OpId id) const;
    // Visible elements in front of the element, which must be known.
    std::uint32_t positionOf(OpId id) const;
    bool inOrder(OpId left, OpId right) const;

    // Origins of an insertion at a visible position.
    std::pair<OpId, OpId> originsAt(std::uint32_t position) const;
    std::vector<ElementRange> rangesAt(std::uint32_t position, std::uint32_t count) const;
    std::vector<ElementRange> visibleIn(const std::vector<ElementRange>& ranges) const;
    std::vector<ElementRange> rangesOf(OpId deletion) const;
    bool isRevoked(OpId deletion) const;
    // An author of visible elements who is not `replica`, if there is one.
    std::optional<ReplicaId> otherAuthor(ReplicaId replica) const;

    // Writing. Ids and origins were checked before. Splices are appended to `splices`.
    void insert(OpId first, OpId left, OpId right, ElementsView elements,
                std::vector<Splice>& splices);
    void erase(OpId op, const std::vector<ElementRange>& ranges, std::vector<Splice>& splices);
    void undelete(OpId deletion, std::vector<Splice>& splices);
    // Deletes for ever, by nobody's operation. Only while loading, in front of other deletions.
    void eraseForEver(const ElementRange& range);

    // The inverses, for pending operations, which nobody else can have built on. Last made, first
    // taken back.
    void takeBackInsert(OpId first, std::uint32_t count, std::vector<Splice>& splices);
    void takeBackErase(OpId op, std::vector<Splice>& splices);
    void takeBackUndelete(OpId deletion, std::vector<Splice>& splices);

    // For snapshots and hashes: everything, in an order that depends on nothing but the operations.
    std::vector<Span> spans() const;
    std::vector<ReplicaId> authors() const;       // ascending, of elements
    Elements elementsBy(ReplicaId author) const;  // in the order of the counters
    // By operation; final ones have a null counter and come first.
    std::vector<Deletion> deletions() const;
    std::vector<OpId> revoked() const;
    // Rebuilds from what the functions above gave. False if they do not fit together.
    bool load(const std::vector<std::pair<ReplicaId, Elements>>& authors,
              const std::vector<Span>& spans, const std::vector<Deletion>& deletions,
              const std::vector<OpId>& revoked);

private:
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;
    static constexpr std::size_t kBlockRuns = 48;

    struct Id {
        std::uint32_t lane = kNone;
        std::uint32_t counter = 0;
        friend bool operator==(const Id&, const Id&) = default;
        friend auto operator<=>(const Id&, const Id&) = default;
    };
    struct Run {
        Id first;
        std::uint32_t length = 0;
        std::uint32_t offset = 0;  // in the lane's elements
        std::uint32_t cover = 0;   // deletes that stand
        std::uint32_t block = 0;
        Id left;
        Id right;
        std::uint32_t end() const { return first.counter + length; }
        bool holds(Id id) const {
            return id.lane == first.lane && id.counter >= first.counter && id.counter < end();
        }
        std::uint32_t shown() const { return cover == 0 ? length : 0; }
    };
    struct Block {
        std::vector<std::uint32_t> runs;
        std::uint32_t visible = 0;
        std::uint32_t order = 0;
    };
    struct DeletionEntry {
        std::uint32_t op;
        Id first;
        std::uint32_t count;
    };
    struct Lane {
        ReplicaId replica = 0;
        ElementBuffer elements;
        RunIndex index;
        std::vector<DeletionEntry> deletions;  // made by this author
    };
    struct Revocation {
        Id deletion;
        std::uint32_t count;
    };
    // A run in the sequence; order == blocks in use means the end.
    struct Cursor {
        std::uint32_t order = 0;
        std::uint32_t index = 0;
        friend auto operator<=>(const Cursor&, const Cursor&) = default;
    };
    struct Spot {
        Cursor cursor;
        std::uint32_t offset = 0;
        friend auto operator<=>(const Spot&, const Spot&) = default;
    };

    // Names.
    std::uint32_t laneOf(ReplicaId replica) const {
        for (std::uint32_t i = 0; i < lanes_.size(); ++i)
            if (lanes_[i].replica == replica)
                return i;
        return kNone;
    }
    std::uint32_t ensureLane(ReplicaId replica) {
        const std::uint32_t lane = laneOf(replica);
        return lane == kNone ? addLane(replica) : lane;
    }
    std::uint32_t addLane(ReplicaId replica);
    Id locate(OpId id) const { return id ? Id{laneOf(id.replica), id.counter} : Id{}; }
    Id localId(OpId id) { return id ? Id{ensureLane(id.replica), id.counter} : Id{}; }
    OpId globalId(Id id) const {
        return id.lane == kNone ? OpId{} : OpId{lanes_[id.lane].replica, id.counter};
    }
    std::uint32_t runOf(Id id) const;
    bool before(Id left, Id right) const;

    // Places.
    Cursor cursorOf(std::uint32_t run) const;
    Spot spotOf(Id id) const;
    bool atEnd(Cursor cursor) const { return cursor.order >= order_.size(); }
    std::uint32_t runIdAt(Cursor cursor) const {
        return blocks_[order_[cursor.order]].runs[cursor.index];
    }
    Run& runAt(Cursor cursor) { return runs_[runIdAt(cursor)]; }
    const Run& runAt(Cursor cursor) const { return runs_[runIdAt(cursor)]; }
    Cursor next(Cursor cursor) const {
        return ++cursor.index < blocks_[order_[cursor.order]].runs.size()
                   ? cursor
                   : Cursor{cursor.order + 1, 0};
    }
    Cursor seek(std::uint32_t position, std::uint32_t& offset) const;
    std::uint32_t positionOf(Cursor cursor) const;
    void goBack() const;
    void goOn(bool overBlock) const;
    void goTo(Cursor cursor) const;

    // Runs.
    std::uint32_t newRun(const Run& run);
    void addToIndex(std::uint32_t run);
    void removeFromIndex(std::uint32_t run);
    Cursor place(Cursor cursor, std::uint32_t run);
    void removeAt(Cursor cursor);
    void splitBlock(std::uint32_t order);
    void renumber(std::uint32_t from);
    void addVisible(Cursor run, std::int64_t delta);
    std::uint32_t splitRun(std::uint32_t run, std::uint32_t at);
    std::uint32_t splitBefore(Id id);
    static bool continues(const Run& left, const Run& right);
    void setBorder(Run& left, Run& right, std::uint32_t counter);
    void joinWithPrevious(Cursor cursor);
    void joinAround(std::uint32_t run);

    // Edits.
    Cursor destination(Id first, Id left, Id right);
    bool extend(Id first, Id left, Id right, ElementsView elements, std::vector<Splice>& splices);
    void cover(const DeletionEntry& range, std::int32_t delta, std::vector<Splice>& splices);
    bool moveBorder(Id from, std::uint32_t end, std::int32_t delta, std::vector<Splice>& splices);
    void coverRun(std::uint32_t run, std::int32_t delta, std::vector<Splice>& splices);
    void coverAll(Id deletion, std::int32_t delta, std::vector<Splice>& splices);
    std::vector<Revocation>::iterator revocationOf(Id deletion);
    void revoke(Id deletion, std::int32_t delta, std::vector<Splice>& splices);
    void removeRun(std::uint32_t run, std::vector<Splice>& splices);
    bool loadSpans(const std::vector<Span>& spans);
    bool loadIndex();

    std::vector<Lane> lanes_;
    std::vector<Run> runs_;
    std::vector<std::uint32_t> free_;
    std::vector<Block> blocks_;
    std::vector<std::uint32_t> order_;
    std::vector<Revocation> revoked_;
    std::uint32_t visible_ = 0;
    // The run that was looked at last, and the visible elements in front of it: what comes next is
    // mostly near. {0, 0} while there is none.
    mutable Cursor near_;
    mutable std::uint32_t nearStart_ = 0;
};

}  // namespace pe::crdt
