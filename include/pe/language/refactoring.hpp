// SPDX-License-Identifier: MIT
// Refactorings: what can be done at a place of the text although nothing is wrong there. They look
// like the fixes of findings, and are ordinary undoable edits as these are.
#pragma once

#include <cstddef>
#include <vector>

#include "pe/check/checker.hpp"
#include "pe/check/diagnostic.hpp"

namespace pe::language {

// `offset`: bytes of the shown text. On an alias: a value of its own in its place.
std::vector<check::Fix> refactoringsAt(const check::Subject& subject, std::size_t offset);

}  // namespace pe::language
