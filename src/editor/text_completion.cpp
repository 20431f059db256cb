// SPDX-License-Identifier: MIT
#include "text_completion.hpp"

#include <QKeyEvent>
#include <QScrollBar>
#include <algorithm>
#include <cctype>

#include "findings.hpp"
#include "yaml_edit.hpp"

namespace pe::editor {

namespace {

constexpr int kAfterMs = 60;  // typing comes first

bool isWordByte(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' ||
           (static_cast<unsigned char>(c) & 0x80) != 0;
}

// A colon inside a value, as in `STEP:path`; that of a key leads on with the blank behind it.
bool endsWithInnerColon(std::string_view before) {
    const std::string_view line = before.substr(before.find_last_of("\r\n") + 1);
    return line.ends_with(':') && line.find(": ") != std::string_view::npos;
}

// After these, what could follow is offered without being asked for.
bool invites(std::string_view text, std::size_t cursor) {
    const std::string_view before = text.substr(0, cursor);
    if (before.empty())
        return false;
    return isWordByte(before.back()) || before.back() == '.' || before.back() == '/' ||
           endsWithInnerColon(before) || before.ends_with("{{") || before.ends_with("{{ ") ||
           before.ends_with(": ") || before.ends_with("- ");
}

}  // namespace

TextCompletion::TextCompletion(YamlEdit& edit, const Findings& findings, QObject* parent)
    : QObject(parent), edit_(edit), findings_(findings) {
    soon_.setSingleShot(true);
    connect(&soon_, &QTimer::timeout, this, [this] { show(false); });
    connect(&edit_, &YamlEdit::typed, this, &TextCompletion::typed);
    connect(&edit_, &YamlEdit::cursorMoved, this, [this] {
        // A move within what is being completed narrows or widens the list; others end it.
        if (popup_ != nullptr && popup_->isOpen() && !accepting_)
            soon_.start(0);
    });
    connect(edit_.verticalScrollBar(), &QScrollBar::valueChanged, this, &TextCompletion::close);
    edit_.installEventFilter(this);
}

TextCompletion::~TextCompletion() {
    delete popup_;
}

void TextCompletion::open() {
    show(true);
}

void TextCompletion::close() {
    soon_.stop();
    if (popup_ != nullptr)
        popup_->close();
}

void TextCompletion::typed(const QString& text) {
    if (text.size() == 1 && invites(findings_.subject().text(), edit_.cursorOffset()))
        soon_.start(kAfterMs);
    else if (popup_ != nullptr && popup_->isOpen())
        soon_.start(0);
}

void TextCompletion::show(bool asked) {
    soon_.stop();
    const std::size_t cursor = edit_.cursorOffset();
    const std::string_view text = findings_.subject().text();
    if (edit_.isReadOnly() || edit_.textCursor().hasSelection() || cursor > text.size() ||
        (!asked && !invites(text, cursor)))
        return close();
    std::vector<language::CompletionItem> items = language::completionsAt(
        findings_.subject(), findings_.catalogue(), cursor, &findings_.files());
    const std::size_t begin = items.empty() ? cursor : std::min(items[0].replaced.begin, cursor);
    const Opening opening = openingFor(items, text.substr(begin, cursor - begin), asked);
    if (opening == Opening::None)
        return close();
    if (popup_ == nullptr) {
        popup_ = new CompletionPopup(edit_.window());
        connect(popup_, &CompletionPopup::accepted, this, &TextCompletion::accept);
    }
    popup_->open(std::move(items), edit_.globalRect(begin), opening == Opening::EnterAccepts);
}

void TextCompletion::accept(const language::CompletionItem& item) {
    accepting_ = true;
    const std::size_t begin = item.replaced.begin;
    const std::size_t end = std::max(begin, item.replaced.end);
    if (end <= edit_.offsets().bytes().size())
        edit_.edit(begin, end - begin, item.insert);
    accepting_ = false;
    // A scope, a key or a folder leads on to what follows it.
    if (item.insert.ends_with('.') || item.insert.ends_with(": ") || item.insert.ends_with('/'))
        soon_.start(kAfterMs);
}

bool TextCompletion::eventFilter(QObject* watched, QEvent* event) {
    const bool open = popup_ != nullptr && popup_->isOpen();
    switch (event->type()) {
        case QEvent::ShortcutOverride:
            if (open && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape)
                event->accept();
            break;
        case QEvent::KeyPress:
            if (open && popup_->takeKey(*static_cast<QKeyEvent*>(event)))
                return true;
            break;
        case QEvent::FocusOut:
        case QEvent::Hide:
            close();
            break;
        default:
            break;
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace pe::editor
