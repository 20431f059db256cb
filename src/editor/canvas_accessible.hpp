// SPDX-License-Identifier: MIT
// CanvasAccessible: what a screen reader finds on a Canvas: a list of steps with their names, types
// and places, of which the current one has the focus. UI thread.
#pragma once

#include <QAccessibleWidget>
#include <unordered_map>

#include "pe/yaml/forest.hpp"

namespace pe::editor {

class Canvas;

class CanvasAccessible final : public QAccessibleWidget {
public:
    // Makes every Canvas accessible from now on.
    static void install();

    explicit CanvasAccessible(Canvas& canvas);
    ~CanvasAccessible() override;

    int childCount() const override;
    QAccessibleInterface* child(int index) const override;
    int indexOfChild(const QAccessibleInterface* child) const override;
    QAccessibleInterface* childAt(int x, int y) const override;
    QAccessibleInterface* focusChild() const override;

private:
    Canvas& canvas_;
    // By step, so that a reader meets the same object as long as it is the same step.
    mutable std::unordered_map<yaml::NodeRef, QAccessible::Id> ids_;
};

}  // namespace pe::editor
