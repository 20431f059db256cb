// SPDX-License-Identifier: MIT
#include <iostream>

#include "commands.hpp"
#include "inputs.hpp"
#include "json_text.hpp"
#include "pe/loader/verdict.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe::cli {

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
        const loader::Verdicts verdicts = loader::verdicts(yaml::parse(std::move(*bytes)));
        environment.out << "{\"file\":" << jsonText(readableName(path));
        if (verdicts.parses) {
            environment.out << ",\"value\":" << yaml::toJson(*verdicts.read) << "}\n";
        } else {
            environment.out << ",\"parse_error\":" << jsonText(verdicts.config.message) << "}\n";
            status = worse(status, ExitStatus::Findings);
        }
    }
    return status;
}

}  // namespace pe::cli
