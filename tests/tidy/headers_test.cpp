// SPDX-License-Identifier: MIT
// Public headers: used, guarded, and matched by a source that includes its own header first. That
// each compiles alone is proved by the build (tests/tidy/CMakeLists.txt).
#include <gtest/gtest.h>

#include <set>

#include "includes.hpp"
#include "source_file.hpp"

namespace pe::tidy {
namespace {

const std::string kPublic = "include/";

TEST(Headers, ArePublicOnlyIfSomebodyIncludesThem) {
    std::set<std::string> included;
    const auto files = cppFiles();
    for (const SourceFile& each : files)
        for (const Include& include : includesOf(each))
            if (each.path != kPublic + include.path)
                included.insert(kPublic + include.path);
    std::vector<Finding> findings;
    for (const SourceFile& each : files)
        if (startsWith(each.path, kPublic) && !included.contains(each.path))
            findings.push_back({each.path, 1, "nobody includes this header: delete it or use it"});
    EXPECT_TRUE(findings.empty()) << report(findings);
}

TEST(Headers, AreIncludedOnce) {
    std::vector<Finding> findings;
    for (const SourceFile& each : cppFiles())
        if (isHeader(each) && each.code.find("#pragma once") == std::string::npos)
            findings.push_back({each.path, 1, "a header says #pragma once"});
    EXPECT_TRUE(findings.empty()) << report(findings);
}

TEST(Headers, SayWhatTheyAreBeforeTheyAreIncluded) {
    std::vector<Finding> findings;
    for (const SourceFile& each : cppFiles()) {
        const auto lines = linesOf(each.text);
        if (isHeader(each) && (lines.size() < 2 || !startsWith(lines[1], "// ")))
            findings.push_back({each.path, 2, "say in a comment what this header is about"});
    }
    EXPECT_TRUE(findings.empty()) << report(findings);
}

TEST(Headers, ComeFirstInTheirOwnSource) {
    std::set<std::string> headers;
    const auto files = cppFiles();
    for (const SourceFile& each : files)
        if (isHeader(each))
            headers.insert(each.path);
    std::vector<Finding> findings;
    for (const SourceFile& each : files) {
        if (isHeader(each) || !startsWith(each.path, "src/"))
            continue;
        const std::string stem = each.path.substr(4, each.path.size() - 8);
        const std::string own = stem.substr(stem.find('/') + 1) + ".hpp";
        const bool isPublic = headers.contains(kPublic + "pe/" + stem + ".hpp");
        if (!isPublic && !headers.contains("src/" + stem + ".hpp"))
            continue;
        const auto includes = includesOf(each);
        const std::string wanted = isPublic ? "pe/" + stem + ".hpp" : own;
        if (includes.empty() || includes.front().path != wanted)
            findings.push_back({each.path, 2, "include \"" + wanted + "\" first"});
    }
    EXPECT_TRUE(findings.empty()) << report(findings);
}

}  // namespace
}  // namespace pe::tidy
