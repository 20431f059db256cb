// SPDX-License-Identifier: MIT
// The rules of the engine's second validator (Pipeline.EnhancedConfig), in its order.
#include <algorithm>
#include <array>
#include <string>

#include "access.hpp"
#include "enhanced_parts.hpp"
#include "field_rules.hpp"
#include "rules.hpp"
#include "workflow_rules.hpp"

namespace pe::loader {
namespace {

using yaml::Value;
using Names3 = std::array<std::string_view, 3>;
using Names4 = std::array<std::string_view, 4>;

constexpr std::array<std::string_view, 10> kTypes{
    "set_variable", "claude",         "gemini",         "parallel_claude", "gemini_instructor",
    "claude_smart", "claude_session", "claude_extract", "claude_batch",    "claude_robust"};

constexpr Names3 kOutputFormats{"text", "json", "stream_json"};
constexpr std::array<std::string_view, 2> kBackoffStrategies{"linear", "exponential"};
constexpr Names4 kPermissionModes{"default", "accept_edits", "bypass_permissions", "plan"};
constexpr Names3 kProviders{"anthropic", "aws_bedrock", "google_vertex"};
constexpr Names3 kModes{"development", "production", "test"};
constexpr Names3 kDebugLevels{"basic", "detailed", "performance"};
constexpr Names4 kPresets{"development", "production", "analysis", "chat"};
constexpr std::array<std::string_view, 5> kExtractionFormats{"text", "json", "structured",
                                                             "summary", "markdown"};
constexpr Names4 kStreamHandlers{"console", "file", "callback", "buffer"};

constexpr std::array<FieldRule, 4> kAuthentication{{
    {"auto_check", FieldKind::Boolean},
    {"provider", FieldKind::Choice, kProviders},
    {"fallback_mock", FieldKind::Boolean},
    {"diagnostics", FieldKind::Boolean},
}};
constexpr std::array<FieldRule, 2> kEnvironment{{
    {"mode", FieldKind::Choice, kModes},
    {"debug_level", FieldKind::Choice, kDebugLevels},
}};
constexpr std::array<FieldRule, 3> kCostAlerts{{
    {"enabled", FieldKind::Boolean},
    {"threshold_usd", FieldKind::Number},
    {"notify_on_exceed", FieldKind::Boolean},
}};
constexpr std::array<FieldRule, 1> kDefaults{{{"claude_preset", FieldKind::Choice, kPresets}}};
constexpr std::array<FieldRule, 2> kSmart{{
    {"preset", FieldKind::Choice, kPresets},
    {"environment_aware", FieldKind::Boolean},
}};
constexpr std::array<FieldRule, 5> kSession{{
    {"persist", FieldKind::Boolean},
    {"session_name", FieldKind::Text},
    {"continue_on_restart", FieldKind::Boolean},
    {"checkpoint_frequency", FieldKind::PositiveInteger},
    {"description", FieldKind::Text},
}};
constexpr std::array<FieldRule, 5> kExtraction{{
    {"use_content_extractor", FieldKind::Boolean},
    {"format", FieldKind::Choice, kExtractionFormats},
    {"post_processing", FieldKind::List},
    {"max_summary_length", FieldKind::PositiveInteger},
    {"include_metadata", FieldKind::Boolean},
}};
constexpr std::array<FieldRule, 3> kBatch{{
    {"max_parallel", FieldKind::PositiveInteger},
    {"timeout_per_task", FieldKind::PositiveInteger},
    {"consolidate_results", FieldKind::Boolean},
}};
constexpr std::array<FieldRule, 4> kRetry{{
    {"max_retries", FieldKind::PositiveInteger},
    {"backoff_strategy", FieldKind::Choice, kBackoffStrategies},
    {"retry_conditions", FieldKind::List},
    {"fallback_action", FieldKind::Text},
}};
constexpr std::array<FieldRule, 9> kOptionsBeforeRetry{{
    {"max_turns", FieldKind::PositiveInteger},
    {"output_format", FieldKind::Choice, kOutputFormats},
    {"verbose", FieldKind::Boolean},
    {"allowed_tools", FieldKind::List},
    {"disallowed_tools", FieldKind::List},
    {"system_prompt", FieldKind::Text},
    {"append_system_prompt", FieldKind::Text},
    {"session_id", FieldKind::Text},
    {"resume_session", FieldKind::Boolean},
}};
constexpr std::array<FieldRule, 10> kOptionsAfterRetry{{
    {"timeout_ms", FieldKind::PositiveInteger},
    {"debug_mode", FieldKind::Boolean},
    {"telemetry_enabled", FieldKind::Boolean},
    {"cost_tracking", FieldKind::Boolean},
    {"async_streaming", FieldKind::Boolean},
    {"stream_handler", FieldKind::Choice, kStreamHandlers},
    {"stream_buffer_size", FieldKind::PositiveInteger},
    {"permission_mode", FieldKind::Choice, kPermissionModes},
    {"permission_prompt_tool", FieldKind::Text},
    {"mcp_config", FieldKind::Text},
}};

// The fields of a mapping in a step. Their names are put together before any is looked at, and so
// a step whose name has no text crashes even if the fields are right.
Check checkStepFields(const Value& step, const Value& map, std::string_view place,
                      std::span<const FieldRule> rules) {
    Message prefix;
    prefix << "step '" << field(step, "name") << "' " << place;
    return prefix.failed() ? prefix.failure() : checkFields(map, prefix.text(), rules);
}

// A mapping in a step that may be missing.
Check checkStepMap(const Value& step, std::string_view key, std::span<const FieldRule> rules) {
    const Value& map = field(step, key);
    if (map.isNull())
        return std::nullopt;
    if (!isMap(map))
        return (about(step) << key << " must be a map").reject(map);
    return checkStepFields(step, map, std::string(key) + '.', rules);
}

Check checkAuthentication(const Value& workflow) {
    const Value& authentication = field(workflow, "claude_auth");
    if (authentication.isNull())
        return std::nullopt;
    if (!isMap(authentication))
        return reject("claude_auth must be a map", authentication);
    return checkFields(authentication, "claude_auth.", kAuthentication);
}

Check checkEnvironment(const Value& workflow) {
    const Value& environment = field(workflow, "environment");
    if (environment.isNull())
        return std::nullopt;
    if (!isMap(environment))
        return reject("environment must be a map", environment);
    if (Check complaint = checkFields(environment, "environment.", kEnvironment))
        return complaint;
    const Value& alerts = field(environment, "cost_alerts");
    if (alerts.isNull())
        return std::nullopt;
    if (!isMap(alerts))
        return reject("environment.cost_alerts must be a map", alerts);
    return checkFields(alerts, "environment.cost_alerts.", kCostAlerts);
}

Check checkDefaults(const Value& workflow) {
    const Value& defaults = field(workflow, "defaults");
    if (defaults.isNull())
        return std::nullopt;
    if (!isMap(defaults))
        return reject("defaults must be a map", defaults);
    return checkFields(defaults, "defaults.", kDefaults);
}

Check checkType(const Value& step) {
    if (Check crashed = accessCrash(step, "type"))
        return crashed;
    const Value& type = field(step, "type");
    if (type.isString() && std::find(kTypes.begin(), kTypes.end(), type.text) != kTypes.end())
        return std::nullopt;
    return (about(step) << "has invalid type '" << type << "'. Supported types: " << listOf(kTypes))
        .reject(fieldOr(step, "type"));
}

Check checkSession(const Value& step) {
    if (field(step, "session_config").isNull())
        return (about(step) << "of type 'claude_session' requires session_config")
            .reject(fieldOr(step, "session_config"));
    return checkStepMap(step, "session_config", kSession);
}

Check checkBatch(const Value& step) {
    if (Check complaint = checkStepMap(step, "batch_config", kBatch))
        return complaint;
    const Value& tasks = field(step, "tasks");
    if (tasks.isNull())
        return std::nullopt;
    if (!isList(tasks))
        return (about(step) << "tasks must be a list").reject(tasks);
    return firstOf(tasks, [&](const Value& task) -> Check {
        if (!isMap(task))
            return (about(step) << "batch task must be a map").reject(task);
        if (!task.find("file") && !task.find("prompt"))
            return (about(step) << "batch task must have either 'file' or 'prompt' field")
                .reject(task);
        return std::nullopt;
    });
}

Check checkTypeSpecific(const Value& step) {
    const std::string& type = field(step, "type").text;
    if (type == "claude_smart")
        return checkStepFields(step, step, "", kSmart);
    if (type == "claude_session")
        return checkSession(step);
    if (type == "claude_extract")
        return checkStepMap(step, "extraction_config", kExtraction);
    if (type == "claude_batch")
        return checkBatch(step);
    if (type == "claude_robust")
        return checkStepMap(step, "retry_config", kRetry);
    return std::nullopt;
}

// Retries among the options. The step's name is joined as a text here, and so must be one.
Check checkOptionsRetry(const Value& step, const Value& options) {
    const Value& retry = field(options, "retry_config");
    if (retry.isNull())
        return std::nullopt;
    if (!isMap(retry))
        return (about(step) << "claude_options.retry_config must be a map").reject(retry);
    const Value& name = field(step, "name");
    if (!name.isString())
        return joinCrash(name, step);
    return checkFields(retry, "step '" + name.text + " claude_options' retry_config.", kRetry);
}

Check checkOptions(const Value& step) {
    const Value& options = field(step, "claude_options");
    if (options.isNull())
        return std::nullopt;
    if (!isMap(options))
        return (about(step) << "claude_options must be a map").reject(options);
    if (Check complaint = checkStepFields(step, options, "claude_options.", kOptionsBeforeRetry))
        return complaint;
    if (Check complaint = checkOptionsRetry(step, options))
        return complaint;
    return checkStepFields(step, options, "claude_options.", kOptionsAfterRetry);
}

}  // namespace

Check checkEnhancedStep(const Value& step) {
    if (Check complaint = checkType(step))
        return complaint;
    if (Check complaint = checkTypeSpecific(step))
        return complaint;
    if (Check complaint = checkOptions(step))
        return complaint;
    return checkEnhancedPrompt(step);
}

Check checkEnhancedHeader(const Value& root) {
    if (Check complaint = checkRequired(root))
        return complaint;
    const Value& workflow = field(root, "workflow");
    for (const auto rule : {checkFunctions, checkAuthentication, checkEnvironment, checkDefaults})
        if (Check complaint = rule(workflow))
            return complaint;
    return std::nullopt;
}

Check checkEnhanced(const Value& root) {
    if (Check complaint = checkEnhancedHeader(root))
        return complaint;
    const Value& workflow = field(root, "workflow");
    const Value& steps = field(workflow, "steps");
    if (Check complaint = firstOf(steps, checkEnhancedStep))
        return complaint;
    if (Check complaint = checkReferences(workflow))
        return complaint;
    const Value& defaults = field(workflow, "defaults");
    return firstOf(steps, [&](const Value& step) { return checkDefaultsMerge(step, defaults); });
}

}  // namespace pe::loader
