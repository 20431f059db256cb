// SPDX-License-Identifier: MIT
// `pipeline replica --dir DIR ACTION ...`: the local replica without a window. Each action gets the
// open workspace and its operands, without its own name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "options.hpp"
#include "pe/base/executor.hpp"
#include "pe/workspace/workspace.hpp"

namespace pe::cli {

struct ReplicaRun {
    workspace::Workspace& workspace;
    const Options& options;
    Arguments operands;
    const Environment& environment;

    bool asJson() const { return options.value("format", "text") == "json"; }
};

ExitStatus replicaImport(const ReplicaRun& run);
ExitStatus replicaList(const ReplicaRun& run);
ExitStatus replicaExport(const ReplicaRun& run);
ExitStatus replicaEdit(const ReplicaRun& run);
ExitStatus replicaLog(const ReplicaRun& run);
ExitStatus replicaSearch(const ReplicaRun& run);
ExitStatus replicaStatus(const ReplicaRun& run);
ExitStatus replicaVerify(const ReplicaRun& run);
ExitStatus replicaName(const ReplicaRun& run);
ExitStatus replicaUnname(const ReplicaRun& run);
ExitStatus replicaRestore(const ReplicaRun& run);
ExitStatus replicaForget(const ReplicaRun& run);
ExitStatus replicaRebind(const ReplicaRun& run);

// The pipeline that an operand names by the beginning of its id.
Result<workspace::PipelineInfo> pipelineNamed(const ReplicaRun& run, std::size_t operand);
// The number of changes that `--at` stands for: a number, or the name of a version.
Result<std::uint64_t> positionIn(const ReplicaRun& run, const std::string& id);
// Done, or the error said.
ExitStatus statusOfRun(const Result<void>& done, const ReplicaRun& run);
std::string hexadecimal(std::uint64_t number);

}  // namespace pe::cli
