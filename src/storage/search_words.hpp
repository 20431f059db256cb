// SPDX-License-Identifier: MIT
// Text as the search index takes it, and queries in its language whatever people type. Writing
// without spaces (Chinese, Japanese, Korean) is cut between all its characters by a mark nobody
// sees, so that any run of them can be found.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pe::storage {

// What excerpts come back with around a match; no indexed text holds them.
inline constexpr char kMarkBegin = '\x01';
inline constexpr char kMarkEnd = '\x02';

// The text with invisible cuts and without control characters.
std::string indexable(std::string_view text);

// The words of a query that hold a letter or a digit, at most 16, made indexable.
std::vector<std::string> queryWords(std::string_view query);

// All words, each as the beginning of a word.
std::string prefixQuery(const std::vector<std::string>& words);
// All words that have three characters or more, anywhere; empty if there is none.
std::string substringQuery(const std::vector<std::string>& words);

struct MarkedText {
    std::string text;
    std::vector<std::pair<std::size_t, std::size_t>> marks;
};
// One line without cuts; the marks become places.
MarkedText readMarks(std::string_view excerpt);

}  // namespace pe::storage
