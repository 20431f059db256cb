// SPDX-License-Identifier: MIT
// Every call of a save goes wrong once: with an error, and with a power cut.
#include <gtest/gtest.h>

#include <fstream>

#include "child_process.hpp"
#include "faulty_calls.hpp"
#include "pe/storage/disk_file_system.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/testing/temp_folder.hpp"

namespace pe::storage {
namespace {

namespace fs = std::filesystem;
using pe::testing::readFile;
using pe::testing::TempFolder;
using Fault = FaultyCalls::Fault;

constexpr std::uint64_t kMoreCallsThanASaveMakes = 200;
const std::string kOld(5'000, 'o');
const std::string kNew(9'000, 'n');

std::vector<fs::path> othersIn(const fs::path& folder) {
    std::vector<fs::path> others;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().filename().string().front() == '.')
            others.push_back(entry.path());
    return others;
}

void putOld(const TempFolder& folder, bool hardLinked) {
    std::ofstream(folder / "a", std::ios::binary) << kOld;
    if (hardLinked)
        fs::create_hard_link(folder / "a", folder / "b");
}

class SaveFault : public ::testing::TestWithParam<int> {};

TEST_P(SaveFault, AnErrorAtAnyCallLeavesTheOldFileOrSaysThatItIsTheNewOne) {
    std::uint64_t at = 1;
    for (; at < kMoreCallsThanASaveMakes; ++at) {
        TempFolder folder;
        putOld(folder, false);
        FaultyCalls calls(at, Fault::Error, GetParam());
        DiskFileSystem files(calls, folder.path());
        const auto known = DiskFileSystem().read(folder / "a")->stamp;
        const auto saved = files.writeAtomically(folder / "a", kNew, known);
        const std::string now = readFile(folder / "a");
        if (saved) {
            EXPECT_EQ(now, kNew) << "call " << at;
        } else if (now != kOld) {
            EXPECT_EQ(now, kNew) << "call " << at;
            EXPECT_TRUE(DiskFileSystem().writeAtomically(folder / "a", kNew, known))
                << "saving again must work, call " << at;
        }
        EXPECT_TRUE(othersIn(folder.path()).empty()) << "call " << at;
        if (!calls.happened())
            break;
    }
    EXPECT_GT(at, 10U);
    EXPECT_LT(at, kMoreCallsThanASaveMakes);
}

TEST_P(SaveFault, AnErrorAtAnyCallOfASaveInPlacePutsTheOldBytesBack) {
    std::uint64_t at = 1;
    for (; at < kMoreCallsThanASaveMakes; ++at) {
        TempFolder folder;
        putOld(folder, true);
        FaultyCalls calls(at, Fault::Error, GetParam());
        DiskFileSystem files(calls, folder.path());
        const auto saved = files.writeAtomically(folder / "a", kNew);
        EXPECT_EQ(readFile(folder / "b"), saved ? kNew : kOld) << "call " << at;
        EXPECT_TRUE(othersIn(folder.path()).empty()) << "call " << at;
        if (!calls.happened())
            break;
    }
    EXPECT_GT(at, 10U);
    EXPECT_LT(at, kMoreCallsThanASaveMakes);
}

INSTANTIATE_TEST_SUITE_P(Errors, SaveFault, ::testing::Values(EIO, ENOSPC, EACCES, EDQUOT));

TEST(SavePowerCut, AtAnyCallTheFileIsTheOldOneOrTheNewOne) {
    std::uint64_t at = 1;
    bool sawOld = false;
    bool sawNew = false;
    for (bool finished = false; !finished && at < kMoreCallsThanASaveMakes; ++at) {
        TempFolder folder;
        putOld(folder, false);
        const int status = runInChild([&] {
            FaultyCalls calls(at, Fault::PowerCut);
            DiskFileSystem files(calls, folder.path());
            return files.writeAtomically(folder / "a", kNew) ? 7 : 8;
        });
        finished = status == 7;
        ASSERT_TRUE(finished || status == 0) << status;
        const std::string now = readFile(folder / "a");
        ASSERT_TRUE(now == kOld || now == kNew) << "call " << at;
        (now == kOld ? sawOld : sawNew) = true;
        ASSERT_TRUE(DiskFileSystem().writeAtomically(folder / "a", kNew));
        EXPECT_TRUE(othersIn(folder.path()).empty()) << "litter after call " << at;
    }
    EXPECT_TRUE(sawOld);
    EXPECT_TRUE(sawNew);
}

TEST(SavePowerCut, DuringASaveInPlaceABackupHoldsTheOldBytes) {
    bool finished = false;
    for (std::uint64_t at = 1; !finished && at < kMoreCallsThanASaveMakes; ++at) {
        TempFolder folder;
        putOld(folder, true);
        const int status = runInChild([&] {
            FaultyCalls calls(at, Fault::PowerCut);
            DiskFileSystem files(calls, folder.path());
            return files.writeAtomically(folder / "a", kNew) ? 7 : 8;
        });
        finished = status == 7;
        const std::string now = readFile(folder / "a");
        if (now == kOld || now == kNew)
            continue;
        const auto others = othersIn(folder.path());
        ASSERT_EQ(others.size(), 1U) << "call " << at;
        EXPECT_EQ(readFile(others.front()), kOld) << "call " << at;
    }
    EXPECT_TRUE(finished);
}

}  // namespace
}  // namespace pe::storage
