// SPDX-License-Identifier: MIT
#include "pe/language/refactoring.hpp"

#include <string>

#include "nodes.hpp"
#include "pe/yaml/edit.hpp"

namespace pe::language {

std::vector<check::Fix> refactoringsAt(const check::Subject& subject, std::size_t offset) {
    const yaml::Forest& forest = subject.forest();
    const yaml::NodeRef node = nodeAt(subject, offset);
    if (node == yaml::kStream || forest.style(node) != yaml::Style::Alias ||
        !yaml::copyAlias(forest, node))
        return {};
    const std::string title =
        "Replace `" + std::string(forest.lexeme(node).raw) + "` by a copy of the value";
    return {{title, false, document::Command{document::CopyAlias{node}, title, 0}}};
}

}  // namespace pe::language
