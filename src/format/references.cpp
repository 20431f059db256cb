// SPDX-License-Identifier: MIT
#include "pe/format/references.hpp"

#include <algorithm>
#include <utility>

#include "entry_references.hpp"
#include "pe/format/resolution.hpp"
#include "text_references.hpp"

namespace pe::format {
namespace {

bool isWord(std::string_view name) {
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    return !name.empty() && !isDigit(name.front()) &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return isNameByte(c) && c != '-' && static_cast<unsigned char>(c) < 0x80;
           });
}

// Conditions compute with the signs of a name, and compare by words between blanks.
bool isComputed(std::string_view name) {
    if (name.find_first_of("+-*/%()[]<>=!?,") != std::string_view::npos)
        return true;
    for (std::size_t begin = 0; begin < name.size();) {
        const std::size_t end = std::min(name.find(' ', begin), name.size());
        if (isConditionOperator(name.substr(begin, end - begin)))
            return true;
        begin = end + 1;
    }
    return false;
}

}  // namespace

bool namesStep(ReferenceTarget target) {
    return target == ReferenceTarget::Step || target == ReferenceTarget::VariableOrStep;
}

std::vector<std::string> unusualNames(const Graph& graph) {
    std::vector<std::string> names;
    for (const GraphNode& node : graph.nodes)
        if (node.kind == NodeKind::Step && isUnusualName(node.name))
            names.push_back(node.name);
    return names;
}

std::vector<Reference> referencesInText(std::string_view text, ReferenceRole role,
                                        const std::vector<std::string>& unusual) {
    std::vector<Reference> found;
    TextReferences(text, role, yaml::kNoNode, unusual, found).scan();
    return found;
}

std::vector<Reference> referencesIn(const yaml::Forest& forest, yaml::NodeRef entry) {
    std::vector<Reference> found;
    EntryReferences(forest, {}, found).scan(entry);
    return found;
}

std::vector<HeldReference> allReferences(const yaml::Forest& forest, const Graph& graph) {
    std::vector<HeldReference> held;
    std::vector<Reference> found;
    EntryReferences entries(forest, unusualNames(graph), found);
    for (GraphIndex i = 0; i < graph.nodes.size(); ++i) {
        found.clear();
        entries.scan(graph, graph.nodes[i]);
        for (Reference& each : found)
            held.push_back({std::move(each), i});
    }
    return held;
}

std::vector<HeldReference> referencesTo(const yaml::Forest& forest, const Graph& graph,
                                        GraphIndex step) {
    std::vector<HeldReference> held;
    for (ResolvedReference& each : resolvedReferences(forest, graph))
        if (namesStep(each.reference.target) && !each.variable && each.target == step &&
            each.reference.name == graph.nodes[step].name)
            held.push_back({std::move(each.reference), each.holder});
    return held;
}

// The last first, so that the places of the others stay right.
std::string withName(std::string text, std::vector<Reference> references, std::string_view name) {
    std::sort(references.begin(), references.end(),
              [](const Reference& a, const Reference& b) { return a.begin > b.begin; });
    // A text behind an anchor is read once for every alias.
    std::size_t done = std::string::npos;
    for (const Reference& each : references)
        if (each.begin != std::exchange(done, each.begin))
            text.replace(each.begin, each.end - each.begin, name);
    return text;
}

std::optional<std::string> renamed(std::string_view text, ReferenceRole role, std::string_view from,
                                   std::string_view to) {
    std::vector<Reference> found = referencesInText(text, role, {std::string(from)});
    std::erase_if(
        found, [&](const Reference& each) { return !namesStep(each.target) || each.name != from; });
    if (found.empty())
        return std::nullopt;
    return withName(std::string(text), std::move(found), to);
}

bool canReplace(const Reference& reference, std::string_view text, std::string_view name) {
    const std::size_t open = text.substr(0, reference.begin).rfind("{{");
    if (open == std::string_view::npos)
        return true;
    const std::size_t close = std::min(text.find("}}", open), text.size());
    if (close < reference.begin)
        return true;
    const std::string_view signs = namesStep(reference.target) ? "(" : "(+-*/";
    return text.substr(open, close - open).find_first_of(signs) == std::string_view::npos ||
           isWord(name);
}

bool canName(std::string_view name, ReferenceRole role) {
    if (name.empty())
        return false;
    if (role == ReferenceRole::PromptStep || role == ReferenceRole::StepName)
        return true;
    std::string text(name);
    if (role == ReferenceRole::Text || role == ReferenceRole::PipelineFile)
        text = "{{steps." + text + ".result}}";
    else if (role == ReferenceRole::Condition && isComputed(name))
        return false;
    else
        text += role == ReferenceRole::DataSource ? ":path" : ".path";
    const std::vector<Reference> found = referencesInText(text, role, {std::string(name)});
    return std::count_if(found.begin(), found.end(),
                         [&](const Reference& each) {
                             return namesStep(each.target) && each.name == name;
                         }) == 1 &&
           std::count_if(found.begin(), found.end(),
                         [](const Reference& each) { return namesStep(each.target); }) == 1;
}

}  // namespace pe::format
