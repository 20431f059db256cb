// SPDX-License-Identifier: MIT
// Damaged databases: moved aside, told, and what is readable comes over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "database.hpp"
#include "pe/storage/replica_store.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/testing/temp_folder.hpp"

namespace pe::storage {
namespace {

namespace fs = std::filesystem;
using pe::testing::readFile;
using pe::testing::TempFolder;

constexpr std::int64_t kSomeDayMs = 1'700'000'000'000;  // 2023-11-14 22:13:20 UTC
constexpr int kChanges = 200;

class DamagedReplica : public ::testing::Test {
protected:
    void SetUp() override {
        auto store = open();
        ASSERT_TRUE(store);
        id_ = (*store)->pipelineFor("/a.yaml")->id;
        std::vector<std::string> bodies;
        for (int i = 1; i <= kChanges; ++i)
            bodies.push_back(bodyOf(i));
        ASSERT_TRUE((*store)->appendChanges(id_, bodies));
        ASSERT_TRUE((*store)->saveSnapshot(id_, {50, {"part", std::string(9000, 's')}}));
        ASSERT_TRUE((*store)->setBase(id_, {"base", {1, 2, 3, 4, 5}}));
        ASSERT_TRUE((*store)->saveDraft(id_, "draft"));
        ASSERT_TRUE((*store)->saveUndoStack(id_, "undo"));
        ASSERT_TRUE((*store)->setSetting("layout", "docks"));
        ASSERT_TRUE((*store)->noteRecentFile("/a.yaml"));
    }
    Result<std::unique_ptr<ReplicaStore>> open() {
        return ReplicaStore::open(folder_.path(), clock_, random_);
    }
    static std::string bodyOf(std::int64_t position) {
        return std::to_string(position) + std::string(400, static_cast<char>('a' + position % 26));
    }
    // Harmless for what is in it, but not what we wrote.
    void damage() const {
        auto database = Database::open(file());
        ASSERT_TRUE(database->execute("create view intruder as select 1"));
    }
    fs::path file() const { return folder_ / "replica.sqlite3"; }
    void write(const std::string& bytes) const {
        std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes;
    }
    // Whatever came over must be a prefix of the truth.
    void expectPrefix(ReplicaStore& store) const {
        const auto listed = store.list();
        ASSERT_TRUE(listed);
        for (const auto& record : *listed) {
            const auto changes = store.loadChanges(record.id);
            if (!changes) {
                EXPECT_EQ(changes.error().code, ErrorCode::Corrupt);
                continue;
            }
            for (const Change& change : *changes)
                ASSERT_EQ(change.body, bodyOf(change.position));
        }
    }

    TempFolder folder_;
    FakeClock clock_{kSomeDayMs};
    SeededRandom random_{3};
    PipelineId id_{};
};

TEST_F(DamagedReplica, GarbageIsKeptAsideUnderTheTimeAndANewOneIsBegun) {
    write("this is not a database, but it is long enough to be looked at, page by page");
    const std::string damaged = readFile(file());
    auto store = open();
    ASSERT_TRUE(store) << store.error().message;
    ASSERT_TRUE((*store)->recovery());
    const auto& recovery = *(*store)->recovery();
    EXPECT_EQ(recovery.movedTo.filename(), "replica-damaged-20231114T221320Z.sqlite3");
    EXPECT_EQ(readFile(recovery.movedTo), damaged);
    EXPECT_FALSE(recovery.complete);
    EXPECT_TRUE((*store)->list()->empty());
    EXPECT_TRUE((*store)->pipelineFor("/b"));
    store->reset();
    write("damaged again in the same second, which must not overwrite the first one.....");
    auto again = open();
    ASSERT_TRUE(again && (*again)->recovery());
    EXPECT_EQ((*again)->recovery()->movedTo.filename(),
              "replica-damaged-20231114T221320Z-2.sqlite3");
    again->reset();
    EXPECT_FALSE((*open())->recovery());
}

TEST_F(DamagedReplica, WhatIsReadableComesOver) {
    damage();
    auto store = open();
    ASSERT_TRUE(store && (*store)->recovery());
    const auto& recovery = *(*store)->recovery();
    EXPECT_TRUE(recovery.complete);
    EXPECT_EQ(recovery.pipelines, 1);
    EXPECT_EQ(recovery.changes, kChanges);
    EXPECT_EQ((*store)->pipelineFor("/a.yaml")->id, id_);
    EXPECT_EQ((*store)->loadChanges(id_)->size(), static_cast<std::size_t>(kChanges));
    EXPECT_EQ((*store)->loadSnapshot(id_).value()->position, 50);
    EXPECT_EQ((*store)->base(id_).value()->text, "base");
    EXPECT_EQ((*store)->draft(id_).value()->body, "draft");
    // The damaged file may have held changes that are gone: their numbers must not be used again.
    EXPECT_TRUE((*store)->forked());
    EXPECT_EQ((*store)->undoStack(id_).value(), std::nullopt);
    EXPECT_EQ((*store)->setting("layout").value(), "docks");
    EXPECT_EQ((*store)->recentFiles()->size(), 1U);
    expectPrefix(**store);
    EXPECT_FALSE(fs::exists(folder_ / "salvage.sqlite3"));
}

TEST_F(DamagedReplica, ARebuiltReplicaKnowsAllIdsUnderWhichItHasWritten) {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    {
        auto store = open();
        first = (*store)->pipelineFor("/a.yaml")->replica;
        ASSERT_TRUE((*store)->renewReplicaIds());
        second = (*store)->pipelineFor("/a.yaml")->replica;
    }
    damage();
    auto store = open();
    ASSERT_TRUE(store && (*store)->recovery());
    const std::uint64_t now = (*store)->pipelineFor("/a.yaml")->replica;
    EXPECT_EQ(std::set({first, second, now}).size(), 3U);
    EXPECT_THAT((*store)->formerReplicas(id_).value(),
                ::testing::UnorderedElementsAre(first, second));
}

TEST_F(DamagedReplica, WhatASnapshotCoversMayBeMissingWithoutLossOfWhatCameBehindIt) {
    {
        auto database = Database::open(file());
        ASSERT_TRUE(
            database->execute("update changes set body = x'00112233' where position = 20; "
                              "create view intruder as select 1"));
    }
    auto store = open();
    ASSERT_TRUE(store && (*store)->recovery());
    EXPECT_FALSE((*store)->recovery()->complete);
    EXPECT_EQ((*store)->pipeline(id_)->lastPosition, kChanges);
    EXPECT_EQ((*store)->loadSnapshot(id_).value()->position, 50);
    const auto behind = (*store)->loadChanges(id_, 50);
    ASSERT_TRUE(behind) << behind.error().message;
    EXPECT_EQ(behind->size(), 150U);
    EXPECT_EQ((*store)->loadChanges(id_, 0, 19)->size(), 19U);
    EXPECT_EQ((*store)->loadChanges(id_).error().code, ErrorCode::Corrupt);
}

TEST_F(DamagedReplica, ADamagedPartOfASnapshotIsWrittenAgainWithTheNextOne) {
    {
        auto database = Database::open(file());
        ASSERT_TRUE(database->execute("update snapshots set body = x'00112233' where part = 1"));
    }
    auto store = open();
    ASSERT_TRUE(store && !(*store)->recovery());
    EXPECT_EQ((*store)->loadSnapshot(id_).error().code, ErrorCode::Corrupt);
    EXPECT_EQ((*store)->checkAll().error().code, ErrorCode::Corrupt);
    const Snapshot same{50, {"part", std::string(9000, 's')}};
    ASSERT_TRUE((*store)->saveSnapshot(id_, same));
    EXPECT_EQ(*(*store)->loadSnapshot(id_), same);
    EXPECT_TRUE((*store)->checkAll());
}

TEST_F(DamagedReplica, AFlippedBitInAnyPageNeverCrashesAndNeverShowsOtherChanges) {
    const std::string good = readFile(file());
    ASSERT_GT(good.size(), 10U * 4096);
    std::int64_t recovered = 0;
    for (std::size_t page = 0; page * 4096 < good.size(); ++page) {
        for (const std::size_t offset : {3U, 900U, 4000U}) {
            std::string bad = good;
            bad[page * 4096 + offset] = static_cast<char>(bad[page * 4096 + offset] ^ 0x10);
            write(bad);
            auto store = open();
            if (!store) {
                EXPECT_EQ(store.error().code, ErrorCode::Refused) << store.error().message;
                continue;
            }
            if ((*store)->recovery())
                ++recovered;
            expectPrefix(**store);
            if ((*store)->recovery())
                fs::remove((*store)->recovery()->movedTo);
        }
    }
    EXPECT_GT(recovered, 0);
}

TEST_F(DamagedReplica, CutShortAtAnyPageItOpensWithWhatIsLeft) {
    const std::string good = readFile(file());
    for (std::size_t size = 0; size < good.size(); size += 4096 + 512) {
        write(good.substr(0, size));
        auto store = open();
        ASSERT_TRUE(store) << store.error().message;
        EXPECT_EQ((*store)->recovery().has_value(), size != 0) << size;
        expectPrefix(**store);
        if ((*store)->recovery())
            fs::remove((*store)->recovery()->movedTo);
    }
}

TEST_F(DamagedReplica, AForeignLogDoesNoHarm) {
    std::ofstream(folder_ / "replica.sqlite3-wal") << std::string(10'000, 'w');
    auto store = open();
    ASSERT_TRUE(store) << store.error().message;
    expectPrefix(**store);
    EXPECT_EQ((*store)->loadChanges(id_)->size(), static_cast<std::size_t>(kChanges));
}

TEST_F(DamagedReplica, ADatabaseOfAnotherProgramIsMovedAsideNotUsed) {
    fs::remove(file());
    {
        auto database = Database::open(file());
        ASSERT_TRUE(database->execute("create table theirs (x); insert into theirs values (1)"));
    }
    auto store = open();
    ASSERT_TRUE(store && (*store)->recovery());
    auto theirs = Database::open((*store)->recovery()->movedTo);
    EXPECT_EQ(theirs->integer("select x from theirs"), 1);
}

}  // namespace
}  // namespace pe::storage
