// SPDX-License-Identifier: MIT
// CheckRun: one run of `pipeline check` over many files. Looking at files is spread over the cores;
// they are shown in the order given. Fixing goes file by file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "check_output.hpp"
#include "pe/check/checker.hpp"
#include "pe/check/diagnostic.hpp"
#include "pe/cli/program.hpp"
#include "pe/loader/verdict.hpp"
#include "pe/yaml/tree.hpp"
#include "pipeline_surroundings.hpp"

namespace pe::cli {

struct CheckRequest {
    check::Severity threshold = check::Severity::Information;
    bool fix = false;
    bool dryRun = false;
    std::vector<std::string> codes;  // to fix; empty: all
    std::string stepFolder;          // of a team's step types; empty: the nearest
};

class CheckRun {
public:
    CheckRun(const Environment& environment, const CheckRequest& request,
             const CheckOutput& output);

    ExitStatus run(const std::vector<std::string>& paths);

private:
    // What a look at one file has brought.
    struct Seen {
        std::string shown;
        bool findings = false;  // as severe as wanted
    };
    using Looks = std::vector<std::optional<Result<Seen>>>;  // by file
    Looks lookAt(const std::vector<std::string>& paths, std::size_t first, std::size_t count,
                 const Looks& before);
    void show(const Looks& looks);
    Result<Seen> look(const std::string& path, const Surroundings& around) const;
    Seen look(const std::string& path, std::string bytes, check::Checker& checker) const;
    void show(const Seen& seen);
    Result<void> fix(const std::string& path);
    Result<std::string> fixed(const std::string& path, const std::string& bytes,
                              const format::Catalogue& types, check::Checker& checker) const;
    // One that was asked for.
    bool hasSafeFix(const check::Checker& checker) const;
    void tell(const Error& error);

    const Environment& environment_;
    const CheckRequest& request_;
    const CheckOutput& output_;
    bool shownBefore_ = false;
    PipelineSurroundings surroundings_;
    ExitStatus status_ = ExitStatus::Done;
};

}  // namespace pe::cli
