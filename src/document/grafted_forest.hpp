// SPDX-License-Identifier: MIT
// GraftedForest: a forest in which some items of one list are replaced by items of another forest.
// Rendering it moves the lines of those items to their new column and changes no other byte.
// Borrows both; lives as long as it is rendered.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "pe/yaml/forest.hpp"

namespace pe::document {

// Items of a block list that follow one another.
struct Run {
    const yaml::Forest& forest;
    yaml::NodeRef list = yaml::kNoNode;
    std::size_t first = 0;
    std::size_t count = 0;
};

class GraftedForest final : public yaml::Forest {
public:
    // The forest of `place`, in which the items of `guests` stand instead of those of `place`, the
    // first of them below these lines.
    GraftedForest(const Run& place, const Run& guests, std::string prefix);

    yaml::Lexeme lexeme(yaml::NodeRef node) const override;
    std::span<const yaml::NodeRef> children(yaml::NodeRef node) const override;
    yaml::NodeRef parent(yaml::NodeRef node) const override;

private:
    // Nodes of the guest are told from those of the host by an offset.
    static constexpr yaml::NodeRef kGuest = 0x4000'0000;
    static bool isGuest(yaml::NodeRef node) { return node >= kGuest && node != yaml::kNoNode; }

    const yaml::Forest& host_;
    const yaml::Forest& guest_;
    yaml::NodeRef list_;
    yaml::NodeRef guestList_;
    std::vector<yaml::NodeRef> items_;  // of the list, as it is now
    yaml::NodeRef firstGuest_;
    std::string prefix_;
    mutable std::unordered_map<yaml::NodeRef, std::vector<yaml::NodeRef>> guestChildren_;
};

}  // namespace pe::document
