// SPDX-License-Identifier: MIT
#include "workflow_rules.hpp"

#include <algorithm>
#include <utility>

#include "access.hpp"
#include "term_order.hpp"

namespace pe::loader {
namespace {

using yaml::Value;

Check checkFunction(const Value& name, const Value& definition) {
    const auto complain = [&](std::string_view rest, const Value& about) {
        return (Message() << "Function '" << name << "' " << rest).reject(about);
    };
    if (!isMap(definition))
        return complain("definition must be a map", definition);
    for (const std::string_view key : {"description", "parameters"})
        if (field(definition, key).isNull())
            return complain("missing '" + std::string(key) + "' field", fieldOr(definition, key));
    if (!isMap(field(definition, "parameters")))
        return complain("parameters must be a map", field(definition, "parameters"));
    return std::nullopt;
}

// Asking every part for its type; the items of a mapping are pairs and have none.
Check partsCrash(const Value& prompt) {
    if (Check crashed = walkCrash(prompt))
        return crashed;
    if (isMap(prompt) && !prompt.entries.empty())
        return crash("FunctionClauseError: no function clause matching in Access.get/3", prompt);
    return firstOf(prompt, [](const Value& part) { return accessCrash(part, "type"); });
}

}  // namespace

Check checkRequired(const Value& root) {
    if (Check crashed = accessCrash(root, "workflow"))
        return crashed;
    const Value& workflow = field(root, "workflow");
    if (workflow.isNull())
        return reject(
            "Configuration missing required 'workflow' section. Expected format: "
            "{\"workflow\": {...}}",
            fieldOr(root, "workflow"));
    if (Check crashed = accessCrash(workflow, "name"))
        return crashed;
    if (field(workflow, "name").isNull())
        return reject("Workflow missing required 'name' field. Add: name: \"your_workflow_name\"",
                      fieldOr(workflow, "name"));
    const Value& steps = field(workflow, "steps");
    if (!isList(steps))
        return reject(
            "Workflow missing required 'steps' array. Expected format: steps: "
            "[{\"name\": \"step1\", \"type\": \"claude\", ...}]",
            fieldOr(workflow, "steps"));
    if (steps.items.empty())
        return reject(
            "Workflow must contain at least one step. Add at least one step to the "
            "'steps' array",
            steps);
    return std::nullopt;
}

Check checkFunctions(const Value& workflow) {
    const Value& functions = field(workflow, "gemini_functions");
    if (functions.isNull())
        return std::nullopt;
    if (!isMap(functions))
        return reject("gemini_functions must be a map of function definitions", functions);
    const std::pair<Value, Value>* first = nullptr;
    Check complaint;
    for (const auto& entry : functions.entries) {
        if (first && !comesBefore(entry.first, first->first))
            continue;
        if (Check found = checkFunction(entry.first, entry.second)) {
            complaint = std::move(found);
            first = &entry;
        }
    }
    return complaint;
}

StepNames::StepNames(const Value& steps) {
    for (const Value& step : steps.items) {
        const Value& name = field(step, "name");
        if (name.isString())
            texts_.insert(name.text);
        else
            others_.push_back(&name);
    }
}

bool StepNames::contains(const Value& name) const {
    if (name.isString())
        return texts_.contains(name.text);
    return std::any_of(others_.begin(), others_.end(),
                       [&](const Value* other) { return *other == name; });
}

Check checkStepReferences(const Value& step, const StepNames& names) {
    const Value& prompt = field(step, "prompt");
    if (isFalsy(prompt))
        return std::nullopt;
    if (Check crashed = partsCrash(prompt))
        return crashed;
    const Value* firstMissing = nullptr;
    Message message;
    for (const Value& part : prompt.items) {
        const Value& name = field(part, "step");
        if (!isText(field(part, "type"), "previous_response") || names.contains(name))
            continue;
        if (firstMissing)
            message << ", " << name;
        else
            message << "Step '" << field(step, "name")
                    << "' references non-existent steps: " << name;
        if (!firstMissing)
            firstMissing = &fieldOr(part, "step");
    }
    return firstMissing ? message.reject(*firstMissing) : std::nullopt;
}

Check checkReferences(const Value& workflow) {
    const Value& steps = field(workflow, "steps");
    const StepNames names(steps);
    return firstOf(steps, [&](const Value& step) { return checkStepReferences(step, names); });
}

std::string listOf(std::span<const std::string_view> names) {
    std::string list;
    for (const std::string_view name : names) {
        if (!list.empty())
            list += ", ";
        list += name;
    }
    return list;
}

}  // namespace pe::loader
