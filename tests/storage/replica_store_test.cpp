// SPDX-License-Identifier: MIT
#include "pe/storage/replica_store.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>

#include "child_process.hpp"
#include "database.hpp"
#include "migrations.hpp"
#include "pe/testing/temp_folder.hpp"

namespace pe::storage {
namespace {

using pe::testing::TempFolder;
using Bodies = std::vector<std::string>;

class Replica : public ::testing::Test {
protected:
    void SetUp() override { reopen(); }
    void reopen() {
        store_.reset();
        auto opened = ReplicaStore::open(folder_ / "replica", clock_, random_);
        ASSERT_TRUE(opened) << opened.error().message;
        store_ = std::move(*opened);
        ASSERT_FALSE(store_->recovery());
    }
    PipelineId make(const char* path) { return store_->pipelineFor(path)->id; }
    std::int64_t append(const PipelineId& id, const Bodies& bodies) {
        return store_->appendChanges(id, bodies).value();
    }

    TempFolder folder_;
    FakeClock clock_;
    SeededRandom random_{1};
    std::unique_ptr<ReplicaStore> store_;
};

TEST_F(Replica, AFileHasOnePipelineHoweverItsPathIsWritten) {
    const auto first = store_->pipelineFor("/x/y/../a.yaml");
    ASSERT_TRUE(first);
    clock_.advance(5);
    const auto again = store_->pipelineFor("/x/a.yaml");
    EXPECT_EQ(again->id, first->id);
    EXPECT_EQ(again->path, "/x/a.yaml");
    EXPECT_EQ(again->title, "a");
    EXPECT_EQ(again->openedAtMs, first->openedAtMs + 5);
    EXPECT_NE(make("/x/b.yaml"), first->id);
    EXPECT_EQ(store_->list()->size(), 2U);
}

TEST_F(Replica, PathsAndTitlesCanChangeButNotToAnothersPath) {
    const auto a = make("/a");
    const auto b = store_->createPipeline("Untitled");
    ASSERT_TRUE(b);
    EXPECT_TRUE(b->path.empty());
    EXPECT_EQ(store_->setPath(b->id, "/a").error().code, ErrorCode::Conflict);
    ASSERT_TRUE(store_->setPath(b->id, "/b"));
    ASSERT_TRUE(store_->setTitle(b->id, "B"));
    EXPECT_EQ(store_->pipelineFor("/b")->id, b->id);
    EXPECT_EQ(store_->pipeline(b->id)->title, "B");
    ASSERT_TRUE(store_->setPath(a, ""));
    EXPECT_NE(make("/a"), a);
}

TEST_F(Replica, AnUnknownPipelineIsNotFoundByAnyCall) {
    const PipelineId nobody{};
    const Bodies bodies{"x"};
    EXPECT_EQ(store_->pipeline(nobody).error().code, ErrorCode::NotFound);
    EXPECT_EQ(store_->appendChanges(nobody, bodies).error().code, ErrorCode::NotFound);
    EXPECT_EQ(store_->loadChanges(nobody).error().code, ErrorCode::NotFound);
    EXPECT_EQ(store_->setBase(nobody, {}).error().code, ErrorCode::NotFound);
    EXPECT_EQ(store_->saveDraft(nobody, "").error().code, ErrorCode::NotFound);
    EXPECT_EQ(store_->removePipeline(nobody).error().code, ErrorCode::NotFound);
}

TEST_F(Replica, ChangesComeBackInOrderAfterAReopen) {
    const auto id = make("/a");
    const std::string large(100'000, 'z');
    EXPECT_EQ(append(id, {"one", std::string("t\0wo", 4)}), 2);
    EXPECT_EQ(append(id, {large, ""}), 4);
    reopen();
    const auto changes = store_->loadChanges(id);
    ASSERT_TRUE(changes);
    EXPECT_EQ(*changes,
              (std::vector<Change>{{1, "one"}, {2, std::string("t\0wo", 4)}, {3, large}, {4, ""}}));
    EXPECT_EQ(store_->loadChanges(id, 3)->size(), 1U);
    EXPECT_EQ(store_->loadChanges(id, 4)->size(), 0U);
    EXPECT_EQ(store_->lastPosition(id), 4);
}

TEST_F(Replica, RepeatingAnAppendStoresNothingTwice) {
    const auto id = make("/a");
    const std::vector<JournalEntry> both{{id, {1, "one"}}, {id, {2, "two"}}};
    ASSERT_TRUE(store_->appendEntries(both));
    ASSERT_TRUE(store_->appendEntries(both));
    EXPECT_EQ(store_->loadChanges(id)->size(), 2U);
    const std::vector<JournalEntry> other{{id, {3, "three"}}, {id, {2, "other"}}};
    EXPECT_EQ(store_->appendEntries(other).error().code, ErrorCode::Conflict);
    const std::vector<JournalEntry> gap{{id, {4, "four"}}};
    EXPECT_EQ(store_->appendEntries(gap).error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(store_->loadChanges(id)->size(), 2U) << "a refused batch must leave nothing";
}

TEST_F(Replica, CompactingKeepsThePositionsGoingOn) {
    const auto id = make("/a");
    append(id, {"1", "2", "3"});
    EXPECT_EQ(store_->removeChangesUpTo(id, 2).error().code, ErrorCode::Refused);
    const Snapshot snapshot{2, {"part a", "part b"}};
    ASSERT_TRUE(store_->saveSnapshot(id, snapshot));
    EXPECT_EQ(store_->removeChangesUpTo(id, 3).error().code, ErrorCode::Refused);
    ASSERT_TRUE(store_->removeChangesUpTo(id, 2));
    reopen();
    EXPECT_EQ(*store_->loadSnapshot(id), snapshot);
    EXPECT_EQ(*store_->loadChanges(id), (std::vector<Change>{{3, "3"}}));
    EXPECT_EQ(append(id, {"4"}), 4);
    ASSERT_TRUE(store_->removePipelineChanges(id));
    EXPECT_EQ(*store_->loadSnapshot(id), std::nullopt);
    EXPECT_TRUE(store_->loadChanges(id)->empty());
    EXPECT_EQ(append(id, {"5"}), 5);
    EXPECT_EQ(*store_->loadChanges(id), (std::vector<Change>{{5, "5"}}));
}

TEST_F(Replica, ASnapshotReplacesTheOneBeforeAndMustFitTheJournal) {
    const auto id = make("/a");
    append(id, {"1", "2", "3"});
    ASSERT_TRUE(store_->saveSnapshot(id, {2, {"a", "b", "c"}}));
    const Snapshot shorter{3, {"a", "B"}};
    ASSERT_TRUE(store_->saveSnapshot(id, shorter));
    EXPECT_EQ(*store_->loadSnapshot(id), shorter);
    EXPECT_EQ(store_->saveSnapshot(id, {2, {"old"}}).error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(store_->saveSnapshot(id, {4, {"new"}}).error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(store_->saveSnapshot(id, {3, {}}).error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(*store_->loadSnapshot(id), shorter);
}

TEST_F(Replica, BaseDraftUndoStackAndSettingsComeBack) {
    const auto id = make("/a");
    EXPECT_EQ(*store_->base(id), std::nullopt);
    EXPECT_EQ(*store_->draft(id), std::nullopt);
    EXPECT_EQ(*store_->undoStack(id), std::nullopt);
    EXPECT_EQ(*store_->setting("layout"), std::nullopt);
    const BaseText base{"text\n", {-1, 2, ~0ULL, 4, 5}};
    ASSERT_TRUE(store_->setBase(id, base));
    ASSERT_TRUE(store_->saveDraft(id, "a: ["));
    ASSERT_TRUE(store_->saveUndoStack(id, "undo"));
    ASSERT_TRUE(store_->setSetting("layout", std::string_view("\0\1", 2)));
    ASSERT_TRUE(store_->setMeta("hlc", "9"));
    reopen();
    EXPECT_EQ(*store_->base(id), base);
    EXPECT_EQ(*store_->draft(id), (Draft{"a: [", clock_.nowMs()}));
    EXPECT_EQ(*store_->undoStack(id), "undo");
    EXPECT_EQ(*store_->setting("layout"), std::string("\0\1", 2));
    EXPECT_EQ(*store_->meta("hlc"), "9");
    ASSERT_TRUE(store_->clearDraft(id));
    ASSERT_TRUE(store_->removeSetting("layout"));
    EXPECT_EQ(*store_->draft(id), std::nullopt);
    EXPECT_EQ(*store_->setting("layout"), std::nullopt);
}

TEST_F(Replica, RecentFilesAreNewestFirstAndCanBeForgotten) {
    for (const char* path : {"/a", "/b", "/c", "/a"}) {
        clock_.advance(1);
        ASSERT_TRUE(store_->noteRecentFile(path));
    }
    ASSERT_TRUE(store_->forgetRecentFile("/b"));
    const auto files = store_->recentFiles();
    ASSERT_EQ(files->size(), 2U);
    EXPECT_EQ((*files)[0].path, "/a");
    EXPECT_EQ((*files)[1].path, "/c");
    EXPECT_EQ(store_->recentFiles(1)->size(), 1U);
}

TEST_F(Replica, ARemovedPipelineTakesAllItsDataAlong) {
    const auto id = make("/a");
    append(id, {"1"});
    ASSERT_TRUE(store_->saveSnapshot(id, {1, {"s"}}));
    ASSERT_TRUE(store_->saveDraft(id, "d"));
    ASSERT_TRUE(store_->removePipeline(id));
    store_.reset();
    auto database = Database::open(folder_ / "replica/replica.sqlite3");
    ASSERT_TRUE(database);
    for (const char* table : {"pipelines", "changes", "snapshots", "drafts"})
        EXPECT_EQ(database->integer(std::string("select count(*) from ") + table), 0) << table;
}

TEST_F(Replica, ASecondProgramIsRefusedAtOnceAndToldWhoHoldsIt) {
    const int status = runInChild([&] {
        auto second = ReplicaStore::open(folder_ / "replica", clock_, random_);
        if (second || second.error().code != ErrorCode::Conflict)
            return 1;
        const auto owner = std::to_string(::getppid());
        return second.error().message.find(owner) == std::string::npos ? 2 : 0;
    });
    EXPECT_EQ(status, 0);
    store_.reset();
    EXPECT_TRUE(ReplicaStore::open(folder_ / "replica", clock_, random_));
}

TEST_F(Replica, IsReadableByItsOwnerOnly) {
    struct stat status {};
    ASSERT_EQ(::stat((folder_ / "replica").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700U);
}

TEST_F(Replica, ANewerProgramsReplicaIsRefusedAndLeftAlone) {
    store_.reset();
    {
        auto database = Database::open(folder_ / "replica/replica.sqlite3");
        ASSERT_TRUE(database->execute("pragma user_version = 1000"));
    }
    auto opened = ReplicaStore::open(folder_ / "replica", clock_, random_);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::Refused);
    EXPECT_TRUE(std::filesystem::exists(folder_ / "replica/replica.sqlite3"));
}

TEST(Migrations, AFailedStepLeavesTheVersionBefore) {
    TempFolder folder;
    const std::vector<std::string> good{"create table a (x)", "create table b (x)"};
    const std::vector<std::string> bad{"create table a (x)", "create table b (x); create nonsense"};
    auto database = Database::open(folder / "db");
    ASSERT_TRUE(database);
    EXPECT_FALSE(migrate(*database, bad));
    EXPECT_EQ(database->integer("pragma user_version"), 1);
    EXPECT_EQ(database->integer("select count(*) from sqlite_schema where name = 'b'"), 0);
    ASSERT_TRUE(migrate(*database, good));
    ASSERT_TRUE(migrate(*database, good));
    EXPECT_EQ(database->integer("pragma user_version"), 2);
    EXPECT_EQ(database->integer("pragma application_id"), kApplicationId);
}

// The journal against a plain list: any mix of appends, repeated appends and reopens.
RC_GTEST_PROP(JournalModel, HoldsWhatAListWouldHold, ()) {
    TempFolder folder;
    FakeClock clock;
    SeededRandom random(1);
    auto store = *ReplicaStore::open(folder.path(), clock, random);
    const auto id = store->pipelineFor("/a")->id;
    Bodies model;
    const int steps = *rc::gen::inRange(1, 12);
    for (int step = 0; step < steps; ++step) {
        const auto bodies = *rc::gen::arbitrary<Bodies>();
        RC_ASSERT(store->appendChanges(id, bodies));
        model.insert(model.end(), bodies.begin(), bodies.end());
        if (*rc::gen::inRange(0, 4) == 0) {
            store.reset();
            store = *ReplicaStore::open(folder.path(), clock, random);
        }
        const auto after = *rc::gen::inRange<std::size_t>(0, model.size() + 1);
        const auto changes = store->loadChanges(id, static_cast<std::int64_t>(after));
        RC_ASSERT(changes && changes->size() == model.size() - after);
        for (std::size_t i = 0; i < changes->size(); ++i)
            RC_ASSERT((*changes)[i].body == model[after + i]);
    }
}

}  // namespace
}  // namespace pe::storage
