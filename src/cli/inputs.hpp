// SPDX-License-Identifier: MIT
// Inputs: the files a command works on, from its operands, `-` and --files-from.
#pragma once

#include <string>
#include <vector>

#include "options.hpp"
#include "pe/cli/program.hpp"

namespace pe::cli {

// Paths in order; `-` stands for standard input. InvalidArgument if there are none.
Result<std::vector<std::string>> inputPaths(const Options& options, const Environment& environment);

// The paths that --files-from lists.
Result<std::vector<std::string>> listedPaths(const Options& options,
                                             const Environment& environment);

// The bytes of one input.
Result<std::string> readInput(const std::string& path, const Environment& environment);

// Says an error on standard error, with the place it is about, and gives the status that fits.
ExitStatus report(const Error& error, const Environment& environment);
ExitStatus statusOf(ErrorCode code);
// The worse of two: the higher number.
ExitStatus worse(ExitStatus a, ExitStatus b);

}  // namespace pe::cli
