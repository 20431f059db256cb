// SPDX-License-Identifier: MIT
#include "history_panel.hpp"

#include <QBoxLayout>
#include <QDateTime>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QScrollBar>
#include <QToolButton>
#include <algorithm>

#include "history_delegate.hpp"
#include "history_model.hpp"
#include "icons.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kSettleMs = 250;
constexpr int kChooseMs = 60;  // holding an arrow key down does not open every version on the way
constexpr int kTooSlowMs = 120;

}  // namespace

HistoryPanel::HistoryPanel(workspace::Session& session, const format::Catalogue& catalogue,
                           QWidget* parent)
    : QWidget(parent),
      session_(session),
      document_(session.document()),
      words_(document_, catalogue) {
    model_ = new HistoryModel(words_, this);
    list_ = new QListView(this);
    list_->setModel(model_);
    list_->setItemDelegate(new HistoryDelegate(list_));
    list_->setUniformItemSizes(true);
    list_->setMouseTracking(true);
    list_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setContextMenuPolicy(Qt::CustomContextMenu);
    list_->setAccessibleName(tr("History"));
    list_->installEventFilter(this);
    nothing_ = new QLabel(this);
    nothing_->setAlignment(Qt::AlignCenter);
    nothing_->setForegroundRole(QPalette::PlaceholderText);
    nothing_->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::kSpace1, 0, Theme::kSpace1, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addWidget(list_, 1);
    column->addWidget(nothing_, 1);
    setFocusProxy(list_);
    for (QTimer* timer : {&refreshSoon_, &wordsSoon_, &chooseSoon_})
        timer->setSingleShot(true);
    refreshSoon_.setInterval(kSettleMs);
    chooseSoon_.setInterval(kChooseMs);
    connect(&refreshSoon_, &QTimer::timeout, this, &HistoryPanel::refresh);
    connect(&wordsSoon_, &QTimer::timeout, this, &HistoryPanel::findWords);
    connect(&chooseSoon_, &QTimer::timeout, this, &HistoryPanel::choiceChanged);
    connect(list_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!filling_)
            chooseSoon_.start();
    });
    connect(list_, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { openMenu(list_->viewport()->mapToGlobal(at)); });
    connect(list_->verticalScrollBar(), &QScrollBar::valueChanged, this,
            [this] { wordsSoon_.start(0); });
    subscriptions_.push_back(document_.changed.connect([this](const auto&) {
        if (isVisible())
            refreshSoon_.start();
    }));
    subscriptions_.push_back(document_.pendingReplaced.connect([this] { words_.forget(); }));
}

HistoryPanel::~HistoryPanel() = default;

QWidget* HistoryPanel::makeBar() {
    auto* bar = new QWidget(this);
    search_ = new QLineEdit(bar);
    search_->setPlaceholderText(tr("Filter by words, author or name"));
    search_->setAccessibleName(tr("Filter the history"));
    search_->setClearButtonEnabled(true);
    search_->installEventFilter(this);
    namedOnly_ = new QToolButton(bar);
    namedOnly_->setIcon(icon(QStringLiteral("ui/flag")));
    namedOnly_->setIconSize(QSize(14, 14));
    namedOnly_->setText(tr("Named"));
    namedOnly_->setToolTip(tr("Show only versions that have a name"));
    namedOnly_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    namedOnly_->setCheckable(true);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(Theme::kSpace1, 2, Theme::kSpace1, 2);
    row->setSpacing(Theme::kSpace1);
    row->addWidget(search_, 1);
    row->addWidget(namedOnly_);
    connect(search_, &QLineEdit::textChanged, this, &HistoryPanel::filter);
    connect(namedOnly_, &QToolButton::toggled, this, &HistoryPanel::filter);
    return bar;
}

void HistoryPanel::setSearch(const QString& text) {
    search_->setText(text);
}

void HistoryPanel::setNamedOnly(bool namedOnly) {
    namedOnly_->setChecked(namedOnly);
}

void HistoryPanel::refresh() {
    const auto named = session_.namedVersions();
    rows_ =
        historyRows(document_.revisions(), named ? *named : std::vector<workspace::NamedVersion>{});
    filter();
}

void HistoryPanel::filter() {
    filling_ = true;
    const int scrolled = list_->verticalScrollBar()->value();
    model_->show(shownRows(rows_, search_->text(), namedOnly_->isChecked()),
                 QDateTime::currentMSecsSinceEpoch());
    if (const int row = chosenPosition_ ? model_->indexOf(chosenPosition_) : -1; row >= 0)
        list_->setCurrentIndex(model_->index(row));
    list_->verticalScrollBar()->setValue(scrolled);
    filling_ = false;
    const bool empty = model_->rowCount() == 0;
    list_->setHidden(empty);
    nothing_->setVisible(empty);
    nothing_->setText(rows_.empty() ? tr("Nothing was changed yet. Every change will be listed "
                                         "here, and any version can be brought back.")
                      : namedOnly_->isChecked() && search_->text().isEmpty()
                          ? tr("No version has a name yet. Choose one and press F2.")
                          : tr("No change fits the filter."));
    wordsSoon_.start(0);
}

void HistoryPanel::clearChoice() {
    filling_ = true;
    chosenPosition_ = 0;
    list_->clearSelection();
    filling_ = false;
}

void HistoryPanel::choiceChanged() {
    std::vector<int> rows;
    for (const QModelIndex& index : list_->selectionModel()->selectedIndexes())
        if (!model_->row(index.row()).isDay)
            rows.push_back(index.row());
    std::sort(rows.begin(), rows.end());
    if (rows.size() > 1) {
        // The newest is on top; of several, what lies between is part of the difference.
        chosenPosition_ = 0;
        Q_EMIT comparisonChosen(model_->row(rows.back()), model_->row(rows.front()));
    } else if (rows.size() == 1) {
        const HistoryRow row = model_->row(rows.front());
        chosenPosition_ = row.last;
        words_.words(row.first - 1, row.last);
        model_->wordsFound(rows.front());
        Q_EMIT chosen(row);
    }
}

// One row at a time, so that nobody waits for it.
void HistoryPanel::findWords() {
    if (slow_ || !isVisible() || model_->rowCount() == 0)
        return;
    const QModelIndex top = list_->indexAt(QPoint(8, 4));
    const QModelIndex bottom = list_->indexAt(QPoint(8, list_->viewport()->height() - 4));
    const int last = bottom.isValid() ? bottom.row() : model_->rowCount() - 1;
    for (int i = std::max(0, top.row()); i <= last; ++i) {
        const HistoryRow& row = model_->row(i);
        if (row.isDay || words_.known(row.first - 1, row.last))
            continue;
        QElapsedTimer timer;
        timer.start();
        words_.words(row.first - 1, row.last);
        slow_ = timer.elapsed() > kTooSlowMs;
        model_->wordsFound(i);
        wordsSoon_.start(0);
        return;
    }
}

void HistoryPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void HistoryPanel::openMenu(const QPoint& globalPosition) {
    const QModelIndex index = list_->indexAt(list_->viewport()->mapFromGlobal(globalPosition));
    if (!index.isValid() || model_->row(index.row()).isDay)
        return;
    const HistoryRow row = model_->row(index.row());
    QMenu menu(this);
    menu.addAction(icon(QStringLiteral("ui/undo")), tr("Restore this version"), this,
                   [this, row] { Q_EMIT restoreRequested(row); });
    menu.addAction(icon(QStringLiteral("ui/flag")), tr("Name this version…"), this,
                   [this, row] { Q_EMIT nameRequested(row); });
    addNameActions(menu, row);
    menu.exec(globalPosition);
}

void HistoryPanel::addNameActions(QMenu& menu, const HistoryRow& row) {
    const auto named = session_.namedVersions();
    if (!named)
        return;
    for (const workspace::NamedVersion& each : *named) {
        if (each.position != row.last)
            continue;
        menu.addAction(tr("Remove the name %1").arg(QString::fromStdString(each.name)), this,
                       [this, name = each.name] {
                           if (const auto done = session_.removeVersion(name); !done)
                               Q_EMIT refused(QString::fromStdString(done.error().message));
                           refresh();
                       });
    }
}

bool HistoryPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (watched == search_) {
        if (key != Qt::Key_Down && !enter)
            return false;
        list_->setFocus();
        if (!list_->currentIndex().isValid() && model_->rowCount() > 1)
            list_->setCurrentIndex(model_->index(1));
        return true;
    }
    if (key == Qt::Key_Escape) {
        Q_EMIT leaveRequested();
        return true;
    }
    const QModelIndex index = list_->currentIndex();
    if (!index.isValid() || model_->row(index.row()).isDay)
        return false;
    if (enter)
        choiceChanged();
    else if (key == Qt::Key_F2)
        Q_EMIT nameRequested(model_->row(index.row()));
    else
        return false;
    return true;
}

}  // namespace pe::editor
