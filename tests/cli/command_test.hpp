// SPDX-License-Identifier: MIT
// CommandTest: a command run over files in memory, what it printed and its exit status.
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "pe/cli/program.hpp"
#include "pe/testing/memory_file_system.hpp"

namespace pe::cli {

class CommandTest : public ::testing::Test {
protected:
    // `command` stands before the arguments of every run, unless it is empty.
    explicit CommandTest(std::string command = {}) : command_(std::move(command)) {}

    void put(const std::string& path, const std::string& bytes) { files_.edit(path, bytes); }
    std::string get(const std::string& path) { return files_.read(path)->bytes; }

    int run(std::vector<std::string> arguments, const std::string& input = {}) {
        if (!command_.empty())
            arguments.insert(arguments.begin(), command_);
        std::istringstream in(input);
        std::ostringstream out;
        std::ostringstream err;
        const auto status = runPipeline(arguments, {in, out, err, files_, clock_, threads_});
        out_ = out.str();
        err_ = err.str();
        return static_cast<int>(status);
    }

    // The text with one part of it changed.
    static std::string replaced(std::string text, const std::string& from, const std::string& to) {
        return text.replace(text.find(from), from.size(), to);
    }

    testing::MemoryFileSystem files_;
    FakeClock clock_;
    unsigned threads_ = 1;
    std::string out_;
    std::string err_;

private:
    std::string command_;
};

}  // namespace pe::cli
