// SPDX-License-Identifier: MIT
// LineDifference: two texts as one list of lines: those of both, those taken away, those put in.
// The fewest possible while the texts are alike; of very different ones, the middle is all taken
// away and put in. Values; pure functions.
#pragma once

#include <QString>
#include <vector>

namespace pe::editor {

struct DifferentLine {
    enum class Kind : unsigned char { Same, Removed, Added };
    Kind kind = Kind::Same;
    QString text;
    int number = -1;  // from 0, in the new text; of removed lines: where they would stand
    bool operator==(const DifferentLine&) const = default;
};

std::vector<DifferentLine> lineDifference(const std::string& before, const std::string& after);

}  // namespace pe::editor
