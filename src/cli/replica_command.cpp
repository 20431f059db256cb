// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdio>
#include <iostream>

#include "inputs.hpp"
#include "quiet_executor.hpp"
#include "replica_commands.hpp"

namespace pe::cli {
namespace {

struct Action {
    std::string_view name;
    std::size_t least;  // operands
    std::size_t most;
    ExitStatus (*run)(const ReplicaRun&);
};

constexpr std::size_t kAny = 1'000'000;
constexpr Action kActions[] = {
    {"import", 0, kAny, replicaImport}, {"list", 0, 0, replicaList},
    {"export", 1, 1, replicaExport},    {"edit", 1, 1, replicaEdit},
    {"log", 1, 1, replicaLog},          {"search", 1, kAny, replicaSearch},
    {"status", 0, 1, replicaStatus},    {"verify", 0, 1, replicaVerify},
    {"name", 2, 2, replicaName},        {"unname", 2, 2, replicaUnname},
    {"restore", 1, 1, replicaRestore},  {"forget", 1, 1, replicaForget},
    {"rebind", 2, 2, replicaRebind},
};

Result<const Action*> actionOf(const Arguments& operands) {
    std::string names;
    for (const Action& each : kActions)
        names += (names.empty() ? "" : ", ") + std::string(each.name);
    if (operands.empty())
        return fail(ErrorCode::InvalidArgument, "replica takes one of " + names);
    const auto found =
        std::find_if(std::begin(kActions), std::end(kActions),
                     [&](const Action& each) { return each.name == operands.front(); });
    if (found == std::end(kActions))
        return fail(ErrorCode::InvalidArgument,
                    "replica has no '" + operands.front() + "'; it takes one of " + names);
    const std::size_t given = operands.size() - 1;
    if (given < found->least || given > found->most)
        return fail(ErrorCode::InvalidArgument, "replica " + operands.front() +
                                                    " takes other operands; `pipeline replica "
                                                    "--help` lists them");
    return found;
}

Result<Options> optionsIn(const Arguments& arguments) {
    PE_TRY_ASSIGN(Options options, Options::parse(arguments, {{"dir", OptionKind::Value},
                                                              {"format", OptionKind::Value},
                                                              {"files-from", OptionKind::Value},
                                                              {"script", OptionKind::Value},
                                                              {"set", OptionKind::Value},
                                                              {"limit", OptionKind::Value},
                                                              {"author", OptionKind::Value},
                                                              {"at", OptionKind::Value}}));
    if (options.value("dir").empty())
        return fail(ErrorCode::InvalidArgument, "replica needs --dir DIR");
    const std::string format = options.value("format", "text");
    if (format != "text" && format != "json")
        return fail(ErrorCode::InvalidArgument, "--format takes text or json");
    return options;
}

ExitStatus runIn(const Options& options, const Action& action, const Environment& environment) {
    QuietExecutor executor;
    SystemRandom random;
    auto workspace = workspace::Workspace::open(options.value("dir"), environment.files,
                                                environment.clock, random, executor);
    if (!workspace)
        return report(workspace.error(), environment);
    if (const std::string notice = (*workspace)->openingNotice(); !notice.empty())
        environment.err << "pipeline: " << notice << '\n';
    if (options.has("author"))
        (*workspace)->useAuthor(options.value("author"));
    const Arguments operands(options.operands().begin() + 1, options.operands().end());
    const ReplicaRun run{**workspace, options, operands, environment};
    const ExitStatus status = action.run(run);
    const auto stored = (*workspace)->flush();
    return stored ? status : worse(status, report(stored.error(), environment));
}

}  // namespace

ExitStatus runReplica(const Arguments& arguments, const Environment& environment) {
    const auto options = optionsIn(arguments);
    if (!options)
        return report(options.error(), environment);
    const auto action = actionOf(options->operands());
    if (!action)
        return report(action.error(), environment);
    return runIn(*options, **action, environment);
}

Result<workspace::PipelineInfo> pipelineNamed(const ReplicaRun& run, std::size_t operand) {
    auto info = run.workspace.pipeline(run.operands[operand]);
    if (info || info.error().code != ErrorCode::NotFound)
        return info;
    return fail(ErrorCode::Unreadable, info.error().message, info.error().where);
}

Result<std::uint64_t> positionIn(const ReplicaRun& run, const std::string& id) {
    const std::string at = run.options.value("at");
    PE_TRY_ASSIGN(const auto versions, run.workspace.namedVersions(id));
    for (const workspace::NamedVersion& version : versions)
        if (version.name == at)
            return version.position;
    PE_TRY_ASSIGN(const long number, run.options.number("at", 0, 0, 1L << 40));
    return static_cast<std::uint64_t>(number);
}

ExitStatus statusOfRun(const Result<void>& done, const ReplicaRun& run) {
    return done ? ExitStatus::Done : report(done.error(), run.environment);
}

std::string hexadecimal(std::uint64_t number) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text(16, '0');
    for (std::size_t i = text.size(); i > 0; --i, number >>= 4)
        text[i - 1] = kDigits[number & 15];
    return text;
}

}  // namespace pe::cli
