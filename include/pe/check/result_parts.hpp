// SPDX-License-Identifier: MIT
// Result parts: what the result of one step holds, as far as its type and its own fields say.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pe/format/catalogue.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::check {

// The parts that its operation stores, with the values that its fields leave, and the data of a
// transformation under the name that the step gives it. `step` is its mapping.
std::vector<format::ResultField> resultParts(const yaml::Forest& forest,
                                             const format::StepType& type, yaml::NodeRef step);

// A loop cannot run over it.
bool isNoList(format::ResultKind kind);
// "text", "number" and so on; not of Any.
std::string_view kindWord(format::ResultKind kind);

// Whether the results of such steps hold nothing but these parts.
bool hasOnlyKnownParts(std::string_view type);

// The name under which a transformation stores its data; empty where only the run decides.
std::string dataPart(const yaml::Forest& forest, yaml::NodeRef step);

}  // namespace pe::check
