// SPDX-License-Identifier: MIT
#include "completion_popup.hpp"

#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "finding_text.hpp"
#include "help_card.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

using language::CompletionKind;

constexpr int kMostRows = 10;
constexpr int kRow = 24;
constexpr int kLeast = 240;
constexpr int kWidest = 420;
constexpr int kBadge = 16;
constexpr int kGap = 2;
constexpr int kPage = 8;
constexpr std::size_t kMostItems = 300;
enum Role { LabelRole = Qt::UserRole, DetailRole, KindRole, RequiredRole };

struct KindLook {
    const char* letter;
    QColor Theme::*color;
};

KindLook lookOf(CompletionKind kind) {
    switch (kind) {
        case CompletionKind::Field:
            return {"k", &Theme::syntaxKey};
        case CompletionKind::Value:
            return {"v", &Theme::syntaxString};
        case CompletionKind::StepType:
        case CompletionKind::PromptPart:
            return {"t", &Theme::edgeDataSource};
        case CompletionKind::Step:
            return {"s", &Theme::edgePreviousResponse};
        case CompletionKind::Result:
            return {"r", &Theme::edgeCondition};
        case CompletionKind::Variable:
        case CompletionKind::Scope:
            return {"x", &Theme::syntaxTemplate};
        case CompletionKind::Function:
            return {"f", &Theme::syntaxAnchor};
        case CompletionKind::Skeleton:
            return {"+", &Theme::success};
        case CompletionKind::File:
        case CompletionKind::Folder:
            return {"p", &Theme::syntaxString};
    }
    return {"?", &Theme::textMuted};
}

// A letter for the kind, the label, and a few words at the right.
class RowDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {kLeast, kRow};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Theme& theme = Theme::of(*option.widget);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if ((option.state & QStyle::State_Selected) != 0) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(theme.accentSoft);
            painter->drawRoundedRect(option.rect.adjusted(2, 0, -2, 0), 4, 4);
        }
        const KindLook look = lookOf(static_cast<CompletionKind>(index.data(KindRole).toInt()));
        const QColor color = theme.*look.color;
        const QRect badge(option.rect.left() + 8, option.rect.center().y() - kBadge / 2 + 1, kBadge,
                          kBadge);
        painter->setPen(Qt::NoPen);
        painter->setBrush(mixed(theme.surface, color, theme.dark ? 0.3 : 0.16));
        painter->drawRoundedRect(badge, 3, 3);
        painter->setPen(color);
        QFont small = Theme::smallFont();
        small.setWeight(QFont::DemiBold);
        painter->setFont(small);
        painter->drawText(badge, Qt::AlignCenter, QString::fromLatin1(look.letter));
        QFont font = Theme::uiFont();
        if (index.data(RequiredRole).toBool())
            font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        painter->setPen(theme.text);
        const QRect inner = option.rect.adjusted(badge.width() + 16, 0, -10, 0);
        const QString label = index.data(LabelRole).toString();
        const int labelWidth =
            std::min(painter->fontMetrics().horizontalAdvance(label) + 2, inner.width());
        painter->drawText(QRect(inner.topLeft(), QSize(labelWidth, inner.height())),
                          Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(label, Qt::ElideRight, labelWidth));
        const int rest = inner.width() - labelWidth - 12;
        painter->setFont(Theme::smallFont());
        painter->setPen(theme.textMuted);
        if (rest > 24)
            painter->drawText(inner, Qt::AlignVCenter | Qt::AlignRight,
                              painter->fontMetrics().elidedText(index.data(DetailRole).toString(),
                                                                Qt::ElideRight, rest));
        painter->restore();
    }
};

}  // namespace

CompletionPopup::CompletionPopup(QWidget* window) : QFrame(window), card_(new HelpCard(window)) {
    setObjectName(QStringLiteral("completions"));
    setStyleSheet(
        QStringLiteral("#completions { background: palette(base); border: 1px solid "
                       "palette(dark); border-radius: 6px; }"));
    list_ = new QListWidget(this);
    list_->setItemDelegate(new RowDelegate(list_));
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setUniformItemSizes(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setAccessibleName(tr("Completions"));
    setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 3, 1, 3);
    column->addWidget(list_);
    connect(list_, &QListWidget::itemClicked, this, &CompletionPopup::acceptCurrent);
    connect(list_, &QListWidget::currentRowChanged, this, &CompletionPopup::showDocumentation);
    hide();
}

CompletionPopup::~CompletionPopup() {
    delete card_;
}

Opening openingFor(const std::vector<language::CompletionItem>& items, std::string_view typed,
                   bool asked) {
    if (items.empty())
        return Opening::None;
    if (asked)
        return Opening::EnterAccepts;
    // What is typed in full already is not news; longer words may still be meant.
    if (typed == items.front().label)
        return items.size() == 1 ? Opening::None : Opening::EnterLeaves;
    const QString text = QString::fromUtf8(typed.data(), static_cast<qsizetype>(typed.size()));
    const bool meant =
        !text.isEmpty() &&
        QString::fromStdString(items.front().label).startsWith(text, Qt::CaseInsensitive);
    return meant ? Opening::EnterAccepts : Opening::EnterLeaves;
}

void CompletionPopup::open(std::vector<language::CompletionItem> items, const QRect& anchor,
                           bool enterAccepts) {
    if (items.empty())
        return close();
    if (items.size() > kMostItems)
        items.resize(kMostItems);
    items_ = std::move(items);
    enterAccepts_ = enterAccepts;
    const QSignalBlocker quiet(list_);
    list_->clear();
    int wide = kLeast;
    const QFontMetrics label(Theme::uiFont());
    const QFontMetrics detail(Theme::smallFont());
    for (const language::CompletionItem& each : items_) {
        auto* item = new QListWidgetItem(QString::fromStdString(each.label), list_);
        item->setData(LabelRole, QString::fromStdString(each.label));
        item->setData(DetailRole, QString::fromStdString(each.detail));
        item->setData(KindRole, static_cast<int>(each.kind));
        item->setData(RequiredRole, each.required);
        wide = std::max(wide, 60 + label.horizontalAdvance(item->text()) +
                                  detail.horizontalAdvance(item->data(DetailRole).toString()));
    }
    list_->setCurrentRow(0);
    const int rows = std::min(kMostRows, static_cast<int>(items_.size()));
    resize(std::min(wide, kWidest), rows * kRow + 8);
    const QWidget* window = parentWidget();
    const QRect local(window->mapFromGlobal(anchor.topLeft()), anchor.size());
    int top = local.bottom() + kGap;
    if (top + height() > window->height() && local.top() - kGap - height() >= 0)
        top = local.top() - kGap - height();
    const int left = std::clamp(local.left() - 28, 0, std::max(0, window->width() - width()));
    QFrame::move(left, top);
    show();
    raise();
    showDocumentation();
}

void CompletionPopup::close() {
    card_->dismiss();
    hide();
}

bool CompletionPopup::takeKey(const QKeyEvent& event) {
    if (!isVisible() || (event.modifiers() & ~Qt::KeypadModifier) != 0)
        return false;
    switch (event.key()) {
        case Qt::Key_Down:
            move(1);
            return true;
        case Qt::Key_Up:
            move(-1);
            return true;
        case Qt::Key_PageDown:
            move(kPage);
            return true;
        case Qt::Key_PageUp:
            move(-kPage);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (!enterAccepts_) {
                close();
                return false;
            }
            acceptCurrent();
            return true;
        case Qt::Key_Tab:
            acceptCurrent();
            return true;
        case Qt::Key_Escape:
            close();
            return true;
        default:
            return false;
    }
}

void CompletionPopup::move(int by) {
    enterAccepts_ = true;
    const int last = list_->count() - 1;
    const int row = list_->currentRow();
    // Single steps go round, pages stop at the ends.
    if (by == 1 && row == last)
        list_->setCurrentRow(0);
    else if (by == -1 && row == 0)
        list_->setCurrentRow(last);
    else
        list_->setCurrentRow(std::clamp(row + by, 0, last));
}

void CompletionPopup::acceptCurrent() {
    const int row = list_->currentRow();
    if (row < 0 || row >= static_cast<int>(items_.size()))
        return;
    const language::CompletionItem item = items_[static_cast<std::size_t>(row)];
    close();
    Q_EMIT accepted(item);
}

void CompletionPopup::showDocumentation() {
    const int row = list_->currentRow();
    const std::string text =
        row < 0 ? std::string() : items_[static_cast<std::size_t>(row)].documentation;
    if (text.empty() || !isVisible())
        card_->dismiss();
    else
        card_->openBeside(markdownHtml(text, Theme::of(*this)),
                          QRect(mapToGlobal(QPoint()), size()));
}

}  // namespace pe::editor
