// SPDX-License-Identifier: MIT
// ScratchFolder: a folder for what a benchmark writes, gone with it.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>

#include "pe/base/random.hpp"

namespace pe::cli {

class ScratchFolder {
public:
    explicit ScratchFolder(Random& random)
        : path_(std::filesystem::temp_directory_path() /
                ("pipeline-bench-" + std::to_string(random.next()))) {
        std::filesystem::create_directory(path_);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace pe::cli
