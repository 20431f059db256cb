// SPDX-License-Identifier: MIT
#include "stroke_codec.hpp"

#include "codec_tags.hpp"
#include "time_codec.hpp"

namespace pe::crdt {
namespace {

using Lane = CodecContext::Lane;

bool madeByLast(const Change& change, const CodecContext& context) {
    return context.lastLane < context.lanes.size() &&
           context.lanes[context.lastLane].replica == change.replica;
}

std::uint32_t nextCounterOf(ReplicaId replica, const CodecContext& context) {
    for (const Lane& each : context.lanes)
        if (each.replica == replica)
            return each.nextCounter;
    return Lane().nextCounter;
}

// Whose elements a text is most likely made of: those of who made its node.
ReplicaId writerOf(const Lane& lane) {
    return lane.node ? lane.node.replica : lane.replica;
}

int kindOf(int form) {
    return form & ~(tag::kStrokeOtherLane | tag::kStrokeNextBase);
}

OpId following(OpId id) {
    return {id.replica, id.counter + 1};
}

class StrokeWriter {
public:
    StrokeWriter(const Change& change, IdWriter& ids) : change_(change), ids_(ids) {}

    void run() {
        const std::size_t start = ids_.out().size();
        ids_.out().push_back(0);
        CodecContext& context = ids_.context();
        const auto* const insert = std::get_if<TextInsert>(&change_.operations.front());
        std::uint8_t first = insert != nullptr ? tag::kStrokeInsert : tag::kStrokeErase;
        if (!madeByLast(change_, context)) {
            context.lastLane = ids_.putReplica(change_.replica);
            first |= tag::kStrokeOtherLane;
        }
        putTime(ids_, change_, false);
        if (change_.base == context.base + 1) {
            context.base = change_.base;
            first |= tag::kStrokeNextBase;
        } else {
            putBase(ids_, change_);
        }
        first |= insert != nullptr ? put(*insert)
                                   : put(std::get<TextDelete>(change_.operations.front()));
        lane().nextCounter = change_.firstCounter + 1;
        ids_.out()[start] = static_cast<char>(first);
    }

private:
    Lane& lane() { return ids_.context().lanes[ids_.context().lastLane]; }

    std::uint8_t target(NodeId node, TextKey key) {
        if (lane().node == node && lane().key == key)
            return tag::kSameTarget;
        ids_.putNear(node, change_.replica);
        ids_.out().push_back(static_cast<char>(key));
        lane().node = node;
        lane().key = key;
        return 0;
    }

    std::uint8_t leftOrigin(OpId left) {
        if (change_.firstCounter > 1 &&
            following(left) == OpId{change_.replica, change_.firstCounter})
            return tag::kInsertAfterPrevious;
        ids_.putNear(left, writerOf(lane()));
        return 0;
    }

    std::uint8_t rightOrigin(OpId left, OpId right) {
        const bool same = right == lane().rightOrigin;
        lane().rightOrigin = right;
        if (same)
            return tag::kInsertSameRight;
        if (left && right == following(left))
            return tag::kStrokeRightFollowsLeft;
        ids_.putNear(right, writerOf(lane()));
        return 0;
    }

    std::uint8_t put(const TextInsert& op) {
        std::uint8_t flags = target(op.node, op.key);
        flags |= leftOrigin(op.leftOrigin);
        flags |= rightOrigin(op.leftOrigin, op.rightOrigin);
        putVarint(ids_.out(), op.elements.front());
        return flags;
    }

    std::uint8_t put(const TextDelete& op) {
        const ElementRange& range = op.ranges.front();
        const std::uint8_t flags = target(op.node, op.key);
        ids_.putNear(range.first, writerOf(lane()));
        if (range.count == 1)
            return flags | tag::kStrokeOneElement;
        putVarint(ids_.out(), range.count);
        return flags;
    }

    const Change& change_;
    IdWriter& ids_;
};

class StrokeReader {
public:
    StrokeReader(std::uint8_t first, IdReader& ids)
        : flags_(first & 0xF0), form_(first & 0x0F), ids_(ids), bytes_(ids.bytes()) {}

    Change run() {
        CodecContext& context = ids_.context();
        const std::uint64_t author =
            form_ & tag::kStrokeOtherLane ? bytes_.varint() : context.lastLane;
        context.lastLane = ids_.takeReplica(author);
        if (!bytes_.ok() || context.lanes.empty())
            return failed();
        change_.replica = lane().replica;
        change_.firstCounter = lane().nextCounter;
        takeTime(ids_, change_, false);
        if (form_ & tag::kStrokeNextBase)
            change_.base = ++context.base;
        else
            takeBase(ids_, change_);
        change_.label = context.label;
        change_.author = context.author;
        if (kindOf(form_) == tag::kStrokeInsert)
            change_.operations.emplace_back(insert());
        else
            change_.operations.emplace_back(erase());
        if (change_.firstCounter == 0xFFFFFFFF)
            return failed();
        lane().nextCounter = change_.firstCounter + 1;
        return std::move(change_);
    }

private:
    Lane& lane() { return ids_.context().lanes[ids_.context().lastLane]; }
    bool has(std::uint8_t flag) const { return (flags_ & flag) != 0; }

    Change failed() {
        bytes_.fail();
        return {};
    }

    void target() {
        if (has(tag::kSameTarget))
            return;
        lane().node = ids_.takeNear(change_.replica);
        lane().key = bytes_.byte();
    }

    OpId leftOrigin() {
        if (!has(tag::kInsertAfterPrevious))
            return ids_.takeNear(writerOf(lane()));
        if (change_.firstCounter < 2)
            bytes_.fail();
        return {change_.replica, change_.firstCounter - 1};
    }

    OpId rightOrigin(OpId left) {
        if (has(tag::kInsertSameRight))
            return lane().rightOrigin;
        if (!has(tag::kStrokeRightFollowsLeft))
            return ids_.takeNear(writerOf(lane()));
        if (!left || left.counter == 0xFFFFFFFF)
            bytes_.fail();
        return following(left);
    }

    TextInsert insert() {
        if (has(tag::kInsertSameRight) && has(tag::kStrokeRightFollowsLeft))
            bytes_.fail();
        target();
        TextInsert op{lane().node, lane().key, leftOrigin(), {}, {}};
        op.rightOrigin = lane().rightOrigin = rightOrigin(op.leftOrigin);
        const std::uint64_t element = bytes_.varint();
        if (element > kMaxElement)
            bytes_.fail();
        op.elements.push_back(static_cast<Element>(element));
        return op;
    }

    TextDelete erase() {
        if (has(0xFF & ~(tag::kSameTarget | tag::kStrokeOneElement)))
            bytes_.fail();
        target();
        const OpId first = ids_.takeNear(writerOf(lane()));
        const std::uint32_t count = has(tag::kStrokeOneElement) ? 1 : bytes_.varint32();
        return {lane().node, lane().key, {{first, count}}};
    }

    std::uint8_t flags_;
    std::uint8_t form_;
    IdReader& ids_;
    ByteReader& bytes_;
    Change change_;
};

}  // namespace

bool isStroke(const Change& change, const CodecContext& context) {
    if (change.operations.size() != 1 || change.hlc.logical() != 0 ||
        change.author != context.author || change.label != context.label ||
        change.reducerVersion != kReducerVersion ||
        change.firstCounter != nextCounterOf(change.replica, context))
        return false;
    if (const auto* insert = std::get_if<TextInsert>(&change.operations.front()))
        return insert->elements.size() == 1;
    const auto* erase = std::get_if<TextDelete>(&change.operations.front());
    return erase != nullptr && erase->ranges.size() == 1;
}

void putStroke(const Change& change, IdWriter& ids) {
    StrokeWriter(change, ids).run();
}

bool isStroke(std::uint8_t firstByte) {
    const int kind = kindOf(firstByte & 0x0F);
    return kind == tag::kStrokeInsert || kind == tag::kStrokeErase;
}

Change takeStroke(std::uint8_t firstByte, IdReader& ids) {
    return StrokeReader(firstByte, ids).run();
}

}  // namespace pe::crdt
