// SPDX-License-Identifier: MIT
// `pipeline replica` on a real folder: what each action prints, and its exit status.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "commands.hpp"
#include "pe/storage/disk_file_system.hpp"
#include "pe/storage/replica_store.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/testing/temp_folder.hpp"

namespace pe::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::readFile;

constexpr const char* kText =
    "workflow:\n  name: nightly  # note\n  steps:\n    - name: collect\n      type: claude\n";

class ReplicaCommand : public ::testing::Test {
protected:
    std::string put(const std::string& name, const std::string& bytes) {
        const std::string path = (folder_ / name).string();
        EXPECT_TRUE(files_.writeAtomically(path, bytes, std::nullopt));
        return path;
    }
    int run(std::vector<std::string> arguments, const std::string& input = {}) {
        arguments.insert(arguments.end(), {"--dir", (folder_ / "replica").string()});
        std::istringstream in(input);
        std::ostringstream out;
        std::ostringstream err;
        const auto status = runReplica(arguments, {in, out, err, files_, clock_});
        out_ = out.str();
        err_ = err.str();
        return static_cast<int>(status);
    }
    // Returns the id.
    std::string import(const std::string& path) {
        EXPECT_EQ(run({"import", path}), 0) << err_;
        return out_.substr(0, out_.find('\n'));
    }

    testing::TempFolder folder_;
    storage::DiskFileSystem files_;
    FakeClock clock_{1'700'000'000'000};
    SystemRandom random_;
    std::string out_;
    std::string err_;
};

TEST_F(ReplicaCommand, ImportPrintsAnIdThatListShows) {
    const std::string path = put("a.yaml", kText);
    const std::string id = import(path);
    EXPECT_EQ(id.size(), 32U);
    EXPECT_EQ(run({"list"}), 0);
    EXPECT_THAT(out_, HasSubstr(id));
    EXPECT_THAT(out_, HasSubstr("1 changes  saved  " + path));
}

TEST_F(ReplicaCommand, ImportingAFileTwiceIsOnePipeline) {
    const std::string path = put("a.yaml", kText);
    EXPECT_EQ(import(path), import(path));
}

TEST_F(ReplicaCommand, AMissingFileIsToldAndTheOthersAreImported) {
    const std::string path = put("a.yaml", kText);
    EXPECT_EQ(run({"import", (folder_ / "none.yaml").string(), path}), 3);
    EXPECT_THAT(err_, HasSubstr("none.yaml"));
    EXPECT_EQ(run({"list", "--format", "json"}), 0);
    EXPECT_THAT(out_, HasSubstr("a.yaml"));
}

TEST_F(ReplicaCommand, StandardInputIsAPipelineWithoutAFile) {
    EXPECT_EQ(run({"import", "-"}, kText), 0);
    const std::string id = out_.substr(0, 32);
    EXPECT_EQ(run({"export", id}), 0);
    EXPECT_EQ(out_, kText);
}

TEST_F(ReplicaCommand, AnEditIsExportedAndLeavesTheFile) {
    const std::string path = put("a.yaml", kText);
    const std::string id = import(path);
    EXPECT_EQ(run({"edit", id, "--set", "/workflow/name=hourly"}), 0) << err_;
    EXPECT_EQ(run({"export", id.substr(0, 8)}), 0);
    EXPECT_THAT(out_, HasSubstr("name: hourly  # note"));
    EXPECT_EQ(run({"export", id, "--at", "1"}), 0);
    EXPECT_EQ(out_, kText);
    EXPECT_EQ(readFile(path), kText);
}

TEST_F(ReplicaCommand, OfEditsThatCannotAllBeMadeNoneIs) {
    const std::string id = import(put("a.yaml", kText));
    EXPECT_NE(
        run({"edit", id, "--set", "/workflow/name=hourly", "--set", "/workflow/steps/7/name=x"}),
        0);
    EXPECT_THAT(err_, HasSubstr("gesture 2 of 2"));
    EXPECT_EQ(run({"export", id}), 0);
    EXPECT_EQ(out_, kText);
}

TEST_F(ReplicaCommand, TheLogSaysWhoDidWhatAndUnderWhichName) {
    const std::string id = import(put("a.yaml", kText));
    EXPECT_EQ(run({"edit", id, "--set", "/workflow/name=hourly", "--author", "Ada"}), 0);
    EXPECT_EQ(run({"name", id, "before", "--at", "1"}), 0) << err_;
    EXPECT_EQ(run({"log", id}), 0);
    EXPECT_THAT(out_, HasSubstr("\"position\":1,"));
    EXPECT_THAT(out_, HasSubstr("\"versions\":[\"before\"]"));
    EXPECT_THAT(out_, HasSubstr("\"position\":2,\"who\":\"Ada\""));
    EXPECT_EQ(run({"export", id, "--at", "before"}), 0);
    EXPECT_EQ(out_, kText);
}

TEST_F(ReplicaCommand, RestoreIsOneMoreChange) {
    const std::string id = import(put("a.yaml", kText));
    EXPECT_EQ(run({"edit", id, "--set", "/workflow/name=hourly"}), 0);
    EXPECT_EQ(run({"restore", id, "--at", "1"}), 0) << err_;
    EXPECT_EQ(run({"export", id}), 0);
    EXPECT_EQ(out_, kText);
    EXPECT_EQ(run({"status", id}), 0);
    EXPECT_THAT(out_, HasSubstr("\"changes\":3,"));
}

TEST_F(ReplicaCommand, SearchFindsWhatIsInIt) {
    const std::string id = import(put("a.yaml", kText));
    EXPECT_EQ(run({"search", "coll"}), 0);
    EXPECT_THAT(out_, HasSubstr("step: collect"));
    EXPECT_THAT(out_, HasSubstr(id.substr(0, 12)));
    EXPECT_EQ(run({"search", "nothing_like_this"}), 0);
    EXPECT_THAT(out_, IsEmpty());
}

TEST_F(ReplicaCommand, StatusCountsAndHashesWhatIsThere) {
    EXPECT_EQ(run({"status"}), 0);
    EXPECT_THAT(out_, HasSubstr("\"pipelines\":0,\"changes\":0,\"unsaved\":0"));
    const std::string id = import(put("a.yaml", kText));
    EXPECT_EQ(run({"status"}), 0);
    const std::string before = out_;
    EXPECT_THAT(before, HasSubstr("\"pipelines\":1,\"changes\":1,\"unsaved\":0"));
    EXPECT_EQ(run({"edit", id, "--set", "/workflow/name=hourly"}), 0);
    EXPECT_EQ(run({"status"}), 0);
    EXPECT_THAT(out_, HasSubstr("\"changes\":2,\"unsaved\":1"));
    EXPECT_NE(before.substr(before.find("\"hash\"")), out_.substr(out_.find("\"hash\"")));
}

TEST_F(ReplicaCommand, VerifyOfASoundReplicaFindsNothingWrong) {
    const std::string id = import(put("a.yaml", kText));
    EXPECT_EQ(run({"edit", id, "--set", "/workflow/name=hourly"}), 0);
    EXPECT_EQ(run({"verify"}), 0) << err_;
    EXPECT_THAT(out_, HasSubstr("{\"pipelines\":1,\"changes\":2,\"wrong\":0}"));
}

TEST_F(ReplicaCommand, AForgottenPipelineIsGoneAndItsFileStays) {
    const std::string path = put("a.yaml", kText);
    const std::string id = import(path);
    EXPECT_EQ(run({"forget", id}), 0) << err_;
    EXPECT_EQ(run({"list"}), 0);
    EXPECT_THAT(out_, IsEmpty());
    EXPECT_EQ(readFile(path), kText);
}

TEST_F(ReplicaCommand, AnUnknownPipelineCannotBeRead) {
    EXPECT_EQ(run({"export", "0123"}), 3);
    EXPECT_THAT(err_, HasSubstr("0123"));
}

TEST_F(ReplicaCommand, WrongUsageIsToldWithTheActions) {
    EXPECT_EQ(run({"polish"}), 2);
    EXPECT_THAT(err_, HasSubstr("import, list, export"));
    EXPECT_EQ(run({"edit"}), 2);
    EXPECT_EQ(run({"import"}), 2);
}

TEST_F(ReplicaCommand, AReplicaThatAnotherProgramHoldsIsRefused) {
    import(put("a.yaml", kText));
    const auto held = storage::ReplicaStore::open(folder_ / "replica", clock_, random_);
    ASSERT_TRUE(held);
    EXPECT_EQ(run({"list"}), 4);
    EXPECT_THAT(err_, Not(IsEmpty()));
}

}  // namespace
}  // namespace pe::cli
