// SPDX-License-Identifier: MIT
// Change: one gesture of one person. Its operations arrive together or not at all.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/crdt/operation.hpp"

namespace pe::crdt {

// The reducer this library implements. A change of a later reducer is refused, never guessed at.
inline constexpr std::uint32_t kReducerVersion = 1;

// What an undo of a Set or a Move needs to know and the operation does not say. It stays on the
// machine that made the change.
struct PriorValue {
    std::uint32_t operation = 0;  // index in Change::operations
    std::optional<std::string> value;
    OpId origin;  // the version that first had this value
    friend bool operator==(const PriorValue&, const PriorValue&) = default;
};
struct PriorPlace {
    std::uint32_t operation = 0;
    Place place;
    OpId origin;  // the operation that first put the node there
    friend bool operator==(const PriorPlace&, const PriorPlace&) = default;
};
using Prior = std::variant<PriorValue, PriorPlace>;

struct Change {
    ReplicaId replica = 0;
    std::uint32_t firstCounter = 0;
    Hlc hlc;
    std::uint32_t reducerVersion = kReducerVersion;
    Sequence base = 0;   // the last sequence its author had seen
    std::string author;  // for people; may be empty
    std::string label;   // "Move step"; may be empty
    std::vector<Operation> operations;
    std::vector<Prior> prior;  // local only, not part of what replicas exchange

    std::uint64_t counterSpan() const;
    std::uint32_t lastCounter() const;
    bool hasStructure() const;
};

// Equal in everything that replicas exchange.
bool sameContent(const Change& left, const Change& right);

// A hash of everything that replicas exchange; the same on every machine.
std::uint64_t contentHash(const Change& change);

// Made once, read by many: the tree keeps it while pending, the journal writes it, history undoes
// it.
using SharedChange = std::shared_ptr<const Change>;

// Bounds on what may come from outside; checked before memory is taken.
struct Limits {
    static constexpr std::size_t kValueBytes = 1 << 20;
    static constexpr std::size_t kPackBytes = 4 << 20;
    static constexpr std::size_t kInsertElements = 1 << 16;
    static constexpr std::size_t kTextElements = 1 << 20;     // visible elements of one text
    static constexpr std::size_t kInitialElements = 1 << 20;  // of one initial text
    static constexpr std::size_t kOperations = 1 << 20;       // in one change
    static constexpr std::size_t kSupersedes = 1 << 12;
    static constexpr std::size_t kRanges = 1 << 16;
    static constexpr std::size_t kUnknownBytes = 1 << 20;
    static constexpr std::size_t kAuthorBytes = 256;
    static constexpr std::size_t kLabelBytes = 1024;
    static constexpr std::size_t kReplicas = 1 << 16;
    static constexpr std::uint32_t kDepth = 1 << 10;  // of the tree
    static constexpr std::size_t kGhosts = 128;       // traces of gone siblings, for each parent
};

}  // namespace pe::crdt
