// SPDX-License-Identifier: MIT
#include "followed_names.hpp"

#include <algorithm>

#include "pe/format/resolution.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"

namespace pe::compare {

using format::GraphIndex;
using format::kNoGraphNode;
using format::ResolvedReference;
using yaml::NodeRef;

FollowedNames::FollowedNames(const Version& before, const Version& after, const StepMatching& steps)
    : before_(before), after_(after) {
    const auto isRenamed = [&](GraphIndex was) {
        const GraphIndex is = steps.after[was];
        return is != kNoGraphNode && before.node(was).kind == format::NodeKind::Step &&
               !before.node(was).name.empty() && before.node(was).name != after.node(is).name;
    };
    bool any = false;
    for (GraphIndex was = 0; was < before.graph().nodes.size() && !any; ++was)
        any = isRenamed(was);
    if (!any)
        return;
    std::map<NodeRef, std::vector<ResolvedReference>> places;
    for (ResolvedReference& each : format::resolvedReferences(before.forest(), before.graph()))
        if (each.target != kNoGraphNode && !each.variable &&
            format::namesStep(each.reference.target) && isRenamed(each.target))
            places[each.reference.at].push_back(std::move(each));
    for (auto& [at, references] : places) {
        std::sort(references.begin(), references.end(), [](const auto& a, const auto& b) {
            return a.reference.begin > b.reference.begin;
        });
        Text& followed = texts_[at];
        followed.text = yaml::scalarText(before.forest(), at);
        for (const ResolvedReference& each : references) {
            followed.text.replace(each.reference.begin, each.reference.end - each.reference.begin,
                                  after.node(steps.after[each.target]).name);
            followed.renamed.push_back(each.target);
        }
    }
}

bool FollowedNames::follows(NodeRef was) const {
    if (texts_.empty())
        return false;
    if (texts_.count(was) != 0)
        return true;
    const auto children = before_.forest().children(was);
    return std::any_of(children.begin(), children.end(),
                       [this](NodeRef child) { return follows(child); });
}

yaml::Value FollowedNames::valueOf(NodeRef was) const {
    const yaml::Forest& forest = before_.forest();
    if (const auto found = texts_.find(was); found != texts_.end())
        return yaml::Value::ofString(found->second.text);
    if (!follows(was))
        return yaml::valueOf(forest, was).value_or(yaml::Value::null());
    const bool mapping = yaml::isMapping(forest.style(was));
    yaml::Value value = mapping ? yaml::Value::mapping() : yaml::Value::sequence();
    for (const NodeRef child : forest.children(was)) {
        if (mapping)
            value.entries.emplace_back(yaml::Value::ofString(yaml::keyText(forest, child)),
                                       valueOf(child));
        else
            value.items.push_back(valueOf(child));
    }
    return value;
}

std::string FollowedNames::meaning(NodeRef was) const {
    return follows(was) ? yaml::toJson(valueOf(was)) : before_.meaning(was);
}

bool FollowedNames::explains(NodeRef was, NodeRef is) const {
    return follows(was) && meaning(was) == after_.meaning(is);
}

void FollowedNames::note(NodeRef was, NodeRef is) {
    if (const auto found = texts_.find(was); found != texts_.end())
        for (const GraphIndex renamed : found->second.renamed)
            noted_[renamed].push_back(yaml::pointerTo(after_.forest(), is));
    const auto children = before_.forest().children(was);
    const auto now = after_.forest().children(is);
    for (std::size_t i = 0; i < std::min(children.size(), now.size()); ++i)
        note(children[i], now[i]);
}

const std::vector<std::string>& FollowedNames::noted(GraphIndex renamed) const {
    static const std::vector<std::string> kNone;
    const auto found = noted_.find(renamed);
    return found == noted_.end() ? kNone : found->second;
}

}  // namespace pe::compare
