// SPDX-License-Identifier: MIT
// Diagnostic: one finding about a pipeline file, at an exact place, with the fixes that remove it.
// Plain values; NodeRefs are those of the forest that was checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pe/document/change_set.hpp"
#include "pe/document/command.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::check {

enum class Severity : std::uint8_t {
    Error,        // the engine refuses the file, or the run fails or does something else than meant
    Warning,      // works, but surely not as its author thinks
    Information,  // has no effect, or could be written better
    Hint,         // shown in the text only
    Off,
};

// The spelling of JSON output and of the settings: error, warning, information, hint, off.
std::string_view severityName(Severity severity);

// What a fix does: a command (an ordinary undoable edit), or, where the text is no YAML yet, bytes
// replaced in it, in the order and with the offsets of ChangeSet::patches.
using FixAction = std::variant<document::Command, std::vector<document::TextPatch>>;

struct Fix {
    std::string title;  // "Rename to `prompt`"
    // Keeps what the author means and cannot make anything worse: `check --fix` applies it without
    // asking. A choice between several meanings is never safe.
    bool safe = false;
    FixAction action;
};

struct Diagnostic {
    std::string code;  // stable: "field.unknown"
    Severity severity = Severity::Warning;
    std::string message;  // one sentence: what is wrong, and what to do
    std::string why;      // what the engine does with it; a sentence or two, else the rule's own
    yaml::NodeRef node = yaml::kNoNode;  // the entry it is about; kNoNode: the text as such
    std::size_t begin = 0;               // bytes of the shown text
    std::size_t end = 0;
    std::vector<Fix> fixes;  // the best first
};

}  // namespace pe::check
