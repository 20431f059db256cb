// SPDX-License-Identifier: MIT
#include "other_name.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "fields.hpp"
#include "pe/yaml/pointer.hpp"
#include "text_fix.hpp"
#include "text_range.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

constexpr std::array kInSteps = {
    OtherName{"for_loop", "over", "data_source", Safety::Safe},
    OtherName{"for_loop", "as", "iterator", Safety::Safe},
    OtherName{"claude_batch/task", "id", "task_id", Safety::Safe},
    OtherName{"claude_smart", "options", "claude_options", Safety::Choice},
    OtherName{"set_variable", "variable", "variables", Safety::Choice},
    OtherName{"set_variable", "value", "variables", Safety::Choice}};

// The guides show some of these beside the field that is read, with another meaning.
constexpr std::array kBelow = {
    OtherName{"retry_config", "retry_conditions", "retry_on", Safety::Safe},
    OtherName{"workflow", "variables", "global_vars", Safety::Choice},
    OtherName{"pipeline", "variables", "global_vars", Safety::Choice},
    OtherName{"extraction_config", "output_format", "format", Safety::Choice},
    OtherName{"session_config", "checkpoint_interval", "checkpoint_frequency", Safety::Safe},
    OtherName{"operations", "by", "field", Safety::Safe},
    OtherName{"operations", "key", "field", Safety::Safe},
    OtherName{"operations", "value_field", "field", Safety::Safe}};

bool stands(const yaml::Forest& forest, NodeRef mapping, std::string_view around) {
    if (mapping == yaml::kNoNode)
        return false;
    const NodeRef list = forest.parent(mapping);
    return keyIs(forest, mapping, around) ||
           (list != yaml::kNoNode && yaml::isSequence(forest.style(list)) &&
            keyIs(forest, list, around));
}

bool isPath(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char c) { return isWordCharacter(c) || c == '.'; });
}

// The input_source of the only operation of a step, if that names a step and no part of its
// result: the guides name the list to work on in `field` then.
NodeRef sourceOfOnly(const yaml::Forest& forest, NodeRef operation) {
    constexpr std::string_view kResultOf = "previous_response:";
    const NodeRef operations = forest.parent(operation);
    const NodeRef source = entryOf(forest, forest.parent(operations), "input_source");
    const auto text = textOf(forest, source);
    const bool whole = text && text->starts_with(kResultOf) &&
                       text->find(':', kResultOf.size()) == std::string::npos;
    return whole && forest.children(operations).size() == 1 ? source : yaml::kNoNode;
}

}  // namespace

std::span<const OtherName> otherNamesOfSteps() {
    return kInSteps;
}

const OtherName* otherNameInStep(std::string_view kind, std::string_view key) {
    const auto found = std::find_if(kInSteps.begin(), kInSteps.end(), [&](const OtherName& each) {
        return each.around == kind && each.key == key;
    });
    return found == kInSteps.end() ? nullptr : &*found;
}

const OtherName* otherNameOf(const yaml::Forest& forest, NodeRef entry) {
    const NodeRef mapping = forest.parent(entry);
    const auto found = std::find_if(kBelow.begin(), kBelow.end(), [&](const OtherName& each) {
        return keyIs(forest, entry, each.key) && stands(forest, mapping, each.around);
    });
    if (found == kBelow.end())
        return nullptr;
    const bool free = entryOf(forest, mapping, found->meant) == yaml::kNoNode;
    return free || found->around == "operations" ? &*found : nullptr;
}

Fix otherNameFix(const yaml::Forest& forest, NodeRef entry, const OtherName& other) {
    const std::string meant(other.meant);
    const NodeRef taken = entryOf(forest, forest.parent(entry), meant);
    auto value = yaml::valueOf(forest, entry);
    if (taken == yaml::kNoNode || !value)
        return renameKeyFix("Rename to " + quoted(meant), entry, meant, other.safety);
    const NodeRef source = sourceOfOnly(forest, forest.parent(entry));
    const auto list = textOf(forest, taken);
    const bool named = source != yaml::kNoNode && list && isPath(*list);
    const std::string title =
        "Use it as " + quoted(meant) +
        (named ? ", and " + quoted(*list) + " as the path of the source" : "");
    document::Batch batch;
    if (named)
        batch.commands.push_back(
            {document::SetValue{source,
                                yaml::Value::ofString(*textOf(forest, source) + ":" + *list)},
             title, 0});
    batch.commands.push_back({document::SetValue{taken, std::move(*value)}, title, 0});
    batch.commands.push_back({document::Remove{entry}, title, 0});
    return {title, false, document::Command{std::move(batch), title, 0}};
}

}  // namespace pe::check
