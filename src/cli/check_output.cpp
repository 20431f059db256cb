// SPDX-License-Identifier: MIT
#include "check_output.hpp"

#include <iostream>

#include "pe/check/rules.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/problem.hpp"
#include "sarif.hpp"

namespace pe::cli {
namespace {

using check::Diagnostic;
using check::severityName;

void writeRange(std::ostream& out, const yaml::LineIndex& lines, const Diagnostic& found) {
    const yaml::Position begin = lines.position(found.begin);
    const yaml::Position end = lines.position(found.end);
    out << "\"line\":" << begin.line << ",\"column\":" << begin.column
        << ",\"endLine\":" << end.line << ",\"endColumn\":" << end.column;
}

class TextOutput final : public CheckOutput {
public:
    explicit TextOutput(std::ostream& out) : out_(out) {}

    void file(const CheckedFile& file) override {
        const yaml::LineIndex lines(file.tree.text());
        for (const Diagnostic* each : file.diagnostics) {
            const yaml::Position at = lines.position(each->begin);
            out_ << file.path << ':' << at.line << ':' << at.column << ": "
                 << severityName(each->severity) << ": " << each->message << " [" << each->code
                 << "]\n";
        }
    }

private:
    std::ostream& out_;
};

class JsonOutput final : public CheckOutput {
public:
    explicit JsonOutput(std::ostream& out) : out_(out) {}

    void begin() override { out_ << "{\"files\":["; }
    void end() override { out_ << "\n]}\n"; }

    void file(const CheckedFile& file) override {
        out_ << (first_ ? "\n" : ",\n") << "{\"file\":" << quoted(file.path)
             << ",\"loader\":{\"parse\":\"" << (file.verdicts.parses ? "ok" : "error")
             << "\",\"config\":";
        verdict(file.verdicts.config);
        out_ << ",\"enhanced\":";
        verdict(file.verdicts.enhanced);
        out_ << "},\"diagnostics\":[";
        const yaml::LineIndex lines(file.tree.text());
        bool first = true;
        for (const Diagnostic* each : file.diagnostics) {
            out_ << (first ? "\n " : ",\n ");
            diagnostic(file, lines, *each);
            first = false;
        }
        out_ << "]}";
        first_ = false;
    }

private:
    void verdict(const loader::Verdict& verdict) {
        out_ << "{\"verdict\":\"" << loader::outcomeName(verdict.outcome)
             << "\",\"message\":" << quoted(verdict.message) << '}';
    }

    void diagnostic(const CheckedFile& file, const yaml::LineIndex& lines,
                    const Diagnostic& found) {
        const std::string path = found.node == yaml::kNoNode || found.node == yaml::kStream
                                     ? std::string()
                                     : yaml::pointerTo(file.tree, found.node);
        out_ << "{\"code\":" << quoted(found.code) << ",\"severity\":\""
             << severityName(found.severity) << "\",\"message\":" << quoted(found.message)
             << ",\"why\":" << quoted(found.why) << ",\"path\":" << quoted(path) << ',';
        writeRange(out_, lines, found);
        out_ << ",\"fixes\":[";
        for (std::size_t i = 0; i < found.fixes.size(); ++i)
            out_ << (i == 0 ? "" : ",") << "{\"title\":" << quoted(found.fixes[i].title)
                 << ",\"code\":" << quoted(found.code)
                 << ",\"safe\":" << (found.fixes[i].safe ? "true" : "false") << '}';
        out_ << "]}";
    }

    std::ostream& out_;
    bool first_ = true;
};

}  // namespace

std::unique_ptr<CheckOutput> checkOutput(std::string_view format, std::ostream& out) {
    if (format == "text")
        return std::make_unique<TextOutput>(out);
    if (format == "json")
        return std::make_unique<JsonOutput>(out);
    return format == "sarif" ? sarifOutput(out) : nullptr;
}

void printRules(std::string_view format, std::ostream& out) {
    if (format == "json") {
        out << "{\"rules\":[";
        bool first = true;
        for (const check::RuleInfo& each : check::rules()) {
            out << (first ? "\n" : ",\n") << "{\"code\":" << quoted(each.code) << ",\"severity\":\""
                << severityName(each.severity) << "\",\"title\":" << quoted(each.title)
                << ",\"explanation\":" << quoted(each.explanation)
                << ",\"disagreements\":" << quoted(each.disagreements) << '}';
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
