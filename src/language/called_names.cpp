// SPDX-License-Identifier: MIT
#include "called_names.hpp"

#include <optional>
#include <set>
#include <utility>

#include "nodes.hpp"

namespace pe::language {

std::vector<CalledName> calledNames(const yaml::Forest& forest, const NameIndex& index) {
    const auto fileOf = [&](format::GraphIndex step) {
        return textOf(forest, entryOf(forest, index.graph().nodes[step].ref, "pipeline_file"));
    };
    std::vector<CalledName> names;
    // A text behind an anchor is read once for every alias.
    std::set<std::pair<yaml::NodeRef, std::size_t>> known;
    const auto add = [&](const format::Reference& reference, std::string file) {
        if (known.emplace(reference.at, reference.begin).second)
            names.push_back({reference, std::move(file)});
    };
    for (const auto& each : index.references()) {
        if (each.chained)
            continue;
        if (each.reference.role == format::ReferenceRole::Output) {
            if (std::string file = fileOf(each.holder); !file.empty())
                add(each.reference, std::move(file));
            continue;
        }
        if (each.variable || each.target == format::kNoGraphNode ||
            !format::namesStep(each.reference.target))
            continue;
        std::string file = fileOf(each.target);
        if (file.empty())
            continue;
        if (const auto behind = format::chainedReference(forest, each.reference,
                                                         index.graph().nodes[each.target].ref))
            add(*behind, std::move(file));
    }
    return names;
}

}  // namespace pe::language
