// SPDX-License-Identifier: MIT
// YamlEditPainter: paints the visible lines of a YamlEdit, with colours, bands, guides and
// squiggles. Lives for one paint event.
#pragma once

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextBlock>
#include <QTextLayout>
#include <vector>

#include "pe/check/diagnostic.hpp"
#include "theme.hpp"
#include "yaml_highlighter.hpp"

namespace pe::editor {

class YamlEdit;

class YamlEditPainter {
public:
    YamlEditPainter(YamlEdit& edit, const QRect& clip);
    void paint(const QAbstractTextDocumentLayout::PaintContext& context);

private:
    void line(const QTextBlock& block, QPointF origin, const QRectF& rect,
              const QAbstractTextDocumentLayout::PaintContext& context);
    void bands(int number, const QRectF& rect);
    void guides(const QString& text, QPointF origin, const QRectF& rect);
    void matches(int number, const QTextLayout& layout, QPointF origin);
    void brackets(const QTextBlock& block, const QTextLayout& layout, QPointF origin);
    void squiggles(int number, const QTextLayout& layout, QPointF origin);
    void underline(const QRectF& rect, check::Severity severity);
    std::vector<QRectF> rangeRects(const QTextLayout& layout, QPointF origin, int begin,
                                   int end) const;
    QList<QTextLayout::FormatRange> formats(int number) const;
    QColor colorOf(TokenKind kind) const;

    YamlEdit& edit_;
    const Theme& theme_;
    QPainter painter_;
    QRect clip_;
    int guideIndent_ = 0;  // of the last line that was not blank
};

}  // namespace pe::editor
