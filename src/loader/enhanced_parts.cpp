// SPDX-License-Identifier: MIT
#include "enhanced_parts.hpp"

#include <array>
#include <string>

#include "access.hpp"
#include "field_rules.hpp"

namespace pe::loader {
namespace {

using yaml::Value;

constexpr std::array<FieldRule, 3> kPreviousResponse{{
    {"extract_with", FieldKind::Text},
    {"summary", FieldKind::Boolean},
    {"max_length", FieldKind::PositiveInteger},
}};
constexpr std::array<FieldRule, 1> kSessionContext{
    {{"include_last_n", FieldKind::PositiveInteger}}};
constexpr std::array<FieldRule, 1> kContinue{{{"new_prompt", FieldKind::Text}}};

// A part with a field that must be text, and others that may be there.
Check checkPartFields(const Value& part, const Value& step, std::string_view key,
                      std::span<const FieldRule> rules) {
    Message place = about(step);
    place << field(part, "type") << " part ";
    if (place.failed())
        return place.failure();
    const Value& required = field(part, key);
    if (required.isNull())
        return (place << "missing required '" << key << "' field").reject(fieldOr(part, key));
    if (!required.isString())
        return (place << key << " must be a string").reject(required);
    return checkFields(part, place.text(), rules);
}

Check checkPreviousResponse(const Value& part, const Value& step) {
    if (Check complaint = checkPartFields(part, step, "step", kPreviousResponse))
        return complaint;
    const Value& extractor = field(part, "extract_with");
    if (extractor.isNull() || isText(extractor, "content_extractor"))
        return std::nullopt;
    return (about(step) << "previous_response part extract_with must be 'content_extractor', got: "
                        << extractor)
        .reject(extractor);
}

Check checkPresent(const Value& part, const Value& step, std::string_view key) {
    if (!field(part, key).isNull())
        return std::nullopt;
    return (about(step) << "has " << field(part, "type") << " prompt part without " << key)
        .reject(fieldOr(part, key));
}

Check checkPart(const Value& part, const Value& step) {
    if (Check crashed = accessCrash(part, "type"))
        return crashed;
    const Value& type = field(part, "type");
    if (isText(type, "static"))
        return checkPresent(part, step, "content");
    if (isText(type, "file"))
        return checkPresent(part, step, "path");
    if (isText(type, "previous_response"))
        return checkPreviousResponse(part, step);
    if (isText(type, "session_context"))
        return checkPartFields(part, step, "session_id", kSessionContext);
    if (isText(type, "claude_continue"))
        return checkPartFields(part, step, "session_id", kContinue);
    if (type.isNull())
        return (about(step) << "has prompt part without type").reject(fieldOr(part, "type"));
    return (about(step) << "has prompt part with invalid type: " << type
                        << ". Valid types: static, file, previous_response, session_context, "
                           "claude_continue")
        .reject(type);
}

// The value as the runtime below the engine's language writes it.
std::string runtimeText(const Value& value) {
    std::string out;
    switch (value.kind) {
        case Value::Kind::String:
            return "<<\"" + value.text + "\">>";
        case Value::Kind::Null:
            return "nil";
        case Value::Kind::Boolean:
            return value.boolean ? "true" : "false";
        case Value::Kind::Sequence:
            for (const Value& item : value.items)
                out += (out.empty() ? "" : ",") + runtimeText(item);
            return '[' + out + ']';
        default:
            return value.text;
    }
}

}  // namespace

Check checkEnhancedPrompt(const Value& step) {
    const Value& prompt = field(step, "prompt");
    const Value& type = field(step, "type");
    if (prompt.isNull()) {
        if (isText(type, "claude_batch") || isText(type, "parallel_claude"))
            return std::nullopt;
        return (about(step) << "missing required prompt field").reject(fieldOr(step, "prompt"));
    }
    if (!isList(prompt))
        return (about(step) << "prompt must be a list").reject(prompt);
    return firstOf(prompt, [&](const Value& part) { return checkPart(part, step); });
}

Check joinCrash(const Value& name, const Value& step) {
    return crash(
        "ArgumentError: construction of binary failed: segment 1 of type 'binary': "
        "expected a binary but got: " +
            runtimeText(name),
        name.isNull() ? fieldOr(step, "name") : name);
}

}  // namespace pe::loader
