// SPDX-License-Identifier: MIT
#include "reader_refusal.hpp"

#include <algorithm>
#include <optional>

#include "engine_words.hpp"
#include "pe/yaml/line_breaks.hpp"
#include "pe/yaml/schema.hpp"

namespace pe::check {
namespace {

constexpr std::string_view kMessage = "The engine's own YAML reader refuses this file.";

std::optional<loader::Refusal> refusalOf(const PipelineContext& context,
                                         loader::ReaderOpinion& opinion, const Entries* changed) {
    const bool taken = context.verdicts != nullptr && context.verdicts->parses;
    const bool asWritten = readsAsWritten(context.subject);
    std::optional<loader::Refusal> refusal;
    // The reader takes some errors as well; those that it refuses have their own findings.
    if (taken || !asWritten)
        opinion.forget();
    else
        refusal = opinion.refusalOf(context.forest, context.subject.text(), changed);
    if (!taken && !refusal && context.verdicts != nullptr)
        refusal = loader::Refusal{context.verdicts->config.message, yaml::kNoNode};
    return refusal;
}

// The first key that is null, which the reader takes nowhere; kNoNode if there is none.
yaml::NodeRef nullKey(const yaml::Forest& forest, yaml::NodeRef node) {
    const bool keyed = yaml::isMapping(forest.style(node));
    for (const yaml::NodeRef child : forest.children(node)) {
        if (keyed && forest.style(child) != yaml::Style::Opaque &&
            yaml::plainKind(forest.key(child)) == yaml::Value::Kind::Null)
            return child;
        if (const yaml::NodeRef inner = nullKey(forest, child); inner != yaml::kNoNode)
            return inner;
    }
    return yaml::kNoNode;
}

}  // namespace

bool explainsRefusal(const Diagnostic& finding) {
    return finding.severity == Severity::Error && finding.code.starts_with("yaml.");
}

void reportReaderRefusal(const PipelineContext& context, loader::ReaderOpinion& opinion,
                         const Entries* changed, Reporter& reporter) {
    const auto refusal = refusalOf(context, opinion, changed);
    if (!refusal)
        return;
    if (refusal->node != yaml::kNoNode) {
        reporter.onKey("yaml.refused", refusal->node, std::string(kMessage)).why =
            refusal->sentence;
        return;
    }
    if (const yaml::NodeRef node = nullKey(context.forest, yaml::kStream); node != yaml::kNoNode) {
        reporter.onKey("yaml.refused", node, std::string(kMessage)).why =
            "The engine does not read a key that is nothing; write a name, or put it in quotes.";
        return;
    }
    const std::string_view text = context.subject.text();
    const std::size_t line = std::min(yaml::findBreak(text), text.size());
    reporter.onBytes("yaml.refused", 0, line, std::string(kMessage)).why = refusal->sentence;
}

}  // namespace pe::check
