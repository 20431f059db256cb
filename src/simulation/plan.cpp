// SPDX-License-Identifier: MIT
#include "pe/simulation/plan.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "pe/base/random.hpp"

namespace pe::simulation {
namespace {

// How often each kind of event happens, in parts of a thousand or so.
constexpr std::array<unsigned, kEventKinds> kWeights = {380, 45, 110, 90, 80, 150, 20, 15, 15,
                                                        20,  14, 10,  4,  8,  14,  4,  12, 9};
constexpr std::size_t kMaxEvents = 10'000'000;
constexpr std::uint32_t kMaxReplicas = 200;

EventKind drawKind(Random& random) {
    unsigned total = 0;
    for (const unsigned each : kWeights)
        total += each;
    std::uint64_t drawn = random.below(total);
    std::size_t kind = 0;
    while (drawn >= kWeights[kind])
        drawn -= kWeights[kind++];
    return static_cast<EventKind>(kind);
}

}  // namespace

const std::array<std::string_view, kEventKinds> kEventNames = {
    "gesture", "undo",      "sync",    "send",          "pull",    "deliver",
    "lose",    "duplicate", "reorder", "partition",     "crash",   "clock_jump",
    "fork",    "refuse",    "compact", "restart_order", "inspect", "settle"};

std::string_view nameOf(Level level) {
    return level == Level::Tree ? "tree" : "document";
}

Plan makePlan(std::uint64_t seed, std::size_t steps, Level level) {
    SeededRandom random(seed);
    Plan plan;
    plan.seed = seed;
    plan.level = level;
    plan.replicas = 2 + static_cast<std::uint32_t>(random.below(4));
    plan.events.reserve(steps + 1);
    for (std::size_t i = 0; i < steps; ++i)
        plan.events.push_back({drawKind(random),
                               static_cast<std::uint32_t>(random.below(plan.replicas + 2)),
                               random.next()});
    plan.events.push_back({EventKind::Settle, 0, random.next()});
    return plan;
}

std::string toJson(const Plan& plan) {
    nlohmann::ordered_json json;
    json["seed"] = plan.seed;
    json["level"] = nameOf(plan.level);
    json["replicas"] = plan.replicas;
    if (!plan.bug.empty())
        json["bug"] = plan.bug;
    json["events"] = nlohmann::ordered_json::array();
    for (const Event& each : plan.events)
        json["events"].push_back(
            {kEventNames[static_cast<std::size_t>(each.kind)], each.replica, each.seed});
    return json.dump();
}

Result<Plan> planFromJson(std::string_view text) {
    const auto noPlan = [] { return fail(ErrorCode::Corrupt, "this is no plan of a simulation"); };
    try {
        const auto json = nlohmann::json::parse(text);
        Plan plan;
        plan.seed = json.at("seed").get<std::uint64_t>();
        const auto level = json.value("level", std::string(nameOf(Level::Tree)));
        plan.level = level == nameOf(Level::Tree) ? Level::Tree : Level::Document;
        if (level != nameOf(plan.level))
            return noPlan();
        plan.replicas = json.at("replicas").get<std::uint32_t>();
        plan.bug = json.value("bug", std::string());
        if (plan.replicas == 0 || plan.replicas > kMaxReplicas ||
            json.at("events").size() > kMaxEvents)
            return noPlan();
        for (const auto& each : json.at("events")) {
            const auto name = each.at(0).get<std::string>();
            const auto at = std::find(kEventNames.begin(), kEventNames.end(), name);
            if (at == kEventNames.end())
                return noPlan();
            plan.events.push_back({static_cast<EventKind>(at - kEventNames.begin()),
                                   each.at(1).get<std::uint32_t>(),
                                   each.at(2).get<std::uint64_t>()});
        }
        return plan;
    } catch (const nlohmann::json::exception&) {
        return noPlan();
    }
}

}  // namespace pe::simulation
