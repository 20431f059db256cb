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
    explicit TextWalker(const StepContext& context)
        : forest_(context.pipeline.forest),
          conditions_(describedFields(context, format::FieldKind::Condition)) {}

    std::vector<StepText> of(NodeRef mapping) {
        for (const NodeRef child : forest_.children(mapping)) {
            const yaml::Lexeme lexeme = forest_.lexeme(child);
            const auto text = yaml::DecodedText::ofKey(forest_, child, lexeme.key);
            const std::string_view key = text;
            if (key == "type" || holdsNested(forest_, child, key))
                continue;
            field_ = key;
            condition_ =
                key == "condition" || key == "break_condition" || key == "continue_condition";
            walk(child, lexeme, key, 0);
        }
        return std::move(found_);
    }

private:
    void walk(NodeRef node, const yaml::Lexeme& lexeme, std::string_view key, int depth) {
        const bool around = condition_;
        condition_ =
            around || std::find(conditions_.begin(), conditions_.end(), node) != conditions_.end();
        if (!yaml::isCollection(lexeme.style))
            scalar(node, lexeme, key);
        else if (depth <= kMostDepth)
            entries(node, lexeme, depth);
        condition_ = around;
    }

    void entries(NodeRef node, const yaml::Lexeme& lexeme, int depth) {
        const bool mapping = yaml::isMapping(lexeme.style);
        const bool pipeline = field_ == "pipeline" && depth < 2;
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
        const bool quotes = field_ == "prompt" && (key == "content" || key == "new_prompt");
        found_.push_back(
            {node, std::string(field_), std::string(key), std::move(*text), quotes, condition_});
    }

    const yaml::Forest& forest_;
    std::vector<NodeRef> conditions_;  // that only the description of the type tells
    std::string_view field_;
    bool condition_ = false;
    std::vector<StepText> found_;
};

}  // namespace

std::vector<StepText> templatedTexts(const StepContext& context) {
    const yaml::Forest& forest = context.pipeline.forest;
    if (context.step == yaml::kNoNode || !yaml::isMapping(forest.style(context.step)))
        return {};
    return TextWalker(context).of(context.step);
}

}  // namespace pe::check
