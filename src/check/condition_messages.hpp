// SPDX-License-Identifier: MIT
// What is said of each fault of a condition: the code of its rule, one sentence, and why.
#pragma once

#include <string>
#include <string_view>

#include "condition_faults.hpp"

namespace pe::check {

struct FaultMessage {
    std::string_view code;
    std::string message;
    std::string why;
};

FaultMessage messageOf(const ConditionProblem& problem, std::string_view text);

}  // namespace pe::check
