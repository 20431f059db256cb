// SPDX-License-Identifier: MIT
#include "pe/document/text_patches.hpp"

#include <algorithm>

#include "line_anchors.hpp"
#include "pe/base/utf8.hpp"

namespace pe::document {
namespace {

// True if a text may be cut before the byte at `at`: not inside a character or a CRLF.
bool isBoundary(std::string_view text, std::size_t at) {
    if (at == 0 || at >= text.size())
        return true;
    return utf8::isBoundary(text, at) && !(text[at - 1] == '\r' && text[at] == '\n');
}

}  // namespace

std::optional<TextPatch> patchBetween(std::string_view from, std::string_view to) {
    const std::size_t shorter = std::min(from.size(), to.size());
    std::size_t head = static_cast<std::size_t>(
        std::mismatch(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(shorter), to.begin())
            .first -
        from.begin());
    if (head == from.size() && head == to.size())
        return std::nullopt;
    while (!isBoundary(from, head) || !isBoundary(to, head))
        --head;
    std::size_t tail = 0;
    while (tail < shorter - head && from[from.size() - 1 - tail] == to[to.size() - 1 - tail])
        ++tail;
    while (!isBoundary(from, from.size() - tail) || !isBoundary(to, to.size() - tail))
        --tail;
    return TextPatch{head, from.size() - head - tail,
                     std::string(to.substr(head, to.size() - head - tail))};
}

std::vector<std::string_view> linesOf(std::string_view text) {
    return splitLines(text, [text](std::size_t i) {
        const bool inBreak = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        return (text[i] == '\n' || text[i] == '\r') && !inBreak;
    });
}

std::vector<TextPatch> patchesBetween(std::string_view from, std::string_view to) {
    const auto whole = patchBetween(from, to);
    if (!whole)
        return {};
    // Most changes are one small replacement; only a long one can have equal lines inside.
    if (whole->removed == 0 || whole->inserted.empty())
        return {*whole};
    const std::vector<std::string_view> left = linesOf(from);
    const std::vector<std::string_view> right = linesOf(to);
    std::vector<TextPatch> patches;
    std::size_t position = joined(left, 0, differingLines(left, right).leftBegin).size();
    walkLines(
        left, right,
        [&](std::size_t l, std::size_t leftEnd, std::size_t r, std::size_t rightEnd) {
            const std::string_view is = joined(right, r, rightEnd);
            if (auto patch = patchBetween(joined(left, l, leftEnd), is)) {
                patch->offset += position;
                patches.push_back(std::move(*patch));
            }
            position += is.size();
        },
        [&](std::size_t anchor) { position += left[anchor].size(); });
    return patches;
}

std::string patched(std::string text, const std::vector<TextPatch>& patches) {
    for (const TextPatch& each : patches)
        if (each.offset <= text.size())
            text.replace(each.offset, each.removed, each.inserted);
    return text;
}

}  // namespace pe::document
