// SPDX-License-Identifier: MIT
// Single parts: those of a result that are a text, a number or a truth value, which a loop cannot
// run over.
#pragma once

#include <string_view>

#include "pe/format/catalogue.hpp"

namespace pe::check {

// `type` may be null.
bool isSinglePart(const format::StepType* type, std::string_view path);

}  // namespace pe::check
