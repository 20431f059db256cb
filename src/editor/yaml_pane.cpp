// SPDX-License-Identifier: MIT
#include "yaml_pane.hpp"

#include <QBoxLayout>
#include <QEvent>
#include <QFrame>
#include <QInputDialog>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QTextBlock>
#include <algorithm>
#include <utility>

#include "find_bar.hpp"
#include "findings.hpp"
#include "theme.hpp"
#include "yaml_edit.hpp"

namespace pe::editor {

namespace {

constexpr std::size_t kLoadedAtOnce = 64U << 10;
constexpr int kProblemsAfterMs = 150;

constexpr double kSmallestPoints = 6;
constexpr double kLargestPoints = 48;

// The document entry and the top keys hold (nearly) all lines; marking those says nothing.
bool isWorthMarking(const yaml::Forest& forest, yaml::NodeRef node) {
    int depth = 0;
    for (yaml::NodeRef at = node; at != yaml::kStream && at != yaml::kNoNode;
         at = forest.parent(at))
        ++depth;
    return depth > 2;
}

}  // namespace

YamlPane::YamlPane(document::Document& document, Selection& selection, QWidget* parent)
    : QWidget(parent), document_(document), selection_(selection) {
    edit_ = new YamlEdit(this);
    usualFont_ = Theme::monoFont();
    edit_->setFont(usualFont_);
    edit_->setEditSink([this](std::size_t offset, std::size_t removed, std::string_view inserted) {
        const CursorMemory::Place before{document_.text().size(), edit_->cursorOffset(),
                                         edit_->anchorOffset()};
        if (!loaded_ || !document_.replaceText(offset, removed, inserted, kSource))
            return false;
        const std::size_t end = offset + inserted.size();
        cursors_.typed(offset, before, {document_.text().size(), end, end});
        return true;
    });

    banner_ = new QFrame(this);
    bannerText_ = new QLabel(banner_);
    bannerText_->setWordWrap(true);
    bannerText_->setTextFormat(Qt::PlainText);
    bannerGoTo_ = new QPushButton(tr("Go to"), banner_);
    bannerDiscard_ = new QPushButton(tr("Discard changes"), banner_);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(Theme::kSpace2);
    buttons->addWidget(bannerGoTo_);
    buttons->addWidget(bannerDiscard_);
    buttons->addStretch();
    auto* bannerRows = new QVBoxLayout(banner_);
    bannerRows->setContentsMargins(Theme::kSpace3, Theme::kSpace2, Theme::kSpace3, Theme::kSpace2);
    bannerRows->setSpacing(Theme::kSpace2);
    bannerRows->addWidget(bannerText_);
    bannerRows->addLayout(buttons);
    findBar_ = new FindBar(edit_, this);

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    edit_->setMinimumHeight(1);  // in a low window the text gives way, not the words below it
    rows->addWidget(edit_, 1);
    // Below the text, which must not move while somebody types a line that is no YAML yet.
    rows->addWidget(banner_);
    rows->addWidget(findBar_);
    setFocusProxy(edit_);
    setAccessibleName(tr("YAML text"));

    changed_ = document_.changed.connect([this](const document::ChangeSet& c) { onChanged(c); });
    connect(&selection_, &Selection::changed, this, &YamlPane::onSelectionChanged);
    connect(edit_, &YamlEdit::cursorMoved, this, &YamlPane::onCursorMoved);
    connect(edit_, &YamlEdit::undoRequested, this, [this] { (void)document_.undo(); });
    connect(edit_, &YamlEdit::redoRequested, this, [this] { (void)document_.redo(); });
    connect(edit_, &YamlEdit::zoomed, this, &YamlPane::zoom);
    connect(bannerDiscard_, &QPushButton::clicked, this, [this] { document_.discardDraft(); });
    connect(bannerGoTo_, &QPushButton::clicked, this, [this] {
        if (const auto obstacle = document_.obstacle())
            goTo(obstacle->begin);
    });
    addShortcuts();
    problemsSoon_.setSingleShot(true);
    connect(&problemsSoon_, &QTimer::timeout, this, [this] {
        loadIfDifferent();
        if (findings_ == nullptr)
            showProblems();
    });
    if (document_.text().size() <= kLoadedAtOnce)
        load();
}

void YamlPane::load() {
    if (std::exchange(loaded_, true))
        return;
    edit_->load(document_.text());
    showProblems();
    showDraft();
    onSelectionChanged(nullptr);
}

void YamlPane::addShortcuts() {
    const auto add = [this](const QKeySequence& keys, auto&& run) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, run);
    };
    add(QKeySequence::Find, [this] { openFind(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_H), [this] { openReplace(); });
    add(QKeySequence(Qt::CTRL | Qt::Key_G), [this] { askForLine(); });
    add(QKeySequence(Qt::Key_F3), [this] { findBar_->find(true); });
    add(QKeySequence(Qt::SHIFT | Qt::Key_F3), [this] { findBar_->find(false); });
    add(QKeySequence::ZoomIn, [this] { zoom(1); });
    add(QKeySequence(Qt::CTRL | Qt::Key_Equal), [this] { zoom(1); });
    add(QKeySequence::ZoomOut, [this] { zoom(-1); });
    add(QKeySequence(Qt::CTRL | Qt::Key_0), [this] { zoom(0); });
}

void YamlPane::onChanged(const document::ChangeSet& change) {
    if (!loaded_)
        return load();
    const int scrolled = edit_->horizontalScrollBar()->value();
    edit_->apply(change.patches);
    // Comparing a large text at every key would be felt; sizes tell at once of patches that lead
    // elsewhere, and the pause after the typing of all others.
    if (change.reset || edit_->offsets().bytes().size() != document_.text().size())
        loadIfDifferent();
    const bool historic =
        change.origin == document::Origin::Undo || change.origin == document::Origin::Redo;
    if (historic && edit_->hasFocus() && !change.patches.empty()) {
        const document::TextPatch& last = change.patches.back();
        const auto known = cursors_.placeAfter(last, document_.text().size(),
                                               change.origin == document::Origin::Undo);
        const std::size_t end = last.offset + last.inserted.size();
        edit_->selectBytes(known ? known->anchor : end, known ? known->cursor : end);
        // What is selected follows, when all views know of the change.
        QMetaObject::invokeMethod(this, &YamlPane::onCursorMoved, Qt::QueuedConnection);
    }
    // Beside the end of a long line that something else wrote, all other lines are out of sight.
    if (change.source != kSource)
        edit_->horizontalScrollBar()->setValue(scrolled);
    // A draft was parsed to find that it is one; a document is read for warnings when typing
    // pauses.
    const bool now = findings_ == nullptr && (document_.hasDraft() || change.reset);
    if (now)
        showProblems();
    else
        problemsSoon_.start(kProblemsAfterMs);
    showDraft();
    if (change.reset)
        edit_->setSelectedLines(-1, -1);
    else
        markEntry(selection_.current());
    findBar_->refreshSoon();
}

void YamlPane::loadIfDifferent() {
    if (edit_->offsets().bytes() == document_.text())
        return;
    const std::size_t cursor = edit_->cursorOffset();
    const int scroll = edit_->verticalScrollBar()->value();
    edit_->load(document_.text());
    edit_->setCursorOffset(cursor);
    edit_->verticalScrollBar()->setValue(scroll);
}

void YamlPane::onSelectionChanged(const QObject* origin) {
    if (!loaded_)
        return;
    const yaml::NodeRef node = selection_.current();
    markEntry(node);
    // Whoever writes here keeps the cursor, whatever is selected meanwhile.
    const bool writing = edit_->hasFocus() && edit_->isVisible();
    if (origin == this || writing || node == yaml::kNoNode || node == yaml::kStream)
        return;
    const yaml::Span entry = document_.entrySpan(node);
    const yaml::Span key = document_.keySpan(node);
    const yaml::Span value = document_.valueSpan(node);
    const TextOffsets& offsets = edit_->offsets();
    const std::size_t start = key.end > key.begin ? key.begin : value.begin;
    if (edit_->cursorOffset() < entry.begin || edit_->cursorOffset() >= entry.end ||
        origin != nullptr) {
        const QSignalBlocker quiet(edit_);
        edit_->setCursorOffset(start);
    }
    edit_->horizontalScrollBar()->setValue(0);
    edit_->revealLines(offsets.lineAt(start), offsets.lineAt(std::max(start, entry.end - 1)));
    edit_->viewport()->update();
}

void YamlPane::onCursorMoved() {
    if (!loaded_)
        return;
    const yaml::NodeRef node = document_.nodeAt(edit_->cursorOffset());
    if (node != selection_.current())
        selection_.select(node, this);
    else
        markEntry(node);
}

// Marks the lines of an entry, without the blank lines above it.
void YamlPane::markEntry(yaml::NodeRef node) {
    if (node == yaml::kNoNode || node == yaml::kStream ||
        !isWorthMarking(document_.forest(), node)) {
        edit_->setSelectedLines(-1, -1);
        return;
    }
    const yaml::Span span = document_.entrySpan(node);
    const TextOffsets& offsets = edit_->offsets();
    int first = offsets.lineAt(span.begin);
    const int last = offsets.lineAt(span.end > span.begin ? span.end - 1 : span.begin);
    while (first < last && offsets.shownLine(first).trimmed().isEmpty())
        ++first;
    edit_->setSelectedLines(first, last);
}

void YamlPane::showProblems() {
    if (!loaded_)
        return;
    edit_->setMarks(findings_ != nullptr ? marksOf(findings_->all())
                                         : marksOf(document_.problems()));
}

void YamlPane::setFindings(Findings* findings) {
    findings_ = findings;
    connect(findings, &Findings::changed, this, &YamlPane::showProblems);
    showProblems();
}

void YamlPane::showDraft() {
    const auto obstacle = document_.obstacle();
    if (obstacle) {
        QString message = QString::fromStdString(obstacle->message);
        while (message.endsWith(u'.'))
            message.chop(1);
        bannerText_->setText(tr("Line %1: %2. The graph shows what can be read.")
                                 .arg(edit_->offsets().lineAt(obstacle->begin) + 1)
                                 .arg(message));
        // A text that was never a pipeline has nothing to go back to.
        bannerDiscard_->setVisible(document_.sequence() > 0);
        const Theme& theme = Theme::of(*this);
        banner_->setStyleSheet(
            QStringLiteral("QFrame { background: %1; border: none; border-top: "
                           "1px solid %2; } QLabel { color: %3; border: none; }")
                .arg(theme.errorSoft.name(), theme.error.name(), theme.text.name()));
    }
    banner_->setVisible(obstacle.has_value());
}

void YamlPane::goTo(std::size_t offset) {
    load();
    edit_->setCursorOffset(offset);
    const int line = edit_->offsets().lineAt(std::min(offset, edit_->offsets().bytes().size()));
    edit_->revealLines(line, line);
    edit_->setFocus(Qt::OtherFocusReason);
}

void YamlPane::openFind() {
    load();
    findBar_->open(false);
}

void YamlPane::openReplace() {
    load();
    findBar_->open(true);
}

void YamlPane::askForLine() {
    load();
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Go to line"));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setLabelText(tr("Line (1 to %1):").arg(edit_->offsets().lineCount()));
    dialog->setIntRange(1, edit_->offsets().lineCount());
    dialog->setIntValue(edit_->textCursor().blockNumber() + 1);
    connect(dialog, &QInputDialog::intValueSelected, this,
            [this](int line) { goTo(edit_->offsets().lineBegin(line - 1)); });
    dialog->open();
}

void YamlPane::zoom(int steps) {
    QFont font = edit_->font();
    const double points = steps == 0 ? usualFont_.pointSizeF() : font.pointSizeF() + steps;
    font.setPointSizeF(std::clamp(points, kSmallestPoints, kLargestPoints));
    edit_->setFont(font);
}

void YamlPane::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showDraft();
}

}  // namespace pe::editor
