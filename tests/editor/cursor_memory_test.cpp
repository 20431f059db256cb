// SPDX-License-Identifier: MIT
#include "cursor_memory.hpp"

#include <gtest/gtest.h>

namespace pe::editor {
namespace {

using document::TextPatch;

TEST(CursorMemory, ChoosesAmongPlacesThatAPatchCouldMean) {
    CursorMemory memory;
    // `a\n  b`: a line break and two blanks behind `a`, which undo takes out before `  b`.
    memory.typed(1, {5, 1, 0}, {8, 4, 4});
    const auto before = memory.placeAfter(TextPatch{2, 3, ""}, 5, true);
    ASSERT_TRUE(before);
    EXPECT_EQ(before->cursor, 1u);
    EXPECT_EQ(before->anchor, 0u) << "what was selected";
    EXPECT_EQ(memory.placeAfter(TextPatch{2, 0, "  \n"}, 8, false)->cursor, 4u);
}

TEST(CursorMemory, KnowsNothingOfOtherTextsAndOtherPlaces) {
    CursorMemory memory;
    EXPECT_FALSE(memory.placeAfter(TextPatch{2, 3, ""}, 5, true));
    memory.typed(1, {5, 1, 0}, {8, 4, 4});
    EXPECT_FALSE(memory.placeAfter(TextPatch{2, 3, ""}, 6, true));
    EXPECT_FALSE(memory.placeAfter(TextPatch{5, 3, ""}, 5, true));
}

TEST(CursorMemory, TheLastOfEqualPlacesCounts) {
    CursorMemory memory;
    memory.typed(1, {5, 1, 1}, {6, 2, 2});
    memory.typed(1, {6, 2, 2}, {5, 1, 1});
    memory.typed(3, {5, 3, 3}, {6, 4, 4});
    EXPECT_EQ(memory.placeAfter(TextPatch{3, 1, ""}, 5, true)->cursor, 3u);
}

}  // namespace
}  // namespace pe::editor
