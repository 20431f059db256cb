// SPDX-License-Identifier: MIT
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "inputs.hpp"
#include "json_text.hpp"
#include "pe/compare/difference.hpp"
#include "pe/compare/listing.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe::cli {
namespace {

using compare::Difference;
using compare::DifferenceKind;

// What git names the side of a file that is not there.
constexpr std::string_view kNoFile = "/dev/null";

Result<yaml::Tree> readPipeline(const std::string& path, const Environment& environment) {
    if (path == kNoFile)
        return yaml::parse("");
    PE_TRY_ASSIGN(std::string bytes, readInput(path, environment));
    yaml::Tree tree = yaml::parse(std::move(bytes));
    for (const yaml::Problem& problem : tree.problems()) {
        if (problem.severity != yaml::Severity::Error)
            continue;
        const yaml::Position at = yaml::LineIndex(tree.text()).position(problem.begin);
        return fail(ErrorCode::Unreadable,
                    path + ':' + std::to_string(at.line) + ':' + std::to_string(at.column) + ": " +
                        problem.message,
                    path);
    }
    return tree;
}

char signOf(DifferenceKind kind) {
    switch (kind) {
        case DifferenceKind::StepAdded:
        case DifferenceKind::FieldAdded:
            return '+';
        case DifferenceKind::StepRemoved:
        case DifferenceKind::FieldRemoved:
            return '-';
        default:
            return '~';
    }
}

std::string_view colorOf(char sign) {
    return sign == '+' ? "\033[32m" : sign == '-' ? "\033[31m" : "\033[33m";
}

bool isOnTerminal(const Environment& environment) {
    return &environment.out == &std::cout && isatty(STDOUT_FILENO) == 1 &&
           std::getenv("NO_COLOR") == nullptr;
}

// Appends the lines of a text that a difference is about, each with its sign.
void printLines(std::ostream& out, std::string_view text, char sign) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        out << "      " << sign << ' ' << text.substr(0, end) << '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

// Values too long for the sentence stand below it: texts as their lines, all else as JSON.
void printValue(std::ostream& out, const std::string& json, char sign) {
    const auto value = yaml::fromJson(json);
    if (value && value->isString())
        printLines(out, value->text, sign);
    else
        printLines(out, json, sign);
}

void printDetails(std::ostream& out, const Difference& difference) {
    const bool isComment = difference.kind == DifferenceKind::CommentChanged;
    if (isComment) {
        printLines(out, difference.before, '-');
        printLines(out, difference.after, '+');
        return;
    }
    const auto isSaid = [&](const std::string& value) {
        return value.empty() || difference.sentence.find(value) != std::string::npos;
    };
    const bool isField = difference.kind == DifferenceKind::FieldChanged ||
                         difference.kind == DifferenceKind::FieldAdded ||
                         difference.kind == DifferenceKind::FieldRemoved;
    if (!isField || (isSaid(difference.before) && isSaid(difference.after)))
        return;
    printValue(out, difference.before, '-');
    printValue(out, difference.after, '+');
}

void printText(const std::vector<Difference>& found, const Environment& environment) {
    const bool colored = isOnTerminal(environment);
    for (const Difference& difference : found) {
        const char sign = signOf(difference.kind);
        if (colored)
            environment.out << colorOf(sign);
        environment.out << sign << ' ' << difference.sentence;
        if (colored)
            environment.out << "\033[0m";
        environment.out << '\n';
        printDetails(environment.out, difference);
    }
}

void printMember(std::ostream& out, std::string_view name, const std::string& json) {
    out << ",\"" << name << "\":" << (json.empty() ? "null" : json);
}

void printJson(const std::vector<Difference>& found, const std::vector<std::string>& files,
               std::ostream& out) {
    out << "{\"before\":" << jsonText(readableName(files[0]))
        << ",\"after\":" << jsonText(readableName(files[1])) << ",\"differences\":[";
    const char* separator = "";
    for (const Difference& each : found) {
        const bool isComment = each.kind == DifferenceKind::CommentChanged;
        const auto value = [isComment](const std::string& held) {
            return isComment && !held.empty() ? jsonText(held) : held;
        };
        const auto path = [](bool isThere, const std::string& pointer) {
            return isThere ? jsonText(pointer) : std::string();
        };
        out << separator << "{\"kind\":" << jsonText(compare::kindName(each.kind));
        printMember(out, "pathBefore", path(!each.pathBefore.empty(), each.pathBefore));
        printMember(out, "pathAfter", path(!each.pathAfter.empty(), each.pathAfter));
        printMember(out, "step", each.step.empty() ? "" : jsonText(each.step));
        printMember(out, "field", each.field.empty() ? "" : jsonText(each.field));
        printMember(out, "before", value(each.before));
        printMember(out, "after", value(each.after));
        printMember(out, "sentence", jsonText(each.sentence));
        if (each.kind == DifferenceKind::StepRenamed) {
            std::string list;
            for (const std::string& reference : each.references)
                list += (list.empty() ? "" : ",") + jsonText(reference);
            printMember(out, "references", '[' + list + ']');
        }
        out << '}';
        separator = ",";
    }
    out << "]}\n";
}

// The listing of a file for `git diff`; a file that is no YAML is listed as it is.
ExitStatus printListing(const std::string& path, const Environment& environment) {
    auto bytes = readInput(path, environment);
    if (!bytes)
        return report(bytes.error(), environment);
    const yaml::Tree tree = yaml::parse(std::move(*bytes));
    environment.out << (tree.editable() ? compare::listing(tree, format::Catalogue::builtIn())
                                        : tree.text());
    return ExitStatus::Done;
}

}  // namespace

ExitStatus runDiff(const Arguments& arguments, const Environment& environment) {
    const auto options =
        Options::parse(arguments, {{"format", OptionKind::Value}, {"textconv", OptionKind::Value}});
    if (!options)
        return report(options.error(), environment);
    const auto& files = options->operands();
    if (options->has("textconv") && files.empty())
        return printListing(options->value("textconv"), environment);
    const std::string format = options->value("format", "text");
    if (format != "text" && format != "json")
        return report(
            {ErrorCode::InvalidArgument, "--format takes text or json, not '" + format + "'", {}},
            environment);
    if (files.size() != 2 || options->has("textconv"))
        return report({ErrorCode::InvalidArgument,
                       "diff takes two files, of which one may be - for standard input",
                       {}},
                      environment);
    const auto before = readPipeline(files[0], environment);
    if (!before)
        return report(before.error(), environment);
    const auto after = readPipeline(files[1], environment);
    if (!after)
        return report(after.error(), environment);
    const auto found = compare::differences(*before, *after, format::Catalogue::builtIn());
    if (format == "json")
        printJson(found, files, environment.out);
    else
        printText(found, environment);
    return found.empty() ? ExitStatus::Done : ExitStatus::Findings;
}

}  // namespace pe::cli
