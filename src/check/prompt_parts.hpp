// SPDX-License-Identifier: MIT
// The parts of a prompt.
#pragma once

#include <array>
#include <string_view>

#include "fields.hpp"
#include "pe/yaml/entries.hpp"

namespace pe::check {

struct PartField {
    std::string_view type;
    std::string_view key;  // that the loader demands
};
// Those that the loader knows.
inline constexpr std::array<PartField, 5> kPromptParts{{{"static", "content"},
                                                        {"file", "path"},
                                                        {"previous_response", "step"},
                                                        {"session_context", "session_id"},
                                                        {"claude_continue", "session_id"}}};

// Calls `visit(part)` for those that are mappings; `prompt` is the entry, and may be none.
template <class Visit>
void forEachPromptPart(const yaml::Forest& forest, yaml::NodeRef prompt, Visit visit) {
    const yaml::NodeRef list = valueBehind(forest, prompt);
    if (list == yaml::kNoNode || !yaml::isSequence(forest.style(list)))
        return;
    for (const yaml::NodeRef item : forest.children(list))
        if (const yaml::NodeRef part = mappingBehind(forest, item); part != yaml::kNoNode)
            visit(part);
}

// With `strict: false` a part that is not found is no error.
bool isLenient(const yaml::Forest& forest, yaml::NodeRef part);

}  // namespace pe::check
