// SPDX-License-Identifier: MIT
#include "step_names.hpp"

#include <gtest/gtest.h>

namespace pe::document {
namespace {

TEST(UniqueName, AFreeNameStays) {
    EXPECT_EQ(uniqueName("plan", {"write"}), "plan");
}

TEST(UniqueName, ATakenNameGetsTheNextFreeNumber) {
    EXPECT_EQ(uniqueName("plan", {"plan"}), "plan_2");
    EXPECT_EQ(uniqueName("plan", {"plan", "plan_2"}), "plan_3");
}

TEST(UniqueName, ANumberAtTheEndCountsOn) {
    EXPECT_EQ(uniqueName("plan_7", {"plan_7"}), "plan_8");
    EXPECT_EQ(uniqueName("v2", {"v2"}), "v2_2");
}

}  // namespace
}  // namespace pe::document
