// SPDX-License-Identifier: MIT
#include "text_patches.hpp"

#include <algorithm>

#include "line_anchors.hpp"

namespace pe::document {
namespace {

bool isContinuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

// True if a text may be cut before the byte at `at`: not inside a character or a CRLF.
bool isBoundary(std::string_view text, std::size_t at) {
    if (at == 0 || at >= text.size())
        return true;
    if (isContinuation(text[at]))
        return false;
    return !(text[at - 1] == '\r' && text[at] == '\n');
}

using Lines = std::vector<std::string_view>;

std::string_view joined(const Lines& lines, std::size_t begin, std::size_t end) {
    if (begin == end)
        return {};
    const char* first = lines[begin].data();
    return {first, static_cast<std::size_t>(lines[end - 1].data() + lines[end - 1].size() - first)};
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
    Lines lines;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool inBreak = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        if ((text[i] != '\n' && text[i] != '\r') || inBreak)
            continue;
        lines.push_back(text.substr(begin, i + 1 - begin));
        begin = i + 1;
    }
    if (begin < text.size())
        lines.push_back(text.substr(begin));
    return lines;
}

std::vector<TextPatch> patchesBetween(std::string_view from, std::string_view to) {
    const auto whole = patchBetween(from, to);
    if (!whole)
        return {};
    // Most changes are one small replacement; only a long one can have equal lines inside.
    if (whole->removed == 0 || whole->inserted.empty())
        return {*whole};
    const Lines left = linesOf(from);
    const Lines right = linesOf(to);
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
        text.replace(each.offset, each.removed, each.inserted);
    return text;
}

}  // namespace pe::document
