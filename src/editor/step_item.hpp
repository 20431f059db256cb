// SPDX-License-Identifier: MIT
// StepLayer: one graphics item that paints all steps, or all containers, of a scene that touch the
// exposed area. Detail follows the zoom: full cards near by, names in growing type further away,
// plain colour from afar. Prepared texts are kept per step and dropped when the step changes. UI
// thread.
#pragma once

#include <QGraphicsItem>
#include <QStaticText>
#include <unordered_map>

#include "canvas_state.hpp"

namespace pe::editor {

class StepLayer final : public QGraphicsItem {
public:
    enum class What { Containers, Cards };

    StepLayer(const CanvasState& state, What what);

    // After the scene or the theme changed.
    void sceneChanged();
    QRectF boundingRect() const override { return bounds_; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) override;

private:
    struct Texts {
        int level = -1;
        std::string name;  // what the texts were made of
        std::string type;
        std::string preview;
        QStaticText nameText;
        QStaticText typeText;
        QStaticText previewText;
        QStaticText countText;
    };

    void paintFromAfar(QPainter& painter, const std::vector<std::uint32_t>& ids, double zoom) const;
    void paintCard(QPainter& painter, const SceneStep& step, double zoom);
    void paintCardFrame(QPainter& painter, const SceneStep& step, double zoom) const;
    void paintCardTexts(QPainter& painter, const SceneStep& step, int level);
    void paintContainer(QPainter& painter, const SceneStep& step, double zoom);
    void paintHeader(QPainter& painter, const SceneStep& step, double zoom);
    void paintMark(QPainter& painter, const SceneStep& step) const;
    Texts& texts(const SceneStep& step, int level);
    QColor accent(const SceneStep& step) const;
    bool isShown(const SceneStep& step) const;

    const CanvasState& state_;
    What what_;
    QRectF bounds_;
    std::unordered_map<yaml::NodeRef, Texts> texts_;
};

// Where the collapse button of a container stands in its box.
QRectF chevronRect(const SceneStep& step);
// Where the name of a step is written; a field for renaming goes there.
QRectF nameRect(const SceneStep& step);

}  // namespace pe::editor
