// SPDX-License-Identifier: MIT
// The rules of effectRules(), one function for each question.
#pragma once

#include "rule.hpp"

namespace pe::check {

// rules_effect_field.cpp: fields that nothing reads, of a step, a task, and the workflow.
void checkStepFields(const StepContext& context, Reporter& reporter);
void checkWorkflowFields(const PipelineContext& context, Reporter& reporter);
void checkMisnamedFields(const StepContext& context, Reporter& reporter);

// rules_effect_place.cpp: what the place of a step takes from it.
void checkLoopBody(const StepContext& context, Reporter& reporter);
void checkLoopVariables(const PipelineContext& context, Reporter& reporter);
void checkTask(const StepContext& context, Reporter& reporter);
void checkReach(const StepContext& context, Reporter& reporter);

// rules_effect_condition.cpp: conditions that are decided before anything runs.
void checkKnownConditions(const StepContext& context, Reporter& reporter);

// rules_effect_value.cpp: values that act otherwise than they say.
void checkClaudeValues(const StepContext& context, Reporter& reporter);
void checkParallelResults(const StepContext& context, Reporter& reporter);
void checkFileOperation(const StepContext& context, Reporter& reporter);
void checkPipelineSource(const StepContext& context, Reporter& reporter);
bool runsReference(const StepContext& context);  // a `pipeline` step, into a registry
void checkVariables(const StepContext& context, Reporter& reporter);
void checkMappingKeys(const StepContext& context, Reporter& reporter);
void checkFunctions(const StepContext& context, Reporter& reporter);
void checkOperations(const StepContext& context, Reporter& reporter);
void checkTextForms(const PipelineContext& context, Reporter& reporter);
void checkInheritance(const PipelineContext& context, Reporter& reporter);
void checkNestedLimits(const StepContext& context, Reporter& reporter);
void checkSessions(const PipelineContext& context, Reporter& reporter);

}  // namespace pe::check
