// SPDX-License-Identifier: MIT
// Names that loops do not have: helpers in conditions inside, parts of the result outside.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "fields.hpp"
#include "loop_items.hpp"
#include "nearest.hpp"
#include "pipeline_names.hpp"
#include "reference_rules.hpp"
#include "step_place.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using yaml::NodeRef;

struct Helper {
    std::string_view documented;
    std::string_view known;
};
constexpr std::array<Helper, 3> kHelpers{
    {{"is_first", "first"}, {"is_last", "last"}, {"length", "total"}}};

constexpr std::array<std::string_view, 5> kForHelpers{"index", "total", "first", "last", "level"};
constexpr std::string_view kNullHelper = "The value is null, and the condition does not hold.";

// What the loop stores, what any step that is skipped does, and the word for the whole.
bool stores(const format::StepType& loop, std::string_view word) {
    return word == "skipped" || word == "reason" || word == "result" ||
           std::any_of(loop.results.begin(), loop.results.end(),
                       [&](const format::ResultField& each) { return each.path == word; });
}

TextRange headOf(std::string_view text, TextRange path) {
    return {path.begin, std::min(text.find_first_of(". ", path.begin), path.end)};
}

// The loop that the conditions of a step call `loop`: a for_loop asks after each round, with the
// names of its own; a while_loop asks before, with those of the loop around it.
GraphIndex loopSeen(const StepContext& context) {
    return context.type == "for_loop" ? context.index
                                      : placeOf(context.pipeline.graph, context.index).loop;
}

// What such a loop gives; empty if its iterator is not known.
std::vector<std::string> helpersOf(const PipelineContext& context, GraphIndex loop) {
    const format::GraphNode& node = context.graph.nodes[loop];
    if (node.type == "while_loop")
        return {"iteration", "count"};
    const auto item =
        textOf(context.forest,
               entryOf(context.forest, mappingBehind(context.forest, node.ref), "iterator"));
    if (!item || !isIdentifier(*item))
        return {};
    std::vector<std::string> known{kForHelpers.begin(), kForHelpers.end()};
    if (placeOf(context.graph, loop).loop != format::kNoGraphNode)
        known.emplace_back("parent");
    known.push_back(*item);
    return known;
}

// Items of loops around are left alone, to be on the safe side.
void checkName(const StepContext& context, GraphIndex loop, NodeRef node, const std::string& text,
               TextRange name, Reporter& reporter) {
    const std::string_view word = name.in(text);
    const std::vector<std::string> known = helpersOf(context.pipeline, loop);
    if (known.empty() || !isIdentifier(word) ||
        std::find(known.begin(), known.end(), word) != known.end() ||
        context.pipeline.names.isLoopItem(word, context.index))
        return;
    const bool own = loop == context.index;
    Diagnostic& found = reporter.onPart(
        "reference.loop-helper", node, name.begin, name.end,
        own && word == "parent"
            ? std::string("`loop.parent` is not there: no loop is around this one.")
            : (own ? "A for_loop" : "The loop around this one") + std::string(" has no ") +
                  quoted("loop." + std::string(word)) + "; it has " + listed(known) + ".");
    found.why = own ? kNullHelper
                    : "A while_loop looks at its condition before each round, and sees the `loop` "
                      "around it, never its own. What is not there is null.";
    const std::string_view meant = nearest(word, {known.begin(), known.end()});
    if (!meant.empty())
        found.fixes.push_back(fixPart(node, text, name, std::string(meant), Safety::Choice));
}

// Where a path below `loop` leads: to a word of the loop, or the one that `parent` leads to.
struct RoundWord {
    GraphIndex loop = format::kNoGraphNode;  // none where that is not known
    TextRange word;
    TextRange path;  // behind the word
    std::vector<std::string> known;
    bool stray = false;  // the loop does not have it
};

RoundWord roundWord(const PipelineContext& context, GraphIndex loop, std::string_view text,
                    TextRange path) {
    while (loop != format::kNoGraphNode) {
        const TextRange head = headOf(text, path);
        std::vector<std::string> known = helpersOf(context, loop);
        if (known.empty() || !isIdentifier(head.in(text)))
            return {};
        path.begin = std::min(head.end + 1, path.end);
        const bool stray = std::find(known.begin(), known.end(), head.in(text)) == known.end();
        if (stray || head.in(text) != "parent" || path.empty())
            return {loop, head, path, std::move(known), stray};
        loop = placeOf(context.graph, loop).loop;
    }
    return {};
}

RoundWord roundWord(const StepContext& context, std::string_view text, TextRange path) {
    return roundWord(context.pipeline, placeOf(context.pipeline.graph, context.index).loop, text,
                     path);
}

void checkItemOf(const StepContext& context, const RoundWord& round, UsePlace place, NodeRef node,
                 const std::string& text, Reporter& reporter) {
    if (round.loop != format::kNoGraphNode &&
        itemOf(context.pipeline, round.loop) == round.word.in(text))
        checkItemPart(context, {place, round.loop, node, text, round.word, round.path}, reporter);
}

}  // namespace

bool hasRoundPart(const StepContext& context, const std::string& path) {
    return !roundWord(context, path, {0, path.size()}).stray;
}

void checkRoundPart(const StepContext& context, UsePlace place, NodeRef node,
                    const std::string& text, TextRange path, Reporter& reporter) {
    const RoundWord stray = roundWord(context, text, path);
    if (!stray.stray)
        return checkItemOf(context, stray, place, node, text, reporter);
    const std::string_view word = stray.word.in(text);
    const auto outer = stray.word.begin == path.begin
                           ? context.pipeline.names.roundPath(word, context.index)
                           : std::nullopt;
    Diagnostic& found = reporter.onPart(
        "reference.loop-helper", node, stray.word.begin, stray.word.end,
        "The round of the loop " + quoted(context.pipeline.graph.nodes[stray.loop].name) +
            " has no " + quoted(word) + "; it has " + listed(stray.known) + ".");
    found.why = "A part that is not there ends the run.";
    const auto helper = std::find_if(kHelpers.begin(), kHelpers.end(), [&](const Helper& each) {
        return each.documented == word &&
               std::find(stray.known.begin(), stray.known.end(), each.known) != stray.known.end();
    });
    const std::string meant =
        outer ? *outer
        : helper != kHelpers.end()
            ? std::string(helper->known)
            : std::string(nearest(word, {stray.known.begin(), stray.known.end()}));
    if (!meant.empty())
        found.fixes.push_back(fixPart(node, text, stray.word, meant, Safety::Choice));
}

void checkLoopHelper(const StepContext& context, NodeRef node, const std::string& text,
                     TextRange path, Reporter& reporter) {
    const GraphIndex loop = loopSeen(context);
    const bool counts =
        loop != format::kNoGraphNode && context.pipeline.graph.nodes[loop].type == "while_loop";
    for (const Helper& each : kHelpers) {
        if (counts || each.documented != path.in(text))
            continue;
        Diagnostic& found =
            reporter.onPart("reference.loop-helper", node, path.begin, path.end,
                            "A loop has no " + quoted(each.documented) + "; the engine calls it " +
                                quoted("loop." + std::string(each.known)) + ".");
        found.why = kNullHelper;
        found.fixes.push_back(fixPart(node, text, path, std::string(each.known), Safety::Safe));
        return;
    }
    if (loop == format::kNoGraphNode)
        return;
    checkName(context, loop, node, text, headOf(text, path), reporter);
    checkItemOf(context, roundWord(context.pipeline, loop, text, path), UsePlace::Condition, node,
                text, reporter);
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
