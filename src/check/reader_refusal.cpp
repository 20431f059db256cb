// SPDX-License-Identifier: MIT
#include "reader_refusal.hpp"

#include <algorithm>
#include <optional>

#include "engine_words.hpp"
#include "pe/yaml/line_breaks.hpp"

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
    const std::string_view text = context.subject.text();
    const std::size_t line = std::min(yaml::findBreak(text), text.size());
    reporter.onBytes("yaml.refused", 0, line, std::string(kMessage)).why = refusal->sentence;
}

}  // namespace pe::check
