// SPDX-License-Identifier: MIT
#include "check_output.hpp"

#include <ostream>
#include <utility>

#include "json_text.hpp"
#include "pe/check/rules.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/problem.hpp"
#include "pe/yaml/value.hpp"
#include "sarif.hpp"

namespace pe::cli {
namespace {

using check::Diagnostic;
using check::severityName;

class TextOutput final : public CheckOutput {
public:
    std::string file(const CheckedFile& file) const override {
        std::string out;
        const yaml::LineIndex lines(file.tree.text());
        for (const Diagnostic* each : file.diagnostics) {
            const yaml::Position at = lines.position(each->begin);
            out += file.path;
            out += ':' + std::to_string(at.line) + ':' + std::to_string(at.column) + ": ";
            out += severityName(each->severity);
            out += ": " + each->message + " [" + each->code + "]\n";
        }
        return out;
    }
};

class JsonOutput final : public CheckOutput {
public:
    std::string begin() const override { return "{\"files\":["; }
    std::string_view separator() const override { return ","; }
    std::string_view end() const override { return "\n]}\n"; }

    std::string file(const CheckedFile& file) const override {
        std::string out = "\n";
        member(out, "{\"file\":", readableName(file.path));
        out += ",\"loader\":{\"parse\":\"";
        out += file.verdicts.parses ? "ok" : "error";
        out += "\",\"config\":";
        verdict(out, file.verdicts.config);
        out += ",\"enhanced\":";
        verdict(out, file.verdicts.enhanced);
        out += "},\"diagnostics\":[";
        const yaml::LineIndex lines(file.tree.text());
        for (const Diagnostic* each : file.diagnostics) {
            out += each == file.diagnostics.front() ? "\n " : ",\n ";
            diagnostic(out, file.tree, lines, *each);
        }
        out += "]}";
        return out;
    }

private:
    static void member(std::string& out, std::string_view name, std::string_view text) {
        out += name;
        yaml::appendJson(out, text);
    }

    static void member(std::string& out, std::string_view name, std::size_t number) {
        out += name;
        out += std::to_string(number);
    }

    static void verdict(std::string& out, const loader::Verdict& verdict) {
        member(out, "{\"verdict\":", loader::outcomeName(verdict.outcome));
        member(out, ",\"message\":", verdict.message);
        out += '}';
    }

    static void diagnostic(std::string& out, const yaml::Tree& tree, const yaml::LineIndex& lines,
                           const Diagnostic& found) {
        const bool placed = found.node != yaml::kNoNode && found.node != yaml::kStream;
        const yaml::Position begin = lines.position(found.begin);
        const yaml::Position end = lines.position(found.end);
        member(out, "{\"code\":", found.code);
        member(out, ",\"severity\":", severityName(found.severity));
        member(out, ",\"message\":", found.message);
        member(out, ",\"why\":", found.why);
        member(out, ",\"path\":", placed ? yaml::pointerTo(tree, found.node) : std::string());
        member(out, ",\"line\":", begin.line);
        member(out, ",\"column\":", begin.column);
        member(out, ",\"endLine\":", end.line);
        member(out, ",\"endColumn\":", end.column);
        out += ",\"fixes\":[";
        for (std::size_t i = 0; i < found.fixes.size(); ++i) {
            out += i == 0 ? "" : ",";
            member(out, "{\"title\":", found.fixes[i].title);
            member(out, ",\"code\":", found.code);
            out += found.fixes[i].safe ? ",\"safe\":true}" : ",\"safe\":false}";
        }
        out += "]}";
    }
};

}  // namespace

std::unique_ptr<CheckOutput> checkOutput(std::string_view format) {
    if (format == "text")
        return std::make_unique<TextOutput>();
    if (format == "json")
        return std::make_unique<JsonOutput>();
    return format == "sarif" ? sarifOutput() : nullptr;
}

void printRules(std::string_view format, std::ostream& out) {
    if (format == "json") {
        out << "{\"rules\":[";
        bool first = true;
        for (const check::RuleInfo& each : check::rules()) {
            out << (first ? "\n" : ",\n") << "{\"code\":" << jsonText(each.code)
                << ",\"severity\":\"" << severityName(each.severity)
                << "\",\"title\":" << jsonText(each.title)
                << ",\"explanation\":" << jsonText(each.explanation)
                << ",\"disagreements\":" << jsonText(each.disagreements) << '}';
            first = false;
        }
        out << "\n]}\n";
        return;
    }
    for (const check::RuleInfo& each : check::rules())
        out << each.code << " (" << severityName(each.severity) << "): " << each.title << "\n    "
            << each.explanation << '\n';
}

}  // namespace pe::cli
