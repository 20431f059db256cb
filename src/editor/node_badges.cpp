// SPDX-License-Identifier: MIT
#include "node_badges.hpp"

#include <QObject>

#include "scene_value.hpp"

namespace pe::editor {

namespace {

constexpr int kMostMessages = 8;

struct Gathered {
    int counts[3] = {0, 0, 0};
    int messages = 0;
    QString text;
};

// The step that shows what is wrong in a hidden one.
yaml::NodeRef shownStep(const SceneValue& scene, yaml::NodeRef ref) {
    const SceneStep* step = scene.find(ref);
    while (step != nullptr && !step->visible && step->parent != format::kNoGraphNode)
        step = &scene.steps[step->parent];
    return step == nullptr ? yaml::kNoNode : step->ref;
}

void add(Gathered& at, const check::Diagnostic& diagnostic) {
    ++at.counts[static_cast<std::size_t>(diagnostic.severity)];
    ++at.messages;
    if (at.messages > kMostMessages)
        return;
    if (!at.text.isEmpty())
        at.text += u'\n';
    at.text += QString::fromStdString(diagnostic.message).simplified();
}

}  // namespace

NodeBadges badgesOf(const SceneValue& scene, const yaml::Forest& forest,
                    const std::vector<check::Diagnostic>& diagnostics,
                    const std::vector<document::Conflict>& conflicts) {
    std::unordered_map<yaml::NodeRef, Gathered> gathered;
    std::vector<check::Diagnostic> all = diagnostics;
    for (const document::Conflict& each : conflicts) {
        check::Diagnostic undecided;
        undecided.severity = check::Severity::Warning;
        undecided.node = each.node;
        undecided.message = each.sentence;
        all.push_back(std::move(undecided));
    }
    for (const check::Diagnostic& each : all) {
        if (each.severity >= check::Severity::Hint || each.node == yaml::kNoNode)
            continue;
        const yaml::NodeRef step = shownStep(scene, stepAround(scene, forest, each.node));
        if (step != yaml::kNoNode)
            add(gathered[step], each);
    }
    NodeBadges badges;
    for (const auto& [step, at] : gathered) {
        NodeBadge badge;
        for (int severity = 2; severity >= 0; --severity) {
            if (at.counts[severity] == 0)
                continue;
            badge.worst = static_cast<check::Severity>(severity);
            badge.count = at.counts[severity];
        }
        badge.text = at.text;
        if (at.messages > kMostMessages)
            badge.text += u'\n' + QObject::tr("… and %1 more").arg(at.messages - kMostMessages);
        badges.emplace(step, std::move(badge));
    }
    return badges;
}

}  // namespace pe::editor
