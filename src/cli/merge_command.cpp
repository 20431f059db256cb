// SPDX-License-Identifier: MIT
#include <iostream>

#include "commands.hpp"
#include "inputs.hpp"
#include "pe/document/merge.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::cli {
namespace {

// One line of a value, shortened for a terminal.
std::string oneLine(const std::string& text) {
    constexpr std::size_t kShown = 160;
    std::string line;
    for (const char c : text) {
        if (line.size() >= kShown)
            return line + "...";
        if (c == '\n')
            line += "\\n";
        else if (c != '\r')
            line += c;
    }
    return line;
}

void printConflict(const document::MergeConflict& conflict, const std::string& path,
                   std::ostream& out) {
    out << path << ':' << conflict.line << ": ";
    if (!conflict.pointer.empty())
        out << conflict.pointer << ": ";
    out << conflict.what << '\n';
    const std::pair<const char*, const std::string&> sides[] = {
        {"base", conflict.base}, {"ours", conflict.ours}, {"theirs", conflict.theirs}};
    if (conflict.base.empty() && conflict.ours.empty() && conflict.theirs.empty())
        return;
    for (const auto& [name, value] : sides)
        out << "    " << name << ": " << oneLine(value) << '\n';
}

Result<void> writeOut(const std::string& path, const std::string& text,
                      const Environment& environment) {
    if (path == "-") {
        environment.out << text;
        return {};
    }
    PE_TRY(environment.files.writeAtomically(path, text, std::nullopt));
    return {};
}

}  // namespace

ExitStatus runMerge(const Arguments& arguments, const Environment& environment) {
    // git and people write -o; Options knows long names only.
    Arguments spelled;
    for (const std::string& each : arguments)
        spelled.push_back(each == "-o" ? "--output" : each);
    const auto options = Options::parse(spelled, {{"output", OptionKind::Value}});
    if (!options)
        return report(options.error(), environment);
    const auto& paths = options->operands();
    if (paths.size() != 3)
        return report({ErrorCode::InvalidArgument, "merge takes three files: BASE OURS THEIRS", {}},
                      environment);
    std::string texts[3];
    for (std::size_t i = 0; i < paths.size(); ++i) {
        auto bytes = readInput(paths[i], environment);
        if (!bytes)
            return report(bytes.error(), environment);
        texts[i] = std::move(*bytes);
    }
    const document::Merged merged = document::mergeTexts(texts[0], texts[1], texts[2]);
    const std::string output = options->value("output", "-");
    if (const auto written = writeOut(output, merged.text, environment); !written)
        return report(written.error(), environment);
    if (merged.conflicts.empty())
        return ExitStatus::Done;
    const std::string shown = output == "-" ? paths[1] : output;
    for (const document::MergeConflict& each : merged.conflicts)
        printConflict(each, shown, environment.err);
    environment.err << "pipeline: " << merged.conflicts.size()
                    << (merged.conflicts.size() == 1 ? " conflict needs" : " conflicts need")
                    << " a person; "
                    << (merged.byLines ? "they stand between markers in the result"
                                       : "the result shows our side")
                    << '\n';
    return ExitStatus::Findings;
}

}  // namespace pe::cli
