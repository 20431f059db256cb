// SPDX-License-Identifier: MIT
#include "surroundings.hpp"

#include "engine_words.hpp"
#include "fields.hpp"
#include "given_names.hpp"
#include "pe/yaml/pointer.hpp"
#include "step_sight.hpp"
#include "working_folder.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

class Hash {
public:
    void add(std::string_view text) {
        add(text.size());
        for (const char c : text)
            state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    }
    void add(std::uint64_t number) {
        state_ = (state_ ^ number) * 0x9e3779b97f4a7c15ULL;
        state_ ^= state_ >> 29;
    }
    std::uint64_t value() const { return state_; }

private:
    std::uint64_t state_ = 0xcbf29ce484222325ULL;
};

void addEntry(const PipelineContext& context, NodeRef entry, Hash& hash) {
    if (entry == yaml::kNoNode)
        return;
    const yaml::Span span = context.subject.entrySpan(entry);
    hash.add(context.subject.text().substr(span.begin, span.end - span.begin));
}

// What others can know of a variable: of a long text without a template, only that it is one, so
// that typing in it is no reason to look at every step.
void addKnown(const PipelineContext& context, NodeRef entry, Hash& hash) {
    constexpr std::size_t kLong = 24;
    const yaml::Forest& forest = context.forest;
    const yaml::Lexeme lexeme = forest.lexeme(entry);
    hash.add(lexeme.key);
    hash.add(static_cast<std::uint64_t>(lexeme.style));
    const bool text = !isCollection(lexeme.style) && lexeme.style != yaml::Style::Alias;
    if (!text || lexeme.raw.size() <= kLong || lexeme.raw.find("{{") != std::string_view::npos)
        hash.add(lexeme.raw);
    if (!lexeme.props.empty())
        hash.add(lexeme.props);
    for (const NodeRef child : forest.children(entry))
        addKnown(context, child, hash);
}

// Everything below `collection` but the entry `except`, as it is written.
void addEntries(const PipelineContext& context, NodeRef collection, NodeRef except, Hash& hash) {
    if (collection == yaml::kNoNode)
        return;
    for (const NodeRef child : context.forest.children(collection))
        if (child != except)
            addEntry(context, child, hash);
}

// What the steps of an inline pipeline find under other names than those of steps.
void addGiven(const PipelineContext& context, NodeRef entry, Hash& hash) {
    const yaml::Forest& forest = context.forest;
    const NodeRef step = mappingBehind(forest, entry);
    const NodeRef pipeline = entryOf(forest, step, "pipeline");
    if (pipeline == yaml::kNoNode)
        return;
    for (const std::string_view key : {"inputs", "config"})
        addEntries(context, mappingBehind(forest, entryOf(forest, step, key)), yaml::kNoNode, hash);
    addEntries(context, ownConstants(forest, pipeline), yaml::kNoNode, hash);
}

void addNamesGiven(const PipelineContext& context, const format::GraphNode& node, Hash& hash) {
    const NodeRef mapping = node.ref;
    if (node.type == "for_loop") {
        const NodeRef iterator = entryOf(context.forest, mapping, "iterator");
        if (iterator != yaml::kNoNode)
            hash.add(context.forest.lexeme(iterator).raw);
    } else if (node.type == "pipeline") {
        addGiven(context, mapping, hash);
    } else if (node.type == "set_variable") {
        const NodeRef variables =
            mappingBehind(context.forest, entryOf(context.forest, mapping, "variables"));
        if (variables == yaml::kNoNode)
            return;
        // The values decide what becomes of their templates.
        for (const NodeRef variable : context.forest.children(variables)) {
            addKnown(context, variable, hash);
            const NodeRef value = valueBehind(context.forest, variable);
            if (value != yaml::kNoNode && value != variable)
                addKnown(context, value, hash);
        }
    }
}

// Files that are not there may be written in the folders of other steps. A search costs less than a
// look at every step, and few files have the word.
void addWorkingFolders(const PipelineContext& context, Hash& hash) {
    if (context.subject.text().find("cwd") == std::string_view::npos)
        return;
    for (const format::GraphNode& node : context.graph.nodes)
        if (const auto folder = workingFolder(context.forest, node))
            hash.add(*folder);
}

// Whether a step that needs a later one could stand behind it.
void addOrder(const format::Graph& graph, Hash& hash) {
    for (const format::GraphEdge& edge : graph.edges)
        if (edge.from > edge.to && graph.nodes[edge.from].parent == graph.nodes[edge.to].parent)
            hash.add(isUsedUpTo(graph, edge.to, edge.from) ? 1 : 0);
}

}  // namespace

std::uint64_t surroundingsOf(const PipelineContext& context) {
    Hash hash;
    hash.add(readsAsWritten(context.subject) ? 1 : 0);
    for (const format::GraphNode& node : context.graph.nodes) {
        hash.add(node.ref);
        hash.add(node.parent);
        hash.add(static_cast<std::uint64_t>(node.kind));
        hash.add(node.name);
        hash.add(node.type);
        hash.add(node.conditional ? 1 : 0);
        if (node.kind == format::NodeKind::Step)
            addNamesGiven(context, node, hash);
    }
    addOrder(context.graph, hash);
    addWorkingFolders(context, hash);
    const NodeRef root = yaml::rootDocument(context.forest);
    if (root != context.workflow)
        addEntries(context, root, context.workflow, hash);
    const NodeRef steps = context.graph.steps;
    if (steps != context.workflow)
        addEntries(context, context.workflow, steps, hash);
    return hash.value();
}

}  // namespace pe::check
