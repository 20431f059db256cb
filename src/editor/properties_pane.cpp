// SPDX-License-Identifier: MIT
#include "properties_pane.hpp"

#include <QAbstractItemView>
#include <QApplication>
#include <QBoxLayout>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <map>

#include "comment_editor.hpp"
#include "field_editors_group.hpp"
#include "field_editors_list.hpp"
#include "field_editors_scalar.hpp"
#include "field_notes.hpp"
#include "icons.hpp"
#include "pe/yaml/pointer.hpp"
#include "shared_note.hpp"
#include "shown_text.hpp"
#include "step_look.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kIconSize = 22;

format::FieldSpec branchSpec() {
    format::FieldSpec spec;
    spec.title = PropertiesPane::tr("Steps of this branch").toStdString();
    spec.kind = format::FieldKind::StepList;
    return spec;
}

QLineEdit* lineOf(QObject* field) {
    if (const auto* choice = qobject_cast<QComboBox*>(field))
        return choice->lineEdit();
    if (const auto* number = qobject_cast<NumberBox*>(field))
        return number->line();
    return qobject_cast<QLineEdit*>(field);
}

// What a layout holds that takes the focus, from top to bottom.
void collectStops(const QLayout& layout, std::vector<QWidget*>& stops) {
    for (int i = 0; i < layout.count(); ++i) {
        QLayoutItem* item = layout.itemAt(i);
        QWidget* widget = item->widget();
        const QLayout* inner = widget != nullptr ? widget->layout() : item->layout();
        if (inner != nullptr)
            collectStops(*inner, stops);
        else if (widget != nullptr && (widget->focusPolicy() & Qt::TabFocus) != 0)
            stops.push_back(widget);
    }
}

QString kindName(SubjectKind kind) {
    switch (kind) {
        case SubjectKind::Workflow:
            return PropertiesPane::tr("Workflow");
        case SubjectKind::Pipeline:
            return PropertiesPane::tr("Inline pipeline");
        case SubjectKind::Step:
            return PropertiesPane::tr("Step");
        case SubjectKind::Task:
            return PropertiesPane::tr("Task");
        case SubjectKind::Branch:
            return PropertiesPane::tr("Branch");
        case SubjectKind::Nothing:
            break;
    }
    return {};
}

}  // namespace

PropertiesPane::PropertiesPane(document::Document& document, Selection& selection,
                               const format::Catalogue& catalogue, QWidget* parent)
    : QWidget(parent),
      document_(document),
      selection_(selection),
      context_{document, catalogue, [this](Action action) { return run(std::move(action)); },
               [this](yaml::NodeRef node) {
                   selection_.select(node, this);
                   onSelectionChanged(nullptr);
               }},
      finder_(catalogue) {
    setAccessibleName(tr("Properties"));
    message_ = new QLabel(this);
    message_->setWordWrap(true);
    message_->setTextFormat(Qt::PlainText);
    message_->setMargin(Theme::kSpace2);
    several_ = makeSeveral();
    scroll_ = new QScrollArea(this);
    scroll_->setWidgetResizable(true);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setFocusPolicy(Qt::NoFocus);
    body_ = new QWidget;
    scroll_->setWidget(body_);
    auto* column = new QVBoxLayout(body_);
    column->setContentsMargins(Theme::kSpace3, Theme::kSpace3, Theme::kSpace3, Theme::kSpace6);
    column->setSpacing(Theme::kSpace3);
    column->addWidget(makeHeader());
    comment_ = new CommentEditor(context_, body_);
    column->addWidget(comment_);
    form_ = new MappingForm(context_, body_);
    column->addWidget(form_);
    branch_ = new NestedEditor(context_, branchSpec(), body_);
    column->addWidget(branch_);
    column->addStretch();
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(message_);
    rows->addWidget(several_);
    rows->addWidget(scroll_, 1);

    changed_ = document_.changed.connect([this](const document::ChangeSet& c) { onChanged(c); });
    connect(&selection_, &Selection::changed, this, &PropertiesPane::onSelectionChanged);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        watchKeys(now);
        onFocusChanged(now);
    });
    showSubject();
}

// Editors that lose the focus while they go hand in what was typed; the form must still be whole
// then.
PropertiesPane::~PropertiesPane() {
    delivering_ = true;
    changed_.reset();
    disconnect(qApp, nullptr, this, nullptr);
    disconnect(&selection_, nullptr, this, nullptr);
    if (isAncestorOf(QApplication::focusWidget()))
        QApplication::focusWidget()->clearFocus();
    delete scroll_;
}

QWidget* PropertiesPane::makeHeader() {
    auto* header = new QWidget(body_);
    icon_ = new QLabel(header);
    icon_->setFixedSize(kIconSize, kIconSize);
    kind_ = new QLabel(header);
    kind_->setFont(Theme::smallFont());
    kind_->setForegroundRole(QPalette::PlaceholderText);
    name_ = new QLineEdit(header);
    name_->setFont(Theme::headingFont());
    name_->setAccessibleName(tr("Name"));
    name_->setPlaceholderText(tr("Name"));
    type_ = new QComboBox(header);
    type_->setEditable(true);
    type_->setInsertPolicy(QComboBox::NoInsert);
    type_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    type_->setMinimumContentsLength(8);
    type_->setAccessibleName(tr("Type"));
    for (const format::StepType& type : context_.catalogue.stepTypes()) {
        type_->addItem(QString::fromStdString(type.id));
        type_->setItemData(type_->count() - 1, QString::fromStdString(type.title), Qt::ToolTipRole);
    }
    typeNote_ = new QLabel(header);
    typeNote_->setFont(Theme::smallFont());
    typeNote_->setForegroundRole(QPalette::PlaceholderText);
    typeNote_->setWordWrap(true);
    typeNote_->setTextFormat(Qt::PlainText);
    auto* top = new QHBoxLayout;
    top->setSpacing(Theme::kSpace2);
    top->addWidget(icon_);
    top->addWidget(kind_, 1);
    auto* rows = new QVBoxLayout(header);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(Theme::kSpace2);
    rows->addLayout(top);
    rows->addWidget(name_);
    rows->addWidget(type_);
    rows->addWidget(typeNote_);
    shared_ = new SharedNote(header);
    rows->addWidget(shared_);
    connect(name_, &QLineEdit::editingFinished, this, &PropertiesPane::rename);
    connect(type_, &QComboBox::activated, this, &PropertiesPane::changeType);
    connect(type_->lineEdit(), &QLineEdit::editingFinished, this, &PropertiesPane::changeType);
    return header;
}

QWidget* PropertiesPane::makeSeveral() {
    auto* panel = new QWidget(this);
    severalText_ = new QLabel(panel);
    severalText_->setFont(Theme::headingFont());
    auto* buttons = new QHBoxLayout;
    const auto add = [&](const QString& text, void (PropertiesPane::*signal)()) {
        auto* button = new QPushButton(text, panel);
        buttons->addWidget(button);
        connect(button, &QPushButton::clicked, this, signal);
    };
    add(tr("Duplicate"), &PropertiesPane::duplicateRequested);
    add(tr("Extract…"), &PropertiesPane::extractRequested);
    add(tr("Delete"), &PropertiesPane::removeRequested);
    buttons->addStretch();
    auto* rows = new QVBoxLayout(panel);
    rows->setContentsMargins(Theme::kSpace3, Theme::kSpace3, Theme::kSpace3, Theme::kSpace3);
    rows->setSpacing(Theme::kSpace3);
    rows->addWidget(severalText_);
    rows->addLayout(buttons);
    rows->addStretch();
    return panel;
}

bool PropertiesPane::run(Action action, const QString& label) {
    if (delivering_)
        return false;
    document::Command command;
    command.what = std::move(action);
    command.label = label.toStdString();
    command.source = kSource;
    command.sharing = yaml::Sharing::Everywhere;  // the form says where else a value stands
    const auto done = document_.execute(command);
    refused_ = !done.has_value();
    if (refused_)
        showMessage(QString::fromStdString(done.error().message), true);
    else if (!document_.hasDraft())
        message_->hide();
    return done.has_value();
}

void PropertiesPane::onChanged(const document::ChangeSet& change) {
    delivering_ = true;
    if (change.reset) {
        const auto again = subject_.kind == SubjectKind::Nothing
                               ? Result<yaml::NodeRef>(yaml::kNoNode)
                               : yaml::resolve(document_.forest(), subjectPointer_);
        subject_ = finder_.find(document_.forest(), again ? *again : yaml::kNoNode);
        currentRow_ = nullptr;
    } else {
        const yaml::NodeRef kept =
            subject_.kind == SubjectKind::Workflow ? selection_.current() : subject_.entry;
        bool alive = kept != yaml::kNoNode;
        for (const document::NodeChange& each : change.nodes)
            alive = alive && !(each.kind == document::NodeChangeKind::Removed && each.node == kept);
        subject_ = finder_.find(document_.forest(), alive ? kept : yaml::kNoNode);
    }
    showFields();
    delivering_ = false;
}

void PropertiesPane::onSelectionChanged(const QObject* origin) {
    if (origin == this && followingFocus_)
        return;
    commitPending();
    showSubject();
}

void PropertiesPane::showSubject() {
    const bool many = selection_.steps().size() > 1;
    several_->setVisible(many);
    scroll_->setVisible(!many);
    severalText_->setText(
        tr("%n steps selected", nullptr, static_cast<int>(selection_.steps().size())));
    if (many)
        return;
    const FormSubject now = finder_.find(document_.forest(), selection_.current());
    const bool another = now.entry != subject_.entry;
    subject_ = now;
    showFields();
    if (another)
        scroll_->verticalScrollBar()->setValue(0);
    showCurrentRow();
}

void PropertiesPane::showFields() {
    const bool draft = document_.hasDraft();
    body_->setEnabled(!draft);
    if (draft)
        showMessage(
            document::isSyntaxError(*document_.obstacle())
                ? tr("The text has an error. The fields can be edited again once it is corrected.")
                : tr("This file can be edited as text only; the bar below the text says why."),
            false);
    else if (!refused_)
        message_->hide();
    const bool nothing = subject_.kind == SubjectKind::Nothing;
    body_->setVisible(!nothing);
    if (nothing) {
        subjectPointer_.clear();
        if (!draft)
            showMessage(tr("There is no workflow in this file yet."), false);
        return;
    }
    subjectPointer_ = yaml::pointerTo(document_.forest(), subject_.entry);
    showHeader();
    shared_->showAround(document_.forest(), subject_.entry);
    comment_->showNode(subject_.entry);
    const bool branch = subject_.kind == SubjectKind::Branch;
    form_->setVisible(!branch);
    branch_->setVisible(branch);
    if (branch) {
        branch_->bind({document_.forest().parent(subject_.entry), {}, subject_.entry});
        return;
    }
    std::vector<const format::FieldSpec*> specs;
    const auto use = [&specs](const std::vector<format::FieldSpec>& fields) {
        for (const format::FieldSpec& field : fields)
            specs.push_back(&field);
    };
    if (subject_.kind == SubjectKind::Workflow || subject_.kind == SubjectKind::Pipeline)
        use(context_.catalogue.workflowFields());
    if (subject_.kind == SubjectKind::Task)
        use(subject_.list->fields);
    if (const format::StepType* type = context_.catalogue.find(stepType())) {
        use(type->fields);
        use(context_.catalogue.commonFields());
    } else if (subject_.kind == SubjectKind::Step) {
        use(context_.catalogue.commonFields());
    }
    QStringList skipped = {QString::fromStdString(nameKey())};
    if (!type_->isHidden())
        skipped.append(QStringLiteral("type"));
    form_->showMapping(subject_.entry, std::move(specs), std::move(skipped));
    showFindings();
}

void PropertiesPane::setFindings(Findings& findings) {
    context_.findings = &findings;
    notes_ = new FieldNotes(findings, body_);
    auto* column = qobject_cast<QVBoxLayout*>(body_->layout());
    column->insertWidget(1, notes_);
    connect(&findings, &Findings::changed, this, &PropertiesPane::showFindings);
    showFindings();
}

// Each problem shows at the innermost field that has a row, or else below the name.
void PropertiesPane::showFindings() {
    if (notes_ == nullptr || !context_.findings->upToDate())
        return;
    const yaml::Forest& forest = document_.forest();
    std::map<yaml::NodeRef, std::vector<check::Diagnostic>> byNode;
    const QList<FieldRow*> rows = body_->findChildren<FieldRow*>();
    for (const FieldRow* row : rows)
        if (row->editor()->place().node != yaml::kNoNode)
            byNode[row->editor()->place().node];
    byNode[subject_.entry];
    for (const check::Diagnostic& each : context_.findings->all()) {
        if (each.severity >= check::Severity::Hint || subject_.kind == SubjectKind::Nothing)
            continue;
        yaml::NodeRef at = each.node;
        while (at != yaml::kNoNode && at != yaml::kStream && byNode.find(at) == byNode.end())
            at = forest.parent(at);
        // What is wrong with a step inside shows when that is selected.
        const auto place = byNode.find(at);
        if (place != byNode.end() && finder_.find(forest, each.node).entry == subject_.entry)
            place->second.push_back(each);
    }
    for (FieldRow* row : rows)
        row->showFindings(row->editor()->place().node == yaml::kNoNode
                              ? std::vector<check::Diagnostic>()
                              : byNode[row->editor()->place().node]);
    notes_->show(byNode[subject_.entry]);
}

void PropertiesPane::showHeader() {
    const yaml::Forest& forest = document_.forest();
    const std::string typeId = stepType();
    const format::StepType* type = context_.catalogue.find(typeId);
    const bool typed = subject_.kind == SubjectKind::Step || !typeId.empty();
    kind_->setText(type != nullptr ? QString::fromStdString(type->title) + QStringLiteral(" · ") +
                                         QString::fromStdString(type->category)
                                   : kindName(subject_.kind));
    const QString picture = type != nullptr                        ? iconNameOf(*type)
                            : typed                                ? QStringLiteral("unknown")
                            : subject_.kind == SubjectKind::Branch ? QStringLiteral("branch")
                            : subject_.kind == SubjectKind::Task   ? QStringLiteral("task")
                                                                   : QStringLiteral("pipeline");
    const Theme& theme = Theme::of(*this);
    const QColor color = type != nullptr ? theme.adapted(accentOf(*type)) : theme.textMuted;
    icon_->setPixmap(tintedPixmap(picture, color, kIconSize, devicePixelRatioF()));
    type_->setVisible(typed);
    if (!type_->lineEdit()->isModified())
        showText(*type_, QString::fromStdString(typeId));
    QString note = type != nullptr ? QString::fromStdString(type->engineNote) : QString();
    if (typed && type == nullptr)
        note = tr("This type is not known. Its fields can be edited all the same.");
    typeNote_->setText(note.isEmpty() ? note : tr("Note: %1").arg(note));
    typeNote_->setVisible(!note.isEmpty());
    type_->setToolTip(type != nullptr ? QString::fromStdString(type->documentation) : QString());
    const yaml::NodeRef named = yaml::child(forest, subject_.entry, nameKey());
    const QString name = subject_.kind == SubjectKind::Branch
                             ? QString::fromStdString(yaml::keyText(forest, subject_.entry))
                             : shownText(forest, named);
    if (name_->text() != name && !(name_->hasFocus() && name_->isModified())) {
        name_->setText(name);
        name_->setCursorPosition(0);  // a long name shows its beginning
    }
}

// Some tasks have an `id` where others have a name.
std::string PropertiesPane::nameKey() const {
    const yaml::Forest& forest = document_.forest();
    const bool hasId = subject_.kind == SubjectKind::Task &&
                       yaml::child(forest, subject_.entry, "id") != yaml::kNoNode;
    const bool hasName = yaml::child(forest, subject_.entry, "name") != yaml::kNoNode;
    return hasId && !hasName ? "id" : "name";
}

std::string PropertiesPane::stepType() const {
    if (subject_.kind != SubjectKind::Step && subject_.kind != SubjectKind::Task)
        return {};
    const yaml::NodeRef type = yaml::child(document_.forest(), subject_.entry, "type");
    return shownText(document_.forest(), type).toStdString();
}

void PropertiesPane::rename() {
    if (delivering_ || !name_->isModified())
        return;
    settle(*name_);
    const std::string name = name_->text().toStdString();
    Action action = document::SetField{subject_.entry, nameKey(), yaml::Value::ofString(name)};
    if (subject_.kind == SubjectKind::Step) {
        if (renamer_ && renamer_(subject_.entry, name_->text()))
            return showHeader();  // with the name it has until the answer
        action = document::RenameStep{subject_.entry, name};
    } else if (subject_.kind == SubjectKind::Branch) {
        action = document::RenameKey{subject_.entry, name};
    }
    if (!run(std::move(action)))
        showHeader();
}

void PropertiesPane::changeType() {
    if (delivering_)
        return;
    const std::string type = type_->currentText().toStdString();
    settle(*type_->lineEdit());
    if (type.empty() || type == stepType() || subject_.kind == SubjectKind::Nothing)
        return;
    if (!run({document::SetField{subject_.entry, "type", yaml::Value::ofString(type)}}))
        showHeader();
}

void PropertiesPane::commitPending() {
    if (delivering_ || document_.hasDraft())
        return;
    rename();
    changeType();
    comment_->commit();
    form_->commit();
}

void PropertiesPane::editName() {
    name_->setFocus(Qt::ShortcutFocusReason);
    name_->selectAll();
}

// Fields come and go; the focus goes through them as they stand now.
bool PropertiesPane::focusNextPrevChild(bool next) {
    std::vector<QWidget*> stops;
    collectStops(*body_->layout(), stops);
    for (std::size_t i = 1; i < stops.size(); ++i)
        setTabOrder(stops[i - 1], stops[i]);
    return QWidget::focusNextPrevChild(next);
}

// Lines in a tree belong to the tree.
void PropertiesPane::watchKeys(QWidget* field) {
    QWidget* at = field;
    while (at != nullptr && at != this && qobject_cast<QAbstractItemView*>(at) == nullptr)
        at = at->parentWidget();
    if (at == this)
        field->installEventFilter(this);
}

bool PropertiesPane::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress)
        if (QLineEdit* line = lineOf(watched))
            return takeKey(*line, *static_cast<QKeyEvent*>(event));
    return QWidget::eventFilter(watched, event);
}

// What is typed and not handed in yet is undone and given up in the field; all else is the
// document's.
bool PropertiesPane::takeKey(QLineEdit& line, const QKeyEvent& key) {
    const bool undoes =
        key.matches(QKeySequence::Undo) && !(line.isModified() && line.isUndoAvailable());
    const bool redoes = key.matches(QKeySequence::Redo) && !line.isRedoAvailable();
    if (undoes || redoes)
        commitPending();
    if (undoes)
        (void)document_.undo();
    if (redoes)
        (void)document_.redo();
    return undoes || redoes || (key.key() == Qt::Key_Escape && cancelTyping(line));
}

bool PropertiesPane::cancelTyping(QLineEdit& line) {
    const QString typed = line.text();
    const int cursor = line.cursorPosition();
    int steps = 0;
    for (QWidget* at = &line; at != this; at = at->parentWidget())
        if (auto* editor = qobject_cast<TypedEditor*>(at))
            steps += editor->giveUp();
    // A field that came with the typing goes with it.
    const QPointer<QLineEdit> stays(&line);
    for (int i = 0; i < steps; ++i)
        (void)document_.undo();
    if (stays)
        line.setText({});
    showFields();
    if (steps > 0 || !stays || line.text() != typed)
        return true;
    line.setCursorPosition(cursor);
    return false;
}

// The field that has the focus is the selected entry, so the text shows it too.
void PropertiesPane::onFocusChanged(QWidget* now) {
    if (now == nullptr || delivering_ || !isAncestorOf(now) || document_.hasDraft())
        return;
    for (QWidget* at = now; at != nullptr && at != this; at = at->parentWidget()) {
        const auto* editor = qobject_cast<FieldEditor*>(at);
        if (editor == nullptr || editor->place().node == yaml::kNoNode)
            continue;
        followingFocus_ = true;
        selection_.select(editor->place().node, this);
        followingFocus_ = false;
        showCurrentRow();
        return;
    }
}

void PropertiesPane::showCurrentRow() {
    FieldRow* row = subject_.kind == SubjectKind::Nothing || subject_.kind == SubjectKind::Branch
                        ? nullptr
                        : form_->rowFor(selection_.current());
    if (currentRow_ != nullptr && currentRow_ != row)
        currentRow_->setCurrent(false);
    currentRow_ = row;
    if (row == nullptr)
        return;
    row->setCurrent(true);
    // Rows that are new have no place before the layout has run.
    if (!row->isAncestorOf(QApplication::focusWidget()))
        QTimer::singleShot(0, row,
                           [this, row] { scroll_->ensureWidgetVisible(row, 0, Theme::kSpace4); });
}

void PropertiesPane::showMessage(const QString& message, bool isError) {
    const Theme& theme = Theme::of(*this);
    message_->setText(message);
    message_->setStyleSheet(
        QStringLiteral("background: %1; color: %2;")
            .arg((isError ? theme.errorSoft : theme.warningSoft).name(), theme.text.name()));
    message_->show();
}

void PropertiesPane::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && subject_.kind != SubjectKind::Nothing)
        showHeader();
}

}  // namespace pe::editor
