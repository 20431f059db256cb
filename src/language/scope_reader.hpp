// SPDX-License-Identifier: MIT
// ScopeReader: collects the names for a Place that is known already.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "context.hpp"
#include "pe/format/graph.hpp"
#include "pe/language/scope.hpp"
#include "place.hpp"

namespace pe::language {

// Of a loop itself, or of the one around it, which is all that it knows before its rounds.
enum class LoopSight { Own, Around };

class ScopeReader {
public:
    ScopeReader(const check::Subject& subject, const format::Catalogue& catalogue,
                const std::vector<PathStep>& path, std::size_t offset,
                const check::FileLookup* files)
        : subject_(subject),
          forest_(subject.forest()),
          catalogue_(catalogue),
          files_(files),
          path_(path),
          offset_(offset),
          holder_(ContextFinder(catalogue).at(path).holder) {}

    // Steps come without their results. Inputs cost a look at every reference of the file; the
    // other kinds are quick. Steps are those whose results are looked up when the step around the
    // place runs; items of loops are those of the loops around this step.
    std::vector<Name> of(NameKind kind);
    // The steps that templates see, which are filled in earlier: with the outermost loop around,
    // and by the pipeline around an inline one.
    std::vector<Name> templateSteps() { return steps(true); }
    // The variables that sources see, which are looked up when the step around the place runs.
    std::vector<Name> sourceVariables();
    // The steps that the step around the place runs: the body of a loop, a pipeline in place or in
    // a file; those of a file have no node.
    std::vector<Name> nestedSteps();
    // Of every step of the file, wherever it stands.
    std::set<std::string> allStepNames();
    // What conditions find below `loop`, or below that many times `parent` of it; empty where there
    // is no loop.
    std::vector<Name> loopNames(LoopSight sight, std::size_t parents = 0);
    // What sources find of it: the item of the innermost loop around the step.
    std::vector<Name> loopItem();

private:
    std::vector<Name> steps(bool inTemplate);
    void addStep(std::size_t node, std::vector<Name>& names);
    std::size_t beginOf(yaml::NodeRef node) const;
    bool isAround(std::size_t begin) const;
    void addLoops(std::vector<Name>& names) const;
    void addItem(const format::GraphNode& loop, std::vector<Name>& names) const;
    void addVariables(std::vector<Name>& names) const;
    bool isLocal(const format::GraphNode& setter) const;
    void addConstants(std::vector<Name>& names) const;
    void addInputs(std::vector<Name>& names) const;
    yaml::NodeRef pipelineAround() const;
    void addKeys(yaml::NodeRef mapping, NameKind kind, std::vector<Name>& names) const;
    const format::Graph& graph();

    const check::Subject& subject_;
    const yaml::Forest& forest_;
    const format::Catalogue& catalogue_;
    const check::FileLookup* files_;
    const std::vector<PathStep>& path_;
    std::size_t offset_;
    std::size_t holder_;  // where the step around the place begins
    format::Graph graph_;
    bool derived_ = false;
};

// What later steps can read of a step: the fields of its type, and what its own fields name.
std::vector<format::ResultField> resultsOf(const yaml::Forest& forest,
                                           const format::Catalogue& catalogue, yaml::NodeRef step,
                                           const check::FileLookup* files);
// The same as conditions and templates find it, which do not see hidden keys.
std::vector<format::ResultField> seenResultsOf(const yaml::Forest& forest,
                                               const format::Catalogue& catalogue, const Name& step,
                                               const check::FileLookup* files);

}  // namespace pe::language
