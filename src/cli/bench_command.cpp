// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iostream>

#include "bench_tools.hpp"
#include "commands.hpp"
#include "inputs.hpp"

namespace pe::cli {
namespace {

Result<Figures> benchFile(const Arguments& operands, const Environment& environment) {
    const std::string& what = operands[0];
    PE_TRY_ASSIGN(const std::string bytes, readInput(operands[1], environment));
    const std::string more = operands.size() > 2 ? operands[2] : std::string();
    if (what == "text")
        return benchText(bytes);
    if (what == "peer-text")
        return benchPeerText(bytes, more);
    if (what == "peer-concurrent")
        return benchPeerConcurrent(bytes);
    if (what == "peer-structure")
        return benchPeerStructure(bytes);
    const auto edits = Options::parse({"--edits=" + (more.empty() ? "5000" : more)},
                                      {{"edits", OptionKind::Value}})
                           ->number("edits", 0, 1, 1'000'000);
    PE_TRY(edits);
    return benchPeerOffline(bytes, static_cast<std::size_t>(*edits));
}

bool isFileBench(const Arguments& operands) {
    static const Arguments kNames = {"text", "peer-text", "peer-concurrent", "peer-offline",
                                     "peer-structure"};
    return operands.size() >= 2 && operands.size() <= 3 &&
           std::find(kNames.begin(), kNames.end(), operands[0]) != kNames.end();
}

Result<Figures> bench(const Options& options, const Environment& environment) {
    if (isFileBench(options.operands()))
        return benchFile(options.operands(), environment);
    if (options.operands() == Arguments{"search"}) {
        PE_TRY_ASSIGN(const long pipelines, options.number("pipelines", 10'000, 1, 1'000'000));
        return benchSearch(static_cast<std::size_t>(pipelines));
    }
    PE_TRY_ASSIGN(const long steps, options.number("steps", 1000, 0, 100'000));
    if (options.operands() == Arguments{"history"}) {
        PE_TRY_ASSIGN(const long edits, options.number("edits", 24'000, 0, 1'000'000));
        return benchHistory(static_cast<std::size_t>(std::max(1L, steps)),
                            static_cast<std::size_t>(edits), environment.clock);
    }
    if (options.operands() != Arguments{"document"})
        return fail(ErrorCode::InvalidArgument,
                    "bench measures `document`, `history`, `text TRACE` or `search`; `pipeline "
                    "bench --help` says more");
    return benchDocument(static_cast<std::size_t>(steps), environment.clock);
}

}  // namespace

ExitStatus runBench(const Arguments& arguments, const Environment& environment) {
    const auto options = Options::parse(arguments, {{"steps", OptionKind::Value},
                                                    {"edits", OptionKind::Value},
                                                    {"pipelines", OptionKind::Value}});
    if (!options)
        return report(options.error(), environment);
    const auto figures = bench(*options, environment);
    if (!figures)
        return report(figures.error(), environment);
    environment.out << figures->line() << '\n';
    return ExitStatus::Done;
}

}  // namespace pe::cli
