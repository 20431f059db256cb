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

private:
    // The mapping whose keys are the functions, inputs or constants that a step of this node sees.
    yaml::NodeRef keysFor(TargetKind kind, format::GraphIndex node) const;
    yaml::NodeRef keyNamed(TargetKind kind, const std::string& name,
                           format::GraphIndex holder) const;
    std::optional<Target> keyDefinedBy(yaml::NodeRef entry, const std::string& key) const;
    // The entries that set a variable, in the steps of one pipeline: each has its own.
    std::vector<yaml::NodeRef> setters(const std::string& variable,
                                       format::GraphIndex pipeline) const;
    // The pipeline whose variable an entry sets.
    format::GraphIndex pipelineOf(yaml::NodeRef setter) const;

    const yaml::Forest& forest_;
    format::Graph graph_;
    std::vector<format::ResolvedReference> references_;
};

}  // namespace pe::language
