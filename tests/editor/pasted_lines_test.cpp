// SPDX-License-Identifier: MIT
#include "pasted_lines.hpp"

#include <gtest/gtest.h>

namespace pe::editor {
namespace {

std::string pasted(const char* text, int column) {
    return pastedLines(QString::fromUtf8(text), column).toStdString();
}

TEST(PastedLines, WholeLinesKeepTheirShape) {
    EXPECT_EQ(pasted("    - a: 1\n      b:\n        - 2\n", 2), "- a: 1\n    b:\n      - 2\n");
    EXPECT_EQ(pasted("a: 1\nb: 2", 4), "a: 1\n    b: 2");
}

TEST(PastedLines, WhatWasCopiedFromItsFirstLetterOnIsGuessed) {
    EXPECT_EQ(pasted("max: 9\n        verbose: true", 2), "max: 9\n  verbose: true");
    EXPECT_EQ(pasted("- name: a\n      type: b\n      c: |\n        d", 4),
              "- name: a\n      type: b\n      c: |\n        d");
    EXPECT_EQ(pasted("a:\n      b: 1\n      c: 2", 2), "a:\n    b: 1\n    c: 2");
}

TEST(PastedLines, NothingGoesLeftOfTheFirstColumn) {
    EXPECT_EQ(pasted("        a\n  b", 0), "a\nb");
    EXPECT_EQ(pasted("a", 6), "a");
    EXPECT_EQ(pasted("a\n\n  \nb\n", 2), "a\n\n\n  b\n");
}

}  // namespace
}  // namespace pe::editor
