// SPDX-License-Identifier: MIT
// The known name that a mistyped one most likely means.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace pe::check {

// Letters to add, drop, change or swap with their neighbour; at most `limit` + 1 is told apart.
std::size_t typingDistance(std::string_view a, std::string_view b, std::size_t limit);

// The candidate that is near enough to be meant: at most a third of the letters differ, hyphens,
// blanks, underscores and case do not count. Empty if there is none. The first of equally near
// ones.
std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates);

// So near that nothing else can be meant: one slip of the hand, or another way to write the words.
bool isSlip(std::string_view name, std::string_view meant);

}  // namespace pe::check
