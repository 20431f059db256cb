// SPDX-License-Identifier: MIT
#include "search_words.hpp"

#include <algorithm>
#include <cstdint>

#include "pe/base/utf8.hpp"

namespace pe::storage {
namespace {

constexpr std::string_view kCut = "\xe2\x80\x8b";  // U+200B, a zero width space
constexpr std::size_t kMaxWords = 16;
constexpr std::size_t kMaxWordBytes = 200;

struct Range {
    char32_t first;
    char32_t last;
};

// Neither letter nor digit, as far as queries need to know; more are harmless.
constexpr Range kSeparators[] = {
    {0x00, 0x2f},     {0x3a, 0x40},     {0x5b, 0x60},     {0x7b, 0xa9},      {0xab, 0xb1},
    {0xb4, 0xb4},     {0xb6, 0xb8},     {0xbb, 0xbb},     {0xbf, 0xbf},      {0xd7, 0xd7},
    {0xf7, 0xf7},     {0x2000, 0x206f}, {0x20a0, 0x20cf}, {0x2190, 0x2bff},  {0x3000, 0x3004},
    {0x3008, 0x3020}, {0x30fb, 0x30fb}, {0xfe10, 0xfe6f}, {0xff00, 0xff0f},  {0xff1a, 0xff20},
    {0xff3b, 0xff40}, {0xff5b, 0xff65}, {0xfff0, 0xffff}, {0x1f000, 0x1faff}};

constexpr Range kUnspaced[] = {{0x3041, 0x30fa}, {0x30fc, 0x30ff},  {0x3400, 0x4dbf},
                               {0x4e00, 0x9fff}, {0xac00, 0xd7a3},  {0xf900, 0xfaff},
                               {0xff66, 0xff9d}, {0x20000, 0x323af}};

template <std::size_t Count>
bool isIn(const Range (&ranges)[Count], char32_t point) {
    return std::any_of(std::begin(ranges), std::end(ranges), [point](const Range& range) {
        return point >= range.first && point <= range.last;
    });
}

bool isBlank(char byte) {
    return static_cast<unsigned char>(byte) <= ' ' || byte == '\x7f';
}

bool holdsLetter(std::string_view word) {
    while (!word.empty()) {
        const utf8::CodePoint point = utf8::decode(word);
        if (!isIn(kSeparators, point.value))
            return true;
        word.remove_prefix(point.length);
    }
    return false;
}

std::string quoted(std::string_view word) {
    std::string text = "\"";
    for (const char byte : word) {
        text += byte;
        if (byte == '"')
            text += byte;
    }
    return text + '"';
}

std::string withoutCuts(std::string_view text) {
    std::string plain(text);
    for (std::size_t at = 0; (at = plain.find(kCut, at)) != std::string::npos;)
        plain.erase(at, kCut.size());
    return plain;
}

}  // namespace

std::string indexable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    bool after = false;  // the character before stands without spaces
    for (std::size_t at = 0; at < text.size();) {
        const auto [point, length] = utf8::decode(text.substr(at));
        const bool unspaced = length > 2 && isIn(kUnspaced, point);
        if (at > 0 && (unspaced || after) && !isBlank(text[at]) && !isBlank(result.back()))
            result += kCut;
        if (length == 1 && isBlank(text[at]))
            result += text[at] == '\n' ? '\n' : ' ';
        else
            result += text.substr(at, length);
        after = unspaced;
        at += length;
    }
    return result;
}

std::vector<std::string> queryWords(std::string_view query) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < query.size() && words.size() < kMaxWords;) {
        std::size_t end = at;
        while (end < query.size() && !isBlank(query[end]))
            ++end;
        std::string_view word = query.substr(at, end - at);
        at = end + 1;
        word = word.substr(0, utf8::boundaryBefore(word, std::min(kMaxWordBytes, word.size())));
        if (holdsLetter(word))
            words.push_back(indexable(word));
    }
    return words;
}

std::string prefixQuery(const std::vector<std::string>& words) {
    std::string query;
    for (const std::string& word : words)
        query += quoted(word) + " * ";
    return query;
}

std::string substringQuery(const std::vector<std::string>& words) {
    std::string query;
    for (const std::string& word : words) {
        const std::string plain = withoutCuts(word);
        if (utf8::count(plain) >= 3)
            query += quoted(plain) + ' ';
    }
    return query;
}

MarkedText readMarks(std::string_view excerpt) {
    MarkedText result;
    for (const char byte : withoutCuts(excerpt)) {
        if (byte == kMarkBegin) {
            result.marks.emplace_back(result.text.size(), result.text.size());
        } else if (byte == kMarkEnd && !result.marks.empty()) {
            result.marks.back().second = result.text.size();
        } else if (!isBlank(byte)) {
            result.text += byte;
        } else if (!result.text.empty() && result.text.back() != ' ') {
            result.text += ' ';
        }
    }
    if (!result.text.empty() && result.text.back() == ' ')
        result.text.pop_back();
    for (auto& [begin, end] : result.marks)
        end = std::min(end, result.text.size());
    return result;
}

}  // namespace pe::storage
