// SPDX-License-Identifier: MIT
// Small workflows for the tests, and their verdicts as one text.
#pragma once

#include <string>

#include "pe/loader/verdict.hpp"

namespace pe::loader {

inline std::string told(const Verdict& verdict) {
    std::string text(outcomeName(verdict.outcome));
    if (verdict.outcome == Outcome::Reject || verdict.outcome == Outcome::Crash)
        text += ": " + verdict.message;
    return text;
}

inline Verdicts verdictsOf(const std::string& text) {
    return verdicts(yaml::parse(text));
}

// A workflow of these steps; further workflow fields may stand before.
inline std::string workflow(const std::string& steps, const std::string& fields = "") {
    return "workflow:\n  name: w\n" + fields + "  steps:\n" + steps;
}

// A step with fields in braces after its name and type.
inline std::string step(const std::string& type, const std::string& fields) {
    return "    - {name: s, type: " + type + (fields.empty() ? "" : ", ") + fields + "}\n";
}

inline const std::string kPrompt = "prompt: [{type: static, content: hi}]";

}  // namespace pe::loader
