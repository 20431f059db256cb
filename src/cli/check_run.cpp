// SPDX-License-Identifier: MIT
#include "check_run.hpp"

#include <algorithm>
#include <iostream>
#include <set>
#include <utility>

#include "inputs.hpp"
#include "parallel.hpp"
#include "pe/check/fixing.hpp"
#include "pe/document/document.hpp"
#include "pe/yaml/second_reader.hpp"
#include "unified_diff.hpp"

namespace pe::cli {
namespace {

constexpr std::uint64_t kScratchReplica = 1;
constexpr std::size_t kFilesAtOnce = 1024;  // what they show is held until then

// The name under which standard input finds its surroundings: a file in the working folder.
std::string placeOf(const std::string& path) {
    return path == "-" ? "stdin" : path;
}

}  // namespace

CheckRun::CheckRun(const Environment& environment, const CheckRequest& request,
                   const CheckOutput& output)
    : environment_(environment),
      request_(request),
      output_(output),
      surroundings_(environment.files, request.stepFolder) {}

void CheckRun::tell(const Error& error) {
    status_ = worse(status_, report(error, environment_));
}

ExitStatus CheckRun::run(const std::vector<std::string>& paths) {
    const bool shows = !(request_.fix && request_.dryRun);
    if (shows)
        environment_.out << output_.begin();
    if (request_.fix) {
        std::set<std::string_view> fixed;  // a file that is listed twice is one file
        for (const std::string& path : paths)
            if (fixed.insert(path).second)
                if (const auto done = fix(path); !done)
                    tell(done.error());
    } else {
        Looks done;
        for (std::size_t at = 0; at < paths.size(); at += kFilesAtOnce)
            done = lookAt(paths, at, std::min(kFilesAtOnce, paths.size() - at), done);
        show(done);
    }
    if (shows)
        environment_.out << output_.end();
    return status_;
}

// What files share is read before, by one thread, and so is standard input. What was seen of the
// files before is shown meanwhile.
CheckRun::Looks CheckRun::lookAt(const std::vector<std::string>& paths, std::size_t first,
                                 std::size_t count, const Looks& before) {
    std::vector<Result<const Surroundings*>> around;
    Looks looks(count);
    for (std::size_t i = 0; i < count; ++i) {
        around.push_back(surroundings_.of(placeOf(paths[first + i])));
        if (!around[i])
            looks[i] = tl::unexpected(around[i].error());
        else if (paths[first + i] == "-")
            looks[i] = look(paths[first + i], **around[i]);
    }
    inParallel(environment_.threads, count + 1, [&](std::size_t i) {
        if (i == 0)
            show(before);
        else if (!looks[i - 1])
            looks[i - 1] = look(paths[first + i - 1], **around[i - 1]);
    });
    return looks;
}

void CheckRun::show(const Looks& looks) {
    for (const std::optional<Result<Seen>>& each : looks) {
        if (*each)
            show(**each);
        else
            tell(each->error());
    }
}

Result<CheckRun::Seen> CheckRun::look(const std::string& path, const Surroundings& around) const {
    check::Checker checker(*around.catalogue, around.settings, around.files.get());
    PE_TRY_ASSIGN(std::string bytes, readInput(path, environment_));
    return look(path, std::move(bytes), checker);
}

CheckRun::Seen CheckRun::look(const std::string& path, std::string bytes,
                              check::Checker& checker) const {
    const yaml::Tree tree = yaml::parse(std::move(bytes));
    const loader::Verdicts verdicts = loader::verdicts(tree);
    CheckedFile file{path, tree, verdicts, {}};
    const auto subject = check::subjectOf(tree);
    for (const check::Diagnostic& each : checker.check(*subject, &verdicts))
        if (each.severity <= request_.threshold)
            file.diagnostics.push_back(&each);
    return {output_.file(file), !file.diagnostics.empty()};
}

void CheckRun::show(const Seen& seen) {
    if (seen.findings)
        status_ = worse(status_, ExitStatus::Findings);
    if (seen.shown.empty())
        return;
    environment_.out << (shownBefore_ ? output_.separator() : std::string_view()) << seen.shown;
    shownBefore_ = true;
}

Result<void> CheckRun::fix(const std::string& path) {
    PE_TRY_ASSIGN(const Surroundings* around, surroundings_.of(placeOf(path)));
    check::Checker checker(*around->catalogue, around->settings, around->files.get());
    PE_TRY_ASSIGN(const WorkFile file, readWorkFile(path, environment_));
    PE_TRY_ASSIGN(std::string after, fixed(path, file.bytes, *around->catalogue, checker));
    if (request_.dryRun) {
        environment_.out << unifiedDiff(file.bytes, after, path);
        if (file.bytes != after)
            status_ = worse(status_, ExitStatus::Findings);
        return {};
    }
    PE_TRY(writeBack(file, after, environment_));
    show(look(path, std::move(after), checker));
    return {};
}

bool CheckRun::hasSafeFix(const check::Checker& checker) const {
    const auto& all = checker.diagnostics();
    return std::any_of(all.begin(), all.end(), [this](const check::Diagnostic& each) {
        return check::isWanted(each.code, request_.codes) &&
               std::any_of(each.fixes.begin(), each.fixes.end(),
                           [](const check::Fix& fix) { return fix.safe; });
    });
}

Result<std::string> CheckRun::fixed(const std::string& path, const std::string& bytes,
                                    const format::Catalogue& types, check::Checker& checker) const {
    const auto document = document::Document::open(kScratchReplica, bytes, environment_.clock);
    document->setStepTypes(types);
    if (check::applySafeFixes(*document, checker, request_.codes).empty()) {
        if (document->hasDraft() && hasSafeFix(checker))
            environment_.err << "pipeline: " << path
                             << ": nothing was fixed, because the YAML cannot be edited: "
                             << document::obstacleText(*document) << '\n';
        return bytes;
    }
    if (!document->hasDraft())
        PE_TRY(yaml::agreesWithSecondReader(yaml::parse(document->text())));
    return document->text();
}

}  // namespace pe::cli
