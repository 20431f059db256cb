// SPDX-License-Identifier: MIT
// What every reference of a file means: the node it resolves to by the rules of scope.hpp (steps)
// and by the set_variable steps around (variables). The base of find-all-uses, rename and moves of
// steps between lists.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pe/format/references.hpp"

namespace pe::format {

struct ResolvedReference {
    Reference reference;
    GraphIndex holder = kNoGraphNode;
    // The step, or the set_variable step; the holder itself for functions and files; kNoGraphNode
    // where nothing of that name is there.
    GraphIndex target = kNoGraphNode;
    bool variable = false;  // it means a variable that `target` sets, not the step
    // It stands behind the name of the pipeline step around its target: `plan` of
    // `{{steps.sub.plan.text}}`, of `sub.result.plan.ok` and of `extract: plan.text`; or behind
    // that of the target itself, which answers under its name: the second `sum` of `sum.sum`.
    bool chained = false;
};

// In the order of the graph's nodes, then of the text. A name in a condition of a loop that means a
// step above it in the first round and one of the body later is there twice.
std::vector<ResolvedReference> resolvedReferences(const yaml::Forest& forest, const Graph& graph);

// The variables that the set_variable steps of a pipeline set, with their entries; not those of the
// inline pipelines in it. `pipeline`: the branch that is an inline one; kNoGraphNode: the file's
// own.
std::vector<std::pair<std::string, yaml::NodeRef>> variablesSet(const yaml::Forest& forest,
                                                                const Graph& graph,
                                                                GraphIndex pipeline = kNoGraphNode);

// After a change of names: the place of the first reference that means something else than before.
// kNoNode if all mean the same, one for one; the stream if there are more of them now, or fewer.
// Those in `renamed`, the text of a name itself, do not count.
yaml::NodeRef changedMeaning(std::vector<ResolvedReference> before,
                             std::vector<ResolvedReference> after, yaml::NodeRef renamed);

// The name behind a reference to a pipeline step, as a reference of its own: the step of that
// pipeline whose result is meant, wherever the pipeline is written. Nothing if no name follows, or
// if the step hands back something else under that name.
std::optional<Reference> chainedReference(const yaml::Forest& forest, const Reference& reference,
                                          yaml::NodeRef pipelineStep);
// Whether the engine puts the result of a step below the step's own name.
bool answersUnderItsName(const yaml::Forest& forest, yaml::NodeRef step);
// Its name again, behind a reference to such a step: the key of its result. Nothing if another name
// or none follows.
std::optional<Reference> repeatedName(const yaml::Forest& forest, const Reference& reference);
// Whether a name that stands behind another one may hold the byte; a `-` not in a condition.
bool isNameByte(char c);

}  // namespace pe::format
