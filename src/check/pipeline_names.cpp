// SPDX-License-Identifier: MIT
#include "pipeline_names.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <system_error>
#include <unordered_set>

#include "fields.hpp"
#include "step_place.hpp"
#include "template_syntax.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using format::kNoGraphNode;
using yaml::NodeRef;

// The step of the file itself with which the templates of `from` are expanded first: inline
// pipelines are expanded by the pipelines around them before they run.
GraphIndex outermost(const format::Graph& graph, GraphIndex from) {
    StepPlace place = placeOf(graph, from);
    while (place.pipeline != kNoGraphNode) {
        from = graph.nodes[place.pipeline].parent;
        place = placeOf(graph, from);
    }
    return place.expandedWith;
}

VariableSight sightOf(const StepPlace& place) {
    if (place.pipeline != kNoGraphNode)
        return VariableSight::InPipeline;
    return place.loop != kNoGraphNode ? VariableSight::InLoop : VariableSight::Set;
}

constexpr int kMostDepth = 50;
constexpr std::size_t kMostItems = 1000;  // of a list that are looked at

// What is left of the characters that UTF-16 needs for itself.
bool isCharacter(std::string_view digits) {
    std::int64_t code = -1;
    const bool read =
        std::from_chars(digits.data(), digits.data() + digits.size(), code).ec == std::errc();
    return read && code >= 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

// Whether nothing that is written in a list keeps it from becoming text.
bool isWritable(const yaml::Forest& forest, NodeRef list, int depth) {
    const auto fits = [&](NodeRef item) {
        if (forest.style(item) == yaml::Style::Alias)
            return true;
        if (yaml::isCollection(forest.style(item)))
            return yaml::isSequence(forest.style(item)) && isWritable(forest, item, depth + 1);
        const auto scalar = scalarOf(forest, item);
        return !scalar || scalar->isString() ||
               (scalar->kind == yaml::Value::Kind::Integer && isCharacter(scalar->text));
    };
    const auto items = forest.children(list);
    const auto looked = static_cast<std::ptrdiff_t>(std::min(items.size(), kMostItems));
    return depth == kMostDepth || std::all_of(items.begin(), items.begin() + looked, fits);
}

}  // namespace

format::ResultKind kindOf(ValueShape shape) {
    switch (shape) {
        case ValueShape::Text:
            return format::ResultKind::Text;
        case ValueShape::Flag:
            return format::ResultKind::Flag;
        case ValueShape::Whole:
        case ValueShape::Fraction:
            return format::ResultKind::Number;
        case ValueShape::Mapping:
            return format::ResultKind::Mapping;
        case ValueShape::List:
        case ValueShape::Unwritable:
            return format::ResultKind::List;
        default:
            return format::ResultKind::Any;
    }
}

ValueShape shapeAt(const yaml::Forest& forest, NodeRef entry) {
    const NodeRef value = valueBehind(forest, entry);
    if (value == yaml::kNoNode)
        return ValueShape::Other;
    if (!yaml::isCollection(forest.style(value))) {
        const auto scalar = scalarOf(forest, entry);
        switch (scalar ? scalar->kind : yaml::Value::Kind::Null) {
            case yaml::Value::Kind::String:
                return nextTemplate(scalar->text, 0).empty() ? ValueShape::Text
                                                             : ValueShape::Templated;
            case yaml::Value::Kind::Boolean:
                return ValueShape::Flag;
            case yaml::Value::Kind::Integer:
                return ValueShape::Whole;
            case yaml::Value::Kind::Float:
                return ValueShape::Fraction;
            default:
                return ValueShape::Other;
        }
    }
    if (yaml::isMapping(forest.style(value)))
        return ValueShape::Mapping;
    return isWritable(forest, value, 0) ? ValueShape::List : ValueShape::Unwritable;
}

std::optional<NodeRef> partAt(const yaml::Forest& forest, NodeRef entry, std::string_view path) {
    NodeRef at = valueBehind(forest, entry);
    while (!path.empty()) {
        if (at == yaml::kNoNode || forest.style(at) == yaml::Style::Alias)
            return std::nullopt;
        if (!yaml::isMapping(forest.style(at))) {
            const ValueShape shape = shapeAt(forest, at);
            const auto text = textOf(forest, at);
            const bool decided =
                shape != ValueShape::Other && (!text || nextTemplate(*text, 0).empty());
            return decided ? std::optional(yaml::kNoNode) : std::nullopt;
        }
        const std::size_t dot = std::min(path.find('.'), path.size());
        at = entryOf(forest, at, path.substr(0, dot));
        if (at == yaml::kNoNode)
            return at;
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return at;
}

PipelineNames::PipelineNames(const yaml::Forest& forest, const format::Graph& graph)
    : forest_(forest), graph_(graph) {
    for (GraphIndex i = 0; i < graph.nodes.size(); ++i) {
        const format::GraphNode& node = graph.nodes[i];
        if (node.kind != format::NodeKind::Step)
            continue;
        if (node.name.find_first_of(".:") != std::string::npos)
            splitSteps_.push_back(i);
        if (node.type == "set_variable")
            readSetter(forest, i);
        if (node.type != "for_loop")
            continue;
        const NodeRef iterator = entryOf(forest, mappingBehind(forest, node.ref), "iterator");
        if (auto name = textOf(forest, iterator))
            iterators_.emplace(i, std::move(*name));
    }
    const NodeRef constants = mappingBehind(forest, entryOf(forest, graph.workflow, "global_vars"));
    if (constants == yaml::kNoNode)
        return;
    constants_.emplace();
    for (const NodeRef entry : forest.children(constants)) {
        constants_->push_back(keyOf(forest, entry));
        constantShapes_.push_back(shapeAt(forest, entry));
    }
}

void PipelineNames::readSetter(const yaml::Forest& forest, GraphIndex index) {
    const NodeRef step = mappingBehind(forest, graph_.nodes[index].ref);
    const NodeRef variables = mappingBehind(forest, entryOf(forest, step, "variables"));
    if (variables == yaml::kNoNode)
        return;
    const VariableSight sight = sightOf(placeOf(graph_, index));
    for (const NodeRef entry : forest.children(variables)) {
        std::string name = keyOf(forest, entry);
        setters_[name].push_back({index, sight, entry});
        variables_.push_back(std::move(name));
    }
}

VariableSight PipelineNames::variable(std::string_view name, GraphIndex from) const {
    const auto found = setters_.find(std::string(name));
    if (found == setters_.end())
        return VariableSight::Unknown;
    const GraphIndex expanded = outermost(graph_, from);
    const auto seen = [&](const Setter& each) {
        if (each.sight != VariableSight::Set || each.step < expanded)
            return each.sight;
        return each.step == from ? VariableSight::Together : VariableSight::Later;
    };
    for (const Setter& each : found->second)
        if (seen(each) == VariableSight::Set)
            return VariableSight::Set;
    return seen(found->second.front());
}

bool PipelineNames::setsBefore(const Setter& setter, GraphIndex from) const {
    const GraphIndex around = graph_.nodes[setter.step].parent;
    return setter.step < from &&
           placeOf(graph_, setter.step).pipeline == placeOf(graph_, from).pipeline &&
           (around == kNoGraphNode || isWithin(graph_, from, around));
}

bool PipelineNames::isSetBefore(std::string_view name, GraphIndex from) const {
    const auto found = setters_.find(std::string(name));
    return found != setters_.end() &&
           std::any_of(found->second.begin(), found->second.end(),
                       [&](const Setter& each) { return setsBefore(each, from); });
}

std::vector<GraphIndex> PipelineNames::settersBefore(std::string_view name, GraphIndex from) const {
    std::vector<GraphIndex> setters;
    if (const auto found = setters_.find(std::string(name)); found != setters_.end())
        for (const Setter& each : found->second)
            if (setsBefore(each, from))
                setters.push_back(each.step);
    return setters;
}

template <class Read, class Answer>
Answer PipelineNames::agreed(std::string_view variable, Answer other, Read read) const {
    const auto found = setters_.find(std::string(variable));
    if (found == setters_.end())
        return other;
    const Answer first = read(found->second.front().entry);
    const bool same = std::all_of(found->second.begin() + 1, found->second.end(),
                                  [&](const Setter& each) { return read(each.entry) == first; });
    return same ? first : other;
}

ValueShape PipelineNames::shapeOf(std::string_view variable, std::string_view path) const {
    const auto [known, first] =
        shapes_.try_emplace(std::string(variable) + '\n' + std::string(path), ValueShape::Other);
    if (first)
        known->second = agreedShape(variable, path);
    return known->second;
}

ValueShape PipelineNames::agreedShape(std::string_view variable, std::string_view path) const {
    const auto read = [&](NodeRef entry) {
        const std::optional<NodeRef> part = partAt(forest_, entry, path);
        if (!part)
            return ValueShape::Other;
        return *part == yaml::kNoNode ? ValueShape::Absent : shapeAt(forest_, *part);
    };
    const auto asText = [&](NodeRef entry) {
        const ValueShape shape = read(entry);
        return shape == ValueShape::Text         ? ValueShape::Templated
               : shape == ValueShape::Unwritable ? ValueShape::List
                                                 : shape;
    };
    const ValueShape shape = agreed(variable, ValueShape::Other, read);
    return shape == ValueShape::Other ? agreed(variable, shape, asText) : shape;
}

NodeRef PipelineNames::onlyEntry(std::string_view variable) const {
    return agreed(variable, yaml::kNoNode, [](NodeRef entry) { return entry; });
}

std::optional<std::string> PipelineNames::textIn(std::string_view variable,
                                                 std::string_view path) const {
    return agreed(variable, std::optional<std::string>(), [&](NodeRef entry) {
        const std::optional<NodeRef> part = partAt(forest_, entry, path);
        return part && *part != yaml::kNoNode ? textOf(forest_, *part) : std::nullopt;
    });
}

ValueShape PipelineNames::constantShape(std::string_view constant) const {
    for (std::size_t i = 0; i < constantShapes_.size(); ++i)
        if ((*constants_)[i] == constant)
            return constantShapes_[i];
    return ValueShape::Other;
}

std::optional<std::size_t> PipelineNames::loopsTo(std::string_view item, GraphIndex from) const {
    std::size_t parents = 0;
    for (GraphIndex loop = placeOf(graph_, from).loop; loop != kNoGraphNode;
         loop = placeOf(graph_, loop).loop) {
        const auto found = iterators_.find(loop);
        if (found == iterators_.end())
            return std::nullopt;
        if (found->second == item)
            return parents;
        ++parents;
    }
    return std::nullopt;
}

std::optional<std::string> PipelineNames::roundPath(std::string_view item, GraphIndex from) const {
    const std::optional<std::size_t> parents = loopsTo(item, from);
    if (!parents)
        return std::nullopt;
    std::string path;
    for (std::size_t i = 0; i < *parents; ++i)
        path += "parent.";
    return path.append(item);
}

bool PipelineNames::hasParentLoop(GraphIndex from) const {
    const GraphIndex loop = placeOf(graph_, from).loop;
    return loop != kNoGraphNode && graph_.nodes[loop].type == "for_loop" &&
           placeOf(graph_, loop).loop != kNoGraphNode;
}

bool PipelineNames::isLoopItem(std::string_view name, GraphIndex from) const {
    if (iterators_.empty())
        return false;
    for (GraphIndex at = graph_.nodes[from].parent; at != kNoGraphNode;
         at = graph_.nodes[at].parent) {
        const auto found = iterators_.find(at);
        if (found != iterators_.end() && found->second == name)
            return true;
    }
    return false;
}

const NearNames& PipelineNames::steps() const {
    if (steps_)
        return *steps_;
    steps_.emplace();
    std::unordered_set<std::string_view> added;
    for (const format::GraphNode& node : graph_.nodes)
        if (node.kind == format::NodeKind::Step && !node.name.empty() &&
            added.insert(node.name).second)
            steps_->add(node.name);
    return *steps_;
}

}  // namespace pe::check
