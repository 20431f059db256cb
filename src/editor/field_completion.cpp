// SPDX-License-Identifier: MIT
#include "field_completion.hpp"

#include <QApplication>
#include <QComboBox>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <algorithm>

#include "field_editor.hpp"
#include "findings.hpp"
#include "pe/yaml/scalar.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::editor {

namespace {

constexpr int kAfterMs = 120;

// As in a double-quoted scalar on one line, where no name is longer or shorter than in the field.
std::string escaped(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += '\\';
        result += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return result;
}

bool isInTemplate(const QString& before) {
    const qsizetype open = before.lastIndexOf(QStringLiteral("{{"));
    return open >= 0 && before.indexOf(QStringLiteral("}}"), open) < 0;
}

bool invites(const QString& before, format::FieldKind kind) {
    if (before.isEmpty())
        return false;
    const QChar last = before.back();
    const bool word = last.isLetterOrNumber() || last == u'_' || last == u'.' || last == u'-';
    if (isInTemplate(before))
        return word || before.endsWith(QStringLiteral("{{")) ||
               before.endsWith(QStringLiteral("{{ "));
    if (kind == format::FieldKind::FilePath)
        return word || last == u'/';
    return kind == format::FieldKind::Condition && word;
}

}  // namespace

std::vector<language::CompletionItem> fieldCompletions(const document::Document& document,
                                                       const format::Catalogue& catalogue,
                                                       yaml::NodeRef node, const QString& text,
                                                       qsizetype cursor,
                                                       const check::FileLookup* files) {
    const yaml::Span value = document.valueSpan(node);
    const std::string& whole = document.text();
    const std::string old = whole.substr(value.begin, value.end - value.begin);
    std::string head = whole.substr(0, value.begin);
    if (!head.empty() && head.back() == ':')
        head += ' ';
    head += '"';
    const std::size_t begin = head.size();
    const std::string before = escaped(text.left(cursor).toStdString());
    const qsizetype line = text.indexOf(u'\n', cursor);
    const QString rest = text.mid(cursor, line < 0 ? line : line - cursor);
    const std::string after = escaped(rest.toStdString());
    const std::size_t offset = begin + before.size();
    const std::size_t end = offset + after.size();
    const std::string tail = (old.ends_with('\n') ? "\"\n" : "\"") + whole.substr(value.end);
    const yaml::Tree tree = yaml::parse(head + before + after + tail);
    auto items = language::completionsAt(*check::subjectOf(tree), catalogue, offset, files);
    const auto units = [&](std::size_t from, std::size_t to) {
        const std::string_view bytes = tree.text();
        return static_cast<std::size_t>(
            QString::fromUtf8(bytes.data() + from, static_cast<qsizetype>(to - from)).size());
    };
    const auto at = static_cast<std::size_t>(cursor);
    for (language::CompletionItem& each : items) {
        const std::size_t from = std::clamp(each.replaced.begin, begin, offset);
        const std::size_t to = std::clamp(each.replaced.end, offset, end);
        each.replaced = {at - std::min(at, units(from, offset)), at + units(offset, to)};
        // What was asked about stands in quotes, the field has none.
        each.insert = yaml::decodeScalar(yaml::Style::DoubleQuoted, {}, '"' + each.insert + '"', 0);
    }
    return items;
}

FieldCompletion::FieldCompletion(const Findings& findings, QWidget& form, QObject* parent)
    : QObject(parent), findings_(findings), form_(form) {
    soon_.setSingleShot(true);
    connect(&soon_, &QTimer::timeout, this, [this] { show(false); });
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget*, QWidget* now) { watch(now); });
}

FieldCompletion::~FieldCompletion() {
    delete popup_;
}

void FieldCompletion::watch(QWidget* field) {
    close();
    for (QWidget* old :
         {watched_.data(), static_cast<QWidget*>(line_), static_cast<QWidget*>(box_)}) {
        if (old == nullptr)
            continue;
        old->removeEventFilter(this);
        disconnect(old, nullptr, this, nullptr);
    }
    watched_ = nullptr;
    line_ = nullptr;
    box_ = nullptr;
    editor_ = nullptr;
    if (field == nullptr || !form_.isAncestorOf(field))
        return;
    FieldEditor* editor = nullptr;
    for (QWidget* at = field; at != nullptr && at != &form_ && editor == nullptr;
         at = at->parentWidget())
        editor = qobject_cast<FieldEditor*>(at);
    if (editor == nullptr)
        return;
    editor_ = editor;
    const auto* combo = qobject_cast<QComboBox*>(field);
    line_ = combo != nullptr ? combo->lineEdit() : qobject_cast<QLineEdit*>(field);
    box_ = qobject_cast<QPlainTextEdit*>(field);
    if (line_ != nullptr)
        connect(line_, &QLineEdit::textEdited, this, &FieldCompletion::typed);
    if (box_ != nullptr)
        connect(box_, &QPlainTextEdit::textChanged, this, &FieldCompletion::typed);
    watched_ = field;
    field->installEventFilter(this);
}

QString FieldCompletion::text() const {
    return line_ != nullptr ? line_->text() : box_ != nullptr ? box_->toPlainText() : QString();
}

qsizetype FieldCompletion::cursor() const {
    return line_ != nullptr  ? line_->cursorPosition()
           : box_ != nullptr ? box_->textCursor().position()
                             : 0;
}

QRect FieldCompletion::cursorRect() const {
    if (box_ != nullptr) {
        const QRect rect = box_->cursorRect();
        return {box_->viewport()->mapToGlobal(rect.topLeft()), rect.size()};
    }
    const QRect rect = line_->inputMethodQuery(Qt::ImCursorRectangle).toRect();
    return {line_->mapToGlobal(QPoint(rect.left(), 0)), QSize(rect.width(), line_->height())};
}

void FieldCompletion::typed() {
    soon_.start(kAfterMs);
}

void FieldCompletion::show(bool asked) {
    soon_.stop();
    if (editor_ == nullptr || (line_ == nullptr && box_ == nullptr) ||
        findings_.document().hasDraft())
        return close();
    const yaml::NodeRef node = editor_->place().node;
    const bool scalar =
        node != yaml::kNoNode && !yaml::isCollection(findings_.document().forest().style(node));
    if (!scalar || (!asked && !invites(text().left(cursor()), editor_->spec().kind)))
        return close();
    auto items = fieldCompletions(findings_.document(), findings_.catalogue(), node, text(),
                                  cursor(), &findings_.files());
    const auto begin =
        items.empty() ? cursor() : static_cast<qsizetype>(items.front().replaced.begin);
    const std::string typedSoFar = text().mid(begin, cursor() - begin).toStdString();
    const Opening opening = openingFor(items, typedSoFar, asked);
    if (opening == Opening::None)
        return close();
    if (popup_ == nullptr) {
        popup_ = new CompletionPopup(form_.window());
        connect(popup_, &CompletionPopup::accepted, this, &FieldCompletion::accept);
    }
    popup_->open(std::move(items), cursorRect(), opening == Opening::EnterAccepts);
}

void FieldCompletion::close() {
    soon_.stop();
    if (popup_ != nullptr)
        popup_->close();
}

// Typed as an input method would, so that the field notices.
void FieldCompletion::accept(const language::CompletionItem& item) {
    QWidget* field = line_ != nullptr ? static_cast<QWidget*>(line_) : box_;
    if (field == nullptr)
        return;
    const auto at = static_cast<std::size_t>(cursor());
    const int start = static_cast<int>(item.replaced.begin) - static_cast<int>(at);
    QInputMethodEvent event;
    event.setCommitString(QString::fromStdString(item.insert), start,
                          static_cast<int>(item.replaced.end - item.replaced.begin));
    QApplication::sendEvent(field, &event);
}

bool FieldCompletion::eventFilter(QObject* watched, QEvent* event) {
    const bool open = popup_ != nullptr && popup_->isOpen();
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool asks = key->key() == Qt::Key_Space && key->modifiers() == Qt::ControlModifier;
        if (event->type() == QEvent::ShortcutOverride) {
            if (asks || (open && key->key() == Qt::Key_Escape))
                event->accept();
        } else if (asks) {
            show(true);
            return true;
        } else if (open && popup_->takeKey(*key)) {
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace pe::editor
