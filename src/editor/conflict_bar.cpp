// SPDX-License-Identifier: MIT
#include "conflict_bar.hpp"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>

#include "icon_button.hpp"
#include "icons.hpp"
#include "relative_time.hpp"
#include "theme.hpp"

namespace pe::editor {

namespace {

constexpr int kMostLines = 4;  // of a value
constexpr int kLongestLine = 160;
constexpr int kToolSize = 14;
constexpr int kBeside = 620;  // width from which the versions stand side by side

// The beginning of a value, as much as a card has room for.
QString excerpt(const std::string& value) {
    QStringList lines = QString::fromStdString(value).split(u'\n');
    while (lines.size() > 1 && lines.back().isEmpty())
        lines.removeLast();
    const bool more = lines.size() > kMostLines;
    lines = lines.mid(0, kMostLines);
    for (QString& line : lines)
        if (line.size() > kLongestLine)
            line = line.left(kLongestLine) + QStringLiteral("…");
    if (more)
        lines << QStringLiteral("…");
    const QString text = lines.join(u'\n');
    return text.isEmpty() ? ConflictBar::tr("(empty)") : text;
}

QString whoAndWhen(const document::ConflictVersion& version, std::int64_t nowMs) {
    QString who = QString::fromStdString(version.author);
    if (version.own)
        who = who.isEmpty() ? ConflictBar::tr("You") : ConflictBar::tr("You (%1)").arg(who);
    else if (who.isEmpty())
        who = ConflictBar::tr("Somebody else");
    return version.atMs == 0 ? who
                             : QStringLiteral("%1, %2").arg(who, relativeTime(version.atMs, nowMs));
}

}  // namespace

ConflictBar::ConflictBar(document::Document& document, QWidget* parent)
    : QFrame(parent), document_(document) {
    setObjectName(QStringLiteral("conflicts"));
    setFocusPolicy(Qt::StrongFocus);
    build();
    subscriptions_.push_back(document_.conflictsChanged.connect([this] { follow(); }));
    // What a conflict says may change with the document, and its place does.
    subscriptions_.push_back(document_.changed.connect([this](const auto&) {
        if (!document_.conflicts().empty() || !isHidden())
            follow();
    }));
    follow();
}

void ConflictBar::build() {
    auto* picture = new QLabel(this);
    picture->setPixmap(
        accentIcon(QStringLiteral("ui/warning"), Theme::light().warning).pixmap(QSize(16, 16)));
    place_ = new QLabel(this);
    place_->setFont(Theme::smallFont());
    sentence_ = new QLabel(this);
    sentence_->setWordWrap(true);
    sentence_->setTextFormat(Qt::PlainText);
    sentence_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    before_ = iconButton(QStringLiteral("ui/up"), tr("Conflict before (Up)"), this, kToolSize);
    next_ = iconButton(QStringLiteral("ui/down"), tr("Next conflict (Down)"), this, kToolSize);
    auto* jump =
        iconButton(QStringLiteral("ui/go-to"), tr("Show where it is (Enter)"), this, kToolSize);
    auto* dismissal = iconButton(QStringLiteral("ui/check"),
                                 tr("It is fine as it is shown (Delete)"), this, kToolSize);
    auto* top = new QHBoxLayout;
    top->setSpacing(Theme::kSpace2);
    top->addWidget(picture, 0, Qt::AlignTop);
    top->addWidget(sentence_, 1);
    top->addWidget(place_);
    for (QToolButton* button : {before_, next_, jump, dismissal})
        top->addWidget(button, 0, Qt::AlignTop);
    versions_ = new QBoxLayout(QBoxLayout::LeftToRight);
    versions_->setSpacing(Theme::kSpace2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(Theme::kSpace3, Theme::kSpace2, Theme::kSpace2, Theme::kSpace2);
    column->setSpacing(Theme::kSpace2);
    column->addLayout(top);
    column->addLayout(versions_);
    connect(before_, &QToolButton::clicked, this, [this] { step(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { step(1); });
    connect(dismissal, &QToolButton::clicked, this, &ConflictBar::dismiss);
    connect(jump, &QToolButton::clicked, this, [this] {
        if (const document::Conflict* conflict = current())
            Q_EMIT jumpRequested(conflict->node);
    });
}

const document::Conflict* ConflictBar::current() const {
    const auto& all = document_.conflicts();
    return all.empty() ? nullptr : &all[static_cast<std::size_t>(index_)];
}

// The conflict that was shown stays shown as long as it exists.
void ConflictBar::follow() {
    const auto& all = document_.conflicts();
    const auto same = std::find_if(all.begin(), all.end(),
                                   [this](const auto& each) { return each.id == shownId_; });
    index_ = same != all.end()
                 ? static_cast<int>(same - all.begin())
                 : std::clamp(index_, 0, std::max(0, static_cast<int>(all.size()) - 1));
    setHidden(all.empty());
    fill();
    Q_EMIT countChanged();
}

void ConflictBar::fill() {
    for (QWidget* card : std::exchange(cards_, {})) {
        card->hide();
        card->deleteLater();
    }
    const document::Conflict* conflict = current();
    shownId_ = conflict ? conflict->id : std::string();
    if (!conflict)
        return;
    const int count = static_cast<int>(document_.conflicts().size());
    sentence_->setText(QString::fromStdString(conflict->sentence));
    place_->setText(count > 1 ? tr("%1 of %2").arg(index_ + 1).arg(count) : QString());
    before_->setVisible(count > 1);
    next_->setVisible(count > 1);
    setAccessibleName(
        tr("Conflict %1 of %2: %3").arg(index_ + 1).arg(count).arg(sentence_->text()));
    for (std::size_t i = 0; i < conflict->versions.size(); ++i) {
        cards_.push_back(versionCard(*conflict, i));
        versions_->addWidget(cards_.back(), 1);
    }
    paintFrame();
}

QWidget* ConflictBar::versionCard(const document::Conflict& conflict, std::size_t version) {
    const document::ConflictVersion& what = conflict.versions[version];
    auto* card = new QFrame(this);
    card->setObjectName(what.shown ? QStringLiteral("shownVersion") : QStringLiteral("version"));
    auto* who = new QLabel(whoAndWhen(what, clock_.nowMs()), card);
    who->setFont(Theme::smallFont());
    who->setTextFormat(Qt::PlainText);
    auto* value = new QLabel(excerpt(what.value), card);
    value->setFont(Theme::monoFont());
    value->setTextFormat(Qt::PlainText);
    value->setWordWrap(true);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setToolTip(QString::fromStdString(what.value.substr(0, 4000)).toHtmlEscaped());
    auto* pick = new QPushButton(
        what.shown ? tr("%1  Keep").arg(version + 1) : tr("%1  Take this").arg(version + 1), card);
    pick->setToolTip(tr("Key %1: settles the conflict with this version").arg(version + 1));
    pick->setAccessibleName(
        tr("Take version %1: %2, %3").arg(version + 1).arg(value->text(), who->text()));
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(who);
    words->addWidget(value);
    if (what.shown)
        who->setText(who->text() + tr(" · shown now"));
    auto* row = new QHBoxLayout(card);
    row->setContentsMargins(Theme::kSpace2, Theme::kSpace1, Theme::kSpace2, Theme::kSpace1);
    row->addLayout(words, 1);
    row->addWidget(pick, 0, Qt::AlignVCenter);
    connect(pick, &QPushButton::clicked, this, [this, version] { choose(version); });
    return card;
}

void ConflictBar::step(int by) {
    const int count = static_cast<int>(document_.conflicts().size());
    if (count == 0)
        return;
    index_ = (index_ + by + count) % count;
    fill();
    Q_EMIT jumpRequested(current()->node);
}

void ConflictBar::choose(std::size_t version) {
    const document::Conflict* conflict = current();
    if (!conflict || version >= conflict->versions.size())
        return;
    report(document_.choose(std::string(conflict->id), version),
           tr("Settled. Undo takes that back."));
}

void ConflictBar::dismiss() {
    if (const document::Conflict* conflict = current())
        report(document_.dismiss(std::string(conflict->id)),
               tr("It stays as it is shown. The other version is in the history."));
}

void ConflictBar::report(const Result<void>& outcome, const QString& done) {
    if (!outcome)
        Q_EMIT refused(QString::fromStdString(outcome.error().message));
    else
        Q_EMIT said(done);
    follow();
}

void ConflictBar::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key >= Qt::Key_1 && key <= Qt::Key_9)
        return choose(static_cast<std::size_t>(key - Qt::Key_1));
    switch (key) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (const document::Conflict* conflict = current())
                Q_EMIT jumpRequested(conflict->node);
            return;
        case Qt::Key_Delete:
        case Qt::Key_Backspace:
            return dismiss();
        case Qt::Key_Up:
        case Qt::Key_Left:
            return step(-1);
        case Qt::Key_Down:
        case Qt::Key_Right:
            return step(1);
        default:
            QFrame::keyPressEvent(event);
    }
}

void ConflictBar::paintFrame() {
    const Theme& theme = Theme::of(*parentWidget());
    const QString sheet =
        QStringLiteral(
            "#conflicts { background: %1; border: none; border-bottom: 1px solid %2; }"
            "#conflicts:focus { border-left: 3px solid %3; }"
            "#version, #shownVersion { background: %4; border: 1px solid %2; "
            "border-radius: 5px; } #shownVersion { border-color: %3; }")
            .arg(theme.warningSoft.name(), mixed(theme.border, theme.warning, 0.3).name(),
                 theme.warning.name(), theme.surface.name());
    // A style sheet brings another palette, which comes back here.
    if (sheet != styleSheet())
        setStyleSheet(sheet);
}

void ConflictBar::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && isVisible())
        paintFrame();
}

void ConflictBar::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    versions_->setDirection(width() < kBeside ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

}  // namespace pe::editor
