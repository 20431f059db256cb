// SPDX-License-Identifier: MIT
// Line merge: three lists of lines, two of them changed from the first.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "pe/yaml/line_breaks.hpp"

namespace pe::document {

using Lines = std::vector<std::string_view>;

// No line is without its break.
inline bool endsWhole(std::string_view text) {
    return text.empty() || yaml::endsWithBreak(text);
}

// A run of the merged text. Settled: `lines` are it. Otherwise both sides changed the same lines.
struct MergeHunk {
    bool settled = true;
    Lines lines;
    Lines base;
    Lines ours;
    Lines theirs;
};

enum class Insertions {
    Conflict,  // both sides added different lines at one place: a conflict
    KeepBoth,  // ours first, then theirs
};

std::vector<MergeHunk> mergeHunks(const Lines& base, const Lines& ours, const Lines& theirs,
                                  Insertions insertions);

// The longest run of equal lines in order: for each line of `left` its partner, or npos.
std::vector<std::size_t> alignLines(const Lines& left, const Lines& right);

}  // namespace pe::document
