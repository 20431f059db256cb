// SPDX-License-Identifier: MIT
#include "result_use.hpp"

#include <algorithm>

#include "condition_entries.hpp"
#include "condition_faults.hpp"
#include "condition_paths.hpp"
#include "fields.hpp"
#include "prompt_parts.hpp"
#include "source_entries.hpp"
#include "step_place.hpp"
#include "step_texts.hpp"
#include "template_syntax.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

class UseWalk {
public:
    UseWalk(const StepContext& context, const std::function<void(const ResultUse&)>& visit)
        : context_(context), forest_(context.pipeline.forest), visit_(visit) {}

    void prompt() const {
        if (isBatch(context_.pipeline.graph, context_.index))
            return;
        forEachPromptPart(forest_, entryOf(forest_, context_.step, "prompt"), [&](NodeRef part) {
            const auto name = textOf(forest_, entryOf(forest_, part, "step"));
            const NodeRef extract = entryOf(forest_, part, "extract");
            const auto path = textOf(forest_, extract);
            if (name && path && !isLenient(forest_, part))
                use(UsePlace::Prompt, seen(*name),
                    {extract, *path, {0, path->size()}, {0, path->size()}});
        });
    }

    void conditions() const {
        for (const ConditionEntry& each : conditionEntries(context_))
            forEachConditionText(forest_, each.entry, [&](NodeRef node, const std::string& text) {
                condition(node, text);
            });
    }

    void templates() const {
        for (const StepText& text : templatedTexts(context_))
            for (const TemplateSyntax& each : templatesIn(text.text)) {
                if (each.kind == TemplateKind::Step)
                    inTemplate(UsePlace::Template, text, each.expression, each.name, each.path);
                else if (each.kind == TemplateKind::Call &&
                         isTemplateFunction(each.name.in(text.text)))
                    arguments(text, each);
            }
    }

    void sources() const {
        for (const SourceEntry& each : sourceEntries(context_)) {
            const NodeRef node = valueBehind(forest_, each.entry);
            const auto text = textOf(forest_, node);
            if (!text)
                continue;
            const SourceSyntax syntax = parseSource(*text, each.language);
            if (syntax.kind == SourceKind::Step &&
                !namesItem(context_, syntax.name.in(*text), each.language))
                use(each.language == SourceLanguage::Right ? UsePlace::Join : UsePlace::Source,
                    seen(syntax.name.in(*text)), {node, *text, {0, text->size()}, syntax.path});
        }
    }

private:
    struct Text {
        NodeRef node;
        const std::string& text;
        TextRange whole;
        TextRange path;
        bool inCondition = false;
    };

    SeenStep seen(std::string_view name) const {
        return resultSeen(context_.pipeline, name, context_.index);
    }

    void arguments(const StepText& text, const TemplateSyntax& call) const {
        for (const TextRange each : call.arguments)
            if (const auto step = stepArgument(text.text, each))
                inTemplate(UsePlace::Argument, text, each, step->name, step->path);
    }

    void inTemplate(UsePlace place, const StepText& text, TextRange whole, TextRange name,
                    TextRange path) const {
        use(place, templateSeen(context_.pipeline, name.in(text.text), context_.index),
            {text.node, text.text, whole, path, text.condition});
    }

    void condition(NodeRef node, const std::string& text) const {
        if (!hasReadablePaths(text))
            return;
        forEachPath(parseCondition(text), text, [&](const Operand& path) {
            use(UsePlace::Condition, seen(path.name.in(text)),
                {node,
                 text,
                 path.range,
                 {std::min(path.name.end + 1, path.range.end), path.range.end}});
        });
    }

    void use(UsePlace place, const SeenStep& step, const Text& text) const {
        if (step.sight == Sight::Visible && !text.path.empty() &&
            text.path.in(text.text).find("{{") == std::string_view::npos)
            visit_({place,
                    step.step,
                    text.node,
                    text.text,
                    text.whole,
                    text.path,
                    step.step,
                    {},
                    {},
                    nullptr,
                    text.inCondition});
    }

    const StepContext& context_;
    const yaml::Forest& forest_;
    const std::function<void(const ResultUse&)>& visit_;
};

}  // namespace

void forEachResultUse(const StepContext& context,
                      const std::function<void(const ResultUse&)>& visit) {
    const UseWalk walk(context, visit);
    walk.prompt();
    walk.conditions();
    walk.templates();
    walk.sources();
}

}  // namespace pe::check
