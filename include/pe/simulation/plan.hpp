// SPDX-License-Identifier: MIT
// Plan: everything that happens in a simulated world, event by event. What an event chooses (which
// node, which text) comes from its own seed and the state it meets, so a plan from which events
// were taken still runs: that is how failures shrink.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pe/base/result.hpp"

namespace pe::simulation {

enum class EventKind : std::uint8_t {
    Gesture,       // a person edits
    Undo,          // takes back something of theirs, which may itself be an undo
    Sync,          // the journal reaches the disk
    Send,          // pending work goes out, if it is on the disk
    Pull,          // asks for what is new
    Deliver,       // some messages arrive
    Lose,          // a message is lost
    Duplicate,     // a message arrives twice
    Reorder,       // a message overtakes others
    Partition,     // a replica is cut off, or connected again
    Crash,         // power goes: what was not synced is lost or torn
    ClockJump,     // a wall clock moves, in either direction
    Fork,          // somebody copies the replica's folder to another machine
    Refuse,        // the order will not take the replica's next change
    Compact,       // a replica writes a snapshot and forgets its journal
    RestartOrder,  // the order loses its connections
    Inspect,       // the laws of one replica are checked
    Settle,        // everything heals; all must agree
};
inline constexpr std::size_t kEventKinds = 18;
extern const std::array<std::string_view, kEventKinds> kEventNames;

// What the replicas of a world are.
enum class Level : std::uint8_t {
    Tree,      // replicated trees over disks that tear
    Document,  // whole documents: commands, typing, drafts, the file on disk
};
std::string_view nameOf(Level level);

struct Event {
    EventKind kind = EventKind::Gesture;
    std::uint32_t replica = 0;
    std::uint64_t seed = 0;
};

struct Plan {
    std::uint64_t seed = 0;
    Level level = Level::Tree;
    std::uint32_t replicas = 3;
    std::string bug;  // the planted bug it was found with; empty outside tests
    std::vector<Event> events;
};

// A plan of `steps` events, the same for the same seed.
Plan makePlan(std::uint64_t seed, std::size_t steps, Level level = Level::Tree);

std::string toJson(const Plan& plan);
Result<Plan> planFromJson(std::string_view json);

}  // namespace pe::simulation
