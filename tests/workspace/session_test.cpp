// SPDX-License-Identifier: MIT
#include "pe/workspace/session.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "pe/storage/disk_file_system.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/testing/manual_executor.hpp"
#include "pe/testing/temp_folder.hpp"
#include "pe/workspace/workspace.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::workspace {
namespace {

using testing::readFile;

constexpr const char* kText = "workflow:\n  name: a  # note\n  steps: []\n";

class SessionTest : public ::testing::Test {
protected:
    void SetUp() override {
        path_ = (folder_.path() / "p.yaml").string();
        write(kText);
        reopen();
    }

    void reopen() {
        workspace_.reset();
        auto opened = Workspace::open((folder_.path() / "replica").string(), files_, clock_,
                                      random_, executor_);
        ASSERT_TRUE(opened) << opened.error().message;
        workspace_ = std::move(*opened);
    }

    Session& open() {
        auto session = workspace_->openFile(path_);
        EXPECT_TRUE(session) << session.error().message;
        return **session;
    }

    void write(const std::string& bytes) { std::ofstream(path_, std::ios::binary) << bytes; }
    std::string onDisk() { return readFile(path_); }

    static void rename(Session& session, const std::string& name) {
        auto& document = session.document();
        const auto node = yaml::resolve(document.forest(), "/workflow/name");
        ASSERT_TRUE(node);
        ASSERT_TRUE(
            document.execute({document::SetValue{*node, yaml::Value::ofString(name)}, {}, 0}));
    }

    // Two looks with the quiet time between them: what the watcher waits for.
    void look(Session& session) {
        session.pollDisk();
        clock_.advance(1000);
        session.pollDisk();
    }

    testing::TempFolder folder_;
    storage::DiskFileSystem files_;
    FakeClock clock_;
    SeededRandom random_{1};
    testing::ManualExecutor executor_;
    std::unique_ptr<Workspace> workspace_;
    std::string path_;
};

TEST_F(SessionTest, SavingWithoutAnEditWritesTheSameBytes) {
    Session& session = open();
    EXPECT_EQ(session.state(), FileState::Clean);
    ASSERT_TRUE(session.save());
    EXPECT_EQ(onDisk(), kText);
}

TEST_F(SessionTest, SavingWritesOnlyTheEditedLine) {
    Session& session = open();
    rename(session, "b");
    EXPECT_EQ(session.state(), FileState::Modified);
    ASSERT_TRUE(session.save());
    EXPECT_EQ(session.state(), FileState::Clean);
    EXPECT_EQ(onDisk(), "workflow:\n  name: b  # note\n  steps: []\n");
}

TEST_F(SessionTest, UndoBackToTheSavedTextIsClean) {
    Session& session = open();
    rename(session, "b");
    ASSERT_TRUE(session.document().undo());
    EXPECT_EQ(session.state(), FileState::Clean);
}

TEST_F(SessionTest, OneFileIsOneSession) {
    EXPECT_EQ(&open(), &open());
    EXPECT_EQ(workspace_->sessions().size(), 1U);
}

TEST_F(SessionTest, AMissingFileIsAnErrorThatNamesIt) {
    const auto session = workspace_->openFile((folder_.path() / "none.yaml").string());
    ASSERT_FALSE(session);
    EXPECT_NE(session.error().message.find("none.yaml"), std::string::npos);
    EXPECT_TRUE(workspace_->sessions().empty());
}

TEST_F(SessionTest, AnOutsideChangeIsMergedIntoUnsavedEdits) {
    Session& session = open();
    rename(session, "b");
    write("# new\nworkflow:\n  name: a  # note\n  steps: []\n");
    look(session);
    EXPECT_EQ(session.document().text(), "# new\nworkflow:\n  name: b  # note\n  steps: []\n");
    EXPECT_EQ(session.state(), FileState::Modified);
    ASSERT_TRUE(session.save());
    EXPECT_EQ(onDisk(), "# new\nworkflow:\n  name: b  # note\n  steps: []\n");
}

TEST_F(SessionTest, AnOutsideChangeOfAnUntouchedFileIsTakenOver) {
    Session& session = open();
    write("workflow:\n  name: theirs\n");
    look(session);
    EXPECT_EQ(session.document().text(), "workflow:\n  name: theirs\n");
    EXPECT_EQ(session.state(), FileState::Clean);
}

TEST_F(SessionTest, SavingOverAnUnseenOutsideChangeIsRefused) {
    Session& session = open();
    rename(session, "b");
    write("workflow: {}\n");
    const auto saved = session.save();
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, ErrorCode::Conflict);
    EXPECT_EQ(onDisk(), "workflow: {}\n");
    ASSERT_TRUE(session.save(true));
    EXPECT_EQ(onDisk(), "workflow:\n  name: b  # note\n  steps: []\n");
}

TEST_F(SessionTest, SavingOverAChangeThatCouldNotBeMergedIsRefused) {
    Session& session = open();
    rename(session, "b");
    write("workflow: [\n");
    look(session);
    ASSERT_EQ(session.state(), FileState::DiskNewer);
    const auto saved = session.save();
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, ErrorCode::Conflict);
    EXPECT_EQ(onDisk(), "workflow: [\n");
    ASSERT_TRUE(session.save(true));
    EXPECT_EQ(onDisk(), "workflow:\n  name: b  # note\n  steps: []\n");
    EXPECT_EQ(session.state(), FileState::Clean);
}

TEST_F(SessionTest, AFileThatBecomesWhatItWasCanBeSavedAgain) {
    Session& session = open();
    rename(session, "b");
    write("workflow: [\n");
    look(session);
    ASSERT_EQ(session.state(), FileState::DiskNewer);
    write(kText);
    look(session);
    EXPECT_EQ(session.state(), FileState::Modified);
    ASSERT_TRUE(session.save());
    EXPECT_EQ(onDisk(), "workflow:\n  name: b  # note\n  steps: []\n");
}

TEST_F(SessionTest, SavingRestoredEditsOverWhatTheyCannotBeMergedWithIsRefused) {
    rename(open(), "b");
    ASSERT_TRUE(workspace_->flush());
    workspace_.reset();
    write("workflow: [\n");
    reopen();
    Session& session = open();
    EXPECT_EQ(session.state(), FileState::DiskNewer);
    EXPECT_FALSE(session.save());
    EXPECT_EQ(onDisk(), "workflow: [\n");
    EXPECT_EQ(session.document().text(), "workflow:\n  name: b  # note\n  steps: []\n");
}

TEST_F(SessionTest, ADeletedFileIsNoticedAndCanBeWrittenAgain) {
    Session& session = open();
    std::filesystem::remove(path_);
    look(session);
    EXPECT_EQ(session.state(), FileState::Missing);
    ASSERT_TRUE(session.save());
    EXPECT_EQ(onDisk(), kText);
}

TEST_F(SessionTest, ABrokenDraftIsSavedAsItStands) {
    Session& session = open();
    ASSERT_TRUE(session.document().replaceText(0, 0, "[", 1));
    ASSERT_TRUE(session.save());
    EXPECT_EQ(onDisk(), std::string("[") + kText);
    EXPECT_EQ(session.state(), FileState::Clean);
}

TEST_F(SessionTest, SaveAsBindsToTheNewFile) {
    Session* session = workspace_->create("workflow: {}\n");
    EXPECT_EQ(session->state(), FileState::Unbound);
    const std::string other = (folder_.path() / "new.yaml").string();
    ASSERT_TRUE(session->saveAs(other));
    EXPECT_EQ(readFile(other), "workflow: {}\n");
    EXPECT_EQ(session->path(), other);
    EXPECT_EQ(session->state(), FileState::Clean);
}

TEST_F(SessionTest, RevertingGoesBackToTheFileAndCanBeUndone) {
    Session& session = open();
    rename(session, "b");
    const std::string mine = session.document().text();
    ASSERT_TRUE(session.revert());
    EXPECT_EQ(session.document().text(), kText);
    ASSERT_TRUE(session.document().undo());
    EXPECT_EQ(session.document().text(), mine);
}

TEST_F(SessionTest, UnsavedEditsComeBackAfterTheProgramEnds) {
    rename(open(), "b");
    ASSERT_TRUE(workspace_->flush());
    reopen();
    const auto restored = workspace_->restoreUnsaved();
    ASSERT_EQ(restored.size(), 1U);
    EXPECT_TRUE(restored[0]->recovered());
    EXPECT_EQ(restored[0]->document().text(), "workflow:\n  name: b  # note\n  steps: []\n");
    EXPECT_EQ(restored[0]->state(), FileState::Modified);
    EXPECT_EQ(onDisk(), kText);
}

TEST_F(SessionTest, AnUnsavedDraftComesBackToo) {
    ASSERT_TRUE(open().document().replaceText(0, 0, "[", 1));
    ASSERT_TRUE(workspace_->flush());
    reopen();
    const auto restored = workspace_->restoreUnsaved();
    ASSERT_EQ(restored.size(), 1U);
    EXPECT_TRUE(restored[0]->document().hasDraft());
    EXPECT_EQ(restored[0]->document().text(), std::string("[") + kText);
}

TEST_F(SessionTest, AnUnsavedPipelineWithoutAFileComesBack) {
    Session* session = workspace_->create("a: 1\n");
    ASSERT_TRUE(session->document().replaceText(3, 1, "2", 1));
    ASSERT_TRUE(workspace_->flush());
    reopen();
    const auto restored = workspace_->restoreUnsaved();
    ASSERT_EQ(restored.size(), 1U);
    EXPECT_EQ(restored[0]->document().text(), "a: 2\n");
}

TEST_F(SessionTest, DiscardedEditsDoNotComeBack) {
    Session& session = open();
    rename(session, "b");
    workspace_->close(&session, true);
    ASSERT_TRUE(workspace_->flush());
    reopen();
    EXPECT_TRUE(workspace_->restoreUnsaved().empty());
    EXPECT_EQ(open().document().text(), kText);
}

TEST_F(SessionTest, SavedEditsAreNotOfferedAgain) {
    Session& session = open();
    rename(session, "b");
    ASSERT_TRUE(session.save());
    ASSERT_TRUE(workspace_->flush());
    reopen();
    EXPECT_TRUE(workspace_->restoreUnsaved().empty());
}

TEST_F(SessionTest, RestoredEditsMergeWithWhatTheDiskDidMeanwhile) {
    rename(open(), "b");
    ASSERT_TRUE(workspace_->flush());
    workspace_.reset();
    write("# new\nworkflow:\n  name: a  # note\n  steps: []\n");
    reopen();
    const auto restored = workspace_->restoreUnsaved();
    ASSERT_EQ(restored.size(), 1U);
    EXPECT_EQ(restored[0]->document().text(), "# new\nworkflow:\n  name: b  # note\n  steps: []\n");
}

TEST_F(SessionTest, WhatWasDurableSurvivesAKill) {
    workspace_.reset();
    const pid_t child = fork();
    if (child == 0) {
        reopen();
        Session& session = open();
        for (int i = 0; i < 20; ++i)
            rename(session, "name_" + std::to_string(i));
        const bool flushed = bool(workspace_->flush());
        executor_.runAll();
        _exit(flushed && session.durable() ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_EQ(WEXITSTATUS(status), 0);
    reopen();
    const auto restored = workspace_->restoreUnsaved();
    ASSERT_EQ(restored.size(), 1U);
    EXPECT_EQ(restored[0]->document().text(), "workflow:\n  name: name_19  # note\n  steps: []\n");
}

}  // namespace
}  // namespace pe::workspace
