// SPDX-License-Identifier: MIT
#include "pe/language/scope.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "called_file.hpp"
#include "nodes.hpp"
#include "pe/check/hidden_keys.hpp"
#include "pe/check/result_parts.hpp"
#include "pe/format/references.hpp"
#include "pe/format/scope.hpp"
#include "pe/yaml/value.hpp"
#include "scope_reader.hpp"

namespace pe::language {
namespace {

using format::NodeKind;
using yaml::kNoNode;
using yaml::NodeRef;

void addOnce(std::vector<Name>& names, Name name) {
    if (name.name.empty())
        return;
    for (const Name& each : names)
        if (each.kind == name.kind && each.name == name.name)
            return;
    names.push_back(std::move(name));
}

// The engine runs it without any results.
bool isBatchTask(const std::vector<format::GraphNode>& nodes, const format::GraphNode& node) {
    return node.kind == NodeKind::Task && nodes[node.parent].type == "claude_batch";
}

struct Helper {
    bool ofItems;  // of a for_loop, else of a while_loop
    const char* name;
    const char* meaning;
};
constexpr std::array kHelpers = {
    Helper{true, "index", "Number of the round."},
    Helper{true, "total", "How many items the list has."},
    Helper{true, "first", "Whether this is the first round."},
    Helper{true, "last", "Whether this is the last round."},
    Helper{true, "level", "How deep the loop is nested."},
    Helper{true, "parent", "The loop around this one."},
    Helper{false, "iteration", "Number of the round."},
    Helper{false, "count", ""},
};

std::string fileOf(const yaml::Forest& forest, NodeRef step) {
    return textOf(forest, entryOf(forest, step, "pipeline_file"));
}

// Of an answer that is streamed only a reference is kept; loops do not stream.
bool isStreamed(const yaml::Forest& forest, NodeRef step) {
    const NodeRef enabled = entryOf(forest, entryOf(forest, step, "streaming"), "enabled");
    const Result<yaml::Value> value =
        enabled == kNoNode ? yaml::Value() : yaml::valueOf(forest, enabled);
    if (!value || value->kind != yaml::Value::Kind::Boolean || !value->boolean)
        return false;
    const NodeRef list = forest.parent(step);
    const std::string type = textOf(forest, entryOf(forest, forest.parent(list), "type"));
    return type != "for_loop" && type != "while_loop";
}

std::vector<format::ResultField> streamedResults() {
    return {{"success", "Whether the step worked."},
            {"type", "That it is a stream."},
            {"stream_id", "Names the stream."},
            {"stream_info", "What is known of the stream."}};
}

// What `outputs` of a pipeline step hands back, or without it the steps of the pipeline; that of a
// file comes first.
std::vector<format::ResultField> handedBack(const yaml::Forest& forest,
                                            const format::Catalogue& catalogue, NodeRef step,
                                            const check::FileLookup* files) {
    std::vector<format::ResultField> results;
    const NodeRef outputs = entryOf(forest, step, "outputs");
    if (outputs != kNoNode && yaml::isSequence(forest.style(outputs))) {
        for (const NodeRef each : forest.children(outputs)) {
            std::string name = textOf(forest, entryOf(forest, each, "as"));
            if (name.empty())
                name = textOf(forest, entryOf(forest, each, "path"));
            results.push_back({name.empty() ? textOf(forest, each) : name, "Output."});
        }
        return results;
    }
    for (Name& each : stepsOfFile(fileOf(forest, step), catalogue, files))
        results.push_back({std::move(each.name), "Step of the pipeline."});
    if (!results.empty())
        return results;
    const NodeRef steps =
        entryOf(forest, format::workflowOf(forest, entryOf(forest, step, "pipeline")), "steps");
    if (steps == kNoNode)
        return results;
    for (const NodeRef each : forest.children(steps))
        results.push_back({textOf(forest, entryOf(forest, each, "name")), "Step of the pipeline."});
    std::erase_if(results, [](const auto& each) { return each.path.empty(); });
    return results;
}

// With inputs all of it stands below `result`, which is the only field of the type.
std::vector<format::ResultField> pipelineResults(const yaml::Forest& forest,
                                                 const format::Catalogue& catalogue, NodeRef step,
                                                 const format::StepType& type,
                                                 const check::FileLookup* files) {
    std::vector<format::ResultField> results = handedBack(forest, catalogue, step, files);
    const NodeRef inputs = entryOf(forest, step, "inputs");
    if (inputs == kNoNode || forest.children(inputs).empty())
        return results;
    for (format::ResultField& each : results)
        each.path.insert(0, "result.");
    results.insert(results.end(), type.results.begin(), type.results.end());
    return results;
}

// The documentation of a part with the values that it is one of.
void describeValues(format::ResultField& part) {
    if (part.values.empty())
        return;
    part.documentation += part.values.size() > 1 ? " One of "
                          : part.mayLack         ? " Can only be "
                                                 : " Always ";
    for (std::size_t i = 0; i < part.values.size(); ++i)
        part.documentation += (i == 0 ? "`" : ", `") + part.values[i] + "`";
    part.documentation += ".";
}

// What a step with a condition stores if that does not hold.
std::vector<format::ResultField> skippedResults(const yaml::Forest& forest, NodeRef step) {
    if (entryOf(forest, step, "condition") == kNoNode)
        return {};
    return {{"skipped", "True if the condition of the step did not hold, else not there."},
            {"reason", "Why the step was skipped."}};
}

}  // namespace

std::vector<format::ResultField> resultsOf(const yaml::Forest& forest,
                                           const format::Catalogue& catalogue, NodeRef step,
                                           const check::FileLookup* files) {
    const format::StepType* type = catalogue.find(textOf(forest, entryOf(forest, step, "type")));
    if (type == nullptr)
        return {};
    if (isStreamed(forest, step))
        return streamedResults();
    if (type->id == "pipeline")
        return pipelineResults(forest, catalogue, step, *type, files);
    std::vector<format::ResultField> results = check::resultParts(forest, *type, step);
    for (format::ResultField& each : results)
        describeValues(each);
    for (format::ResultField& each : skippedResults(forest, step))
        results.push_back(std::move(each));
    return results;
}

std::vector<format::ResultField> seenResultsOf(const yaml::Forest& forest,
                                               const format::Catalogue& catalogue, const Name& step,
                                               const check::FileLookup* files) {
    return check::storesHiddenKeys(step.type) ? skippedResults(forest, step.node)
                                              : resultsOf(forest, catalogue, step.node, files);
}

std::vector<Name> scopeAt(const check::Subject& subject, const format::Catalogue& catalogue,
                          std::size_t offset, const check::FileLookup* files) {
    const Place place = placeAt(subject.text(), offset);
    ScopeReader reader(subject, catalogue, place.path, offset, files);
    std::vector<Name> names;
    for (const NameKind kind : {NameKind::Step, NameKind::LoopItem, NameKind::Variable,
                                NameKind::Input, NameKind::Constant, NameKind::Function})
        for (Name& each : reader.of(kind))
            names.push_back(std::move(each));
    for (Name& each : names)
        if (each.kind == NameKind::Step)
            each.results = resultsOf(subject.forest(), catalogue, each.node, files);
    return names;
}

const format::Graph& ScopeReader::graph() {
    if (!derived_)
        graph_ = format::deriveGraph(forest_, catalogue_);
    derived_ = true;
    return graph_;
}

// The byte of its dash or key: the first that is neither comment nor blank.
std::size_t ScopeReader::beginOf(NodeRef node) const {
    const std::string_view prefix = forest_.lexeme(node).prefix;
    std::size_t at = subject_.entrySpan(node).begin + prefix.size();
    while (at < subject_.text().size() && subject_.text()[at] == ' ')
        ++at;
    return at;
}

bool ScopeReader::isAround(std::size_t begin) const {
    return std::any_of(path_.begin(), path_.end(),
                       [&](const PathStep& each) { return each.begin == begin; });
}

void ScopeReader::addStep(std::size_t node, std::vector<Name>& names) {
    const format::GraphNode& step = graph_.nodes[node];
    names.push_back({NameKind::Step, step.name, step.type, step.preview, {}, step.ref});
}

std::vector<Name> ScopeReader::steps(bool inTemplate) {
    const auto& nodes = graph().nodes;
    std::vector<bool> opened(nodes.size());  // around the place, other than its own step
    std::vector<std::size_t> visible;
    bool filledIn = false;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const std::size_t begin = beginOf(nodes[i].ref);
        if (begin >= offset_)
            break;
        const auto parent = nodes[i].parent;
        const bool around = isAround(begin);
        opened[i] = around && begin != holder_;
        const bool seen = parent == format::kNoGraphNode || opened[parent];
        if (seen && !around && nodes[i].kind == NodeKind::Step && !(inTemplate && filledIn))
            visible.push_back(i);
        if (!around)
            continue;
        filledIn = !isInlinePipeline(nodes[i]);
        if (!inTemplate && (!filledIn || isBatchTask(nodes, nodes[i])))
            visible.clear();
    }
    std::vector<Name> names;
    std::set<std::string_view> known;
    for (auto i = visible.rbegin(); i != visible.rend(); ++i)
        if (!nodes[*i].name.empty() && known.insert(nodes[*i].name).second)
            addStep(*i, names);
    return names;
}

std::vector<Name> ScopeReader::nestedSteps() {
    const auto& nodes = graph().nodes;
    std::vector<Name> names;
    for (const format::GraphNode& node : nodes)
        if (node.type == "pipeline" && beginOf(node.ref) == holder_)
            names = stepsOfFile(fileOf(forest_, node.ref), catalogue_, files_);
    if (!names.empty())
        return names;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        auto container = nodes[i].parent;
        if (container != format::kNoGraphNode && isInlinePipeline(nodes[container]))
            container = nodes[container].parent;
        if (container != format::kNoGraphNode && nodes[i].kind == NodeKind::Step &&
            !nodes[i].name.empty() && beginOf(nodes[container].ref) == holder_)
            addStep(i, names);
    }
    return names;
}

std::set<std::string> ScopeReader::allStepNames() {
    std::set<std::string> names;
    for (const format::GraphNode& node : graph().nodes)
        names.insert(node.name);
    return names;
}

std::vector<Name> ScopeReader::loopNames(LoopSight sight, std::size_t parents) {
    std::vector<const format::GraphNode*> loops;
    for (const format::GraphNode& node : graph().nodes) {
        const std::size_t begin = beginOf(node.ref);
        const bool own = begin == holder_ && sight == LoopSight::Around;
        if (own || !(isInlinePipeline(node) || isLoop(node)) || !isAround(begin))
            continue;
        if (isLoop(node))
            loops.push_back(&node);
        else
            loops.clear();
    }
    for (; parents > 0 && !loops.empty() && loops.back()->type == "for_loop"; --parents)
        loops.pop_back();
    std::vector<Name> names;
    if (loops.empty() || parents > 0)
        return names;
    const format::GraphNode* loop = loops.back();
    const bool nested = loops.size() > 1;
    const bool items = loop->type == "for_loop";
    if (items)
        addItem(*loop, names);
    for (const Helper& each : kHelpers)
        if (each.ofItems == items && (nested || std::string_view("parent") != each.name))
            names.push_back({NameKind::LoopItem, each.name, {}, each.meaning, {}, loop->ref});
    return names;
}

std::vector<Name> ScopeReader::loopItem() {
    std::vector<Name> names = loopNames(LoopSight::Around);
    std::erase_if(names, [&](const Name& each) {
        return each.node == kNoNode || yaml::keyText(forest_, each.node) != "iterator";
    });
    return names;
}

void ScopeReader::addItem(const format::GraphNode& loop, std::vector<Name>& names) const {
    const NodeRef iterator = entryOf(forest_, loop.ref, "iterator");
    addOnce(names, {NameKind::LoopItem,
                    textOf(forest_, iterator),
                    {},
                    "Item of the loop " + loop.name + ".",
                    {},
                    iterator});
}

void ScopeReader::addLoops(std::vector<Name>& names) const {
    for (const format::GraphNode& node : graph_.nodes) {
        const std::size_t begin = beginOf(node.ref);
        if (node.type == "for_loop" && begin != holder_ && isAround(begin))
            addItem(node, names);
    }
}

void ScopeReader::addKeys(NodeRef mapping, NameKind kind, std::vector<Name>& names) const {
    if (mapping == kNoNode || !yaml::isMapping(forest_.style(mapping)))
        return;
    for (const NodeRef each : forest_.children(mapping))
        addOnce(names, {kind, yaml::keyText(forest_, each), {}, textOf(forest_, each), {}, each});
}

// What loops and inline pipelines set is not seen by the templates of their steps.
bool ScopeReader::isLocal(const format::GraphNode& setter) const {
    for (auto at = setter.parent; at != format::kNoGraphNode; at = graph_.nodes[at].parent)
        if (isLoop(graph_.nodes[at]) || isInlinePipeline(graph_.nodes[at]))
            return true;
    return false;
}

// Those that are set before the step of the file that holds the place: everything in it is filled
// in before it runs.
void ScopeReader::addVariables(std::vector<Name>& names) const {
    for (const format::GraphNode& node : graph_.nodes) {
        const std::size_t begin = beginOf(node.ref);
        if (begin >= offset_ || isAround(begin))
            break;
        if (node.type == "set_variable" && !isLocal(node))
            addKeys(entryOf(forest_, node.ref, "variables"), NameKind::Variable, names);
    }
}

// Set by the same pipeline, and in no other loop.
std::vector<Name> ScopeReader::sourceVariables() {
    const auto& nodes = graph().nodes;
    std::vector<Name> names;
    const NodeRef pipeline = pipelineAround();
    for (format::GraphIndex i = 0; i < nodes.size() && beginOf(nodes[i].ref) < offset_; ++i) {
        if (nodes[i].type != "set_variable" || isAround(beginOf(nodes[i].ref)))
            continue;
        auto at = nodes[i].parent;
        while (at != format::kNoGraphNode && !isInlinePipeline(nodes[at]) &&
               (!isLoop(nodes[at]) || isAround(beginOf(nodes[at].ref))))
            at = nodes[at].parent;
        const NodeRef ran = at == format::kNoGraphNode    ? kNoNode
                            : isInlinePipeline(nodes[at]) ? nodes[nodes[at].parent].ref
                                                          : nodes[at].ref;
        if (ran == pipeline)
            addKeys(entryOf(forest_, nodes[i].ref, "variables"), NameKind::Variable, names);
    }
    return names;
}

// The step that runs the inline pipeline around the place.
NodeRef ScopeReader::pipelineAround() const {
    NodeRef step = kNoNode;
    for (const format::GraphNode& node : graph_.nodes)
        if (isInlinePipeline(node) && isAround(beginOf(node.ref)))
            step = graph_.nodes[node.parent].ref;
    return step;
}

// Those of the inline pipelines around: the outer ones fill in the templates of the inner ones.
void ScopeReader::addConstants(std::vector<Name>& names) const {
    addKeys(entryOf(forest_, graph_.workflow, "global_vars"), NameKind::Constant, names);
    for (const format::GraphNode& node : graph_.nodes) {
        if (!isInlinePipeline(node) || !isAround(beginOf(node.ref)))
            continue;
        addKeys(entryOf(forest_, format::workflowOf(forest_, node.ref), "global_vars"),
                NameKind::Constant, names);
    }
}

// Inside inline pipelines what their steps hand in; elsewhere what the file itself asks for.
void ScopeReader::addInputs(std::vector<Name>& names) const {
    for (const format::GraphNode& node : graph_.nodes)
        if (isInlinePipeline(node) && isAround(beginOf(node.ref)))
            addKeys(entryOf(forest_, graph_.nodes[node.parent].ref, "inputs"), NameKind::Input,
                    names);
    if (pipelineAround() != kNoNode)
        return;
    for (const format::HeldReference& each : format::allReferences(forest_, graph_))
        if (each.reference.target == format::ReferenceTarget::Input)
            addOnce(names, {NameKind::Input, each.reference.name, {}, {}, {}, each.reference.at});
}

std::vector<Name> ScopeReader::of(NameKind kind) {
    const yaml::NodeRef workflow = graph().workflow;
    std::vector<Name> names;
    switch (kind) {
        case NameKind::Step:
            return steps(false);
        case NameKind::Variable:
            addVariables(names);
            break;
        case NameKind::Input:
            addInputs(names);
            break;
        case NameKind::LoopItem:
            addLoops(names);
            break;
        case NameKind::Constant:
            addConstants(names);
            break;
        case NameKind::Function:
            addKeys(entryOf(forest_, workflow, "gemini_functions"), kind, names);
            break;
    }
    return names;
}

}  // namespace pe::language
