// SPDX-License-Identifier: MIT
#include "canvas_accessible.hpp"

#include <QPointer>

#include "canvas.hpp"

namespace pe::editor {

namespace {

class StepAccessible final : public QAccessibleInterface {
public:
    StepAccessible(Canvas& canvas, yaml::NodeRef step) : canvas_(&canvas), step_(step) {}

    yaml::NodeRef step() const { return step_; }
    bool isValid() const override { return find() != nullptr; }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(canvas_);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }

    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString&) override {}
    QRect rect() const override;
    QAccessible::State state() const override;

private:
    const SceneStep* find() const { return canvas_ ? canvas_->value().find(step_) : nullptr; }

    QPointer<Canvas> canvas_;
    yaml::NodeRef step_;
};

QString StepAccessible::text(QAccessible::Text kind) const {
    const SceneStep* step = find();
    if (!step)
        return {};
    if (kind == QAccessible::Name)
        return QString::fromStdString(shownName(*step));
    if (kind != QAccessible::Description)
        return {};
    QString text = QString::fromStdString(shownType(*step));
    if (step->parent != format::kNoGraphNode)
        text += Canvas::tr(", in %1").arg(
            QString::fromStdString(shownName(canvas_->value().steps[step->parent])));
    if (step->container)
        text += step->collapsed ? Canvas::tr(", closed") : Canvas::tr(", open");
    const NodeBadge* badge = canvas_->state().badge(step->ref);
    if (badge != nullptr || step->mark != Mark::None)
        text += Canvas::tr(", has problems");
    if (badge != nullptr)
        text += QStringLiteral(": ") + badge->text;
    return text;
}

QRect StepAccessible::rect() const {
    const SceneStep* step = find();
    if (!step || !step->visible)
        return {};
    const QRect box = canvas_->viewportTransform().mapRect(step->box).toRect();
    return {canvas_->viewport()->mapToGlobal(box.topLeft()), box.size()};
}

QAccessible::State StepAccessible::state() const {
    QAccessible::State state;
    const SceneStep* step = find();
    if (!step) {
        state.invalid = true;
        return state;
    }
    state.selectable = true;
    state.focusable = true;
    state.selected = canvas_->state().isSelected(step_);
    state.focused = canvas_->hasFocus() && canvas_->currentStep() == step_;
    state.invisible = !step->visible;
    state.offscreen = !canvas_->visibleScene().intersects(step->box);
    state.expandable = step->container;
    state.expanded = step->container && !step->collapsed;
    state.collapsed = step->collapsed;
    return state;
}

QAccessibleInterface* make(const QString&, QObject* object) {
    auto* canvas = qobject_cast<Canvas*>(object);
    return canvas ? new CanvasAccessible(*canvas) : nullptr;
}

}  // namespace

void CanvasAccessible::install() {
    static const bool once = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    (void)once;
}

CanvasAccessible::CanvasAccessible(Canvas& canvas)
    : QAccessibleWidget(&canvas, QAccessible::List), canvas_(canvas) {}

CanvasAccessible::~CanvasAccessible() {
    for (const auto& [step, id] : ids_)
        QAccessible::deleteAccessibleInterface(id);
}

int CanvasAccessible::childCount() const {
    return static_cast<int>(canvas_.value().steps.size());
}

QAccessibleInterface* CanvasAccessible::child(int index) const {
    const auto& steps = canvas_.value().steps;
    if (index < 0 || static_cast<std::size_t>(index) >= steps.size())
        return nullptr;
    const yaml::NodeRef step = steps[static_cast<std::size_t>(index)].ref;
    const auto [it, added] = ids_.try_emplace(step);
    if (added)
        it->second = QAccessible::registerAccessibleInterface(new StepAccessible(canvas_, step));
    return QAccessible::accessibleInterface(it->second);
}

int CanvasAccessible::indexOfChild(const QAccessibleInterface* child) const {
    const auto* step = dynamic_cast<const StepAccessible*>(child);
    const auto index = step ? canvas_.value().indexOf(step->step()) : format::kNoGraphNode;
    return index == format::kNoGraphNode ? -1 : static_cast<int>(index);
}

QAccessibleInterface* CanvasAccessible::childAt(int x, int y) const {
    const QPoint position = canvas_.viewport()->mapFromGlobal(QPoint(x, y));
    const auto index =
        canvas_.value().at(canvas_.viewportTransform().inverted().map(QPointF(position)));
    return index == format::kNoGraphNode ? nullptr : child(static_cast<int>(index));
}

QAccessibleInterface* CanvasAccessible::focusChild() const {
    const auto index = canvas_.value().indexOf(canvas_.currentStep());
    return canvas_.hasFocus() && index != format::kNoGraphNode ? child(static_cast<int>(index))
                                                               : nullptr;
}

}  // namespace pe::editor
