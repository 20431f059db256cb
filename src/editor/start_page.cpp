// SPDX-License-Identifier: MIT
#include "start_page.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "icons.hpp"
#include "theme.hpp"
#include "workspace_browser.hpp"

namespace pe::editor {

namespace {

constexpr int kColumnWidth = 640;

}  // namespace

StartPage::StartPage(workspace::Workspace& workspace, QWidget* parent) : QWidget(parent) {
    auto* middle = new QWidget(this);
    middle->setMaximumWidth(kColumnWidth);
    auto* across = new QHBoxLayout(this);
    across->addStretch(1);
    across->addWidget(middle, 100);
    across->addStretch(1);

    auto* title = new QLabel(tr("Pipeline Editor"), middle);
    title->setFont(Theme::titleFont());
    auto* about = new QLabel(
        tr("Edit YAML pipelines as a graph and as text. Your file stays exactly as you wrote it."),
        middle);
    about->setWordWrap(true);
    auto* create = new QPushButton(tr("New pipeline"), middle);
    create->setProperty("primary", true);
    auto* open = new QPushButton(icon(QStringLiteral("ui/open")), tr("Open file…"), middle);
    browser_ = new WorkspaceBrowser(workspace, middle);
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::kSpace2);
    row->addWidget(create);
    row->addWidget(open);
    row->addStretch(1);
    auto* column = new QVBoxLayout(middle);
    column->setSpacing(Theme::kSpace3);
    column->addSpacing(Theme::kSpace6);
    column->addWidget(title);
    column->addWidget(about);
    column->addLayout(row);
    column->addSpacing(Theme::kSpace2);
    column->addWidget(browser_, 1);
    connect(create, &QPushButton::clicked, this, &StartPage::newRequested);
    connect(open, &QPushButton::clicked, this, &StartPage::openRequested);
}

}  // namespace pe::editor
