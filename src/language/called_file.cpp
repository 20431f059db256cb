// SPDX-License-Identifier: MIT
#include "called_file.hpp"

#include <utility>

#include "pe/format/graph.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::language {

std::vector<Name> stepsOfFile(const std::string& path, const format::Catalogue& catalogue,
                              const check::FileLookup* files) {
    if (files == nullptr || path.empty())
        return {};
    auto text = files->meantText(path);
    if (!text)
        return {};
    const yaml::Tree tree = yaml::parse(std::move(*text));
    std::vector<Name> names;
    for (const format::GraphNode& each : format::deriveGraph(tree, catalogue).nodes)
        if (each.parent == format::kNoGraphNode && each.kind == format::NodeKind::Step &&
            !each.name.empty())
            names.push_back(
                {NameKind::Step, each.name, each.type, each.preview, {}, yaml::kNoNode});
    return names;
}

}  // namespace pe::language
