// SPDX-License-Identifier: MIT
// The rules are only as good as what reads the sources for them.
#include <gtest/gtest.h>

#include "functions.hpp"
#include "link_graph.hpp"
#include "masking.hpp"
#include "source_file.hpp"

namespace pe::tidy {
namespace {

TEST(Masking, BlanksCommentsAndLiteralsButKeepsEveryLine) {
    EXPECT_EQ(masked("a; // b\nc /* d\n e */ f"), "a;     \nc     \n      f");
    EXPECT_EQ(masked(R"(call("a\"{", '{', '\'');)"), "call(      ,    ,     );");
}

TEST(Masking, BlanksRawStringsUpToTheirOwnDelimiter) {
    const std::string text = "x = R\"y({ )\" \n )y\"; z";
    const std::string code = masked(text);
    EXPECT_EQ(code.size(), text.size());
    EXPECT_EQ(code.find('{'), std::string::npos);
    EXPECT_NE(code.find("; z"), std::string::npos);
}

TEST(Masking, KeepsDigitSeparatorsApartFromCharacters) {
    EXPECT_EQ(masked("1'000 + 0xff'ff; f('{');"), "1'000 + 0xff'ff; f(   );");
    EXPECT_EQ(masked("g(u8'{');"), "g(u8   );");
}

TEST(Masking, BlanksDirectivesWithTheirContinuationLines) {
    EXPECT_EQ(withoutDirectives("#define A \\\n  {\nint a;"), "           \n   \nint a;");
}

TEST(Functions, AreFoundWithTheirLines) {
    const auto found =
        functionsIn("namespace a {\nclass B {\n  int c() {\n    return 1;\n  }\n};\n}");
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].line, 3U);
    EXPECT_EQ(found[0].lines, 3U);
}

TEST(Functions, AreNotTypesTablesOrInitializers) {
    EXPECT_TRUE(functionsIn("enum class A : int { B, C };").empty());
    EXPECT_TRUE(functionsIn("constexpr int kTable[] = {1, 2};\nstruct A final : B {};").empty());
    EXPECT_TRUE(functionsIn("struct PE_EXPORT A { int b{0}; };").empty());
}

TEST(Functions, CountTemplatesConstructorsAndLambdasOnce) {
    EXPECT_EQ(functionsIn("template <class T> T f(T a) { return a; }").size(), 1U);
    const auto constructor = functionsIn("A::A(int a) : a_{a}, b_{2}\n{\n  g();\n}");
    ASSERT_EQ(constructor.size(), 1U);
    EXPECT_EQ(constructor[0].lines, 3U);
    const auto lambda = functionsIn("void f() {\n  g([] {\n    h();\n  });\n}\nvoid k() {}");
    ASSERT_EQ(lambda.size(), 2U);
    EXPECT_EQ(lambda[0].lines, 5U);
}

TEST(Functions, AreFoundInTests) {
    EXPECT_EQ(functionsIn("TEST(Subject, DoesThis) {\n}\n").size(), 1U);
}

TEST(LinkGraph, FollowsOpenLinksAndOwnHiddenOnes) {
    const auto graph =
        LinkGraph::parse({"pe_library(base LINKS x::x)\n# pe_library(no)\n"
                          "pe_library(disk LINKS pe_base PRIVATE_LINKS SQL)\n"
                          "  pe_library(top\n    LINKS pe_disk)\n"});
    EXPECT_EQ(graph.reach("top"), (std::set<std::string>{"base", "disk", "top"}));
    EXPECT_EQ(graph.foreign("disk"), (std::set<std::string>{"SQL", "x::x"}));
    EXPECT_EQ(graph.foreign("top"), (std::set<std::string>{"x::x"}));
    EXPECT_EQ(graph.reach("base"), (std::set<std::string>{"base"}));
}

TEST(LinkGraph, RefusesACallThatItCannotRead) {
    EXPECT_THROW(LinkGraph::parse({"pe_library(base STRANGE a)"}), std::runtime_error);
}

TEST(Report, NamesPlaceAndAdviceOnALineEach) {
    EXPECT_EQ(report({}), "");
    EXPECT_EQ(report({{"src/a.cpp", 3, "do this"}}), "\nsrc/a.cpp:3: do this");
}

}  // namespace
}  // namespace pe::tidy
