// SPDX-License-Identifier: MIT
#include "sarif.hpp"

#include <sstream>
#include <utility>

#include "json_text.hpp"
#include "pe/check/rules.hpp"
#include "pe/lsp/uri.hpp"
#include "pe/yaml/problem.hpp"

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

class SarifOutput final : public CheckOutput {
public:
    std::string begin() const override {
        std::ostringstream out;
        out << "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
               "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"pipeline\","
               "\"version\":\""
            << PE_VERSION << "\",\"rules\":[";
        bool first = true;
        for (const check::RuleInfo& each : check::rules()) {
            out << (first ? "\n" : ",\n") << "{\"id\":" << jsonText(each.code)
                << ",\"shortDescription\":{\"text\":" << jsonText(each.title)
                << "},\"fullDescription\":{\"text\":" << jsonText(each.explanation)
                << "},\"defaultConfiguration\":{\"level\":\"" << levelOf(each.severity) << "\"}}";
            first = false;
        }
        out << "]}},\"columnKind\":\"unicodeCodePoints\",\"results\":[";
        return std::move(out).str();
    }

    std::string file(const CheckedFile& file) const override {
        std::string out;
        const yaml::LineIndex lines(file.tree.text());
        for (const Diagnostic* each : file.diagnostics)
            out += (out.empty() ? "\n" : ",\n") + result(file, lines, *each);
        return out;
    }

    std::string_view separator() const override { return ","; }
    std::string_view end() const override { return "\n]}]}\n"; }

private:
    static std::string result(const CheckedFile& file, const yaml::LineIndex& lines,
                              const Diagnostic& found) {
        std::ostringstream out;
        const yaml::Position begin = lines.position(found.begin);
        const yaml::Position end = lines.position(found.end);
        const std::string text =
            found.why.empty() ? found.message : found.message + " " + found.why;
        out << "{\"ruleId\":" << jsonText(found.code) << ",\"level\":\"" << levelOf(found.severity)
            << "\",\"message\":{\"text\":" << jsonText(text)
            << "},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":"
            << jsonText(lsp::uriOf(file.path)) << "},\"region\":{\"startLine\":" << begin.line
            << ",\"startColumn\":" << begin.column << ",\"endLine\":" << end.line
            << ",\"endColumn\":" << end.column << "}}}]}";
        return std::move(out).str();
    }
};

}  // namespace

std::unique_ptr<CheckOutput> sarifOutput() {
    return std::make_unique<SarifOutput>();
}

}  // namespace pe::cli
