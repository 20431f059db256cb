// SPDX-License-Identifier: MIT
// Line anchors: the lines of two texts, whatever their characters are, and which of them hold the
// texts together.
#pragma once

#include <cstddef>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace pe::document {

// The lines of a text with their breaks; `endsLine(i)` says whether the character at `i` is the
// last of its line.
template <class View, class EndsLine>
std::vector<View> splitLines(View text, EndsLine endsLine) {
    std::vector<View> lines;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!endsLine(i))
            continue;
        lines.push_back(text.substr(begin, i + 1 - begin));
        begin = i + 1;
    }
    if (begin < text.size())
        lines.push_back(text.substr(begin));
    return lines;
}

// The text of lines [begin, end), which are views into one text.
template <class View>
View joined(const std::vector<View>& lines, std::size_t begin, std::size_t end) {
    if (begin == end)
        return {};
    const auto* first = lines[begin].data();
    return {first, static_cast<std::size_t>(lines[end - 1].data() + lines[end - 1].size() - first)};
}

// Lines [begin, end) of both sides.
struct LineRange {
    std::size_t leftBegin = 0;
    std::size_t leftEnd = 0;
    std::size_t rightBegin = 0;
    std::size_t rightEnd = 0;
};

// The lines that differ once equal lines at both ends are left out.
template <class View>
LineRange differingLines(const std::vector<View>& left, const std::vector<View>& right) {
    const std::size_t shorter = left.size() < right.size() ? left.size() : right.size();
    std::size_t begin = 0;
    while (begin < shorter && left[begin] == right[begin])
        ++begin;
    std::size_t end = 0;
    while (end < shorter - begin && left[left.size() - 1 - end] == right[right.size() - 1 - end])
        ++end;
    return {begin, left.size() - end, begin, right.size() - end};
}

// Lines that stand once on each side, in an order that both sides share: left and right index.
template <class View>
std::vector<std::pair<std::size_t, std::size_t>> lineAnchors(const std::vector<View>& left,
                                                             const std::vector<View>& right,
                                                             const LineRange& range) {
    struct Seen {
        int left = 0;
        int right = 0;
        std::size_t at = 0;
    };
    std::map<View, Seen> seen;
    for (std::size_t i = range.leftBegin; i < range.leftEnd; ++i) {
        Seen& line = seen[left[i]];
        ++line.left;
        line.at = i;
    }
    for (std::size_t i = range.rightBegin; i < range.rightEnd; ++i)
        if (const auto found = seen.find(right[i]); found != seen.end())
            ++found->second.right;
    std::vector<std::pair<std::size_t, std::size_t>> chain;
    for (std::size_t i = range.rightBegin; i < range.rightEnd; ++i) {
        const auto found = seen.find(right[i]);
        if (found == seen.end() || found->second.left != 1 || found->second.right != 1)
            continue;
        if (chain.empty() || chain.back().first < found->second.at)
            chain.emplace_back(found->second.at, i);
    }
    return chain;
}

// Calls `replaced(leftBegin, leftEnd, rightBegin, rightEnd)` for each run of lines between anchors
// and `kept(left)` for each anchor, from left to right.
template <class View, class Replaced, class Kept>
void walkLines(const std::vector<View>& left, const std::vector<View>& right, Replaced replaced,
               Kept kept) {
    const LineRange range = differingLines(left, right);
    std::size_t l = range.leftBegin;
    std::size_t r = range.rightBegin;
    for (const auto& [leftAnchor, rightAnchor] : lineAnchors(left, right, range)) {
        replaced(l, leftAnchor, r, rightAnchor);
        kept(leftAnchor);
        l = leftAnchor + 1;
        r = rightAnchor + 1;
    }
    replaced(l, range.leftEnd, r, range.rightEnd);
}

}  // namespace pe::document
