// SPDX-License-Identifier: MIT
#include "find_bar.hpp"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>
#include <algorithm>

#include "theme.hpp"
#include "yaml_edit.hpp"

namespace pe::editor {

namespace {

constexpr int kRefreshDelayMs = 120;

QRegularExpression expressionOf(const FindQuery& query) {
    QRegularExpression::PatternOptions options = QRegularExpression::UseUnicodePropertiesOption;
    if (!query.matchCase)
        options |= QRegularExpression::CaseInsensitiveOption;
    return QRegularExpression(query.pattern ? query.text : QRegularExpression::escape(query.text),
                              options);
}

// `\1` to `\9` in the replacement of a pattern stand for what its groups matched.
QString expanded(const QString& replacement, const QRegularExpressionMatch& match) {
    QString text;
    for (qsizetype i = 0; i < replacement.size(); ++i) {
        const bool escaped = replacement[i] == u'\\' && i + 1 < replacement.size();
        if (!escaped) {
            text += replacement[i];
            continue;
        }
        const QChar next = replacement[++i];
        text += next.isDigit() ? match.captured(next.digitValue()) : QString(next);
    }
    return text;
}

QToolButton* toolButton(QWidget* parent, const QString& text, const QString& name) {
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

}  // namespace

std::vector<FindMatch> findMatches(const TextOffsets& offsets, const FindQuery& query,
                                   const QString& replacement) {
    std::vector<FindMatch> found;
    const QRegularExpression expression = expressionOf(query);
    if (query.text.isEmpty() || !expression.isValid())
        return found;
    for (int line = 0; line < offsets.lineCount(); ++line) {
        const QString shown = offsets.shownLine(line);
        for (auto each = expression.globalMatch(shown); each.hasNext();) {
            const QRegularExpressionMatch match = each.next();
            if (match.capturedLength() == 0)
                continue;
            const auto begin = static_cast<int>(match.capturedStart());
            const auto end = static_cast<int>(match.capturedEnd());
            found.push_back({{offsets.offset({line, begin}), offsets.offset({line, end})},
                             query.pattern ? expanded(replacement, match) : replacement});
        }
    }
    return found;
}

FindBar::FindBar(YamlEdit* edit, QWidget* parent) : QWidget(parent), edit_(edit) {
    text_ = new QLineEdit(this);
    text_->setPlaceholderText(tr("Find"));
    text_->setAccessibleName(tr("Find"));
    matchCase_ = toolButton(this, QStringLiteral("Aa"), tr("Match case"));
    matchCase_->setCheckable(true);
    pattern_ = toolButton(this, QStringLiteral(".*"), tr("Regular expression"));
    pattern_->setCheckable(true);
    count_ = new QLabel(this);
    count_->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("999 of 9999")));
    auto* previous = toolButton(this, QStringLiteral("↑"), tr("Previous match (Shift+Enter)"));
    auto* next = toolButton(this, QStringLiteral("↓"), tr("Next match (Enter)"));
    auto* close = toolButton(this, QStringLiteral("✕"), tr("Close (Esc)"));

    auto* first = new QHBoxLayout;
    first->setSpacing(Theme::kSpace1);
    first->addWidget(text_, 1);
    for (QWidget* each : {static_cast<QWidget*>(matchCase_), static_cast<QWidget*>(pattern_),
                          static_cast<QWidget*>(count_), static_cast<QWidget*>(previous),
                          static_cast<QWidget*>(next), static_cast<QWidget*>(close)})
        first->addWidget(each);

    replaceRow_ = new QWidget(this);
    replacement_ = new QLineEdit(replaceRow_);
    replacement_->setPlaceholderText(tr("Replace with"));
    replacement_->setAccessibleName(tr("Replace with"));
    auto* one = new QPushButton(tr("Replace"), replaceRow_);
    auto* all = new QPushButton(tr("All"), replaceRow_);
    all->setToolTip(tr("Replace all matches"));
    all->setAccessibleName(all->toolTip());
    auto* second = new QHBoxLayout(replaceRow_);
    second->setContentsMargins(0, 0, 0, 0);
    second->setSpacing(Theme::kSpace1);
    second->addWidget(replacement_, 1);
    second->addWidget(one);
    second->addWidget(all);

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(Theme::kSpace2, Theme::kSpace1, Theme::kSpace2, Theme::kSpace1);
    rows->setSpacing(Theme::kSpace1);
    rows->addLayout(first);
    rows->addWidget(replaceRow_);
    setTabOrder(text_, replacement_);
    setTabOrder(replacement_, one);
    setTabOrder(one, all);
    setTabOrder(all, matchCase_);
    hide();

    soon_.setSingleShot(true);
    soon_.setInterval(kRefreshDelayMs);
    connect(&soon_, &QTimer::timeout, this, &FindBar::refresh);
    connect(text_, &QLineEdit::textChanged, this, &FindBar::refreshSoon);
    connect(matchCase_, &QToolButton::toggled, this, &FindBar::refresh);
    connect(pattern_, &QToolButton::toggled, this, &FindBar::refresh);
    connect(edit, &YamlEdit::cursorPositionChanged, this, &FindBar::showCount);
    connect(previous, &QToolButton::clicked, this, [this] { find(false); });
    connect(next, &QToolButton::clicked, this, [this] { find(true); });
    connect(close, &QToolButton::clicked, this, &FindBar::dismiss);
    connect(one, &QPushButton::clicked, this, &FindBar::replaceOne);
    connect(all, &QPushButton::clicked, this, &FindBar::replaceAll);
}

void FindBar::open(bool withReplace) {
    const QString selected = edit_->textCursor().selectedText();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator))
        text_->setText(selected);
    replaceRow_->setVisible(withReplace);
    show();
    text_->setFocus(Qt::ShortcutFocusReason);
    text_->selectAll();
    refresh();
}

void FindBar::dismiss() {
    hide();
    soon_.stop();
    matches_.clear();
    edit_->setMatches({});
    edit_->setFocus(Qt::OtherFocusReason);
}

void FindBar::refreshSoon() {
    if (!isHidden())
        soon_.start();
}

FindQuery FindBar::query() const {
    return {text_->text(), matchCase_->isChecked(), pattern_->isChecked()};
}

void FindBar::refresh() {
    soon_.stop();
    matches_ = findMatches(edit_->offsets(), query(), replacement_->text());
    std::vector<yaml::Span> spans;
    for (const FindMatch& match : matches_)
        spans.push_back(match.span);
    edit_->setMatches(std::move(spans));
    showCount();
}

void FindBar::showCount() {
    if (isHidden())
        return;
    const FindQuery asked = query();
    if (asked.text.isEmpty()) {
        count_->clear();
    } else if (!expressionOf(asked).isValid()) {
        count_->setText(tr("Not a pattern"));
    } else if (matches_.empty()) {
        count_->setText(tr("No matches"));
    } else {
        const auto [begin, end] = edit_->selectedBytes();
        const yaml::Span here{begin, end};
        const auto at = std::find_if(matches_.begin(), matches_.end(),
                                     [&](const FindMatch& match) { return match.span == here; });
        const auto total = static_cast<int>(matches_.size());
        count_->setText(at == matches_.end()
                            ? (total == 1 ? tr("1 match") : tr("%1 matches").arg(total))
                            : tr("%1 of %2").arg(at - matches_.begin() + 1).arg(total));
    }
}

void FindBar::find(bool forward) {
    refresh();
    if (matches_.empty())
        return;
    const auto [begin, end] = edit_->selectedBytes();
    const FindMatch* target = nullptr;
    if (forward) {
        const auto next =
            std::find_if(matches_.begin(), matches_.end(),
                         [at = end](const FindMatch& m) { return m.span.begin >= at; });
        target = next == matches_.end() ? &matches_.front() : &*next;
    } else {
        const auto previous =
            std::find_if(matches_.rbegin(), matches_.rend(),
                         [at = begin](const FindMatch& m) { return m.span.end <= at; });
        target = previous == matches_.rend() ? &matches_.back() : &*previous;
    }
    edit_->selectBytes(target->span.begin, target->span.end);
    const int line = edit_->offsets().lineAt(target->span.begin);
    edit_->revealLines(line, line);
    edit_->ensureCursorVisible();
}

void FindBar::replaceOne() {
    refresh();
    const auto [begin, end] = edit_->selectedBytes();
    const yaml::Span here{begin, end};
    for (const FindMatch& match : matches_) {
        if (match.span != here)
            continue;
        const int line = edit_->offsets().lineAt(begin);
        edit_->edit(begin, end - begin, edit_->offsets().encode(match.replacement, line));
        break;
    }
    find(true);
}

void FindBar::replaceAll() {
    refresh();
    if (matches_.empty())
        return;
    const TextOffsets& offsets = edit_->offsets();
    std::string bytes;
    std::size_t at = matches_.front().span.begin;
    for (const FindMatch& match : matches_) {
        bytes += std::string_view(offsets.bytes()).substr(at, match.span.begin - at);
        bytes += offsets.encode(match.replacement, offsets.lineAt(match.span.begin));
        at = match.span.end;
    }
    const std::size_t begin = matches_.front().span.begin;
    edit_->edit(begin, at - begin, bytes);
    refresh();
}

void FindBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        dismiss();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (replacement_->hasFocus())
            replaceOne();
        else
            find((event->modifiers() & Qt::ShiftModifier) == 0);
    } else {
        QWidget::keyPressEvent(event);
    }
}

}  // namespace pe::editor
