// SPDX-License-Identifier: MIT
// Variables that only a step sets which may be skipped.
#include <string>
#include <string_view>

#include "fields.hpp"
#include "reference_rules.hpp"
#include "skipped_step.hpp"
#include "source_entries.hpp"
#include "step_place.hpp"
#include "step_sight.hpp"
#include "step_texts.hpp"
#include "template_syntax.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;

class SetterCheck {
public:
    SetterCheck(const StepContext& context, Reporter& reporter)
        : context_(context), reporter_(reporter) {}

    void sources() const {
        for (const SourceEntry& each : sourceEntries(context_)) {
            const yaml::NodeRef entry = valueBehind(context_.pipeline.forest, each.entry);
            const auto text = textOf(context_.pipeline.forest, entry);
            if (!text || each.language == SourceLanguage::Right)
                continue;
            const SourceSyntax source = parseSource(*text, each.language);
            const std::string_view name = source.name.in(*text);
            // A step of the same name would be taken instead.
            if (source.kind != SourceKind::Name ||
                resultSeen(context_.pipeline, name, context_.index).sight == Sight::Visible)
                continue;
            if (const GraphIndex setter = uncertainSetter(name); setter != format::kNoGraphNode)
                reporter_
                    .onValue("reference.maybe-skipped", entry,
                             message(setter, name) + "the run ends.")
                    .why = "A skipped set_variable sets nothing. " + std::string(kRemedy);
        }
    }

    void templates() const {
        for (const StepText& text : templatedTexts(context_)) {
            if (text.condition)
                continue;  // asks for it
            for (const TemplateSyntax& each : templatesIn(text.text))
                if (each.kind == TemplateKind::State || each.kind == TemplateKind::Variable ||
                    each.kind == TemplateKind::Arithmetic || each.kind == TemplateKind::Call)
                    words(text, each);
        }
    }

private:
    static constexpr std::string_view kRemedy =
        "The same condition here, or a step before that always sets the variable, avoids it.";

    // The one step that sets it, if that may be skipped.
    GraphIndex uncertainSetter(std::string_view name) const {
        const auto setters = context_.pipeline.names.settersBefore(name, context_.index);
        return setters.size() == 1 &&
                       mayBeSkipped(context_.pipeline, setters.front(), context_.index)
                   ? setters.front()
                   : format::kNoGraphNode;
    }

    std::string message(GraphIndex setter, std::string_view variable) const {
        return quoted(context_.pipeline.graph.nodes[setter].name) +
               " may be skipped; then the variable " + quoted(variable) + " is not set and ";
    }

    // Every name in the expression that may be one of a variable, with `state.` or without.
    void words(const StepText& text, const TemplateSyntax& each) const {
        constexpr std::string_view kState = "state.";
        const bool computes =
            each.kind == TemplateKind::Arithmetic || each.kind == TemplateKind::Call;
        const std::string_view whole = text.text;
        std::size_t at = each.kind == TemplateKind::Call ? each.name.end : each.expression.begin;
        while (at < each.expression.end) {
            const std::size_t begin = at++;
            if (!isWordCharacter(whole[begin]))
                continue;
            while (at < each.expression.end && (isWordCharacter(whole[at]) || whole[at] == '.'))
                ++at;
            std::string_view path = whole.substr(begin, at - begin);
            if (path.starts_with(kState))
                path.remove_prefix(kState.size());
            else if (path.find('.') != std::string_view::npos)
                continue;
            const std::string_view name = headOf(path);
            const GraphIndex setter =
                context_.pipeline.names.variable(name, context_.index) == VariableSight::Set
                    ? uncertainSetter(name)
                    : format::kNoGraphNode;
            if (setter != format::kNoGraphNode &&
                !isAskedAround(context_.pipeline, name, context_.index))
                reporter_
                    .onPart("template.maybe-unset", text.node, begin, at,
                            message(setter, name) +
                                (computes ? "counts as 0." : "the template becomes empty text."))
                    .why = "A skipped set_variable sets nothing. " + std::string(kRemedy);
        }
    }

    const StepContext& context_;
    Reporter& reporter_;
};

}  // namespace

void checkSetters(const PipelineContext& context, Reporter& reporter) {
    const format::Graph& graph = context.graph;
    // Few files have a step of this kind.
    std::vector<bool> uses(graph.nodes.size());
    bool any = false;
    for (const format::GraphNode& node : graph.nodes)
        any = any || (node.type == "set_variable" && node.conditional);
    if (!any)
        return;
    for (const format::GraphEdge& edge : graph.edges)
        if (graph.nodes[edge.from].conditional && graph.nodes[edge.from].type == "set_variable")
            uses[edge.to] = true;
    for (GraphIndex i = 0; i < graph.nodes.size(); ++i) {
        const format::GraphNode& node = graph.nodes[i];
        const bool source = node.type == "for_loop" || node.type == "data_transform";
        if (node.kind == format::NodeKind::Branch || (!uses[i] && !source) || isUnread(graph, i))
            continue;
        const StepContext step{context, i, mappingBehind(context.forest, node.ref), node.type,
                               context.catalogue.find(node.type)};
        const SetterCheck check(step, reporter);
        check.sources();
        if (uses[i])
            check.templates();
    }
}

}  // namespace pe::check
