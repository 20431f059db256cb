// SPDX-License-Identifier: MIT
#include "start_page.hpp"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include "icons.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kColumnWidth = 520;
constexpr std::size_t kMostRecent = 8;

QString shortFolder(const QString& path) {
    QString folder = QFileInfo(path).absolutePath();
    const QString home = QDir::homePath();
    if (folder.startsWith(home + u'/') || folder == home)
        folder.replace(0, home.size(), QStringLiteral("~"));
    return folder;
}

}  // namespace

StartPage::StartPage(QWidget* parent) : QWidget(parent) {
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    auto* page = new QWidget(scroll);
    scroll->setWidget(page);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);

    auto* middle = new QWidget(page);
    middle->setMaximumWidth(kColumnWidth);
    auto* across = new QHBoxLayout(page);
    across->addStretch(1);
    across->addWidget(middle, 100);
    across->addStretch(1);

    auto* title = new QLabel(tr("Pipeline Editor"), middle);
    title->setFont(Theme::titleFont());
    auto* about = new QLabel(
        tr("Edit YAML pipelines as a graph and as text. Your file stays exactly as you wrote it."),
        middle);
    about->setWordWrap(true);
    auto* create = new QPushButton(icon(QStringLiteral("ui/new")), tr("New pipeline"), middle);
    auto* open = new QPushButton(icon(QStringLiteral("ui/open")), tr("Open file…"), middle);
    create->setProperty("primary", true);
    create->setIcon(QIcon());
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::kSpace2);
    row->addWidget(create);
    row->addWidget(open);
    row->addStretch(1);
    lists_ = new QVBoxLayout;
    lists_->setSpacing(2);
    auto* column = new QVBoxLayout(middle);
    column->setSpacing(Theme::kSpace3);
    column->addStretch(2);
    column->addWidget(title);
    column->addWidget(about);
    column->addSpacing(Theme::kSpace2);
    column->addLayout(row);
    column->addLayout(lists_);
    column->addStretch(3);
    connect(create, &QPushButton::clicked, this, &StartPage::newRequested);
    connect(open, &QPushButton::clicked, this, &StartPage::openRequested);
}

void StartPage::showFiles(const std::vector<std::string>& recent) {
    while (QLayoutItem* item = lists_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    addSection(tr("Recent"), recent);
}

void StartPage::addSection(const QString& title, const std::vector<std::string>& paths) {
    if (paths.empty())
        return;
    auto* heading = new QLabel(title, this);
    heading->setFont(Theme::headingFont());
    heading->setContentsMargins(0, Theme::kSpace4, 0, Theme::kSpace1);
    lists_->addWidget(heading);
    for (std::size_t i = 0; i < std::min(paths.size(), kMostRecent); ++i) {
        const QString path = QString::fromStdString(paths[i]);
        auto* button = new QToolButton(this);
        button->setIcon(icon(QStringLiteral("ui/file")));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        const QString name = QFileInfo(path).fileName();
        const int room = kColumnWidth - 60 -
                         button->fontMetrics().horizontalAdvance(name + QStringLiteral("    "));
        button->setText(name + QStringLiteral("    ") +
                        button->fontMetrics().elidedText(shortFolder(path), Qt::ElideMiddle, room));
        button->setToolTip(path);
        button->setAccessibleName(tr("Open %1").arg(path));
        connect(button, &QToolButton::clicked, this, [this, path] { Q_EMIT fileRequested(path); });
        lists_->addWidget(button);
    }
}

}  // namespace pe::editor
