// SPDX-License-Identifier: MIT
#include "message_bar.hpp"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "icons.hpp"
#include "theme.hpp"

namespace pe::editor {

MessageBar::MessageBar(QWidget* parent) : QFrame(parent) {
    setObjectName(QStringLiteral("messageBar"));
    picture_ = new QLabel(this);
    text_ = new QLabel(this);
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* close = new QToolButton(this);
    close->setIcon(icon(QStringLiteral("ui/close")));
    close->setIconSize(QSize(14, 14));
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(close->toolTip());
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    row_ = new QHBoxLayout(this);
    row_->setContentsMargins(Theme::kSpace3, 6, Theme::kSpace2, 6);
    row_->setSpacing(Theme::kSpace2);
    row_->addWidget(picture_);
    row_->addWidget(text_, 1);
    row_->addWidget(close);
    hide();
}

void MessageBar::showMessage(Kind kind, const QString& text, std::vector<Choice> choices) {
    kind_ = kind;
    text_->setText(text);
    for (QWidget* button : buttons_)
        button->deleteLater();
    buttons_.clear();
    for (Choice& choice : choices) {
        auto* button = new QPushButton(choice.text, this);
        connect(button, &QPushButton::clicked, this, [this, run = std::move(choice.run)] {
            hide();
            run();
        });
        row_->insertWidget(row_->count() - 1, button);
        buttons_.push_back(button);
    }
    paintKind();
    show();
    setAccessibleName(text);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

QString MessageBar::text() const {
    return text_->text();
}

void MessageBar::paintKind() {
    const Theme& theme = Theme::of(*this);
    const QColor colors[] = {theme.accent, theme.warning, theme.error};
    const QColor fills[] = {theme.accentSoft, theme.warningSoft, theme.errorSoft};
    const char* const pictures[] = {"ui/info", "ui/warning", "ui/error"};
    const int at = static_cast<int>(kind_);
    const QString form = QStringLiteral(
        "#messageBar { background: %1; border-bottom: 1px solid %2; } "
        "#messageBar QLabel { color: %3; background: transparent; }");
    const QString sheet =
        form.arg(fills[at].name(), mixed(fills[at], colors[at], 0.35).name(), theme.text.name());
    // Setting a sheet changes the palette, which leads here again.
    if (sheet != styleSheet())
        setStyleSheet(sheet);
    picture_->setPixmap(
        tintedPixmap(QLatin1String(pictures[at]), colors[at], 18, devicePixelRatioF()));
}

void MessageBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && isVisible())
        paintKind();
    QFrame::changeEvent(event);
}

}  // namespace pe::editor
