// SPDX-License-Identifier: MIT
#include "pe/simulation/simulator.hpp"

#include <algorithm>
#include <array>

#include "document_world.hpp"
#include "world.hpp"

namespace pe::simulation {
namespace {

constexpr std::array<std::string_view, kBugs + 1> kBugNames = {"none",
                                                               "sends_before_sync",
                                                               "trusts_torn_records",
                                                               "forgets_pending",
                                                               "forgets_rejection",
                                                               "repeats_by_counter",
                                                               "shows_before_commit",
                                                               "drops_right_origins",
                                                               "drops_superseded",
                                                               "deletes_unseen",
                                                               "mixes_clocks",
                                                               "ignores_undeletes",
                                                               "loses_comments",
                                                               "loses_words",
                                                               "forgets_new_identity",
                                                               "hides_conflicts",
                                                               "undoes_others",
                                                               "keeps_stale_snapshots"};

template <class AnyWorld>
Outcome runIn(AnyWorld& world, const Plan& plan) {
    Outcome outcome;
    outcome.failure = world.failure();
    while (outcome.failure.empty() && outcome.failedEvent < plan.events.size()) {
        world.happen(plan.events[outcome.failedEvent]);
        outcome.failure = world.failure();
        if (outcome.failure.empty())
            ++outcome.failedEvent;
    }
    outcome.changes = world.changes();
    outcome.simulatedMs = world.elapsedMs();
    outcome.faults = world.faults();
    return outcome;
}

// Tries to do without each stretch of the plan, in ever smaller stretches.
class Shrinker {
public:
    Shrinker(Plan plan, std::size_t attempts) : plan_(std::move(plan)), attempts_(attempts) {}

    Plan result() {
        cutBehindFailure();
        for (std::size_t size = std::max<std::size_t>(1, plan_.events.size() / 2); attempts_ > 0;
             size = size / 2) {
            bool smaller = false;
            for (std::size_t at = plan_.events.size(); at > 0 && attempts_ > 0;) {
                at -= std::min(at, size);
                smaller |= without(at, size);
            }
            if (size == 1 && !smaller)
                break;
            size = std::max<std::size_t>(size, 2);
        }
        return std::move(plan_);
    }

private:
    void cutBehindFailure() {
        const Outcome outcome = run(plan_);
        if (!outcome.failure.empty() && outcome.failedEvent + 1 < plan_.events.size())
            plan_.events.resize(outcome.failedEvent + 1);
    }

    bool without(std::size_t at, std::size_t size) {
        Plan smaller = plan_;
        const auto first = smaller.events.begin() + static_cast<std::ptrdiff_t>(at);
        const std::size_t count = std::min(size, smaller.events.size() - at);
        smaller.events.erase(first, first + static_cast<std::ptrdiff_t>(count));
        --attempts_;
        if (run(smaller).failure.empty())
            return false;
        plan_ = std::move(smaller);
        return true;
    }

    Plan plan_;
    std::size_t attempts_;
};

}  // namespace

std::optional<Bug> bugFromName(std::string_view name) {
    const auto at = std::find(kBugNames.begin(), kBugNames.end(), name);
    if (at == kBugNames.end())
        return std::nullopt;
    return static_cast<Bug>(at - kBugNames.begin());
}

std::string_view nameOf(Bug bug) {
    return kBugNames[static_cast<std::size_t>(bug)];
}

Level levelOf(Bug bug) {
    return bug < Bug::LosesComments ? Level::Tree : Level::Document;
}

Outcome run(const Plan& plan) {
    Outcome outcome;
    const auto bug = plan.bug.empty() ? Bug::None : bugFromName(plan.bug);
    if (!bug) {
        outcome.failure = "the plan names a bug that nobody knows";
        return outcome;
    }
    if (plan.level == Level::Document) {
        DocumentWorld world(plan, *bug);
        return runIn(world, plan);
    }
    World world(plan, *bug);
    return runIn(world, plan);
}

Plan shrink(const Plan& plan, std::size_t attempts) {
    return Shrinker(plan, attempts).result();
}

}  // namespace pe::simulation
