// SPDX-License-Identifier: MIT
#include "shown_text.hpp"

#include "pe/yaml/value.hpp"

namespace pe::editor {

QString shownText(const yaml::Forest& forest, yaml::NodeRef node) {
    if (node == yaml::kNoNode)
        return {};
    if (forest.style(node) == yaml::Style::Alias)
        if (const auto value = yaml::valueOf(forest, node); value && value->isString())
            return QString::fromStdString(value->text);
    return QString::fromStdString(yaml::scalarText(forest, node));
}

}  // namespace pe::editor
