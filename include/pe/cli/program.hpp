// SPDX-License-Identifier: MIT
// The `pipeline` program without its main: commands over files, streams in and out, an exit status.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/storage/file_system.hpp"

namespace pe::cli {

// What the exit status says; part of the command-line contract.
enum class ExitStatus : int {
    Done = 0,      // done, nothing found
    Findings = 1,  // findings or differences
    WrongUsage = 2,
    Unreadable = 3,  // input unreadable or not usable
    Refused = 4,     // rights, lock, conflict, impossible edit
};

struct Environment {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    storage::FileSystem& files;
    Clock& clock;
    unsigned threads = 1;  // that a command may use for work on many files
};

// `arguments` without the program's name.
ExitStatus runPipeline(const std::vector<std::string>& arguments, const Environment& environment);

}  // namespace pe::cli
