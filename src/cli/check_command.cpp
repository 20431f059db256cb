// SPDX-License-Identifier: MIT
#include <iostream>
#include <map>
#include <optional>

#include "check_output.hpp"
#include "commands.hpp"
#include "disk_file_lookup.hpp"
#include "inputs.hpp"
#include "pe/check/checker.hpp"
#include "pe/check/fixing.hpp"
#include "pe/check/rules.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/loader/verdict.hpp"
#include "pe/yaml/second_reader.hpp"
#include "unified_diff.hpp"

namespace pe::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kScratchReplica = 1;

struct Request {
    check::Severity threshold = check::Severity::Information;
    bool fix = false;
    bool dryRun = false;
    std::vector<std::string> codes;  // to fix; empty: all
};

Result<check::Severity> severityFrom(const std::string& name) {
    for (const auto each : {check::Severity::Error, check::Severity::Warning,
                            check::Severity::Information, check::Severity::Hint})
        if (check::severityName(each) == name)
            return each;
    return fail(ErrorCode::InvalidArgument,
                "--severity takes error, warning, information or hint, not '" + name + "'");
}

Result<std::vector<std::string>> codesFrom(const Options& options) {
    std::vector<std::string> codes;
    for (const std::string& list : options.values("fix")) {
        std::size_t begin = 0;
        while (begin < list.size()) {
            const std::size_t comma = std::min(list.find(',', begin), list.size());
            codes.push_back(list.substr(begin, comma - begin));
            begin = comma + 1;
        }
    }
    for (const std::string& code : codes) {
        bool known = false;
        for (const check::RuleInfo& each : check::rules())
            known = known || check::fitsPattern(code, each.code);
        if (!known)
            return fail(ErrorCode::InvalidArgument,
                        "there is no rule '" + code + "'; `pipeline check --rules` lists them");
    }
    return codes;
}

Result<Request> requestFrom(const Options& options) {
    Request request;
    PE_TRY_ASSIGN(request.threshold, severityFrom(options.value("severity", "information")));
    PE_TRY_ASSIGN(request.codes, codesFrom(options));
    request.fix = options.has("fix");
    request.dryRun = options.has("dry-run");
    if (request.dryRun && !request.fix)
        return fail(ErrorCode::InvalidArgument, "--dry-run shows what --fix would do; give both");
    return request;
}

// The settings that count for the files of each folder.
class TeamSettings {
public:
    explicit TeamSettings(storage::FileSystem& files) : files_(files) {}

    Result<check::Settings> of(const fs::path& pipeline) {
        std::error_code ignored;
        const fs::path folder = fs::absolute(pipeline, ignored).parent_path().lexically_normal();
        const auto known = known_.find(folder);
        if (known != known_.end())
            return known->second;
        return known_.emplace(folder, read(folder)).first->second;
    }

private:
    Result<check::Settings> read(const fs::path& folder) {
        const fs::path home = nearestFolderWith(files_, folder, {check::kSettingsFile});
        if (home.empty())
            return check::Settings{};
        const fs::path file = home / check::kSettingsFile;
        PE_TRY_ASSIGN(const auto content, files_.read(file));
        auto settings = check::Settings::parse(content.bytes);
        if (!settings) {
            Error error = settings.error();
            error.message = file.string() + ": " + error.message;
            error.where = file.string();
            return tl::unexpected(std::move(error));
        }
        return settings;
    }

    storage::FileSystem& files_;
    std::map<fs::path, Result<check::Settings>> known_;
};

class CheckRun {
public:
    CheckRun(const Environment& environment, const Request& request, CheckOutput& output)
        : environment_(environment),
          request_(request),
          output_(output),
          settings_(environment.files) {}

    ExitStatus run(const std::vector<std::string>& paths) {
        const bool shows = !(request_.fix && request_.dryRun);
        if (shows)
            output_.begin();
        for (const std::string& path : paths)
            if (auto done = file(path); !done)
                status_ = worse(status_, report(done.error(), environment_));
        if (shows)
            output_.end();
        return status_;
    }

private:
    Result<void> file(const std::string& path) {
        const fs::path place(path == "-" ? std::string("stdin") : path);
        PE_TRY_ASSIGN(check::Settings settings, settings_.of(place));
        const DiskFileLookup lookup(environment_.files, place);
        check::Checker checker(format::Catalogue::builtIn(), std::move(settings), &lookup);
        std::optional<storage::FileStamp> stamp;
        std::string bytes;
        if (request_.fix && path != "-") {
            auto content = environment_.files.read(path);
            if (!content)
                return unreadable(content.error());
            stamp = content->stamp;
            bytes = std::move(content->bytes);
        } else {
            PE_TRY_ASSIGN(bytes, readInput(path, environment_));
        }
        if (request_.fix) {
            PE_TRY_ASSIGN(std::string after, fixed(bytes, checker));
            if (request_.dryRun)
                return showDiff(path, bytes, after);
            PE_TRY(save(path, bytes, after, stamp));
            bytes = std::move(after);
        }
        show(path, std::move(bytes), checker);
        return {};
    }

    static Result<void> unreadable(Error error) {
        if (error.code == ErrorCode::NotFound)
            error.code = ErrorCode::Unreadable;
        return tl::unexpected(std::move(error));
    }

    Result<std::string> fixed(const std::string& bytes, check::Checker& checker) {
        const auto document = document::Document::open(kScratchReplica, bytes, environment_.clock);
        if (check::applySafeFixes(*document, checker, request_.codes).empty())
            return bytes;
        if (!document->hasDraft())
            PE_TRY(yaml::agreesWithSecondReader(yaml::parse(document->text())));
        return document->text();
    }

    Result<void> showDiff(const std::string& path, const std::string& before,
                          const std::string& after) {
        std::string_view name = path;
        while (name.starts_with('/'))
            name.remove_prefix(1);
        environment_.out << unifiedDiff(before, after, name);
        if (before != after)
            status_ = worse(status_, ExitStatus::Findings);
        return {};
    }

    Result<void> save(const std::string& path, const std::string& before, const std::string& after,
                      const std::optional<storage::FileStamp>& stamp) {
        if (before == after)
            return {};
        if (path == "-")
            return fail(ErrorCode::InvalidArgument,
                        "standard input cannot be fixed in place; --dry-run shows the changes");
        PE_TRY(environment_.files.writeAtomically(path, after, stamp));
        return {};
    }

    void show(const std::string& path, std::string bytes, check::Checker& checker) {
        const yaml::Tree tree = yaml::parse(std::move(bytes));
        const loader::Verdicts verdicts = loader::verdicts(tree);
        const auto subject = check::subjectOf(tree);
        CheckedFile file{path, tree, verdicts, {}};
        bool refused = false;
        for (const check::Diagnostic& each : checker.check(*subject)) {
            refused = refused || each.severity == check::Severity::Error;
            if (each.severity <= request_.threshold)
                file.diagnostics.push_back(&each);
        }
        const check::Diagnostic unread = unreadableForEngine(verdicts);
        if (!verdicts.parses && !refused)
            file.diagnostics.insert(file.diagnostics.begin(), &unread);
        if (!file.diagnostics.empty())
            status_ = worse(status_, ExitStatus::Findings);
        output_.file(file);
    }

    // What only the engine's own reader stops on has no place of its own.
    static check::Diagnostic unreadableForEngine(const loader::Verdicts& verdicts) {
        check::Diagnostic found;
        found.code = "yaml.refused";
        found.severity = check::Severity::Error;
        found.message = "The engine's own YAML reader refuses this file.";
        found.why = verdicts.config.message;
        return found;
    }

    const Environment& environment_;
    const Request& request_;
    CheckOutput& output_;
    TeamSettings settings_;
    ExitStatus status_ = ExitStatus::Done;
};

}  // namespace

ExitStatus runCheck(const Arguments& arguments, const Environment& environment) {
    const auto options = Options::parse(arguments, {{"format", OptionKind::Value},
                                                    {"files-from", OptionKind::Value},
                                                    {"severity", OptionKind::Value},
                                                    {"fix", OptionKind::OptionalValue},
                                                    {"dry-run", OptionKind::Flag},
                                                    {"rules", OptionKind::Flag}});
    if (!options)
        return report(options.error(), environment);
    const std::string format = options->value("format", "text");
    const auto output = checkOutput(format, environment.out);
    if (!output)
        return report({ErrorCode::InvalidArgument,
                       "--format takes text, json or sarif, not '" + format + "'",
                       {}},
                      environment);
    if (options->has("rules")) {
        printRules(format, environment.out);
        return ExitStatus::Done;
    }
    const auto request = requestFrom(*options);
    if (!request)
        return report(request.error(), environment);
    const auto paths = inputPaths(*options, environment);
    if (!paths)
        return report(paths.error(), environment);
    return CheckRun(environment, *request, *output).run(*paths);
}

}  // namespace pe::cli
