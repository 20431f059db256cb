// SPDX-License-Identifier: MIT
// What an accepted workflow can still crash in: the defaults that are merged into its steps.
#include <string>

#include "access.hpp"
#include "inspect.hpp"
#include "rules.hpp"

namespace pe::loader {
namespace {

using yaml::Value;

Check notAMap(const Value& value) {
    return crash("BadMapError: expected a map, got: " + inspected(value), value);
}

// The options of a step or task over those of the workflow's defaults.
Check checkOptionsMerge(const Value& defaults, const Value& options) {
    for (const Value* each : {&field(defaults, "claude_options"), &options})
        if (!isFalsy(*each) && !isMap(*each))
            return notAMap(*each);
    return std::nullopt;
}

Check checkTask(const Value& task, const Value& defaults) {
    if (Check crashed = accessCrash(task, "claude_options"))
        return crashed;
    if (Check complaint = checkOptionsMerge(defaults, field(task, "claude_options")))
        return complaint;
    return isMap(task) ? std::nullopt : notAMap(task);
}

Check checkTasks(const Value& step, const Value& defaults) {
    const Value& tasks = field(step, "parallel_tasks");
    if (isFalsy(tasks))
        return std::nullopt;
    if (Check crashed = walkCrash(tasks))
        return crashed;
    if (isMap(tasks) && !tasks.entries.empty())
        return crash("FunctionClauseError: no function clause matching in Access.get/3", tasks);
    return firstOf(tasks, [&](const Value& task) { return checkTask(task, defaults); });
}

}  // namespace

Check checkDefaultsMerge(const Value& step, const Value& defaults) {
    const std::string& type = field(step, "type").text;
    if (type == "parallel_claude")
        return checkTasks(step, defaults);
    if (type.starts_with("claude"))
        return checkOptionsMerge(defaults, field(step, "claude_options"));
    return std::nullopt;
}

}  // namespace pe::loader
