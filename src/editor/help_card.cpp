// SPDX-License-Identifier: MIT
#include "help_card.hpp"

#include <QApplication>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kWidth = 440;
constexpr int kLeastWidth = 160;
constexpr int kBesideWidth = 300;
constexpr int kMostHeight = 300;
constexpr int kGap = 4;
constexpr int kPointerMs = 250;
constexpr int kSlack = 12;  // the pointer may stray this far

}  // namespace

HelpCard::HelpCard(QWidget* window) : QFrame(window) {
    setObjectName(QStringLiteral("helpCard"));
    setAccessibleName(tr("Help"));
    browser_ = new QTextBrowser(this);
    browser_->setOpenLinks(false);
    browser_->setFrameShape(QFrame::NoFrame);
    browser_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    browser_->document()->setDocumentMargin(2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::kSpace2, Theme::kSpace1, Theme::kSpace2, Theme::kSpace1);
    column->addWidget(browser_);
    connect(browser_, &QTextBrowser::anchorClicked, this, &HelpCard::linkActivated);
    pointerTimer_.setInterval(kPointerMs);
    connect(&pointerTimer_, &QTimer::timeout, this, &HelpCard::watchPointer);
    restyle();
    hide();
}

void HelpCard::restyle() {
    const Theme& theme = Theme::of(*this);
    const QString style =
        QStringLiteral(
            "#helpCard { background: %1; border: 1px solid %2; border-radius: 6px; } "
            "QTextBrowser { background: transparent; border: none; padding: 0; "
            "color: %3; }")
            .arg(theme.surface.name(), theme.borderStrong.name(), theme.text.name());
    if (style != styleSheet())
        setStyleSheet(style);
}

// The browser lays its document out for the size it has; a copy tells which size it wants.
void HelpCard::fill(const QString& html, int width, int mostHeight) {
    browser_->setHtml(html);
    const int chrome = 2 * Theme::kSpace2 + 2;
    QTextDocument measured;
    measured.setDefaultFont(browser_->font());
    measured.setDocumentMargin(browser_->document()->documentMargin());
    measured.setHtml(html);
    measured.setTextWidth(width - chrome);
    const int wide = std::clamp(static_cast<int>(std::ceil(measured.idealWidth())) + chrome + 4,
                                kLeastWidth, width);
    measured.setTextWidth(wide - chrome);
    const int high = static_cast<int>(std::ceil(measured.size().height())) + 2 * Theme::kSpace1 + 4;
    const bool scrolls = high > mostHeight;
    browser_->setVerticalScrollBarPolicy(scrolls ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    resize(scrolls ? width : wide, std::min(high, mostHeight));
    browser_->verticalScrollBar()->setValue(0);
}

void HelpCard::open(const QString& html, const QRect& anchor, By by) {
    const QWidget* window = parentWidget();
    const int room = std::max(80, window->width() - 2 * kGap);
    fill(html, std::min(kWidth, room), std::min(kMostHeight, window->height() / 2));
    const QRect local(window->mapFromGlobal(anchor.topLeft()), anchor.size());
    int top = local.bottom() + kGap;
    if (top + height() > window->height() && local.top() - kGap - height() >= 0)
        top = local.top() - kGap - height();
    const int left =
        std::clamp(local.left(), kGap, std::max(kGap, window->width() - width() - kGap));
    by_ = by;
    anchor_ = anchor;
    show(QRect(QPoint(left, top), size()));
}

void HelpCard::openBeside(const QString& html, const QRect& neighbour) {
    const QWidget* window = parentWidget();
    fill(html, kBesideWidth, std::max(neighbour.height(), 120));
    const QRect local(window->mapFromGlobal(neighbour.topLeft()), neighbour.size());
    int left = local.right() + kGap;
    if (left + width() > window->width())
        left = local.left() - kGap - width();
    if (left < 0) {
        hide();
        return;
    }
    by_ = By::Owner;
    const int top = std::min(local.top(), std::max(0, window->height() - height() - kGap));
    show(QRect(QPoint(left, top), size()));
}

void HelpCard::show(const QRect& place) {
    setGeometry(place);
    restyle();
    if (!isVisible())
        focusBefore_ = QApplication::focusWidget();
    QFrame::show();
    raise();
    qApp->installEventFilter(this);
    if (by_ == By::Key)
        browser_->setFocus(Qt::PopupFocusReason);
    if (by_ == By::Pointer)
        pointerTimer_.start();
    else
        pointerTimer_.stop();
}

void HelpCard::dismiss() {
    pointerTimer_.stop();
    qApp->removeEventFilter(this);
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    hide();
    if (hadFocus && focusBefore_)
        focusBefore_->setFocus(Qt::PopupFocusReason);
}

QString HelpCard::text() const {
    return browser_->toPlainText();
}

void HelpCard::watchPointer() {
    const QPoint at = QCursor::pos();
    const QRect own(mapToGlobal(QPoint()), size());
    const QRect both = own.united(anchor_).adjusted(-kSlack, -kSlack, kSlack, kSlack);
    if (!both.contains(at))
        dismiss();
}

bool HelpCard::eventFilter(QObject* watched, QEvent* event) {
    if (by_ == By::Owner || !isVisible())
        return QFrame::eventFilter(watched, event);
    auto* widget = qobject_cast<QWidget*>(watched);
    const bool inside = widget != nullptr && (widget == this || isAncestorOf(widget));
    switch (event->type()) {
        case QEvent::ShortcutOverride:
            // Escape closes the card and nothing else.
            if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
                event->accept();
                return true;
            }
            break;
        case QEvent::KeyPress: {
            const int key = static_cast<QKeyEvent*>(event)->key();
            const bool closes = key == Qt::Key_Escape || key == Qt::Key_F1;
            if (widget != nullptr && (closes || by_ == By::Pointer)) {
                dismiss();
                return closes;
            }
            break;
        }
        case QEvent::MouseButtonPress:
        case QEvent::Wheel:
            if (widget != nullptr && !inside)
                dismiss();
            break;
        case QEvent::WindowDeactivate:
            if (by_ == By::Pointer)
                dismiss();
            break;
        default:
            break;
    }
    return QFrame::eventFilter(watched, event);
}

void HelpCard::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        restyle();
}

}  // namespace pe::editor
