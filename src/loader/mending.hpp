// SPDX-License-Identifier: MIT
// Mending: the engine's YAML reader takes some texts that are no YAML, and then reads something
// else than their authors meant. Each rule here rewrites one such place so that YAML says what that
// reader sees; the text is then parsed as any other.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "pe/yaml/problem.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::loader {

// The text with the place of one error rewritten; nothing if the engine refuses it as well.
std::optional<std::string> mended(const std::string& text, const yaml::Problem& error);

// The text without the byte order marks that the engine's reader passes over, wherever a word may
// begin; nothing if there are none.
std::optional<std::string> withoutMarks(const yaml::Tree& tree);

// A tab between the entries of a block, which begins a word for the engine's reader; nothing if
// there is none.
std::optional<std::size_t> tabAsWordAt(const yaml::Tree& tree);

// An error for YAML that the engine's reader does not mind.
bool isHarmless(const std::string& text, const yaml::Problem& error);

}  // namespace pe::loader
