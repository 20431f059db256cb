// SPDX-License-Identifier: MIT
// Long histories: what is put together in the background so that a pipeline opens quickly, and that
// nothing depends on it. And replicas that were copied.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "pe/crdt/codec.hpp"
#include "pe/storage/disk_file_system.hpp"
#include "pe/storage/replica_store.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/testing/manual_executor.hpp"
#include "pe/testing/temp_folder.hpp"
#include "pe/workspace/workspace.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::workspace {
namespace {

namespace fs = std::filesystem;

constexpr const char* kText =
    "workflow:\n  name: a  # note\n  description: b\n  version: c\n  steps: []\n";

class LongHistory : public ::testing::Test {
protected:
    void SetUp() override {
        path_ = (folder_.path() / "p.yaml").string();
        std::ofstream(path_, std::ios::binary) << kText;
        workspace_ = open("replica");
        id_ = session().id();
    }

    std::unique_ptr<Workspace> open(const std::string& name) {
        auto opened =
            Workspace::open((folder_.path() / name).string(), files_, clock_, random_, executor_);
        EXPECT_TRUE(opened) << opened.error().message;
        return std::move(*opened);
    }
    void reopen() {
        workspace_.reset();
        workspace_ = open("replica");
    }
    Session& session() { return *workspace_->openFile(path_).value(); }

    void set(Session& session, const std::string& field, const std::string& value) {
        clock_.advance(5000);
        auto& document = session.document();
        const auto node = yaml::resolve(document.forest(), "/workflow/" + field);
        ASSERT_TRUE(node);
        ASSERT_TRUE(
            document.execute({document::SetValue{*node, yaml::Value::ofString(value)}, {}, 0}));
    }
    void edit(int times) {
        Session& edited = session();
        for (int i = 0; i < times; ++i)
            set(edited, "name", "name " + std::to_string(++edits_));
    }
    void close() { workspace_->close(&session(), false); }

    // The replica between two starts of the program.
    std::unique_ptr<storage::ReplicaStore> store() {
        workspace_.reset();
        auto opened = storage::ReplicaStore::open(folder_.path() / "replica", clock_, random_);
        EXPECT_TRUE(opened) << opened.error().message;
        return std::move(*opened);
    }
    storage::PipelineRecord record() { return store()->list().value().front(); }

    testing::TempFolder folder_;
    storage::DiskFileSystem files_;
    FakeClock clock_{1'700'000'000'000};
    SeededRandom random_{1};
    testing::ManualExecutor executor_;
    std::unique_ptr<Workspace> workspace_;
    std::string path_;
    std::string id_;
    int edits_ = 0;
};

TEST_F(LongHistory, LeavesASnapshotBehindWhenItsSessionEnds) {
    edit(70);
    close();
    EXPECT_EQ(record().snapshotPosition, 71);
    workspace_ = open("replica");
    EXPECT_NE(session().document().text().find("name 70"), std::string::npos);
    EXPECT_TRUE(session().recovered());
    edit(3);
    EXPECT_EQ(session().document().revisions().size(), 74U);
    EXPECT_EQ(session().document().textAt(1).value(), kText);
    const auto verified = workspace_->verify(id_);
    EXPECT_TRUE(verified) << verified.error().message;
    close();
    EXPECT_EQ(record().snapshotPosition, 71) << "three edits are not worth another one";
}

TEST_F(LongHistory, IsPutTogetherWhileItGoesOn) {
    edit(600);
    workspace_->finishIndexing();
    const auto verified = workspace_->verify(id_);
    EXPECT_TRUE(verified) << verified.error().message;
    const auto before = workspace_->storedBytes().value();
    workspace_.reset();
    EXPECT_GE(record().snapshotPosition, 512);
    workspace_ = open("replica");
    EXPECT_NE(session().document().text().find("name 600"), std::string::npos);
    EXPECT_LT(before, 600U * 60);
}

TEST_F(LongHistory, UndoGoesOnBehindTheSnapshot) {
    edit(70);
    close();
    reopen();
    document::Document& document = session().document();
    for (int i = 0; i < 70; ++i)
        ASSERT_TRUE(document.undo()) << i;
    EXPECT_EQ(document.text(), kText);
    EXPECT_EQ(session().state(), FileState::Clean);
}

TEST_F(LongHistory, AnUnusableSnapshotIsToldByVerifyAndChangesNothingElse) {
    edit(70);
    close();
    {
        auto stored = store();
        const auto id = stored->list().value().front().id;
        ASSERT_TRUE(stored->saveSnapshot(id, {71, {"not", "a", "state"}}));
    }
    workspace_ = open("replica");
    EXPECT_NE(session().document().text().find("name 70"), std::string::npos);
    EXPECT_EQ(session().document().revisions().size(), 71U);
    EXPECT_EQ(workspace_->verify(id_).error().code, ErrorCode::Corrupt);
    edit(64);
    close();
    reopen();
    const auto verified = workspace_->verify(id_);
    EXPECT_TRUE(verified) << verified.error().message;
}

TEST_F(LongHistory, ASnapshotOfAnotherStateIsToldByVerify) {
    edit(70);
    close();
    {
        auto stored = store();
        const auto record = stored->list().value().front();
        document::SavedDocument saved;
        const auto changes = stored->loadChanges(record.id, 0, 70);
        ASSERT_TRUE(changes);
        for (const storage::Change& each : *changes)
            saved.log.push_back(each.body);
        auto document = document::Document::replay(record.replica, saved, clock_).value();
        const auto node = yaml::resolve(document->forest(), "/workflow/name");
        ASSERT_TRUE(
            document->execute({document::SetValue{*node, yaml::Value::ofString("x")}, {}, 0}));
        ASSERT_TRUE(stored->saveSnapshot(record.id, {71, document->snapshot().parts}));
    }
    workspace_ = open("replica");
    EXPECT_EQ(workspace_->verify(id_).error().code, ErrorCode::Corrupt);
}

TEST_F(LongHistory, AFileChangedOutsideIsMergedIntoADocumentFromASnapshot) {
    edit(70);
    close();
    reopen();
    std::string theirs = kText;
    theirs.replace(theirs.find("version: c"), 10, "version: d");
    std::ofstream(path_, std::ios::binary) << theirs;
    const std::string& text = session().document().text();
    EXPECT_NE(text.find("name 70"), std::string::npos);
    EXPECT_NE(text.find("version: d"), std::string::npos);
}

// Two folders of which one is a copy of the other, with a pipeline that is shared with others.
class CopiedReplica : public LongHistory {
protected:
    void SetUp() override {
        LongHistory::SetUp();
        ASSERT_TRUE(workspace_->importFile(path_));
        close();
        {
            auto stored = store();
            ASSERT_TRUE(stored->share(stored->list().value().front().id));
        }
        workspace_ = open("replica");
        set(*pipelineIn(*workspace_), "name", "before the copy");
        order_ = pipelineIn(*workspace_)->document().log();
        workspace_.reset();
        fs::copy(folder_ / "replica", folder_ / "copy", fs::copy_options::recursive);
        workspace_ = open("replica");
        copy_ = open("copy");
    }

    Session* pipelineIn(Workspace& workspace) { return workspace.openPipeline(id_).value(); }

    // What a server does: what one of them made comes into the one order.
    void send(Workspace& workspace) {
        for (const std::string& each : pipelineIn(workspace)->document().pendingChanges())
            order_.push_back(each);
    }
    void receive(Workspace& workspace) {
        auto& document = pipelineIn(workspace)->document();
        const auto from = document.sequence();
        const std::vector<std::string> news(order_.begin() + static_cast<std::ptrdiff_t>(from),
                                            order_.end());
        const auto taken = document.receive(news, from + 1);
        ASSERT_TRUE(taken) << taken.error().message;
    }

    std::vector<std::string> order_;
    std::unique_ptr<Workspace> copy_;
};

std::uint64_t authorOf(const std::string& change) {
    return crdt::decodeChange(std::string_view(change))->replica;
}

TEST_F(CopiedReplica, WritesUnderAnIdentityOfItsOwnAndKeepsItAtTheNextStart) {
    const auto original = pipelineIn(*workspace_)->document().pendingChanges();
    const auto copied = pipelineIn(*copy_)->document().pendingChanges();
    ASSERT_EQ(original.size(), 1U);
    ASSERT_EQ(copied.size(), 1U);
    EXPECT_NE(authorOf(original[0]), authorOf(copied[0]));
    EXPECT_EQ(pipelineIn(*copy_)->document().text(), pipelineIn(*workspace_)->document().text());
    ASSERT_TRUE(copy_->flush());
    copy_.reset();
    copy_ = open("copy");
    EXPECT_EQ(copy_->openingNotice(), "");
    EXPECT_EQ(pipelineIn(*copy_)->document().pendingChanges(), copied);
}

TEST_F(CopiedReplica, BothAreEditedAndComeTogetherWithoutLoss) {
    set(*pipelineIn(*workspace_), "description", "of the original");
    set(*pipelineIn(*copy_), "version", "of the copy");
    set(*pipelineIn(*copy_), "version", "of the copy again");
    send(*workspace_);
    receive(*workspace_);
    receive(*copy_);
    send(*copy_);
    receive(*copy_);
    receive(*workspace_);
    const std::string text = pipelineIn(*workspace_)->document().text();
    EXPECT_EQ(text,
              "workflow:\n  name: before the copy  # note\n  description: of the original\n"
              "  version: of the copy again\n  steps: []\n");
    for (Workspace* each : {workspace_.get(), copy_.get()}) {
        EXPECT_EQ(pipelineIn(*each)->document().text(), text);
        EXPECT_TRUE(pipelineIn(*each)->document().pendingChanges().empty());
        EXPECT_EQ(pipelineIn(*each)->document().stateHash(),
                  pipelineIn(*workspace_)->document().stateHash());
        ASSERT_TRUE(each->flush());
        const auto verified = each->verify(id_);
        EXPECT_TRUE(verified) << verified.error().message;
        EXPECT_EQ(each->pipeline(id_)->outbox, 0U);
        // The beginning, what waited in both, and what each of them did since.
        EXPECT_EQ(each->pipeline(id_)->changes, 5U);
    }
    copy_.reset();
    copy_ = open("copy");
    EXPECT_EQ(pipelineIn(*copy_)->document().text(), text);
    // What was done before the copy is the work of this user still.
    EXPECT_EQ(pipelineIn(*copy_)->document().revisions()[1].origin, document::RevisionOrigin::Own);
}

TEST_F(CopiedReplica, ADraftThatWasCopiedStaysADraft) {
    workspace_.reset();
    copy_.reset();
    fs::remove_all(folder_ / "copy");
    workspace_ = open("replica");
    auto& document = pipelineIn(*workspace_)->document();
    ASSERT_TRUE(document.replaceText(document.text().find("before"), 0, "\"", 1));
    ASSERT_TRUE(document.hasDraft());
    const std::string text = document.text();
    ASSERT_TRUE(workspace_->flush());
    workspace_.reset();
    fs::copy(folder_ / "replica", folder_ / "copy", fs::copy_options::recursive);
    copy_ = open("copy");
    EXPECT_TRUE(pipelineIn(*copy_)->document().hasDraft());
    EXPECT_EQ(pipelineIn(*copy_)->document().text(), text);
}

}  // namespace
}  // namespace pe::workspace
