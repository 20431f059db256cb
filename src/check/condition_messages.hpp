// SPDX-License-Identifier: MIT
// What is said of each fault of a condition: the code of its rule, one sentence, and why.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "condition_faults.hpp"

namespace pe::check {

struct FaultMessage {
    std::string_view code;
    std::string message;
    std::string why;
};

// How several conditions are combined at a place: by a list, by a mapping as well, or not at all.
enum class GroupForm : std::uint8_t { List, Mapping, None };

FaultMessage messageOf(const ConditionProblem& problem, std::string_view text, GroupForm form);

}  // namespace pe::check
