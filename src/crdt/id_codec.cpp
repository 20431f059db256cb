// SPDX-License-Identifier: MIT
#include "id_codec.hpp"

namespace pe::crdt {

std::size_t IdWriter::putReplica(ReplicaId replica, std::uint64_t offset) {
    auto& lanes = context_.lanes;
    std::size_t lane = 0;
    while (lane < lanes.size() && lanes[lane].replica != replica)
        ++lane;
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
    const std::size_t index = takeReplica(number - 1);
    const std::int64_t distance = bytes_.signedVarint();
    if (!bytes_.ok())
        return {};
    auto& lane = context_.lanes[index];
    if (distance < -std::int64_t{lane.lastNamed} || distance > std::int64_t{0xFFFFFFFF}) {
        bytes_.fail();
        return {};
    }
    const std::int64_t counter = std::int64_t{lane.lastNamed} + distance;
    if (counter <= 0 || counter > std::int64_t{0xFFFFFFFF}) {
        bytes_.fail();
        return {};
    }
    lane.lastNamed = static_cast<std::uint32_t>(counter);
    return {lane.replica, lane.lastNamed};
}

}  // namespace pe::crdt
