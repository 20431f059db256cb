// SPDX-License-Identifier: MIT
#include "breadcrumbs.hpp"

#include <QEvent>
#include <QFileInfo>

#include "theme.hpp"

namespace pe::editor {

Breadcrumbs::Breadcrumbs(QWidget* parent) : QLabel(parent) {
    setTextFormat(Qt::RichText);
    setContentsMargins(Theme::kSpace3, Theme::kSpace1, Theme::kSpace3, Theme::kSpace1);
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    setAccessibleName(tr("Pipelines around this one"));
    connect(this, &QLabel::linkActivated, this, [this](const QString& link) {
        const int at = link.toInt();
        if (at >= 0 && at < trail_.size())
            Q_EMIT chosen(trail_[at]);
    });
    hide();
}

void Breadcrumbs::showTrail(const QStringList& trail, const QString& title) {
    trail_ = trail;
    title_ = title;
    write();
    setVisible(!trail_.isEmpty());
}

void Breadcrumbs::write() {
    QString text;
    const QString color = Theme::of(*this).accent.name();
    for (qsizetype i = 0; i < trail_.size(); ++i)
        text +=
            QStringLiteral("<a href=\"%1\" style=\"color:%2; text-decoration:none\">%3</a> › ")
                .arg(QString::number(i), color, QFileInfo(trail_[i]).fileName().toHtmlEscaped());
    setText(text + title_.toHtmlEscaped());
}

void Breadcrumbs::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !trail_.isEmpty())
        write();
}

}  // namespace pe::editor
