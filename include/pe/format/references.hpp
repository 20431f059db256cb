// SPDX-License-Identifier: MIT
// References: the places of a pipeline that name a step, a variable, a function or a file. Pure
// functions; rename-step, diagnostics and the graph build on them.
//
// Which texts are read how (the role) follows from the field:
//   prompt[].step of previous_response   PromptStep    the whole text is a step's name
//   condition, break_condition,          Condition     paths `STEP.key`, `steps.STEP.key`, and
//   templates;
//     continue_condition, expression                   and/or/not mappings and lists are walked
//     through
//   data_source, input_source,           DataSource    `previous_response:STEP[:path]`,
//                                                      `context:results.STEP[.path]`,
//   `STEP:path`,
//     right_source                                     `NAME`, `steps.STEP.path`, and templates
//   outputs[] and outputs[].path         Output        a step of the nested pipeline, then `.path`
//   functions[]                          Function      a key of gemini_functions
//   pipeline_file                        PipelineFile  a path, and templates
//   every other text of a step           Text          templates only
// In a step of a team's type (step_folder.hpp) the kinds of its own fields count as well, at any
// depth: `step_reference` gives StepName (the whole text is a step's name), `condition` Condition,
// `prompt` parts as in a prompt.
// In a template `{{...}}`: `steps.NAME`, `previous_response:NAME` and `NAME.path` name steps;
// `state.NAME` and a bare `NAME` a variable; `inputs.NAME` and `global_vars.NAME` what they say;
// `loop.`, `workflow.` and the other scopes of the guides nothing. Function names are never
// references, and neither are words in quotes, but templates in the quotes of a condition are: the
// engine fills them in first. The engine splits paths at dots only (data sources at colons), so
// names with blanks and the like are references as well, where a step has such a name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pe/format/graph.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::format {

enum class ReferenceRole : std::uint8_t {
    Text,
    PromptStep,
    StepName,
    Condition,
    DataSource,
    Output,
    Function,
    PipelineFile,
};

enum class ReferenceTarget : std::uint8_t {
    Step,
    VariableOrStep,  // `NAME` of a data source: the engine looks at variables first
    Variable,
    Input,
    Constant,  // global_vars
    Function,
    File,
};

struct Reference {
    ReferenceRole role = ReferenceRole::Text;
    ReferenceTarget target = ReferenceTarget::Step;
    EdgeKind kind = EdgeKind::Template;  // of the edge that it gives
    yaml::NodeRef at = yaml::kNoNode;    // the entry whose text holds it
    std::size_t begin = 0;               // bytes of the name in the decoded text
    std::size_t end = 0;
    std::string name;
    // Written `steps.NAME` or the like, or in a template, which is filled in before a loop runs: it
    // never means the item of a loop.
    bool scoped = false;
};

bool namesStep(ReferenceTarget target);

// Those of the names that are more than one word for a scanner: with blanks, dots, quotes.
std::vector<std::string> unusualNames(const Graph& graph);

// The references in one decoded text; `at` is kNoNode. `unusual`: see above.
std::vector<Reference> referencesInText(std::string_view text, ReferenceRole role,
                                        const std::vector<std::string>& unusual = {});

// The references that an entry itself holds: a step, a task, or a branch; by keys alone. Those of
// nested steps and tasks belong to these. In the order of the text.
std::vector<Reference> referencesIn(const yaml::Forest& forest, yaml::NodeRef entry);

// A reference and the node that holds it.
struct HeldReference {
    Reference reference;
    GraphIndex holder = kNoGraphNode;
};

std::vector<HeldReference> allReferences(const yaml::Forest& forest, const Graph& graph);

// All references of the file that resolve to `step` by the rules of scope.hpp: what a rename must
// change.
std::vector<HeldReference> referencesTo(const yaml::Forest& forest, const Graph& graph,
                                        GraphIndex step);

// The text with another name in the places of the references, which are in it.
std::string withName(std::string text, std::vector<Reference> references, std::string_view name);

// The text with every reference to the step `from` renamed to `to`; nothing if it holds none. Other
// words equal to the name, quoted texts and variables stay.
std::optional<std::string> renamed(std::string_view text, ReferenceRole role, std::string_view from,
                                   std::string_view to);

// Whether a step of this name can be referred to from such a text: not with blanks or dots in a
// template, not with signs or operators in a condition (the engine computes there).
bool canName(std::string_view name, ReferenceRole role);
// Whether another name can be written for a reference in `text`: only a word where a template
// calls a function or computes.
bool canReplace(const Reference& reference, std::string_view text, std::string_view name);

}  // namespace pe::format
