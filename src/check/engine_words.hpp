// SPDX-License-Identifier: MIT
// What the engine itself says of a file, beside the rules' own findings: a finding that stands
// where a validator complains quotes it, and a complaint that no rule has found becomes a finding.
#pragma once

#include "reporter.hpp"

namespace pe::check {

// Whether the text has no error: else nobody knows which values the engine would see.
bool readsAsWritten(const Subject& subject);

// To be called when the rules have looked at a step, or at the pipeline as a whole.
void addEngineWords(const StepContext& context, FindingReporter& reporter);
void addEngineWords(const PipelineContext& context, FindingReporter& reporter);

}  // namespace pe::check
