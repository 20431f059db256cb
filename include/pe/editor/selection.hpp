// SPDX-License-Identifier: MIT
// Selection: the one selection of an open file, shared by canvas, text pane and form. Selecting a
// node on the canvas selects its text and shows its form; the text cursor selects the node. Owned
// by the file's view; lives on the UI thread.
#pragma once

#include <QObject>
#include <vector>

#include "pe/yaml/forest.hpp"

namespace pe::editor {

class Selection final : public QObject {
    Q_OBJECT

public:
    explicit Selection(QObject* parent = nullptr) : QObject(parent) {}

    // The entry everything shows: a step, or a field inside one. kNoNode: nothing.
    yaml::NodeRef current() const { return current_; }
    // Nodes selected together on the canvas; holds current's step if anything.
    const std::vector<yaml::NodeRef>& steps() const { return steps_; }

    // `origin` is the view that made the selection; it ignores the signal it caused.
    void select(yaml::NodeRef node, const QObject* origin);
    void selectSteps(std::vector<yaml::NodeRef> steps, yaml::NodeRef current,
                     const QObject* origin);
    void clear(const QObject* origin) { selectSteps({}, yaml::kNoNode, origin); }

Q_SIGNALS:
    void changed(const QObject* origin);

private:
    yaml::NodeRef current_ = yaml::kNoNode;
    std::vector<yaml::NodeRef> steps_;
};

}  // namespace pe::editor
