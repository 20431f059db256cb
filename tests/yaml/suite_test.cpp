// SPDX-License-Identifier: MIT
// The corners of YAML 1.2, each a small text of our own with the value it stands for.
#include <gtest/gtest.h>

#include "parse_ownership.hpp"
#include "pe/yaml/second_reader.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {
namespace {

struct Corner {
    const char* text;
    const char* json;
};

void PrintTo(const Corner& corner, std::ostream* out) {
    *out << ::testing::PrintToString(corner.text);
}

class Corners : public ::testing::TestWithParam<Corner> {};

TEST_P(Corners, StandForTheirValue) {
    const std::string text = GetParam().text;
    const Tree tree = parse(text);
    EXPECT_EQ(testing::textOf(tree), text);
    const auto value = loadValue(tree);
    ASSERT_TRUE(value) << value.error().message;
    EXPECT_EQ(toJson(*value), GetParam().json);
    const auto agreed = agreesWithSecondReader(tree);
    EXPECT_TRUE(agreed) << agreed.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    BlockStructure, Corners,
    ::testing::Values(Corner{"- - a\n  - - b\n- c\n", "[[\"a\", [\"b\"]], \"c\"]"},
                      Corner{"-\n  - a\n-   b: 1\n    c: 2\n", "[[\"a\"], {\"b\": 1, \"c\": 2}]"},
                      Corner{"a:\n- b\n-\n- c: 1\n  d: 2\ne: f\n",
                             "{\"a\": [\"b\", null, {\"c\": 1, \"d\": 2}], \"e\": \"f\"}"},
                      Corner{"? a\n: - b\n  - c\n? - d\n: e\n",
                             "{\"a\": [\"b\", \"c\"], \"\\u0001key:[\\\"d\\\"]\": \"e\"}"},
                      Corner{"?\n- a\n:\n- b\n", "{\"\\u0001key:[\\\"a\\\"]\": [\"b\"]}"},
                      Corner{"  a: 1\n  b: 2\n", "{\"a\": 1, \"b\": 2}"},
                      Corner{"a: &x !!map\n  b: 1\nc: !!seq &y\n- d\n",
                             "{\"a\": {\"b\": 1}, \"c\": [\"d\"]}"},
                      Corner{"&k a: 1\nb: *k\n", "{\"a\": 1, \"b\": \"a\"}"},
                      Corner{"a : 1\n\"b\" : 2\n'c': 3\n", "{\"a\": 1, \"b\": 2, \"c\": 3}"},
                      Corner{"a b#c: 1\n-x: 2\n?y: 3\n:z: 4\n",
                             "{\"a b#c\": 1, \"-x\": 2, \"?y\": 3, \":z\": 4}"},
                      Corner{"a:\t1\nb: 2\t# c\n\t\nc: 3\n", "{\"a\": 1, \"b\": 2, \"c\": 3}"},
                      Corner{"a: 1\r\nb:\r\n  - c\r\n", "{\"a\": 1, \"b\": [\"c\"]}"},
                      Corner{"a: 1\rb: 2\n", "{\"a\": 1, \"b\": 2}"}));

INSTANTIATE_TEST_SUITE_P(
    Scalars, Corners,
    ::testing::Values(
        Corner{"a: one\n  two\n\n  three # c\nb: 1\n", "{\"a\": \"one two\\nthree\", \"b\": 1}"},
        Corner{"a:\n  one\n   - two\nb: 1\n", "{\"a\": \"one - two\", \"b\": 1}"},
        Corner{"a: 'it''s\n\n  two'\n", "{\"a\": \"it's\\ntwo\"}"},
        Corner{"a: \"x \\\n   y\\  \n  z\"\n", "{\"a\": \"x y  z\"}"},
        Corner{"a: \"x\\\n\n  y\"\n", "{\"a\": \"x\\ny\"}"},
        Corner{"a: \"  x\t\n \t y  \"\n", "{\"a\": \"  x y  \"}"},
        Corner{"a: http://x:80/#f\nb: C:\\d\nc: '#'\n",
               "{\"a\": \"http://x:80/#f\", \"b\": \"C:\\\\d\", \"c\": \"#\"}"},
        Corner{"a: |\n\n   x\n    y\n\n  # no text\nb: 1\n", "{\"a\": \"\\nx\\n y\\n\", \"b\": 1}"},
        Corner{"a: |2-\n    x\n\nb: |+\n  y\n\nc: 1\n",
               "{\"a\": \"  x\", \"b\": \"y\\n\\n\", \"c\": 1}"},
        Corner{"- |1\n  x\n- >1-\n x\n y\n", "[\" x\\n\", \"x y\"]"},
        Corner{"a: >\n  one\n  two\n\n    more\n  end\n\n\n  last\nb: 1\n",
               "{\"a\": \"one two\\n\\n  more\\nend\\n\\nlast\\n\", \"b\": 1}"},
        Corner{"a: >+\n\n  x\n\nb: >-\n  y\n\n", "{\"a\": \"\\nx\\n\\n\", \"b\": \"y\"}"},
        Corner{"a: |\n  x\n  \t\n\t\nb: 1\n", "{\"a\": \"x\\n\\t\\n\", \"b\": 1}"},
        Corner{"--- |\nx\n y\n", "\"x\\n y\\n\""}, Corner{"--- >-\n  x\n...\n", "\"x\""},
        Corner{"a:\n  p: |\n  q: 1\n", "{\"a\": {\"p\": \"\", \"q\": 1}}"}));

INSTANTIATE_TEST_SUITE_P(
    Flow, Corners,
    ::testing::Values(
        Corner{"{a: [b, c: d, {e}], \"f\":g, h: , i}\n",
               "{\"a\": [\"b\", {\"c\": \"d\"}, {\"e\": null}], \"f\": \"g\", \"h\": null, "
               "\"i\": null}"},
        Corner{"[? a : b, ? c, {? d : e}]\n", "[{\"a\": \"b\"}, {\"c\": null}, {\"d\": \"e\"}]"},
        Corner{"a: [x, # one\n  y # two\n  , z ]\n", "{\"a\": [\"x\", \"y\", \"z\"]}"},
        Corner{"a: {\n  \"b\"\n  : c,\n  d e\n  f: 1}\n", "{\"a\": {\"b\": \"c\", \"d e f\": 1}}"},
        Corner{"a: [a:b, -1, ::x, x:y, \"p\":q]\n",
               "{\"a\": [\"a:b\", -1, \"::x\", \"x:y\", {\"p\": \"q\"}]}"},
        Corner{"[[a]: b, {c: d}: e]\n",
               "[{\"\\u0001key:[\\\"a\\\"]\": \"b\"}, "
               "{\"\\u0001key:{\\\"c\\\": \\\"d\\\"}\": \"e\"}]"},
        Corner{"a: []\nb: {}\nc: [ ]\nd: {\n  }\n", "{\"a\": [], \"b\": {}, \"c\": [], \"d\": {}}"},
        Corner{"m: {{ vars.x }}\n", "{\"m\": {\"\\u0001key:{\\\"vars.x\\\": null}\": null}}"}));

INSTANTIATE_TEST_SUITE_P(
    Documents, Corners,
    ::testing::Values(Corner{"%YAML 1.2\n# c\n---\na: 1\n", "{\"a\": 1}"},
                      Corner{"a: 1\n...\n# c\n", "{\"a\": 1}"},
                      Corner{"---\na: 1\n---\n# c\nb: 2\n...\n", "{\"b\": 2}"},
                      Corner{"--- # c\n- a\n", "[\"a\"]"}, Corner{"--- &a\nb: 1\n", "{\"b\": 1}"},
                      Corner{"--- 'a\n\n  b'\n", "\"a\\nb\""},
                      Corner{"---word: 1\n", "{\"---word\": 1}"},
                      Corner{"a: --- b\nc: ...\n", "{\"a\": \"--- b\", \"c\": \"...\"}"}));

}  // namespace
}  // namespace pe::yaml
