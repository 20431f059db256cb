// SPDX-License-Identifier: MIT
#include "findings_panel.hpp"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTextBrowser>
#include <QToolButton>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <QUrl>
#include <algorithm>
#include <map>
#include <utility>

#include "finding_text.hpp"
#include "fix_menu.hpp"
#include "fix_preview.hpp"
#include "icons.hpp"
#include "pe/yaml/pointer.hpp"
#include "shown_text.hpp"
#include "text_mark.hpp"

namespace pe::editor {

namespace {

constexpr std::size_t kMostShown = 1000;
constexpr int kDetailFrom = 620;  // width from which the detail has room beside the list
constexpr int kIndexRole = Qt::UserRole;
constexpr int kGroupRole = Qt::UserRole + 1;
constexpr check::Severity kSeverities[] = {check::Severity::Error, check::Severity::Warning,
                                           check::Severity::Information};

QString severityTitle(check::Severity severity) {
    switch (severity) {
        case check::Severity::Error:
            return FindingsPanel::tr("Errors");
        case check::Severity::Warning:
            return FindingsPanel::tr("Warnings");
        default:
            return FindingsPanel::tr("Notes");
    }
}

// Colours of the light theme; icons adapt them.
QIcon severityPicture(check::Severity severity) {
    return accentIcon(severityIcon(severity), severityColor(Theme::light(), severity));
}

// Of too many the worst are kept, so that no error hides behind warnings.
void keepWorst(std::vector<std::size_t>& indices, const std::vector<check::Diagnostic>& all) {
    if (indices.size() <= kMostShown)
        return;
    std::stable_sort(indices.begin(), indices.end(), [&](std::size_t a, std::size_t b) {
        return all[a].severity < all[b].severity;
    });
    indices.resize(kMostShown);
    std::sort(indices.begin(), indices.end());
}

// The outermost entry of a list of steps that holds a node, as its name.
QString stepName(const yaml::Forest& forest, yaml::NodeRef node) {
    QString name;
    for (yaml::NodeRef at = node; at != yaml::kNoNode && at != yaml::kStream;
         at = forest.parent(at)) {
        if (!yaml::isMapping(forest.style(at)))
            continue;
        const yaml::NodeRef above = forest.parent(at);
        const yaml::NodeRef named = yaml::child(forest, at, "name");
        if (named == yaml::kNoNode || above == yaml::kNoNode ||
            !yaml::isSequence(forest.style(above)))
            continue;
        name = shownText(forest, named);
        break;
    }
    return name;
}

}  // namespace

FindingsPanel::FindingsPanel(Findings& findings, QWidget* parent)
    : QWidget(parent), findings_(findings) {
    list_ = new QTreeWidget(this);
    list_->setColumnCount(2);
    list_->setHeaderHidden(true);
    list_->setUniformRowHeights(true);
    list_->setIndentation(Theme::kSpace4);
    list_->setStyleSheet(
        QStringLiteral("QTreeView { show-decoration-selected: 1; } "
                       "QTreeView::item { border-radius: 0; }"));
    list_->setContextMenuPolicy(Qt::CustomContextMenu);
    list_->header()->setStretchLastSection(false);
    list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    list_->setAccessibleName(tr("Problems"));
    list_->installEventFilter(this);
    detail_ = new QTextBrowser(this);
    detail_->setOpenLinks(false);
    detail_->setFrameShape(QFrame::NoFrame);
    detail_->setFocusPolicy(Qt::ClickFocus);
    detail_->setAccessibleName(tr("About the problem"));
    detail_->setStyleSheet(
        QStringLiteral("QTextBrowser { border: none; border-left: 1px solid "
                       "palette(mid); border-radius: 0; padding: 4px 8px; }"));
    nothing_ = new QLabel(this);
    nothing_->setAlignment(Qt::AlignCenter);
    nothing_->setForegroundRole(QPalette::PlaceholderText);
    nothing_->setWordWrap(true);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(list_, 3);
    middle->addWidget(detail_, 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::kSpace1, 0, Theme::kSpace1, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addLayout(middle, 1);
    column->addWidget(nothing_, 1);
    setFocusProxy(list_);
    connect(&findings_, &Findings::changed, this, &FindingsPanel::refresh);
    changed_ = findings_.document().changed.connect([this](const document::ChangeSet& change) {
        for (const document::TextPatch& patch : change.patches)
            if (chosen_)
                moveWith(patch, chosen_->begin, chosen_->end);
    });
    connect(list_, &QTreeWidget::currentItemChanged, this, &FindingsPanel::keepCurrent);
    connect(list_, &QTreeWidget::currentItemChanged, this, &FindingsPanel::showDetail);
    connect(list_, &QTreeWidget::itemClicked, this, [this] { choose(false); });
    connect(list_, &QTreeWidget::itemDoubleClicked, this, [this] { choose(true); });
    connect(list_, &QTreeWidget::itemCollapsed, this, [this](QTreeWidgetItem* item) {
        closed_.insert(item->data(0, kGroupRole).toString());
    });
    connect(list_, &QTreeWidget::itemExpanded, this,
            [this](QTreeWidgetItem* item) { closed_.erase(item->data(0, kGroupRole).toString()); });
    connect(list_, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { openMenu(list_->viewport()->mapToGlobal(at)); });
    connect(detail_, &QTextBrowser::anchorClicked, this, &FindingsPanel::followLink);
    refresh();
}

QWidget* FindingsPanel::makeBar() {
    auto* bar = new QWidget(this);
    bar->setStyleSheet(QStringLiteral(
        "QComboBox::drop-down { border: none; background: transparent; width: 18px; }"
        "QComboBox::down-arrow { image: url(:/icons/ui/box-down.svg); width: 11px; height: 11px; "
        "}"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(Theme::kSpace1, 2, Theme::kSpace1, 2);
    row->setSpacing(Theme::kSpace1);
    for (const check::Severity severity : kSeverities) {
        auto* button = new QToolButton(bar);
        button->setCheckable(true);
        button->setChecked(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIcon(severityPicture(severity));
        button->setIconSize(QSize(14, 14));
        button->setToolTip(tr("Show or hide: %1").arg(severityTitle(severity)));
        button->setAccessibleName(severityTitle(severity));
        connect(button, &QToolButton::toggled, this, &FindingsPanel::fill);
        severities_.push_back(button);
        row->addWidget(button);
    }
    search_ = new QLineEdit(bar);
    search_->setPlaceholderText(tr("Filter problems"));
    search_->setAccessibleName(tr("Filter problems"));
    search_->setClearButtonEnabled(true);
    search_->installEventFilter(this);
    connect(search_, &QLineEdit::textChanged, this, &FindingsPanel::fill);
    grouping_ = new QComboBox(bar);
    grouping_->addItems({tr("By step"), tr("By severity"), tr("In order of the text")});
    grouping_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    grouping_->setMinimumContentsLength(10);
    grouping_->setAccessibleName(tr("Grouping"));
    connect(grouping_, &QComboBox::currentIndexChanged, this, &FindingsPanel::fill);
    row->addWidget(search_, 1);
    row->addWidget(grouping_);
    return bar;
}

void FindingsPanel::setGrouping(Grouping grouping) {
    grouping_->setCurrentIndex(static_cast<int>(grouping));
}

void FindingsPanel::setShown(check::Severity severity, bool shown) {
    severities_[std::min<std::size_t>(static_cast<std::size_t>(severity), 2)]->setChecked(shown);
}

void FindingsPanel::setSearch(const QString& text) {
    search_->setText(text);
}

void FindingsPanel::refresh() {
    stale_ = true;
    if (isVisible())
        fill();
}

void FindingsPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (stale_)
        fill();
}

bool FindingsPanel::isShown(const check::Diagnostic& diagnostic) const {
    if (diagnostic.severity >= check::Severity::Hint)
        return false;
    if (!severities_[static_cast<std::size_t>(diagnostic.severity)]->isChecked())
        return false;
    const QString wanted = search_->text().trimmed();
    return wanted.isEmpty() ||
           QString::fromStdString(diagnostic.message).contains(wanted, Qt::CaseInsensitive) ||
           QString::fromStdString(diagnostic.code).contains(wanted, Qt::CaseInsensitive);
}

QString FindingsPanel::groupOf(const check::Diagnostic& diagnostic) const {
    if (isGrouping(Grouping::Severity))
        return severityTitle(diagnostic.severity);
    const QString name = stepName(findings_.document().forest(), diagnostic.node);
    return name.isEmpty() ? tr("The pipeline as such") : name;
}

bool FindingsPanel::isGrouping(Grouping grouping) const {
    return grouping_->currentIndex() == static_cast<int>(grouping);
}

void FindingsPanel::showCounts() {
    for (std::size_t i = 0; i < severities_.size(); ++i)
        severities_[i]->setText(QString::number(findings_.count(kSeverities[i])));
}

void FindingsPanel::fill() {
    filling_ = true;
    stale_ = false;
    showCounts();
    const int row = currentRow();
    list_->clear();
    const std::vector<check::Diagnostic>& all = findings_.all();
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (isShown(all[i]))
            shown.push_back(i);
    addItems(shown);
    finishGroups();
    filling_ = false;
    chooseAgain(row);
    list_->setVisible(!shown.empty());
    nothing_->setVisible(shown.empty());
    nothing_->setText(!findings_.checked() ? tr("Checking…")
                      : findings_.count() == 0
                          ? tr("No problems. The engine will take this file as it is.")
                          : tr("No problem fits the filter."));
    if (!findings_.complaint().isEmpty() && shown.empty())
        nothing_->setText(findings_.complaint());
    showDetail();
}

void FindingsPanel::addItems(std::vector<std::size_t> indices) {
    struct Group {
        QTreeWidgetItem* item = nullptr;
        int count = 0;
    };
    const std::vector<check::Diagnostic>& all = findings_.all();
    const bool grouped = !isGrouping(Grouping::None);
    list_->setRootIsDecorated(grouped);
    std::map<QString, Group> groups;
    for (const std::size_t index : indices)
        if (grouped)
            ++groups[groupOf(all[index])].count;
    const std::size_t found = indices.size();
    keepWorst(indices, all);
    if (isGrouping(Grouping::Severity))
        std::stable_sort(indices.begin(), indices.end(), [&](std::size_t a, std::size_t b) {
            return all[a].severity < all[b].severity;
        });
    const yaml::LineIndex lines(findings_.document().text());
    lines_ = &lines;
    for (const std::size_t index : indices) {
        const QString title = grouped ? groupOf(all[index]) : QString();
        Group& group = groups[title];
        if (grouped && group.item == nullptr)
            group.item = addGroup(title, group.count);
        addItem(group.item, index);
    }
    lines_ = nullptr;
    if (found > indices.size())
        addRest(found - indices.size());
}

QTreeWidgetItem* FindingsPanel::addGroup(const QString& title, int count) {
    auto* group = new QTreeWidgetItem(list_, {title, QString::number(count)});
    QFont font = list_->font();
    font.setWeight(QFont::DemiBold);
    group->setFont(0, font);
    group->setData(0, kIndexRole, -1);
    group->setData(0, kGroupRole, title);
    group->setForeground(1, palette().brush(QPalette::PlaceholderText));
    return group;
}

void FindingsPanel::addItem(QTreeWidgetItem* group, std::size_t index) {
    const check::Diagnostic& about = findings_.all()[index];
    const yaml::Position position = lines_->position(about.begin);
    const QStringList texts = {QString::fromStdString(about.message).simplified(),
                               tr("line %1").arg(position.line)};
    auto* item = group ? new QTreeWidgetItem(group, texts) : new QTreeWidgetItem(list_, texts);
    item->setIcon(0, severityPicture(about.severity));
    item->setData(0, kIndexRole, static_cast<qlonglong>(index));
    item->setToolTip(
        0, texts.front() + QStringLiteral(" (%1)").arg(QString::fromStdString(about.code)));
    item->setForeground(1, palette().brush(QPalette::PlaceholderText));
}

// Says how many problems have no row.
void FindingsPanel::addRest(std::size_t count) {
    auto* rest = new QTreeWidgetItem(list_, {tr("… and %1 more. Filter to see them.").arg(count)});
    rest->setData(0, kIndexRole, -1);
    rest->setFlags(Qt::ItemNeverHasChildren);
    rest->setForeground(0, palette().brush(QPalette::PlaceholderText));
}

// Groups stay as the user left them.
void FindingsPanel::finishGroups() {
    for (int i = 0; i < list_->topLevelItemCount(); ++i) {
        QTreeWidgetItem* item = list_->topLevelItem(i);
        if (item->childCount() > 0)
            item->setExpanded(!closed_.contains(item->data(0, kGroupRole).toString()));
    }
}

// The rows that are problems, from the top.
std::vector<QTreeWidgetItem*> FindingsPanel::rows() const {
    std::vector<QTreeWidgetItem*> found;
    for (QTreeWidgetItemIterator at(list_); *at != nullptr; ++at)
        if ((*at)->data(0, kIndexRole).toLongLong() >= 0)
            found.push_back(*at);
    return found;
}

int FindingsPanel::currentRow() const {
    QTreeWidgetItem* item = list_->currentItem();
    if (item != nullptr && item->childCount() > 0)
        item = item->child(0);
    const std::vector<QTreeWidgetItem*> all = rows();
    const auto found = std::find(all.begin(), all.end(), item);
    return found == all.end() ? 0 : static_cast<int>(found - all.begin());
}

void FindingsPanel::keepCurrent() {
    if (filling_)
        return;
    if (const check::Diagnostic* about = current())
        chosen_ = Chosen{about->code, about->message, about->begin, about->end};
}

// The problem that was chosen before, or after a fix the next of its kind, or else what stands in
// its row now.
void FindingsPanel::chooseAgain(int row) {
    const std::vector<QTreeWidgetItem*> all = rows();
    if (!chosen_ || all.empty())
        return;
    QTreeWidgetItem* next = nullptr;
    std::pair<bool, std::size_t> best;
    for (QTreeWidgetItem* item : all) {
        const auto index = static_cast<std::size_t>(item->data(0, kIndexRole).toLongLong());
        const check::Diagnostic& each = findings_.all()[index];
        if (each.code != chosen_->code || each.begin < chosen_->begin)
            continue;
        const std::pair rank(each.message != chosen_->message, each.begin);
        if (next == nullptr || rank < best) {
            next = item;
            best = rank;
        }
    }
    if (next == nullptr)
        next = all[static_cast<std::size_t>(std::min(row, static_cast<int>(all.size()) - 1))];
    QTreeWidgetItem* group = next->parent();
    list_->setCurrentItem(group != nullptr && !group->isExpanded() ? group : next);
}

// A heading stands for the first below it, so that the keys do something on every row.
const check::Diagnostic* FindingsPanel::current() const {
    const QTreeWidgetItem* item = list_->currentItem();
    if (item && item->childCount() > 0)
        item = item->child(0);
    const qlonglong index = item ? item->data(0, kIndexRole).toLongLong() : -1;
    if (index < 0 || index >= static_cast<qlonglong>(findings_.all().size()))
        return nullptr;
    return &findings_.all()[static_cast<std::size_t>(index)];
}

void FindingsPanel::showDetail() {
    if (filling_)
        return;
    const check::Diagnostic* about = current();
    detail_->setVisible(about != nullptr && width() >= kDetailFrom);
    if (about != nullptr)
        detail_->setHtml(findingHtml(*about, 0, Theme::of(*this)));
}

void FindingsPanel::followLink(const QUrl& link) {
    const check::Diagnostic* about = current();
    const std::optional<FixLink> fix = fixLink(link);
    if (about == nullptr || !fix || fix->fix >= about->fixes.size())
        return;
    const check::Diagnostic kept = *about;
    if (fix->preview)
        previewFix(findings_, kept, fix->fix, window());
    else
        findings_.carryOut(kept, fix->fix);
}

void FindingsPanel::choose(bool enter) {
    if (const check::Diagnostic* about = current())
        Q_EMIT chosen(about->begin, about->node, enter);
}

void FindingsPanel::fillMenu(QMenu& menu) {
    const check::Diagnostic* about = current();
    if (about == nullptr)
        return;
    menu.addAction(icon(QStringLiteral("ui/go-to")), tr("Go to"), this, [this] { choose(true); });
    menu.addSeparator();
    fillFixMenu(menu, findings_, {*about}, window());
}

void FindingsPanel::openMenu(const QPoint& globalPosition) {
    QMenu menu(this);
    fillMenu(menu);
    if (!menu.isEmpty())
        menu.exec(globalPosition);
}

bool FindingsPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool fixKey =
        key->key() == Qt::Key_Period && key->modifiers().testFlag(Qt::ControlModifier);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (event->type() == QEvent::ShortcutOverride) {
        if (fixKey)
            event->accept();
        return false;
    }
    if (watched == search_) {
        if (key->key() != Qt::Key_Down && !enter)
            return false;
        list_->setFocus();
        if (list_->currentItem() == nullptr && list_->topLevelItemCount() > 0)
            list_->setCurrentItem(list_->topLevelItem(0));
        return true;
    }
    if (enter && current() != nullptr) {
        choose(true);
        return true;
    }
    if (fixKey && key->modifiers().testFlag(Qt::AltModifier)) {
        if (const check::Diagnostic* about = current(); about && !about->fixes.empty())
            previewFix(findings_, *about, 0, window());
        return true;
    }
    if (fixKey) {
        const QRect item = list_->visualItemRect(list_->currentItem());
        openMenu(list_->viewport()->mapToGlobal(item.bottomLeft() + QPoint(Theme::kSpace6, 0)));
        return true;
    }
    return false;
}

void FindingsPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showDetail();
}

void FindingsPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

}  // namespace pe::editor
