// SPDX-License-Identifier: MIT
// NodeBadges: how many problems each step of a scene has, for the corner of its box. Of a closed
// container, those of what is inside too. Values, made whenever scene or findings change.
#pragma once

#include <QString>
#include <unordered_map>
#include <vector>

#include "pe/check/diagnostic.hpp"
#include "pe/document/conflict.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::editor {

struct SceneValue;

struct NodeBadge {
    check::Severity worst = check::Severity::Information;
    int count = 0;  // of the worst severity
    QString text;   // the messages, one a line
    bool operator==(const NodeBadge&) const = default;
};

using NodeBadges = std::unordered_map<yaml::NodeRef, NodeBadge>;

// The diagnostics must be about the forest as it is. A conflict counts as a warning.
NodeBadges badgesOf(const SceneValue& scene, const yaml::Forest& forest,
                    const std::vector<check::Diagnostic>& diagnostics,
                    const std::vector<document::Conflict>& conflicts = {});

}  // namespace pe::editor
