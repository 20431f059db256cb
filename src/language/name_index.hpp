// SPDX-License-Identifier: MIT
// NameIndex: what every name of a file means, worked out once for several questions about one text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pe/format/graph.hpp"
#include "pe/format/resolution.hpp"
#include "pe/language/uses.hpp"

namespace pe::language {

class NameIndex {
public:
    NameIndex(const yaml::Forest& forest, const format::Catalogue& catalogue);

    const format::Graph& graph() const { return graph_; }
    const std::vector<format::ResolvedReference>& references() const { return references_; }

    // `at` stays empty.
    std::optional<Target> targetOf(const format::ResolvedReference& reference) const;
    std::optional<Target> targetDefinedBy(yaml::NodeRef entry) const;
    bool means(const format::ResolvedReference& reference, const Target& target) const;
    // The entries whose key, or for a step whose value, is the name.
    std::vector<yaml::NodeRef> definitions(const Target& target) const;

    // The `gemini_functions` entry that a step of this node looks in.
    yaml::NodeRef functionsFor(format::GraphIndex node) const;
    yaml::NodeRef function(const std::string& name, format::GraphIndex holder) const;

private:
    std::optional<yaml::NodeRef> setter(const std::string& variable) const;

    const yaml::Forest& forest_;
    format::Graph graph_;
    std::vector<format::ResolvedReference> references_;
};

}  // namespace pe::language
