// SPDX-License-Identifier: MIT
// What a replica keeps beside the plain journal: packs, named versions, outbox, identity.
#include <gtest/gtest.h>

#include <fstream>

#include "change_pack.hpp"
#include "migrations.hpp"
#include "pe/storage/replica_store.hpp"
#include "pe/testing/temp_folder.hpp"
#include "value_codec.hpp"

namespace pe::storage {
namespace {

using pe::testing::TempFolder;
using Bodies = std::vector<std::string>;
namespace fs = std::filesystem;

std::string bodyOf(std::int64_t position) {
    return "set value of step " + std::to_string(position % 50) + " to " + std::to_string(position);
}

class ReplicaHistory : public ::testing::Test {
protected:
    void SetUp() override { reopen(); }
    std::unique_ptr<ReplicaStore> openIn(const fs::path& folder) {
        auto opened = ReplicaStore::open(folder, clock_, random_);
        EXPECT_TRUE(opened) << opened.error().message;
        return opened ? std::move(*opened) : nullptr;
    }
    void reopen() {
        store_.reset();
        store_ = openIn(folder_ / "replica");
        ASSERT_TRUE(store_);
    }
    PipelineId make(const char* path) { return store_->pipelineFor(path)->id; }
    void append(const PipelineId& id, std::int64_t count) {
        Bodies bodies;
        std::int64_t position = *store_->lastPosition(id);
        while (count-- > 0)
            bodies.push_back(bodyOf(++position));
        ASSERT_TRUE(store_->appendChanges(id, bodies));
    }
    void expectChanges(const PipelineId& id, std::int64_t after, std::int64_t last) {
        const auto changes = store_->loadChanges(id, after);
        ASSERT_TRUE(changes) << changes.error().message;
        ASSERT_EQ(changes->size(), static_cast<std::size_t>(last - after));
        for (const Change& change : *changes)
            ASSERT_EQ(change.body, bodyOf(change.position));
        ASSERT_TRUE(changes->empty() || changes->front().position == after + 1);
    }

    TempFolder folder_;
    FakeClock clock_;
    SeededRandom random_{1};
    std::unique_ptr<ReplicaStore> store_;
};

TEST_F(ReplicaHistory, PackedChangesComeBackOneByOneAndTakeLessSpace) {
    const auto id = make("/a");
    append(id, 5'000);
    const std::int64_t before = *store_->storedBytes(id);
    EXPECT_EQ(store_->packChanges(id), true);
    EXPECT_LT(*store_->storedBytes(id), before / 3);
    append(id, 10);
    for (const std::int64_t after : {0, 1, 2'000, 4'096, 4'743, 4'744, 5'000, 5'010})
        expectChanges(id, after, 5'010);
    const auto some = store_->loadChanges(id, 2'000, 4'800);
    ASSERT_EQ(some->size(), 2'800U);
    EXPECT_EQ(some->front().position, 2'001);
    EXPECT_EQ(some->back().body, bodyOf(4'800));
    EXPECT_EQ(store_->loadChanges(id, 0, 3)->size(), 3U);
    EXPECT_EQ(store_->packChanges(id), false);
    append(id, 600);
    EXPECT_EQ(store_->packChanges(id), true);
    reopen();
    expectChanges(id, 0, 5'610);
    ASSERT_TRUE(store_->checkAll());
}

TEST_F(ReplicaHistory, ARepeatedAppendIsRecognisedInAPack) {
    const auto id = make("/a");
    append(id, 1'000);
    ASSERT_TRUE(store_->packChanges(id));
    const std::vector<JournalEntry> same{{id, {7, bodyOf(7)}}};
    EXPECT_TRUE(store_->appendEntries(same));
    const std::vector<JournalEntry> other{{id, {7, "something else"}}};
    EXPECT_EQ(store_->appendEntries(other).error().code, ErrorCode::Conflict);
}

TEST_F(ReplicaHistory, ADamagedPackIsFoundWhereverItIs) {
    const Bodies bodies{"a", "", "ccc"};
    const std::string pack = packOf(bodies);
    EXPECT_EQ(*unpack(pack, 3), bodies);
    EXPECT_FALSE(unpack(pack, 2));
    EXPECT_FALSE(unpack(pack, 4));
    EXPECT_FALSE(unpack(pack.substr(0, pack.size() - 1), 3));
    EXPECT_FALSE(unpack("\x7f", 1));
    EXPECT_FALSE(unpack("\xff\xff\xff\xff\xff\xff", 1));
}

TEST_F(ReplicaHistory, VersionsHaveOneNameEachAndKnowTheirPlace) {
    const auto id = make("/a");
    append(id, 3);
    EXPECT_EQ(store_->nameVersion(id, {"", 1, "A", 5}).error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(store_->nameVersion(id, {"x", 4, "A", 5}).error().code, ErrorCode::InvalidArgument);
    ASSERT_TRUE(store_->nameVersion(id, {"sent", 3, "A", 5}));
    ASSERT_TRUE(store_->nameVersion(id, {"first", 1, "B", 6}));
    EXPECT_EQ(store_->nameVersion(id, {"sent", 2, "A", 7}).error().code, ErrorCode::Conflict);
    reopen();
    ASSERT_EQ(store_->versions(id)->size(), 2U);
    EXPECT_EQ(store_->versions(id)->front(), (NamedVersion{"first", 1, "B", 6}));
    ASSERT_TRUE(store_->renameVersion(id, "first", "begin"));
    EXPECT_EQ(store_->renameVersion(id, "begin", "sent").error().code, ErrorCode::Conflict);
    EXPECT_EQ(store_->renameVersion(id, "none", "n").error().code, ErrorCode::NotFound);
    ASSERT_TRUE(store_->removeVersion(id, "begin"));
    EXPECT_EQ(store_->removeVersion(id, "begin").error().code, ErrorCode::NotFound);
    EXPECT_EQ(store_->versions(id)->size(), 1U);
}

TEST_F(ReplicaHistory, WhatIsConfirmedLeavesTheOutboxInOneStep) {
    const auto id = make("/a");
    append(id, 1);
    ASSERT_TRUE(store_->share(id));
    ASSERT_TRUE(store_->addToOutbox(id, "mine 1"));
    ASSERT_TRUE(store_->addToOutbox(id, "mine 2"));
    EXPECT_EQ(store_->pipeline(id)->outbox, 2);
    const std::vector<JournalEntry> confirmed{{id, {2, "theirs"}}, {id, {3, "mine 1"}}};
    ASSERT_TRUE(store_->confirm(id, confirmed, Bodies{"mine 2'"}));
    EXPECT_EQ(*store_->outbox(id), Bodies{"mine 2'"});
    EXPECT_EQ(store_->loadChanges(id, 1)->size(), 2U);
    const std::vector<JournalEntry> gap{{id, {9, "later"}}};
    EXPECT_FALSE(store_->confirm(id, gap, {}));
    EXPECT_EQ(*store_->outbox(id), Bodies{"mine 2'"});
    ASSERT_TRUE(store_->addRefused(id, {"mine 2'", "Set field", "no right", 9}));
    ASSERT_TRUE(store_->replaceOutbox(id, {}));
    reopen();
    EXPECT_TRUE(store_->outbox(id)->empty());
    ASSERT_EQ(store_->refused(id)->size(), 1U);
    EXPECT_EQ(store_->refused(id)->front().reason, "no right");
    EXPECT_TRUE(store_->pipeline(id)->shared);
}

TEST_F(ReplicaHistory, ACopiedFolderGoesOnUnderNewIdsAndLosesNothing) {
    const auto id = make("/a");
    append(id, 5);
    ASSERT_TRUE(store_->saveUndoStack(id, "stack"));
    const std::uint64_t original = store_->pipeline(id)->replica;
    EXPECT_NE(original, 0U);
    store_.reset();
    fs::copy(folder_ / "replica", folder_ / "copy", fs::copy_options::recursive);
    reopen();
    EXPECT_FALSE(store_->forked());
    EXPECT_EQ(store_->pipeline(id)->replica, original);
    auto copy = openIn(folder_ / "copy");
    EXPECT_TRUE(copy->forked());
    const std::uint64_t renewed = copy->pipeline(id)->replica;
    EXPECT_NE(renewed, original);
    EXPECT_EQ(copy->loadChanges(id)->size(), 5U);
    EXPECT_EQ(*copy->undoStack(id), std::nullopt);
    copy.reset();
    copy = openIn(folder_ / "copy");
    EXPECT_FALSE(copy->forked());
    EXPECT_EQ(copy->pipeline(id)->replica, renewed);
}

TEST_F(ReplicaHistory, AMovedFolderStaysItself) {
    make("/a");
    store_.reset();
    fs::rename(folder_ / "replica", folder_ / "moved");
    EXPECT_FALSE(openIn(folder_ / "moved")->forked());
}

TEST_F(ReplicaHistory, AReplicaOfTheFirstVersionIsBroughtUpToDate) {
    store_.reset();
    const fs::path folder = folder_ / "old";
    fs::create_directory(folder);
    {
        auto database = Database::open(folder / "replica.sqlite3");
        ASSERT_TRUE(database && migrate(*database, replicaMigrations().first(1)));
        ASSERT_TRUE(
            database->execute("insert into pipelines (id, path, title, opened_at, last_position) "
                              "values (x'000102030405060708090a0b0c0d0e0f', '/a', 'a', 77, 2)"));
        const std::string synced = *encodeValue("2");
        auto row = database->prepare("insert into meta values (?, ?)");
        ASSERT_TRUE(row.bind(std::string("synced:000102030405060708090a0b0c0d0e0f"),
                             std::string_view(synced))
                        .run());
        for (int position = 1; position <= 2; ++position) {
            const std::string body = *encodeValue(bodyOf(position));
            auto change = database->prepare("insert into changes values (1, ?, ?)");
            ASSERT_TRUE(change.bind(position, std::string_view(body)).run());
        }
    }
    store_ = openIn(folder);
    const auto record = store_->list()->front();
    EXPECT_EQ(record.exchanged, 2);
    EXPECT_EQ(record.editedAtMs, 77);
    EXPECT_NE(record.replica, 0U);
    expectChanges(record.id, 0, 2);
}

}  // namespace
}  // namespace pe::storage
