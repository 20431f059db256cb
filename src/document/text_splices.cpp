// SPDX-License-Identifier: MIT
#include "text_splices.hpp"

#include <algorithm>
#include <string_view>

#include "line_anchors.hpp"

namespace pe::document {
namespace {

using View = std::u32string_view;

bool endsLine(char32_t element) {
    return element == U'\n' || element == kCarriageReturn || element == kCarriageReturnLineFeed;
}

std::vector<View> linesOf(View text) {
    return splitLines(text, [text](std::size_t i) { return endsLine(text[i]); });
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

}  // namespace

std::vector<ElementSplice> splicesBetween(const Elements& from, const Elements& to) {
    if (from == to)
        return {};
    const std::vector<View> left = linesOf(from);
    const std::vector<View> right = linesOf(to);
    Collector collector;
    collector.keep(joined(left, 0, differingLines(left, right).leftBegin).size());
    walkLines(
        left, right,
        [&](std::size_t l, std::size_t leftEnd, std::size_t r, std::size_t rightEnd) {
            collector.replace(joined(left, l, leftEnd), joined(right, r, rightEnd));
        },
        [&](std::size_t anchor) { collector.keep(left[anchor].size()); });
    return collector.take();
}

}  // namespace pe::document
