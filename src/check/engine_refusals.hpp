// SPDX-License-Identifier: MIT
// Everything that the engine's two validators have to say about a part of a pipeline. Each of them
// stops at its first complaint; what it would say next is found by taking the value that it
// complains about out of the way and asking again.
#pragma once

#include <cstdint>
#include <vector>

#include "pe/loader/verdict.hpp"
#include "rule.hpp"

namespace pe::check {

enum class Validator : std::uint8_t { Config, Enhanced };

struct Refusal {
    Validator validator = Validator::Config;
    loader::Outcome outcome = loader::Outcome::Reject;
    std::string message;  // of the engine, to the letter
    // The entry that it is about; of a field that is missing, the mapping that lacks it.
    yaml::NodeRef node = yaml::kNoNode;
};

// About a step at the top level.
std::vector<Refusal> refusalsOf(const StepContext& context);
// About everything but the steps.
std::vector<Refusal> refusalsOf(const PipelineContext& context);

}  // namespace pe::check
