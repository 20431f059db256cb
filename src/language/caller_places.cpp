// SPDX-License-Identifier: MIT
#include "caller_places.hpp"

#include <filesystem>
#include <set>

#include "called_names.hpp"
#include "pe/format/graph.hpp"
#include "pe/language/callers.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::language {
namespace {

// Whether a path written in the file `from` means `to`. The engine starts at the folder it runs in,
// which is not known here: the folder of the file and every folder above `to` are tried.
bool leadsTo(const std::string& path, const std::string& from, const std::string& to) {
    if (path.empty() || path.find("{{") != std::string::npos)
        return false;
    const auto target = std::filesystem::path(to).lexically_normal();
    const auto written = std::filesystem::path(path).lexically_normal();
    const auto beside = (std::filesystem::path(from).parent_path() / written).lexically_normal();
    const std::string tail = "/" + written.generic_string();
    return beside == target || written == target || target.generic_string().ends_with(tail);
}

// The names of the steps that the pipeline of a text hands back.
std::set<std::string> stepsOf(const std::string& text, const format::Catalogue& catalogue) {
    std::set<std::string> names;
    const yaml::Tree tree = yaml::parse(text);
    for (const format::GraphNode& each : format::deriveGraph(tree, catalogue).nodes)
        if (each.kind == format::NodeKind::Step && each.parent == format::kNoGraphNode)
            names.insert(each.name);
    return names;
}

}  // namespace

CallerPlaces placesInCaller(const yaml::Forest& forest, const NameIndex& index,
                            const std::string& caller, const std::string& called) {
    CallerPlaces places;
    for (CalledName& each : calledNames(forest, index))
        if (leadsTo(each.file, caller, called))
            places[each.reference.at].push_back(std::move(each.reference));
    return places;
}

Result<void> callersKeepTheirSteps(const StepsTakenAway& change,
                                   const format::Catalogue& catalogue) {
    std::set<std::string> gone = stepsOf(change.before, catalogue);
    for (const std::string& each : stepsOf(change.after, catalogue))
        gone.erase(each);
    if (gone.empty())
        return {};
    const std::string file = std::filesystem::path(change.path).filename().string();
    std::string refusals;
    for (const auto& [path, text] : change.others) {
        if (text.find(file) == std::string::npos)
            continue;  // runs other files only
        const yaml::Tree tree = yaml::parse(text);
        const NameIndex index(tree, catalogue);
        const yaml::LineIndex lines(text);
        std::set<std::pair<std::size_t, std::string>> named;  // by line
        for (const auto& [at, references] : placesInCaller(tree, index, path, change.path))
            for (const format::Reference& each : references)
                if (gone.count(each.name) != 0)
                    named.emplace(lines.position(tree.valueSpan(at).begin).line, each.name);
        for (const auto& [line, name] : named)
            refusals.append(refusals.empty() ? "" : "\n")
                .append(path)
                .append(", line ")
                .append(std::to_string(line))
                .append(": '")
                .append(name)
                .append(
                    "' is asked for here and would be no step of this pipeline any more; keep "
                    "it in its list, or change that line first.");
    }
    if (refusals.empty())
        return {};
    return fail(ErrorCode::Refused, refusals);
}

}  // namespace pe::language
