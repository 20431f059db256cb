// SPDX-License-Identifier: MIT
#include "pointer_index.hpp"

#include "pe/yaml/entries.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::format {

const std::string& PointerIndex::of(yaml::NodeRef node) {
    if (const auto found = pointers_.find(node); found != pointers_.end())
        return found->second;
    const yaml::NodeRef parent = forest_.parent(node);
    if (node == yaml::kStream || parent == yaml::kNoNode || parent == yaml::kStream)
        return pointers_[node];
    std::string pointer = of(parent);
    pointer += '/';
    if (yaml::isSequence(forest_.style(parent))) {
        if (positions_.find(node) == positions_.end()) {
            std::size_t at = 0;
            for (const yaml::NodeRef item : forest_.children(parent))
                positions_[item] = at++;
        }
        pointer += std::to_string(positions_[node]);
    } else {
        const yaml::Lexeme lexeme = forest_.lexeme(node);
        pointer += yaml::escapePointerToken(yaml::DecodedText::ofKey(forest_, node, lexeme.key));
    }
    return pointers_[node] = std::move(pointer);
}

}  // namespace pe::format
