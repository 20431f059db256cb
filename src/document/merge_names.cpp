// SPDX-License-Identifier: MIT
#include "merge_names.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "merge_text.hpp"
#include "pe/document/document.hpp"
#include "pe/format/references.hpp"
#include "pe/format/scope.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"
#include "step_names.hpp"

namespace pe::document {
namespace {

using yaml::NodeRef;

// What can be wrong with names, in words that are the same in every version of a file.
using Problems = std::multimap<std::string, NodeRef>;

void addDangling(const yaml::Forest& forest, Problems& problems) {
    const format::Graph graph = format::deriveGraph(forest, format::Catalogue::builtIn());
    const format::StepScope scope(graph);
    for (const format::HeldReference& each : format::allReferences(forest, graph))
        if (each.reference.target == format::ReferenceTarget::Step &&
            !scope.resolve(each.reference.name, each.holder))
            problems.emplace("There is no step '" + each.reference.name +
                                 "' any more, but one side refers to it.",
                             each.reference.at);
}

void addRepeated(const yaml::Forest& forest, NodeRef node, Problems& problems) {
    const yaml::Style style = forest.style(node);
    std::set<std::string> seen;
    for (const NodeRef child : forest.children(node)) {
        if (yaml::isMapping(style)) {
            const std::string key = yaml::keyText(forest, child);
            if (!seen.insert(key).second)
                problems.emplace("Both sides added the field '" + key + "' here.", child);
        } else if (yaml::isSequence(style) && yaml::isMapping(forest.style(child))) {
            const NodeRef name = yaml::child(forest, child, "name");
            const std::string text =
                name == yaml::kNoNode ? std::string{} : yaml::scalarText(forest, name);
            if (!text.empty() && !seen.insert(text).second)
                problems.emplace("Two steps are called '" + text + "' now.", child);
        }
        addRepeated(forest, child, problems);
    }
}

Problems problemsOf(const yaml::Forest& forest) {
    Problems problems;
    addDangling(forest, problems);
    addRepeated(forest, yaml::kStream, problems);
    return problems;
}

}  // namespace

std::map<std::string, std::string> renamedSteps(const yaml::Forest& base, const yaml::Edit& edit) {
    std::map<std::string, std::string> names;
    for (const yaml::FieldPatch& patch : edit.patches) {
        if (patch.field != yaml::Field::Value || !isStepName(base, patch.node))
            continue;
        const std::string before = yaml::scalarText(base, patch.node);
        const std::string after = valueText(lexemeOf(patch.form));
        if (before != after && !before.empty() && !after.empty())
            names[before] = after;
    }
    return names;
}

std::string withRenamedReferences(const std::string& text,
                                  const std::map<std::string, std::string>& names) {
    if (names.empty())
        return text;
    FakeClock clock;
    const auto document = Document::open(1, text, clock);
    if (document->hasDraft())
        return text;
    const yaml::Forest& forest = document->forest();
    const format::Graph graph = format::deriveGraph(forest, format::Catalogue::builtIn());
    const format::StepScope scope(graph);
    std::map<std::pair<NodeRef, std::string>, format::ReferenceRole> holders;
    for (const format::HeldReference& each : format::allReferences(forest, graph))
        if (format::namesStep(each.reference.target) && names.count(each.reference.name) != 0 &&
            scope.resolve(each.reference.name, each.holder))
            holders[{each.reference.at, each.reference.name}] = each.reference.role;
    std::map<NodeRef, std::string> texts;
    for (const auto& [place, role] : holders) {
        auto& said =
            texts.try_emplace(place.first, yaml::scalarText(forest, place.first)).first->second;
        said = format::renamed(said, role, place.second, names.at(place.second)).value_or(said);
    }
    Batch batch;
    for (const auto& [node, said] : texts)
        batch.commands.push_back({SetValue{node, yaml::Value::ofString(said)}, {}, 0});
    if (batch.commands.empty() || !document->execute({std::move(batch), {}, 0}))
        return text;
    return document->text();
}

std::vector<NameProblem> newNameProblems(const yaml::Forest& merged, const yaml::Forest& ours,
                                         const yaml::Forest& theirs) {
    const Problems now = problemsOf(merged);
    if (now.empty())
        return {};
    const Problems before[] = {problemsOf(ours), problemsOf(theirs)};
    std::vector<NameProblem> added;
    for (const auto& [what, node] : now) {
        const bool known = before[0].count(what) != 0 || before[1].count(what) != 0;
        if (!known)
            added.push_back({node, what});
    }
    return added;
}

}  // namespace pe::document
