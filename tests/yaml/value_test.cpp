// SPDX-License-Identifier: MIT
#include "pe/yaml/value.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <sstream>

#include "pe/testing/corpus.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::yaml {
namespace {

std::string read(const std::string& text) {
    const auto value = loadValue(parse(text));
    return value ? toJson(*value) : "error: " + value.error().message;
}

struct Reading {
    const char* text;
    const char* json;
};

class PlainScalars : public ::testing::TestWithParam<Reading> {};

TEST_P(PlainScalars, ReadAsTheEngineReadsThem) {
    EXPECT_EQ(read(std::string("v: ") + GetParam().text + "\n"),
              std::string("{\"v\": ") + GetParam().json + "}");
}

INSTANTIATE_TEST_SUITE_P(
    Value, PlainScalars,
    ::testing::Values(
        Reading{"yes", "\"yes\""}, Reading{"TRUE", "true"}, Reading{"tRue", "\"tRue\""},
        Reading{"017", "17"}, Reading{"0o17", "15"}, Reading{"0x1F", "31"}, Reading{"-0x1F", "-31"},
        Reading{"0x", "0"}, Reading{"0o8", "\"0o8\""}, Reading{"1e3", "1000.0"},
        Reading{"1.", "1.0"}, Reading{".5", "0.5"}, Reading{"+1", "1"}, Reading{"-0", "0"},
        Reading{"-0.0", "-0.0"}, Reading{"1_000", "\"1_000\""}, Reading{"1e400", "\"1e400\""},
        Reading{"1e-400", "0.0"}, Reading{"12:30", "\"12:30\""},
        Reading{"99999999999999999999", "99999999999999999999"},
        Reading{"0xFFFFFFFFFFFFFFFFFF", "4722366482869645213695"}, Reading{".e1", "\".e1\""},
        Reading{"-.inf", "\"\\u0001atom:-inf\""}, Reading{".NaN", "\"\\u0001atom:nan\""},
        Reading{"~", "null"}, Reading{"'true'", "\"true\""}, Reading{"! 5", "\"5\""},
        Reading{"!!str 5", "\"5\""}, Reading{"!!int \"5\"", "5"}, Reading{"!!float 1", "1.0"},
        Reading{"!!binary aGk=", "\"hi\""}, Reading{"!!binary aP8A", "\"\\u0001bytes:68ff00\""},
        Reading{"\"\\ud83d\\ude00\"", "\"\xF0\x9F\x98\x80\""},
        Reading{"\"\\x41\\t\\e\\_\"", "\"A\\t\\u001b\xC2\xA0\""}));

TEST(Value, TheEnginesOdditiesAreRules) {
    EXPECT_EQ(read("a: 1\na: 2\n"), "{\"a\": 1}");
    EXPECT_EQ(read("a: 1\n---\nb: 2\n"), "{\"b\": 2}");
    EXPECT_EQ(read("a: 1\n---\n"), "{}");
    EXPECT_EQ(read(""), "{}");
    EXPECT_EQ(read("<<: {a: 1}\nb: 2\n"), "{\"<<\": {\"a\": 1}, \"b\": 2}");
    EXPECT_EQ(read("1: x\ntrue: y\n[a, b]: z\n"),
              "{\"\\u0001key:1\": \"x\", \"\\u0001key:true\": \"y\", "
              "\"\\u0001key:[\\\"a\\\", \\\"b\\\"]\": \"z\"}");
    EXPECT_EQ(read("? |\n  blk\n: v\n"), "{\"blk\\n\": \"v\"}");
    EXPECT_EQ(read("? [a, b]\n: 1\n? c\n"),
              "{\"\\u0001key:[\\\"a\\\", \\\"b\\\"]\": 1, \"c\": null}");
}

TEST(Value, ATextAtTheEndOfTheFileHasNoBreakThatIsNotThere) {
    EXPECT_EQ(read("p: |\n  x"), "{\"p\": \"x\"}");
    EXPECT_EQ(read("p: |\n  x\n"), "{\"p\": \"x\\n\"}");
    EXPECT_EQ(read("p: |\n  q: 1\nr: |\ns: 1\n"), "{\"p\": \"q: 1\\n\", \"r\": \"\", \"s\": 1}");
}

TEST(Value, AnchorsBindAsTheEngineBindsThem) {
    EXPECT_EQ(read("a: &m\n  k: 1\nb: *m\n"), "{\"a\": {\"k\": 1}, \"b\": {\"k\": 1}}");
    EXPECT_EQ(read("d: &d {t: 1}\nl: *d\n"), "{\"d\": {\"t\": 1}, \"l\": \"t\"}");
    EXPECT_EQ(read("a: &x\nb: *x\n"), "{\"a\": null, \"b\": \"b\"}");
    // Before brackets on its line it means the first value inside, or the key behind empty ones.
    EXPECT_EQ(read("a: &x [p, q]\nb: *x\n"), R"({"a": ["p", "q"], "b": "p"})");
    EXPECT_EQ(read("a: &x [{k: p}]\nb: *x\n"), R"({"a": [{"k": "p"}], "b": "k"})");
    EXPECT_EQ(read("a: &x []\nb: *x\n"), R"({"a": [], "b": "b"})");
    EXPECT_EQ(read("a: &x\n  [p, q]\nb: *x\n"), R"({"a": ["p", "q"], "b": ["p", "q"]})");
    EXPECT_EQ(read("a: &x [\n  [p], q]\nb: *x\n"), R"({"a": [["p"], "q"], "b": ["p"]})");
    EXPECT_EQ(read("a: [&x , p]\nb: *x\n"), R"({"a": [null, "p"], "b": null})");
    // A collection is known when it is complete.
    EXPECT_EQ(read("a: &x 1\nb: &x\n  - *x\nc: *x\n"), R"({"a": 1, "b": [1], "c": [1]})");
}

TEST(Value, WhatTheEngineRefusesIsAnErrorInItsWords) {
    EXPECT_EQ(read("a: &x [&y p]\n"),
              "error: Multiple anchor properties attached to one node: the last one will be used "
              "(line: 1, column: 8)");
    EXPECT_EQ(read("- &x\n- &y p\n"),
              "error: Multiple anchor properties attached to one node: the last one will be used "
              "(line: 2, column: 3)");
    EXPECT_EQ(read("a: *nope\n"),
              "error: No anchor corresponds to alias \"nope\" (line: 1, column: 4)");
    EXPECT_EQ(read("v: !!int x\n"), "error: Invalid integer (line: 1, column: 10)");
    EXPECT_EQ(read("v: !foo bar\n"),
              "error: Tag \"!foo\" unrecognized by any module (line: 1, column: 4)");
    EXPECT_EQ(read("~: 1\n"), "error: malformed yaml");
}

TEST(Value, AliasBombsAndCirclesEnd) {
    std::string bomb = "a0: &a0\n  [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + "\n  [";
        for (int k = 0; k < 10; ++k)
            bomb += before + ", ";
        bomb += "]\n";
    }
    const auto value = loadValue(parse(bomb));
    ASSERT_FALSE(value);
    EXPECT_EQ(value.error().code, ErrorCode::LimitExceeded);
    EXPECT_FALSE(loadValue(parse("a: &a [*a]\n")));
}

TEST(Value, ACircleOfAliasesEndsBeforeTheStackDoes) {
    for (const char* text :
         {"a: &x\n  b: *x\n", "- &x [*x]\n", "a: &x {k: &y [*x, *y]}\n", "&x a: [*x]\n"}) {
        const auto value = loadValue(parse(text));
        EXPECT_TRUE(value || value.error().code == ErrorCode::Unreadable) << text;
    }
    const auto twice = loadValue(parse("a: &x\n  [1]\nb: [*x, *x]\n"));
    ASSERT_TRUE(twice);
    EXPECT_EQ(toJson(*twice), R"({"a": [1], "b": [[1], [1]]})");
}

TEST(Value, MappingsAreEqualInAnyOrder) {
    EXPECT_EQ(*fromJson("{\"a\": 1, \"b\": [2]}"), *fromJson("{\"b\": [2], \"a\": 1}"));
    EXPECT_FALSE(*fromJson("{\"a\": 1}") == *fromJson("{\"a\": 1.0}"));
    EXPECT_FALSE(*fromJson("{\"a\": 1}") == *fromJson("{\"a\": 1, \"b\": 1}"));
}

TEST(Json, RefusesWhatIsNoJsonAtItsPlace) {
    for (const char* bad : {"", "{", "[1,]", "{\"a\" 1}", "01", "1.", "\"\\x\"", "nul", "[1] 2",
                            "\"a\nb\"", "-", "1e"})
        EXPECT_FALSE(fromJson(bad)) << bad;
    EXPECT_EQ(fromJson("[1, x]").error().where, "byte 5");
    EXPECT_FALSE(fromJson(std::string(100'000, '[')));
}

rc::Gen<Value> anyValue(int depth) {
    const auto scalar = rc::gen::oneOf(
        rc::gen::just(Value::null()), rc::gen::map(rc::gen::arbitrary<bool>(), Value::ofBoolean),
        rc::gen::map(rc::gen::arbitrary<long>(),
                     [](long n) { return Value::ofInteger(std::to_string(n)); }),
        rc::gen::map(rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127)),
                     [](std::string text) { return Value::ofString("." + std::move(text)); }));
    if (depth == 0)
        return scalar;
    const auto inner = anyValue(depth - 1);
    const auto list = rc::gen::map(rc::gen::container<std::vector<Value>>(inner),
                                   [](std::vector<Value> items) { return Value::sequence(items); });
    const auto mapping = rc::gen::map(
        rc::gen::container<std::map<int, Value>>(rc::gen::inRange(0, 50), inner),
        [](const std::map<int, Value>& held) {
            Value result = Value::mapping();
            for (const auto& [key, value] : held)
                result.entries.emplace_back(key % 2 ? Value::ofInteger(std::to_string(key))
                                                    : Value::ofString(std::to_string(key)),
                                            value);
            return result;
        });
    return rc::gen::oneOf(scalar, list, mapping);
}

RC_GTEST_PROP(Json, ReadsBackWhatItWrote, ()) {
    const Value value = *anyValue(2);
    const auto again = fromJson(toJson(value));
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == value);
    RC_ASSERT(toJson(value).find('\n') == std::string::npos);
}

// Merge keys carry a number that says nothing; keys that are mappings are written in the engine's
// terms.
Value comparable(Value value) {
    for (Value& item : value.items)
        item = comparable(std::move(item));
    for (auto& [key, held] : value.entries) {
        held = comparable(std::move(held));
        if (key.kind == Value::Kind::Mapping || key.text.starts_with("\x01key:[{{"))
            key = Value::ofString("a mapping as the key");
        if (key.text.starts_with("<<"))
            key.text = "<<";
    }
    return value;
}

TEST(Value, EqualsTheLoaderOverTheCorpus) {
    std::istringstream lines(
        pe::testing::readFile(pe::testing::corpusDir() / "loader-values.jsonl"));
    std::string line;
    int compared = 0;
    while (std::getline(lines, line)) {
        const auto record = fromJson(line);
        ASSERT_TRUE(record) << line.substr(0, 100);
        const std::string name = record->find("file")->text;
        const Tree tree = parse(pe::testing::readFile(pe::testing::corpusDir() / name));
        const Value* expected = record->find("value");
        const bool isTabIndented =
            !tree.problems().empty() && tree.problems()[0].code == "yaml.tab-indent";
        if (isTabIndented)
            continue;  // no valid YAML, though the loader reads it in its own way
        const auto value = loadValue(tree);
        if (expected == nullptr) {
            EXPECT_TRUE(!value || !tree.editable()) << name;
        } else {
            ASSERT_TRUE(value) << name << ": " << value.error().message;
            EXPECT_TRUE(comparable(*value) == comparable(*expected)) << name;
        }
        ++compared;
    }
    if (compared == 0)
        GTEST_SKIP() << "no corpus beside this checkout";
}

}  // namespace
}  // namespace pe::yaml
