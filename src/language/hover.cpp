// SPDX-License-Identifier: MIT
#include "pe/language/hover.hpp"

#include <algorithm>
#include <charconv>

#include "called_file.hpp"
#include "context.hpp"
#include "name_index.hpp"
#include "nodes.hpp"
#include "pe/language/uses.hpp"
#include "scope_reader.hpp"

namespace pe::language {
namespace {

using format::FieldSpec;
using yaml::kNoNode;
using yaml::NodeRef;

std::string numberText(double number) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    return {digits, end};
}

void addParagraph(std::string& markdown, const std::string& paragraph) {
    if (paragraph.empty())
        return;
    if (!markdown.empty())
        markdown += "\n\n";
    markdown += paragraph;
}

std::string boundsOf(const FieldSpec& field) {
    if (field.minimum && field.maximum)
        return "From " + numberText(*field.minimum) + " to " + numberText(*field.maximum) + ".";
    if (field.minimum)
        return "At least " + numberText(*field.minimum) + ".";
    if (field.maximum)
        return "At most " + numberText(*field.maximum) + ".";
    return {};
}

std::string choicesOf(const FieldSpec& field) {
    if (field.choices.empty())
        return {};
    std::string line = field.kind == format::FieldKind::Choice ? "One of " : "For example ";
    for (std::size_t i = 0; i < field.choices.size(); ++i)
        line += (i == 0 ? "`" : ", `") + field.choices[i] + "`";
    return line + ".";
}

std::string stepSummary(const check::Subject& subject, const format::Catalogue& catalogue,
                        const check::FileLookup* files, NodeRef step) {
    const format::Graph graph = format::deriveGraph(subject.forest(), catalogue);
    const auto node = std::find_if(graph.nodes.begin(), graph.nodes.end(),
                                   [&](const auto& each) { return each.ref == step; });
    if (node == graph.nodes.end())
        return {};
    std::string markdown = introductionOf(node->name, node->type, node->preview);
    std::string results;
    for (const auto& each : resultsOf(subject.forest(), catalogue, step, files))
        results += "\n- `" + each.path + "`: " + each.documentation;
    if (!results.empty())
        addParagraph(markdown, "Its result:" + results);
    return markdown;
}

std::string summaryOf(const check::Subject& subject, const format::Catalogue& catalogue,
                      const check::FileLookup* files, const Target& target) {
    const yaml::Forest& forest = subject.forest();
    switch (target.kind) {
        case TargetKind::Step:
            return stepSummary(subject, catalogue, files, target.node);
        case TargetKind::Variable: {
            std::string markdown = "**" + target.name + "** (variable)";
            const std::string value = textOf(forest, target.node);
            addParagraph(markdown, value.empty() ? "" : "First set to `" + value + "`.");
            return markdown;
        }
        case TargetKind::Function: {
            std::string markdown = "**" + target.name + "** (function)";
            addParagraph(markdown, textOf(forest, entryOf(forest, target.node, "description")));
            return markdown;
        }
        case TargetKind::Input:
        case TargetKind::Constant: {
            const bool input = target.kind == TargetKind::Input;
            std::string markdown =
                "**" + target.name + "** (" + (input ? "input" : "constant") + ")";
            const std::string value = textOf(forest, target.node);
            addParagraph(markdown, value.empty() ? "" : "`" + value + "`");
            return markdown;
        }
        case TargetKind::File:
            return {};
    }
    return {};
}

class HoverFinder {
public:
    HoverFinder(const check::Subject& subject, const format::Catalogue& catalogue,
                std::size_t offset, const check::FileLookup* files)
        : subject_(subject),
          catalogue_(catalogue),
          finder_(catalogue),
          offset_(offset),
          files_(files) {}

    std::optional<Hover> find() const {
        const NodeRef node = nodeAt(subject_, offset_);
        if (node == yaml::kStream)
            return std::nullopt;
        const bool onKey = holds(subject_.keySpan(node), offset_);
        const bool onValue = holds(subject_.valueSpan(node), offset_) &&
                             !yaml::isCollection(subject_.forest().style(node));
        if (!onKey && !onValue)
            return std::nullopt;
        if (const auto target = targetAt(subject_, catalogue_, offset_);
            target && target->kind != TargetKind::File)
            return Hover{summaryOf(subject_, catalogue_, files_, *target), target->at};
        if (auto called = ofCalledStep())
            return called;
        return ofField(node, onKey ? subject_.keySpan(node) : subject_.valueSpan(node), onKey);
    }

private:
    // A step of the file that a step of this one runs.
    std::optional<Hover> ofCalledStep() const {
        const auto definition = definitionOf(subject_, catalogue_, offset_);
        if (!definition || definition->step.empty())
            return std::nullopt;
        for (const Name& each : stepsOfFile(definition->file, catalogue_, files_)) {
            if (each.name != definition->step)
                continue;
            return Hover{introductionOf(each.name, each.type, each.documentation, definition->file),
                         definition->span};
        }
        return std::nullopt;
    }

    std::optional<Hover> ofField(NodeRef node, yaml::Span span, bool onKey) const {
        const std::vector<PathStep> path = pathTo(subject_.forest(), node);
        if (path.empty())
            return std::nullopt;
        const Context above = finder_.at({path.begin(), path.end() - 1});
        std::string markdown;
        if (!path.back().item && path.back().key == "type" && !onKey)
            markdown = ofType(above, textOf(subject_.forest(), node));
        if (above.part && path.back().key == "type" && onKey)
            markdown = documentationOf(partType());
        if (markdown.empty()) {
            const FieldSpec* spec = path.back().item ? (onKey ? nullptr : finder_.at(path).spec)
                                                     : finder_.field(above, path.back().key);
            if (spec == nullptr)
                return std::nullopt;
            markdown = documentationOf(*spec);
        }
        return markdown.empty() ? std::nullopt : std::optional(Hover{markdown, span});
    }

    std::string ofType(const Context& above, const std::string& type) const {
        if (above.shape == Shape::Step) {
            const format::StepType* known = catalogue_.find(type);
            return known == nullptr ? "" : documentationOf(*known);
        }
        return above.part && above.spec != nullptr ? documentationOf(*above.spec) : "";
    }

    // The parts of a prompt are told apart by a key that is not among their fields.
    FieldSpec partType() const {
        FieldSpec type;
        type.key = "type";
        type.title = "Type";
        type.documentation = "What this part inserts.";
        type.required = true;
        for (const FieldSpec& each : catalogue_.promptParts())
            if (each.effective)
                type.choices.push_back(each.key);
        return type;
    }

    const check::Subject& subject_;
    const format::Catalogue& catalogue_;
    ContextFinder finder_;
    std::size_t offset_;
    const check::FileLookup* files_;
};

}  // namespace

std::string introductionOf(const std::string& name, const std::string& type,
                           const std::string& preview, const std::string& file) {
    std::string markdown = "**" + name + "** (step, `" + type + "`)";
    if (!file.empty())
        markdown += " of `" + file + "`";
    addParagraph(markdown, preview);
    return markdown;
}

std::string documentationOf(const FieldSpec& field) {
    std::string markdown = "**" + (field.title.empty() ? field.key : field.title) + "** `" +
                           field.key + "`" + (field.required ? " (required)" : "");
    addParagraph(markdown, field.documentation);
    addParagraph(markdown, field.engineNote.empty() ? "" : "*Engine:* " + field.engineNote);
    if (!field.effective && field.engineNote.empty())
        addParagraph(markdown, "*Engine:* it has no effect.");
    std::string facts = choicesOf(field);
    for (const std::string& each :
         {boundsOf(field),
          field.defaultText.empty() ? std::string() : "Default: `" + field.defaultText + "`."})
        if (!each.empty())
            facts += (facts.empty() ? "" : " ") + each;
    addParagraph(markdown, facts);
    return markdown;
}

std::string documentationOf(const format::StepType& type) {
    std::string markdown = "**" + type.title + "** `" + type.id + "` (" + type.category + ")";
    addParagraph(markdown, type.documentation);
    addParagraph(markdown, type.engineNote.empty() ? "" : "*Engine:* " + type.engineNote);
    if (!type.loadable)
        addParagraph(markdown, "The engine's loader refuses this type.");
    return markdown;
}

std::optional<Hover> hoverAt(const check::Subject& subject, const format::Catalogue& catalogue,
                             std::size_t offset, const check::FileLookup* files) {
    return HoverFinder(subject, catalogue, offset, files).find();
}

}  // namespace pe::language
