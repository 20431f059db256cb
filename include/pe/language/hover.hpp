// SPDX-License-Identifier: MIT
// Hover: what is known about the thing under a place, as markdown: a field with its documentation,
// what the engine really does, bounds and default; a step type; the step that a reference names.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "pe/check/checker.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::language {

struct Hover {
    std::string markdown;
    yaml::Span span;  // what it is about
};

std::optional<Hover> hoverAt(const check::Subject& subject, const format::Catalogue& catalogue,
                             std::size_t offset, const check::FileLookup* files = nullptr);

// The documentation of a field or a step type alone, for forms and their F1.
std::string documentationOf(const format::FieldSpec& field);
std::string documentationOf(const format::StepType& type);
// What is said of a step begins with this: its name, that it is one, its type; then its preview.
std::string introductionOf(const std::string& name, const std::string& type,
                           const std::string& preview, const std::string& file = {});

}  // namespace pe::language
