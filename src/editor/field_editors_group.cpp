// SPDX-License-Identifier: MIT
#include "field_editors_group.hpp"

#include <QBoxLayout>
#include <QCompleter>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStandardItemModel>
#include <QToolButton>
#include <algorithm>

#include "block_text_edit.hpp"
#include "field_notes.hpp"
#include "shared_note.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

QString titleOf(const format::FieldSpec& spec) {
    return QString::fromStdString(spec.title.empty() ? spec.key : spec.title);
}

QLabel* mutedLabel(const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setFont(Theme::smallFont());
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QString helpText(const format::FieldSpec& spec) {
    QStringList parts;
    if (!spec.documentation.empty())
        parts.append(QString::fromStdString(spec.documentation));
    if (!spec.defaultText.empty())
        parts.append(FieldRow::tr("Default: %1").arg(QString::fromStdString(spec.defaultText)));
    parts.append(FieldRow::tr("In the file: %1").arg(QString::fromStdString(spec.key)));
    return parts.join(u'\n');
}

QString noteText(const format::FieldSpec& spec) {
    QStringList parts;
    if (!spec.effective)
        parts.append(FieldRow::tr("The engine reads this field and does nothing with it."));
    if (!spec.engineNote.empty())
        parts.append(QString::fromStdString(spec.engineNote));
    return parts.join(u' ');
}

QToolButton* smallButton(const QString& text, const QString& name, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedSize(22, 20);
    button->setStyleSheet(
        QStringLiteral("QToolButton { padding: 0; } QToolButton::menu-indicator { image: none; }"));
    return button;
}

}  // namespace

FieldRow::FieldRow(FormContext& context, const format::FieldSpec& spec, EditorForm form, bool known,
                   QWidget* parent)
    : QWidget(parent), context_(context), spec_(spec), form_(form) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    title_ = new QLabel(titleOf(spec) + (spec.required ? QStringLiteral(" *") : QString()), this);
    title_->setTextFormat(Qt::PlainText);
    title_->setToolTip(helpText(spec));
    title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* help = smallButton(QStringLiteral("?"), tr("About %1 (F1)").arg(titleOf(spec)), this);
    auto* more = smallButton(QStringLiteral("⋯"), tr("Actions for %1").arg(titleOf(spec)), this);
    more->setPopupMode(QToolButton::InstantPopup);
    auto* line = new QHBoxLayout;
    line->setSpacing(0);
    line->addWidget(title_, 1);
    line->addWidget(help);
    line->addWidget(more);
    column->addLayout(line);

    shared_ = new SharedNote(this);
    column->addWidget(shared_);
    editor_ = createEditor(form, context, spec, this);
    editor_->setToolTip(helpText(spec));
    title_->setBuddy(editor_);
    column->addWidget(editor_);
    help_ = mutedLabel(helpText(spec), this);
    help_->hide();
    column->addWidget(help_);
    if (const QString note = noteText(spec); !note.isEmpty())
        column->addWidget(mutedLabel(tr("Note: %1").arg(note), this));
    help->setFocusPolicy(Qt::NoFocus);  // F1 does the same
    connect(help, &QToolButton::clicked, this, &FieldRow::toggleHelp);
    fillMenu(more, known);
    setAccessibleName(titleOf(spec));
    setAccessibleDescription(helpText(spec));
}

void FieldRow::fillMenu(QToolButton* more, bool known) {
    auto* menu = new QMenu(more);
    menu->addAction(tr("Show in text"), this, [this] {
        if (editor_->place().node != yaml::kNoNode)
            context_.select(editor_->place().node);
    });
    if (auto* box = form_ == EditorForm::Lines ? editor_->findChild<BlockTextEdit*>() : nullptr) {
        QAction* fixed = menu->addAction(tr("Fixed-width font"));
        fixed->setCheckable(true);
        connect(fixed, &QAction::toggled, box, &BlockTextEdit::setMonospaced);
    }
    if (!known)
        menu->addAction(tr("Rename field…"), this, &FieldRow::askForKey);
    menu->addAction(tr("Remove field"), this, [this] {
        if (editor_->place().node != yaml::kNoNode)
            context_.run({document::Remove{editor_->place().node}});
    });
    more->setMenu(menu);
}

void FieldRow::bind(FieldPlace place) {
    editor_->bind(std::move(place));
    // What has rows of its own inside says it there.
    const yaml::NodeRef node = editor_->place().node;
    if (form_ == EditorForm::Tree || form_ == EditorForm::List)
        shared_->showInside(context_.forest(), node);
    else
        shared_->showOf(context_.forest(), node);
}

void FieldRow::setCurrent(bool current) {
    title_->setForegroundRole(current ? QPalette::Link : QPalette::WindowText);
}

void FieldRow::showFindings(std::vector<check::Diagnostic> about) {
    if (notes_ == nullptr && (about.empty() || context_.findings == nullptr))
        return;
    if (notes_ == nullptr) {
        notes_ = new FieldNotes(*context_.findings, this);
        auto* column = qobject_cast<QVBoxLayout*>(layout());
        column->insertWidget(column->indexOf(editor_) + 1, notes_);
    }
    notes_->show(std::move(about));
}

void FieldRow::toggleHelp() {
    help_->setVisible(help_->isHidden());
}

void FieldRow::askForKey() {
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename field"));
    dialog->setLabelText(tr("Name in the file:"));
    dialog->setTextValue(QString::fromStdString(spec_.key));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& key) {
        context_.run({document::RenameKey{editor_->place().node, key.toStdString()}});
    });
    dialog->open();
}

void FieldRow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_F1)
        toggleHelp();
    else
        QWidget::keyPressEvent(event);
}

MappingForm::MappingForm(FormContext& context, QWidget* parent)
    : QWidget(parent), context_(context) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::kSpace3);
    rows_ = new QVBoxLayout;
    rows_->setSpacing(Theme::kSpace3);
    column->addLayout(rows_);
    add_ = new QLineEdit(this);
    add_->setPlaceholderText(tr("Add a field…"));
    add_->setAccessibleName(tr("Add a field"));
    add_->setClearButtonEnabled(true);
    addable_ = new QStandardItemModel(this);
    auto* completer = new QCompleter(addable_, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setMaxVisibleItems(12);
    add_->setCompleter(completer);
    column->addWidget(add_);
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this,
            &MappingForm::addField, Qt::QueuedConnection);
    connect(add_, &QLineEdit::returnPressed, this, [this] { addField(add_->text()); });
    auto* list = add_->addAction(QIcon(), QLineEdit::TrailingPosition);
    list->setShortcut(QKeySequence(Qt::Key_Down));
    list->setShortcutContext(Qt::WidgetShortcut);
    connect(list, &QAction::triggered, this, [completer, this] {
        completer->setCompletionPrefix(add_->text());
        completer->complete();
    });
}

void MappingForm::showMapping(yaml::NodeRef mapping, std::vector<const format::FieldSpec*> specs,
                              QStringList skipped) {
    mapping_ = mapping;
    specs_ = std::move(specs);
    skipped_ = std::move(skipped);
    arrange(wantedRows());
    fillAddable();
    add_->setVisible(specs_.empty() || !addableKeys_.isEmpty());
}

std::vector<MappingForm::Wanted> MappingForm::wantedRows() const {
    const yaml::Forest& forest = context_.forest();
    std::vector<Wanted> known;
    std::vector<Wanted> unknown;
    std::map<std::string, int> counts;
    const auto children =
        mapping_ == yaml::kNoNode ? std::span<const yaml::NodeRef>() : forest.children(mapping_);
    for (const yaml::NodeRef child : children) {
        const std::string key = yaml::keyText(forest, child);
        if (skipped_.contains(QString::fromStdString(key)))
            continue;
        const int count = counts[key]++;
        const auto spec =
            std::find_if(specs_.begin(), specs_.end(),
                         [&](const format::FieldSpec* each) { return each->key == key; });
        Wanted wanted{
            count == 0 ? key : key + '\n' + std::to_string(count), {}, {}, {mapping_, key, child}};
        wanted.known = spec != specs_.end();
        wanted.spec = wanted.known ? **spec : guessedSpec(forest, child);
        wanted.group = wanted.known ? (*spec)->group : tr("Other").toStdString();
        (wanted.known ? known : unknown).push_back(std::move(wanted));
    }
    for (const format::FieldSpec* spec : specs_)
        if (spec->required && counts.find(spec->key) == counts.end() &&
            !skipped_.contains(QString::fromStdString(spec->key)))
            known.push_back(
                {spec->key, spec->group, *spec, {mapping_, spec->key, yaml::kNoNode}, true});
    const auto rank = [this](const Wanted& each) {
        const auto at =
            std::find_if(specs_.begin(), specs_.end(),
                         [&](const format::FieldSpec* spec) { return spec->key == each.spec.key; });
        const auto group =
            std::find_if(specs_.begin(), specs_.end(),
                         [&](const format::FieldSpec* spec) { return spec->group == each.group; });
        return std::pair(group - specs_.begin(), at - specs_.begin());
    };
    std::stable_sort(known.begin(), known.end(),
                     [&](const Wanted& a, const Wanted& b) { return rank(a) < rank(b); });
    known.insert(known.end(), std::make_move_iterator(unknown.begin()),
                 std::make_move_iterator(unknown.end()));
    return known;
}

// The row of a field: the one it has, if that has the right shape, else a new one.
FieldRow* MappingForm::rowOf(const Wanted& wanted) {
    const EditorForm form = formFor(wanted.spec, context_.forest(), wanted.place.node);
    FieldRow*& row = byId_[wanted.id];
    // A text keeps its big box while it is being typed in, though one line would do for now.
    const bool roomy = row != nullptr && row->form() == EditorForm::Lines &&
                       form == EditorForm::Line && row->isAncestorOf(focusWidget());
    const bool fits = row != nullptr && (row->form() == form || roomy) &&
                      row->spec().title == wanted.spec.title &&
                      row->spec().kind == wanted.spec.kind &&
                      row->spec().choices == wanted.spec.choices;
    if (!fits) {
        const bool focused = row != nullptr && row->isAncestorOf(focusWidget());
        if (row != nullptr) {
            rows_->removeWidget(row);
            row->hide();
            row->deleteLater();
        }
        row = new FieldRow(context_, wanted.spec, form, wanted.known, this);
        arranged_.clear();
        if (focused)
            row->editor()->setFocus(Qt::OtherFocusReason);
    }
    row->bind(wanted.place);
    return row;
}

void MappingForm::arrange(const std::vector<Wanted>& wanted) {
    std::vector<std::string> order;
    order.reserve(wanted.size());
    for (const Wanted& each : wanted)
        order.push_back(each.id + '\n' + each.group);
    for (auto each = byId_.begin(); each != byId_.end();) {
        const bool stays = std::any_of(wanted.begin(), wanted.end(),
                                       [&](const Wanted& w) { return w.id == each->first; });
        if (!stays) {
            rows_->removeWidget(each->second);
            each->second->hide();
            each->second->deleteLater();
            each = byId_.erase(each);
            arranged_.clear();
        } else {
            ++each;
        }
    }
    std::vector<FieldRow*> rows;
    rows.reserve(wanted.size());
    for (const Wanted& each : wanted)
        rows.push_back(rowOf(each));
    if (order == arranged_)
        return;
    arranged_ = order;
    while (QLayoutItem* item = rows_->takeAt(0))
        delete item;
    for (QLabel* heading : std::exchange(headings_, {})) {
        heading->hide();
        heading->deleteLater();
    }
    const bool several = std::any_of(wanted.begin(), wanted.end(), [&](const Wanted& each) {
        return each.group != wanted.front().group;
    });
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool starts = i == 0 || wanted[i].group != wanted[i - 1].group;
        const bool alone = i + 1 == rows.size() || wanted[i + 1].group != wanted[i].group;
        // A heading says nothing over the one field of the same name.
        const bool repeats = alone && wanted[i].spec.title == wanted[i].group;
        if (several && starts && !repeats && !wanted[i].group.empty()) {
            auto* heading = new QLabel(QString::fromStdString(wanted[i].group), this);
            QFont font = Theme::uiFont();
            font.setWeight(QFont::DemiBold);
            heading->setFont(font);
            headings_.push_back(heading);
            rows_->addWidget(heading);
            heading->show();
        }
        rows_->addWidget(rows[i]);
        rows[i]->show();
    }
}

void MappingForm::fillAddable() {
    QStringList keys;
    for (const format::FieldSpec* spec : specs_) {
        const bool present = byId_.find(spec->key) != byId_.end() ||
                             skipped_.contains(QString::fromStdString(spec->key));
        if (!present)
            keys.append(QString::fromStdString(spec->key));
    }
    if (keys == addableKeys_)
        return;
    addableKeys_ = keys;
    addable_->clear();
    for (const format::FieldSpec* spec : specs_) {
        const QString key = QString::fromStdString(spec->key);
        if (!keys.contains(key))
            continue;
        const QString title = titleOf(*spec);
        auto* item =
            new QStandardItem(title == key ? key : title + QStringLiteral(" (") + key + u')');
        item->setToolTip(QString::fromStdString(spec->documentation));
        item->setData(key, Qt::UserRole);
        addable_->appendRow(item);
    }
}

void MappingForm::addField(const QString& typed) {
    const QString wanted = typed.trimmed();
    if (wanted.isEmpty())
        return;
    const auto found = addable_->findItems(wanted);
    const std::string key =
        (found.isEmpty() ? wanted : found.front()->data(Qt::UserRole).toString()).toStdString();
    if (FieldRow* row = rowFor(key)) {
        add_->clear();
        row->editor()->setFocus(Qt::OtherFocusReason);
        return;
    }
    const auto spec = std::find_if(specs_.begin(), specs_.end(),
                                   [&](const format::FieldSpec* each) { return each->key == key; });
    const yaml::Value value =
        spec != specs_.end() ? initialValue(**spec) : yaml::Value::ofString("");
    if (!context_.run({document::SetField{mapping_, key, value}}))
        return;
    add_->clear();
    if (FieldRow* row = rowFor(key))
        row->editor()->setFocus(Qt::OtherFocusReason);
}

void MappingForm::commit() {
    for (const auto& [id, row] : std::map(byId_))
        row->editor()->commit();
}

FieldRow* MappingForm::rowFor(yaml::NodeRef node) const {
    const yaml::Forest& forest = context_.forest();
    for (yaml::NodeRef at = node; at != yaml::kNoNode && at != yaml::kStream;
         at = forest.parent(at)) {
        if (forest.parent(at) != mapping_)
            continue;
        for (const auto& [id, row] : byId_)
            if (row->editor()->place().node == at)
                return row;
    }
    return nullptr;
}

FieldRow* MappingForm::rowFor(const std::string& key) const {
    const auto found = byId_.find(key);
    return found == byId_.end() ? nullptr : found->second;
}

GroupEditor::GroupEditor(FormContext& context, format::FieldSpec fieldSpec, QWidget* parent)
    : FieldEditor(context, std::move(fieldSpec), parent),
      form_(new MappingForm(context, this)),
      create_(new QPushButton(tr("Add %1").arg(titleOf(spec())), this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::kSpace3, Theme::kSpace1, 0, Theme::kSpace1);
    column->addWidget(form_);
    column->addWidget(create_, 0, Qt::AlignLeft);
    connect(create_, &QPushButton::clicked, this, [this] { setValue(yaml::Value::mapping()); });
}

void GroupEditor::refresh() {
    const yaml::NodeRef node = place().node;
    const bool mapping = node != yaml::kNoNode && yaml::isMapping(forest().style(node));
    form_->setVisible(mapping);
    create_->setVisible(!mapping);
    if (!mapping)
        return;
    std::vector<const format::FieldSpec*> specs;
    for (const format::FieldSpec& each : spec().fields)
        specs.push_back(&each);
    form_->showMapping(node, std::move(specs), {});
}

void GroupEditor::commit() {
    form_->commit();
}

void GroupEditor::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, 2, height()), Theme::of(*this).border);
}

}  // namespace pe::editor
