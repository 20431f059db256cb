// SPDX-License-Identifier: MIT
// The real `pipeline` in a process of its own: what it reads and writes besides files.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "pe/testing/temp_folder.hpp"

namespace pe::cli {
namespace {

constexpr const char* kFixable =
    "workflow:\n  name: a\n  steps:\n    - name: s\n      type: claude\n      prompt: hi\n";

class Streams : public ::testing::Test {
protected:
    void SetUp() override {
        std::ofstream(folder_ / "a.yaml") << "workflow: {name: a, steps: []}\n";
    }
    // The exit status of a line of bash, run in the folder; `$P` is the program.
    int bash(const std::string& line) {
        std::ofstream(folder_ / "line.sh") << line;
        const std::string folder = folder_.path().string();
        const std::string command = "cd '" + folder +
                                    "' && P='" PE_BINARY_DIR
                                    "/bin/pipeline' timeout 60 bash line.sh > out 2> err";
        const int status = std::system(command.c_str());  // NOLINT(concurrency-mt-unsafe)
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    std::string get(const char* name) const {
        std::stringstream text;
        text << std::ifstream(folder_ / name).rdbuf();
        return text.str();
    }

    testing::TempFolder folder_;
};

TEST_F(Streams, WhatCannotBeReadIsStatusThree) {
    EXPECT_EQ(bash("\"$P\" check - < /"), 3);
    EXPECT_NE(get("err").find("cannot be read"), std::string::npos);
    EXPECT_EQ(bash("\"$P\" value - <&-"), 3);
    EXPECT_EQ(bash("mkfifo p && \"$P\" check p"), 3);
    EXPECT_EQ(bash("\"$P\" check --files-from - < /"), 3);
}

TEST_F(Streams, PipesThatAShellHandsOverAreRead) {
    EXPECT_EQ(bash("\"$P\" value <(cat a.yaml)"), 0) << get("err");
    EXPECT_NE(get("out").find("\"name\": \"a\""), std::string::npos) << get("out");
    EXPECT_EQ(bash("\"$P\" value --files-from <(echo a.yaml)"), 0) << get("err");
    EXPECT_EQ(bash("cat a.yaml | \"$P\" diff a.yaml /dev/stdin"), 0) << get("err");
    std::ofstream(folder_ / "b.yaml") << kFixable;
    EXPECT_EQ(bash("\"$P\" check --fix <(cat b.yaml)"), 2);
    EXPECT_NE(get("err").find("cannot be changed in place"), std::string::npos) << get("err");
}

TEST_F(Streams, WhatCannotBeWrittenIsToldAndStatusFour) {
    EXPECT_EQ(bash("\"$P\" schema > /dev/full"), 4);
    EXPECT_NE(get("err").find("cannot be written"), std::string::npos);
    EXPECT_EQ(bash("\"$P\" value a.yaml >&-"), 4);
}

TEST_F(Streams, SavesAtTheSameTimeDoNotDisturbEachOther) {
    std::ofstream(folder_ / "b.yaml") << kFixable;
    EXPECT_EQ(bash("cp b.yaml was\nfor i in $(seq 20); do\n  cp was b.yaml\n"
                   "  for j in 1 2 3 4 5 6; do (\"$P\" check --fix b.yaml || echo $? >> failed) & "
                   "done\n  wait\ndone\ntest ! -s failed"),
              0)
        << get("err");
    EXPECT_NE(get("b.yaml").find("type: static"), std::string::npos);
}

}  // namespace
}  // namespace pe::cli
