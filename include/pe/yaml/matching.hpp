// SPDX-License-Identifier: MIT
// Matching of two lists of siblings: which entry on the right is which on the left. By equal text,
// by key or by the name of a step, by place; but not an item with the one that was put around it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pe/yaml/forest.hpp"

namespace pe::yaml {

inline constexpr std::size_t kUnmatched = static_cast<std::size_t>(-1);

struct Candidate {
    std::string_view text;  // of the whole entry; equal texts are the same entry
    const Forest* forest;
    NodeRef node;
};

struct Matching {
    std::vector<std::size_t> left;  // by right index: the left index, or kUnmatched
    std::vector<char> displaced;    // by right index: must move for the order to be right
    std::vector<char> matchedLeft;  // by left index
};

// Of the matched on the right (left index, or kUnmatched), those that must move for the order to be
// right: a longest run that is in order stays.
std::vector<char> displacedOf(const std::vector<std::size_t>& left);

// What an item of a list that is a mapping calls itself: its `name` or `id`; empty if it does not.
std::string itemName(const Forest& forest, NodeRef node);

// How many lines two texts have in common, in any order and whatever their indentation.
std::size_t sharedLines(std::string_view left, std::string_view right);

Matching matchSiblings(const std::vector<Candidate>& left, const std::vector<Candidate>& right);

}  // namespace pe::yaml
