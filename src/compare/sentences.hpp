// SPDX-License-Identifier: MIT
// Sentences: differences in words that a person understands.
#pragma once

#include <string>
#include <string_view>

#include "pe/compare/difference.hpp"
#include "version.hpp"

namespace pe::compare {

// "step `review`", "branch `yes`", "task `a`", "loop `files`", "step 3" for one without a name.
std::string called(const Version& version, format::GraphIndex index);

// Where a node stands: " into loop `files`", " after step `scan`"...
std::string placeIn(const Version& version, format::GraphIndex index);
std::string placeAmong(const Version& version, format::GraphIndex index);

// A value short enough for a sentence; empty if it is not.
std::string shortly(std::string_view json);

// "changed `model` of step `a` from 1 to 2". `owner` is "step `a`" or "the workflow".
std::string fieldSentence(const Difference& difference, const std::string& owner);

}  // namespace pe::compare
