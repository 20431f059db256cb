// SPDX-License-Identifier: MIT
#include "block_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "text_splices.hpp"

namespace pe::document {
namespace {

TEST(BlockText, KeepsEveryByteOfItsLines) {
    for (const std::string raw : {"  a\n  b\n", "  a\n \n  b", "  a\r\n\r\n    b\r  c\n",
                                  "\n\n  a\n     \n  é𝄞\n", "", "  a\n  "})
        EXPECT_EQ(toRaw(toElements(raw, 2), 2), raw);
}

TEST(BlockText, FollowsItsColumn) {
    EXPECT_EQ(toRaw(toElements("  a\n\n    b\n", 2), 6), "      a\n\n        b\n");
}

TEST(BlockText, TypingOnAShortWhiteLineIndentsIt) {
    Elements elements = toElements("    a\n  \n    b\n", 4);
    elements.insert(elements.find(U'\n') + 2, 1, U'x');
    EXPECT_EQ(toRaw(elements, 4), "    a\n    x\n    b\n");
}

Elements applied(Elements text, const std::vector<ElementSplice>& splices) {
    for (const ElementSplice& each : splices)
        text.replace(each.position, each.removed, each.inserted);
    return text;
}

TEST(TextSplices, TurnOneTextIntoTheOther) {
    EXPECT_TRUE(rc::check([] {
        const auto text = [] {
            const auto lines = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 6));
            Elements out;
            for (const int line : lines)
                out += Elements(static_cast<std::size_t>(line), U'a' + char32_t(line)) + U"\n";
            return out;
        };
        const Elements from = text();
        const Elements to = text();
        RC_ASSERT(applied(from, splicesBetween(from, to)) == to);
    }));
}

TEST(TextSplices, TwoChangedLinesLeaveTheLinesBetweenAlone) {
    const auto splices = splicesBetween(U"one\ntwo\nthree\nfour\n", U"One\ntwo\nthree\nFour\n");
    ASSERT_EQ(splices.size(), 2U);
    EXPECT_EQ(splices[0].removed, 1U);
    EXPECT_EQ(splices[1].removed, 1U);
}

}  // namespace
}  // namespace pe::document
