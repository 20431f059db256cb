// SPDX-License-Identifier: MIT
// Rule: a function that looks at one step, or at the pipeline as a whole, and reports. A step rule
// may read its own step, the steps that it names or stands in, the names around it (StepScope) and
// the workflow's header only, so that it need not run again when others change. A pipeline rule
// runs after every change: it must be fast. Each file rules_*.cpp holds the rules of one noun and
// hands them out in one RuleSet.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pe/check/checker.hpp"
#include "pe/check/rules.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/format/graph.hpp"
#include "pe/format/scope.hpp"
#include "pe/yaml/forest.hpp"
#include "pipeline_names.hpp"

namespace pe::check {

class PipelineFiles;

// What every rule may read.
struct PipelineContext {
    const Subject& subject;
    const yaml::Forest& forest;  // as subject.forest(), and faster
    const format::Catalogue& catalogue;
    const format::Graph& graph;
    const format::StepScope& scope;
    const PipelineNames& names;         // variables, loop items, constants
    const FileLookup* files = nullptr;  // null: nothing is known about files
    yaml::NodeRef workflow = yaml::kNoNode;
    const loader::Verdicts* verdicts = nullptr;  // of the engine on the text; null: not known
    const loader::PartOpinion* parts = nullptr;  // of what it read and refused; null: not known
    PipelineFiles* called = nullptr;             // what steps run that stands in other files
};

// A text of a step in which the engine expands templates.
struct StepText {
    yaml::NodeRef node = yaml::kNoNode;
    std::string field;        // the key of the step below which it stands
    std::string key;          // the nearest key; empty in a list
    std::string text;         // decoded
    bool quotesText = false;  // content of a prompt: may show templates to the model on purpose
    bool condition = false;   // below a condition of whatever key
};

struct StepContext {
    const PipelineContext& pipeline;
    format::GraphIndex index = format::kNoGraphNode;  // of a Step or Task in the graph
    yaml::NodeRef step = yaml::kNoNode;               // its mapping
    std::string_view type;                            // as written; of a Task "task"
    const format::StepType* spec = nullptr;           // null: unknown type
    bool topLevel = false;
    std::vector<StepText> templated = {};  // those of its texts that hold `{{` or `${`
};

// Where findings go. A rule names a place and the reporter finds the bytes.
class Reporter {
public:
    virtual ~Reporter() = default;
    // On the value of an entry, on its key, on a part of a decoded scalar (bytes of the decoded
    // text), or on bytes of the shown text.
    virtual Diagnostic& onValue(std::string_view code, yaml::NodeRef node, std::string message) = 0;
    virtual Diagnostic& onKey(std::string_view code, yaml::NodeRef node, std::string message) = 0;
    virtual Diagnostic& onPart(std::string_view code, yaml::NodeRef node, std::size_t begin,
                               std::size_t end, std::string message) = 0;
    virtual Diagnostic& onBytes(std::string_view code, std::size_t begin, std::size_t end,
                                std::string message) = 0;
};

struct RuleSet {
    std::span<const RuleInfo> infos;
    std::vector<void (*)(const StepContext&, Reporter&)> stepRules;
    std::vector<void (*)(const PipelineContext&, Reporter&)> pipelineRules;
};

// One function for each file of rules, collected in rule_sets.cpp.
const RuleSet& loaderRules();  // rules_loader.cpp: what the loader refuses, as diagnostics
const RuleSet& yamlRules();    // rules_yaml.cpp: traps of the YAML that the engine takes silently
const RuleSet& fieldRules();   // rules_field.cpp: unknown, misplaced, wrong kind, bounds, enums
const RuleSet& nameRules();    // rules_name.cpp: step names and types
const RuleSet& schemaRules();  // rules_schema.cpp: JSON Schema blocks
const RuleSet& effectRules();  // rules_effect.cpp: what the runtime ignores, erases, overrides
const RuleSet& referenceRules();  // rules_reference.cpp: missing, later, self, inner, skipped steps
const RuleSet& conditionRules();  // rules_condition.cpp: the grammar of conditions
const RuleSet& templateRules();   // rules_template.cpp: the grammar of templates and data sources
const RuleSet& fileRules();       // rules_file.cpp: pipeline_file, prompt files, cycles
const RuleSet& engineRules();     // engine_words.cpp: what only the validators complain about

std::span<const RuleSet* const> ruleSets();

}  // namespace pe::check
