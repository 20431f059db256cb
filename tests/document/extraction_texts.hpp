// SPDX-License-Identifier: MIT
// What the pipelines begin with whose steps are moved.
#pragma once

#include <string>

namespace pe::document {

inline const std::string kHeadOfSteps = "workflow:\n  name: demo\n  steps:\n";
inline const std::string kPlanStep =
    "    # how it begins\n"
    "    - name: plan   # first\n"
    "      type: gemini\n"
    "      prompt:\n"
    "        - type: static\n"
    "          content: |\n"
    "            Plan it\n"
    "\n"
    "              deeper\n"
    "\n";

}  // namespace pe::document
