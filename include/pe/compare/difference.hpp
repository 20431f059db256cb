// SPDX-License-Identifier: MIT
// Difference: what one version of a pipeline differs in from another, by meaning: steps that came,
// went, moved, got another name or type, fields, comments. Formatting counts only where nothing
// else differs. Plain values; pure functions; safe on any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pe/format/catalogue.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::compare {

enum class DifferenceKind : std::uint8_t {
    StepAdded,  // also a branch of a switch or an entry of `tasks` or `parallel_tasks`
    StepRemoved,
    StepMoved,  // into another container, or to another place among its neighbours
    StepRenamed,
    StepTypeChanged,
    FieldAdded,  // of a step, or of the workflow where `step` is empty
    FieldRemoved,
    FieldChanged,
    FieldMoved,  // an item of a list that stands in another place
    CommentChanged,
    FormattingChanged,  // the texts differ, and nothing else does
};

// The spelling of JSON output: "step-added", "field-changed", ...
std::string_view kindName(DifferenceKind kind);

struct Difference {
    DifferenceKind kind = DifferenceKind::FieldChanged;
    std::string pathBefore;  // JSON Pointer in the old version; empty if it is not there
    std::string pathAfter;   // likewise in the new one
    std::string step;    // name of the step in the new version, else in the old one; may be empty
    std::string field;   // within the step or workflow: `claude_options.max_turns`, `prompt[0]`
    std::string before;  // JSON; of a comment its text; empty if there is none
    std::string after;
    std::string sentence;  // "moved step `review` into `process_files`"; no full stop
    // StepRenamed: pointers in the new version to the texts that name the step and went along; they
    // are no differences of their own.
    std::vector<std::string> references;
    friend bool operator==(const Difference&, const Difference&) = default;
};

// Workflow first, then what went, then the steps in the order of the new version. Of several
// documents in a file only the last is compared, as the engine reads it.
std::vector<Difference> differences(const yaml::Forest& before, const yaml::Forest& after,
                                    const format::Catalogue& catalogue);

}  // namespace pe::compare
