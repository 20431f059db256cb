// SPDX-License-Identifier: MIT
// ReferenceResolver: from a reference to the node it means. Steps by the rules of scope.hpp;
// variables to the set_variable step that sets them (the last one above, else the first); names of
// an enclosing loop's item to nothing, as the loop around is no other step.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "entry_references.hpp"
#include "pe/format/references.hpp"
#include "pe/format/scope.hpp"

namespace pe::format {

class ReferenceResolver {
public:
    ReferenceResolver(const yaml::Forest& forest, const Graph& graph);
    std::optional<GraphIndex> resolve(const Reference& reference, GraphIndex holder) const;
    // The step of a loop's body that a condition of the loop means, too: from the second round on,
    // and in what is asked behind a round.
    std::optional<GraphIndex> alsoInBody(const Reference& reference, GraphIndex holder) const;
    // A step of the inline pipeline of a step.
    std::optional<GraphIndex> stepOfPipeline(std::string_view name, GraphIndex step) const;

private:
    void readLoop(GraphIndex index);
    void readVariables(GraphIndex index);
    GraphIndex bodyOf(GraphIndex loop) const;
    bool isLoopItem(std::string_view name, GraphIndex holder) const;
    std::optional<GraphIndex> variable(const Reference& reference, GraphIndex holder) const;
    std::optional<GraphIndex> step(std::string_view name, GraphIndex holder) const;

    const yaml::Forest& forest_;
    const Graph& graph_;
    Anchors anchors_;
    StepScope scope_;
    std::unordered_map<GraphIndex, std::string> iterators_;
    std::unordered_map<GraphIndex, GraphIndex> pipelines_;  // step -> its inline pipeline
    std::unordered_map<GraphIndex, GraphIndex> shared_;     // loop -> the loop whose body it runs
    std::map<std::string, std::vector<GraphIndex>, std::less<>> setters_;
};

}  // namespace pe::format
