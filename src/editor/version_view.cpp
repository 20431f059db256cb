// SPDX-License-Identifier: MIT
#include "version_view.hpp"

#include <QBoxLayout>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <algorithm>

#include "canvas.hpp"
#include "canvas_binder.hpp"
#include "history_model.hpp"
#include "icon_button.hpp"
#include "icons.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"
#include "relative_time.hpp"
#include "theme.hpp"
#include "version_text.hpp"

namespace pe::editor {

namespace {

using compare::DifferenceKind;

constexpr int kRoomy = 620;  // width from which the buttons say what they do
constexpr int kCloseWidth = 40;

QIcon pictureOf(DifferenceKind kind) {
    const Theme& theme = Theme::light();
    switch (kind) {
        case DifferenceKind::StepAdded:
        case DifferenceKind::FieldAdded:
            return accentIcon(QStringLiteral("ui/plus"), theme.success);
        case DifferenceKind::StepRemoved:
        case DifferenceKind::FieldRemoved:
            return accentIcon(QStringLiteral("ui/trash"), theme.error);
        case DifferenceKind::StepMoved:
        case DifferenceKind::FieldMoved:
            return accentIcon(QStringLiteral("ui/go-to"), theme.accent);
        default:
            return accentIcon(QStringLiteral("ui/rename"), theme.warning);
    }
}

}  // namespace

VersionView::VersionView(workspace::Session& session, const format::Catalogue& catalogue,
                         HistoryWords& words, QWidget* parent)
    : QWidget(parent),
      session_(session),
      document_(session.document()),
      catalogue_(catalogue),
      words_(words) {
    setAccessibleName(tr("Earlier version"));
    list_ = new QListWidget(this);
    list_->setWordWrap(true);
    list_->setResizeMode(QListView::Adjust);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setAccessibleName(tr("What is different"));
    text_ = new VersionText(this);
    canvas_ = new Canvas(this);
    canvas_->setAcceptDrops(false);
    stack_ = new QStackedWidget(this);
    stack_->addWidget(text_);
    stack_->addWidget(canvas_);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(list_);
    splitter->addWidget(stack_);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 5);
    splitter->setSizes({260, 640});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTitleBar());
    column->addWidget(makeCompareBar());
    column->addWidget(splitter, 1);
    connect(list_, &QListWidget::currentRowChanged, this, &VersionView::showDifference);
    hide();
}

VersionView::~VersionView() = default;

QWidget* VersionView::makeTitleBar() {
    auto* bar = new QWidget(this);
    title_ = new QLabel(bar);
    title_->setFont(Theme::headingFont());
    title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    title_->setTextFormat(Qt::PlainText);
    when_ = new QLabel(bar);
    when_->setFont(Theme::smallFont());
    when_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    when_->setTextFormat(Qt::PlainText);
    restore_ = new QPushButton(tr("Restore this version"), bar);
    restore_->setProperty("primary", true);
    restore_->setToolTip(
        tr("Makes the pipeline what it was then, as one change that can be "
           "undone"));
    name_ = new QPushButton(icon(QStringLiteral("ui/flag")), tr("Name it…"), bar);
    name_->setAccessibleName(tr("Name this version"));
    name_->setToolTip(tr("Gives this version a name to find it by (F2)"));
    nameField_ = new QLineEdit(bar);
    nameField_->setPlaceholderText(tr("Name of this version"));
    nameField_->setAccessibleName(nameField_->placeholderText());
    nameField_->installEventFilter(this);
    nameField_->hide();
    auto* close =
        iconButton(QStringLiteral("ui/close"), tr("Back to the pipeline as it is now (Esc)"), bar);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(title_);
    words->addWidget(when_);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(Theme::kSpace3, Theme::kSpace1, Theme::kSpace1, Theme::kSpace1);
    row->setSpacing(Theme::kSpace2);
    row->addLayout(words, 1);
    row->addWidget(nameField_, 1);
    row->addWidget(name_);
    row->addWidget(restore_);
    row->addWidget(close);
    connect(restore_, &QPushButton::clicked, this, &VersionView::restore);
    connect(name_, &QPushButton::clicked, this, &VersionView::askForName);
    connect(nameField_, &QLineEdit::returnPressed, this, [this] { giveName(nameField_->text()); });
    connect(close, &QToolButton::clicked, this, &VersionView::closed);
    return bar;
}

QWidget* VersionView::makeCompareBar() {
    auto* bar = new QWidget(this);
    againstLabel_ = new QLabel(tr("Compared with"), bar);
    against_ = new QComboBox(bar);
    against_->addItem(tr("the version before"));
    against_->addItem(tr("the pipeline as it is now"));
    against_->setAccessibleName(tr("Compared with"));
    against_->setStyleSheet(QStringLiteral(
        "QComboBox::drop-down { border: none; background: transparent; width: 18px; }"
        "QComboBox::down-arrow { image: url(:/icons/ui/box-down.svg); width: 11px; height: 11px; "
        "}"));
    against_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    againstLabel_->setBuddy(against_);
    counts_ = new QLabel(bar);
    counts_->setForegroundRole(QPalette::PlaceholderText);
    auto* up = iconButton(QStringLiteral("ui/up"), tr("Change before (Shift+F7)"), bar);
    auto* down = iconButton(QStringLiteral("ui/down"), tr("Next change (F7)"), bar);
    asGraph_ = iconButton(QStringLiteral("ui/graph"), tr("Show this version as a graph"), bar);
    asGraph_->setCheckable(true);
    asGraph_->setText(tr("Graph"));
    asGraph_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(Theme::kSpace3, 0, Theme::kSpace1, Theme::kSpace1);
    row->setSpacing(Theme::kSpace2);
    row->addWidget(againstLabel_);
    row->addWidget(against_);
    row->addWidget(counts_);
    row->addStretch(1);
    row->addWidget(up);
    row->addWidget(down);
    row->addWidget(asGraph_);
    connect(against_, &QComboBox::activated, this, &VersionView::load);
    connect(asGraph_, &QToolButton::toggled, this, &VersionView::setGraphShown);
    connect(up, &QToolButton::clicked, this, [this] { text_->goToChange(false); });
    connect(down, &QToolButton::clicked, this, [this] { text_->goToChange(true); });
    return bar;
}

void VersionView::open(const HistoryRow& row) {
    position_ = row.last;
    before_ = row.first - 1;
    const QString name = row.name.isEmpty() ? QString() : row.name + QStringLiteral(": ");
    const QString* words = words_.known(before_, position_);
    title_->setToolTip(name + (words && !words->isEmpty() ? *words : row.label));
    const auto now = clock_.nowMs();
    const QString when = tr("%1 (%2)").arg(exactTime(row.atMs), relativeTime(row.atMs, now));
    const QString author = authorOf(row);
    when_->setToolTip(author.isEmpty() ? when : tr("%1 by %2").arg(when, author));
    nameField_->hide();
    name_->show();
    if (against_->count() > AgainstChosen)
        against_->removeItem(AgainstChosen);
    arrange();
}

void VersionView::showVersion(const HistoryRow& row) {
    open(row);
    if (against_->currentIndex() == AgainstChosen)
        against_->setCurrentIndex(AgainstBefore);
    load();
}

void VersionView::compare(const HistoryRow& from, const HistoryRow& to) {
    open(to);
    chosen_ = from.last;
    against_->addItem(from.name.isEmpty()
                          ? tr("the version of %1").arg(relativeTime(from.atMs, clock_.nowMs()))
                          : from.name);
    against_->setCurrentIndex(AgainstChosen);
    load();
}

void VersionView::compareWithNow() {
    against_->setCurrentIndex(AgainstNow);
    load();
}

Result<std::string> VersionView::otherText() {
    if (against_->currentIndex() == AgainstNow)
        return document_.text();
    return words_.textAt(against_->currentIndex() == AgainstChosen ? chosen_ : before_);
}

void VersionView::load() {
    auto shown = words_.textAt(position_);
    const auto other = otherText();
    if (!shown || !other) {
        Q_EMIT refused(QString::fromStdString((shown ? other : shown).error().message));
        return;
    }
    shown_ = std::move(*shown);
    // From the older to the newer, so that what came since is what was put in.
    const bool forward = against_->currentIndex() != AgainstNow;
    const yaml::Tree mine = yaml::parse(shown_);
    const yaml::Tree others = yaml::parse(*other);
    differences_ = forward ? compare::differences(others, mine, catalogue_)
                           : compare::differences(mine, others, catalogue_);
    text_->showLines(forward ? lineDifference(*other, shown_) : lineDifference(shown_, *other));
    restore_->setEnabled(shown_ != document_.text());
    fillDifferences();
    binder_.reset();
    copy_.reset();
    if (asGraph_->isChecked())
        showGraph();
}

void VersionView::fillDifferences() {
    list_->clear();
    for (const compare::Difference& each : differences_) {
        QString sentence = QString::fromStdString(each.sentence).simplified();
        if (!sentence.isEmpty())
            sentence[0] = sentence[0].toUpper();
        auto* item = new QListWidgetItem(pictureOf(each.kind), sentence, list_);
        item->setToolTip(sentence);
    }
    if (differences_.empty()) {
        auto* item = new QListWidgetItem(tr("The two versions are the same."), list_);
        item->setFlags(Qt::NoItemFlags);
    }
    const auto [added, removed] = text_->counts();
    counts_->setText(added + removed == 0 ? QString()
                                          : tr("lines: +%1 −%2").arg(added).arg(removed));
}

void VersionView::showDifference(int index) {
    if (index < 0 || index >= static_cast<int>(differences_.size()))
        return;
    const compare::Difference& chosen = differences_[static_cast<std::size_t>(index)];
    const bool forward = against_->currentIndex() != AgainstNow;
    const auto other = otherText();
    if (!other)
        return;
    // The text stands for the newer version; of what is gone, for the entry around it.
    const yaml::Tree tree = yaml::parse(forward ? shown_ : *other);
    std::string pointer = chosen.pathAfter.empty() ? chosen.pathBefore : chosen.pathAfter;
    auto node = yaml::resolve(tree, pointer);
    while (!node && pointer.find('/') != std::string::npos) {
        pointer.erase(pointer.rfind('/'));
        node = yaml::resolve(tree, pointer);
    }
    if (!node)
        return;
    const auto line = yaml::LineIndex(tree.text()).position(tree.keySpan(*node).begin).line;
    text_->goToLine(static_cast<int>(line) - 1);
    if (!binder_ || !asGraph_->isChecked())
        return;
    const auto shown = yaml::resolve(copy_->forest(), pointer);
    if (!shown)
        return;
    selection_->select(*shown, this);
    canvas_->reveal(canvas_->currentStep(), true);
}

void VersionView::setGraphShown(bool graph) {
    asGraph_->setChecked(graph);
    if (graph)
        showGraph();
    stack_->setCurrentIndex(graph ? 1 : 0);
}

void VersionView::showGraph() {
    if (copy_)
        return;
    binder_.reset();
    selection_ = std::make_unique<Selection>();
    copy_ = document::Document::open(1, shown_, clock_);
    binder_ = std::make_unique<CanvasBinder>(*copy_, *selection_, catalogue_, *canvas_, nullptr);
    canvas_->showStart();
}

bool VersionView::restore() {
    const auto done = document_.restore(position_);
    if (!done) {
        Q_EMIT refused(QString::fromStdString(done.error().message));
        return false;
    }
    Q_EMIT said(tr("The pipeline is again what it was. Undo takes that back."));
    Q_EMIT closed();
    return true;
}

void VersionView::askForName() {
    name_->hide();
    nameField_->clear();
    nameField_->show();
    nameField_->setFocus();
}

bool VersionView::giveName(const QString& name) {
    const QString wanted = name.trimmed();
    if (wanted.isEmpty())
        return false;
    const auto done = session_.nameVersion(position_, wanted.toStdString());
    if (!done) {
        Q_EMIT refused(QString::fromStdString(done.error().message));
        return false;
    }
    nameField_->hide();
    name_->show();
    setFocus();
    Q_EMIT said(tr("This version is called %1 now.").arg(wanted));
    Q_EMIT named();
    return true;
}

// Where there is little room, words give way to pictures.
void VersionView::arrange() {
    const bool narrow = width() < kRoomy;
    name_->setText(narrow ? QString() : tr("Name it…"));
    restore_->setText(narrow ? tr("Restore") : tr("Restore this version"));
    againstLabel_->setVisible(!narrow);
    asGraph_->setToolButtonStyle(narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    const int taken =
        name_->sizeHint().width() + restore_->sizeHint().width() + kCloseWidth + Theme::kSpace6;
    for (QLabel* label : {title_, when_})
        label->setText(label->fontMetrics().elidedText(label->toolTip(), Qt::ElideRight,
                                                       std::max(80, width() - taken)));
}

void VersionView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void VersionView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else if (event->key() == Qt::Key_F7)
        text_->goToChange(!event->modifiers().testFlag(Qt::ShiftModifier));
    else if (event->key() == Qt::Key_F2)
        askForName();
    else
        QWidget::keyPressEvent(event);
}

bool VersionView::eventFilter(QObject* watched, QEvent* event) {
    if (watched == nameField_ && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        nameField_->hide();
        name_->show();
        name_->setFocus();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace pe::editor
