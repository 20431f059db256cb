// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "pe/yaml/edit.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::yaml {
namespace {

Result<Edit> into(const Tree& tree, const char* list, std::string_view text) {
    const NodeRef node = *resolve(tree, list);
    const auto children = tree.children(node);
    return insertItems(tree, node, children.empty() ? kNoNode : children.back(), text);
}

TEST(InsertItems, KeepCommentsAndFormatting) {
    const Tree tree = parse("list:\n  - a\n");
    const auto edit = into(tree, "/list", "# note\n- name:   'b'  # here\n");
    ASSERT_TRUE(edit) << edit.error().message;
    ASSERT_EQ(edit->insertions.size(), 1u);
    const Entry& entry = edit->insertions.front().entry;
    EXPECT_EQ(entry.prefix, "# note\n");
    EXPECT_EQ(entry.children.front().raw, "'b'");
    EXPECT_EQ(entry.children.front().suffix, "  # here\n");
}

TEST(InsertItems, OpenAListThatIsEmptyInBrackets) {
    const Tree tree = parse("list: []\n");
    const auto edit = into(tree, "/list", "- a\n- b\n");
    ASSERT_TRUE(edit) << edit.error().message;
    EXPECT_EQ(edit->insertions.size(), 2u);
    EXPECT_FALSE(edit->patches.empty());
}

TEST(InsertItems, TakeTheLineBreaksOfTheFile) {
    const Tree tree = parse("list:\r\n  - a\r\n");
    const auto edit = into(tree, "/list", "- b\n");
    ASSERT_TRUE(edit) << edit.error().message;
    EXPECT_EQ(edit->insertions.front().entry.suffix, "\r\n");
}

TEST(InsertItems, RefuseWhatWouldLoseSomething) {
    EXPECT_FALSE(into(parse("list: [a]\n"), "/list", "- b\n"));
    EXPECT_FALSE(into(parse("list:\n  - a\n"), "/list", "- &x b\n- *x\n"));
    EXPECT_FALSE(into(parse("list:\n  - a\n"), "/list", "no list"));
    EXPECT_FALSE(into(parse("list:\n  - a\n"), "/list", "- [open\n"));
    EXPECT_FALSE(into(parse("list: {a: b}\n"), "/list", "- c\n"));
}

TEST(MoveEntry, IntoBracketsIsRefusedWhereCommentsWouldBeLost) {
    const Tree tree = parse("from:\n  # note\n  - a\n  - b\nto: [c]\n");
    const NodeRef to = *resolve(tree, "/to");
    EXPECT_FALSE(moveEntry(tree, *resolve(tree, "/from/0"), to, kNoNode));
    EXPECT_TRUE(moveEntry(tree, *resolve(tree, "/from/1"), to, kNoNode));
}

}  // namespace
}  // namespace pe::yaml
