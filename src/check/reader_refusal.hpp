// SPDX-License-Identifier: MIT
// YAML that the engine's own reader refuses although it is YAML: asked last, when no other finding
// says what is wrong with it.
#pragma once

#include <unordered_set>

#include "pe/loader/verdict.hpp"
#include "rule.hpp"

namespace pe::check {

// An error of the YAML itself, for which the reader refuses the file.
bool explainsRefusal(const Diagnostic& finding);

using Entries = std::unordered_set<yaml::NodeRef>;
// `changed` as ReaderOpinion wants it.
void reportReaderRefusal(const PipelineContext& context, loader::ReaderOpinion& opinion,
                         const Entries* changed, Reporter& reporter);

}  // namespace pe::check
