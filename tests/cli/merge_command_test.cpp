// SPDX-License-Identifier: MIT
// `pipeline merge`: by hand, and as the merge driver of a real git repository.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "command_test.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/testing/temp_folder.hpp"

namespace pe::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::readFile;

constexpr const char* kBase =
    "workflow:\n  name: w\n  steps:\n    - name: one\n      type: claude\n      role: brain\n";

// The base with one text in it changed.
std::string with(const std::string& from, const std::string& to) {
    std::string text = kBase;
    return text.replace(text.find(from), from.size(), to);
}

class MergeCommand : public CommandTest {
protected:
    MergeCommand() : CommandTest("merge") {}
};

TEST_F(MergeCommand, WhatEachSideDidIsInTheResult) {
    put("base", kBase);
    put("ours", with("role: brain", "role: planner"));
    put("theirs", with("type: claude", "type: gemini"));
    EXPECT_EQ(run({"base", "ours", "theirs"}), 0);
    EXPECT_EQ(out_,
              "workflow:\n  name: w\n  steps:\n    - name: one\n      type: gemini\n"
              "      role: planner\n");
    EXPECT_THAT(err_, IsEmpty());
}

TEST_F(MergeCommand, TheResultGoesToTheFileThatIsNamed) {
    put("base", kBase);
    put("ours", kBase);
    put("theirs", with("name: w", "name: v"));
    EXPECT_EQ(run({"base", "ours", "theirs", "-o", "ours"}), 0);
    EXPECT_THAT(out_, IsEmpty());
    EXPECT_EQ(files_.read("ours")->bytes, with("name: w", "name: v"));
}

TEST_F(MergeCommand, AConflictIsToldWithAllThreeValuesAndShowsOurs) {
    put("base", kBase);
    put("ours", with("role: brain", "role: planner"));
    put("theirs", with("role: brain", "role: critic"));
    EXPECT_EQ(run({"base", "ours", "theirs"}), 1);
    EXPECT_EQ(out_, with("role: brain", "role: planner"));
    for (const char* part : {"ours:6: ", "base: brain", "ours: planner", "theirs: critic",
                             "1 conflict needs a person"})
        EXPECT_THAT(err_, HasSubstr(part));
}

TEST_F(MergeCommand, WhatIsNoYamlIsMergedByLinesWithMarkers) {
    put("base", "a: [\nb\n");
    put("ours", "a: [\nc\n");
    put("theirs", "a: [\nd\n");
    EXPECT_EQ(run({"base", "ours", "theirs"}), 1);
    EXPECT_THAT(out_, HasSubstr("<<<<<<<"));
    EXPECT_THAT(out_, HasSubstr("c\n=======\nd\n"));
}

TEST_F(MergeCommand, AMissingFileIsUnreadable) {
    put("base", kBase);
    EXPECT_EQ(run({"base", "base", "none"}), 3);
    EXPECT_THAT(err_, HasSubstr("none"));
}

TEST_F(MergeCommand, TwoFilesAreTooFew) {
    EXPECT_EQ(run({"base", "ours"}), 2);
}

// A repository with one pipeline in it and the driver set up as the guide says.
class MergeDriver : public ::testing::Test {
protected:
    void SetUp() override {
        if (std::system("git --version > /dev/null 2>&1") != 0)
            GTEST_SKIP() << "git is not installed";
        const std::string program = PE_BINARY_DIR "/bin/pipeline";
        ASSERT_EQ(git("init -q -b main ."), 0);
        for (const std::string& setting :
             {std::string("user.name Ada"), std::string("user.email ada@example.org"),
              std::string("commit.gpgsign false"),
              "merge.pipeline.driver '" + program + " merge %O %A %B -o %A'"})
            ASSERT_EQ(git("config " + setting), 0);
        put(".gitattributes", "*.yaml merge=pipeline\n");
        put("p.yaml", kBase);
        commit();
    }
    int git(const std::string& command) {
        return std::system(("cd '" + folder_.path().string() +
                            "' && GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git " +
                            command + " > git.log 2>&1")
                               .c_str());
    }
    void put(const std::string& name, const std::string& bytes) {
        std::ofstream(folder_ / name, std::ios::binary) << bytes;
    }
    void commit() {
        ASSERT_EQ(git("add .gitattributes p.yaml"), 0);
        ASSERT_EQ(git("commit -q -m change"), 0);
    }
    // Two branches, one with each text; merges theirs into ours.
    int merge(const std::string& ours, const std::string& theirs) {
        EXPECT_EQ(git("checkout -q -b theirs"), 0);
        put("p.yaml", theirs);
        commit();
        EXPECT_EQ(git("checkout -q main"), 0);
        put("p.yaml", ours);
        commit();
        return git("merge -q -m merge theirs");
    }
    std::string merged() { return readFile(folder_ / "p.yaml"); }

    testing::TempFolder folder_;
};

TEST_F(MergeDriver, NeighbouringLinesAreNoConflict) {
    EXPECT_EQ(merge(with("role: brain", "role: planner"), with("type: claude", "type: gemini")), 0)
        << readFile(folder_ / "git.log");
    EXPECT_EQ(merged(),
              "workflow:\n  name: w\n  steps:\n    - name: one\n      type: gemini\n"
              "      role: planner\n");
}

TEST_F(MergeDriver, StepsThatBothAppendedAreBothKept) {
    const std::string base = kBase;
    EXPECT_EQ(merge(base + "    - name: mine\n", base + "    - name: yours\n"), 0);
    EXPECT_EQ(merged(), base + "    - name: mine\n    - name: yours\n");
}

TEST_F(MergeDriver, OneValueChangedTwiceStopsTheMergeWithOurs) {
    EXPECT_NE(merge(with("role: brain", "role: planner"), with("role: brain", "role: critic")), 0);
    EXPECT_EQ(merged(), with("role: brain", "role: planner"));
    EXPECT_THAT(readFile(folder_ / "git.log"), HasSubstr("theirs: critic"));
    EXPECT_EQ(git("diff --name-only --diff-filter=U --exit-code"), 256);
}

}  // namespace
}  // namespace pe::cli
