// SPDX-License-Identifier: MIT
// `pipeline simulate`: worlds of replicas from seeds, until one breaks a law or time is up.
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <iostream>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "inputs.hpp"
#include "pe/simulation/simulator.hpp"

namespace pe::cli {
namespace {

using simulation::Plan;

constexpr long kDefaultSteps = 2000;
constexpr long kMaxSteps = 1'000'000;

struct Seeds {
    std::uint64_t first = 1;
    std::uint64_t last = 20;
};

struct Tally {
    std::uint64_t seeds = 0;
    std::uint64_t failures = 0;
    std::uint64_t changes = 0;
    std::uint64_t simulatedMs = 0;
    std::map<std::string, std::uint64_t> faults;
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();

    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    }
};

// What a broken assertion in the code under test stops in; it ends the program before any report.
volatile std::sig_atomic_t runningSeed = 0;

void tellSeed(int) {
    char text[] = "pipeline: simulation stopped in seed 00000000000\n";
    std::uint64_t rest = static_cast<std::uint64_t>(runningSeed);
    for (std::size_t at = sizeof(text) - 3; rest > 0; --at, rest /= 10)
        text[at] = static_cast<char>('0' + rest % 10);
    [[maybe_unused]] const auto written = write(STDERR_FILENO, text, sizeof(text) - 1);
}

void tellSeedAndStop(int signal) {
    tellSeed(signal);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

Result<Seeds> readSeeds(const std::string& text) {
    Seeds seeds;
    const char* const end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, seeds.first);
    seeds.last = seeds.first;
    bool good = first.ec == std::errc{};
    if (good && first.ptr != end) {
        good = end - first.ptr > 2 && first.ptr[0] == '.' && first.ptr[1] == '.';
        if (good) {
            const auto last = std::from_chars(first.ptr + 2, end, seeds.last);
            good = last.ec == std::errc{} && last.ptr == end;
        }
    }
    if (!good || seeds.last < seeds.first)
        return fail(ErrorCode::InvalidArgument, "--seeds takes A..B, not '" + text + "'");
    return seeds;
}

// Of mixed worlds every fifth is one of documents, which cost more.
simulation::Level levelOf(const std::string& asked, std::uint64_t seed) {
    const bool isDocument = asked == "document" || (asked == "mixed" && seed % 5 == 0);
    return isDocument ? simulation::Level::Document : simulation::Level::Tree;
}

void count(const simulation::Outcome& outcome, Tally& tally) {
    ++tally.seeds;
    tally.changes += outcome.changes;
    tally.simulatedMs += outcome.simulatedMs;
    for (const auto& [kind, times] : outcome.faults)
        tally.faults[kind] += times;
    if (!outcome.failure.empty())
        ++tally.failures;
}

void tell(const Plan& plan, const simulation::Outcome& outcome, const Environment& environment) {
    environment.err << "pipeline: seed " << plan.seed << ": " << outcome.failure << "\n";
    const Plan smaller = simulation::shrink(plan);
    environment.err << "pipeline: shrunk from " << plan.events.size() << " to "
                    << smaller.events.size() << " events; run it with --plan\n";
    environment.out << toJson(smaller) << '\n';
}

ExitStatus finish(const Tally& tally, const Environment& environment) {
    nlohmann::ordered_json line;
    line["seeds"] = tally.seeds;
    line["changes"] = tally.changes;
    line["faults"] = tally.faults;
    line["simulated_seconds"] = tally.simulatedMs / 1000;
    line["failures"] = tally.failures;
    line["seconds"] = tally.seconds();
    line["changes_per_second"] = static_cast<std::uint64_t>(static_cast<double>(tally.changes) /
                                                            std::max(0.001, tally.seconds()));
    environment.out << line.dump() << '\n';
    return tally.failures > 0 ? ExitStatus::Findings : ExitStatus::Done;
}

ExitStatus runPlan(const std::string& path, const Environment& environment) {
    const auto bytes = readInput(path, environment);
    if (!bytes)
        return report(bytes.error(), environment);
    const auto plan = simulation::planFromJson(*bytes);
    if (!plan)
        return report(plan.error(), environment);
    Tally tally;
    runningSeed = static_cast<std::sig_atomic_t>(plan->seed);
    const auto outcome = simulation::run(*plan);
    count(outcome, tally);
    if (!outcome.failure.empty())
        environment.err << "pipeline: event " << outcome.failedEvent << ": " << outcome.failure
                        << '\n';
    return finish(tally, environment);
}

}  // namespace

ExitStatus runSimulate(const Arguments& arguments, const Environment& environment) {
    const auto options = Options::parse(arguments, {{"seeds", OptionKind::Value},
                                                    {"steps", OptionKind::Value},
                                                    {"time-limit", OptionKind::Value},
                                                    {"plan", OptionKind::Value},
                                                    {"level", OptionKind::Value},
                                                    {"bug", OptionKind::Value}});
    if (!options)
        return report(options.error(), environment);
    const auto seeds = readSeeds(options->value("seeds", "1..20"));
    const auto steps = options->number("steps", kDefaultSteps, 1, kMaxSteps);
    const auto limit = options->number("time-limit", 0, 0, 1'000'000);
    const std::string bug = options->value("bug");
    if (!seeds)
        return report(seeds.error(), environment);
    if (!steps || !limit)
        return report(steps ? limit.error() : steps.error(), environment);
    if (!bug.empty() && !simulation::bugFromName(bug))
        return report({ErrorCode::InvalidArgument, "there is no bug '" + bug + "' to plant", {}},
                      environment);
    const std::string level = options->value("level", "mixed");
    if (level != "mixed" && level != "tree" && level != "document")
        return report({ErrorCode::InvalidArgument, "--level takes mixed, tree or document", {}},
                      environment);
    if (!options->operands().empty())
        return report({ErrorCode::InvalidArgument, "simulate takes no files", {}}, environment);
    std::signal(SIGABRT, tellSeed);
    std::signal(SIGSEGV, tellSeedAndStop);
    if (options->has("plan"))
        return runPlan(options->value("plan"), environment);
    Tally tally;
    for (std::uint64_t seed = seeds->first; seed <= seeds->last; ++seed) {
        if (*limit > 0 && tally.seconds() > static_cast<double>(*limit))
            break;
        runningSeed = static_cast<std::sig_atomic_t>(seed);
        Plan plan =
            simulation::makePlan(seed, static_cast<std::size_t>(*steps), levelOf(level, seed));
        plan.bug = bug;
        const auto outcome = simulation::run(plan);
        count(outcome, tally);
        if (outcome.failure.empty())
            continue;
        tell(plan, outcome, environment);
        break;
    }
    return finish(tally, environment);
}

}  // namespace pe::cli
