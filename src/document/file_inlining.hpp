// SPDX-License-Identifier: MIT
// FileInlining: whether the steps of a pipeline file may stand in the place of the step that runs
// it, and how the texts that hold names are written then. Borrows both forests.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/format/graph.hpp"
#include "pe/format/resolution.hpp"
#include "pe/yaml/forest.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {

using Scalars = std::map<yaml::NodeRef, yaml::Value>;

class FileInlining {
public:
    FileInlining(const yaml::Forest& outer, yaml::NodeRef step, const yaml::Forest& inner,
                 const format::Catalogue& types);

    Result<void> check() const;
    // Scalars of the outer file that name a step of the inner one.
    Result<Scalars> outerScalars() const;
    // Scalars of the inner file that read an input.
    Result<Scalars> innerScalars() const;
    // The list of the steps in the inner file; kNoNode if there is none.
    yaml::NodeRef innerList() const;

private:
    using Resolved = format::ResolvedReference;

    Result<void> onlyKeys(const yaml::Forest& forest, yaml::NodeRef mapping,
                          const std::vector<std::string>& keys) const;
    Result<void> onlyHead(yaml::NodeRef workflow) const;
    Result<void> sameFunctions() const;
    yaml::NodeRef functionsOf(const yaml::Forest& forest) const;
    Result<void> namesApart() const;
    Result<void> variablesApart() const;
    Result<void> anchorsApart() const;
    Result<void> unboundNames() const;
    Result<void> readInputs(yaml::NodeRef node, Scalars& values) const;
    Result<void> prompted(const Resolved& reference, Scalars& values) const;
    Result<std::string> unnamed(std::string text, const Resolved& reference) const;
    // Whether the step gives that result of the file on under its name.
    bool handsBack(const std::string& name) const;
    bool isInnerStepAt(const std::string& text, std::size_t at) const;
    std::size_t innerNameAt(const std::string& text, std::size_t at) const;
    tl::unexpected<Error> refusal(const yaml::Forest& forest, yaml::NodeRef at,
                                  const std::string& reason) const;

    const yaml::Forest& outer_;
    yaml::NodeRef step_;
    const yaml::Forest& inner_;
    format::Graph outerGraph_;
    format::Graph innerGraph_;
    format::GraphIndex index_ = format::kNoGraphNode;  // of the step
    std::string name_;
};

}  // namespace pe::document
