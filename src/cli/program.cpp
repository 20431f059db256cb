// SPDX-License-Identifier: MIT
#include "pe/cli/program.hpp"

#include <algorithm>
#include <iostream>

#include "commands.hpp"

namespace pe::cli {
namespace {

void printOverview(std::ostream& out) {
    out << "pipeline - read, change and draw pipeline files (YAML v2) without a window\n\n"
           "usage: pipeline COMMAND [OPTION...] FILE...\n\ncommands:\n";
    std::size_t width = 0;
    for (const CommandInfo& each : commands())
        width = std::max(width, each.name.size());
    for (const CommandInfo& each : commands())
        out << "  " << each.name << std::string(width + 2 - each.name.size(), ' ') << each.summary
            << '\n';
    out << "\n`pipeline COMMAND --help` says more. FILE `-` is standard input; --files-from LIST "
           "reads\n"
           "paths, one a line. Exit status: 0 done, 1 findings or differences, 2 wrong usage,\n"
           "3 input unreadable, 4 refused.\n";
}

void printUsage(const CommandInfo& command, std::ostream& out) {
    out << "usage: pipeline " << command.name << ' ' << command.usage << "\n\n"
        << command.summary << '\n';
}

}  // namespace

ExitStatus runPipeline(const std::vector<std::string>& arguments, const Environment& environment) {
    if (arguments.empty()) {
        printOverview(environment.err);
        return ExitStatus::WrongUsage;
    }
    const std::string& name = arguments.front();
    if (name == "--help" || name == "-h" || name == "help") {
        printOverview(environment.out);
        return ExitStatus::Done;
    }
    if (name == "--version") {
        environment.out << "pipeline " PE_VERSION "\n";
        return ExitStatus::Done;
    }
    const auto& known = commands();
    const auto command = std::find_if(known.begin(), known.end(),
                                      [&](const CommandInfo& each) { return each.name == name; });
    if (command == known.end()) {
        environment.err << "pipeline: there is no command '" << name
                        << "'; `pipeline --help` lists them\n";
        return ExitStatus::WrongUsage;
    }
    const std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
    for (const std::string& each : rest) {
        if (each == "--")
            break;
        if (each != "--help" && each != "-h")
            continue;
        printUsage(*command, environment.out);
        return ExitStatus::Done;
    }
    return command->run(rest, environment);
}

}  // namespace pe::cli
