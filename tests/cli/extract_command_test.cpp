// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "command_test.hpp"
#include "pe/testing/faulty_file_system.hpp"

namespace pe::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kText =
    "workflow:\n  name: w\n  steps:\n    - name: plan   # first\n      type: claude\n"
    "      prompt: [{type: static, content: hi}]\n    - name: write\n      type: claude\n"
    "      prompt:\n        - type: static\n          content: \"{{steps.plan.text}}\"\n"
    "    - name: last\n      type: claude\n      prompt:\n"
    "        - {type: previous_response, step: write, extract: text}\n";

class ExtractCommand : public CommandTest {
protected:
    void SetUp() override { files_.edit("w.yaml", kText); }
};

TEST_F(ExtractCommand, MovesStepsIntoAFileAndBack) {
    ASSERT_EQ(run({"extract", "w.yaml", "--steps", "plan..write", "--name", "draft", "--file",
                   "draft.yaml"}),
              0)
        << err_;
    EXPECT_THAT(get("w.yaml"), HasSubstr("pipeline_file: draft.yaml"));
    EXPECT_THAT(get("w.yaml"), HasSubstr("step: draft, extract: write.text"));
    EXPECT_THAT(get("draft.yaml"), HasSubstr("name: plan   # first"));
    EXPECT_EQ(run({"check", "--severity", "error", "draft.yaml"}), 0) << out_;
    ASSERT_EQ(run({"inline", "w.yaml", "--step", "draft"}), 0) << err_;
    EXPECT_EQ(get("w.yaml"), kText);
}

TEST_F(ExtractCommand, WithoutAFileThePipelineStandsInPlace) {
    const std::string two = kText.substr(0, kText.find("    - name: last"));
    files_.edit("two.yaml", two);
    ASSERT_EQ(run({"extract", "two.yaml", "--steps", "write", "--name", "sub"}), 0) << err_;
    EXPECT_THAT(get("two.yaml"), HasSubstr("      pipeline:\n        name: sub\n"));
    ASSERT_EQ(run({"inline", "two.yaml", "--step", "sub"}), 0) << err_;
    EXPECT_EQ(get("two.yaml"), two);
}

TEST_F(ExtractCommand, KeepsTheStepsThatOtherFilesName) {
    const std::string root = std::filesystem::current_path().string();
    const std::string main = root + "/parts/main.yaml";
    const std::string steps =
        "workflow:\n  name: m\n  steps:\n    - {name: plan, type: claude}\n"
        "    - {name: write, type: claude}\n    - {name: last, type: claude}\n";
    const std::string outer =
        "workflow:\n  name: o\n  steps:\n    - name: run\n      type: pipeline\n"
        "      pipeline_file: parts/main.yaml\n      outputs: [write]\n";
    for (const std::string& each : {root + "/.git", root + "/parts", std::string("parts")})
        ASSERT_TRUE(files_.createFolders(each));
    put(main, steps);
    put(root + "/outer.yaml", outer);
    const std::vector<std::string> here{"extract",     main,     "--steps",
                                        "plan..write", "--name", "drafts"};
    std::vector<std::string> intoFile = here;
    intoFile.insert(intoFile.end(), {"--file", "parts/drafts.yaml"});
    for (const auto& command : {here, intoFile}) {
        EXPECT_EQ(run(command), 4);
        EXPECT_THAT(err_, HasSubstr("outer.yaml, line 7: 'write'"));
        EXPECT_THAT(err_, Not(HasSubstr("note")));
    }
    EXPECT_EQ(get(main), steps);
    // Nobody names the steps that move.
    put(root + "/outer.yaml", replaced(outer, "[write]", "[last]"));
    EXPECT_EQ(run(intoFile), 0) << err_;
    EXPECT_THAT(err_, HasSubstr("note: 'drafts' fails if its steps take longer"));
    put(root + "/outer.yaml", replaced(outer, "[write]", "[drafts]"));
    EXPECT_EQ(run({"inline", main, "--step", "drafts"}), 4);
    EXPECT_THAT(err_, HasSubstr("outer.yaml, line 7: 'drafts'"));
    put(root + "/outer.yaml", outer);
    EXPECT_EQ(run({"inline", main, "--step", "drafts"}), 0) << err_;
    EXPECT_EQ(get(main), steps);
}

TEST_F(ExtractCommand, ADryRunShowsBothFilesAndWritesNothing) {
    ASSERT_EQ(run({"extract", "w.yaml", "--steps", "write", "--name", "sub", "--file", "sub.yaml",
                   "--dry-run"}),
              0)
        << err_;
    EXPECT_THAT(out_, HasSubstr("+++ b/sub.yaml"));
    EXPECT_THAT(out_, HasSubstr("+      pipeline_file: sub.yaml"));
    EXPECT_EQ(get("w.yaml"), kText);
    EXPECT_FALSE(files_.exists("sub.yaml"));
}

TEST_F(ExtractCommand, WhateverFailsNothingIsHalfDone) {
    testing::FaultyFileSystem faulty(files_);
    int failures = 0;
    for (std::uint64_t call = 1;; ++call) {
        faulty.failCall(call);
        std::istringstream in;
        std::ostringstream out;
        const auto status = runPipeline(
            {"extract", "w.yaml", "--steps", "plan..write", "--name", "draft", "--file", "d.yaml"},
            {in, out, out, faulty, clock_, 1});
        if (!faulty.failed())
            break;
        if (status == ExitStatus::Done) {  // without a look at a folder of other files
            files_.edit("w.yaml", kText);
            ASSERT_TRUE(files_.remove("d.yaml"));
            continue;
        }
        ++failures;
        EXPECT_EQ(get("w.yaml"), kText) << call;
        EXPECT_FALSE(files_.exists("d.yaml")) << call;
    }
    EXPECT_GT(failures, 2);
}

TEST_F(ExtractCommand, RefusalsWriteNothingAndNameThePlace) {
    EXPECT_EQ(run({"extract", "w.yaml", "--steps", "gone", "--name", "s", "--file", "s.yaml"}), 4);
    EXPECT_EQ(run({"extract", "w.yaml", "--steps", "write..plan", "--name", "s"}), 4);
    files_.edit("s.yaml", "mine\n");
    EXPECT_EQ(run({"extract", "w.yaml", "--steps", "plan", "--name", "s", "--file", "s.yaml"}), 4);
    EXPECT_EQ(get("s.yaml"), "mine\n");
    EXPECT_EQ(run({"extract", "w.yaml", "--steps", "last", "--name", "s", "--file", "t.yaml"}), 4);
    EXPECT_THAT(err_, HasSubstr("w.yaml: /workflow/steps/2/prompt/0/step"));
    EXPECT_FALSE(files_.exists("t.yaml"));
    EXPECT_EQ(get("w.yaml"), kText);
    EXPECT_EQ(run({"inline", "w.yaml", "--step", "plan"}), 4);
    files_.edit("loop.yaml",
                "workflow:\n  name: l\n  steps:\n    - name: each\n      type: for_loop\n"
                "      steps: [{name: inner, type: claude}]\n");
    EXPECT_EQ(run({"extract", "loop.yaml", "--steps", "inner", "--name", "s"}), 4);
    EXPECT_THAT(err_, HasSubstr("'inner' stands inside another step"));
    EXPECT_EQ(run({"inline", "w.yaml"}), 2);
    EXPECT_EQ(run({"extract", "absent.yaml", "--steps", "a", "--name", "s"}), 3);
}

}  // namespace
}  // namespace pe::cli
