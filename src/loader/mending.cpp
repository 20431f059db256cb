// SPDX-License-Identifier: MIT
#include "mending.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "mending_key.hpp"

namespace pe::loader {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

std::string_view lineAt(std::string_view text, std::size_t& begin) {
    const std::size_t found = begin == 0 ? std::string::npos : text.rfind('\n', begin - 1);
    begin = found == std::string::npos ? 0 : found + 1;
    return text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
}

bool isBlank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

std::optional<std::string> replaced(const std::string& text, std::size_t begin, std::size_t size,
                                    std::string_view by) {
    return text.substr(0, begin).append(by).append(text, begin + size);
}

// Whether a plain word ends the line, so that white space of any kind may follow it.
bool endsInPlain(std::string_view line) {
    const std::size_t colon = line.rfind(": ");
    const std::size_t dash = line.rfind("- ");
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos || line[first] == '#' ||
        line.find(" #") != std::string_view::npos ||
        (colon == std::string_view::npos && dash == std::string_view::npos))
        return false;
    const std::size_t mark = colon == std::string_view::npos ? dash : colon;
    const std::size_t value = line.find_first_not_of(' ', mark + 2);
    constexpr std::string_view kOthers = "\"'[{|>&*!";
    return value != std::string_view::npos && kOthers.find(line[value]) == std::string_view::npos &&
           line.find_last_not_of(" \r") != line.rfind(':');
}

// A line that a tab indents: after a plain word the tab is one column of white space, else a word
// begins with it.
std::optional<std::string> tabAsWord(const std::string& text, const yaml::Problem& error) {
    std::size_t begin = error.begin;
    const std::string_view line = lineAt(text, begin);
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos || line.find_first_not_of(' ') != tab)
        return std::nullopt;
    std::size_t above = begin == 0 ? 0 : begin - 1;
    if (begin == 0 || !endsInPlain(lineAt(text, above)))
        return withPlainKey(text, begin + tab);
    const std::size_t end = std::min(line.find_first_not_of(" \t"), line.size());
    return replaced(text, begin, end, std::string(end, ' '));
}

// `|--` and `|#note`: of several signs the last counts, and a comment needs no blank before it.
std::optional<std::string> blockHeader(const std::string& text, const yaml::Problem& error) {
    std::size_t begin = error.begin;
    const std::string_view line = lineAt(text, begin);
    const std::size_t at = line.find_first_of("|>", error.begin - begin);
    const std::size_t bar = at == std::string_view::npos ? line.find_last_of("|>") : at;
    if (bar == std::string_view::npos)
        return std::nullopt;
    const std::string_view header = line.substr(bar + 1);
    const std::size_t end = std::min(header.find_first_not_of("+-123456789"), header.size());
    const std::string_view signs = header.substr(0, end);
    if (!isBlank(header.substr(end)) && header[end] != '#' && header[end] != ' ')
        return std::nullopt;
    std::string fixed;
    if (const auto digit = signs.find_first_of("123456789"); digit != std::string_view::npos)
        fixed += signs[digit];
    if (const auto chomp = signs.find_last_of("+-"); chomp != std::string_view::npos)
        fixed += signs[chomp];
    if (fixed == signs && (end >= header.size() || header[end] != '#'))
        return std::nullopt;
    return replaced(text, begin + bar + 1, end, fixed + ' ');
}

// An anchor without a name says nothing, and neither does one after a value.
std::optional<std::string> withoutAnchor(const std::string& text, const yaml::Problem& error,
                                         bool isNamed) {
    if (error.begin >= text.size() || text[error.begin] != '&')
        return std::nullopt;
    const std::size_t end = std::min(text.find_first_of(" \t\r\n,[]{}", error.begin), text.size());
    const std::size_t next = std::min(text.find_first_not_of(" \t\r", end), text.size());
    const bool endsLine = next == text.size() || text[next] == '\n';
    if (isNamed ? !endsLine : end != error.begin + 1)
        return std::nullopt;
    return replaced(text, error.begin, end - error.begin, "");
}

// Of an escape that there is not, the backslash is passed over; what begins like a number has to be
// one.
std::optional<std::string> withoutBackslash(const std::string& text, const yaml::Problem& error) {
    if (error.begin + 2 >= text.size() || text[error.begin] != '\\')
        return std::nullopt;
    constexpr std::string_view kNumbers = "xuU";
    constexpr std::string_view kDigits = "0123456789abcdefABCDEF";
    const bool isNumber = kNumbers.find(text[error.begin + 1]) != std::string_view::npos &&
                          kDigits.find(text[error.begin + 2]) != std::string_view::npos;
    return isNumber ? std::nullopt : replaced(text, error.begin, 1, "");
}

// A colon after a quoted word over several lines makes it a key, if it begins where a key may.
std::optional<std::string> quotedBefore(const std::string& text, const yaml::Problem& error) {
    const std::size_t last = text.find_last_not_of(" \t", error.begin == 0 ? 0 : error.begin - 1);
    if (error.begin == 0 || last == std::string::npos || last == 0 ||
        (text[last] != '"' && text[last] != '\''))
        return std::nullopt;
    const std::size_t opening = text.rfind(text[last], last - 1);
    if (opening == std::string::npos)
        return std::nullopt;
    std::size_t begin = opening;
    lineAt(text, begin);
    const std::string_view before = std::string_view(text).substr(begin, opening - begin);
    if (before.find_first_not_of(" -") != std::string_view::npos)
        return std::nullopt;
    return withQuotedKey(text, opening);
}

// A line of tabs where the text of a block begins is an empty line of it.
std::optional<std::string> withoutBlankTabs(const std::string& text, const yaml::Problem& error) {
    std::size_t begin = error.begin;
    lineAt(text, begin);
    if (begin == 0)
        return std::nullopt;
    std::size_t above = begin - 1;
    const std::string_view line = lineAt(text, above);
    if (above == 0 || !isBlank(line) || line.find('\t') == std::string_view::npos)
        return std::nullopt;
    std::size_t header = above - 1;
    const std::string_view opening = lineAt(text, header);
    const std::size_t bar = opening.find_last_not_of("+-123456789 \r");
    if (bar == std::string_view::npos || (opening[bar] != '|' && opening[bar] != '>'))
        return std::nullopt;
    return replaced(text, above, line.size(), "");
}

// Brackets too deep to be read, up to the one that closes them: what is in there says nothing that
// a validator looks at.
std::optional<std::string> withoutDepths(const std::string& text, const yaml::Problem& error) {
    std::size_t depth = 0;
    for (std::size_t at = error.begin; at < text.size(); ++at) {
        if (text[at] == '[' || text[at] == '{')
            ++depth;
        else if (text[at] != ']' && text[at] != '}')
            continue;
        else if (--depth == 0)
            return replaced(text, error.begin, at + 1 - error.begin, "~");
        if (depth == 0)
            return std::nullopt;
    }
    return std::nullopt;
}

// The first tab in front of a word, or of nothing, among the lines between entries that begin at
// `begin`.
std::size_t tabBetween(std::string_view text, std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end;) {
        std::size_t start = at;
        const std::string_view line = lineAt(text, start);
        const std::size_t tab = line.find('\t');
        if (tab != std::string_view::npos && line.find_first_not_of(' ') == tab)
            return start + tab;
        at = start + line.size() + 1;
    }
    return std::string_view::npos;
}

bool isMarkAt(std::string_view text, std::size_t at) {
    return text.substr(at, kMark.size()) == kMark;
}

}  // namespace

std::optional<std::string> mended(const std::string& text, const yaml::Problem& error) {
    if (error.code == "yaml.missing-colon" || error.code == "yaml.missing-space")
        return withPlainKey(text, error.begin);
    if (error.code == "yaml.unclosed-quote")
        return withQuotedKey(text, error.begin);
    if (error.code == "yaml.colon-in-value" || error.code == "yaml.text-after-value")
        if (auto mendedKey = quotedBefore(text, error))
            return mendedKey;
    if (error.code == "yaml.tab-indent")
        return tabAsWord(text, error);
    if (error.code == "yaml.block-header")
        return blockHeader(text, error);
    if (error.code == "yaml.bad-properties")
        return withoutAnchor(text, error, false);
    if (error.code == "yaml.text-after-value")
        return withoutAnchor(text, error, true);
    if (error.code == "yaml.bad-escape" || error.code == "yaml.unknown-escape")
        return withoutBackslash(text, error);
    if (error.code == "yaml.too-deep")
        return withoutDepths(text, error);
    if (error.code == "yaml.bad-indent")
        return withoutBlankTabs(text, error);
    return std::nullopt;
}

std::optional<std::string> withoutMarks(const yaml::Tree& tree) {
    const std::string_view text = tree.text();
    std::size_t at = text.find(kMark, kMark.size());
    if (at == std::string_view::npos)
        return std::nullopt;
    std::vector<std::size_t> marks;
    for (; at != std::string_view::npos; at = text.find(kMark, at + kMark.size()))
        if (text[at - 1] == '\n' || (at == kMark.size() && isMarkAt(text, 0)))
            marks.push_back(at);
    for (yaml::NodeRef node = 1; node < tree.size(); ++node) {
        const yaml::Lexeme lexeme = tree.lexeme(node);
        const std::size_t value = tree.valueSpan(node).begin + lexeme.props.size();
        if (lexeme.style == yaml::Style::Plain && isMarkAt(text, value))
            marks.push_back(value);
    }
    std::sort(marks.begin(), marks.end());
    std::string out(text);
    std::size_t last = std::string::npos;
    for (auto mark = marks.rbegin(); mark != marks.rend(); ++mark) {
        if (*mark != last)
            out.replace(*mark, kMark.size(), " ");
        last = *mark;
    }
    return marks.empty() ? std::nullopt : std::optional(std::move(out));
}

std::optional<std::size_t> tabAsWordAt(const yaml::Tree& tree) {
    const std::string_view text = tree.text();
    if (text.find('\t') == std::string_view::npos)
        return std::nullopt;
    for (yaml::NodeRef node = 1; node < tree.size(); ++node) {
        const std::string_view prefix = tree.lexeme(node).prefix;
        const yaml::Lexeme around = tree.lexeme(tree.parent(node));
        if (prefix.find('\t') == std::string_view::npos || yaml::isFlowCollection(around.style))
            continue;
        const std::size_t begin = tree.entrySpan(node).begin;
        const std::size_t tab = tabBetween(text, begin, begin + prefix.size());
        std::string_view above;
        for (std::size_t at = begin; at > 0 && isBlank(above);) {
            --at;
            above = lineAt(text, at);
        }
        if (tab != std::string_view::npos && !endsInPlain(above))
            return tab;
    }
    return std::nullopt;
}

bool isHarmless(const std::string& text, const yaml::Problem& error) {
    return error.code == "yaml.control-character" && error.begin < text.size() &&
           static_cast<unsigned char>(text[error.begin]) >= 0x80;
}

}  // namespace pe::loader
