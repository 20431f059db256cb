// SPDX-License-Identifier: MIT
#include "pasted_lines.hpp"

#include <QRegularExpression>
#include <QStringList>
#include <algorithm>
#include <limits>

namespace pe::editor {
namespace {

bool isBlank(const QString& line) {
    return line.trimmed().isEmpty();
}

// How far right of the first line the others are expected that belong to it.
int innerIndent(const QString& first) {
    static const QRegularExpression dashes(QStringLiteral("^(?:- +)+"));
    static const QRegularExpression opens(QStringLiteral("(?::|[|>][-+0-9]*)\\s*(?:#.*)?$"));
    if (const auto match = dashes.match(first); match.hasMatch())
        return static_cast<int>(match.capturedLength());
    return opens.match(first).hasMatch() ? 2 : 0;
}

// Where the first line stood when the text was copied.
int originalIndent(const QStringList& lines) {
    if (const int own = indentOf(lines.front()); own > 0)
        return own;
    int least = std::numeric_limits<int>::max();
    for (qsizetype i = 1; i < lines.size(); ++i)
        if (!isBlank(lines[i]))
            least = std::min(least, indentOf(lines[i]));
    return least == std::numeric_limits<int>::max()
               ? 0
               : std::max(0, least - innerIndent(lines.front()));
}

}  // namespace

int indentOf(const QString& line) {
    int indent = 0;
    while (indent < line.size() && line[indent] == u' ')
        ++indent;
    return indent;
}

QString pastedLines(const QString& text, int column) {
    QStringList lines = text.split(u'\n');
    const int shift = column - originalIndent(lines);
    lines.front().remove(0, indentOf(lines.front()));
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const int now = indentOf(lines[i]);
        if (isBlank(lines[i]) && i + 1 < lines.size())
            lines[i].clear();
        else if (!isBlank(lines[i]))
            lines[i].replace(0, now, QString(std::max(0, now + shift), u' '));
    }
    return lines.join(u'\n');
}

}  // namespace pe::editor
