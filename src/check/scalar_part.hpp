// SPDX-License-Identifier: MIT
// From bytes of a scalar's decoded text to bytes of the text it is written as: escapes, doubled
// quotes, the indentation of block scalars and folded line breaks lie between the two.
#pragma once

#include <cstddef>
#include <string_view>

#include "pe/yaml/forest.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::check {

// `shown` is the value as it stands in the text, from its properties to its last byte; `decoded` is
// what yaml::scalarText gives for it. The result counts from the beginning of `shown`.
yaml::Span shownPart(std::string_view shown, const yaml::Lexeme& lexeme, std::string_view decoded,
                     std::size_t begin, std::size_t end);

}  // namespace pe::check
