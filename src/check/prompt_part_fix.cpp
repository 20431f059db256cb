// SPDX-License-Identifier: MIT
#include "prompt_part_fix.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "fields.hpp"
#include "pe/yaml/pointer.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;
using yaml::Value;

constexpr std::string_view kBlanks = " \t\r\n";

// Parts are joined by line ends, so that those around the template go.
std::string_view withoutBlanksBehind(std::string_view text) {
    return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

std::string_view withoutBlanksBefore(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(kBlanks);
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

Value resultPart(std::string_view step, std::string_view extract) {
    Value part = Value::mapping({{Value::ofString("type"), Value::ofString("previous_response")},
                                 {Value::ofString("step"), Value::ofString(std::string(step))}});
    if (!extract.empty())
        part.entries.push_back({Value::ofString("extract"), Value::ofString(std::string(extract))});
    return part;
}

// The static part in a list of parts whose text this is; kNoNode for other texts.
NodeRef staticPartOf(const yaml::Forest& forest, NodeRef content) {
    const NodeRef part = forest.parent(content);
    if (part == yaml::kNoNode || !keyIs(forest, content, "content") ||
        textOf(forest, entryOf(forest, part, "type")) != "static")
        return yaml::kNoNode;
    const NodeRef list = forest.parent(part);
    return list != yaml::kNoNode && yaml::isSequence(forest.style(list)) ? part : yaml::kNoNode;
}

}  // namespace

std::optional<Fix> staticPartFix(const yaml::Forest& forest, NodeRef part) {
    const NodeRef prompt = entryOf(forest, part, "new_prompt");
    const auto text = textOf(forest, prompt);
    if (!text || text->empty() || entryOf(forest, part, "content") != yaml::kNoNode)
        return std::nullopt;
    const std::string title = "Make it a static part";
    document::Batch batch;
    const auto add = [&](auto command) {
        batch.commands.push_back({std::move(command), title, 0});
    };
    add(document::SetValue{entryOf(forest, part, "type"), Value::ofString("static")});
    add(document::RenameKey{prompt, "content"});
    if (const NodeRef session = entryOf(forest, part, "session_id"); session != yaml::kNoNode)
        add(document::Remove{session});
    return Fix{title, false, document::Command{std::move(batch), title, 0}};
}

std::optional<Fix> resultPartFix(const yaml::Forest& forest, NodeRef content, std::string_view text,
                                 TextRange range, std::string_view step, std::string_view extract) {
    const NodeRef part = staticPartOf(forest, content);
    if (part == yaml::kNoNode || step.empty())
        return std::nullopt;
    const std::string_view before = withoutBlanksBehind(text.substr(0, range.begin));
    const std::string_view behind = withoutBlanksBefore(text.substr(range.end));
    const std::string title = "Insert the result by a `previous_response` part";
    const NodeRef list = forest.parent(part);
    document::Batch batch;
    const auto add = [&](auto command) {
        batch.commands.push_back({std::move(command), title, 0});
    };
    if (!withoutBlanksBefore(behind).empty())
        add(document::Insert{list, part, "", staticPart(std::string(behind))});
    if (before.empty()) {
        add(document::SetValue{part, resultPart(step, extract)});
    } else {
        add(document::Insert{list, part, "", resultPart(step, extract)});
        add(document::SetValue{content, Value::ofString(std::string(before))});
    }
    return Fix{title, false, document::Command{std::move(batch), title, 0}};
}

std::string_view answerOf(std::string_view stepType) {
    constexpr std::array<std::string_view, 8> kAnswering = {
        "claude",         "gemini",        "claude_smart",      "claude_session",
        "claude_extract", "claude_robust", "gemini_instructor", "claude_batch"};
    const bool answers =
        std::find(kAnswering.begin(), kAnswering.end(), stepType) != kAnswering.end();
    return answers ? "text" : stepType == "parallel_claude" ? "combined_results" : "";
}

}  // namespace pe::check
