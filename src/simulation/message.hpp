// SPDX-License-Identifier: MIT
// Message: what a replica and the order say to each other. Changes cross as bytes.
#pragma once

#include <cstdint>
#include <string>

#include "pe/crdt/ids.hpp"

namespace pe::simulation {

enum class MessageKind : std::uint8_t {
    Hello,       // up: a new connection
    Welcome,     // down: its session
    Push,        // up: pending changes, from the first on
    Pull,        // up: what comes after `sequence`?
    Operations,  // down: changes, the first at `sequence`
    Refused,     // down: the change that begins with `counter` is not taken; the session is over
    Closed,      // down: the session is over
};

struct Message {
    MessageKind kind = MessageKind::Hello;
    std::uint64_t session = 0;
    crdt::Sequence sequence = 0;  // Pull, Push: the last one the sender has
    crdt::ReplicaId replica = 0;
    std::uint32_t counter = 0;  // Push: the last one the sender knows to be confirmed
    std::uint64_t chain = 0;    // and the hash of all up to it
    std::string batch;
};

}  // namespace pe::simulation
