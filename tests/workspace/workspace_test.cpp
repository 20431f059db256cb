// SPDX-License-Identifier: MIT
// The workspace as many pipelines: what it lists, finds and keeps from one start to the next.
#include "pe/workspace/workspace.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "author.hpp"
#include "pe/storage/disk_file_system.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/testing/manual_executor.hpp"
#include "pe/testing/temp_folder.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::workspace {
namespace {

using testing::readFile;
namespace fs = std::filesystem;

constexpr const char* kText =
    "workflow:\n  name: nightly  # note\n  description: Looks at what changed\n  steps:\n"
    "    - name: collect_changes\n      type: claude\n      prompt:\n        - type: static\n"
    "          content: |\n            Name the riskiest line.\n";

class WorkspaceTest : public ::testing::Test {
protected:
    void SetUp() override { reopen(); }

    void reopen(const std::string& folder = "replica") {
        workspace_.reset();
        auto opened =
            Workspace::open((folder_.path() / folder).string(), files_, clock_, random_, executor_);
        ASSERT_TRUE(opened) << opened.error().message;
        workspace_ = std::move(*opened);
        workspace_->useAuthor("Ada");
    }
    std::string write(const std::string& name, const std::string& bytes) {
        const std::string path = (folder_.path() / name).string();
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    Session& open(const std::string& path) {
        auto session = workspace_->openFile(path);
        EXPECT_TRUE(session) << session.error().message;
        return **session;
    }
    std::string import(const std::string& path) {
        auto session = workspace_->importFile(path);
        EXPECT_TRUE(session) << session.error().message;
        const std::string id = (*session)->id();
        workspace_->close(*session, false);
        return id;
    }
    static void rename(Session& session, const std::string& name) {
        auto& document = session.document();
        const auto node = yaml::resolve(document.forest(), "/workflow/name");
        ASSERT_TRUE(node);
        const auto done =
            document.execute({document::SetValue{*node, yaml::Value::ofString(name)}, {}, 0});
        ASSERT_TRUE(done) << done.error().message;
    }
    std::vector<std::string> find(const std::string& query) {
        workspace_->finishIndexing();
        const auto results = workspace_->search(query);
        EXPECT_TRUE(results) << results.error().message;
        std::vector<std::string> titles;
        if (!results)
            return titles;
        for (const SearchResult& each : *results)
            titles.push_back(each.title);
        return titles;
    }
    PipelineInfo info(const std::string& id) {
        const auto found = workspace_->pipeline(id);
        EXPECT_TRUE(found) << found.error().message;
        return found.value_or(PipelineInfo{});
    }
    std::string stored(const std::string& id) {
        const auto document = workspace_->read(id);
        EXPECT_TRUE(document) << document.error().message;
        return document ? (*document)->text() : std::string();
    }

    testing::TempFolder folder_;
    storage::DiskFileSystem files_;
    FakeClock clock_{1'700'000'000'000};
    SeededRandom random_{1};
    testing::ManualExecutor executor_;
    std::unique_ptr<Workspace> workspace_;
};

using Titles = std::vector<std::string>;

TEST_F(WorkspaceTest, FindsNamesStepsPromptsTypesAndPathsOfWhatWasImported) {
    import(write("a.yaml", kText));
    import(write("other.yaml", "workflow: {name: weekly, steps: []}\n"));
    for (const char* query :
         {"nightly", "collect_ch", "riskiest line", "changed", "claude", "a.ya"})
        EXPECT_EQ(find(query), Titles{"a.yaml"}) << query;
    EXPECT_EQ(find("weekl"), Titles{"other.yaml"});
    const auto results = workspace_->search("riskiest");
    EXPECT_EQ(results->front().field, FoundIn::Text);
    EXPECT_EQ(results->front().excerpt, "Name the riskiest line.");
}

TEST_F(WorkspaceTest, WhatIsEditedIsFoundAsItIsNow) {
    Session& session = open(write("a.yaml", kText));
    EXPECT_EQ(find("nightly"), Titles{"a.yaml"});
    rename(session, "hourly");
    EXPECT_EQ(find("hourly"), Titles{"a.yaml"});
    EXPECT_EQ(find("nightly"), Titles{});
}

TEST_F(WorkspaceTest, AnIndexThatWasLostIsMadeAgain) {
    import(write("a.yaml", kText));
    workspace_.reset();
    fs::remove(folder_.path() / "replica" / "search.sqlite3");
    reopen();
    EXPECT_EQ(find("riskiest"), Titles{"a.yaml"});
}

TEST_F(WorkspaceTest, TextThatDoesNotParseIsKeptAndFound) {
    const std::string broken = "workflow:\n  name: [half\n  description: unfinished symphony\n";
    const std::string id = import(write("a.yaml", broken));
    EXPECT_EQ(stored(id), broken);
    EXPECT_TRUE(info(id).draft);
    EXPECT_EQ(find("symphony"), Titles{"a.yaml"});
}

TEST_F(WorkspaceTest, ListsPipelinesWithTheirState) {
    const std::string a = import(write("a.yaml", kText));
    clock_.advance(1000);
    const std::string b = import(write("b.yaml", kText));
    EXPECT_FALSE(info(a).unsaved);
    EXPECT_EQ(info(a).changes, 1U);
    auto session = workspace_->openPipeline(a);
    ASSERT_TRUE(session);
    clock_.advance(1000);
    rename(**session, "edited");
    ASSERT_TRUE(workspace_->flush());
    EXPECT_TRUE(info(a).unsaved);
    EXPECT_TRUE(info(a).open);
    EXPECT_EQ(info(a).editedAtMs, clock_.nowMs());
    EXPECT_EQ((*session)->state(), FileState::Modified);
    ASSERT_TRUE((*session)->save());
    ASSERT_TRUE(workspace_->flush());
    EXPECT_FALSE(info(a).unsaved);
    const auto all = workspace_->pipelines();
    ASSERT_EQ(all->size(), 2U);
    EXPECT_EQ(all->front().id, b);
}

TEST_F(WorkspaceTest, AnIdMayBeShortenedAsFarAsItIsTheOnlyOne) {
    const std::string a = import(write("a.yaml", kText));
    import(write("b.yaml", kText));
    EXPECT_EQ(info(a.substr(0, 12)).id, a);
    EXPECT_EQ(workspace_->pipeline("").error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(workspace_->pipeline("nothing").error().code, ErrorCode::NotFound);
}

TEST_F(WorkspaceTest, ImportingAChangedFileAgainIsOneMoreChangeOfTheSamePipeline) {
    const std::string path = write("a.yaml", kText);
    const std::string id = import(path);
    write("a.yaml", std::string("# above\n") + kText);
    EXPECT_EQ(import(path), id);
    EXPECT_EQ(stored(id), std::string("# above\n") + kText);
    EXPECT_EQ(info(id).changes, 2U);
    EXPECT_FALSE(info(id).unsaved);
}

TEST_F(WorkspaceTest, APipelineThatIsOpenedAgainAtOnceHasAllItsEdits) {
    const std::string path = write("a.yaml", kText);
    for (int round = 0; round < 5; ++round) {
        Session& session = open(path);
        rename(session, "edit_" + std::to_string(round));
        ASSERT_TRUE(session.save());
        const std::string id = session.id();
        workspace_->close(&session, false);
        EXPECT_EQ(info(id).changes, 2U + static_cast<unsigned>(round));
        EXPECT_EQ(open(path).document().history().size(), 1U + static_cast<unsigned>(round));
        workspace_->close(&open(path), false);
        EXPECT_TRUE(workspace_->verify(id));
    }
}

TEST_F(WorkspaceTest, AForgottenPipelineLeavesItsFile) {
    const std::string path = write("a.yaml", kText);
    Session& session = open(path);
    rename(session, "edited");
    const std::string id = session.id();
    EXPECT_EQ(workspace_->forget(id).error().code, ErrorCode::Refused);
    workspace_->close(&session, false);
    ASSERT_TRUE(workspace_->forget(id));
    EXPECT_EQ(workspace_->pipeline(id).error().code, ErrorCode::NotFound);
    EXPECT_EQ(find("nightly"), Titles{});
    EXPECT_EQ(readFile(path), kText);
}

TEST_F(WorkspaceTest, AMovedFileIsFoundAgain) {
    const std::string path = write("a.yaml", kText);
    const std::string id = import(path);
    import(write("b.yaml", kText));
    const std::string moved = (folder_.path() / "moved.yaml").string();
    fs::rename(path, moved);
    EXPECT_EQ(workspace_->rebind(id, (folder_.path() / "b.yaml").string()).error().code,
              ErrorCode::Conflict);
    ASSERT_TRUE(workspace_->rebind(id, moved));
    EXPECT_EQ(open(moved).id(), id);
    EXPECT_EQ(find("moved"), Titles{"moved.yaml"});
}

TEST_F(WorkspaceTest, ASavedPipelineKeepsItsHistoryAndItsWayBack) {
    const std::string path = write("a.yaml", kText);
    Session& session = open(path);
    rename(session, "second");
    rename(session, "third");
    ASSERT_TRUE(session.save());
    workspace_->close(&session, false);
    reopen();
    Session& again = open(path);
    EXPECT_EQ(again.state(), FileState::Clean);
    EXPECT_FALSE(again.recovered());
    const auto revisions = again.document().revisions();
    ASSERT_EQ(revisions.size(), 3U);
    EXPECT_EQ(revisions[1].author, "Ada");
    EXPECT_EQ(revisions[1].atMs, clock_.nowMs());
    EXPECT_EQ(*again.document().textAt(1), kText);
    ASSERT_TRUE(again.document().undo());
    ASSERT_TRUE(again.document().undo());
    EXPECT_EQ(again.document().text(), kText);
    EXPECT_FALSE(again.document().canUndo());
    ASSERT_TRUE(again.document().redo());
}

TEST_F(WorkspaceTest, AVersionHasANameAndComesBackByIt) {
    const std::string path = write("a.yaml", kText);
    Session& session = open(path);
    ASSERT_TRUE(session.nameVersion(1, "as it was"));
    rename(session, "second");
    ASSERT_TRUE(session.nameVersion(session.document().revisions().back().position, "sent"));
    EXPECT_EQ(session.nameVersion(1, "sent").error().code, ErrorCode::Conflict);
    ASSERT_TRUE(session.renameVersion("sent", "sent to Bob"));
    workspace_->close(&session, false);
    reopen();
    Session& again = open(path);
    const auto versions = again.namedVersions();
    ASSERT_TRUE(versions && versions->size() == 2);
    EXPECT_EQ(versions->front().name, "as it was");
    EXPECT_EQ(versions->front().author, "Ada");
    ASSERT_TRUE(again.document().restore(versions->front().position));
    EXPECT_EQ(again.document().text(), kText);
    ASSERT_TRUE(again.removeVersion("as it was"));
    EXPECT_EQ(again.namedVersions()->size(), 1U);
}

TEST_F(WorkspaceTest, AnOutsideChangeBetweenTwoStartsIsNotAnUnsavedEdit) {
    const std::string path = write("a.yaml", kText);
    Session& session = open(path);
    rename(session, "mine");
    ASSERT_TRUE(session.save());
    const std::string mine = readFile(path);
    workspace_->close(&session, false);
    workspace_.reset();
    write("a.yaml", "# theirs\n" + mine);
    reopen();
    EXPECT_TRUE(workspace_->restoreUnsaved().empty());
    Session& again = open(path);
    EXPECT_EQ(again.document().text(), "# theirs\n" + mine);
    EXPECT_EQ(again.state(), FileState::Clean);
    EXPECT_FALSE(again.recovered());
    workspace_->close(&again, false);
    reopen();
    EXPECT_EQ(open(path).document().text(), "# theirs\n" + mine);
}

TEST_F(WorkspaceTest, DiscardingReturnsToTheFileAndIsItselfAStepBack) {
    const std::string path = write("a.yaml", kText);
    Session& session = open(path);
    rename(session, "unwanted");
    workspace_->close(&session, true);
    reopen();
    Session& again = open(path);
    EXPECT_EQ(again.document().text(), kText);
    EXPECT_EQ(again.state(), FileState::Clean);
    EXPECT_NE(again.document().textAt(2)->find("unwanted"), std::string::npos);
}

TEST_F(WorkspaceTest, ACopyOfTheFolderSaysSoAndWorksOn) {
    const std::string path = write("a.yaml", kText);
    Session& session = open(path);
    rename(session, "before");
    const std::string text = session.document().text();
    const std::string id = session.id();
    workspace_->close(&session, false);
    workspace_.reset();
    fs::copy(folder_.path() / "replica", folder_.path() / "copy", fs::copy_options::recursive);
    reopen("copy");
    EXPECT_NE(workspace_->openingNotice(), "");
    EXPECT_EQ(stored(id), text);
    auto copied = workspace_->openPipeline(id);
    ASSERT_TRUE(copied);
    rename(**copied, "in the copy");
    ASSERT_TRUE(workspace_->verify(id));
    reopen("replica");
    EXPECT_EQ(workspace_->openingNotice(), "");
    EXPECT_EQ(stored(id), text);
}

TEST_F(WorkspaceTest, AClockThatJumpsDoesNotReorderEdits) {
    const std::string path = write("a.yaml", kText);
    const std::int64_t day = 86'400'000;
    std::string id;
    int number = 0;
    for (const std::int64_t jump : {400 * day, -800 * day, -day, 3 * day, -4000 * day}) {
        clock_.advance(jump);
        Session& session = open(path);
        rename(session, "edit_" + std::to_string(++number));
        const std::string text = session.document().text();
        id = session.id();
        workspace_->close(&session, false);
        reopen();
        EXPECT_EQ(stored(id), text);
    }
    ASSERT_TRUE(workspace_->verify(id));
}

TEST_F(WorkspaceTest, AnEmptyPipelineThatNobodyWroteInIsNotRemembered) {
    workspace_->close(workspace_->create("workflow: {}\n"), false);
    ASSERT_TRUE(workspace_->flush());
    EXPECT_TRUE(workspace_->pipelines()->empty());
    workspace_->close(workspace_->importText("typed", "workflow: {}\n"), false);
    ASSERT_TRUE(workspace_->flush());
    ASSERT_EQ(workspace_->pipelines()->size(), 1U);
    EXPECT_EQ(workspace_->pipelines()->front().title, "typed");
    reopen();
    EXPECT_TRUE(workspace_->restoreUnsaved().empty());
}

TEST_F(WorkspaceTest, ASecondProgramIsRefusedAtOnce) {
    const auto second =
        Workspace::open((folder_.path() / "replica").string(), files_, clock_, random_, executor_);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::Conflict);
    EXPECT_NE(second.error().message.find("Another program"), std::string::npos);
}

TEST_F(WorkspaceTest, ANewFileIsWrittenWithTheFoldersItNeeds) {
    const std::string path = (folder_.path() / "parts" / "deep" / "draft.yaml").string();
    ASSERT_TRUE(workspace_->writeNewFile(path, kText));
    EXPECT_EQ(readFile(path), kText);
    EXPECT_TRUE(workspace_->writeNewFile(path, kText)) << "the same bytes again";
}

TEST_F(WorkspaceTest, ANewFileNeverTakesThePlaceOfAnother) {
    const std::string path = write("a.yaml", "mine: true\n");
    const auto refused = workspace_->writeNewFile(path, kText);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
    EXPECT_NE(refused.error().message.find(path), std::string::npos);
    EXPECT_EQ(readFile(path), "mine: true\n");
}

TEST_F(WorkspaceTest, TheAuthorIsASettingWithADefault) {
    workspace_->setAuthor("Grace");
    reopen();
    workspace_->useAuthor({});
    EXPECT_EQ(workspace_->author(), "Grace");
    EXPECT_EQ(gitUserName("[core]\n name = x\n[User]\n\tNAME = \"Ada L\" ; c\n email = e\n"),
              "Ada L");
    EXPECT_EQ(gitUserName("[user \"sub\"]\nname = x\n"), "");
}

TEST_F(WorkspaceTest, ALongHistoryIsPackedAndStillWhole) {
    const std::string path = write("a.yaml", kText);
    Session& session = open(path);
    for (int i = 0; i < 1100; ++i)
        rename(session, "name_" + std::to_string(i));
    const std::string id = session.id();
    workspace_->finishIndexing();
    ASSERT_TRUE(workspace_->verify(id));
    EXPECT_LT(*workspace_->storedBytes(), 60'000U);
    workspace_->close(&session, false);
    reopen();
    const auto document = workspace_->read(id);
    ASSERT_TRUE(document);
    EXPECT_EQ((*document)->revisions().size(), 1101U);
    EXPECT_EQ(*(*document)->textAt(1), kText);
}

}  // namespace
}  // namespace pe::workspace
