// SPDX-License-Identifier: MIT
#include "pe/document/text_patches.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "pe/base/utf8.hpp"

namespace pe::document {
namespace {

rc::Gen<std::string> text() {
    const auto piece = rc::gen::element<std::string>("a", "b", "é", "è", "𝄞", "\n", "\r\n", "\r");
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                        [](const std::vector<std::string>& pieces) {
                            std::string all;
                            for (const std::string& each : pieces)
                                all += each;
                            return all;
                        });
}

TEST(TextPatches, TurnOneTextIntoTheOther) {
    EXPECT_TRUE(rc::check([] {
        const std::string from = *text();
        const std::string to = *text();
        RC_ASSERT(patched(from, patchesBetween(from, to)) == to);
        const auto one = patchBetween(from, to);
        RC_ASSERT(one.has_value() == (from != to));
        if (one)
            RC_ASSERT(patched(from, {*one}) == to);
    }));
}

bool cutsABreak(const std::string& text, std::size_t at) {
    return at > 0 && at < text.size() && text[at - 1] == '\r' && text[at] == '\n';
}

TEST(TextPatches, NoneCutsACharacterOrALineBreak) {
    EXPECT_TRUE(rc::check([] {
        const std::string from = *text();
        const auto patch = patchBetween(from, *text());
        if (!patch)
            return;
        for (const std::size_t at : {patch->offset, patch->offset + patch->removed}) {
            RC_ASSERT(utf8::isBoundary(from, at));
            RC_ASSERT(!cutsABreak(from, at));
        }
    }));
}

TEST(TextPatches, EqualLinesBetweenTwoChangesAreLeftAlone) {
    const auto patches = patchesBetween("one\ntwo\nthree\n", "One\ntwo\nThree\n");
    ASSERT_EQ(patches.size(), 2U);
    EXPECT_EQ(patches[0].inserted, "O");
    EXPECT_EQ(patches[1].inserted, "T");
}

TEST(TextPatches, APatchBeyondTheEndIsLeftOut) {
    EXPECT_EQ(patched("ab", {{5, 1, "x"}, {2, 0, "c"}}), "abc");
}

}  // namespace
}  // namespace pe::document
