// SPDX-License-Identifier: MIT
// Whether steps may move into a pipeline of their own, or out of it: what every name would mean.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/format/graph.hpp"
#include "pe/format/resolution.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::document {

class ExtractionCheck {
public:
    // `types`: the step types that count, a team's among them.
    ExtractionCheck(const yaml::Forest& forest, const format::Catalogue& types);

    Result<void> extraction(const std::vector<yaml::NodeRef>& steps, const std::string& name) const;
    Result<void> inlining(yaml::NodeRef step) const;
    // The engine runs pipeline steps in pipelines only, not in loops and other lists.
    Result<void> mayNest(yaml::NodeRef list) const;

    // The list of steps inside an inline pipeline; kNoNode if the step has none.
    yaml::NodeRef innerSteps(yaml::NodeRef step) const;

private:
    Result<void> oneRun(const std::vector<yaml::NodeRef>& steps) const;
    Result<void> nothingHangsBelow(yaml::NodeRef list, yaml::NodeRef last) const;
    Result<void> nothingCrosses(const std::vector<bool>& inside) const;
    // Why a reference may not cross the border of the steps; nothing if it may.
    std::optional<std::string> complaintAbout(const format::ResolvedReference& reference,
                                              const std::vector<bool>& inside) const;
    Result<void> onlyPipeline(yaml::NodeRef step) const;
    Result<void> onlyKeys(yaml::NodeRef mapping, const std::vector<std::string>& keys) const;
    Result<void> sameMeaningOutside(yaml::NodeRef step) const;
    Result<void> variablesApart(yaml::NodeRef step) const;
    std::vector<bool> insideOf(const std::vector<yaml::NodeRef>& steps) const;
    format::GraphIndex indexOf(yaml::NodeRef node) const;
    tl::unexpected<Error> refusal(yaml::NodeRef at, const std::string& reason) const;

    const yaml::Forest& forest_;
    format::Graph graph_;
    std::vector<format::ResolvedReference> references_;
};

}  // namespace pe::document
