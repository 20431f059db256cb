// SPDX-License-Identifier: MIT
// The rules of the engine's first validator (Pipeline.Config), in its order, as it runs outside
// its own tests.
#include <algorithm>
#include <array>

#include "access.hpp"
#include "rules.hpp"
#include "workflow_rules.hpp"

namespace pe::loader {
namespace {

using yaml::Value;

constexpr std::array<std::string_view, 15> kTypes{
    "set_variable", "claude",         "gemini",         "parallel_claude", "gemini_instructor",
    "claude_smart", "claude_session", "claude_extract", "claude_batch",    "claude_robust",
    "for_loop",     "while_loop",     "data_transform", "file_ops",        "pipeline"};

// Types that may do without a prompt, whatever stands there.
constexpr std::array<std::string_view, 7> kWithoutPrompt{
    "parallel_claude", "set_variable",   "pipeline", "for_loop",
    "while_loop",      "data_transform", "file_ops"};

constexpr std::array<std::string_view, 6> kStreamHandlers{"console", "simple",   "debug",
                                                          "file",    "callback", "buffer"};

template <std::size_t Size>
bool isOneOf(const Value& value, const std::array<std::string_view, Size>& names) {
    return value.isString() && std::find(names.begin(), names.end(), value.text) != names.end();
}

Check checkNameAndType(const Value& step) {
    if (Check crashed = accessCrash(step, "name"))
        return crashed;
    if (field(step, "name").isNull())
        return (Message() << "Step missing required 'name' field. Add: name: \"step_name\"")
            .reject(fieldOr(step, "name"));
    const Value& type = field(step, "type");
    if (type.isNull())
        return (about(step) << "missing required 'type' field. Supported types: " << listOf(kTypes))
            .reject(fieldOr(step, "type"));
    if (!isOneOf(type, kTypes))
        return (about(step) << "has invalid type '" << type
                            << "'. Supported types: " << listOf(kTypes))
            .reject(type);
    return std::nullopt;
}

Check checkStreaming(const Value& step) {
    const Value& options = field(step, "claude_options");
    if (Check crashed = accessCrash(options, "async_streaming"))
        return crashed;
    const Value& streaming = field(options, "async_streaming");
    if (isFalsy(streaming))
        return std::nullopt;
    if (streaming.kind != Value::Kind::Boolean)
        return (about(step) << "claude_options.async_streaming must be a boolean")
            .reject(streaming);
    const Value& handler = field(options, "stream_handler");
    if (!handler.isNull() && !isOneOf(handler, kStreamHandlers))
        return (about(step) << "claude_options.stream_handler must be one of: "
                            << listOf(kStreamHandlers))
            .reject(handler);
    const Value& size = field(options, "stream_buffer_size");
    const bool isInteger = size.kind == Value::Kind::Integer;
    if (size.isNull() || (isInteger && size.text != "0" && !size.text.starts_with('-')))
        return std::nullopt;
    Message message = about(step);
    message << "claude_options.stream_buffer_size must be "
            << (isInteger && size.text == "0" ? "positive, got: 0" : "a positive integer");
    return message.reject(size);
}

Check checkTypeSpecific(const Value& step) {
    const Value& type = field(step, "type");
    if (isText(type, "parallel_claude") && field(step, "parallel_tasks").isNull())
        return (about(step) << "of type 'parallel_claude' missing required 'parallel_tasks' field")
            .reject(fieldOr(step, "parallel_tasks"));
    return isText(type, "claude") ? checkStreaming(step) : std::nullopt;
}

struct PartRule {
    std::string_view type;
    std::string_view key;
    std::string_view complaint;
};
constexpr std::array<PartRule, 5> kPartRules{{
    {"static", "content", "has static prompt part without content"},
    {"file", "path", "has file prompt part without path"},
    {"previous_response", "step", "has previous_response prompt part missing 'step' field"},
    {"session_context", "session_id", "has session_context prompt part missing 'session_id' field"},
    {"claude_continue", "session_id", "has claude_continue prompt part missing 'session_id' field"},
}};

Check checkPart(const Value& part, const Value& step) {
    if (Check crashed = accessCrash(part, "type"))
        return crashed;
    const Value& type = field(part, "type");
    if (type.isNull())
        return (about(step) << "has prompt part without type").reject(fieldOr(part, "type"));
    const auto rule = std::find_if(kPartRules.begin(), kPartRules.end(),
                                   [&](const auto& each) { return isText(type, each.type); });
    if (rule == kPartRules.end())
        return (about(step) << "has prompt part with invalid type: " << type).reject(type);
    if (field(part, rule->key).isNull())
        return (about(step) << rule->complaint).reject(fieldOr(part, rule->key));
    return std::nullopt;
}

Check checkPrompt(const Value& step) {
    const Value& type = field(step, "type");
    const Value& prompt = field(step, "prompt");
    if (isOneOf(type, kWithoutPrompt))
        return std::nullopt;
    if (isText(type, "claude_batch")) {
        if (!prompt.isNull() || !field(step, "tasks").isNull())
            return std::nullopt;
        return (about(step) << "of type 'claude_batch' must have either 'prompt' or 'tasks' field")
            .reject(step);
    }
    if (prompt.isNull())
        return (about(step) << "missing required 'prompt' field. Add: prompt: [{\"type\": "
                               "\"static\", \"content\": \"...\"}]")
            .reject(fieldOr(step, "prompt"));
    if (!isList(prompt))
        return (about(step) << "prompt must be an array of prompt parts. Format: [{\"type\": "
                               "\"static\", \"content\": \"...\"}]")
            .reject(prompt);
    return firstOf(prompt, [&](const Value& part) { return checkPart(part, step); });
}

Check checkFunctionUses(const Value& step, const Value& available) {
    const Value& functions = field(step, "functions");
    if (functions.isNull())
        return std::nullopt;
    if (!isList(functions))
        return (about(step) << "functions must be a list").reject(functions);
    return firstOf(functions, [&](const Value& name) -> Check {
        const auto isNamed = [&](const auto& entry) { return entry.first == name; };
        if (std::any_of(available.entries.begin(), available.entries.end(), isNamed))
            return std::nullopt;
        return (about(step) << "references undefined function: " << name).reject(name);
    });
}

}  // namespace

Check checkConfigStep(const Value& step, const Value& available) {
    if (Check complaint = checkNameAndType(step))
        return complaint;
    if (Check complaint = checkTypeSpecific(step))
        return complaint;
    if (Check complaint = checkPrompt(step))
        return complaint;
    return checkFunctionUses(step, available);
}

Check checkConfigHeader(const Value& root) {
    if (Check complaint = checkRequired(root))
        return complaint;
    return checkFunctions(field(root, "workflow"));
}

Check checkConfig(const Value& root) {
    if (Check complaint = checkConfigHeader(root))
        return complaint;
    const Value& workflow = field(root, "workflow");
    const Value& available = field(workflow, "gemini_functions");
    const auto check = [&](const Value& step) { return checkConfigStep(step, available); };
    if (Check complaint = firstOf(field(workflow, "steps"), check))
        return complaint;
    return checkReferences(workflow);
}

}  // namespace pe::loader
