// SPDX-License-Identifier: MIT
#include "id_codec.hpp"

namespace pe::crdt {

namespace {

std::size_t laneOf(const CodecContext& context, ReplicaId replica) {
    std::size_t lane = 0;
    while (lane < context.lanes.size() && context.lanes[lane].replica != replica)
        ++lane;
    return lane;
}

}  // namespace

std::size_t IdWriter::putReplica(ReplicaId replica, std::uint64_t offset) {
    auto& lanes = context_.lanes;
    const std::size_t lane = laneOf(context_, replica);
    putVarint(out_, lane + offset);
    if (lane == lanes.size()) {
        putFixed64(out_, replica);
        lanes.emplace_back().replica = replica;
    }
    return lane;
}

void IdWriter::putId(OpId id) {
    if (!id) {
        putVarint(out_, 0);
        return;
    }
    auto& lane = context_.lanes[putReplica(id.replica, 1)];
    putSigned(out_, std::int64_t{id.counter} - std::int64_t{lane.lastNamed});
    lane.lastNamed = id.counter;
}

void IdWriter::putNear(OpId id, ReplicaId expected) {
    if (!id)
        return putVarint(out_, 0);
    std::size_t at = laneOf(context_, id.replica);
    const std::uint32_t last = at < context_.lanes.size() ? context_.lanes[at].lastNamed : 0;
    const bool other = id.replica != expected;
    putVarint(out_,
              1 + 2 * zigzag(std::int64_t{id.counter} - std::int64_t{last}) + (other ? 1 : 0));
    if (other)
        at = putReplica(id.replica);
    context_.lanes[at].lastNamed = id.counter;
}

std::size_t IdReader::takeReplica(std::uint64_t number) {
    auto& lanes = context_.lanes;
    if (!bytes_.ok() || number > lanes.size() || number >= Limits::kReplicas) {
        bytes_.fail();
        return 0;
    }
    if (number < lanes.size())
        return static_cast<std::size_t>(number);
    const ReplicaId replica = bytes_.fixed64();
    if (replica == 0)
        bytes_.fail();
    if (bytes_.ok())
        lanes.emplace_back().replica = replica;
    return bytes_.ok() ? lanes.size() - 1 : 0;
}

OpId IdReader::takeId() {
    const std::uint64_t number = bytes_.varint();
    if (number == 0 || !bytes_.ok())
        return {};
    const std::size_t lane = takeReplica(number - 1);
    return named(lane, bytes_.signedVarint());
}

OpId IdReader::takeNear(ReplicaId expected) {
    const std::uint64_t number = bytes_.varint();
    if (number == 0 || !bytes_.ok())
        return {};
    const std::size_t lane =
        ((number - 1) & 1) != 0 ? takeReplica(bytes_.varint()) : laneOf(context_, expected);
    return named(lane, unzigzag((number - 1) >> 1));
}

// The id that many counters behind the last one named in the lane.
OpId IdReader::named(std::size_t lane, std::int64_t distance) {
    if (lane >= context_.lanes.size())
        bytes_.fail();
    if (!bytes_.ok())
        return {};
    CodecContext::Lane& of = context_.lanes[lane];
    const std::int64_t last = of.lastNamed;
    if (distance <= -last || distance > std::int64_t{0xFFFFFFFF} - last) {
        bytes_.fail();
        return {};
    }
    of.lastNamed = static_cast<std::uint32_t>(last + distance);
    return {of.replica, of.lastNamed};
}

}  // namespace pe::crdt
