// SPDX-License-Identifier: MIT
#include "actions.hpp"

#include "icons.hpp"

namespace pe::editor {

QAction* Actions::add(const QString& id, const QString& text, const QString& iconName,
                      const QList<QKeySequence>& keys, Needs needs, std::function<void()> run) {
    auto* action = new QAction(text, this);
    if (!iconName.isEmpty())
        action->setIcon(icon(QStringLiteral("ui/") + iconName));
    action->setShortcuts(keys);
    QString tip = action->iconText();
    if (!keys.isEmpty())
        tip += QStringLiteral(" (%1)").arg(keys.front().toString(QKeySequence::NativeText));
    action->setToolTip(tip);
    connect(action, &QAction::triggered, this, std::move(run));
    byId_.emplace(id, action);
    all_.push_back(action);
    needs_.emplace(action, needs);
    return action;
}

QAction* Actions::addForGraph(const QString& id, const QString& text, const QString& iconName,
                              const QList<QKeySequence>& keys, Needs needs,
                              std::function<void()> run) {
    QAction* action = add(id, text, iconName, keys, needs, std::move(run));
    action->setShortcutContext(Qt::WidgetShortcut);
    forGraph_.push_back(action);
    return action;
}

void Actions::enable(bool file, bool steps) {
    for (const auto& [action, needs] : needs_)
        action->setEnabled(needs == Needs::Nothing || (needs == Needs::File && file) ||
                           (needs == Needs::Steps && steps));
}

}  // namespace pe::editor
