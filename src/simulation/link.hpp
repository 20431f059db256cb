// SPDX-License-Identifier: MIT
// Link: what is under way between one replica and the order, in both directions, and what a network
// does to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

#include "message.hpp"
#include "order.hpp"
#include "pe/simulation/plan.hpp"

namespace pe::simulation {

struct Link {
    std::deque<Message> up;
    std::deque<Message> down;
    bool connected = true;

    // What is sent while nothing is connected is lost.
    void post(Message message);
    // Gives the order the first messages, and takes its answers.
    void carryUp(Order& order, std::uint32_t slot, std::size_t count);
    Message takeDown();
};

// Loses a message, doubles one or lets one overtake. False if there was nothing to disturb.
bool disturb(std::deque<Message>& queue, EventKind kind);

}  // namespace pe::simulation
