// SPDX-License-Identifier: MIT
#include "source_file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "masking.hpp"

namespace pe::tidy {

namespace {

namespace fs = std::filesystem;

const fs::path& root() {
    static const fs::path path = PE_SOURCE_DIR;
    return path;
}

std::string bytesOf(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

bool isCpp(const fs::path& path) {
    return path.extension() == ".cpp" || path.extension() == ".hpp";
}

bool isWritten(const fs::path& path) {
    static const std::array<std::string_view, 6> endings{".cpp", ".hpp",   ".md",
                                                         ".txt", ".cmake", ""};
    return std::find(endings.begin(), endings.end(), path.extension().string()) != endings.end();
}

template <class Wanted>
void collect(const fs::path& folder, Wanted wanted, std::vector<SourceFile>& files) {
    std::error_code missing;
    for (fs::recursive_directory_iterator each(root() / folder, missing), end; each != end;
         ++each) {
        if (each->is_directory() && each->path().filename() == "corpus")
            each.disable_recursion_pending();
        if (!each->is_regular_file() || !wanted(each->path()))
            continue;
        files.push_back(
            sourceFile(fs::relative(each->path(), root()).generic_string(), bytesOf(each->path())));
    }
}

void sortByPath(std::vector<SourceFile>& files) {
    std::sort(files.begin(), files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
}

}  // namespace

std::string report(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& each : findings)
        text += "\n" + each.path + ":" + std::to_string(each.line) + ": " + each.advice;
    return text;
}

SourceFile sourceFile(std::string path, std::string text) {
    const bool cpp = isCpp(path);
    std::string code = cpp ? masked(text) : text;
    return {std::move(path), std::move(text), std::move(code)};
}

std::vector<SourceFile> cppFiles() {
    std::vector<SourceFile> files;
    for (const char* folder : {"src", "include", "tests"})
        collect(folder, isCpp, files);
    sortByPath(files);
    return files;
}

std::vector<SourceFile> writtenFiles() {
    std::vector<SourceFile> files;
    for (const char* folder : {"src", "include", "tests", "docs", "packaging", ".ci"})
        collect(folder, isWritten, files);
    for (const char* file : {"README.md", "CMakeLists.txt"})
        files.push_back(readSource(file));
    sortByPath(files);
    return files;
}

SourceFile readSource(const std::string& path) {
    return sourceFile(path, bytesOf(root() / path));
}

std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::size_t lineAt(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

bool startsWith(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

bool isHeader(const SourceFile& file) {
    return fs::path(file.path).extension() == ".hpp";
}

}  // namespace pe::tidy
