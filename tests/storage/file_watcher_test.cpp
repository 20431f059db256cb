// SPDX-License-Identifier: MIT
#include "pe/storage/file_watcher.hpp"

#include <gtest/gtest.h>

#include "pe/testing/faulty_file_system.hpp"
#include "pe/testing/memory_file_system.hpp"

namespace pe::storage {
namespace {

class Watching : public ::testing::Test {
protected:
    void SetUp() override {
        files_.edit("a", "one");
        watcher_.watch("a", files_.read("a")->stamp);
    }
    // Polls now and after the quiet time.
    std::vector<FileEvent> pollUntilQuiet() {
        EXPECT_TRUE(watcher_.poll().empty());
        clock_.advance(FileWatcher::kQuietMs);
        return watcher_.poll();
    }
    void expectOne(FileEventKind kind) {
        const auto events = pollUntilQuiet();
        ASSERT_EQ(events.size(), 1U);
        EXPECT_EQ(events[0].path, "a");
        EXPECT_EQ(events[0].kind, kind);
        clock_.advance(FileWatcher::kQuietMs);
        EXPECT_TRUE(watcher_.poll().empty()) << "reported twice";
    }

    pe::testing::MemoryFileSystem files_;
    pe::testing::FaultyFileSystem faulty_{files_};
    FakeClock clock_;
    FileWatcher watcher_{faulty_, clock_};
};

TEST_F(Watching, AnUntouchedFileIsNoEvent) {
    EXPECT_TRUE(pollUntilQuiet().empty());
}

TEST_F(Watching, AChangeIsReportedOnce) {
    files_.edit("a", "two");
    expectOne(FileEventKind::Changed);
}

TEST_F(Watching, ADeletionIsReportedOnce) {
    ASSERT_TRUE(files_.remove("a"));
    expectOne(FileEventKind::Deleted);
}

TEST_F(Watching, ARenameOverTheFileIsAReplacement) {
    files_.replace("a", "two");
    expectOne(FileEventKind::Replaced);
}

TEST_F(Watching, ADeletedFileThatComesBackIsAReplacement) {
    ASSERT_TRUE(files_.remove("a"));
    expectOne(FileEventKind::Deleted);
    files_.edit("a", "one");
    expectOne(FileEventKind::Replaced);
}

TEST_F(Watching, DeletingAndWritingAnewWithinTheQuietTimeIsOneReplacement) {
    ASSERT_TRUE(files_.remove("a"));
    EXPECT_TRUE(watcher_.poll().empty());
    clock_.advance(FileWatcher::kQuietMs - 1);
    files_.edit("a", "two");
    expectOne(FileEventKind::Replaced);
}

TEST_F(Watching, WaitsUntilTheWriterIsDone) {
    for (int i = 0; i < 5; ++i) {
        files_.edit("a", std::string(10, static_cast<char>('a' + i)));
        EXPECT_TRUE(watcher_.poll().empty());
        clock_.advance(FileWatcher::kQuietMs - 1);
        EXPECT_TRUE(watcher_.poll().empty());
    }
    expectOne(FileEventKind::Changed);
}

TEST_F(Watching, OurOwnSaveIsNoEventEvenIfThePollSawItFirst) {
    const auto stamp = files_.writeAtomically("a", "ours");
    EXPECT_TRUE(watcher_.poll().empty());
    watcher_.noteOwnWrite("a", *stamp);
    EXPECT_TRUE(pollUntilQuiet().empty());
}

TEST_F(Watching, AForeignChangeAfterOurOwnSaveIsReported) {
    watcher_.noteOwnWrite("a", *files_.writeAtomically("a", "ours"));
    files_.edit("a", "theirs");
    expectOne(FileEventKind::Changed);
}

TEST_F(Watching, TheSameBytesUnderANewTimeOrInodeAreNoEvent) {
    files_.touch("a");
    EXPECT_TRUE(pollUntilQuiet().empty());
    files_.replace("a", "one");
    EXPECT_TRUE(pollUntilQuiet().empty());
    files_.edit("a", "two");
    expectOne(FileEventKind::Changed);
}

TEST_F(Watching, AFileThatCannotBeSeenForAWhileHasNotChanged) {
    faulty_.failCall(1, true);
    EXPECT_TRUE(pollUntilQuiet().empty());
    EXPECT_TRUE(faulty_.failed());
    faulty_.heal();
    EXPECT_TRUE(pollUntilQuiet().empty());
}

TEST_F(Watching, AClockThatJumpsBackDelaysTheReportButDoesNotLoseIt) {
    files_.edit("a", "two");
    EXPECT_TRUE(watcher_.poll().empty());
    clock_.advance(-10'000);
    expectOne(FileEventKind::Changed);
}

TEST_F(Watching, AnUnwatchedFileIsNoEvent) {
    watcher_.unwatch("a");
    files_.edit("a", "two");
    EXPECT_TRUE(pollUntilQuiet().empty());
}

}  // namespace
}  // namespace pe::storage
