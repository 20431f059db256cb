// SPDX-License-Identifier: MIT
#include "cursor_memory.hpp"

#include <gtest/gtest.h>

namespace pe::editor {
namespace {

using document::TextPatch;

TEST(CursorMemory, ChoosesAmongPlacesThatAPatchCouldMean) {
    CursorMemory memory;
    // `a\n  b`: a line break and two blanks behind `a`, which undo takes out before `  b`.
    memory.typed(1, {5, 1}, {8, 4});
    EXPECT_EQ(memory.placeAfter(TextPatch{2, 3, ""}, 5, true), 1u);
    EXPECT_EQ(memory.placeAfter(TextPatch{2, 0, "  \n"}, 8, false), 4u);
}

TEST(CursorMemory, KnowsNothingOfOtherTextsAndOtherPlaces) {
    CursorMemory memory;
    EXPECT_EQ(memory.placeAfter(TextPatch{2, 3, ""}, 5, true), std::nullopt);
    memory.typed(1, {5, 1}, {8, 4});
    EXPECT_EQ(memory.placeAfter(TextPatch{2, 3, ""}, 6, true), std::nullopt);
    EXPECT_EQ(memory.placeAfter(TextPatch{5, 3, ""}, 5, true), std::nullopt);
}

TEST(CursorMemory, TheLastOfEqualPlacesCounts) {
    CursorMemory memory;
    memory.typed(1, {5, 1}, {6, 2});
    memory.typed(1, {6, 2}, {5, 1});
    memory.typed(3, {5, 3}, {6, 4});
    EXPECT_EQ(memory.placeAfter(TextPatch{3, 1, ""}, 5, true), 3u);
}

}  // namespace
}  // namespace pe::editor
