// SPDX-License-Identifier: MIT
// PipelineNames: the names that a place of the pipeline can use beside steps: variables that
// set_variable gives, items of loops, constants of the workflow. Built once for each check; borrows
// the graph and the texts of the forest.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "nearest.hpp"
#include "pe/format/graph.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::check {

enum class VariableSight : std::uint8_t {
    Set,
    Together,    // set by the same step, whose texts are filled in before
    Later,       // set by a later step only
    InLoop,      // set inside a loop, for the steps of the same round that nothing expands
    InPipeline,  // set inside a nested pipeline, whose templates are erased before it runs
    Unknown,
};

// What becomes of a value in a text: a mapping ends the run, the items of a list run together, what
// is not there is empty. Templates compute with whole numbers; a flag is true or false.
// Templated: a text with a template in it, which inside a nested pipeline may become anything.
// List: may become text; Unwritable: a list of more than texts and characters, which ends the run.
enum class ValueShape : std::uint8_t {
    Other,
    Absent,
    Text,
    Templated,
    Flag,
    Whole,
    Fraction,
    Mapping,
    List,
    Unwritable,
};

ValueShape shapeAt(const yaml::Forest& forest, yaml::NodeRef entry);
// Any where that is decided when run.
format::ResultKind kindOf(ValueShape shape);
// The part of a value at a path of keys; kNoNode if it is not there, nothing if only the run
// decides.
std::optional<yaml::NodeRef> partAt(const yaml::Forest& forest, yaml::NodeRef entry,
                                    std::string_view path);

class PipelineNames {
public:
    PipelineNames(const yaml::Forest& forest, const format::Graph& graph);

    // For templates.
    VariableSight variable(std::string_view name, format::GraphIndex from) const;
    // For what is looked up when the step runs: an earlier step of the same pipeline, or of the
    // same round of a loop, sets it.
    bool isSetBefore(std::string_view name, format::GraphIndex from) const;
    // Those that do.
    std::vector<format::GraphIndex> settersBefore(std::string_view name,
                                                  format::GraphIndex from) const;
    // Of the variable, or of its part at a path of keys. Other as well if several steps set it, to
    // values of several shapes, and if that is decided when run.
    ValueShape shapeOf(std::string_view variable, std::string_view path = {}) const;
    // The entry with its value; kNoNode if several steps set it.
    yaml::NodeRef onlyEntry(std::string_view variable) const;
    // The text that it is; nothing if several steps set it to several.
    std::optional<std::string> textIn(std::string_view variable, std::string_view path = {}) const;
    // In the order of the file; equal ones may be there twice.
    const std::vector<std::string>& variables() const { return variables_; }
    // `name` is the iterator of a for_loop around the step.
    bool isLoopItem(std::string_view name, format::GraphIndex from) const;
    // How many `parent` lead from the loop around the step to the one whose item is called so;
    // nothing if none does: a while_loop keeps nothing of the loops around it.
    std::optional<std::size_t> loopsTo(std::string_view item, format::GraphIndex from) const;
    // Where the round of the loop around the step has that item: `item`, `parent.item`.
    std::optional<std::string> roundPath(std::string_view item, format::GraphIndex from) const;
    // `loop.parent` is there for the step: a for_loop is around it, and a loop around that.
    bool hasParentLoop(format::GraphIndex from) const;
    // Of all steps, each once; made when it is asked for.
    const NearNames& steps() const;
    // Those whose names are split where they are used: they hold a dot or a colon.
    const std::vector<format::GraphIndex>& splitSteps() const { return splitSteps_; }
    // The keys of workflow.global_vars; nothing if there is no such mapping.
    const std::optional<std::vector<std::string>>& constants() const { return constants_; }
    ValueShape constantShape(std::string_view constant) const;

private:
    struct Setter {
        format::GraphIndex step = format::kNoGraphNode;
        VariableSight sight = VariableSight::Set;  // Set: from this step on
        yaml::NodeRef entry = yaml::kNoNode;
    };
    bool setsBefore(const Setter& setter, format::GraphIndex from) const;
    ValueShape agreedShape(std::string_view variable, std::string_view path) const;
    // The same for every setter, or `other`.
    template <class Read, class Answer>
    Answer agreed(std::string_view variable, Answer other, Read read) const;
    void readSetter(const yaml::Forest& forest, format::GraphIndex index);

    const yaml::Forest& forest_;
    const format::Graph& graph_;
    std::vector<std::string> variables_;
    std::unordered_map<std::string, std::vector<Setter>> setters_;
    std::unordered_map<format::GraphIndex, std::string> iterators_;
    std::optional<std::vector<std::string>> constants_;
    std::vector<ValueShape> constantShapes_;  // in the same order
    std::vector<format::GraphIndex> splitSteps_;
    mutable std::optional<NearNames> steps_;
    mutable std::unordered_map<std::string, ValueShape> shapes_;  // by variable and path
};

}  // namespace pe::check
