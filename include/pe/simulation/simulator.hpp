// SPDX-License-Identifier: MIT
// The simulator: a world of replicas over one order, in one thread, with a virtual clock, a network
// that loses, repeats and delays, and disks that tear. The same plan gives the same run.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "pe/simulation/plan.hpp"

namespace pe::simulation {

// Mistakes that a run can be told to make, to prove that its checks see them.
enum class Bug : std::uint8_t {
    None,
    SendsBeforeSync,    // work goes out that a crash can still take back
    TrustsTornRecords,  // a journal is read past its first damaged record
    ForgetsPending,     // a restart does not put unconfirmed work back
    ForgetsRejection,   // a refusal is not journaled
    RepeatsByCounter,   // the order takes equal counters for equal changes
    ShowsBeforeCommit,  // the order hands out what its restart forgets
    DropsRightOrigins,  // one replica inserts text without its right origins
    DropsSuperseded,    // one replica keeps versions that were superseded
    DeletesUnseen,      // one replica deletes what the deleter had not seen
    MixesClocks,        // one replica reads times without their counting part
    IgnoresUndeletes,   // one replica does not bring deleted text back
    // In worlds of documents:
    LosesComments,       // one replica drops the comments of others
    LosesWords,          // one replica drops the end of what others typed
    ForgetsNewIdentity,  // a replica with a new identity keeps its work in the journal as it was
    HidesConflicts,      // two values of a field are not listed
    UndoesOthers,        // an undo changes what somebody else did last
    KeepsStaleSnapshots  // a journal is cut behind an older snapshot
};
std::optional<Bug> bugFromName(std::string_view name);
std::string_view nameOf(Bug bug);
inline constexpr std::size_t kBugs = 17;
// The level of the worlds that can show a bug.
Level levelOf(Bug bug);

struct Outcome {
    std::uint64_t changes = 0;  // that got a place in the order
    std::uint64_t simulatedMs = 0;
    std::map<std::string, std::uint64_t> faults;
    std::string failure;          // empty if all held
    std::size_t failedEvent = 0;  // index in the plan
};

Outcome run(const Plan& plan);

// The smallest plan found that still fails, in at most `attempts` runs.
Plan shrink(const Plan& plan, std::size_t attempts = 400);

}  // namespace pe::simulation
