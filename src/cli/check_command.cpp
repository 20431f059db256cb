// SPDX-License-Identifier: MIT
#include <algorithm>

#include "check_output.hpp"
#include "check_run.hpp"
#include "commands.hpp"
#include "inputs.hpp"
#include "pe/check/fixing.hpp"
#include "pe/check/rules.hpp"
#include "step_folder_reader.hpp"

namespace pe::cli {
namespace {

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

Result<CheckRequest> requestFrom(const Options& options) {
    CheckRequest request;
    PE_TRY_ASSIGN(request.threshold, severityFrom(options.value("severity", "information")));
    PE_TRY_ASSIGN(request.codes, codesFrom(options));
    request.fix = options.has("fix");
    request.dryRun = options.has("dry-run");
    request.stepFolder = namedStepFolder(options.value("plugins"));
    if (request.dryRun && !request.fix)
        return fail(ErrorCode::InvalidArgument, "--dry-run shows what --fix would do; give both");
    if (request.dryRun && options.has("format"))
        return fail(ErrorCode::InvalidArgument,
                    "--dry-run prints a diff; --format is for findings, leave it out");
    return request;
}

}  // namespace

ExitStatus runCheck(const Arguments& arguments, const Environment& environment) {
    const auto options = Options::parse(arguments, {{"format", OptionKind::Value},
                                                    {"files-from", OptionKind::Value},
                                                    {"severity", OptionKind::Value},
                                                    {"fix", OptionKind::OptionalValue},
                                                    {"dry-run", OptionKind::Flag},
                                                    {"plugins", OptionKind::Value},
                                                    {"rules", OptionKind::Flag}});
    if (!options)
        return report(options.error(), environment);
    const std::string format = options->value("format", "text");
    const auto output = checkOutput(format);
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
