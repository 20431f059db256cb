// SPDX-License-Identifier: MIT
#include <iostream>

#include "commands.hpp"
#include "inputs.hpp"
#include "json_text.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe::cli {
namespace {

// What the engine's loader makes of the text; an error is its reason to refuse it.
Result<yaml::Value> load(const yaml::Tree& tree) {
    for (const yaml::Problem& problem : tree.problems()) {
        if (problem.severity != yaml::Severity::Error)
            continue;
        const yaml::Position at = yaml::LineIndex(tree.text()).position(problem.begin);
        return fail(ErrorCode::Unreadable, problem.message + " (line " + std::to_string(at.line) +
                                               ", column " + std::to_string(at.column) + ")");
    }
    return yaml::loadValue(tree);
}

}  // namespace

ExitStatus runValue(const Arguments& arguments, const Environment& environment) {
    const auto options = Options::parse(arguments, {{"files-from", OptionKind::Value}});
    if (!options)
        return report(options.error(), environment);
    const auto paths = inputPaths(*options, environment);
    if (!paths)
        return report(paths.error(), environment);
    ExitStatus status = ExitStatus::Done;
    for (const std::string& path : *paths) {
        auto bytes = readInput(path, environment);
        if (!bytes) {
            status = worse(status, report(bytes.error(), environment));
            continue;
        }
        const auto value = load(yaml::parse(std::move(*bytes)));
        environment.out << "{\"file\":" << jsonText(readableName(path));
        if (value)
            environment.out << ",\"value\":" << yaml::toJson(*value) << "}\n";
        else
            environment.out << ",\"parse_error\":"
                            << yaml::toJson(yaml::Value::ofString(value.error().message)) << "}\n";
        if (!value)
            status = worse(status, ExitStatus::Findings);
    }
    return status;
}

}  // namespace pe::cli
