// SPDX-License-Identifier: MIT
// Calls and words that have no place here, and what stands in for them.
#include <gtest/gtest.h>

#include <regex>

#include "includes.hpp"
#include "source_file.hpp"

namespace pe::tidy {
namespace {

// What must not stand in the code of some files. `home` is the one place where it belongs.
struct Ban {
    std::regex pattern;
    std::string advice;
    std::regex home;
};

const std::string kPrograms = "src/(programs|cli|editor)/.*";

const std::vector<Ban>& bansInCode() {
    static const std::vector<Ban> bans{
        {std::regex("\\b(system_clock|gettimeofday|clock_gettime|std::time)\\b"
                    "|(^|[^.>:A-Za-z_])time *\\( *(nullptr|NULL|0) *\\)"),
         "wall time comes in as a pe::Clock", std::regex("src/base/clock\\.cpp")},
        {std::regex("\\b(random_device|mt19937(_64)?|default_random_engine)\\b|\\bs?rand *\\("),
         "randomness comes in as a pe::Random", std::regex("src/base/random\\.cpp")},
        {std::regex("(^|[^_A-Za-z])assert *\\("), "use PE_ASSERT, which stays on in release",
         std::regex("nowhere")},
        {std::regex("\\b(printf|fprintf|puts|fputs|cout|cerr|clog) *(\\(|<<)"),
         "a library returns what there is to say; only programs print",
         std::regex("src/base/assert\\.cpp|" + kPrograms)},
        {std::regex("\\b(setlocale|std::locale|strtod|atof|atoi|stod|stoi|stol|stoul|stoull) *\\("),
         "this reads the locale or throws; use std::from_chars", std::regex("nowhere")},
        {std::regex("\\bstd::minmax *\\((?! *\\{)"),
         "this returns references, which dangle for temporaries; write std::minmax({a, b})",
         std::regex("nowhere")},
        {std::regex("& *0[xX]([cC]0|3[fF])[uU]?\\b"), "UTF-8 is taken apart by pe/base/utf8.hpp",
         std::regex("(include/pe|src)/base/utf8\\.[ch]pp")},
        {std::regex("\\bstd::(regex|async|thread::hardware_concurrency)\\b"),
         "no std::regex (it recurses per character) and no hidden threads in the libraries",
         std::regex("nowhere")},
    };
    return bans;
}

std::vector<Finding> findingsOf(const SourceFile& file, const Ban& ban) {
    std::vector<Finding> findings;
    if (std::regex_match(file.path, ban.home))
        return findings;
    std::size_t number = 0;
    for (const std::string_view line : linesOf(file.code)) {
        ++number;
        if (std::regex_search(line.begin(), line.end(), ban.pattern))
            findings.push_back({file.path, number, ban.advice});
    }
    return findings;
}

bool isTest(const SourceFile& file) {
    return startsWith(file.path, "tests/");
}

void append(std::vector<Finding>& all, std::vector<Finding> more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
}

TEST(Words, CoreTakesTimeChanceAndPrintingAsParameters) {
    std::vector<Finding> findings;
    for (const SourceFile& each : cppFiles())
        for (const Ban& ban : bansInCode())
            if (!isTest(each))
                append(findings, findingsOf(each, ban));
    EXPECT_TRUE(findings.empty()) << report(findings);
}

TEST(Words, ErrorsAreValues) {
    const Ban ban{std::regex("\\bthrow\\b"),
                  "return a Result; exceptions are caught where they come from",
                  std::regex("nowhere")};
    std::vector<Finding> findings;
    for (const SourceFile& each : cppFiles())
        if (!isTest(each))
            append(findings, findingsOf(each, ban));
    EXPECT_TRUE(findings.empty()) << report(findings);
}

TEST(Words, ReplicasAgreeInWholeNumbers) {
    const Ban ban{std::regex("\\b(float|double|unordered_(map|set)<.*> *&?[a-z]+ *: )"),
                  "replicas must agree to the bit: whole numbers, and no order of hashes",
                  std::regex("nowhere")};
    std::vector<Finding> findings;
    for (const SourceFile& each : cppFiles())
        if (!isTest(each) && libraryOf(each.path) == "crdt")
            append(findings, findingsOf(each, ban));
    EXPECT_TRUE(findings.empty()) << report(findings);
}

TEST(Words, HeadersOpenNoNamespaceForOthers) {
    const Ban ban{std::regex("\\busing +namespace\\b"), "write the names out in a header",
                  std::regex("nowhere")};
    std::vector<Finding> findings;
    for (const SourceFile& each : cppFiles())
        if (isHeader(each))
            append(findings, findingsOf(each, ban));
    EXPECT_TRUE(findings.empty()) << report(findings);
}

TEST(Words, EverySourceBeginsWithItsLicence) {
    std::vector<Finding> findings;
    for (const SourceFile& each : cppFiles())
        if (!startsWith(each.text, "// SPDX-License-Identifier: MIT\n"))
            findings.push_back({each.path, 1, "the first line is // SPDX-License-Identifier: MIT"});
    EXPECT_TRUE(findings.empty()) << report(findings);
}

TEST(Words, NothingIsLeftForLater) {
    // Written so that this file does not find itself.
    const std::regex later(std::string("\\b(TO") + "DO|FIX" + "ME|XX" + "X|HA" +
                           "CK)\\b(?!\\(#[0-9]+\\))");
    const std::regex conflict("^(<{7}|>{7}|={7})( |$)");
    std::vector<Finding> findings;
    for (const SourceFile& each : writtenFiles()) {
        std::size_t number = 0;
        for (const std::string_view line : linesOf(each.text)) {
            ++number;
            if (std::regex_search(line.begin(), line.end(), later))
                findings.push_back({each.path, number,
                                    "do it, or name the issue: TO"
                                    "DO(#12)"});
            if (!isTest(each) && std::regex_search(line.begin(), line.end(), conflict))
                findings.push_back({each.path, number, "a merge was left half done"});
        }
    }
    EXPECT_TRUE(findings.empty()) << report(findings);
}

TEST(Words, FilesEndWithOneLineBreakAndHaveNoCarriageReturn) {
    std::vector<Finding> findings;
    for (const SourceFile& each : writtenFiles()) {
        if (each.text.empty() || each.text.back() != '\n' || each.text.ends_with("\n\n"))
            findings.push_back(
                {each.path, linesOf(each.text).size(), "end the file with one line break"});
        const std::size_t carriageReturn = each.text.find('\r');
        if (carriageReturn != std::string::npos)
            findings.push_back({each.path, lineAt(each.text, carriageReturn),
                                "line breaks are LF; write \\r in tests"});
    }
    EXPECT_TRUE(findings.empty()) << report(findings);
}

// The rules themselves, on lines that break them.

bool banned(const std::string& path, const std::string& line) {
    const SourceFile file = sourceFile(path, line);
    for (const Ban& ban : bansInCode())
        if (!findingsOf(file, ban).empty())
            return true;
    return false;
}

TEST(WordRules, FindWhatTheyBan) {
    EXPECT_TRUE(banned("src/crdt/a.cpp", "auto now = std::chrono::system_clock::now();"));
    EXPECT_TRUE(banned("src/crdt/a.cpp", "std::time(nullptr);"));
    EXPECT_TRUE(banned("src/crdt/a.cpp", "std::random_device device;"));
    EXPECT_TRUE(banned("src/crdt/a.cpp", "int a = std::rand();"));
    EXPECT_TRUE(banned("src/crdt/a.cpp", "  assert(a);"));
    EXPECT_TRUE(banned("src/crdt/a.cpp", "std::cout << a;"));
    EXPECT_TRUE(banned("src/format/a.cpp", "return std::stod(text);"));
    EXPECT_TRUE(banned("src/format/a.cpp", "return (byte & 0xc0u) == 0x80;"));
    EXPECT_TRUE(banned("src/format/a.cpp", "auto [a, b] = std::minmax(f(), g());"));
}

TEST(WordRules, LeaveOthersAlone) {
    EXPECT_FALSE(banned("src/crdt/a.cpp", "static_assert(sizeof(A) == 8); PE_ASSERT(b);"));
    EXPECT_FALSE(banned("src/crdt/a.cpp", "// never assert(x) or printf(y)"));
    EXPECT_FALSE(banned("src/crdt/a.cpp", "const char* text = \"printf(\";"));
    EXPECT_FALSE(banned("src/base/clock.cpp", "return system_clock::now();"));
    EXPECT_FALSE(banned("src/format/a.cpp", "auto [a, b] = std::minmax({f(), g()});"));
    EXPECT_FALSE(banned("src/programs/a.cpp", "std::cerr << message;"));
    EXPECT_FALSE(banned("src/crdt/a.cpp", "const auto operand = brand(a); runtime(0); at.time();"));
}

}  // namespace
}  // namespace pe::tidy
