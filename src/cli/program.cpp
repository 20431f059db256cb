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

const std::vector<CommandInfo>& commands() {
    static const std::vector<CommandInfo> kCommands = {
        {"value", "print the value that the engine reads, one JSON object a file",
         "[--files-from LIST] FILE...", runValue},
        {"render", "print a file after a round trip through the whole document machinery",
         "[--check] [--files-from LIST] FILE...\n\n"
         "--check prints only the names of files that would change (exit 1 if any).",
         runRender},
        {"edit", "change a file as the editor would, touching only the lines concerned",
         "FILE (--set POINTER=VALUE)... | --script EDITS.json [--in-place]\n\n"
         "VALUE replaces text by text as it stands; where the field holds a number, a boolean, "
         "null, a\n"
         "list or a mapping, or is not there yet, VALUE is read as JSON if it is JSON.\n"
         "EDITS.json: an array of {\"op\":\"set\",\"path\",\"value\"}, "
         "{\"op\":\"insert\",\"path\",\"value\"\n"
         "[,\"after\":KEY]}, {\"op\":\"remove\",\"path\"}, {\"op\":\"move\",\"path\",\"to\"},\n"
         "{\"op\":\"splice\",\"path\",\"at\",\"delete\",\"insert\"}, "
         "{\"op\":\"rename-step\",\"path\",\"name\"}.",
         runEdit},
        {"graph", "print the steps and references of a file, laid out",
         "FILE [--format json|svg|dot]", runGraph},
        {"bench", "measure the document machinery", "document [--steps N]", runBench},
    };
    return kCommands;
}

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
