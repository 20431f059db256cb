// SPDX-License-Identifier: MIT
// The bytes of changes. Layout: docs/formats/op_log.md. Decoding never trusts a byte: every length
// is checked against what is left and against Limits before memory is taken.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/crdt/change.hpp"

namespace pe::crdt {

// What earlier changes of one stream let later ones leave out: replicas already named, the last
// time, label and author, the last place of typing. Both ends of a stream keep one; a change
// encoded with a fresh context stands alone.
struct CodecContext {
    struct Lane {
        ReplicaId replica = 0;
        std::uint32_t nextCounter = 1;
        std::uint32_t lastNamed = 0;  // counter of the last id of this replica
        NodeId node;                  // of its last content operation
        std::uint8_t key = 0;
        OpId rightOrigin;  // of its last insertion
        friend bool operator==(const Lane&, const Lane&) = default;
    };
    std::vector<Lane> lanes;
    Hlc hlc;
    Sequence base = 0;
    std::string label;
    std::string author;
    std::size_t lastLane = 0;  // of the last change

    friend bool operator==(const CodecContext&, const CodecContext&) = default;
};

// Appends the bytes of `change` (without `prior`) to `out`.
void encodeChange(const Change& change, CodecContext& context, std::string& out);
std::string encodeChange(const Change& change);

// Takes one change off the front of `bytes`. On an error neither argument has changed.
Result<Change> decodeChange(std::string_view& bytes, CodecContext& context);
// The whole of `bytes` is one change that stands alone.
Result<Change> decodeChange(std::string_view bytes);

// A sequence of changes with one context: the body of a message or a row.
std::string encodeBatch(const std::vector<SharedChange>& changes);
Result<std::vector<SharedChange>> decodeBatch(std::string_view bytes);

// Change::prior, for the local undo table.
std::string encodePrior(const std::vector<Prior>& prior);
Result<std::vector<Prior>> decodePrior(std::string_view bytes);

}  // namespace pe::crdt
