// SPDX-License-Identifier: MIT
#include <algorithm>

#include "pe/base/utf8.hpp"
#include "pe/yaml/problem.hpp"

namespace pe::yaml {

namespace {

constexpr std::size_t kStride = 1024;  // bytes between two marks of a line

}  // namespace

LineIndex::LineIndex(std::string_view text) : text_(text) {
    starts_.push_back(0);
    const bool returns = text.find('\r') != std::string_view::npos;
    const auto next = [&](std::size_t from) {
        return returns ? text.find_first_of("\r\n", from) : text.find('\n', from);
    };
    for (std::size_t at = next(0); at != std::string_view::npos; at = next(at + 1))
        if (text.substr(at, 2) != "\r\n") {
            markLongLine(starts_.back(), at);
            starts_.push_back(at + 1);
        }
    markLongLine(starts_.back(), text.size());
}

void LineIndex::markLongLine(std::size_t begin, std::size_t end) {
    std::size_t points = 0;
    for (std::size_t at = begin; end - at > kStride;) {
        points += utf8::count(text_.substr(at, kStride));
        at += kStride;
        marks_.push_back({at, points});
    }
}

Position LineIndex::position(std::size_t offset) const {
    offset = std::min(offset, text_.size());
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const auto line = static_cast<std::size_t>(after - starts_.begin());
    Mark known{starts_[line - 1], 0};
    const auto mark =
        std::upper_bound(marks_.begin(), marks_.end(), offset,
                         [](std::size_t sought, const Mark& each) { return sought < each.offset; });
    if (mark != marks_.begin() && std::prev(mark)->offset > known.offset)
        known = *std::prev(mark);
    std::size_t points =
        known.points + utf8::count(text_.substr(known.offset, offset - known.offset));
    // A byte order mark is none of the columns.
    if (line == 1 && offset > 0 && text_.starts_with("\xEF\xBB\xBF"))
        --points;
    return {line, points + 1};
}

std::size_t LineIndex::offset(std::size_t line) const {
    if (line == 0)
        return 0;
    return line <= starts_.size() ? starts_[line - 1] : text_.size();
}

}  // namespace pe::yaml
