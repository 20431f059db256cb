// SPDX-License-Identifier: MIT
#include "problems_panel.hpp"

#include <QDateTime>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QTimer>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "icons.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kSettleMs = 120;  // after the last change
constexpr std::size_t kMostShown = 500;

QLabel* emptyState(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setAlignment(Qt::AlignCenter);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setWordWrap(true);
    return label;
}

QTimer* settling(QObject* parent) {
    auto* timer = new QTimer(parent);
    timer->setSingleShot(true);
    timer->setInterval(kSettleMs);
    return timer;
}

void fill(QWidget* panel, QWidget* list, QWidget* nothing) {
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(Theme::kSpace1, Theme::kSpace1, Theme::kSpace1, 0);
    column->addWidget(list);
    column->addWidget(nothing);
    panel->setFocusProxy(list);
}

}  // namespace

ProblemsPanel::ProblemsPanel(document::Document& document, QWidget* parent)
    : QWidget(parent), document_(document) {
    list_ = new QTreeWidget(this);
    list_->setColumnCount(2);
    list_->setHeaderHidden(true);
    list_->setRootIsDecorated(false);
    list_->setUniformRowHeights(true);
    list_->header()->setStretchLastSection(false);
    list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    list_->setAccessibleName(tr("Problems"));
    nothing_ = emptyState(tr("No problems. The YAML of this file is sound."), this);
    fill(this, list_, nothing_);
    timer_ = settling(this);
    connect(timer_, &QTimer::timeout, this, &ProblemsPanel::refresh);
    connect(list_, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        Q_EMIT placeChosen(static_cast<std::size_t>(item->data(0, Qt::UserRole).toULongLong()));
    });
    connect(list_, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem* item) {
        Q_EMIT placeChosen(static_cast<std::size_t>(item->data(0, Qt::UserRole).toULongLong()));
    });
    subscription_ = document.changed.connect([this](const auto&) { timer_->start(); });
    refresh();
}

void ProblemsPanel::refresh() {
    const std::vector<yaml::Problem>& problems = document_.problems();
    list_->clear();
    errors_ = 0;
    count_ = static_cast<int>(problems.size());
    if (!problems.empty()) {
        const yaml::LineIndex lines(document_.text());
        for (std::size_t i = 0; i < std::min(problems.size(), kMostShown); ++i) {
            const yaml::Problem& problem = problems[i];
            const yaml::Position position = lines.position(problem.begin);
            const bool error = problem.severity == yaml::Severity::Error;
            errors_ += error;
            auto* item = new QTreeWidgetItem(
                list_, {QString::fromStdString(problem.message),
                        tr("line %1, column %2").arg(position.line).arg(position.column)});
            const Theme& light = Theme::light();
            item->setIcon(
                0, accentIcon(error ? QStringLiteral("ui/error") : QStringLiteral("ui/warning"),
                              error ? light.error : light.warning));
            item->setData(0, Qt::UserRole, static_cast<qulonglong>(problem.begin));
            item->setToolTip(0,
                             QString::fromStdString(problem.message + " (" + problem.code + ")"));
            item->setForeground(1, palette().brush(QPalette::PlaceholderText));
        }
    }
    list_->setVisible(count_ > 0);
    nothing_->setVisible(count_ == 0);
    Q_EMIT countChanged();
}

HistoryPanel::HistoryPanel(document::Document& document, QWidget* parent)
    : QWidget(parent), document_(document) {
    list_ = new QListWidget(this);
    list_->setUniformItemSizes(true);
    list_->setAccessibleName(tr("History"));
    nothing_ = emptyState(tr("Nothing was changed yet."), this);
    fill(this, list_, nothing_);
    timer_ = settling(this);
    connect(timer_, &QTimer::timeout, this, &HistoryPanel::refresh);
    subscription_ = document.changed.connect([this](const auto&) {
        if (isVisible())
            timer_->start();
    });
}

void HistoryPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void HistoryPanel::refresh() {
    const std::vector<document::HistoryEntry>& history = document_.history();
    list_->clear();
    const std::size_t shown = std::min(history.size(), kMostShown);
    for (auto entry = history.rbegin(); entry != history.rbegin() + static_cast<long>(shown);
         ++entry) {
        const QDateTime at = QDateTime::fromMSecsSinceEpoch(entry->atMs);
        const QString time = at.date() == QDate::currentDate()
                                 ? at.time().toString(QStringLiteral("HH:mm:ss"))
                                 : QLocale().toString(at, QLocale::ShortFormat);
        auto* item = new QListWidgetItem(
            tr("%1   %2").arg(time, QString::fromStdString(entry->label)), list_);
        if (!entry->undone)
            continue;
        QFont font = item->font();
        font.setStrikeOut(true);
        item->setFont(font);
        item->setForeground(palette().brush(QPalette::PlaceholderText));
        item->setToolTip(tr("Undone"));
    }
    list_->setVisible(shown > 0);
    nothing_->setVisible(shown == 0);
}

}  // namespace pe::editor
