// SPDX-License-Identifier: MIT
// Names that loops do not have: helpers in conditions inside, parts of the result outside.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "reference_rules.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

struct Helper {
    std::string_view documented;
    std::string_view known;
};
constexpr std::array<Helper, 3> kHelpers{
    {{"is_first", "first"}, {"is_last", "last"}, {"length", "total"}}};

// What the loop stores, what any step that is skipped does, and the word for the whole.
bool stores(const format::StepType& loop, std::string_view word) {
    return word == "skipped" || word == "reason" || word == "result" ||
           std::any_of(loop.results.begin(), loop.results.end(),
                       [&](const format::ResultField& each) { return each.path == word; });
}

TextRange headOf(std::string_view text, TextRange path) {
    return {path.begin, std::min(text.find_first_of(". ", path.begin), path.end)};
}

}  // namespace

void checkLoopHelper(NodeRef node, const std::string& text, TextRange path, Reporter& reporter) {
    for (const Helper& each : kHelpers) {
        if (each.documented != path.in(text))
            continue;
        Diagnostic& found =
            reporter.onPart("reference.loop-helper", node, path.begin, path.end,
                            "A loop has no " + quoted(each.documented) + "; the engine calls it " +
                                quoted("loop." + std::string(each.known)) + ".");
        found.why = "The value is null, and the condition does not hold.";
        found.fixes.push_back(fixPart(node, text, path, std::string(each.known), Safety::Safe));
    }
}

void checkLoopPart(const StepContext& context, format::GraphIndex step, NodeRef node,
                   const std::string& text, TextRange path, Reporter& reporter) {
    const format::GraphNode& loop = context.pipeline.graph.nodes[step];
    const bool items = loop.type == "for_loop";
    if ((!items && loop.type != "while_loop") || path.empty())
        return;
    const format::StepType* spec = context.pipeline.catalogue.find(loop.type);
    const TextRange part = headOf(text, path);
    const std::string_view word = part.in(text);
    if (spec == nullptr || stores(*spec, word) ||
        !std::all_of(word.begin(), word.end(), isWordCharacter))
        return;
    Diagnostic& found = reporter.onPart(
        "reference.loop-part", node, part.begin, part.end,
        "The result of the loop " + quoted(loop.name) + " has no " + quoted(word) +
            (items ? "; its rounds are in `iterations`."
                   : "; it counts its rounds in `iterations` and keeps nothing of them."));
    found.why =
        "A prompt part ends the run there, a template stays as it is written, a condition does "
        "not hold.";
    if (items && (word == "results" || word == "items"))
        found.fixes.push_back(fixPart(node, text, part, "iterations", Safety::Choice));
}

}  // namespace pe::check
