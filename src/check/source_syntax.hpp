// SPDX-License-Identifier: MIT
// Where loops and transformations take their data from: `data_source` of a for_loop,
// `input_source` of a data_transform, `right_source` of its joins. Three small languages, read here
// as the engine reads them. Pure functions of one decoded text.
//
//   data_source   NAME (variable, else step)   NAME:path (item of a loop around, else step)
//                 previous_response[:path]: of a step that is called previous_response
//   input_source  NAME   previous_response:STEP   previous_response:STEP:path   context:path
//   right_source  NAME   previous_response:STEP   context:path
//
// `context:results.STEP.path` leads to the result of a step, and for joins is the only way to a
// part of one.
#pragma once

#include <cstdint>
#include <string_view>

#include "text_range.hpp"

namespace pe::check {

enum class SourceLanguage : std::uint8_t { Data, Input, Right };

enum class SourceKind : std::uint8_t {
    Name,      // a variable or a step
    Step,      // a step, or the item of a loop, with a path
    Context,   // context:path, other than to the result of a step
    Misread,   // taken for a name that nothing has; `name` and `path` say what is meant
    Mixed,     // templates in other text: what it says is known when it is expanded
    Unusable,  // a list, a call: nothing that a source could say
};

struct SourceSyntax {
    SourceKind kind = SourceKind::Name;
    TextRange name;  // as meant, without steps. and the like
    TextRange path;
    // What is meant is a variable: {{state.x}}, {{x}}.
    bool variable = false;
};

SourceSyntax parseSource(std::string_view text, SourceLanguage language);

}  // namespace pe::check
