// SPDX-License-Identifier: MIT
// A copy in the place of an alias, and changes of what several places share.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "edit_check.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::yaml {
namespace {

using testing::applied;
using testing::complaint;

std::string edited(const Tree& tree, const Result<Edit>& edit) {
    return edit ? applied(tree, *edit) : "refused: " + edit.error().message;
}

std::string copied(std::string_view text, std::string_view pointer) {
    const Tree tree = parse(std::string(text));
    return edited(tree, copyAlias(tree, *resolve(tree, pointer)));
}

TEST(EditCopy, ACopyIsWrittenAsTheValueIs) {
    EXPECT_EQ(copied("a: &n 'x'  # one\nb: *n  # two\n", "/b"),
              "a: &n 'x'  # one\nb: 'x'  # two\n");
    EXPECT_EQ(
        copied("a: &n\n  # why\n  k: \"v\"  # note\n  l: [1, 2]\nb:\n  c: *n\nd: 1\n", "/b/c"),
        "a: &n\n  # why\n  k: \"v\"  # note\n  l: [1, 2]\n"
        "b:\n  c:\n    # why\n    k: \"v\"  # note\n    l: [1, 2]\nd: 1\n");
    EXPECT_EQ(copied("a: &n |-\n  one\n    two\nb:\n  c:\n  - *n\n", "/b/c/0"),
              "a: &n |-\n  one\n    two\nb:\n  c:\n  - |-\n    one\n      two\n");
    EXPECT_EQ(copied("a: &n\n- 1\n- 2\nb:\n  - *n\n", "/b/0"),
              "a: &n\n- 1\n- 2\nb:\n  - - 1\n    - 2\n");
}

TEST(EditCopy, WhatCannotStandAsItIsIsWrittenAnew) {
    EXPECT_EQ(copied("a: &n\n  k: v\nb: [*n, 2]\n", "/b/0"), "a: &n\n  k: v\nb: [{k: v}, 2]\n");
    EXPECT_EQ(copied("a: {x: &n 'one'}\nb: *n\n", "/b"), "a: {x: &n 'one'}\nb: 'one'\n");
}

TEST(EditCopy, TheCopyHasNoAnchorsAndItsAliasesKeepTheirMeaning) {
    EXPECT_EQ(copied("z: &z 1\na: &n\n  k: &m 2\n  l: *z\n  m: *m\nb: *n\n", "/b"),
              "z: &z 1\na: &n\n  k: &m 2\n  l: *z\n  m: *m\nb:\n  k: 2\n  l: *z\n  m: *m\n");
    EXPECT_EQ(copied("z: &z 1\na: &n\n  l: *z\ny: &z 2\nb: *n\n", "/b"),
              "z: &z 1\na: &n\n  l: *z\ny: &z 2\nb:\n  l: 1\n");
}

TEST(EditCopy, WhatStandsForNothingIsRefused) {
    EXPECT_EQ(copied("a: *n\n", "/a"), "refused: No anchor above the alias *n has its name.");
    EXPECT_EQ(copied("a: &n\n  b: *n\n", "/a/b"),
              "refused: The alias *n stands inside its own value.");
    EXPECT_EQ(copied("a: 1\n", "/a"), "refused: Only an alias can be replaced by a copy.");
}

constexpr std::string_view kValues[] = {
    "v",
    "'q: \"'",
    "\"two\\nlines\"",
    "plain\n    over lines",
    "\"quoted\n    over lines\"",
    "|\n    one\n\n      two\n",
    "|+\n    kept\n\n",
    ">-\n    folded\n    text\n",
    "|2\n     led by a blank\n",
    "!!str 12",
    "12.50",
    "~",
    "\n    k: v\n    l:\n      - 1\n",
    "\n    # above\n    k: v  # behind\n    # below\n",
    "  # on the first line\n    k: v\n",
    "\n    - 1\n    - k: v\n      l: w\n    # below\n",
    "\n  - at the margin\n",
    "[1, {a: b}]",
    "{a: 1,\n    b: [x,\n    y]}",
    "!!map\n    k: v\n",
    "{}",
    "[]",
};
constexpr std::string_view kPlaces[] = {
    "b: *n\nc: 1\n",
    "b: *n  # note\nc: 1\n",
    "b: *n",
    "b: *n  # note",
    "b:\n  deep: *n\n",
    "b:\n- *n\n- 2\n",
    "b:\n  - *n  # x\n",
    "b:\n  - k: *n\n    l: 1\n",
    "b:\n  -\n    *n\n",
    "b:\n  *n\nc: 1\n",
    "b: [*n, 2]\n",
    "b: {k: *n}\n",
    "b: [k: *n]\n",
    "? b\n: *n\n",
    "b: *n\n\n# end\n",
    "b: - no\nc: *n\n...\n",
};

// Every kind of value, at every kind of place: the file says what it said, and only the line of the
// alias is another.
TEST(EditCopy, TheFileSaysWhatItSaid) {
    std::size_t checked = 0;
    for (const std::string_view value : kValues) {
        for (const std::string_view place : kPlaces) {
            for (const bool windows : {false, true}) {
                std::string text = "a:\n  x: &n " + std::string(value);
                text += text.ends_with('\n') ? "" : "\n";
                text += place;
                if (windows)
                    text = testing::withCrlf(text);
                const Tree tree = parse(text);
                const auto before = loadValue(tree);
                if (!tree.editable() || !before || !tree.problems().empty())
                    continue;
                NodeRef alias = kNoNode;
                for (NodeRef node = 1; node < tree.size(); ++node)
                    if (tree.style(node) == Style::Alias)
                        alias = node;
                ASSERT_NE(alias, kNoNode) << text;
                const auto edit = copyAlias(tree, alias);
                if (!edit) {
                    EXPECT_TRUE(tree.key(alias).starts_with('?')) << text << edit.error().message;
                    continue;
                }
                const std::string after = applied(tree, *edit);
                ++checked;
                EXPECT_EQ(complaint(after, *before, !text.ends_with('\n')), "")
                    << text << "\n-- became\n"
                    << after;
                EXPECT_EQ(after.find('*'), std::string::npos) << after;
                EXPECT_LE(testing::lineChange(text, after).removed, 2U) << text << "--\n" << after;
            }
        }
    }
    EXPECT_GT(checked, 500U);
}

TEST(EditCopy, AChangeMayBeMeantForAllPlaces) {
    const Tree tree = parse("a: &n\n  k: 1\n  l: &m [2]\nb: *n\nc: *m\n");
    const auto at = [&](std::string_view pointer) { return *resolve(tree, pointer); };
    constexpr auto kAll = Sharing::Everywhere;
    EXPECT_FALSE(setValue(tree, at("/a/k"), Value::ofInteger("3")));
    EXPECT_EQ(edited(tree, setValue(tree, at("/a/k"), Value::ofInteger("3"), kAll)),
              "a: &n\n  k: 3\n  l: &m [2]\nb: *n\nc: *m\n");
    EXPECT_EQ(edited(tree, renameKey(tree, at("/a/k"), "key", kAll)),
              "a: &n\n  key: 1\n  l: &m [2]\nb: *n\nc: *m\n");
    EXPECT_EQ(edited(tree, insertEntry(tree, at("/a"), at("/a/l"), "o", Value::null(), kAll)),
              "a: &n\n  k: 1\n  l: &m [2]\n  o: null\nb: *n\nc: *m\n");
    EXPECT_EQ(edited(tree, removeEntry(tree, at("/a/k"), kAll)),
              "a: &n\n  l: &m [2]\nb: *n\nc: *m\n");
    EXPECT_EQ(edited(tree, setValue(tree, at("/b"), Value::ofInteger("3"), kAll)),
              "a: &n\n  k: 1\n  l: &m [2]\nb: 3\nc: *m\n");
    // An alias elsewhere would lose its anchor.
    EXPECT_FALSE(removeEntry(tree, at("/a/l"), kAll));
    EXPECT_FALSE(setValue(tree, at("/a"), Value::ofInteger("3"), kAll));
}

}  // namespace
}  // namespace pe::yaml
