// SPDX-License-Identifier: MIT
// What the engine's loader refuses about single steps. Private to the loader's rules.
#pragma once

#include <span>

#include "rule.hpp"

namespace pe::check {

std::span<const RuleInfo> loaderStepInfos();

// Items of `steps` that are no mappings at all, so that the graph has no node for them.
void checkStepKinds(const PipelineContext& context, Reporter& reporter);
void checkLoadedStep(const StepContext& context, Reporter& reporter);

// Types whose prompt may be absent, and whose prompt the loader hardly looks at.
bool mayLackPrompt(std::string_view type);

// The list of prompt parts of a step that has one.
void checkLoadedPrompt(const StepContext& context, Reporter& reporter);
// That of a task, at which nobody looks before the run.
void checkTaskPrompt(const StepContext& context, Reporter& reporter);

}  // namespace pe::check
