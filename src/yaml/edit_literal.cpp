// SPDX-License-Identifier: MIT
#include "edit_literal.hpp"

#include <algorithm>
#include <vector>

#include "shift.hpp"

namespace pe::yaml {
namespace {

// Beyond this many pairs of changed lines they are written anew instead of being matched.
constexpr std::size_t kMaxPairs = 4'000'000;

struct OldLine {
    std::string_view text;
    Line raw;
};

std::vector<OldLine> linesOf(std::string_view raw, int textColumn) {
    const auto indent = static_cast<std::size_t>(std::max(0, textColumn));
    std::vector<OldLine> lines;
    while (!raw.empty()) {
        const Line line = takeLine(raw);
        lines.push_back({line.body.substr(std::min(indent, line.body.size())), line});
    }
    return lines;
}

std::vector<std::string_view> linesOf(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

constexpr std::size_t kNew = static_cast<std::size_t>(-1);

// For each new line the old line that it is, or kNew. A longest common subsequence of what is left
// between the equal lines at both ends.
std::vector<std::size_t> match(const std::vector<OldLine>& before,
                               const std::vector<std::string_view>& now) {
    std::vector<std::size_t> result(now.size(), kNew);
    std::size_t head = 0;
    while (head < before.size() && head < now.size() && before[head].text == now[head]) {
        result[head] = head;
        ++head;
    }
    std::size_t tail = 0;
    while (tail < before.size() - head && tail < now.size() - head &&
           before[before.size() - 1 - tail].text == now[now.size() - 1 - tail]) {
        ++tail;
        result[now.size() - tail] = before.size() - tail;
    }
    const std::size_t rows = before.size() - head - tail;
    const std::size_t columns = now.size() - head - tail;
    if (rows == 0 || columns == 0 || rows * columns > kMaxPairs)
        return result;
    std::vector<std::uint32_t> length((rows + 1) * (columns + 1), 0);
    const auto at = [columns](std::size_t r, std::size_t c) { return r * (columns + 1) + c; };
    for (std::size_t r = rows; r-- > 0;)
        for (std::size_t c = columns; c-- > 0;)
            length[at(r, c)] = before[head + r].text == now[head + c]
                                   ? length[at(r + 1, c + 1)] + 1
                                   : std::max(length[at(r + 1, c)], length[at(r, c + 1)]);
    for (std::size_t r = 0, c = 0; r < rows && c < columns;) {
        if (before[head + r].text == now[head + c])
            result[head + c++] = head + r++;
        else if (length[at(r + 1, c)] >= length[at(r, c + 1)])
            ++r;
        else
            ++c;
    }
    return result;
}

struct Chomping {
    char indicator = 0;
    bool unended = false;  // the last line has no break
};

// Keeps `+` where it stands already; the end of a file may do without a line break, as it did.
Chomping chompingFor(std::string_view text, const Lexeme& lexeme, bool endsFile) {
    const std::string_view indicators = headerIndicators(lexeme.open);
    const bool unended = endsFile && !lexeme.raw.empty() && !endsWithBreak(lexeme.raw);
    if (!text.ends_with('\n')) {
        const bool clip = indicators.find_first_of("+-") == std::string_view::npos;
        return {unended && clip ? '\0' : '-', unended};
    }
    return {indicators.find('+') == std::string_view::npos ? '\0' : '+', false};
}

}  // namespace

std::string_view headerIndicators(std::string_view open) {
    if (open.empty())
        return open;
    return open.substr(0, std::min(open.find_first_not_of("123456789+-", 1), open.size()));
}

std::optional<BlockText> rewriteBlock(const Lexeme& lexeme, std::string_view text,
                                      const ScalarPlace& place, bool endsFile) {
    const std::string_view old = headerIndicators(lexeme.open);
    const Chomping chomping = chompingFor(text, lexeme, endsFile);
    const bool filled = lexeme.raw.find_first_not_of(" \t\r\n") != std::string_view::npos;
    BlockText result{"|", {}, filled ? lexeme.offset : place.textOffset};
    std::string_view checked = text;
    while (chomping.indicator == '+' && checked.ends_with("\n\n"))
        checked.remove_suffix(1);
    ScalarPlace here = place;
    here.textOffset = result.offset;
    if (encodeString(checked, Style::Literal, here).style != Style::Literal)
        return std::nullopt;

    const auto before =
        filled ? linesOf(lexeme.raw, lexeme.column + lexeme.offset) : std::vector<OldLine>{};
    const auto now = linesOf(text);
    const bool blankFirst = now.front().empty() && (before.empty() || !before.front().text.empty());
    const bool digit = old.find_first_of("123456789") != std::string_view::npos;
    if ((digit && filled) || blankFirst || now.front().starts_with(' ') ||
        now.front().starts_with('\t'))
        result.indicators += static_cast<char>('0' + result.offset);
    if (chomping.indicator != 0)
        result.indicators += chomping.indicator;

    const auto indent = static_cast<std::size_t>(std::max(0, lexeme.column + result.offset));
    const auto kept = match(before, now);
    std::string_view lineBreak = place.lineBreak;
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (kept[i] == kNew) {
            if (!now[i].empty())
                result.raw.append(indent, ' ').append(now[i]);
            result.raw += lineBreak;
            continue;
        }
        const Line& raw = before[kept[i]].raw;
        if (!raw.lineBreak.empty())
            lineBreak = raw.lineBreak;
        result.raw.append(raw.body).append(lineBreak);
    }
    if (chomping.unended)
        result.raw.resize(withoutFinalBreak(result.raw).size());
    return result;
}

}  // namespace pe::yaml
