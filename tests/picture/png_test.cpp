// SPDX-License-Identifier: MIT
#include "pe/picture/png.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace pe::picture {
namespace {

std::string drawing(int width, int height) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + std::to_string(width) +
           "\" height=\"" + std::to_string(height) +
           "\"><rect width=\"100%\" height=\"100%\" fill=\"#ff0000\"/></svg>";
}

// A big-endian number of the header chunk.
std::uint32_t numberAt(const std::string& png, std::size_t offset) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i)
        number = number << 8 | static_cast<unsigned char>(png.at(offset + i));
    return number;
}

TEST(Png, HasTheSizeOfTheDrawingTimesTheScale) {
    const auto png = pngFromSvg(drawing(40, 20), 2.0);
    ASSERT_TRUE(png) << png.error().message;
    EXPECT_EQ(png->substr(0, 8), "\x89PNG\r\n\x1a\n");
    EXPECT_EQ(numberAt(*png, 16), 80U);
    EXPECT_EQ(numberAt(*png, 20), 40U);
}

TEST(Png, ADrawingThatIsTooLargeIsScaledToFit) {
    const auto png = pngFromSvg(drawing(400'000, 100));
    ASSERT_TRUE(png) << png.error().message;
    EXPECT_EQ(numberAt(*png, 16), static_cast<std::uint32_t>(kSideMax));
    EXPECT_EQ(numberAt(*png, 20), 8U);
}

TEST(Png, WhatIsNoDrawingIsRefused) {
    for (const char* text : {"", "name: x\n", "<html></html>", "<svg"})
        EXPECT_FALSE(pngFromSvg(text)) << text;
    EXPECT_FALSE(pngFromSvg(drawing(1, 1), 0.0));
}

}  // namespace
}  // namespace pe::picture
