// SPDX-License-Identifier: MIT
// The commands of `pipeline`. Each takes its own arguments and returns the exit status.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pe/cli/program.hpp"

namespace pe::cli {

using Arguments = std::vector<std::string>;

ExitStatus runCheck(const Arguments& arguments, const Environment& environment);
ExitStatus runDiff(const Arguments& arguments, const Environment& environment);
ExitStatus runValue(const Arguments& arguments, const Environment& environment);
ExitStatus runRender(const Arguments& arguments, const Environment& environment);
ExitStatus runEdit(const Arguments& arguments, const Environment& environment);
ExitStatus runExtract(const Arguments& arguments, const Environment& environment);
ExitStatus runInline(const Arguments& arguments, const Environment& environment);
ExitStatus runMerge(const Arguments& arguments, const Environment& environment);
ExitStatus runGraph(const Arguments& arguments, const Environment& environment);
ExitStatus runSchema(const Arguments& arguments, const Environment& environment);
ExitStatus runLsp(const Arguments& arguments, const Environment& environment);
ExitStatus runBench(const Arguments& arguments, const Environment& environment);
ExitStatus runSimulate(const Arguments& arguments, const Environment& environment);
ExitStatus runReplica(const Arguments& arguments, const Environment& environment);

struct CommandInfo {
    std::string_view name;
    std::string_view summary;
    std::string_view usage;
    ExitStatus (*run)(const Arguments&, const Environment&);
};

const std::vector<CommandInfo>& commands();

}  // namespace pe::cli
