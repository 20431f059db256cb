// SPDX-License-Identifier: MIT
#include <algorithm>

#include "pe/base/utf8.hpp"
#include "pe/yaml/problem.hpp"

namespace pe::yaml {

LineIndex::LineIndex(std::string_view text) : text_(text) {
    starts_.push_back(0);
    const bool returns = text.find('\r') != std::string_view::npos;
    const auto next = [&](std::size_t from) {
        return returns ? text.find_first_of("\r\n", from) : text.find('\n', from);
    };
    for (std::size_t at = next(0); at != std::string_view::npos; at = next(at + 1))
        if (text.substr(at, 2) != "\r\n")
            starts_.push_back(at + 1);
}

Position LineIndex::position(std::size_t offset) const {
    offset = std::min(offset, text_.size());
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const auto line = static_cast<std::size_t>(after - starts_.begin());
    std::size_t begin = starts_[line - 1];
    if (line == 1 && text_.starts_with("\xEF\xBB\xBF"))
        begin = std::min<std::size_t>(3, offset);
    return {line, utf8::count(text_.substr(begin, offset - begin)) + 1};
}

std::size_t LineIndex::offset(std::size_t line) const {
    if (line == 0)
        return 0;
    return line <= starts_.size() ? starts_[line - 1] : text_.size();
}

}  // namespace pe::yaml
