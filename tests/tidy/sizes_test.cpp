// SPDX-License-Identifier: MIT
// The caps of docs/contributing.md, in lines and columns.
#include <gtest/gtest.h>

#include "functions.hpp"
#include "source_file.hpp"

namespace pe::tidy {
namespace {

constexpr std::size_t kFunctionLines = 70;
constexpr std::size_t kSourceLines = 600;
constexpr std::size_t kHeaderLines = 250;
constexpr std::size_t kTestLines = 900;
constexpr std::size_t kColumns = 100;

std::size_t capOf(const SourceFile& file) {
    if (isHeader(file))
        return kHeaderLines;
    return startsWith(file.path, "tests/") ? kTestLines : kSourceLines;
}

// In code points, as people see a line.
std::size_t columnsOf(std::string_view line) {
    std::size_t columns = 0;
    for (const char each : line)
        if ((static_cast<unsigned char>(each) & 0xc0U) != 0x80U)
            ++columns;
    return columns;
}

TEST(Sizes, NoFileIsLongerThanItsCap) {
    std::vector<Finding> findings;
    for (const SourceFile& each : cppFiles()) {
        const std::size_t lines = linesOf(each.text).size();
        if (lines > capOf(each))
            findings.push_back({each.path, lines,
                                "more than " + std::to_string(capOf(each)) +
                                    " lines: split the file by noun, one thing a file"});
    }
    EXPECT_TRUE(findings.empty()) << report(findings);
}

TEST(Sizes, NoFunctionIsLongerThanItsCap) {
    std::vector<Finding> findings;
    for (const SourceFile& each : cppFiles())
        for (const FunctionBody& body : functionsIn(each.code))
            if (body.lines > kFunctionLines)
                findings.push_back({each.path, body.line,
                                    std::to_string(body.lines) + " lines in one function, " +
                                        std::to_string(kFunctionLines) +
                                        " at most: name its parts. " + body.head});
    EXPECT_TRUE(findings.empty()) << report(findings);
}

TEST(Sizes, NoLineIsWiderThanItsCap) {
    std::vector<Finding> findings;
    for (const SourceFile& each : cppFiles()) {
        std::size_t number = 0;
        for (const std::string_view line : linesOf(each.text)) {
            ++number;
            if (columnsOf(line) > kColumns)
                findings.push_back({each.path, number,
                                    std::to_string(columnsOf(line)) + " columns, " +
                                        std::to_string(kColumns) + " at most: break the line"});
        }
    }
    EXPECT_TRUE(findings.empty()) << report(findings);
}

TEST(Sizes, CountWhatPeopleSee) {
    EXPECT_EQ(columnsOf("abc"), 3U);
    EXPECT_EQ(columnsOf("a\u00e9\u2014"), 3U);
}

}  // namespace
}  // namespace pe::tidy
