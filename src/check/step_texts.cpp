// SPDX-License-Identifier: MIT
#include "step_texts.hpp"

#include <algorithm>
#include <array>

#include "described_fields.hpp"
#include "fields.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

constexpr int kMostDepth = 200;

constexpr std::array<std::string_view, 9> kNested = {
    "steps",    "tasks",         "parallel_tasks", "cases",        "default",
    "on_error", "error_handler", "on_not_found",   "output_schema"};

bool holdsNested(const yaml::Forest& forest, NodeRef entry, std::string_view key) {
    if (std::find(kNested.begin(), kNested.end(), key) == kNested.end())
        return false;
    const yaml::Style style = forest.style(entry);
    if (key == "cases" || key == "output_schema")
        return yaml::isMapping(style);
    const auto items = forest.children(entry);
    return yaml::isSequence(style) && !items.empty() &&
           yaml::isMapping(forest.style(items.front()));
}

class TextWalker {
public:
    TextWalker(const StepContext& context, const std::function<void(const StepText&)>& visit)
        : forest_(context.pipeline.forest),
          conditions_(describedFields(context, format::FieldKind::Condition)),
          visit_(visit) {}

    void step(NodeRef mapping) {
        for (const NodeRef child : forest_.children(mapping)) {
            const yaml::Lexeme lexeme = forest_.lexeme(child);
            const auto text = yaml::DecodedText::ofKey(forest_, child, lexeme.key);
            const std::string_view key = text;
            if (key == "type" || holdsNested(forest_, child, key))
                continue;
            found_.field = key;
            found_.condition =
                key == "condition" || key == "break_condition" || key == "continue_condition";
            walk(child, lexeme, key, 0);
        }
    }

private:
    void walk(NodeRef node, const yaml::Lexeme& lexeme, std::string_view key, int depth) {
        const bool around = found_.condition;
        found_.condition =
            around || std::find(conditions_.begin(), conditions_.end(), node) != conditions_.end();
        if (!yaml::isCollection(lexeme.style))
            scalar(node, lexeme, key);
        else if (depth <= kMostDepth)
            entries(node, lexeme, depth);
        found_.condition = around;
    }

    void entries(NodeRef node, const yaml::Lexeme& lexeme, int depth) {
        const bool mapping = yaml::isMapping(lexeme.style);
        const bool pipeline = found_.field == "pipeline" && depth < 2;
        for (const NodeRef child : forest_.children(node)) {
            const yaml::Lexeme item = forest_.lexeme(child);
            const auto text = yaml::DecodedText::ofKey(forest_, child, item.key);
            const std::string_view below = mapping ? text.view() : std::string_view();
            if (!(pipeline && below == "steps"))
                walk(child, item, below, depth + 1);
        }
    }

    void scalar(NodeRef node, const yaml::Lexeme& lexeme, std::string_view key) {
        // Decided on the bytes as they stand; only escapes can hide a brace.
        const bool escaped = lexeme.style == yaml::Style::DoubleQuoted &&
                             lexeme.raw.find('\\') != std::string_view::npos;
        if (!escaped && lexeme.raw.find("{{") == std::string_view::npos &&
            lexeme.raw.find("${") == std::string_view::npos)
            return;
        auto text = textOf(forest_, node);
        if (!text)
            return;
        found_.node = node;
        found_.key = key;
        found_.text = std::move(*text);
        found_.quotesText = found_.field == "prompt" && (key == "content" || key == "new_prompt");
        visit_(found_);
    }

    const yaml::Forest& forest_;
    std::vector<NodeRef> conditions_;  // that only the description of the type tells
    const std::function<void(const StepText&)>& visit_;
    StepText found_;
};

}  // namespace

void forEachTemplateText(const StepContext& context,
                         const std::function<void(const StepText&)>& visit) {
    const yaml::Forest& forest = context.pipeline.forest;
    if (context.step != yaml::kNoNode && yaml::isMapping(forest.style(context.step)))
        TextWalker(context, visit).step(context.step);
}

}  // namespace pe::check
