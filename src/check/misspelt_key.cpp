// SPDX-License-Identifier: MIT
#include "misspelt_key.hpp"

#include <string>

#include "fields.hpp"
#include "nearest.hpp"
#include "text_fix.hpp"
#include "unknown_field.hpp"

namespace pe::check {
namespace {

// What authors write for the key without a slip of the pen.
bool isOtherWord(std::string_view written, std::string_view key) {
    return (key == "type" && written == "kind") ||
           (key == "step" &&
            (written == "step_name" || written == "from_step" || written == "from"));
}

}  // namespace

using yaml::NodeRef;

NodeRef misspeltKey(const yaml::Forest& forest, NodeRef mapping, std::string_view key) {
    if (mapping == yaml::kNoNode || entryOf(forest, mapping, key) != yaml::kNoNode)
        return yaml::kNoNode;
    for (const NodeRef entry : forest.children(mapping)) {
        const std::string written = keyOf(forest, entry);
        if (!isNull(forest, entry) && !isPrivate(written) &&
            (isOtherWord(written, key) || isSlip(written, key)))
            return entry;
    }
    return yaml::kNoNode;
}

Fix misspeltKeyFix(const yaml::Forest& forest, NodeRef entry, std::string_view key) {
    const std::string written = keyOf(forest, entry);
    const bool safe = isSlip(written, key) && textOf(forest, entry);
    return renameKeyFix("Rename " + quoted(written) + " to " + quoted(key), entry, std::string(key),
                        safe ? Safety::Safe : Safety::Choice);
}

}  // namespace pe::check
