// SPDX-License-Identifier: MIT
#include "text_splices.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace pe::document {
namespace {

using View = std::u32string_view;

bool endsLine(char32_t element) {
    return element == U'\n' || element == kCarriageReturn || element == kCarriageReturnLineFeed;
}

std::vector<View> linesOf(View text) {
    std::vector<View> lines;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!endsLine(text[i]))
            continue;
        lines.push_back(text.substr(begin, i + 1 - begin));
        begin = i + 1;
    }
    if (begin < text.size())
        lines.push_back(text.substr(begin));
    return lines;
}

// Collects splices of one pass over the old text from left to right.
class Collector {
public:
    void keep(std::size_t count) { position_ += count; }

    void replace(View was, View is) {
        std::size_t head = 0;
        while (head < was.size() && head < is.size() && was[head] == is[head])
            ++head;
        std::size_t tail = 0;
        while (tail < was.size() - head && tail < is.size() - head &&
               was[was.size() - 1 - tail] == is[is.size() - 1 - tail])
            ++tail;
        const View inserted = is.substr(head, is.size() - head - tail);
        const std::size_t removed = was.size() - head - tail;
        if (removed || !inserted.empty())
            splices_.push_back({static_cast<std::uint32_t>(position_ + head),
                                static_cast<std::uint32_t>(removed), Elements(inserted)});
        position_ += is.size();
    }

    std::vector<ElementSplice> take() { return std::move(splices_); }

private:
    std::size_t position_ = 0;
    std::vector<ElementSplice> splices_;
};

using Lines = std::vector<View>;

View joined(const Lines& lines, std::size_t begin, std::size_t end) {
    if (begin == end)
        return {};
    const char32_t* first = lines[begin].data();
    return {first, static_cast<std::size_t>(lines[end - 1].data() + lines[end - 1].size() - first)};
}

// Lines that stand once on each side, in an order that both sides share, hold the texts together.
std::vector<std::pair<std::size_t, std::size_t>> anchors(const Lines& from, std::size_t fromBegin,
                                                         std::size_t fromEnd, const Lines& to,
                                                         std::size_t toBegin, std::size_t toEnd) {
    struct Seen {
        int left = 0;
        int right = 0;
        std::size_t at = 0;
    };
    std::map<View, Seen> seen;
    for (std::size_t i = fromBegin; i < fromEnd; ++i) {
        Seen& line = seen[from[i]];
        ++line.left;
        line.at = i;
    }
    for (std::size_t i = toBegin; i < toEnd; ++i)
        if (const auto found = seen.find(to[i]); found != seen.end())
            ++found->second.right;
    std::vector<std::pair<std::size_t, std::size_t>> chain;
    for (std::size_t i = toBegin; i < toEnd; ++i) {
        const auto found = seen.find(to[i]);
        if (found == seen.end() || found->second.left != 1 || found->second.right != 1)
            continue;
        if (chain.empty() || chain.back().first < found->second.at)
            chain.emplace_back(found->second.at, i);
    }
    return chain;
}

}  // namespace

std::vector<ElementSplice> splicesBetween(const Elements& from, const Elements& to) {
    if (from == to)
        return {};
    const Lines left = linesOf(from);
    const Lines right = linesOf(to);
    std::size_t begin = 0;
    const std::size_t shorter = std::min(left.size(), right.size());
    while (begin < shorter && left[begin] == right[begin])
        ++begin;
    std::size_t end = 0;
    while (end < shorter - begin && left[left.size() - 1 - end] == right[right.size() - 1 - end])
        ++end;
    const std::size_t leftEnd = left.size() - end;
    const std::size_t rightEnd = right.size() - end;

    Collector collector;
    collector.keep(joined(left, 0, begin).size());
    std::size_t l = begin;
    std::size_t r = begin;
    for (const auto& [leftAnchor, rightAnchor] :
         anchors(left, begin, leftEnd, right, begin, rightEnd)) {
        collector.replace(joined(left, l, leftAnchor), joined(right, r, rightAnchor));
        collector.keep(left[leftAnchor].size());
        l = leftAnchor + 1;
        r = rightAnchor + 1;
    }
    collector.replace(joined(left, l, leftEnd), joined(right, r, rightEnd));
    return collector.take();
}

}  // namespace pe::document
