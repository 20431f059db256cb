// SPDX-License-Identifier: MIT
// Finding: a diagnostic whose bytes are not known yet. What one step's rules found is kept while
// other steps change, so places are named by node and become bytes only when they are shown.
#pragma once

#include <cstddef>
#include <cstdint>

#include "pe/check/checker.hpp"
#include "pe/check/diagnostic.hpp"

namespace pe::check {

enum class PlaceKind : std::uint8_t {
    Value,
    Key,
    Part,      // of the decoded text of a scalar
    Text,      // bytes of the shown text
    StepText,  // bytes from the beginning of a step's entry, named by `base`
};

struct Place {
    PlaceKind kind = PlaceKind::Value;
    yaml::NodeRef node = yaml::kNoNode;
    yaml::NodeRef base = yaml::kNoNode;
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct Finding {
    Diagnostic diagnostic;
    Place place;
};

// Where the place is in the shown text. Never empty where the text has a character to show.
yaml::Span spanOf(const Subject& subject, const Place& place);

}  // namespace pe::check
