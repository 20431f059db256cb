// SPDX-License-Identifier: MIT
#include "field_editors_scalar.hpp"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "block_text_edit.hpp"
#include "field_completion.hpp"
#include "theme.hpp"

namespace pe::editor {

using format::FieldKind;

namespace {

constexpr int kPauseMs = 700;

QVBoxLayout* bareColumn(QWidget* widget) {
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::kSpace1);
    return column;
}

qsizetype trailingBreaks(const QString& text) {
    qsizetype count = 0;
    while (count < text.size() && text[text.size() - 1 - count] == u'\n')
        ++count;
    return count;
}

QLabel* smallLabel(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setFont(Theme::smallFont());
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QString nameOf(const format::FieldSpec& spec) {
    return QString::fromStdString(spec.title.empty() ? spec.key : spec.title);
}

QString number(double value, bool whole) {
    return whole ? QString::number(value, 'f', 0) : QString::number(value, 'g', 12);
}

}  // namespace

TypedEditor::TypedEditor(FormContext& context, format::FieldSpec spec, QWidget* parent)
    : FieldEditor(context, std::move(spec), parent) {
    pause_.setSingleShot(true);
    pause_.setInterval(kPauseMs);
    connect(&pause_, &QTimer::timeout, this, [this] {
        if (isWhole())
            handIn();
    });
}

void TypedEditor::typed() {
    pending_ = true;
    pause_.start();
}

void TypedEditor::drop() {
    pause_.stop();
    pending_ = false;
    settle(*typedIn_);
}

int TypedEditor::giveUp() {
    drop();
    return std::exchange(handedIn_, 0);
}

void TypedEditor::commit() {
    handIn();
    handedIn_ = 0;
}

void TypedEditor::handIn() {
    if (!pending_)
        return;
    drop();
    const QString now = typedIn_->text();
    const bool present = place().node != yaml::kNoNode;
    if (present ? now == text() : now.isEmpty())
        return;
    if (setText(now))
        ++handedIn_;
    else
        refresh();
}

LineEditor::LineEditor(FormContext& context, format::FieldSpec fieldSpec, QWidget* parent)
    : TypedEditor(context, std::move(fieldSpec), parent), line_(new QLineEdit(this)) {
    line_->setAccessibleName(nameOf(spec()));
    line_->setPlaceholderText(QString::fromStdString(spec().defaultText));
    bareColumn(this)->addWidget(line_);
    setFocusProxy(line_);
    setLine(line_);
    connect(line_, &QLineEdit::textEdited, this, &LineEditor::typed);
    connect(line_, &QLineEdit::editingFinished, this, &LineEditor::commit);
}

void LineEditor::refresh() {
    const QString now = text();
    if (pending() || line_->text() == now)
        return;
    const int cursor = line_->cursorPosition();
    line_->setText(now);
    line_->setCursorPosition(line_->hasFocus() ? cursor : 0);
}

NumberBox::NumberBox(const format::FieldSpec& spec, QWidget* parent)
    : QAbstractSpinBox(parent),
      lowest_(spec.minimum.value_or(-std::numeric_limits<double>::infinity())),
      highest_(spec.maximum.value_or(std::numeric_limits<double>::infinity())),
      whole_(spec.kind != FieldKind::Number),
      usual_(QString::fromStdString(spec.defaultText).toDouble()) {
    lineEdit()->setPlaceholderText(QString::fromStdString(spec.defaultText));
}

void NumberBox::stepBy(int steps) {
    bool isNumber = false;
    const double now = text().toDouble(&isNumber);
    const bool fraction = !whole_ || (isNumber && now != std::floor(now));
    const double size = fraction && highest_ - lowest_ <= 10 ? 0.1 : 1;
    const double next = (isNumber ? now : usual_) + steps * size;
    lineEdit()->setText(number(std::clamp(next, lowest_, highest_), !fraction));
    lineEdit()->setModified(true);
    Q_EMIT stepped();
}

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const {
    bool isNumber = false;
    const double now = text().toDouble(&isNumber);
    if (isReadOnly())
        return StepNone;
    StepEnabled enabled = StepNone;
    if (!isNumber || now < highest_)
        enabled |= StepUpEnabled;
    if (!isNumber || now > lowest_)
        enabled |= StepDownEnabled;
    return enabled;
}

QValidator::State NumberBox::validate(QString&, int&) const {
    return QValidator::Acceptable;
}

void NumberBox::wheelEvent(QWheelEvent* event) {
    if (hasFocus())
        QAbstractSpinBox::wheelEvent(event);
    else
        event->ignore();
}

NumberEditor::NumberEditor(FormContext& context, format::FieldSpec fieldSpec, QWidget* parent)
    : TypedEditor(context, std::move(fieldSpec), parent),
      box_(new NumberBox(spec(), this)),
      warning_(smallLabel(this)) {
    box_->setAccessibleName(nameOf(spec()));
    auto* column = bareColumn(this);
    column->addWidget(box_);
    column->addWidget(warning_);
    warning_->hide();
    setFocusProxy(box_);
    setLine(box_->line());
    connect(box_->line(), &QLineEdit::textEdited, this, &NumberEditor::typed);
    connect(box_->line(), &QLineEdit::textChanged, this, &NumberEditor::showBounds);
    connect(box_, &NumberBox::stepped, this, &NumberEditor::typed);
    connect(box_, &QAbstractSpinBox::editingFinished, this, &NumberEditor::commit);
}

// An optional number that is cleared leaves the file; a required one stays what it was.
void NumberEditor::commit() {
    if (!pending() || place().node == yaml::kNoNode || isWhole())
        return TypedEditor::commit();
    giveUp();
    if (spec().required || !context_.run({document::Remove{place().node}}))
        refresh();
}

bool NumberEditor::isWhole() const {
    return !box_->text().trimmed().isEmpty();
}

void NumberEditor::refresh() {
    const QString now = text();
    if (pending() || box_->text() == now)
        return;
    const int cursor = box_->line()->cursorPosition();
    box_->line()->setText(now);
    box_->line()->setCursorPosition(box_->hasFocus() ? cursor : 0);
}

void NumberEditor::showBounds() {
    bool isNumber = false;
    const double now = box_->text().toDouble(&isNumber);
    const bool whole = spec().kind == FieldKind::Integer;
    QString message;
    if (box_->text().isEmpty())
        message.clear();
    else if (!isNumber)
        message = tr("This is not a number.");
    else if (whole && now != std::floor(now))
        message = tr("A whole number is expected.");
    else if (spec().minimum && now < *spec().minimum)
        message = tr("At least %1.").arg(*spec().minimum);
    else if (spec().maximum && now > *spec().maximum)
        message = tr("At most %1.").arg(*spec().maximum);
    warning_->setText(message);
    warning_->setVisible(!message.isEmpty());
    warning_->setStyleSheet(QStringLiteral("color: %1;").arg(Theme::of(*this).warning.name()));
}

CheckEditor::CheckEditor(FormContext& context, format::FieldSpec fieldSpec, QWidget* parent)
    : FieldEditor(context, std::move(fieldSpec), parent), box_(new QCheckBox(this)) {
    box_->setAccessibleName(nameOf(spec()));
    bareColumn(this)->addWidget(box_);
    setFocusProxy(box_);
    connect(box_, &QCheckBox::clicked, this, [this] {
        const auto now = value();
        const bool on = now && now->kind == yaml::Value::Kind::Boolean && now->boolean;
        if (!setValue(yaml::Value::ofBoolean(!on)))
            refresh();
    });
}

void CheckEditor::refresh() {
    const auto now = value();
    if (!now) {
        box_->setCheckState(Qt::PartiallyChecked);
        box_->setText(tr("not set"));
    } else if (now->kind == yaml::Value::Kind::Boolean) {
        box_->setCheckState(now->boolean ? Qt::Checked : Qt::Unchecked);
        box_->setText(now->boolean ? tr("true") : tr("false"));
    } else {
        box_->setCheckState(Qt::PartiallyChecked);
        box_->setText(now->isNull() ? tr("empty")
                                    : tr("“%1” is neither true nor false").arg(text()));
    }
}

ComboEditor::ComboEditor(FormContext& context, format::FieldSpec fieldSpec, QWidget* parent)
    : TypedEditor(context, std::move(fieldSpec), parent), box_(new QComboBox(this)) {
    box_->setEditable(true);
    box_->setInsertPolicy(QComboBox::NoInsert);
    box_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box_->setMinimumContentsLength(8);
    box_->setAccessibleName(nameOf(spec()));
    box_->lineEdit()->setPlaceholderText(QString::fromStdString(spec().defaultText));
    box_->setFocusPolicy(Qt::StrongFocus);
    box_->installEventFilter(this);
    fillChoices();
    bareColumn(this)->addWidget(box_);
    setFocusProxy(box_);
    setLine(box_->lineEdit());
    connect(box_, &QComboBox::editTextChanged, this, [this] {
        if (box_->lineEdit()->isModified())
            typed();
    });
    connect(box_, &QComboBox::activated, this, [this] {
        typed();
        commit();
    });
    connect(box_->lineEdit(), &QLineEdit::editingFinished, this, &ComboEditor::commit);
}

void ComboEditor::fillChoices() {
    QStringList choices;
    for (const std::string& choice : spec().choices)
        choices.append(QString::fromStdString(choice));
    if (spec().kind == FieldKind::StepReference)
        choices += steps();
    QStringList shown;
    for (int i = 0; i < box_->count(); ++i)
        shown.append(box_->itemText(i));
    if (shown == choices)
        return;
    const QSignalBlocker quiet(box_);
    const QString now = box_->currentText();
    box_->clear();
    box_->addItems(choices);
    box_->setCurrentIndex(static_cast<int>(choices.indexOf(now)));
    box_->setEditText(now);
}

// Those that can be meant here; all of them where there is no field yet to ask about.
QStringList ComboEditor::steps() const {
    if (place().node == yaml::kNoNode)
        return stepNames(forest(), context_.catalogue);
    QStringList names;
    for (const language::CompletionItem& each :
         fieldCompletions(context_.document, context_.catalogue, place().node, {}, 0))
        if (each.kind == language::CompletionKind::Step)
            names.append(QString::fromStdString(each.label));
    return names;
}

namespace {

// Whether a key opens a list of choices, or goes on to another choice.
bool isChoosing(const QKeyEvent& key) {
    return key.key() == Qt::Key_Down || key.key() == Qt::Key_Up || key.key() == Qt::Key_PageDown ||
           key.key() == Qt::Key_PageUp || key.key() == Qt::Key_F4;
}

}  // namespace

// The names of steps are looked up when somebody is about to choose one; an unfocused box leaves
// the wheel to the form.
bool ComboEditor::eventFilter(QObject* watched, QEvent* event) {
    const bool opening =
        event->type() == QEvent::MouseButtonPress || event->type() == QEvent::FocusIn ||
        (event->type() == QEvent::KeyPress && isChoosing(*static_cast<QKeyEvent*>(event)));
    if (opening && spec().kind == FieldKind::StepReference)
        fillChoices();
    if (event->type() == QEvent::Wheel) {
        event->ignore();
        return true;
    }
    return TypedEditor::eventFilter(watched, event);
}

void ComboEditor::refresh() {
    const QString now = text();
    if (pending() || box_->currentText() == now)
        return;
    showText(*box_, now);
}

void showText(QComboBox& box, const QString& text) {
    if (box.currentText() == text)
        return;
    const QSignalBlocker quiet(box);
    box.setCurrentIndex(box.findText(text));
    box.setEditText(text);
    box.lineEdit()->setCursorPosition(0);
}

void settle(QLineEdit& line) {
    line.setModified(false);
    if (!line.isUndoAvailable() && !line.isRedoAvailable())
        return;
    const int cursor = line.cursorPosition();
    line.setText(line.text());
    line.setCursorPosition(cursor);
}

LinesEditor::LinesEditor(FormContext& context, format::FieldSpec fieldSpec, QWidget* parent)
    : FieldEditor(context, std::move(fieldSpec), parent), box_(new BlockTextEdit(this)) {
    box_->setAccessibleName(nameOf(spec()));
    box_->setPlaceholderText(QString::fromStdString(spec().defaultText));
    box_->setLineBounds(3, 16);
    bareColumn(this)->addWidget(box_);
    setFocusProxy(box_);
    connect(box_, &BlockTextEdit::spliced, this, &LinesEditor::splice);
    connect(box_, &BlockTextEdit::undoRequested, this, [this] { (void)context_.document.undo(); });
    connect(box_, &BlockTextEdit::redoRequested, this, [this] { (void)context_.document.redo(); });
}

// Empty lines at the end are what somebody who goes on writing has just typed: no block text of
// YAML holds more than one line break there, so they wait in the box for the text that follows.
void LinesEditor::refresh() {
    if (!held_.isEmpty() && box_->shown() == text() + held_)
        return;
    held_.clear();
    box_->showText(text());
}

void LinesEditor::splice(qsizetype at, qsizetype removed, const QString& inserted) {
    const auto now = value();
    if (!now || !now->isString()) {
        if (!setValue(yaml::Value::ofString(box_->toPlainText().toStdString())))
            refresh();
        return;
    }
    QString wanted = box_->shown();
    const qsizetype kept = std::max<qsizetype>(1, trailingBreaks(text()));
    const qsizetype surplus = std::max<qsizetype>(0, trailingBreaks(wanted) - kept);
    const bool direct = held_.isEmpty() && surplus == 0;
    held_ = QString(surplus, u'\n');
    wanted.chop(surplus);
    document::SpliceText change{place().node, static_cast<std::size_t>(at),
                                static_cast<std::size_t>(removed), inserted.toStdString()};
    if (!direct) {
        const auto between = BlockTextEdit::change(text(), wanted);
        change = {place().node, static_cast<std::size_t>(between.at),
                  static_cast<std::size_t>(between.removed), between.inserted.toStdString()};
    }
    const bool nothing = change.remove == 0 && change.insert.empty();
    if (!nothing && !context_.run({change})) {
        held_.clear();
        refresh();
    }
}

ReadOnlyEditor::ReadOnlyEditor(FormContext& context, format::FieldSpec fieldSpec, QWidget* parent)
    : FieldEditor(context, std::move(fieldSpec), parent),
      text_(new QLabel(this)),
      reason_(smallLabel(this)),
      copy_(new QPushButton(tr("Replace by a copy"), this)) {
    text_->setFont(Theme::monoFont());
    text_->setWordWrap(true);
    text_->setTextFormat(Qt::PlainText);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text_->setAccessibleName(nameOf(spec()));
    copy_->setToolTip(tr("Gives this field a value of its own, which can be changed alone"));
    connect(copy_, &QPushButton::clicked, this,
            [this] { context_.run({document::CopyAlias{place().node}}); });
    auto* column = bareColumn(this);
    column->addWidget(text_);
    column->addWidget(reason_);
    column->addWidget(copy_, 0, Qt::AlignLeft);
    setFocusProxy(text_);
}

namespace {

// Lines behind the first one without the indent that they share.
QString dedented(const QString& text) {
    QStringList lines = text.split(u'\n');
    qsizetype indent = text.size();
    for (qsizetype i = 1; i < lines.size(); ++i)
        for (qsizetype at = 0; at < lines[i].size(); ++at)
            if (lines[i][at] != u' ') {
                indent = std::min(indent, at);
                break;
            }
    for (qsizetype i = 1; i < lines.size(); ++i)
        lines[i].remove(0, indent);
    return lines.join(u'\n');
}

}  // namespace

void ReadOnlyEditor::refresh() {
    constexpr int kMostShown = 400;
    const yaml::Span span = context_.document.valueSpan(place().node);
    QString shown = dedented(
        QString::fromStdString(context_.document.text().substr(span.begin, span.end - span.begin)));
    if (shown.size() > kMostShown)
        shown = shown.left(kMostShown) + u'…';
    text_->setText(shown);
    const yaml::Lexeme lexeme = forest().lexeme(place().node);
    copy_->setVisible(lexeme.style == yaml::Style::Alias);
    if (lexeme.style == yaml::Style::Alias) {
        const auto name =
            QString::fromUtf8(lexeme.raw.data(), static_cast<qsizetype>(lexeme.raw.size()));
        reason_->setText(
            tr("%1 repeats a value from elsewhere in the file. Change it where &%2 stands, or "
               "give this field a value of its own.")
                .arg(name, name.mid(1)));
    } else {
        reason_->setText(tr("This is written in a way that can be edited in the text only."));
    }
    reason_->setStyleSheet(QStringLiteral("color: %1;").arg(Theme::of(*this).textMuted.name()));
}

}  // namespace pe::editor
