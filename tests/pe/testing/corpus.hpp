// SPDX-License-Identifier: MIT
// The shared corpus of real files, where it is there: ../shared/corpus beside the checkout. Tests
// that use it say GTEST_SKIP() where it is not; none of its files is part of this repository.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace pe::testing {

inline std::filesystem::path corpusDir() {
    return std::filesystem::path(PE_SOURCE_DIR).parent_path() / "shared" / "corpus";
}

inline std::string readFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The files of one corpus folder ("pipelines", "doc-blocks", "yaml-traps"), sorted; empty without a
// corpus.
inline std::vector<std::filesystem::path> corpusFiles(const std::string& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(corpusDir() / folder, ignored))
        if (entry.path().extension() == ".yaml")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

inline std::vector<std::filesystem::path> corpusFiles() {
    std::vector<std::filesystem::path> files;
    for (const char* folder : {"pipelines", "doc-blocks", "yaml-traps"}) {
        const auto more = corpusFiles(folder);
        files.insert(files.end(), more.begin(), more.end());
    }
    return files;
}

}  // namespace pe::testing
