// SPDX-License-Identifier: MIT
#include "step_names.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>

#include "pe/format/graph.hpp"
#include "pe/format/references.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {
namespace {

void collect(const yaml::Forest& forest, yaml::NodeRef node, std::set<std::string>& names) {
    const bool item = yaml::isSequence(forest.style(node));
    for (const yaml::NodeRef child : forest.children(node)) {
        if (item && yaml::isMapping(forest.style(child)))
            if (const yaml::NodeRef name = yaml::child(forest, child, "name");
                name != yaml::kNoNode)
                names.insert(yaml::scalarText(forest, name));
        collect(forest, child, names);
    }
}

format::GraphIndex indexOf(const format::Graph& graph, yaml::NodeRef step) {
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        if (graph.nodes[i].ref == step)
            return static_cast<format::GraphIndex>(i);
    return format::kNoGraphNode;
}

}  // namespace

std::set<std::string> stepNames(const yaml::Forest& forest) {
    std::set<std::string> names;
    collect(forest, yaml::kStream, names);
    return names;
}

bool isStepName(const yaml::Forest& forest, yaml::NodeRef nameEntry) {
    const yaml::NodeRef step = forest.parent(nameEntry);
    if (step == yaml::kNoNode || step == yaml::kStream)
        return false;
    const yaml::NodeRef list = forest.parent(step);
    return list != yaml::kNoNode && yaml::isMapping(forest.style(step)) &&
           yaml::isSequence(forest.style(list)) && yaml::keyText(forest, nameEntry) == "name";
}

std::string uniqueName(const std::string& name, const std::set<std::string>& taken) {
    if (taken.count(name) == 0)
        return name;
    std::size_t digits = name.size();
    while (digits > 0 && std::isdigit(static_cast<unsigned char>(name[digits - 1])))
        --digits;
    const bool numbered =
        digits > 0 && digits < name.size() && name[digits - 1] == '_' && name.size() - digits < 9;
    const std::string stem = numbered ? name.substr(0, digits) : name + "_";
    int number = 1;
    if (numbered)
        std::from_chars(name.data() + digits, name.data() + name.size(), number);
    for (++number;; ++number) {
        std::string candidate = stem + std::to_string(number);
        if (taken.count(candidate) == 0)
            return candidate;
    }
}

Result<std::vector<std::pair<yaml::NodeRef, std::string>>> stepRenames(
    const yaml::Forest& forest, const format::Catalogue& types, yaml::NodeRef step,
    const std::string& name) {
    const yaml::NodeRef field =
        yaml::isMapping(forest.style(step)) ? yaml::child(forest, step, "name") : yaml::kNoNode;
    if (field == yaml::kNoNode)
        return fail(ErrorCode::InvalidArgument,
                    "This step has no name; add the field `name` first.",
                    yaml::pointerTo(forest, step));
    const std::string before = yaml::scalarText(forest, field);
    if (before == name)
        return {};
    if (name.empty())
        return fail(ErrorCode::InvalidArgument, "A step needs a name.");
    std::vector<std::pair<yaml::NodeRef, std::string>> renames{{field, name}};
    const format::Graph graph = format::deriveGraph(forest, types);
    if (std::any_of(graph.nodes.begin(), graph.nodes.end(), [&](const format::GraphNode& each) {
            return each.kind == format::NodeKind::Step && each.name == name;
        }))
        return fail(ErrorCode::Conflict,
                    "Another step is called '" + name + "'; references could not tell them apart.");
    const format::GraphIndex index = indexOf(graph, step);
    if (index == format::kNoGraphNode)
        return fail(ErrorCode::Refused,
                    "This is no step; give its field `name` another value instead.",
                    yaml::pointerTo(forest, step));
    std::map<yaml::NodeRef, std::vector<format::Reference>> byEntry;
    for (const format::HeldReference& held : format::referencesTo(forest, graph, index)) {
        const std::string text = yaml::scalarText(forest, held.reference.at);
        if (!format::canName(name, held.reference.role) ||
            !format::canReplace(held.reference, text, name))
            return fail(ErrorCode::Refused,
                        "'" + name +
                            "' cannot stand where the step is referred to: use letters, digits "
                            "and underscores.",
                        yaml::pointerTo(forest, held.reference.at));
        byEntry[held.reference.at].push_back(held.reference);
    }
    for (auto& [entry, references] : byEntry)
        renames.emplace_back(entry,
                             format::withName(yaml::scalarText(forest, entry), references, name));
    return renames;
}

}  // namespace pe::document
