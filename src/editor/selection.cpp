// SPDX-License-Identifier: MIT
#include "pe/editor/selection.hpp"

#include <utility>

namespace pe::editor {

void Selection::select(yaml::NodeRef node, const QObject* origin) {
    std::vector<yaml::NodeRef> steps;
    if (node != yaml::kNoNode)
        steps.push_back(node);
    selectSteps(std::move(steps), node, origin);
}

void Selection::selectSteps(std::vector<yaml::NodeRef> steps, yaml::NodeRef current,
                            const QObject* origin) {
    if (current == current_ && steps == steps_)
        return;
    current_ = current;
    steps_ = std::move(steps);
    Q_EMIT changed(origin);
}

}  // namespace pe::editor
