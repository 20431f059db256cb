// SPDX-License-Identifier: MIT
// pipeline: the headless program.
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "pe/base/clock.hpp"
#include "pe/cli/program.hpp"
#include "pe/storage/disk_file_system.hpp"

namespace {

constexpr unsigned kThreadsPerCore = 3;  // some wait for the disk

}  // namespace

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    pe::storage::DiskFileSystem files;
    pe::SystemClock clock;
    const auto cores = static_cast<unsigned>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN)));
    const auto status = pe::cli::runPipeline(
        arguments, {std::cin, std::cout, std::cerr, files, clock, cores * kThreadsPerCore});
    std::cout.flush();
    if (std::cout)
        return static_cast<int>(status);
    std::cerr << "pipeline: the output cannot be written; check the disk and the pipe\n";
    return static_cast<int>(pe::cli::ExitStatus::Refused);
}
