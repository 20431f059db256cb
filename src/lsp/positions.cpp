// SPDX-License-Identifier: MIT
#include "positions.hpp"

#include <algorithm>

#include "pe/base/utf8.hpp"

namespace pe::lsp {
namespace {

// Bytes of the character at `at`; at least one, and never past the end.
std::size_t characterSize(std::string_view text, std::size_t at) {
    return utf8::decode(text.substr(at)).length;
}

// Characters above U+FFFF take two units.
std::size_t unitsOf(std::size_t bytes) {
    return bytes == 4 ? 2 : 1;
}

}  // namespace

Positions::Positions(std::string_view text) : text_(text), starts_{0} {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n')))
            starts_.push_back(i + 1);
}

std::size_t Positions::lineEnd(std::size_t line) const {
    std::size_t end = line + 1 < starts_.size() ? starts_[line + 1] : text_.size();
    if (line + 1 == starts_.size())
        return end;
    --end;
    if (end > starts_[line] && text_[end] == '\n' && text_[end - 1] == '\r')
        --end;
    return end;
}

Position Positions::position(std::size_t offset) const {
    offset = std::min(offset, text_.size());
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
    Position position;
    position.line = static_cast<std::size_t>(next - starts_.begin()) - 1;
    const std::size_t end = std::min(offset, lineEnd(position.line));
    for (std::size_t at = starts_[position.line]; at < end;) {
        const std::size_t size = characterSize(text_, at);
        if (at + size > end)
            break;
        position.character += unitsOf(size);
        at += size;
    }
    return position;
}

std::size_t Positions::offset(Position position) const {
    if (position.line >= starts_.size())
        return text_.size();
    const std::size_t end = lineEnd(position.line);
    std::size_t at = starts_[position.line];
    for (std::size_t units = position.character; at < end;) {
        const std::size_t size = characterSize(text_, at);
        if (units < unitsOf(size))
            break;
        units -= unitsOf(size);
        at += size;
    }
    return at;
}

}  // namespace pe::lsp
