// SPDX-License-Identifier: MIT
#include "step_commands.hpp"

#include <algorithm>
#include <utility>

#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::editor {

namespace {

using document::Command;
using format::FieldKind;
using yaml::kNoNode;
using yaml::NodeRef;

const format::FieldSpec* fieldOfKind(const SceneStep& step, FieldKind kind) {
    if (!step.style)
        return nullptr;
    for (const format::FieldSpec& field : step.style->fields)
        if (field.kind == kind)
            return &field;
    return nullptr;
}

// The field of a step that holds its nested nodes directly.
std::string listKey(const SceneStep& step) {
    if (const auto* tasks = fieldOfKind(step, FieldKind::TaskList))
        return tasks->key;
    if (fieldOfKind(step, FieldKind::CaseMap))
        return {};
    const auto* steps = fieldOfKind(step, FieldKind::StepList);
    return steps ? steps->key : std::string();
}

Command labelled(Command command, std::string label) {
    command.label = std::move(label);
    return command;
}

Command batch(std::vector<Command> commands, std::string label) {
    if (commands.size() == 1)
        return labelled(std::move(commands.front()), std::move(label));
    return {document::Batch{std::move(commands)}, std::move(label), 0};
}

std::string counted(const std::string& verb, const SceneValue& scene,
                    const std::vector<NodeRef>& steps) {
    if (steps.size() != 1)
        return verb + " " + std::to_string(steps.size()) + " steps";
    const SceneStep* step = scene.find(steps.front());
    return verb + " " + (step ? shownName(*step) : "step");
}

// The keys from a container to its list, where that is not written yet.
std::vector<std::string> pathToList(const SceneStep& container) {
    const auto* inPlace = fieldOfKind(container, FieldKind::Pipeline);
    std::string key = listKey(container);
    if (key.empty() && inPlace)
        return {inPlace->key, "steps"};
    return {key.empty() ? "steps" : std::move(key)};
}

// Fills a list that is missing or has no value yet.
Command filled(const ListPlace& list, std::vector<yaml::Value> steps) {
    yaml::Value value = yaml::Value::sequence(std::move(steps));
    if (list.path.empty())
        return {document::SetValue{list.parent, std::move(value)}, {}, 0};
    for (std::size_t i = list.path.size() - 1; i > 0; --i) {
        std::vector<std::pair<yaml::Value, yaml::Value>> entries;
        entries.emplace_back(yaml::Value::ofString(list.path[i]), std::move(value));
        value = yaml::Value::mapping(std::move(entries));
    }
    return {document::SetField{list.parent, list.path.front(), std::move(value)}, {}, 0};
}

bool isList(const yaml::Forest& forest, NodeRef node) {
    return node != kNoNode && yaml::isSequence(forest.style(node));
}

std::vector<NodeRef> siblings(const SceneValue& scene, NodeRef step) {
    const format::GraphIndex index = scene.indexOf(step);
    std::vector<NodeRef> refs;
    if (index == format::kNoGraphNode)
        return refs;
    for (const auto each : scene.childrenOf(scene.steps[index].parent))
        refs.push_back(scene.steps[each].ref);
    return refs;
}

// A case changes places with its neighbour; other branches are fields, whose order means nothing.
Result<Command> shiftBranch(const SceneValue& scene, const yaml::Forest& forest, NodeRef branch,
                            int by) {
    const NodeRef cases = forest.parent(branch);
    if (scene.find(cases))
        return fail(ErrorCode::Refused, "This branch has no place among the cases.");
    const auto all = forest.children(cases);
    const auto at = std::find(all.begin(), all.end(), branch) - all.begin();
    const auto count = static_cast<std::ptrdiff_t>(all.size());
    if (at == count || at + by < 0 || at + by >= count)
        return fail(ErrorCode::Refused, "There is no case to change places with.");
    const std::ptrdiff_t after = by < 0 ? at - 2 : at + 1;
    const NodeRef sibling = after < 0 ? kNoNode : all[static_cast<std::size_t>(after)];
    return Command{document::Move{branch, cases, sibling, std::nullopt, {}},
                   counted("Move", scene, {branch}), 0};
}

// The case after which a branch goes: of what stands before its place, the last that is a case.
NodeRef caseBefore(const SceneValue& scene, const yaml::Forest& forest, const StepPlace& place,
                   NodeRef cases) {
    NodeRef last = kNoNode;
    for (const auto index : scene.childrenOf(scene.indexOf(place.container))) {
        const NodeRef ref = scene.steps[index].ref;
        if (place.after == kNoNode)
            break;
        if (forest.parent(ref) == cases)
            last = ref;
        if (ref == place.after)
            break;
    }
    return last;
}

// A case keeps its name wherever it goes.
Result<Command> moveCases(const SceneValue& scene, const yaml::Forest& forest,
                          const std::vector<NodeRef>& branches, const StepPlace& place) {
    const std::string key = fieldOfKind(*scene.find(place.container), FieldKind::CaseMap)->key;
    const NodeRef cases = yaml::child(forest, place.container, key);
    NodeRef after = cases == kNoNode ? kNoNode : caseBefore(scene, forest, place, cases);
    std::vector<Command> commands;
    for (const NodeRef ref : branches) {
        const std::string name = yaml::keyText(forest, ref);
        const bool stays = forest.parent(ref) == cases;
        if (!stays && cases != kNoNode && yaml::child(forest, cases, name) != kNoNode)
            return fail(ErrorCode::Refused,
                        "There is a case `" + name + "` already; rename one of them first.");
        document::Move move{ref, place.container, after, std::nullopt, {key}};
        if (stays)
            move = {ref, cases, after, std::nullopt, {}};
        else
            move.key = name;
        if (ref != after)
            commands.push_back({std::move(move), {}, 0});
        after = ref;
    }
    if (commands.empty())
        return fail(ErrorCode::Refused, "It stands there already.");
    return batch(std::move(commands), counted("Move", scene, branches));
}

}  // namespace

bool isCase(const SceneStep& step) {
    return step.kind == format::NodeKind::Branch && step.type == "case";
}

bool accepts(const SceneValue& scene, NodeRef container, format::NodeKind kind) {
    if (container == kNoNode)
        return kind == format::NodeKind::Step;
    const SceneStep* step = scene.find(container);
    if (!step || !step->container)
        return false;
    if (kind == format::NodeKind::Branch)
        return step->kind == format::NodeKind::Step && fieldOfKind(*step, FieldKind::CaseMap);
    if (step->kind == format::NodeKind::Branch)
        return kind == format::NodeKind::Step;
    if (fieldOfKind(*step, FieldKind::TaskList))
        return kind == format::NodeKind::Task;
    return kind == format::NodeKind::Step && !listKey(*step).empty();
}

NodeRef listOf(const SceneValue& scene, const yaml::Forest& forest, NodeRef container) {
    if (container == kNoNode)
        return scene.list;
    const yaml::Style style = forest.style(container);
    if (!yaml::isMapping(style))
        return container;  // a branch: the list itself, or its empty value
    const SceneStep* step = scene.find(container);
    std::vector<std::string> keys;
    if (step && step->kind == format::NodeKind::Step)
        keys.push_back(listKey(*step));
    keys.insert(keys.end(), {"steps", "workflow", "pipeline"});
    for (const std::string& key : keys) {
        if (key.empty())
            continue;
        const NodeRef child = yaml::child(forest, container, key);
        if (child == kNoNode)
            continue;
        if (yaml::isMapping(forest.style(child)))
            return listOf(scene, forest, child);
        return child;
    }
    return kNoNode;
}

Result<ListPlace> listPlaceOf(const SceneValue& scene, const yaml::Forest& forest,
                              NodeRef container) {
    if (const NodeRef list = listOf(scene, forest, container); list != kNoNode)
        return ListPlace{list, {}};
    if (container == kNoNode && scene.workflow == kNoNode)
        return fail(ErrorCode::Refused,
                    "There is no `workflow` to put a step into; write one in the text first.");
    ListPlace place{scene.workflow, {"steps"}};
    if (const SceneStep* step = scene.find(container))
        place = {container, pathToList(*step)};
    // An inner pipeline may be begun already.
    while (place.path.size() > 1) {
        NodeRef next = yaml::child(forest, place.parent, place.path.front());
        if (next == kNoNode || !yaml::isMapping(forest.style(next)))
            break;
        if (const NodeRef inner = yaml::child(forest, next, "workflow"); inner != kNoNode)
            next = inner;
        place = {next, {place.path.begin() + 1, place.path.end()}};
    }
    return place;
}

StepPlace placeAfter(const SceneValue& scene, NodeRef step) {
    const SceneStep* found = scene.find(step);
    // A lane or a task is no place for a sibling step: go into the lane, or after the step around.
    while (found && found->kind == format::NodeKind::Task)
        found = found->parent == format::kNoGraphNode ? nullptr : &scene.steps[found->parent];
    if (found && found->container && !found->collapsed &&
        accepts(scene, found->ref, format::NodeKind::Step)) {
        const auto inside = scene.childrenOf(scene.indexOf(found->ref));
        if (inside.empty() || found->kind == format::NodeKind::Branch)
            return {found->ref, inside.empty() ? kNoNode : scene.steps[inside.back()].ref};
    }
    if (found)
        return {containerOf(scene, found->ref), found->ref};
    const auto top = scene.childrenOf(format::kNoGraphNode);
    return {kNoNode, top.empty() ? kNoNode : scene.steps[top.back()].ref};
}

NodeRef nodeAtPlace(const SceneValue& scene, const StepPlace& place) {
    const auto parent =
        place.container == kNoNode ? format::kNoGraphNode : scene.indexOf(place.container);
    if (place.container != kNoNode && parent == format::kNoGraphNode)
        return kNoNode;
    bool next = place.after == kNoNode;
    for (const auto index : scene.childrenOf(parent)) {
        if (next)
            return scene.steps[index].ref;
        next = scene.steps[index].ref == place.after;
    }
    return kNoNode;
}

std::set<std::string> stepNames(const SceneValue& scene) {
    std::set<std::string> names;
    for (const SceneStep& step : scene.steps)
        names.insert(step.name);
    return names;
}

std::string uniqueName(std::string base, std::set<std::string>& taken) {
    std::string name = base;
    // A name that ends in a number counts on: draft_2 -> draft_3.
    const std::size_t digits = base.find_last_not_of("0123456789");
    if (digits != std::string::npos && digits > 0 && base[digits] == '_' &&
        digits + 1 < base.size())
        base.resize(digits);
    for (int number = 2; taken.contains(name); ++number)
        name = base + "_" + std::to_string(number);
    taken.insert(name);
    return name;
}

yaml::Value newStep(const format::StepType& type, const SceneValue& scene) {
    std::set<std::string> taken = stepNames(scene);
    std::vector<std::pair<yaml::Value, yaml::Value>> entries;
    entries.emplace_back(yaml::Value::ofString("name"),
                         yaml::Value::ofString(uniqueName(type.id, taken)));
    entries.emplace_back(yaml::Value::ofString("type"), yaml::Value::ofString(type.id));
    if (auto skeleton = yaml::fromJson(type.skeleton))
        for (auto& entry : skeleton->entries)
            if (entry.first.text != "name" && entry.first.text != "type")
                entries.push_back(std::move(entry));
    return yaml::Value::mapping(std::move(entries));
}

Result<Command> insertSteps(const SceneValue& scene, const yaml::Forest& forest,
                            const StepPlace& place, std::vector<yaml::Value> steps,
                            std::string label) {
    if (steps.empty())
        return fail(ErrorCode::InvalidArgument, "There is no step to insert.");
    if (!accepts(scene, place.container, format::NodeKind::Step))
        return fail(ErrorCode::Refused, "Steps cannot stand there; choose a step or a branch.");
    PE_TRY_ASSIGN(const ListPlace list, listPlaceOf(scene, forest, place.container));
    if (!isList(forest, list.parent))
        return labelled(filled(list, std::move(steps)), std::move(label));
    std::vector<Command> commands;
    // Each goes to the same place, so the last comes first.
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
        commands.push_back(
            {document::Insert{list.parent, place.after, {}, std::move(*step)}, {}, 0});
    return batch(std::move(commands), std::move(label));
}

Result<Command> insertText(const SceneValue& scene, const yaml::Forest& forest,
                           const StepPlace& place, std::string text, std::string label) {
    if (!accepts(scene, place.container, format::NodeKind::Step))
        return fail(ErrorCode::Refused, "Steps cannot stand there; choose a step or a branch.");
    PE_TRY_ASSIGN(ListPlace list, listPlaceOf(scene, forest, place.container));
    document::InsertText insert{list.parent, place.after, std::move(text), std::move(list.path)};
    return Command{std::move(insert), std::move(label), 0};
}

Result<Command> moveSteps(const SceneValue& scene, const yaml::Forest& forest,
                          std::vector<NodeRef> steps, const StepPlace& place) {
    steps = outermost(scene, std::move(steps));
    if (steps.empty())
        return fail(ErrorCode::InvalidArgument, "There is nothing to move.");
    std::size_t cases = 0;
    for (const NodeRef ref : steps) {
        const SceneStep& step = *scene.find(ref);
        cases += isCase(step) ? 1 : 0;
        if (!accepts(scene, place.container, step.kind) ||
            (step.kind == format::NodeKind::Branch && !isCase(step)))
            return fail(ErrorCode::Refused, "It cannot stand there.");
        for (NodeRef up = place.container; up != kNoNode; up = containerOf(scene, up))
            if (up == ref)
                return fail(ErrorCode::Refused, "A step cannot be moved into itself.");
    }
    if (cases > 0)
        return moveCases(scene, forest, steps, place);
    const std::string label = counted("Move", scene, steps);
    PE_TRY_ASSIGN(const ListPlace list, listPlaceOf(scene, forest, place.container));
    std::vector<Command> commands;
    NodeRef after = place.after;
    for (const NodeRef ref : steps) {
        if (ref != after)
            commands.push_back(
                {document::Move{ref, list.parent, after, std::nullopt, list.path}, {}, 0});
        after = ref;
    }
    if (commands.empty())
        return fail(ErrorCode::Refused, "It stands there already.");
    return batch(std::move(commands), label);
}

Result<Command> shiftSteps(const SceneValue& scene, const yaml::Forest& forest,
                           std::vector<NodeRef> steps, int by) {
    steps = outermost(scene, std::move(steps));
    if (steps.empty())
        return fail(ErrorCode::InvalidArgument, "Select a step to move.");
    if (steps.size() == 1 && scene.find(steps.front())->kind == format::NodeKind::Branch)
        return shiftBranch(scene, forest, steps.front(), by);
    const std::vector<NodeRef> all = siblings(scene, steps.front());
    const auto first = std::find(all.begin(), all.end(), steps.front());
    const auto last = std::find(all.begin(), all.end(), steps.back());
    if (last == all.end() || last < first)
        return fail(ErrorCode::Refused, "Only steps of one list can be moved together.");
    StepPlace place{containerOf(scene, steps.front()), kNoNode};
    if (by < 0) {
        if (first == all.begin())
            return fail(ErrorCode::Refused, "It is the first already.");
        if (first - all.begin() >= 2)
            place.after = *(first - 2);
    } else {
        if (last + 1 == all.end())
            return fail(ErrorCode::Refused, "It is the last already.");
        place.after = *(last + 1);
    }
    return moveSteps(scene, forest, std::move(steps), place);
}

Result<Command> removeSteps(const SceneValue& scene, std::vector<NodeRef> steps) {
    steps = outermost(scene, std::move(steps));
    if (steps.empty())
        return fail(ErrorCode::InvalidArgument, "Select a step to delete.");
    std::vector<Command> commands;
    for (const NodeRef ref : steps)
        commands.push_back({document::Remove{ref}, {}, 0});
    return batch(std::move(commands), counted("Delete", scene, steps));
}

Result<Command> duplicateSteps(const SceneValue& scene, std::vector<NodeRef> steps) {
    steps = outermost(scene, std::move(steps));
    std::vector<Command> commands;
    for (const NodeRef ref : steps)
        if (scene.find(ref)->kind != format::NodeKind::Branch)
            commands.push_back({document::Duplicate{ref}, {}, 0});
    if (commands.empty())
        return fail(ErrorCode::InvalidArgument, "Select a step to duplicate.");
    return batch(std::move(commands), counted("Duplicate", scene, steps));
}

NodeRef containerOf(const SceneValue& scene, NodeRef step) {
    const SceneStep* found = scene.find(step);
    return !found || found->parent == format::kNoGraphNode ? kNoNode
                                                           : scene.steps[found->parent].ref;
}

std::vector<NodeRef> outermost(const SceneValue& scene, std::vector<NodeRef> steps) {
    std::erase_if(steps, [&](NodeRef ref) { return !scene.find(ref); });
    std::sort(steps.begin(), steps.end(),
              [&](NodeRef a, NodeRef b) { return scene.indexOf(a) < scene.indexOf(b); });
    steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
    const std::set<NodeRef> all(steps.begin(), steps.end());
    std::erase_if(steps, [&](NodeRef ref) {
        for (NodeRef up = containerOf(scene, ref); up != kNoNode; up = containerOf(scene, up))
            if (all.contains(up))
                return true;
        return false;
    });
    return steps;
}

}  // namespace pe::editor
