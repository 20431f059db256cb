// SPDX-License-Identifier: MIT
// YAML that the engine's own reader refuses although it is YAML: asked last, when no other finding
// says what is wrong with it.
#pragma once

#include "rule.hpp"

namespace pe::check {

// An error of the YAML itself, for which the reader refuses the file.
bool explainsRefusal(const Diagnostic& finding);

void reportReaderRefusal(const PipelineContext& context, Reporter& reporter);

}  // namespace pe::check
