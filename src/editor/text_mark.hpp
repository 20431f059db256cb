// SPDX-License-Identifier: MIT
// TextMark: something the text pane marks: where, how badly, and what to say about it. A value.
#pragma once

#include <QColor>
#include <QString>
#include <cstddef>
#include <string>
#include <vector>

#include "pe/check/diagnostic.hpp"
#include "pe/yaml/problem.hpp"
#include "theme.hpp"

namespace pe::editor {

struct TextMark {
    std::size_t begin = 0;  // bytes of the shown text
    std::size_t end = 0;
    check::Severity severity = check::Severity::Error;
    std::string message;
};

inline std::vector<TextMark> marksOf(const std::vector<yaml::Problem>& problems) {
    std::vector<TextMark> marks;
    marks.reserve(problems.size());
    for (const yaml::Problem& each : problems)
        marks.push_back({each.begin, each.end,
                         each.severity == yaml::Severity::Error ? check::Severity::Error
                                                                : check::Severity::Warning,
                         each.message});
    return marks;
}

inline std::vector<TextMark> marksOf(const std::vector<check::Diagnostic>& diagnostics) {
    std::vector<TextMark> marks;
    marks.reserve(diagnostics.size());
    for (const check::Diagnostic& each : diagnostics)
        marks.push_back({each.begin, each.end, each.severity, each.message});
    return marks;
}

inline const QColor& severityColor(const Theme& theme, check::Severity severity) {
    switch (severity) {
        case check::Severity::Error:
            return theme.error;
        case check::Severity::Warning:
            return theme.warning;
        case check::Severity::Information:
            return theme.accent;
        default:
            return theme.textFaint;
    }
}

inline QString severityIcon(check::Severity severity) {
    switch (severity) {
        case check::Severity::Error:
            return QStringLiteral("ui/error");
        case check::Severity::Warning:
            return QStringLiteral("ui/warning");
        default:
            return QStringLiteral("ui/info");
    }
}

}  // namespace pe::editor
