// SPDX-License-Identifier: MIT
// ScopeReader: collects the names for a Place that is known already.
#pragma once

#include <string>
#include <vector>

#include "pe/format/graph.hpp"
#include "pe/language/scope.hpp"
#include "place.hpp"

namespace pe::language {

class ScopeReader {
public:
    ScopeReader(const check::Subject& subject, const format::Catalogue& catalogue,
                const std::vector<PathStep>& path, std::size_t offset)
        : subject_(subject),
          forest_(subject.forest()),
          catalogue_(catalogue),
          path_(path),
          offset_(offset) {}

    // Steps come without their results. Inputs cost a look at every reference of the file; the
    // other kinds are quick.
    std::vector<Name> of(NameKind kind);

private:
    std::vector<Name> steps();
    std::size_t beginOf(yaml::NodeRef node) const;
    bool isAround(std::size_t begin) const;
    void addLoops(std::vector<Name>& names) const;
    void addVariables(std::vector<Name>& names) const;
    void addInputs(std::vector<Name>& names) const;
    void addKeys(yaml::NodeRef mapping, NameKind kind, std::vector<Name>& names) const;
    const format::Graph& graph();

    const check::Subject& subject_;
    const yaml::Forest& forest_;
    const format::Catalogue& catalogue_;
    const std::vector<PathStep>& path_;
    std::size_t offset_;
    format::Graph graph_;
    bool derived_ = false;
};

// What later steps can read of a step: the fields of its type, and what its own fields name.
std::vector<format::ResultField> resultsOf(const yaml::Forest& forest,
                                           const format::Catalogue& catalogue, yaml::NodeRef step);

}  // namespace pe::language
