// SPDX-License-Identifier: MIT
#include "entry_references.hpp"

#include "pe/format/field_list.hpp"
#include "pe/format/step_folder.hpp"
#include "pe/yaml/entries.hpp"
#include "pe/yaml/properties.hpp"
#include "text_references.hpp"

namespace pe::format {
namespace {

using yaml::Lexeme;
using yaml::NodeRef;
using yaml::Style;

// Whether the kind of a field says more about its texts than its key does.
bool describes(const FieldSpec& spec) {
    switch (spec.kind) {
        case FieldKind::StepReference:
        case FieldKind::Condition:
        case FieldKind::Prompt:
            return true;
        case FieldKind::Group:
        case FieldKind::GroupList:
        case FieldKind::TaskList:
        case FieldKind::Map:
            return !spec.fields.empty();
        default:
            return false;
    }
}

}  // namespace

NodeRef Anchors::target(std::string_view alias) {
    if (!read_) {
        read_ = true;
        std::vector<NodeRef> open{yaml::kStream};
        while (!open.empty()) {
            const NodeRef node = open.back();
            open.pop_back();
            const std::string_view name = yaml::anchorOf(forest_.lexeme(node).props);
            if (!name.empty())
                byName_.emplace(name, node);
            const auto children = forest_.children(node);
            open.insert(open.end(), children.begin(), children.end());
        }
    }
    if (alias.empty())
        return yaml::kNoNode;
    const auto found = byName_.find(alias.substr(1));
    return found == byName_.end() ? yaml::kNoNode : found->second;
}

bool holdsNodes(const yaml::Forest& forest, FieldRole role, NodeRef node, const Lexeme& lexeme) {
    if (!holdsNodes(role))
        return false;
    if (role == FieldRole::Cases || role == FieldRole::Pipeline)
        return yaml::isMapping(lexeme.style);
    if (!yaml::isSequence(lexeme.style))
        return false;
    const auto items = forest.children(node);
    if (items.empty())
        return role == FieldRole::Steps || role == FieldRole::Default;
    const Style first = forest.style(items.front());
    return yaml::isMapping(first) || first == Style::Alias || first == Style::Empty;
}

bool EntryReferences::scan(const Graph& graph, const GraphNode& node) {
    const bool described = graph.catalogue != nullptr && node.kind == NodeKind::Step;
    alone_ = true;
    scan(node.ref, described ? teamType(*graph.catalogue, node.type) : nullptr);
    return alone_;
}

void EntryReferences::scan(NodeRef entry, const StepType* team) {
    const Lexeme lexeme = forest_.lexeme(entry);
    if (!yaml::isMapping(lexeme.style))
        return;
    forEachEntry(forest_, entry, [&](NodeRef child, const Lexeme& value, std::string_view key) {
        const FieldRole role = fieldRole(key);
        if (holdsNodes(forest_, role, child, value))
            return;
        // A nested pipeline may wrap its fields in `workflow`; the steps in there are nodes as
        // well.
        if (key == "workflow" && yaml::isMapping(value.style))
            return scan(child);
        const FieldSpec* spec = team == nullptr ? nullptr : fieldNamed(team->fields, key);
        if (spec != nullptr && describes(*spec))
            scanDescribed(*spec, child, value);
        else
            scanField(role, child, value);
    });
}

void EntryReferences::scanDescribed(const FieldSpec& spec, NodeRef node, const Lexeme& lexeme) {
    if (lexeme.style == Style::Alias)
        return follow(lexeme,
                      [&](NodeRef to, const Lexeme& form) { scanDescribed(spec, to, form); });
    switch (spec.kind) {
        case FieldKind::StepReference:
            return scanValue(ReferenceRole::StepName, node, lexeme);
        case FieldKind::Condition:
            return scanValue(ReferenceRole::Condition, node, lexeme);
        case FieldKind::Prompt:
            return scanPrompt(node, lexeme);
        case FieldKind::Group:
            return scanGroup(spec, node, lexeme);
        case FieldKind::GroupList:
        case FieldKind::TaskList:
        case FieldKind::Map:
            if (!yaml::isCollection(lexeme.style))
                return scanValue(ReferenceRole::Text, node, lexeme);
            for (const NodeRef child : forest_.children(node))
                scanGroup(spec, child, forest_.lexeme(child));
            return;
        default:
            return scanValue(ReferenceRole::Text, node, lexeme);
    }
}

// A mapping whose entries the description knows.
void EntryReferences::scanGroup(const FieldSpec& spec, NodeRef node, const Lexeme& lexeme) {
    if (lexeme.style == Style::Alias)
        return follow(lexeme, [&](NodeRef to, const Lexeme& form) { scanGroup(spec, to, form); });
    if (!yaml::isMapping(lexeme.style))
        return scanValue(ReferenceRole::Text, node, lexeme);
    forEachEntry(forest_, node, [&](NodeRef child, const Lexeme& value, std::string_view key) {
        const FieldSpec* field = fieldNamed(spec.fields, key);
        if (field == nullptr)
            scanValue(ReferenceRole::Text, child, value);
        else
            scanDescribed(*field, child, value);
    });
}

void EntryReferences::scanField(FieldRole role, NodeRef node, const Lexeme& lexeme) {
    switch (role) {
        case FieldRole::Type:
            return;
        case FieldRole::Prompt:
            return scanPrompt(node, lexeme);
        case FieldRole::Condition:
            return scanValue(ReferenceRole::Condition, node, lexeme);
        case FieldRole::DataSource:
            return scanValue(ReferenceRole::DataSource, node, lexeme);
        case FieldRole::PipelineFile:
            return scanValue(ReferenceRole::PipelineFile, node, lexeme);
        case FieldRole::Functions:
            return scanValue(ReferenceRole::Function, node, lexeme);
        case FieldRole::Operations:
            return scanEach(node, lexeme, &EntryReferences::scanOperation);
        case FieldRole::Outputs:
            return scanEach(node, lexeme, &EntryReferences::scanOutput);
        default:
            return scanValue(ReferenceRole::Text, node, lexeme);
    }
}

template <class Follow>
void EntryReferences::follow(const Lexeme& lexeme, Follow then) {
    alone_ = false;
    if (following_ || budget_ <= 0)
        return;
    const NodeRef target = anchors_.target(lexeme.raw);
    if (target == yaml::kNoNode)
        return;
    following_ = true;
    then(target, forest_.lexeme(target));
    following_ = false;
}

void EntryReferences::scanEach(NodeRef list, const Lexeme& lexeme,
                               void (EntryReferences::*item)(NodeRef, const Lexeme&)) {
    if (lexeme.style == Style::Alias)
        return follow(lexeme, [&](NodeRef to, const Lexeme& form) { scanEach(to, form, item); });
    if (!yaml::isSequence(lexeme.style))
        return scanValue(ReferenceRole::Text, list, lexeme);
    for (const NodeRef child : forest_.children(list)) {
        const Lexeme form = forest_.lexeme(child);
        if (form.style == Style::Alias)
            follow(form, [&](NodeRef to, const Lexeme& target) { (this->*item)(to, target); });
        else
            (this->*item)(child, form);
    }
}

void EntryReferences::scanPrompt(NodeRef prompt, const Lexeme& lexeme) {
    scanEach(prompt, lexeme, &EntryReferences::scanPart);
}

void EntryReferences::scanPart(NodeRef part, const Lexeme& lexeme) {
    if (!yaml::isMapping(lexeme.style))
        return scanValue(ReferenceRole::Text, part, lexeme);
    // Only a previous_response part has `step`; a part whose type is missing is read as one.
    forEachEntry(forest_, part, [&](NodeRef child, const Lexeme& value, std::string_view key) {
        const auto role = key == "step"        ? ReferenceRole::PromptStep
                          : key == "condition" ? ReferenceRole::Condition
                                               : ReferenceRole::Text;
        if (key != "type")
            scanValue(role, child, value);
    });
}

// A prompt part is one wherever it stands, also below a key that the engine does not know.
bool EntryReferences::isStrayPart(NodeRef node, const Lexeme& lexeme) const {
    if (!yaml::isMapping(lexeme.style))
        return false;
    const NodeRef type = entryOf(forest_, node, "type");
    return type != yaml::kNoNode &&
           yaml::DecodedText::ofScalar(forest_, type).view() == "previous_response";
}

void EntryReferences::scanOperation(NodeRef operation, const Lexeme& lexeme) {
    if (!yaml::isMapping(lexeme.style))
        return scanValue(ReferenceRole::Text, operation, lexeme);
    forEachEntry(forest_, operation, [&](NodeRef child, const Lexeme& value, std::string_view key) {
        scanValue(key == "right_source" ? ReferenceRole::DataSource : ReferenceRole::Text, child,
                  value);
    });
}

void EntryReferences::scanOutput(NodeRef output, const Lexeme& lexeme) {
    if (!yaml::isMapping(lexeme.style))
        return scanValue(ReferenceRole::Output, output, lexeme);
    forEachEntry(forest_, output, [&](NodeRef child, const Lexeme& value, std::string_view key) {
        scanValue(key == "path" ? ReferenceRole::Output : ReferenceRole::Text, child, value);
    });
}

void EntryReferences::scanValue(ReferenceRole role, NodeRef node, const Lexeme& lexeme) {
    if (following_ && --budget_ <= 0)
        return;
    if (lexeme.style == Style::Alias)
        return follow(lexeme, [&](NodeRef to, const Lexeme& form) { scanValue(role, to, form); });
    if (!yaml::isCollection(lexeme.style))
        return scanText(role, node, lexeme);
    if (role == ReferenceRole::Text && isStrayPart(node, lexeme))
        return scanPart(node, lexeme);
    for (const NodeRef child : forest_.children(node))
        scanValue(role, child, forest_.lexeme(child));
}

void EntryReferences::scanText(ReferenceRole role, NodeRef node, const Lexeme& lexeme) {
    if (!isScalar(lexeme.style))
        return;
    // Nearly every text has no template at all: decided on the bytes as they stand.
    if (role == ReferenceRole::Text && lexeme.raw.find("{{") == std::string_view::npos &&
        (lexeme.style != Style::DoubleQuoted || lexeme.raw.find('\\') == std::string_view::npos))
        return;
    const yaml::DecodedText text = yaml::DecodedText::ofScalar(forest_, node, lexeme);
    TextReferences(text, role, node, unusual_, found_).scan();
}

}  // namespace pe::format
