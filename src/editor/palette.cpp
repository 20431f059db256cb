// SPDX-License-Identifier: MIT
#include "palette.hpp"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kMostShown = 60;
constexpr int kRowHeight = 32;
constexpr int kVisibleRows = 10;
constexpr int kDetailRole = Qt::UserRole;
constexpr int kEntryRole = Qt::UserRole + 1;

// Title left, detail right.
class EntryDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {100, kRowHeight};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Theme& theme = Theme::of(*option.widget);
        QRect rect = option.rect.adjusted(4, 1, -4, -1);
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(theme.accentSoft);
            painter->drawRoundedRect(rect, 5, 5);
        }
        rect.adjust(8, 0, -8, 0);
        const auto picture = index.data(Qt::DecorationRole).value<QIcon>();
        picture.paint(painter, QRect(rect.left(), rect.center().y() - 8, 16, 16));
        rect.setLeft(rect.left() + 26);
        painter->setFont(Theme::smallFont());
        painter->setPen(theme.textMuted);
        const QString detail = index.data(kDetailRole).toString();
        painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter, detail);
        rect.setRight(rect.right() - painter->fontMetrics().horizontalAdvance(detail) - 12);
        painter->setFont(option.font);
        painter->setPen(theme.text);
        const QString title = painter->fontMetrics().elidedText(
            index.data(Qt::DisplayRole).toString(), Qt::ElideRight, rect.width());
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, title);
    }
};

}  // namespace

int paletteScore(const QString& query, const QString& text) {
    int score = 0;
    qsizetype at = 0;
    qsizetype last = -2;
    for (const QChar letter : query) {
        if (letter.isSpace())
            continue;
        qsizetype found = text.indexOf(letter, at, Qt::CaseInsensitive);
        if (found < 0)
            return -1;
        const bool wordStart = found == 0 || !text.at(found - 1).isLetterOrNumber();
        if (found == last + 1)
            score += 8;
        else if (wordStart)
            score += 6;
        else
            score -= static_cast<int>(std::min<qsizetype>(found - at, 5));
        last = found;
        at = found + 1;
    }
    if (text.contains(query, Qt::CaseInsensitive))
        score += text.startsWith(query, Qt::CaseInsensitive) ? 40 : 20;
    return std::max(score, 0);
}

Palette::Palette(QWidget* window) : QFrame(window) {
    setObjectName(QStringLiteral("palette"));
    setAutoFillBackground(true);
    field_ = new QLineEdit(this);
    field_->setMinimumHeight(34);
    list_ = new QListWidget(this);
    list_->setItemDelegate(new EntryDelegate(list_));
    list_->setUniformItemSizes(true);
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    nothing_ = new QLabel(tr("Nothing found."), this);
    nothing_->setAlignment(Qt::AlignCenter);
    nothing_->setMinimumHeight(kRowHeight * 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    column->addWidget(field_);
    column->addWidget(list_);
    column->addWidget(nothing_);
    field_->installEventFilter(this);
    connect(field_, &QLineEdit::textChanged, this, &Palette::filter);
    connect(list_, &QListWidget::itemClicked, this, &Palette::choose);
    hide();
}

void Palette::open(const QString& placeholder, std::vector<PaletteEntry> entries,
                   const QPoint* globalPosition) {
    const Theme& theme = Theme::of(*parentWidget());
    setStyleSheet(QStringLiteral("#palette { background: %1; border: 1px solid %2; "
                                 "border-radius: 10px; } QListWidget { background: %1; }")
                      .arg(theme.surface.name(), theme.borderStrong.name()));
    if (!isVisible())
        focusBefore_ = QApplication::focusWidget();
    entries_ = std::move(entries);
    field_->setPlaceholderText(placeholder);
    field_->setAccessibleName(placeholder);
    field_->clear();
    const QSize room = parentWidget()->size();
    const int width = std::min(globalPosition ? 340 : 600, room.width() - 40);
    setFixedWidth(width);
    filter({});
    QPoint corner((room.width() - width) / 2, std::min(80, room.height() / 8));
    if (globalPosition) {
        corner = parentWidget()->mapFromGlobal(*globalPosition) - QPoint(width / 2, 20);
        corner.setX(std::clamp(corner.x(), 20, std::max(20, room.width() - width - 20)));
        corner.setY(std::clamp(corner.y(), 20, std::max(20, room.height() - height() - 20)));
    }
    move(corner);
    show();
    raise();
    field_->setFocus(Qt::PopupFocusReason);
}

void Palette::filter(const QString& query) {
    std::vector<std::pair<int, std::size_t>> found;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const int title = paletteScore(query, entries_[i].title);
        const int keywords = entries_[i].keywords.contains(query, Qt::CaseInsensitive) ? 1 : -1;
        if (const int score = std::max(title, keywords); score >= 0)
            found.emplace_back(-score, i);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    if (found.size() > kMostShown)
        found.resize(kMostShown);
    list_->clear();
    for (const auto& [score, i] : found) {
        auto* item = new QListWidgetItem(entries_[i].icon, entries_[i].title, list_);
        item->setData(kDetailRole, entries_[i].detail);
        item->setData(kEntryRole, static_cast<qulonglong>(i));
    }
    list_->setCurrentRow(0);
    list_->setVisible(!found.empty());
    nothing_->setVisible(found.empty());
    const int rows = std::min(static_cast<int>(found.size()), kVisibleRows);
    list_->setFixedHeight(rows * kRowHeight + 2);
    adjustSize();
}

bool Palette::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut && isVisible()) {
        hide();
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int rows = list_->count();
    const auto go = [this, rows](int row) {
        if (rows > 0)
            list_->setCurrentRow((row + rows) % rows);
        return true;
    };
    switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Down:
            return go(list_->currentRow() + 1);
        case Qt::Key_Up:
            return go(list_->currentRow() - 1);
        case Qt::Key_PageDown:
            return go(std::min(list_->currentRow() + kVisibleRows, rows - 1));
        case Qt::Key_PageUp:
            return go(std::max(list_->currentRow() - kVisibleRows, 0));
        case Qt::Key_Escape:
            dismiss();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            choose();
            return true;
        default:
            return QFrame::eventFilter(watched, event);
    }
}

void Palette::dismiss() {
    hide();
    if (focusBefore_)
        focusBefore_->setFocus();
}

void Palette::choose() {
    const QListWidgetItem* item = list_->currentItem();
    if (!item)
        return;
    const auto run = entries_[item->data(kEntryRole).toULongLong()].run;
    dismiss();
    if (run)
        run();
}

}  // namespace pe::editor
