// SPDX-License-Identifier: MIT
#include "workspace_browser.hpp"

#include <QAction>
#include <QBoxLayout>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QUrl>

#include "icons.hpp"
#include "theme.hpp"
#include "workspace_delegate.hpp"
#include "workspace_model.hpp"

namespace pe::editor {

namespace {

constexpr int kPauseMs = 40;  // between two keys typed quickly nothing is searched

}  // namespace

WorkspaceBrowser::WorkspaceBrowser(workspace::Workspace& workspace, QWidget* parent)
    : QWidget(parent) {
    model_ = new WorkspaceModel(workspace, this);
    field_ = new QLineEdit(this);
    field_->setPlaceholderText(tr("Search names, steps, types, descriptions and prompts"));
    field_->setAccessibleName(tr("Search all pipelines"));
    field_->setClearButtonEnabled(true);
    field_->addAction(icon(QStringLiteral("ui/search")), QLineEdit::LeadingPosition);
    field_->setMinimumHeight(32);
    field_->installEventFilter(this);
    list_ = new QListView(this);
    list_->setModel(model_);
    list_->setItemDelegate(new WorkspaceDelegate(list_));
    list_->setUniformItemSizes(true);
    list_->setMouseTracking(true);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setContextMenuPolicy(Qt::CustomContextMenu);
    list_->setAccessibleName(tr("Pipelines"));
    list_->installEventFilter(this);
    nothing_ = new QLabel(this);
    nothing_->setAlignment(Qt::AlignCenter);
    nothing_->setWordWrap(true);
    nothing_->setForegroundRole(QPalette::PlaceholderText);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::kSpace2);
    column->addWidget(field_);
    column->addWidget(list_, 1);
    column->addWidget(nothing_, 1);
    setFocusProxy(field_);
    searchSoon_.setSingleShot(true);
    searchSoon_.setInterval(kPauseMs);
    connect(&searchSoon_, &QTimer::timeout, this, &WorkspaceBrowser::search);
    connect(field_, &QLineEdit::textChanged, &searchSoon_, qOverload<>(&QTimer::start));
    connect(list_, &QListView::clicked, this,
            [this](const QModelIndex& index) { open(index.row()); });
    connect(list_, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        const QModelIndex index = list_->indexAt(at);
        if (!index.isValid())
            return;
        QMenu menu(this);
        fillMenu(menu, index.row());
        menu.exec(list_->viewport()->mapToGlobal(at));
    });
}

void WorkspaceBrowser::reload() {
    if (const auto read = model_->reload(); !read)
        return showWords(QString::fromStdString(read.error().message));
    search();
}

void WorkspaceBrowser::setQuery(const QString& query) {
    field_->setText(query);
    searchSoon_.stop();
    search();
}

void WorkspaceBrowser::search() {
    const auto found = model_->search(field_->text());
    if (!found)
        return showWords(QString::fromStdString(found.error().message));
    if (model_->rowCount() > 0) {
        showWords({});
        list_->setCurrentIndex(model_->index(0));
    } else if (model_->known() == 0) {
        showWords(
            tr("Nothing has been opened on this computer yet.\nEvery pipeline you open or "
               "make is listed here and can be searched."));
    } else {
        showWords(tr("No pipeline holds all of these words."));
    }
}

void WorkspaceBrowser::showWords(const QString& words) {
    nothing_->setText(words);
    nothing_->setVisible(!words.isEmpty());
    list_->setVisible(words.isEmpty());
}

void WorkspaceBrowser::openChosen() {
    if (searchSoon_.isActive()) {
        searchSoon_.stop();
        search();
    }
    if (model_->rowCount() > 0)
        open(std::max(0, list_->currentIndex().row()));
}

void WorkspaceBrowser::open(int row) {
    const WorkspaceEntry& entry = model_->entry(row);
    const std::string& line = entry.excerpt;
    std::string word;
    std::string found = line;
    if (!entry.marks.empty()) {
        const auto [begin, end] = entry.marks.front();
        word = line.substr(begin, end - begin);
        // The names of all steps stand on one line.
        if (entry.field == workspace::FoundIn::Step) {
            const std::size_t before = begin == 0 ? std::string::npos : line.rfind(' ', begin - 1);
            const std::size_t from = before == std::string::npos ? 0 : before + 1;
            found = line.substr(from, std::min(line.find(' ', end), line.size()) - from);
        }
    }
    const bool inside =
        entry.field != workspace::FoundIn::Name && entry.field != workspace::FoundIn::Path;
    Q_EMIT openRequested(QString::fromStdString(entry.info.id),
                         inside ? QString::fromStdString(found) : QString(),
                         inside ? QString::fromStdString(word) : QString());
}

void WorkspaceBrowser::fillMenu(QMenu& menu, int row) {
    const workspace::PipelineInfo info = model_->entry(row).info;
    const QString id = QString::fromStdString(info.id);
    const QString path = QString::fromStdString(info.path);
    menu.addAction(icon(QStringLiteral("ui/open")), tr("Open"), this, [this, row] { open(row); });
    QAction* folder = menu.addAction(tr("Show in its folder"), this, [path] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
    });
    folder->setEnabled(!path.isEmpty() && QFileInfo(QFileInfo(path).absolutePath()).isDir());
    menu.addSeparator();
    QAction* moved =
        menu.addAction(tr("Its file has moved…"), this, [this, id] { Q_EMIT rebindRequested(id); });
    moved->setEnabled(!info.open);
    QAction* forget =
        menu.addAction(icon(QStringLiteral("ui/trash")), tr("Forget it and its history…"), this,
                       [this, id, title = QString::fromStdString(info.title)] {
                           Q_EMIT forgetRequested(id, title);
                       });
    forget->setEnabled(!info.open);
}

void WorkspaceBrowser::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    reload();
}

bool WorkspaceBrowser::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        openChosen();
        return true;
    }
    const bool walks = key == Qt::Key_Down || key == Qt::Key_Up || key == Qt::Key_PageDown ||
                       key == Qt::Key_PageUp;
    if (watched != field_ || !walks)
        return false;
    QCoreApplication::sendEvent(list_, event);
    return true;
}

}  // namespace pe::editor
