// SPDX-License-Identifier: MIT
#include <algorithm>

#include "pe/yaml/problem.hpp"

namespace pe::yaml {

LineIndex::LineIndex(std::string_view text) : text_(text) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool carriageReturn = text[i] == '\r';
        if (carriageReturn && i + 1 < text.size() && text[i + 1] == '\n')
            continue;
        if (carriageReturn || text[i] == '\n')
            starts_.push_back(i + 1);
    }
}

Position LineIndex::position(std::size_t offset) const {
    offset = std::min(offset, text_.size());
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const auto line = static_cast<std::size_t>(after - starts_.begin());
    std::size_t begin = starts_[line - 1];
    if (line == 1 && text_.starts_with("\xEF\xBB\xBF"))
        begin = std::min<std::size_t>(3, offset);
    const auto isFirstByte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    const auto column =
        std::count_if(text_.begin() + static_cast<std::ptrdiff_t>(begin),
                      text_.begin() + static_cast<std::ptrdiff_t>(offset), isFirstByte);
    return {line, static_cast<std::size_t>(column) + 1};
}

std::size_t LineIndex::offset(std::size_t line) const {
    if (line == 0)
        return 0;
    return line <= starts_.size() ? starts_[line - 1] : text_.size();
}

}  // namespace pe::yaml
