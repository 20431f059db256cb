// SPDX-License-Identifier: MIT
// The parts of a prompt.
#pragma once

#include "fields.hpp"
#include "pe/yaml/entries.hpp"

namespace pe::check {

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
