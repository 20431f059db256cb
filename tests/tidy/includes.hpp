// SPDX-License-Identifier: MIT
// Includes of a source file, and who may include what.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "link_graph.hpp"
#include "source_file.hpp"

namespace pe::tidy {

struct Include {
    std::size_t line = 0;
    std::string path;  // between the quotes or angle brackets
    bool angled = false;
};

std::vector<Include> includesOf(const SourceFile& file);

// The library a file belongs to: src/yaml/x.cpp, include/pe/yaml/x.hpp and tests/yaml/x_test.cpp
// are of "yaml"; "programs", "fuzz", "tidy" and "testing" are places like libraries.
std::string libraryOf(const std::string& path);

// Findings for the includes of one file: ours that the library does not link, and those of other
// projects away from the one place that may know them.
std::vector<Finding> forbiddenIncludes(const SourceFile& file, const LinkGraph& graph,
                                       const std::set<std::string>& linkedByPrograms);

}  // namespace pe::tidy
