// SPDX-License-Identifier: MIT
#include "edge_commands.hpp"

#include <set>

#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"

namespace pe::editor {

namespace {

using document::Command;
using format::FieldKind;
using format::FieldSpec;
using yaml::kNoNode;
using yaml::NodeRef;
using yaml::Value;

// Fields that say where data comes from, in the form `previous_response:STEP`.
const std::set<std::string, std::less<>> kSourceFields{"data_source", "input_source"};

std::string named(const SceneStep& step) {
    return "\"" + shownName(step) + "\"";
}

bool isInside(const SceneValue& scene, const SceneStep& step, const SceneStep& container) {
    for (const SceneStep* at = &step; at->parent != format::kNoGraphNode;) {
        at = &scene.steps[at->parent];
        if (at == &container)
            return true;
    }
    return false;
}

const std::vector<FieldSpec>* fieldsOf(const SceneStep& step) {
    if (!step.style)
        return nullptr;
    if (step.kind == format::NodeKind::Step)
        return &step.style->fields;
    for (const FieldSpec& field : step.style->fields)
        if (step.kind == format::NodeKind::Task && field.kind == FieldKind::TaskList)
            return &field.fields;
    return nullptr;
}

Value partFor(const SceneStep& from) {
    std::vector<std::pair<Value, Value>> entries;
    entries.emplace_back(Value::ofString("type"), Value::ofString("previous_response"));
    entries.emplace_back(Value::ofString("step"), Value::ofString(from.name));
    return Value::mapping(std::move(entries));
}

Command intoPrompt(const yaml::Forest& forest, const std::string& key, const SceneStep& from,
                   const SceneStep& to) {
    const NodeRef prompt = yaml::child(forest, to.ref, key);
    if (prompt != kNoNode && yaml::isSequence(forest.style(prompt))) {
        const auto parts = forest.children(prompt);
        const NodeRef last = parts.empty() ? kNoNode : parts.back();
        return {document::Insert{prompt, last, {}, partFor(from)}, {}, 0};
    }
    return {document::SetField{to.ref, key, Value::sequence({partFor(from)})}, {}, 0};
}

Result<void> mayConnect(const SceneValue& scene, const SceneStep* from, const SceneStep* to) {
    if (!from || !to || from == to)
        return fail(ErrorCode::InvalidArgument, "Draw from one step to another.");
    if (from->kind != format::NodeKind::Step || from->name.empty())
        return fail(ErrorCode::Refused,
                    "Only the answer of a step with a name can be used by others; name it first.");
    if (isInside(scene, *to, *from))
        return fail(ErrorCode::Refused, named(*to) + " runs inside " + named(*from) +
                                            ", which has no answer yet at that time.");
    if (from > to || isInside(scene, *from, *to))
        return fail(ErrorCode::Refused,
                    named(*to) + " does not run after " + named(*from) + ". Move it below first.");
    return {};
}

}  // namespace

Result<std::vector<EdgeChoice>> edgeChoices(const SceneValue& scene, const yaml::Forest& forest,
                                            NodeRef fromRef, NodeRef toRef) {
    const SceneStep* from = scene.find(fromRef);
    const SceneStep* to = scene.find(toRef);
    PE_TRY(mayConnect(scene, from, to));
    std::vector<EdgeChoice> choices;
    const auto* fields = fieldsOf(*to);
    for (const FieldSpec& field : fields ? *fields : std::vector<FieldSpec>{}) {
        Command command;
        if (field.kind == FieldKind::Prompt)
            command = intoPrompt(forest, field.key, *from, *to);
        else if (kSourceFields.contains(field.key))
            command.what = document::SetField{to->ref, field.key,
                                              Value::ofString("previous_response:" + from->name)};
        else
            continue;
        command.label = "Connect " + from->name + " to " + shownName(*to);
        const auto place = field.kind == FieldKind::Prompt ? choices.begin() : choices.end();
        choices.insert(place, {field.title, std::move(command)});
    }
    if (choices.empty())
        return fail(ErrorCode::Refused, "A step of the type " + shownType(*to) +
                                            " has no field that takes the answer of another step.");
    return choices;
}

Result<Command> removeEdge(const SceneValue& scene, const yaml::Forest& forest,
                           const SceneEdge& edge) {
    const SceneStep& to = scene.steps[edge.to];
    const std::string label =
        "Disconnect " + shownName(scene.steps[edge.from]) + " from " + shownName(to);
    const NodeRef holder = forest.parent(edge.at);
    switch (edge.kind) {
        case format::EdgeKind::PreviousResponse:
            // The part of the prompt around its `step`.
            return Command{document::Remove{holder}, label, 0};
        case format::EdgeKind::Function:
            return Command{document::Remove{edge.at}, label, 0};
        case format::EdgeKind::Condition:
            if (holder == to.ref)
                return Command{document::Remove{edge.at}, label, 0};
            break;
        case format::EdgeKind::Sequence:
            return fail(ErrorCode::Refused,
                        "The order of the steps is the order in the file; move a step instead.");
        default:
            break;
    }
    return fail(ErrorCode::Refused,
                "This reference is part of a longer text or of a field that must be there; change "
                "it in the text.");
}

}  // namespace pe::editor
