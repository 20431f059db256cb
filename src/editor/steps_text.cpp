// SPDX-License-Identifier: MIT
#include "steps_text.hpp"

#include <algorithm>
#include <set>

#include "pasted_anchors.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::editor {

namespace {

using yaml::NodeRef;

constexpr const char* kNoSteps =
    "The clipboard holds no steps: copy a step, a list of steps or a pipeline.";

void renameUnique(yaml::Value& step, std::set<std::string>& taken) {
    if (step.kind != yaml::Value::Kind::Mapping)
        return;
    for (auto& [key, value] : step.entries)
        if (key.isString() && key.text == "name" && value.isString())
            value.text = uniqueName(value.text, taken);
}

// Every line but the empty ones; the first that is no comment begins with `first` instead.
std::string indented(const std::string& text, std::string_view first, std::size_t blanks) {
    std::string result;
    bool begun = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line(text.data() + at, end - at);
        const std::size_t content = line.find_first_not_of(" \t\r");
        if (content != std::string_view::npos) {
            const bool opens = !begun && line[content] != '#';
            begun = begun || opens;
            if (opens)
                result += first;
            else
                result.append(begun ? blanks : std::min(blanks, first.size()), ' ');
        }
        result.append(line).append("\n");
        at = end + 1;
    }
    return result;
}

// Stands for what aliases of a text mean elsewhere.
std::string placeholders(const std::vector<std::string>& anchors) {
    std::string line = "  anchors: [";
    for (const std::string& name : anchors)
        line += "&" + name + " 0, ";
    return anchors.empty() ? std::string() : line + "0]\n";
}

// A pipeline around what the text holds; empty if it holds no steps.
std::string asPipeline(const std::string& text, const std::vector<std::string>& anchors) {
    const yaml::Tree tree = yaml::parse(text);
    const NodeRef root = yaml::rootDocument(tree);
    if (root == yaml::kNoNode)
        return {};
    const auto has = [&](const char* key) { return yaml::child(tree, root, key) != yaml::kNoNode; };
    const std::string head = "workflow:\n  name: pasted\n" + placeholders(anchors) + "  steps:\n";
    if (yaml::isSequence(tree.style(root)))
        return head + indented(text, "    ", 4);
    if (!yaml::isMapping(tree.style(root)))
        return {};
    if (has("workflow"))
        return text;
    if (has("steps") && !has("type"))
        return "workflow:\n" + placeholders(anchors) + indented(text, "  ", 2);
    if (has("name") || has("type"))
        return head + indented(text, "    - ", 6);
    return {};
}

}  // namespace

std::string stepsAsYaml(const SceneValue& scene, const document::Document& document,
                        std::vector<NodeRef> steps) {
    std::string result;
    for (const NodeRef ref : outermost(scene, std::move(steps))) {
        const yaml::Lexeme lexeme = document.forest().lexeme(ref);
        if (lexeme.key != "-") {
            const yaml::Span span = document.valueSpan(ref);
            result += "- " + document.text().substr(span.begin, span.end - span.begin) + "\n";
            continue;
        }
        const yaml::Span span = document.entrySpan(ref);
        const std::string text = document.text().substr(span.begin, span.end - span.begin);
        const auto indent = static_cast<std::size_t>(std::max(lexeme.column, 0));
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size() - 1);
            const std::size_t blanks = text.find_first_not_of(' ', at) - at;
            at += std::min({blanks, indent, end - at});
            result.append(text, at, end + 1 - at);
            at = end + 1;
        }
        if (!result.empty() && result.back() != '\n')
            result += '\n';
    }
    return result;
}

Result<std::vector<yaml::Value>> stepsFromYaml(const std::string& text, const SceneValue& scene) {
    const yaml::Tree tree = yaml::parse(text);
    PE_TRY_ASSIGN(yaml::Value value, yaml::loadValue(tree));
    const auto notSteps = [] { return fail(ErrorCode::InvalidArgument, kNoSteps); };
    for (const char* key : {"workflow", "steps"})
        if (const yaml::Value* inner = value.find(key); inner && !value.find("type"))
            value = yaml::Value(*inner);
    std::vector<yaml::Value> steps;
    if (value.kind == yaml::Value::Kind::Sequence)
        steps = std::move(value.items);
    else
        steps.push_back(std::move(value));
    std::set<std::string> taken = stepNames(scene);
    for (yaml::Value& step : steps) {
        if (!step.find("name") && !step.find("type"))
            return notSteps();
        renameUnique(step, taken);
    }
    return steps;
}

Result<PastedSteps> stepsForPasting(const std::string& text, const SceneValue& scene,
                                    const std::set<std::string>& anchors,
                                    const format::Catalogue& catalogue, Clock& clock) {
    PE_TRY_ASSIGN(const AnchoredText freed, withFreeAnchors(text, anchors));
    const std::string pipeline = asPipeline(freed.text, freed.outside);
    const auto document = document::Document::open(1, pipeline, clock);
    document->setStepTypes(catalogue);
    if (pipeline.empty() || document->hasDraft())
        return fail(ErrorCode::InvalidArgument, kNoSteps);
    const auto pasted = buildScene(*document, catalogue, [](NodeRef) { return false; });
    std::vector<NodeRef> outer;
    document::Batch renames;
    std::set<std::string> taken = stepNames(scene);
    for (const SceneStep& step : pasted->steps) {
        if (step.parent == format::kNoGraphNode)
            outer.push_back(step.ref);
        if (step.kind != format::NodeKind::Step || step.name.empty())
            continue;
        if (std::string free = uniqueName(step.name, taken); free != step.name)
            renames.commands.push_back({document::RenameStep{step.ref, std::move(free)}, {}, 0});
    }
    if (outer.empty())
        return fail(ErrorCode::InvalidArgument, kNoSteps);
    if (!renames.commands.empty())
        PE_TRY(document->execute({std::move(renames), {}, 0}));
    return PastedSteps{stepsAsYaml(*pasted, *document, outer), freed.anchored};
}

Result<document::TextPatch> patchForPasting(const document::Document& document,
                                            const SceneValue& scene, const StepPlace& place,
                                            const std::string& items) {
    const auto siblings = scene.childrenOf(scene.indexOf(place.container));
    const yaml::Forest& forest = document.forest();
    if (siblings.empty() || forest.key(scene.steps[siblings.front()].ref) != "-")
        return fail(ErrorCode::Refused,
                    "These steps use anchors, which can only go into a list of lines that has a "
                    "step; paste them into the text.");
    const NodeRef beside =
        place.after == yaml::kNoNode ? scene.steps[siblings.front()].ref : place.after;
    const yaml::Span span = document.entrySpan(beside);
    const std::string& text = document.text();
    const std::size_t line = text.rfind('\n', document.valueSpan(beside).begin) + 1;
    const std::string blanks(text.find('-', line) - line, ' ');
    document::TextPatch patch;
    patch.offset = place.after == yaml::kNoNode ? span.begin : span.end;
    const std::string lineBreak = text.find("\r\n") == std::string::npos ? "\n" : "\r\n";
    if (patch.offset > 0 && text[patch.offset - 1] != '\n')
        patch.inserted = lineBreak;
    for (std::size_t at = 0; at < items.size();) {
        const std::size_t end = std::min(items.find('\n', at), items.size());
        patch.inserted += (end > at ? blanks : "") + items.substr(at, end - at) + lineBreak;
        at = end + 1;
    }
    std::string after = text;
    if (!yaml::parse(after.insert(patch.offset, patch.inserted)).editable())
        return fail(ErrorCode::Refused,
                    "These steps use anchors that the file does not have above this place.");
    return patch;
}

}  // namespace pe::editor
