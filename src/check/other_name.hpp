// SPDX-License-Identifier: MIT
// Names that documents or examples give to a field, and the name that the engine reads.
#pragma once

#include <span>
#include <string_view>

#include "fixes.hpp"

namespace pe::check {

struct OtherName {
    std::string_view around;  // see the functions
    std::string_view key;
    std::string_view meant;
    Safety safety;  // of the new name
};

// Fields of a step; `kind` is its type, or that of the step around a task with "/task" behind it.
std::span<const OtherName> otherNamesOfSteps();
const OtherName* otherNameInStep(std::string_view kind, std::string_view key);

// An entry below a step or the workflow: `around` is the key of the mapping that holds it, or of
// the list whose item that mapping is.
const OtherName* otherNameOf(const yaml::Forest& forest, yaml::NodeRef entry);

// What makes the entry the one that is meant: another key, or, where the field of that name is
// there already, its value in that field.
Fix otherNameFix(const yaml::Forest& forest, yaml::NodeRef entry, const OtherName& other);

}  // namespace pe::check
