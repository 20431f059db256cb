// SPDX-License-Identifier: MIT
// SourceFile: one file of the repository as the rules see it. `code` is `text` with comments,
// string and character literals blanked out byte for byte, so that offsets and lines agree in both.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pe::tidy {

struct SourceFile {
    std::string path;  // from the repository's root, with `/`
    std::string text;
    std::string code;
};

// What broke a rule, and what to do about it.
struct Finding {
    std::string path;
    std::size_t line = 0;
    std::string advice;
};

// The findings as `path:line: advice`, one a line; empty if there are none.
std::string report(const std::vector<Finding>& findings);

SourceFile sourceFile(std::string path, std::string text);

// The C++ files below src, include and tests, sorted by path.
std::vector<SourceFile> cppFiles();
// Everything people write here: the C++ files, scripts, CMake files and documents.
std::vector<SourceFile> writtenFiles();
// One file; fails the test that asks for one that is not there.
SourceFile readSource(const std::string& path);

std::vector<std::string_view> linesOf(std::string_view text);
std::size_t lineAt(std::string_view text, std::size_t offset);

bool startsWith(std::string_view text, std::string_view prefix);
bool isHeader(const SourceFile& file);

}  // namespace pe::tidy
