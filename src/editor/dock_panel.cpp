// SPDX-License-Identifier: MIT
#include "dock_panel.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

#include "icons.hpp"
#include "theme.hpp"

namespace pe::editor {

DockPanel::DockPanel(const QString& title, const QString& name, QWidget* parent)
    : QDockWidget(title, parent) {
    setObjectName(name);
    auto* bar = new QWidget(this);
    tabs_ = new QTabBar(bar);
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    tabs_->setAccessibleName(title);
    auto* close = new QToolButton(bar);
    close->setIcon(icon(QStringLiteral("ui/close")));
    close->setIconSize(QSize(12, 12));
    close->setToolTip(tr("Hide this panel (View menu shows it again)"));
    close->setAccessibleName(tr("Hide %1").arg(title));
    close->setFocusPolicy(Qt::TabFocus);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(Theme::kSpace1, 2, Theme::kSpace1, 0);
    row->addWidget(tabs_);
    row->addStretch(1);
    row->addWidget(close);
    // What is not a tab or a button is a handle to drag the dock by.
    setTitleBarWidget(bar);
    stack_ = new QStackedWidget(this);
    setWidget(stack_);
    connect(tabs_, &QTabBar::currentChanged, stack_, &QStackedWidget::setCurrentIndex);
}

int DockPanel::addPanel(const QString& title, const QString& whenEmpty) {
    auto* panel = new QStackedWidget(stack_);
    auto* explanation = new QLabel(whenEmpty, panel);
    explanation->setAlignment(Qt::AlignCenter);
    explanation->setWordWrap(true);
    explanation->setMargin(Theme::kSpace4);
    explanation->setForegroundRole(QPalette::PlaceholderText);
    panel->addWidget(explanation);
    panels_.push_back(panel);
    stack_->addWidget(panel);
    return tabs_->addTab(title);
}

void DockPanel::setPage(int panel, QWidget* page) {
    QStackedWidget* stack = panels_[static_cast<std::size_t>(panel)];
    if (!page) {
        stack->setCurrentIndex(0);
        return;
    }
    if (stack->indexOf(page) < 0)
        stack->addWidget(page);
    stack->setCurrentWidget(page);
}

void DockPanel::setPanelTitle(int panel, const QString& title) {
    if (tabs_->tabText(panel) != title)
        tabs_->setTabText(panel, title);
}

void DockPanel::bringUp(int panel) {
    show();
    raise();
    tabs_->setCurrentIndex(panel);
}

int DockPanel::current() const {
    return tabs_->currentIndex();
}

}  // namespace pe::editor
