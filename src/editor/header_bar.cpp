// SPDX-License-Identifier: MIT
#include "header_bar.hpp"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include "icons.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kTitleLeast = 120;
constexpr int kNarrow = 900;  // below it the search is a button only

QString say(const char* text) {
    return QObject::tr(text);
}

}  // namespace

namespace {

FileBadge badgeOfState(workspace::FileState state, bool durable, const QString& path) {
    using Tone = FileBadge::Tone;
    if (state == workspace::FileState::DiskNewer)
        return {say("Changed on disk"), Tone::Bad,
                say("%1 was changed by another program and could not be merged.").arg(path)};
    if (state == workspace::FileState::Missing)
        return {say("File is gone"), Tone::Bad,
                say("%1 was deleted or renamed. Every edit is in the journal on this computer; "
                    "saving writes the file again.")
                    .arg(path)};
    if (!durable)
        return {say("Saving…"), Tone::Quiet,
                say("The last edits are being written to the journal on this computer.")};
    if (state == workspace::FileState::Clean)
        return {say("In the file"), Tone::Good, say("%1 holds exactly this text.").arg(path)};
    if (state == workspace::FileState::Unbound)
        return {say("Saved here"), Tone::Attention,
                say("Every edit is in the journal on this computer. The pipeline has no file yet: "
                    "Ctrl+S gives it one.")};
    return {say("Saved here"), Tone::Attention,
            say("Every edit is in the journal on this computer. %1 does not have the last ones "
                "yet: Ctrl+S writes them.")
                .arg(path)};
}

}  // namespace

FileBadge badgeOf(workspace::Session& session) {
    using Tone = FileBadge::Tone;
    const document::Document& document = session.document();
    if (const auto obstacle = document.obstacle(); obstacle && !document::isSyntaxError(*obstacle))
        return {say("Text only"), Tone::Attention, QString::fromStdString(obstacle->message)};
    if (document.hasDraft())
        return {say("Draft has errors"), Tone::Bad,
                say("The text does not parse yet. It is kept in the journal on this computer; the "
                    "graph shows what can be read.")};
    if (const int count = static_cast<int>(document.conflicts().size()); count > 0)
        return {count == 1 ? say("1 conflict") : say("%1 conflicts").arg(count), Tone::Attention,
                say("The same was changed twice at the same time. Click to decide which version "
                    "stays.")};
    return badgeOfState(session.state(), session.durable(), QString::fromStdString(session.path()));
}

HeaderBar::HeaderBar(QWidget* parent) : QWidget(parent) {
    title_ = new QLabel(this);
    title_->setFont(Theme::headingFont());
    title_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    title_->setMinimumWidth(1);  // the window may become smaller than its text
    badge_ = new QLabel(this);
    badge_->setFont(Theme::smallFont());
    badge_->setObjectName(QStringLiteral("badge"));
    badge_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Maximum);
    badge_->installEventFilter(this);
    row_ = new QHBoxLayout(this);
    row_->setContentsMargins(Theme::kSpace3, 6, Theme::kSpace2, 6);
    row_->setSpacing(Theme::kSpace1);
    row_->addWidget(title_);
    row_->addSpacing(Theme::kSpace1);
    row_->addWidget(badge_, 0, Qt::AlignVCenter);
    row_->addStretch(1);
    setFixedHeight(46);
}

void HeaderBar::addButton(QAction* action) {
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setIconSize(QSize(18, 18));
    button->setFocusPolicy(Qt::TabFocus);
    row_->addWidget(button);
}

void HeaderBar::addSwitch(const QList<QAction*>& actions) {
    row_->addSpacing(Theme::kSpace3);
    for (QAction* action : actions) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setIconSize(QSize(16, 16));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
        row_->addWidget(button);
    }
    row_->addSpacing(Theme::kSpace3);
}

void HeaderBar::addSearch(QAction* action) {
    search_ = new QToolButton(this);
    search_->setDefaultAction(action);
    search_->setIconSize(QSize(16, 16));
    search_->setFocusPolicy(Qt::TabFocus);
    row_->addWidget(search_);
}

void HeaderBar::showFile(const QString& title, const QString& path, const FileBadge& badge) {
    wholeTitle_ = title;
    title_->setToolTip(path);
    shown_ = badge;
    badge_->setText(badge.text);
    badge_->setToolTip(badge.explanation);
    badge_->setAccessibleName(tr("State of the file: %1").arg(badge.text));
    badge_->show();
    paintBadge();
    arrange();
}

void HeaderBar::showNothing() {
    wholeTitle_.clear();
    title_->clear();
    badge_->hide();
}

void HeaderBar::paintBadge() {
    const Theme& theme = Theme::of(*this);
    const QColor ink[] = {theme.textMuted, theme.success, theme.warning, theme.error};
    const QColor fill[] = {theme.surfaceSunken, theme.successSoft, theme.warningSoft,
                           theme.errorSoft};
    const int tone = static_cast<int>(shown_.tone);
    const QString sheet =
        QStringLiteral(
            "#badge { background: %1; color: %2; border-radius: 7px; padding: 2px 8px; }")
            .arg(fill[tone].name(), ink[tone].name());
    // Setting it lays everything out again, and this is asked at every key.
    if (sheet != badge_->styleSheet())
        badge_->setStyleSheet(sheet);
}

void HeaderBar::arrange() {
    if (search_)
        search_->setToolButtonStyle(width() < kNarrow ? Qt::ToolButtonIconOnly
                                                      : Qt::ToolButtonTextBesideIcon);
    const int others = row_->sizeHint().width() - title_->sizeHint().width();
    const int room = qMax(kTitleLeast, width() - others);
    title_->setText(title_->fontMetrics().elidedText(wholeTitle_, Qt::ElideMiddle, room));
}

void HeaderBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        paintBadge();
    QWidget::changeEvent(event);
}

bool HeaderBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == badge_ && event->type() == QEvent::MouseButtonRelease)
        Q_EMIT badgeClicked();
    return QWidget::eventFilter(watched, event);
}

bool HeaderBar::event(QEvent* event) {
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
}

void HeaderBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

}  // namespace pe::editor
