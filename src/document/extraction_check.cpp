// SPDX-License-Identifier: MIT
#include "extraction_check.hpp"

#include <algorithm>
#include <set>

#include "border_words.hpp"
#include "head_settings.hpp"
#include "kept_types.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/format/scope.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"
#include "template_spans.hpp"

namespace pe::document {
namespace {

using format::GraphIndex;
using format::kNoGraphNode;
using format::NodeKind;
using format::ReferenceRole;
using format::ReferenceTarget;
using yaml::kNoNode;
using yaml::NodeRef;

// Whether a comment line of the text begins right of the column.
bool commentsDeeperThan(std::string_view text, std::size_t column) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::size_t begin = text.find_first_not_of(' ');
        if (begin < end && text[begin] == '#' && begin > column)
            return true;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return false;
}

// Whether the engine puts the value there before the nested pipeline starts: templates, but for
// those of data sources, which it does not read.
bool isFilledIn(const yaml::Forest& forest, const format::Reference& reference) {
    if (reference.role == ReferenceRole::DataSource)
        return false;
    const auto spans = templatesIn(yaml::scalarText(forest, reference.at));
    return std::any_of(spans.begin(), spans.end(), [&](const TemplateSpan& each) {
        return each.begin <= reference.begin && reference.begin < each.end;
    });
}

}  // namespace

ExtractionCheck::ExtractionCheck(const yaml::Forest& forest, const format::Catalogue& types)
    : forest_(forest),
      graph_(format::deriveGraph(forest, types)),
      references_(format::resolvedReferences(forest, graph_)) {}

tl::unexpected<Error> ExtractionCheck::refusal(NodeRef at, const std::string& reason) const {
    return fail(ErrorCode::Refused, reason, yaml::pointerTo(forest_, at));
}

GraphIndex ExtractionCheck::indexOf(NodeRef node) const {
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i)
        if (graph_.nodes[i].ref == node)
            return static_cast<GraphIndex>(i);
    return kNoGraphNode;
}

NodeRef ExtractionCheck::innerSteps(NodeRef step) const {
    return entryOf(forest_, format::workflowOf(forest_, entryOf(forest_, step, "pipeline")),
                   "steps");
}

Result<void> ExtractionCheck::oneRun(const std::vector<NodeRef>& steps) const {
    if (steps.empty())
        return fail(ErrorCode::InvalidArgument, "Select the steps to extract first.");
    const NodeRef list = forest_.parent(steps.front());
    if (list == kNoNode || forest_.style(list) != yaml::Style::BlockSequence)
        return refusal(steps.front(), "These are no steps in a list of lines.");
    const auto items = forest_.children(list);
    const auto first = std::find(items.begin(), items.end(), steps.front());
    if (static_cast<std::size_t>(items.end() - first) < steps.size() ||
        !std::equal(steps.begin(), steps.end(), first))
        return refusal(steps.front(),
                       "Only steps that follow one another in one list can become a pipeline.");
    for (const NodeRef each : steps)
        if (const GraphIndex index = indexOf(each); index == kNoGraphNode ||
                                                    graph_.nodes[index].kind != NodeKind::Step ||
                                                    !yaml::isMapping(forest_.style(each)))
            return refusal(each, "This is no step.");
    return nothingHangsBelow(list, *(first + static_cast<std::ptrdiff_t>(steps.size()) - 1));
}

// A comment below the last step that stands deeper than the steps would come to stand inside the
// new one.
Result<void> ExtractionCheck::nothingHangsBelow(NodeRef list, NodeRef last) const {
    const auto items = forest_.children(list);
    const auto next = std::find(items.begin(), items.end(), last) + 1;
    const yaml::Lexeme holder = forest_.lexeme(list);
    const bool deeper =
        next == items.end()
            ? commentsDeeperThan(holder.footer, static_cast<std::size_t>(holder.column) +
                                                    static_cast<std::size_t>(holder.offset))
            : commentsDeeperThan(forest_.lexeme(*next).prefix,
                                 static_cast<std::size_t>(forest_.lexeme(*next).column));
    if (deeper)
        return refusal(last,
                       "The comment below the last step stands deeper than the steps and would "
                       "come to belong to the new one; move it to the left first.");
    return {};
}

Result<void> ExtractionCheck::mayNest(NodeRef list) const {
    const auto holder =
        std::find_if(graph_.nodes.begin(), graph_.nodes.end(), [&](const auto& each) {
            return forest_.parent(each.ref) == list && each.kind == NodeKind::Step;
        });
    if (holder == graph_.nodes.end() || holder->parent == kNoGraphNode)
        return {};
    const format::GraphNode& around = graph_.nodes[holder->parent];
    if (around.kind == NodeKind::Branch && around.type == "pipeline")
        return {};
    return refusal(list, "The engine runs no pipeline step inside '" + around.name +
                             "'; only steps of a pipeline itself can be extracted.");
}

std::vector<bool> ExtractionCheck::insideOf(const std::vector<NodeRef>& steps) const {
    std::vector<bool> inside(graph_.nodes.size());
    for (std::size_t i = 0; i < inside.size(); ++i) {
        const format::GraphNode& node = graph_.nodes[i];
        inside[i] = std::find(steps.begin(), steps.end(), node.ref) != steps.end() ||
                    (node.parent != kNoGraphNode && inside[node.parent]);
    }
    return inside;
}

std::optional<std::string> ExtractionCheck::complaintAbout(
    const format::ResolvedReference& reference, const std::vector<bool>& inside) const {
    const std::string& name = reference.reference.name;
    const std::string holder = "'" + graph_.nodes[reference.holder].name + "'";
    const bool from = inside[reference.holder];
    if (reference.reference.target == ReferenceTarget::Function && from)
        return holder +
               " uses functions, and a pipeline of its own does not know those of the file. "
               "Extract the steps to a file, which takes the definitions along.";
    if (reference.target == kNoGraphNode || reference.chained ||
        reference.reference.target == ReferenceTarget::Function ||
        reference.reference.target == ReferenceTarget::File)
        return std::nullopt;
    const bool to = inside[reference.target];
    if (from && !to && !isFilledIn(forest_, reference.reference))
        return whyNotFromOutside(graph_, reference);
    if (!from && to)
        return holder + " uses '" + name +
               "', which would be inside the new pipeline and cannot be reached from there under "
               "its name. Move " +
               holder + " too, or extract the steps to a file.";
    // The engine fills in templates before the nested pipeline sets its first variable.
    if (from && to && reference.variable && reference.reference.role != ReferenceRole::DataSource)
        return "'" + name +
               "' is set and read in these steps; in a pipeline of its own it would be read "
               "before it is set. Leave the step that sets it outside.";
    return std::nullopt;
}

Result<void> ExtractionCheck::nothingCrosses(const std::vector<bool>& inside) const {
    std::vector<Error> complaints;
    for (const format::ResolvedReference& each : references_)
        if (auto reason = complaintAbout(each, inside))
            complaints.push_back(refusal(each.reference.at, *reason).value());
    if (complaints.empty())
        return {};
    return refusedTogether(forest_, complaints);
}

Result<void> ExtractionCheck::extraction(const std::vector<NodeRef>& steps,
                                         const std::string& name) const {
    PE_TRY(oneRun(steps));
    if (name.empty())
        return fail(ErrorCode::InvalidArgument, "The new step needs a name.");
    for (const format::GraphNode& each : graph_.nodes)
        if (each.kind == NodeKind::Step && each.name == name)
            return fail(ErrorCode::Conflict, "There is a step called '" + name + "' already.");
    for (const format::ResolvedReference& each : references_)
        if (format::namesStep(each.reference.target) && each.reference.name == name &&
            each.target == kNoGraphNode)
            return fail(ErrorCode::Conflict,
                        "'" + name + "' is referred to already; choose another name.");
    PE_TRY(mayNest(forest_.parent(steps.front())));
    PE_TRY(nothingCrosses(insideOf(steps)));
    const bool main = format::pipelineAround(graph_, indexOf(steps.front())) == kNoGraphNode;
    return main ? typesStay(forest_, graph_, steps) : Result<void>();
}

Result<void> ExtractionCheck::onlyKeys(NodeRef mapping,
                                       const std::vector<std::string>& keys) const {
    if (forest_.lexeme(mapping).footer.find('#') != std::string_view::npos)
        return refusal(mapping, "The comment at its end would be lost; delete it first.");
    for (const NodeRef each : forest_.children(mapping)) {
        const std::string key = yaml::keyText(forest_, each);
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            return refusal(each, "`" + key +
                                     "` would be lost; a pipeline can be inlined only where it "
                                     "has a name and steps.");
        const yaml::Lexeme lexeme = forest_.lexeme(each);
        if (!yaml::commentAbove(forest_, each).empty() ||
            lexeme.suffix.find('#') != std::string_view::npos ||
            lexeme.colon.find('#') != std::string_view::npos)
            return refusal(each, "The comment at `" + key + "` would be lost; delete it first.");
    }
    return {};
}

Result<void> ExtractionCheck::onlyPipeline(NodeRef step) const {
    const NodeRef inner = innerSteps(step);
    if (inner == kNoNode || forest_.style(inner) != yaml::Style::BlockSequence)
        return refusal(step, "This step has no inline pipeline with a list of steps.");
    if (forest_.lexeme(inner).footer.find('#') != std::string_view::npos)
        return refusal(inner, "The comment below the last step would be lost; delete it first.");
    if (!yaml::commentAbove(forest_, step).empty())
        return refusal(step, "The comment above the step would be lost; delete it first.");
    PE_TRY(onlyKeys(step, {"name", "type", "pipeline"}));
    const NodeRef pipeline = entryOf(forest_, step, "pipeline");
    const NodeRef wrapped = entryOf(forest_, pipeline, "workflow");
    if (wrapped != kNoNode)
        PE_TRY(onlyKeys(pipeline, {"workflow"}));
    const NodeRef head = wrapped == kNoNode ? pipeline : wrapped;
    std::vector<std::string> keys{"name", "steps"};
    for (const auto& [key, within] : settingKeys()) {
        keys.push_back(key);
        if (const NodeRef group = entryOf(forest_, head, key); group != kNoNode && !within.empty())
            PE_TRY(onlyKeys(group, within));
    }
    return onlyKeys(head, keys);
}

Result<void> ExtractionCheck::sameMeaningOutside(NodeRef step) const {
    const GraphIndex index = indexOf(step);
    const std::vector<bool> inside = insideOf({step});
    const std::string& name = graph_.nodes[index].name;
    for (const format::ResolvedReference& each : references_) {
        if (each.target == index && !inside[each.holder])
            return refusal(each.reference.at, "'" + graph_.nodes[each.holder].name + "' uses '" +
                                                  name + "', which would be gone.");
    }
    std::set<std::string> outer;
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i)
        if (!inside[i] && graph_.nodes[i].kind == NodeKind::Step)
            outer.insert(graph_.nodes[i].name);
    for (const NodeRef each : forest_.children(innerSteps(step))) {
        const GraphIndex inner = indexOf(each);
        if (inner == kNoGraphNode)
            return refusal(each, "This is no step.");
        if (outer.count(graph_.nodes[inner].name) != 0)
            return refusal(each, "There is another step called '" + graph_.nodes[inner].name +
                                     "' outside; rename one of the two first.");
    }
    return variablesApart(step);
}

// Each run of a pipeline has variables of its own, and of one pipeline there is one of each name.
Result<void> ExtractionCheck::variablesApart(NodeRef step) const {
    const std::vector<bool> inside = insideOf({step});
    std::set<std::string> outer;
    for (const format::ResolvedReference& each : references_)
        if (each.reference.target == ReferenceTarget::Variable && !inside[each.holder])
            outer.insert(each.reference.name);
    const GraphIndex index = indexOf(step);
    const GraphIndex around = format::pipelineAround(graph_, index);
    for (const auto& [name, entry] : format::variablesSet(forest_, graph_, around))
        outer.insert(name);
    // The branch of the inline pipeline follows its step.
    for (const auto& [name, entry] : format::variablesSet(forest_, graph_, index + 1))
        if (outer.count(name) != 0)
            return refusal(entry, "A variable '" + name +
                                      "' is there outside as well; rename one of the two first.");
    return {};
}

Result<void> ExtractionCheck::inlining(NodeRef step) const {
    const NodeRef list = forest_.parent(step);
    if (indexOf(step) == kNoGraphNode || list == kNoNode ||
        forest_.style(list) != yaml::Style::BlockSequence)
        return refusal(step, "This is no step in a list of lines.");
    PE_TRY(onlyPipeline(step));
    PE_TRY(sameMeaningOutside(step));
    const auto items = forest_.children(innerSteps(step));
    const StepsUnderHead inner{forest_, graph_, {items.begin(), items.end()}};
    if (format::pipelineAround(graph_, indexOf(step)) == kNoGraphNode)
        PE_TRY(typesStay(forest_, graph_, inner.steps));
    if (const auto conflict = settingConflict(inner, forest_, list))
        return refusal(conflict->at, conflict->reason);
    return {};
}

}  // namespace pe::document
