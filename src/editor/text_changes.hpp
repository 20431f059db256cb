// SPDX-License-Identifier: MIT
// LineChanges: edits of a text as the lines that they take away and put in their place, for
// previews. Values.
#pragma once

#include <QString>
#include <QStringList>
#include <string_view>
#include <vector>

#include "pe/language/text_edit.hpp"

namespace pe::editor {

struct LinesChanged {
    int first = 0;  // from 0, in the text before
    QStringList before;
    QStringList after;
    QString above;  // the line before the change; empty at the beginning
};

// `edits` as TextEdit says: of one text, sorted, without overlap. Changes of neighbouring lines are
// one.
std::vector<LinesChanged> changedLines(std::string_view text,
                                       const std::vector<language::TextEdit>& edits);
// The same for a text that takes the place of another.
std::vector<LinesChanged> changedLines(const std::string& before, const std::string& after);

}  // namespace pe::editor
