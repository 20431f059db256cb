// SPDX-License-Identifier: MIT
// The rules of the checker, as a list to show and to document: every code that can be reported.
#pragma once

#include <span>
#include <string_view>

#include "pe/check/diagnostic.hpp"

namespace pe::check {

struct RuleInfo {
    std::string_view code;  // "condition.steps-prefix"
    Severity severity = Severity::Warning;
    std::string_view title;          // a few words, for lists and SARIF
    std::string_view explanation;    // a paragraph: what the engine does, and what to write instead
    std::string_view disagreements;  // "D74 D76" of docs/formats/disagreements.md; may be empty
};

// Sorted by code.
std::span<const RuleInfo> rules();
const RuleInfo* ruleInfo(std::string_view code);

}  // namespace pe::check
