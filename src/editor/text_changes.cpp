// SPDX-License-Identifier: MIT
#include "text_changes.hpp"

#include <algorithm>
#include <utility>

#include "line_difference.hpp"
#include "text_offsets.hpp"

namespace pe::editor {

namespace {

// The edits that touch lines [first, last].
struct Stretch {
    int first = 0;
    int last = 0;
    std::vector<language::TextEdit> edits;
};

std::vector<Stretch> stretches(const TextOffsets& offsets,
                               const std::vector<language::TextEdit>& edits) {
    std::vector<Stretch> found;
    for (const language::TextEdit& edit : edits) {
        const std::size_t end = std::max(edit.span.begin, edit.span.end);
        const int first = offsets.lineAt(edit.span.begin);
        // What ends with a line break leaves the next line alone.
        const bool wholeLines = end > edit.span.begin &&
                                offsets.lineBegin(offsets.lineAt(end)) == end &&
                                (edit.text.empty() || edit.text.back() == '\n') &&
                                offsets.lineBegin(first) == edit.span.begin;
        const int last = std::max(first, offsets.lineAt(end) - (wholeLines ? 1 : 0));
        if (!found.empty() && first <= found.back().last + 1) {
            found.back().last = std::max(found.back().last, last);
            found.back().edits.push_back(edit);
        } else {
            found.push_back({first, last, {edit}});
        }
    }
    return found;
}

QStringList linesOf(std::string_view bytes) {
    const TextOffsets offsets{std::string(bytes)};
    QStringList lines;
    for (int line = 0; line < offsets.lineCount(); ++line)
        lines << offsets.shownLine(line);
    // What ends with a break does not begin another line.
    if (!lines.isEmpty() && lines.back().isEmpty())
        lines.removeLast();
    return lines;
}

}  // namespace

std::vector<LinesChanged> changedLines(std::string_view text,
                                       const std::vector<language::TextEdit>& edits) {
    const TextOffsets offsets{std::string(text)};
    std::vector<LinesChanged> changes;
    for (Stretch& stretch : stretches(offsets, edits)) {
        const std::size_t begin = offsets.lineBegin(stretch.first);
        const std::size_t end = stretch.last + 1 < offsets.lineCount()
                                    ? offsets.lineBegin(stretch.last + 1)
                                    : text.size();
        const std::string_view before = text.substr(begin, end - begin);
        for (language::TextEdit& edit : stretch.edits) {
            edit.span.begin -= begin;
            edit.span.end = std::min(edit.span.end - begin, before.size());
        }
        LinesChanged change{
            stretch.first, linesOf(before), linesOf(language::applied(before, stretch.edits)), {}};
        // Lines that stay as they are say nothing.
        while (!change.before.isEmpty() && !change.after.isEmpty() &&
               change.before.back() == change.after.back()) {
            change.before.removeLast();
            change.after.removeLast();
        }
        while (!change.before.isEmpty() && !change.after.isEmpty() &&
               change.before.front() == change.after.front()) {
            change.before.removeFirst();
            change.after.removeFirst();
            ++change.first;
        }
        if (change.first > 0)
            change.above = offsets.shownLine(change.first - 1);
        changes.push_back(std::move(change));
    }
    return changes;
}

std::vector<LinesChanged> changedLines(const std::string& before, const std::string& after) {
    using Kind = DifferentLine::Kind;
    std::vector<LinesChanged> changes;
    int line = 0;  // in the text before
    bool same = true;
    QString above;
    for (const DifferentLine& each : lineDifference(before, after)) {
        if (each.kind != Kind::Same) {
            if (std::exchange(same, false))
                changes.push_back({line, {}, {}, above});
            (each.kind == Kind::Removed ? changes.back().before : changes.back().after)
                << each.text;
        }
        same = each.kind == Kind::Same;
        above = same ? each.text : above;
        line += each.kind == Kind::Added ? 0 : 1;
    }
    return changes;
}

}  // namespace pe::editor
