// SPDX-License-Identifier: MIT
#include "problem_counts.hpp"

#include "findings.hpp"
#include "icons.hpp"
#include "text_mark.hpp"

namespace pe::editor {

ProblemCounts::ProblemCounts(QWidget* parent) : QToolButton(parent) {
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIconSize(QSize(14, 14));
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Problems of this file"));
    hide();
}

void ProblemCounts::showFindings(const Findings* findings) {
    setVisible(findings != nullptr);
    if (findings == nullptr)
        return;
    const int errors = findings->count(check::Severity::Error);
    const int warnings = findings->count(check::Severity::Warning);
    const int notes = findings->count(check::Severity::Information);
    QStringList parts;
    if (errors > 0)
        parts << (errors == 1 ? tr("1 error") : tr("%1 errors").arg(errors));
    if (warnings > 0)
        parts << (warnings == 1 ? tr("1 warning") : tr("%1 warnings").arg(warnings));
    if (parts.isEmpty() && notes > 0)
        parts << (notes == 1 ? tr("1 note") : tr("%1 notes").arg(notes));
    if (parts.isEmpty())
        parts << (findings->checked() ? tr("No problems") : tr("Checking…"));
    const auto worst = errors > 0     ? check::Severity::Error
                       : warnings > 0 ? check::Severity::Warning
                                      : check::Severity::Information;
    setIcon(!findings->checked() ? QIcon()
            : errors + warnings + notes == 0
                ? accentIcon(QStringLiteral("ui/check"), Theme::light().success)
                : accentIcon(severityIcon(worst), severityColor(Theme::light(), worst)));
    setText(parts.join(QStringLiteral(" · ")));
    setToolTip(tr("Show the problems (Ctrl+Shift+M)"));
}

}  // namespace pe::editor
