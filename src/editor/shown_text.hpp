// SPDX-License-Identifier: MIT
// The text of a scalar as people read it.
#pragma once

#include <QString>

#include "pe/yaml/forest.hpp"

namespace pe::editor {

// Of an alias that of the scalar that it stands for; empty for kNoNode.
QString shownText(const yaml::Forest& forest, yaml::NodeRef node);

}  // namespace pe::editor
