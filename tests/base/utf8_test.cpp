// SPDX-License-Identifier: MIT
#include "pe/base/utf8.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

namespace pe::utf8 {
namespace {

std::string encoded(char32_t value) {
    std::string out;
    append(out, value);
    return out;
}

std::string textOf(const std::vector<char32_t>& values) {
    std::string out;
    for (const char32_t each : values)
        append(out, each);
    return out;
}

rc::Gen<char32_t> codePoint() {
    return rc::gen::map(
        rc::gen::oneOf(rc::gen::inRange(0, 0x80), rc::gen::inRange(0x80, 0x800),
                       rc::gen::inRange(0x800, 0xD800), rc::gen::inRange(0xE000, 0x10000),
                       rc::gen::inRange(0x10000, 0x110000)),
        [](int value) { return static_cast<char32_t>(value); });
}

rc::Gen<std::vector<char32_t>> codePoints() {
    return rc::gen::container<std::vector<char32_t>>(codePoint());
}

TEST(Utf8, EachLengthBeginsAndEndsWhereItShould) {
    EXPECT_EQ(encoded(U'\x7F'), "\x7F");
    EXPECT_EQ(encoded(U'\u0080'), "\xC2\x80");
    EXPECT_EQ(encoded(U'\u07FF'), "\xDF\xBF");
    EXPECT_EQ(encoded(U'\u0800'), "\xE0\xA0\x80");
    EXPECT_EQ(encoded(U'\uFFFF'), "\xEF\xBF\xBF");
    EXPECT_EQ(encoded(U'\U00010000'), "\xF0\x90\x80\x80");
    EXPECT_EQ(encoded(U'\U0010FFFF'), "\xF4\x8F\xBF\xBF");
}

TEST(Utf8, WhatIsNoCodePointIsAppendedAsTheReplacement) {
    for (const char32_t each : {0xD800, 0xDFFF, 0x110000, 0x130000}) {
        EXPECT_FALSE(isCodePoint(each)) << std::uint32_t{each};
        EXPECT_EQ(encoded(each), "\xEF\xBF\xBD") << std::uint32_t{each};
    }
    EXPECT_FALSE(isCodePoint(0x100000041));
}

TEST(Utf8, DecodingUndoesAppending) {
    EXPECT_TRUE(rc::check([] {
        const std::vector<char32_t> values = *codePoints();
        const std::string text = textOf(values);
        std::vector<char32_t> read;
        for (std::string_view rest = text; !rest.empty();) {
            const CodePoint point = decode(rest);
            RC_ASSERT(!point.isDamaged());
            read.push_back(point.value);
            rest.remove_prefix(point.length);
        }
        RC_ASSERT(read == values);
        RC_ASSERT(count(text) == values.size());
    }));
}

TEST(Utf8, AByteThatBeginsNothingStandsAlone) {
    for (const std::string_view each : {
             "\x80",              // goes on with nothing
             "\xC1\xBF",          // longer than needed
             "\xE0\x9F\xBF",      // longer than needed
             "\xF0\x8F\xBF\xBF",  // longer than needed
             "\xED\xA0\x80",      // a surrogate
             "\xF4\x90\x80\x80",  // beyond the last
             "\xF5\x80\x80\x80",  // beyond the last
             "\xC3",              // cut off
             "\xE2\x82",          // cut off
             "\xF0\x9D\x84",      // cut off
             "\xE2(\x82",         // something else inside
             "\xFF",
         }) {
        const CodePoint point = decode(each);
        EXPECT_TRUE(point.isDamaged()) << testing::PrintToString(std::string(each));
        EXPECT_EQ(point.length, 1U);
    }
}

TEST(Utf8, AReplacementInTheTextIsNoDamage) {
    const CodePoint point = decode("\xEF\xBF\xBD");
    EXPECT_EQ(point.value, kReplacement);
    EXPECT_FALSE(point.isDamaged());
}

TEST(Utf8, DecodingAnyBytesTakesAtLeastOneAndNeverMoreThanThereAre) {
    EXPECT_TRUE(rc::check([](const std::string& bytes) {
        for (std::string_view rest = bytes; !rest.empty();) {
            const CodePoint point = decode(rest);
            RC_ASSERT(point.length >= 1U && point.length <= rest.size());
            if (!point.isDamaged())
                RC_ASSERT(encoded(point.value) == rest.substr(0, point.length));
            rest.remove_prefix(point.length);
        }
    }));
}

TEST(Utf8, TheOffsetOfACodePointIsTheSizeOfThoseBeforeIt) {
    EXPECT_TRUE(rc::check([] {
        const std::vector<char32_t> values = *codePoints();
        const std::string text = textOf(values);
        for (std::size_t n = 0; n <= values.size(); ++n) {
            const std::vector<char32_t> before(values.begin(),
                                               values.begin() + static_cast<std::ptrdiff_t>(n));
            RC_ASSERT(offsetOf(text, n) == textOf(before).size());
        }
        RC_ASSERT(offsetOf(text, values.size() + 1) == std::string_view::npos);
    }));
}

TEST(Utf8, BoundariesLieBetweenCodePoints) {
    const std::string_view text = "aé𝄞";
    std::vector<std::size_t> boundaries;
    std::vector<std::size_t> before;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (isBoundary(text, at))
            boundaries.push_back(at);
        before.push_back(boundaryBefore(text, at));
    }
    EXPECT_EQ(boundaries, (std::vector<std::size_t>{0, 1, 3, 7}));
    EXPECT_EQ(before, (std::vector<std::size_t>{0, 1, 1, 3, 3, 3, 3, 7}));
}

TEST(Utf8, ATextOfContinuationsAloneHasNoCodePointAndIsNeverCut) {
    const std::string_view text = "\x80\x80\x80";
    EXPECT_EQ(count(text), 0U);
    EXPECT_EQ(boundaryBefore(text, 2), 0U);
}

}  // namespace
}  // namespace pe::utf8
