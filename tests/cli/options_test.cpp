// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <gtest/gtest.h>

namespace pe::cli {
namespace {

const std::vector<OptionSpec> kKnown = {
    {"set", OptionKind::Value}, {"dry", OptionKind::Flag}, {"fix", OptionKind::OptionalValue}};

TEST(Options, TakesValuesBesideAndAfterTheEqualsSign) {
    const auto options = Options::parse({"--set", "a=b", "--set=c=d", "f"}, kKnown);
    ASSERT_TRUE(options);
    EXPECT_EQ(options->values("set"), (std::vector<std::string>{"a=b", "c=d"}));
    EXPECT_EQ(options->operands(), std::vector<std::string>{"f"});
}

TEST(Options, AnOptionalValueNeedsTheEqualsSign) {
    const auto options = Options::parse({"--fix", "f"}, kKnown);
    ASSERT_TRUE(options);
    EXPECT_EQ(options->value("fix", "none"), "");
    EXPECT_EQ(options->operands(), std::vector<std::string>{"f"});
}

TEST(Options, AnEqualsSignWithNothingBehindItNamesNothing) {
    const std::vector<OptionSpec> known{{"fix", OptionKind::OptionalValue}};
    EXPECT_FALSE(Options::parse({"--fix="}, known));
    EXPECT_TRUE(Options::parse({"--fix"}, known));
}

TEST(Options, TwoDashesEndThem) {
    const auto options = Options::parse({"--", "--dry", "-"}, kKnown);
    ASSERT_TRUE(options);
    EXPECT_FALSE(options->has("dry"));
    EXPECT_EQ(options->operands(), (std::vector<std::string>{"--dry", "-"}));
}

TEST(Options, RefusesWhatItDoesNotKnowAndWhatLacksAValue) {
    EXPECT_FALSE(Options::parse({"--nope"}, kKnown));
    EXPECT_FALSE(Options::parse({"--set"}, kKnown));
    EXPECT_FALSE(Options::parse({"--dry=1"}, kKnown));
}

TEST(Options, NumbersHaveBounds) {
    const auto options = Options::parse({"--set", "12x"}, kKnown);
    ASSERT_TRUE(options);
    EXPECT_FALSE(options->number("set", 1, 0, 100));
    EXPECT_EQ(*options->number("absent", 7, 0, 100), 7);
}

}  // namespace
}  // namespace pe::cli
