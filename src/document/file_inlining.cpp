// SPDX-License-Identifier: MIT
#include "file_inlining.hpp"

#include <algorithm>
#include <set>

#include "head_settings.hpp"
#include "kept_types.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/format/scope.hpp"
#include "pe/yaml/edit.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/properties.hpp"
#include "pe/yaml/value.hpp"
#include "template_spans.hpp"

namespace pe::document {
namespace {

using format::kNoGraphNode;
using format::NodeKind;
using format::ReferenceRole;
using format::ReferenceTarget;
using yaml::kNoNode;
using yaml::NodeRef;

constexpr std::string_view kInputs = "inputs.";
constexpr std::string_view kWrapped = "result.";

bool isScalar(const yaml::Forest& forest, NodeRef node) {
    const yaml::Style style = forest.style(node);
    return !yaml::isCollection(style) && style != yaml::Style::Alias &&
           style != yaml::Style::Opaque;
}

void collectAnchors(const yaml::Forest& forest, NodeRef node, std::set<std::string>& names) {
    const std::string_view name = yaml::anchorOf(forest.lexeme(node).props);
    if (!name.empty())
        names.emplace(name);
    for (const NodeRef child : forest.children(node))
        collectAnchors(forest, child, names);
}

// The first alias in there that no anchor in there means; kNoNode if there is none.
NodeRef looseAlias(const yaml::Forest& forest, NodeRef node, const std::set<std::string>& anchors) {
    const yaml::Lexeme lexeme = forest.lexeme(node);
    if (lexeme.style == yaml::Style::Alias && anchors.count(std::string(lexeme.raw.substr(1))) == 0)
        return node;
    for (const NodeRef child : forest.children(node))
        if (const NodeRef found = looseAlias(forest, child, anchors); found != kNoNode)
            return found;
    return kNoNode;
}

bool isTopStep(const format::GraphNode& node) {
    return node.kind == NodeKind::Step && node.parent == kNoGraphNode;
}

}  // namespace

FileInlining::FileInlining(const yaml::Forest& outer, NodeRef step, const yaml::Forest& inner,
                           const format::Catalogue& types)
    : outer_(outer),
      step_(step),
      inner_(inner),
      outerGraph_(format::deriveGraph(outer, types)),
      innerGraph_(format::deriveGraph(inner, types)) {
    for (std::size_t i = 0; i < outerGraph_.nodes.size(); ++i) {
        if (outerGraph_.nodes[i].ref != step || outerGraph_.nodes[i].kind != NodeKind::Step)
            continue;
        index_ = static_cast<format::GraphIndex>(i);
        name_ = outerGraph_.nodes[i].name;
    }
}

tl::unexpected<Error> FileInlining::refusal(const yaml::Forest& forest, NodeRef at,
                                            const std::string& reason) const {
    const bool inner = &forest == &inner_;
    return fail(ErrorCode::Refused, inner ? "In the file that is run: " + reason : reason,
                yaml::pointerTo(forest, at));
}

NodeRef FileInlining::innerList() const {
    return entryOf(inner_, entryOf(inner_, yaml::rootDocument(inner_), "workflow"), "steps");
}

bool FileInlining::handsBack(const std::string& name) const {
    const NodeRef outputs = entryOf(outer_, step_, "outputs");
    if (outputs == kNoNode || outer_.children(outputs).empty())
        return true;
    const auto items = outer_.children(outputs);
    return std::any_of(items.begin(), items.end(), [&](NodeRef item) {
        return isScalar(outer_, item) && yaml::scalarText(outer_, item) == name;
    });
}

// Whether the name of an inner step stands there.
bool FileInlining::isInnerStepAt(const std::string& text, std::size_t at) const {
    return std::any_of(
        innerGraph_.nodes.begin(), innerGraph_.nodes.end(), [&](const format::GraphNode& node) {
            const std::size_t end = at + node.name.size();
            return isTopStep(node) && !node.name.empty() &&
                   text.compare(at, node.name.size(), node.name) == 0 &&
                   (end == text.size() || !format::isNameByte(text[end])) && handsBack(node.name);
        });
}

Result<void> FileInlining::onlyKeys(const yaml::Forest& forest, NodeRef mapping,
                                    const std::vector<std::string>& keys) const {
    for (const NodeRef each : forest.children(mapping)) {
        const std::string key = yaml::keyText(forest, each);
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            return refusal(forest, each, "`" + key + "` would be lost.");
        const yaml::Lexeme lexeme = forest.lexeme(each);
        if (!yaml::commentAbove(forest, each).empty() ||
            lexeme.suffix.find('#') != std::string_view::npos ||
            lexeme.colon.find('#') != std::string_view::npos ||
            lexeme.footer.find('#') != std::string_view::npos)
            return refusal(forest, each,
                           "The comment at `" + key + "` would be lost; delete it first.");
    }
    return {};
}

Result<void> FileInlining::check() const {
    const NodeRef list = outer_.parent(step_);
    if (index_ == kNoGraphNode || list == kNoNode ||
        outer_.style(list) != yaml::Style::BlockSequence)
        return refusal(outer_, step_, "This is no step in a list of lines.");
    if (entryOf(outer_, step_, "pipeline_file") == kNoNode)
        return refusal(outer_, step_, "This step runs no file.");
    if (!yaml::commentAbove(outer_, step_).empty())
        return refusal(outer_, step_, "The comment above the step would be lost; delete it first.");
    PE_TRY(onlyKeys(outer_, step_, {"name", "type", "pipeline_file", "inputs", "outputs"}));
    const NodeRef root = yaml::rootDocument(inner_);
    const NodeRef workflow = entryOf(inner_, root, "workflow");
    const NodeRef steps = innerList();
    if (steps == kNoNode || inner_.style(steps) != yaml::Style::BlockSequence ||
        inner_.children(steps).empty() || inner_.children(yaml::kStream).size() != 1)
        return fail(ErrorCode::Refused, "The file has no list of steps.");
    PE_TRY(onlyKeys(inner_, root, {"workflow"}));
    PE_TRY(onlyHead(workflow));
    PE_TRY(sameFunctions());
    PE_TRY(namesApart());
    PE_TRY(variablesApart());
    PE_TRY(anchorsApart());
    PE_TRY(unboundNames());
    const auto items = inner_.children(steps);
    const StepsUnderHead moved{inner_, innerGraph_, {items.begin(), items.end()}};
    if (format::pipelineAround(outerGraph_, index_) == kNoGraphNode)
        if (const auto stay = typesStay(inner_, innerGraph_, moved.steps); !stay)
            return fail(ErrorCode::Refused, "In the file that is run: " + stay.error().message,
                        stay.error().where);
    if (const auto conflict = settingConflict(moved, outer_, list))
        return refusal(inner_, conflict->at, conflict->reason);
    return {};
}

// A head may hold what is said in the open file too.
Result<void> FileInlining::onlyHead(NodeRef workflow) const {
    std::vector<std::string> keys{"name", "gemini_functions", "steps"};
    for (const auto& [key, within] : settingKeys()) {
        keys.push_back(key);
        if (const NodeRef group = entryOf(inner_, workflow, key);
            group != kNoNode && !within.empty())
            PE_TRY(onlyKeys(inner_, group, within));
    }
    return onlyKeys(inner_, workflow, keys);
}

NodeRef FileInlining::functionsOf(const yaml::Forest& forest) const {
    return entryOf(forest, entryOf(forest, yaml::rootDocument(forest), "workflow"),
                   "gemini_functions");
}

// Their definitions go with the file, so the open one must have the same.
Result<void> FileInlining::sameFunctions() const {
    const NodeRef own = functionsOf(inner_);
    if (own == kNoNode)
        return {};
    if (yaml::holdsComments(inner_, own))
        return refusal(inner_, own,
                       "The comments at the functions would be lost; delete them first.");
    for (const NodeRef each : inner_.children(own)) {
        const std::string name = yaml::keyText(inner_, each);
        const NodeRef other = entryOf(outer_, functionsOf(outer_), name);
        const auto here = yaml::valueOf(inner_, each);
        const auto there = other == kNoNode ? Result<yaml::Value>(yaml::Value::null())
                                            : yaml::valueOf(outer_, other);
        if (other == kNoNode || !here || !there || !(*here == *there))
            return refusal(inner_, each,
                           "The function '" + name +
                               "' is not defined, or otherwise, in this file; copy its definition "
                               "first.");
    }
    return {};
}

Result<void> FileInlining::namesApart() const {
    for (const format::GraphNode& node : innerGraph_.nodes)
        for (const format::GraphNode& other : outerGraph_.nodes)
            if (node.kind == NodeKind::Step && other.kind == NodeKind::Step && other.ref != step_ &&
                node.name == other.name)
                return refusal(inner_, node.ref,
                               "There is a step called '" + node.name +
                                   "' on both sides; rename one of the two first.");
    return {};
}

// Each run of a pipeline has variables of its own, and of one pipeline there is one of each name.
Result<void> FileInlining::variablesApart() const {
    std::set<std::string> outside;
    for (const Resolved& each : format::resolvedReferences(outer_, outerGraph_))
        if (each.variable || each.reference.target == ReferenceTarget::Variable)
            outside.insert(each.reference.name);
    for (const auto& [name, entry] : format::variablesSet(outer_, outerGraph_))
        outside.insert(name);
    for (const auto& [name, entry] : format::variablesSet(inner_, innerGraph_))
        if (outside.count(name) != 0)
            return refusal(
                inner_, entry,
                "A variable '" + name + "' is there on both sides; rename one of the two first.");
    return {};
}

// An alias means the last anchor of its name above it.
Result<void> FileInlining::anchorsApart() const {
    std::set<std::string> outside;
    std::set<std::string> inside;
    collectAnchors(outer_, yaml::kStream, outside);
    collectAnchors(inner_, innerList(), inside);
    for (const std::string& name : inside)
        if (outside.count(name) != 0)
            return refusal(
                inner_, innerList(),
                "An anchor &" + name + " is there on both sides; rename one of the two first.");
    if (const NodeRef alias = looseAlias(inner_, innerList(), inside); alias != kNoNode)
        return refusal(inner_, alias,
                       "The anchor of this alias stands outside of the steps; replace the alias by "
                       "a copy of the value first.");
    return {};
}

// What means nothing in the file must not come to mean something of the other.
Result<void> FileInlining::unboundNames() const {
    const auto outer = format::resolvedReferences(outer_, outerGraph_);
    const auto isKnownOutside = [&](const std::string& name) {
        return std::any_of(outerGraph_.nodes.begin(), outerGraph_.nodes.end(),
                           [&](const auto& node) {
                               return node.kind == NodeKind::Step && node.name == name;
                           }) ||
               std::any_of(outer.begin(), outer.end(), [&](const Resolved& each) {
                   return each.variable && each.reference.name == name;
               });
    };
    for (const Resolved& each : format::resolvedReferences(inner_, innerGraph_)) {
        const ReferenceTarget target = each.reference.target;
        // Functions that are defined on both sides are the same.
        const bool defined = target == ReferenceTarget::Function &&
                             entryOf(inner_, functionsOf(inner_), each.reference.name) != kNoNode;
        if (!defined &&
            (target == ReferenceTarget::Function || target == ReferenceTarget::Constant))
            return refusal(
                inner_, each.reference.at,
                "'" + each.reference.name + "' would come to mean something of the other file.");
        if (each.target == kNoGraphNode && target != ReferenceTarget::Input &&
            isKnownOutside(each.reference.name))
            return refusal(inner_, each.reference.at,
                           "'" + each.reference.name +
                               "' names nothing in the file, and would name a step or variable "
                               "here.");
    }
    return {};
}

Result<void> FileInlining::readInputs(NodeRef node, Scalars& values) const {
    for (const NodeRef child : inner_.children(node))
        PE_TRY(readInputs(child, values));
    if (!isScalar(inner_, node))
        return {};
    std::string text = yaml::scalarText(inner_, node);
    auto spans = templatesIn(text);
    const NodeRef inputs = entryOf(outer_, step_, "inputs");
    bool changed = false;
    std::reverse(spans.begin(), spans.end());
    for (const TemplateSpan& span : spans) {
        if (span.expression.find(kInputs) == std::string::npos)
            continue;
        const NodeRef given = span.expression.starts_with(kInputs)
                                  ? entryOf(outer_, inputs, span.expression.substr(kInputs.size()))
                                  : kNoNode;
        if (given == kNoNode || !isScalar(outer_, given))
            return refusal(inner_, node,
                           "{{" + span.expression +
                               "}} is no text among the inputs of the step, so that it cannot be "
                               "put here.");
        // A template that stands alone keeps the type of what it is given.
        if (span.begin == 0 && span.end == text.size()) {
            PE_TRY_ASSIGN(values[node], yaml::valueOf(outer_, given));
            return {};
        }
        text.replace(span.begin, span.end - span.begin, yaml::scalarText(outer_, given));
        changed = true;
    }
    if (changed)
        values[node] = yaml::Value::ofString(std::move(text));
    return {};
}

Result<Scalars> FileInlining::innerScalars() const {
    Scalars values;
    PE_TRY(readInputs(innerList(), values));
    return values;
}

// Where the name of an inner step begins behind the outer one, past `.` and `result.`; npos if
// there is none.
std::size_t FileInlining::innerNameAt(const std::string& text, std::size_t at) const {
    if (at >= text.size() || (text[at] != '.' && text[at] != ':'))
        return std::string::npos;
    ++at;
    if (isInnerStepAt(text, at))
        return at;
    const bool wrapped = text.compare(at, kWrapped.size(), kWrapped) == 0;
    return wrapped && isInnerStepAt(text, at + kWrapped.size()) ? at + kWrapped.size()
                                                                : std::string::npos;
}

Result<std::string> FileInlining::unnamed(std::string text, const Resolved& reference) const {
    const std::size_t inner = innerNameAt(text, reference.reference.end);
    if (inner == std::string::npos)
        return refusal(outer_, reference.reference.at,
                       "'" + outerGraph_.nodes[reference.holder].name + "' uses '" + name_ +
                           "', which would be gone.");
    const bool source = text[reference.reference.end] == ':';
    text.erase(reference.reference.begin, inner - reference.reference.begin);
    if (source)
        if (const std::size_t dot = text.find('.', reference.reference.begin);
            dot != std::string::npos)
            text[dot] = ':';
    return text;
}

Result<void> FileInlining::prompted(const Resolved& reference, Scalars& values) const {
    const NodeRef at = reference.reference.at;
    const NodeRef extract = entryOf(outer_, outer_.parent(at), "extract");
    const std::string path =
        extract == kNoNode || !isScalar(outer_, extract) ? "" : yaml::scalarText(outer_, extract);
    const std::size_t inner = innerNameAt("." + path, 0);
    const std::size_t dot = inner == std::string::npos ? inner : path.find('.', inner - 1);
    if (dot == std::string::npos)
        return refusal(outer_, at,
                       "'" + outerGraph_.nodes[reference.holder].name + "' inserts what '" + name_ +
                           "' answers with, which would be gone.");
    values[at] = yaml::Value::ofString(path.substr(inner - 1, dot - inner + 1));
    values[extract] = yaml::Value::ofString(path.substr(dot + 1));
    return {};
}

Result<Scalars> FileInlining::outerScalars() const {
    std::map<NodeRef, std::vector<Resolved>> places;
    for (Resolved& each : format::resolvedReferences(outer_, outerGraph_)) {
        const bool own = each.target == index_ && each.holder != index_ && !each.variable;
        if (own && format::namesStep(each.reference.target))
            places[each.reference.at].push_back(std::move(each));
    }
    Scalars values;
    for (auto& [at, references] : places) {
        if (references.front().reference.role == ReferenceRole::PromptStep) {
            PE_TRY(prompted(references.front(), values));
            continue;
        }
        std::sort(references.begin(), references.end(), [](const auto& a, const auto& b) {
            return a.reference.begin > b.reference.begin;
        });
        std::string text = yaml::scalarText(outer_, at);
        for (const Resolved& each : references) {
            PE_TRY_ASSIGN(text, unnamed(std::move(text), each));
        }
        values[at] = yaml::Value::ofString(std::move(text));
    }
    return values;
}

}  // namespace pe::document
