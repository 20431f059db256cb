// SPDX-License-Identifier: MIT
// The parts of the reference rules that stand in files of their own. Private to these rules.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline_result.hpp"
#include "result_use.hpp"
#include "rule.hpp"
#include "text_range.hpp"

namespace pe::check {

// What depends on fields of the step that is referred to, not only on its name and type.
void checkTargets(const PipelineContext& context, Reporter& reporter);

// rules_reference_variable.cpp: variables that only a step sets which may be skipped.
void checkSetters(const PipelineContext& context, Reporter& reporter);

// What happens where a part is named that is not there.
std::string_view outcomeOfMissing(UsePlace place);

// rules_reference_part.cpp: a part of a result that `from` names, and what that is.
void checkResultPart(const StepContext& from, const ResultUse& use, Reporter& reporter);

// rules_reference_pipeline.cpp: a part of the result of a pipeline step that one step names. The
// use of the result of a step that the pipeline runs, where it leads to one.
std::optional<ResultUse> checkPipelinePart(const StepContext& from, const ResultUse& use,
                                           PipelineResults& known, Reporter& reporter);
// The same of the parts that its outputs name; `visit` gets the uses.
void checkOutputParts(const StepContext& context, PipelineResults& known, Reporter& reporter,
                      const std::function<void(const ResultUse&)>& visit);

// A text of `inputs` of this pipeline step. What its templates name below `result` is found where
// it stands without.
bool isInput(const StepContext& context, yaml::NodeRef text);
// Takes the name of the whole result out of a path.
void offerWithoutResult(yaml::NodeRef node, const std::string& text, TextRange result,
                        Diagnostic& found);

// rules_reference_split.cpp: a step with a dot or colon in its name is written at the beginning of
// `text`. Says so in the finding that no step has the name.
bool explainSplit(const StepContext& context, std::string_view text, Diagnostic& found);

// rules_reference_output.cpp: paths of `outputs`.
void checkOutputs(const StepContext& context, Reporter& reporter);
// The text or the path of each.
void forEachOutput(const StepContext& context, const std::function<void(yaml::NodeRef)>& visit);
// The part of a path before its first dot.
std::string_view headOf(std::string_view path);
// What the result of a step as a whole is called in a path.
inline constexpr std::string_view kResult = "result";
// An index or a wildcard, which paths do not have.
bool holdsIndex(std::string_view path);

// rules_reference_while.cpp: conditions of while_loops that cannot hold before the first round.
void checkFirstLook(const StepContext& context, Reporter& reporter);

// rules_reference_loop.cpp: names that loops do not have. `path` is a range of the decoded text:
// what follows `loop.` in a condition,
void checkLoopHelper(const StepContext& context, yaml::NodeRef node, const std::string& text,
                     TextRange path, Reporter& reporter);
// what follows it in prompt parts and sources, which see the loop around the step,
void checkRoundPart(const StepContext& context, UsePlace place, yaml::NodeRef node,
                    const std::string& text, TextRange path, Reporter& reporter);
// or the name of the step, if that is a loop, wherever its result is named.
void checkLoopPart(const StepContext& context, format::GraphIndex step, yaml::NodeRef node,
                   const std::string& text, TextRange path, Reporter& reporter);
// The same for every kind of step.
void checkKnownPart(const StepContext& context, format::GraphIndex step, yaml::NodeRef node,
                    const std::string& text, TextRange path, Reporter& reporter);

// rules_reference_data.cpp: data of a transformation that its operations do not take as a list.
void checkTransformedData(const StepContext& context, Reporter& reporter);

// rules_reference_item.cpp: a part of the items of a loop, below their name.
struct ItemUse {
    UsePlace place = UsePlace::Prompt;
    format::GraphIndex loop = format::kNoGraphNode;
    yaml::NodeRef node = yaml::kNoNode;
    const std::string& text;
    TextRange item;  // the name
    TextRange path;  // behind it; empty for the item itself
};
void checkItemPart(const StepContext& context, const ItemUse& use, Reporter& reporter);

// Whether the loop around the step has such a part; also where that is not known for sure.
bool hasRoundPart(const StepContext& context, const std::string& path);

}  // namespace pe::check
