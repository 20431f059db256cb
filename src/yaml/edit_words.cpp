// SPDX-License-Identifier: MIT
#include "edit_words.hpp"

#include <algorithm>
#include <vector>

#include "pe/yaml/scalar.hpp"
#include "pe/yaml/schema.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

struct Window {
    std::size_t begin = 0;  // in the text before
    std::string_view old;
    std::string_view now;
};

// A text as words, each with the blanks before it; the blanks at the end belong to an empty word.
struct Words {
    explicit Words(std::string_view text) {
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t begin = std::min(text.find_first_not_of(kBlanks, at), text.size());
            const std::size_t end = std::min(text.find_first_of(kBlanks, begin), text.size());
            blanks.push_back(text.substr(at, begin - at));
            words.push_back(text.substr(begin, end - begin));
            begins.push_back(begin);
            if (end == text.size())
                break;
            at = end;
        }
    }
    bool sameAt(std::size_t i, const Words& other, std::size_t j) const {
        return blanks[i] == other.blanks[j] && words[i] == other.words[j];
    }
    std::vector<std::string_view> blanks;
    std::vector<std::string_view> words;
    std::vector<std::size_t> begins;
};

std::string_view between(std::string_view text, const Words& words, std::size_t first,
                         std::size_t last) {
    const std::size_t begin = words.begins[first];
    return text.substr(begin, words.begins[last] + words.words[last].size() - begin);
}

bool endsName(char c) {
    return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '_' || c == '-' || static_cast<unsigned char>(c) >= 0x80);
}

// Without what both words begin and end with, up to where a name begins or ends.
Window narrowed(Window window) {
    std::size_t head = 0;
    const std::size_t fewer = std::min(window.old.size(), window.now.size());
    for (std::size_t i = 0; i < fewer && window.old[i] == window.now[i]; ++i)
        if (endsName(window.old[i]))
            head = i + 1;
    window.begin += head;
    window.old.remove_prefix(head);
    window.now.remove_prefix(head);
    std::size_t tail = 0;
    const auto backward = [](std::string_view text, std::size_t i) {
        return text[text.size() - 1 - i];
    };
    for (std::size_t i = 0; i < std::min(window.old.size(), window.now.size()) &&
                            backward(window.old, i) == backward(window.now, i);
         ++i)
        if (endsName(backward(window.old, i)))
            tail = i + 1;
    window.old.remove_suffix(tail);
    window.now.remove_suffix(tail);
    return window;
}

// What differs: word for word where there are as many, else from the first to the last.
std::vector<Window> windowsOf(std::string_view before, std::string_view after) {
    const Words old(before);
    const Words now(after);
    const std::size_t fewer = std::min(old.words.size(), now.words.size());
    std::size_t head = 0;
    while (head < fewer && old.sameAt(head, now, head))
        ++head;
    std::size_t tail = 0;
    while (tail < fewer - head &&
           old.sameAt(old.words.size() - 1 - tail, now, now.words.size() - 1 - tail))
        ++tail;
    const std::size_t oldEnd = old.words.size() - tail;
    const std::size_t nowEnd = now.words.size() - tail;
    std::vector<Window> windows;
    if (head == oldEnd || head == nowEnd)
        return windows;
    if (oldEnd != nowEnd) {
        if (old.blanks[head] == now.blanks[head])
            windows.push_back({old.begins[head], between(before, old, head, oldEnd - 1),
                               between(after, now, head, nowEnd - 1)});
        return windows;
    }
    for (std::size_t i = head; i < oldEnd; ++i) {
        if (old.blanks[i] != now.blanks[i])
            return {};
        if (old.words[i] != now.words[i])
            windows.push_back(narrowed({old.begins[i], old.words[i], now.words[i]}));
    }
    return windows;
}

// A word as it is written in the style; nothing if it would need more than that.
std::optional<std::string> written(Style style, std::string_view word) {
    if (word.empty() || std::any_of(word.begin(), word.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
        return std::nullopt;
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
    if (style == Style::Plain && word.find_first_not_of(kPlain) != std::string_view::npos)
        return std::nullopt;
    std::string text;
    for (const char c : word) {
        const bool doubled = c == '\'' && style == Style::SingleQuoted;
        const bool escaped = (c == '"' || c == '\\') && style == Style::DoubleQuoted;
        if (doubled || escaped)
            text += doubled ? '\'' : '\\';
        text += c;
    }
    return text;
}

// The place of the occurrence that has `count` others before it.
std::size_t occurrence(std::string_view text, std::string_view word, std::size_t count) {
    std::size_t at = text.find(word);
    for (; count > 0 && at != std::string_view::npos; --count)
        at = text.find(word, at + 1);
    return at;
}

std::size_t countBefore(std::string_view text, std::string_view word, std::size_t end) {
    std::size_t count = 0;
    for (std::size_t at = text.find(word); at < end; at = text.find(word, at + 1))
        ++count;
    return count;
}

}  // namespace

std::optional<std::string> rawWithWords(const Lexeme& lexeme, std::string_view before,
                                        std::string_view after) {
    std::vector<Window> windows = windowsOf(before, after);
    if (windows.empty())
        return std::nullopt;
    std::string raw(lexeme.raw);
    std::reverse(windows.begin(), windows.end());
    for (const Window& each : windows) {
        const auto old = written(lexeme.style, each.old);
        const auto now = written(lexeme.style, each.now);
        if (!old || !now || (lexeme.style == Style::Plain && each.begin == 0))
            return std::nullopt;
        const std::size_t at = occurrence(raw, *old, countBefore(before, each.old, each.begin));
        if (at == std::string::npos)
            return std::nullopt;
        raw.replace(at, old->size(), *now);
    }
    if (lexeme.style == Style::Plain && (!resolvePlain(after).isString() || dependsOnSchema(after)))
        return std::nullopt;
    const bool right =
        decodeScalar(lexeme.style, lexeme.open, raw, lexeme.column + lexeme.offset) == after;
    return right ? std::optional(std::move(raw)) : std::nullopt;
}

}  // namespace pe::yaml
