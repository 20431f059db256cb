// SPDX-License-Identifier: MIT
#include "finding_text.hpp"

#include <QStringList>
#include <QTextDocument>

#include "text_mark.hpp"

namespace pe::editor {

namespace {

// Text with `code` in backquotes.
QString rich(const std::string& text, const Theme& theme) {
    const QStringList parts = QString::fromStdString(text).toHtmlEscaped().split(u'`');
    QString html;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const bool code = i % 2 == 1 && i + 1 < parts.size();
        if (code)
            html += QStringLiteral("<code style=\"background: %1\">%2</code>")
                        .arg(theme.surfaceSunken.name(), parts[i]);
        else
            html += (i % 2 == 1 ? QStringLiteral("`") : QString()) + parts[i];
    }
    return html;
}

QString severityWord(check::Severity severity) {
    switch (severity) {
        case check::Severity::Error:
            return QObject::tr("Error");
        case check::Severity::Warning:
            return QObject::tr("Warning");
        default:
            return QObject::tr("Note");
    }
}

}  // namespace

QString findingHtml(const check::Diagnostic& diagnostic, std::size_t number, const Theme& theme) {
    QString html = QStringLiteral(
                       "<p style=\"margin: 0 0 4px 0\"><b style=\"color: %1\">%2</b> "
                       "<span style=\"color: %3\">%4</span><br>%5</p>")
                       .arg(severityColor(theme, diagnostic.severity).name(),
                            severityWord(diagnostic.severity), theme.textMuted.name(),
                            QString::fromStdString(diagnostic.code).toHtmlEscaped(),
                            rich(diagnostic.message, theme));
    if (!diagnostic.why.empty())
        html += QStringLiteral("<p style=\"margin: 0 0 4px 0; color: %1\">%2</p>")
                    .arg(theme.textMuted.name(), rich(diagnostic.why, theme));
    for (std::size_t i = 0; i < diagnostic.fixes.size(); ++i)
        html += QStringLiteral(
                    "<p style=\"margin: 0 0 2px 0\"><a href=\"fix:%1/%2\" style=\"color: "
                    "%5\">%3</a> &nbsp;<a href=\"preview:%1/%2\" style=\"color: "
                    "%6\">%4</a></p>")
                    .arg(number)
                    .arg(i)
                    .arg(QString::fromStdString(diagnostic.fixes[i].title).toHtmlEscaped(),
                         QObject::tr("preview"), theme.accent.name(), theme.textMuted.name());
    return html;
}

QString markdownHtml(const std::string& markdown, const Theme& theme) {
    QTextDocument document;
    document.setDefaultFont(Theme::uiFont());
    document.setMarkdown(QString::fromStdString(markdown), QTextDocument::MarkdownNoHTML);
    QString html = document.toHtml();
    // The colour of links is that of the theme, not of the platform.
    html.replace(QStringLiteral("color:#0000ff"),
                 QStringLiteral("color:%1").arg(theme.accent.name()));
    return html;
}

std::optional<FixLink> fixLink(const QUrl& link) {
    const QString scheme = link.scheme();
    const QStringList parts = link.path().split(u'/');
    if ((scheme != QLatin1String("fix") && scheme != QLatin1String("preview")) || parts.size() != 2)
        return std::nullopt;
    return FixLink{parts[0].toULong(), parts[1].toULong(), scheme == QLatin1String("preview")};
}

}  // namespace pe::editor
