// SPDX-License-Identifier: MIT
// Small questions about the nodes of a subject.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pe/check/checker.hpp"
#include "pe/yaml/entries.hpp"
#include "place.hpp"

namespace pe::language {

// The innermost entry whose lines hold the offset; kStream if there is none.
yaml::NodeRef nodeAt(const check::Subject& subject, std::size_t offset);
bool holds(yaml::Span span, std::size_t offset);  // its end counts as inside

// The text of a scalar; empty for everything else.
std::string textOf(const yaml::Forest& forest, yaml::NodeRef node);

// From the document to the node, for ContextFinder.
std::vector<PathStep> pathTo(const yaml::Forest& forest, yaml::NodeRef node);

// The entry without the comments above it and the line break at its end.
yaml::Span bareSpan(const check::Subject& subject, yaml::NodeRef node);
// The bytes of a scalar's text or of a key, without quotes.
yaml::Span innerSpan(std::string_view text, yaml::Span span);

}  // namespace pe::language
