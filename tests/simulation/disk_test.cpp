// SPDX-License-Identifier: MIT
#include "disk.hpp"

#include <gtest/gtest.h>

namespace pe::simulation {
namespace {

TEST(SimulatedDisk, WhatWasSyncedSurvivesEveryCrash) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        SeededRandom random(seed);
        Disk disk;
        disk.append("first");
        disk.append("second");
        disk.sync();
        disk.append("third");
        disk.crash(random);
        const auto records = disk.records(false);
        ASSERT_GE(records.size(), 2U);
        EXPECT_EQ(records[0], "first");
        EXPECT_EQ(records[1], "second");
        EXPECT_TRUE(records.size() == 2 || records[2] == "third");
    }
}

TEST(SimulatedDisk, ATornTailIsCutOffSoThatLaterRecordsAreFound) {
    int torn = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        SeededRandom random(seed);
        Disk disk;
        disk.append("first");
        disk.sync();
        disk.append("second");
        torn += disk.crash(random) ? 1 : 0;
        disk.repair();
        disk.append("later");
        EXPECT_EQ(disk.records(false).back(), "later");
    }
    EXPECT_GT(torn, 50);
}

}  // namespace
}  // namespace pe::simulation
