// SPDX-License-Identifier: MIT
#include "sarif.hpp"

#include <iostream>

#include "pe/check/rules.hpp"
#include "pe/yaml/problem.hpp"
#include "pe/yaml/value.hpp"

namespace pe::cli {
namespace {

using check::Diagnostic;
using check::Severity;

std::string_view levelOf(Severity severity) {
    switch (severity) {
        case Severity::Error:
            return "error";
        case Severity::Warning:
            return "warning";
        case Severity::Off:
            return "none";
        default:
            return "note";
    }
}

// A path as a URI reference.
std::string uriOf(std::string_view path) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string uri = path.starts_with('/') ? "file://" : "";
    for (const char c : path) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '/' || c == '-' || c == '_' || c == '.' ||
                          c == '~';
        if (kept) {
            uri += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        uri += '%';
        uri += kHex[byte >> 4];
        uri += kHex[byte & 15];
    }
    return uri;
}

class SarifOutput final : public CheckOutput {
public:
    explicit SarifOutput(std::ostream& out) : out_(out) {}

    void begin() override {
        out_ << "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
                "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"pipeline\","
                "\"version\":\""
             << PE_VERSION << "\",\"rules\":[";
        bool first = true;
        for (const check::RuleInfo& each : check::rules()) {
            out_ << (first ? "\n" : ",\n") << "{\"id\":" << quoted(each.code)
                 << ",\"shortDescription\":{\"text\":" << quoted(each.title)
                 << "},\"fullDescription\":{\"text\":" << quoted(each.explanation)
                 << "},\"defaultConfiguration\":{\"level\":\"" << levelOf(each.severity) << "\"}}";
            first = false;
        }
        out_ << "]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[";
    }

    void file(const CheckedFile& file) override {
        const yaml::LineIndex lines(file.tree.text());
        for (const Diagnostic* each : file.diagnostics)
            result(file, lines, *each);
    }

    void end() override { out_ << "\n]}]}\n"; }

private:
    void result(const CheckedFile& file, const yaml::LineIndex& lines, const Diagnostic& found) {
        const yaml::Position begin = lines.position(found.begin);
        const yaml::Position end = lines.position(found.end);
        const std::string text =
            found.why.empty() ? found.message : found.message + " " + found.why;
        out_ << (first_ ? "\n" : ",\n") << "{\"ruleId\":" << quoted(found.code) << ",\"level\":\""
             << levelOf(found.severity) << "\",\"message\":{\"text\":" << quoted(text)
             << "},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":"
             << quoted(uriOf(file.path)) << "},\"region\":{\"startLine\":" << begin.line
             << ",\"startColumn\":" << begin.column << ",\"endLine\":" << end.line
             << ",\"endColumn\":" << end.column << "}}}]}";
        first_ = false;
    }

    std::ostream& out_;
    bool first_ = true;
};

}  // namespace

std::unique_ptr<CheckOutput> sarifOutput(std::ostream& out) {
    return std::make_unique<SarifOutput>(out);
}

std::string quoted(std::string_view text) {
    return yaml::toJson(yaml::Value::ofString(std::string(text)));
}

}  // namespace pe::cli
