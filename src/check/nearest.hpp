// SPDX-License-Identifier: MIT
// The known name that a mistyped one most likely means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace pe::check {

// Letters to add, drop, change or swap with their neighbour; at most `limit` + 1 is told apart.
std::size_t typingDistance(std::string_view a, std::string_view b, std::size_t limit);

// The candidate that is near enough to be meant: at most a third of the letters differ, hyphens,
// blanks, underscores and case do not count. Empty if there is none. The first of equally near
// ones.
std::string_view nearest(std::string_view name, const std::vector<std::string_view>& candidates);

// Names that are looked for again and again. Borrows them.
class NearNames {
public:
    void add(std::string_view name);
    // As nearest(), among those that `admits`; it is asked of near ones only.
    std::string_view nearest(std::string_view name,
                             const std::function<bool(std::string_view)>& admits) const;

private:
    struct Name {
        std::string_view written;
        std::string letters;
        std::uint64_t set;  // of the letters
    };
    std::vector<Name> names_;
};

// So near that nothing else can be meant: one slip of the hand, or another way to write the words.
bool isSlip(std::string_view name, std::string_view meant);

}  // namespace pe::check
