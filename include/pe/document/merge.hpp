// SPDX-License-Identifier: MIT
// Merge: one text out of two that were changed from a common one, by what the changes mean: moved
// and edited steps, renamed steps and new references to them, both sides' additions. Every line
// that nobody touched comes out byte for byte. Pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace pe::document {

// Something that a person has to decide. The merged text shows the side of `ours`, or keeps what
// one side edited and the other deleted.
struct MergeConflict {
    std::string pointer;   // the place in the merged text; empty for a merge by lines
    std::size_t line = 0;  // there, from 1
    std::string what;      // one sentence
    std::string base;      // as the three sides have it; empty where they have nothing
    std::string ours;
    std::string theirs;
};

struct Merged {
    std::string text;
    std::vector<MergeConflict> conflicts;
    // The files could not be merged by meaning; conflicts stand in the text between markers.
    bool byLines = false;
};

Merged mergeTexts(const std::string& base, const std::string& ours, const std::string& theirs);

// Line by line, with conflict markers as git writes them. Loses no byte.
Merged mergeLines(const std::string& base, const std::string& ours, const std::string& theirs);

}  // namespace pe::document
