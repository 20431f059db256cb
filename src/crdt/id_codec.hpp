// SPDX-License-Identifier: MIT
// Ids as bytes: a replica is its number in the context's list (named in full the first time), a
// counter the distance from the last one named of that replica.
#pragma once

#include "pe/crdt/codec.hpp"
#include "varint.hpp"

namespace pe::crdt {

class IdWriter {
public:
    IdWriter(CodecContext& context, std::string& out) : context_(context), out_(out) {}

    std::size_t putReplica(ReplicaId replica, std::uint64_t offset = 0);
    void putId(OpId id);
    // Shorter where the id is of the expected replica, which must be a lane of the context.
    void putNear(OpId id, ReplicaId expected);
    CodecContext& context() { return context_; }
    std::string& out() { return out_; }

private:
    CodecContext& context_;
    std::string& out_;
};

class IdReader {
public:
    IdReader(CodecContext& context, ByteReader& bytes) : context_(context), bytes_(bytes) {}

    // The number of the replica in the context; 0 with a failed reader if there is none.
    std::size_t takeReplica(std::uint64_t number);
    OpId takeId();
    OpId takeNear(ReplicaId expected);
    CodecContext& context() { return context_; }
    ByteReader& bytes() { return bytes_; }

private:
    OpId named(std::size_t lane, std::int64_t distance);

    CodecContext& context_;
    ByteReader& bytes_;
};

}  // namespace pe::crdt
