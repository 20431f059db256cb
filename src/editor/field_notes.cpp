// SPDX-License-Identifier: MIT
#include "field_notes.hpp"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QUrl>
#include <algorithm>

#include "finding_text.hpp"
#include "fix_preview.hpp"
#include "icons.hpp"
#include "text_mark.hpp"

namespace pe::editor {

namespace {

constexpr int kIcon = 14;
constexpr std::size_t kMostNotes = 6;
constexpr std::size_t kMostFixes = 3;

bool sameNotes(const std::vector<check::Diagnostic>& a, const std::vector<check::Diagnostic>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
        return x.code == y.code && x.message == y.message && x.severity == y.severity &&
               x.fixes.size() == y.fixes.size();
    });
}

}  // namespace

FieldNotes::FieldNotes(Findings& findings, QWidget* parent)
    : QWidget(parent), findings_(findings), rows_(new QVBoxLayout(this)) {
    rows_->setContentsMargins(0, 2, 0, 0);
    rows_->setSpacing(2);
    hide();
}

void FieldNotes::show(std::vector<check::Diagnostic> about) {
    if (about.size() > kMostNotes)
        about.resize(kMostNotes);
    const bool same = sameNotes(about, about_);
    about_ = std::move(about);
    if (!same)
        fill();
}

void FieldNotes::fill() {
    for (QWidget* note : std::exchange(notes_, {})) {
        rows_->removeWidget(note);
        note->hide();
        note->deleteLater();
    }
    for (std::size_t i = 0; i < about_.size(); ++i)
        addNote(i);
    setVisible(!about_.empty());
}

void FieldNotes::addNote(std::size_t index) {
    const check::Diagnostic& about = about_[index];
    const Theme& theme = Theme::of(*this);
    auto* note = new QWidget(this);
    auto* line = new QHBoxLayout(note);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Theme::kSpace1 + 2);
    auto* picture = new QLabel(note);
    picture->setPixmap(tintedPixmap(severityIcon(about.severity),
                                    severityColor(theme, about.severity), kIcon,
                                    devicePixelRatioF()));
    QString html = QString::fromStdString(about.message).toHtmlEscaped();
    for (std::size_t i = 0; i < std::min(kMostFixes, about.fixes.size()); ++i)
        html += QStringLiteral("<br><a href=\"fix:%1/%2\" style=\"color: %3\">%4</a>")
                    .arg(index)
                    .arg(i)
                    .arg(theme.accent.name(),
                         QString::fromStdString(about.fixes[i].title).toHtmlEscaped());
    auto* text = new QLabel(html, note);
    text->setTextFormat(Qt::RichText);
    text->setFont(Theme::smallFont());
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    text->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    text->setToolTip(QString::fromStdString(about.why.empty() ? about.code : about.why));
    QSizePolicy wrapped(QSizePolicy::Ignored, QSizePolicy::Minimum);
    wrapped.setHeightForWidth(true);
    text->setSizePolicy(wrapped);
    connect(text, &QLabel::linkActivated, this, &FieldNotes::follow);
    line->addWidget(picture, 0, Qt::AlignTop);
    line->addWidget(text, 1);
    rows_->addWidget(note);
    note->show();
    notes_.push_back(note);
}

void FieldNotes::follow(const QString& link) {
    const std::optional<FixLink> fix = fixLink(QUrl(link));
    if (!fix || fix->number >= about_.size())
        return;
    const check::Diagnostic about = about_[fix->number];
    findings_.carryOut(about, fix->fix);
}

void FieldNotes::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        fill();
}

}  // namespace pe::editor
