// SPDX-License-Identifier: MIT
// What is wrong with the YAML, and what is right YAML but read otherwise than it looks: the
// engine's reader takes all of the latter in silence.
#include <algorithm>
#include <string>

#include "fields.hpp"
#include "fixes.hpp"
#include "rule.hpp"
#include "yaml_traps.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

constexpr std::string_view kSyntax =
    "The text is no valid YAML here, so the engine cannot read the file.";
constexpr std::string_view kOddity =
    "Readers of YAML differ here; the engine's reads it as said, others may refuse it.";

constexpr RuleInfo kInfos[] = {
    {"yaml.bad-escape", Severity::Error, "Unknown escape", kSyntax, ""},
    {"yaml.bad-indent", Severity::Error, "Wrong indentation", kSyntax, ""},
    {"yaml.bad-properties", Severity::Error, "Wrong anchor or tag", kSyntax, ""},
    {"yaml.block-header", Severity::Error, "Wrong header of a block text", kSyntax, ""},
    {"yaml.block-in-line", Severity::Error, "A block inside a line", kSyntax, ""},
    {"yaml.block-indent", Severity::Error, "Wrong indentation in a block text", kSyntax, ""},
    {"yaml.colon-in-value", Severity::Error, "A colon in an unquoted value", kSyntax, ""},
    {"yaml.comment-without-space", Severity::Warning, "A comment without a blank before it",
     kOddity, ""},
    {"yaml.conflict-marker", Severity::Error, "A merge conflict", kSyntax, ""},
    {"yaml.control-character", Severity::Error, "A control character", kSyntax, ""},
    {"yaml.directive-without-marker", Severity::Warning, "A directive without ---", kOddity, ""},
    {"yaml.duplicate-key", Severity::Warning, "The same key twice",
     "The engine keeps the first of two equal keys, most other readers the last.", "D94"},
    {"yaml.flow-indent", Severity::Warning, "A bracket at the margin", kOddity, ""},
    {"yaml.invalid-utf8", Severity::Error, "No UTF-8", kSyntax, ""},
    {"yaml.missing-colon", Severity::Error, "A key without a colon", kSyntax, ""},
    {"yaml.missing-comma", Severity::Error, "A missing comma", kSyntax, ""},
    {"yaml.missing-space", Severity::Error, "A missing blank", kSyntax, ""},
    {"yaml.mixed-collection", Severity::Error, "A list and a mapping mixed", kSyntax, ""},
    {"yaml.multi-line-key", Severity::Error, "A key over several lines", kSyntax, ""},
    {"yaml.quote-indent", Severity::Warning, "Quoted text at the margin", kOddity, ""},
    {"yaml.refused", Severity::Error, "The engine's reader refuses the file",
     "The text is valid for other readers, but the engine's own reader stops on it.", ""},
    {"yaml.reserved-indicator", Severity::Warning, "A value that begins with @ or `", kOddity, ""},
    {"yaml.tab-indent", Severity::Error, "Indentation by tabs", kSyntax, ""},
    {"yaml.text-after-value", Severity::Error, "Text after a value", kSyntax, ""},
    {"yaml.too-deep", Severity::Error, "Nested too deep", kSyntax, ""},
    {"yaml.too-large", Severity::Error, "Too large", kSyntax, ""},
    {"yaml.unclosed-flow", Severity::Error, "A bracket that is not closed", kSyntax, ""},
    {"yaml.unclosed-quote", Severity::Error, "A quote that is not closed", kSyntax, ""},
    {"yaml.undefined-alias", Severity::Error, "An alias without an anchor",
     "One of the guides reuses steps by aliases that its own example never defines.", "D93"},
    {"yaml.unexpected-character", Severity::Error, "An unexpected character", kSyntax, ""},
    {"yaml.unknown-escape", Severity::Warning, "An unusual escape", kOddity, ""},
    {"yaml.version", Severity::Error, "A YAML version that cannot be read", kSyntax, ""},
};

// `key: {{x}} more`: braces begin a mapping, and what follows them makes no sense there.
std::optional<Fix> quoteTemplate(std::string_view text, std::size_t at) {
    const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    std::size_t value = line.find(": {{");
    if (value != std::string_view::npos)
        value += 2;
    else if (const std::size_t item = line.find_first_not_of(' ');
             item != std::string_view::npos && line.substr(item).starts_with("- {{"))
        value = item + 2;
    if (value == std::string_view::npos)
        return std::nullopt;
    const std::string_view rest = line.substr(value);
    if (rest.find('"') != std::string_view::npos || rest.find('\\') != std::string_view::npos ||
        rest.find(" #") != std::string_view::npos)
        return std::nullopt;
    const std::size_t last = rest.find_last_not_of(' ');
    std::vector<document::TextPatch> patches{{begin + value, 0, "\""},
                                             {begin + value + last + 2, 0, "\""}};
    return Fix{"Put the text in quotes", true, std::move(patches)};
}

void checkProblems(const PipelineContext& context, Reporter& reporter) {
    for (const yaml::Problem& each : context.subject.problems()) {
        if (each.code == "yaml.duplicate-key")
            continue;  // told about below, with the entry at hand
        Diagnostic& found = reporter.onBytes(each.code, each.begin, each.end, each.message);
        if (each.severity != yaml::Severity::Error)
            continue;
        if (auto fix = quoteTemplate(context.subject.text(), each.begin)) {
            found.why =
                "A value that begins with `{{` is read as a mapping; a template needs "
                "quotes around it.";
            found.fixes.push_back(std::move(*fix));
        }
    }
}

// Everything but the steps, each of which is looked at with its own rules.
void walkOutsideSteps(const PipelineContext& context, NodeRef node, NodeRef steps,
                      YamlTraps& traps) {
    traps.look(node);
    if (node == steps)
        return;
    for (const NodeRef child : context.forest.children(node))
        walkOutsideSteps(context, child, steps, traps);
}

void checkFileTraps(const PipelineContext& context, Reporter& reporter) {
    YamlTraps traps(context.subject, reporter);
    traps.documents();
    const bool listed = context.graph.steps != yaml::kNoNode &&
                        yaml::isSequence(context.forest.style(context.graph.steps));
    for (const NodeRef document : context.forest.children(yaml::kStream))
        walkOutsideSteps(context, document, listed ? context.graph.steps : yaml::kNoNode, traps);
}

void walkAll(const yaml::Forest& forest, NodeRef node, YamlTraps& traps) {
    traps.look(node);
    for (const NodeRef child : forest.children(node))
        walkAll(forest, child, traps);
}

void checkStepTraps(const StepContext& context, Reporter& reporter) {
    if (!context.topLevel)
        return;  // seen with the step around it
    YamlTraps traps(context.pipeline.subject, reporter);
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef entry = context.pipeline.graph.nodes[context.index].ref;
    if (forest.parent(entry) == context.pipeline.graph.steps)
        walkAll(forest, entry, traps);
}

std::vector<RuleInfo> allInfos() {
    std::vector<RuleInfo> infos(std::begin(kInfos), std::end(kInfos));
    const std::span<const RuleInfo> traps = yamlTrapInfos();
    infos.insert(infos.end(), traps.begin(), traps.end());
    return infos;
}

}  // namespace

const RuleSet& yamlRules() {
    static const std::vector<RuleInfo> kAll = allInfos();
    static const RuleSet kSet{kAll, {checkStepTraps}, {checkProblems, checkFileTraps}};
    return kSet;
}

}  // namespace pe::check
