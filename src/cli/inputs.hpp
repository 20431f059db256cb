// SPDX-License-Identifier: MIT
// Inputs: the files a command works on, from its operands, `-` and --files-from.
#pragma once

#include <optional>
#include <string>
#include <string_view>
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

// An input that may be written back.
struct WorkFile {
    std::string path;
    std::string bytes;
    std::optional<storage::FileStamp> stamp;  // nothing for standard input
};
Result<WorkFile> readWorkFile(const std::string& path, const Environment& environment);
// InvalidArgument for standard input.
Result<void> checkWritable(const WorkFile& file);
// Writes the text where the file was read, if it is another. Conflict if the file has changed
// meanwhile.
Result<void> writeBack(const WorkFile& file, std::string_view text, const Environment& environment);

// Says an error on standard error, with the place it is about, and gives the status that fits.
ExitStatus report(const Error& error, const Environment& environment);
ExitStatus statusOf(ErrorCode code);
// The worse of two: the higher number.
ExitStatus worse(ExitStatus a, ExitStatus b);

}  // namespace pe::cli
