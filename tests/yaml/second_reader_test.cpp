// SPDX-License-Identifier: MIT
#include "pe/yaml/second_reader.hpp"

#include <gtest/gtest.h>

#include "pe/testing/corpus.hpp"

namespace pe::yaml {
namespace {

TEST(SecondReader, AgreesOverTheCorpus) {
    const auto files = pe::testing::corpusFiles();
    if (files.empty())
        GTEST_SKIP() << "no corpus beside this checkout";
    for (const auto& file : files) {
        const auto agreed = agreesWithSecondReader(parse(pe::testing::readFile(file)));
        EXPECT_TRUE(agreed) << file << ": " << agreed.error().message << agreed.error().where;
    }
}

TEST(SecondReader, AgreesWhereItsDifferencesAreKnown) {
    for (const char* text : {"p: |\n  x", "a: 1\na: 2\n", "--- |\nx\ny\n", "a: 1\rb: 2\n",
                             "a: '\n\n  '\n", "", "---\n", "a: \"x\n", "a: &x 1\nb: *x\n",
                             "? a\n: b\n", "a: ~\nb:\n", "a: 1\n---\nb: 2\n"}) {
        const auto agreed = agreesWithSecondReader(parse(text));
        EXPECT_TRUE(agreed) << text << ": " << agreed.error().message;
    }
}

// Without the error in it, a text that yaml-cpp takes in silence would not be compared at all.
TEST(SecondReader, DoesNotCompareTextsWithErrors) {
    EXPECT_TRUE(agreesWithSecondReader(parse("- a\n- b\nx: 1\n")));
}

TEST(SecondReader, SaysWhereItReadsSomethingElse) {
    // The engine takes a text that begins with %; yaml-cpp takes the line for a directive.
    const auto agreed = agreesWithSecondReader(parse("a: 1\n---\n%b: 1\n"));
    ASSERT_FALSE(agreed);
    EXPECT_EQ(agreed.error().code, ErrorCode::Refused);
    EXPECT_EQ(agreed.error().where, "");
}

TEST(SecondReader, BearsDeepNesting) {
    std::string text = "a: ";
    for (int i = 0; i < 900; ++i)
        text += '[';
    for (int i = 0; i < 900; ++i)
        text += ']';
    EXPECT_TRUE(agreesWithSecondReader(parse(text + "\n")));
}

}  // namespace
}  // namespace pe::yaml
