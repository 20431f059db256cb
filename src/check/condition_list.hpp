// SPDX-License-Identifier: MIT
// ConditionList: a condition as a text or a list of texts. When the condition of a step does not
// hold, the engine writes it into the result of the skipped step; it can write these two and ends
// the run at a mapping.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "pe/format/catalogue.hpp"
#include "pe/yaml/value.hpp"

namespace pe::check {

struct ConditionList {
    yaml::Value value;  // one text, or several that must all hold
    bool exact = true;  // false: in rare cases it decides otherwise than the mapping
};

// What a path gives, Any if that is not known.
using PathKinds = std::function<format::ResultKind(std::string_view path)>;

// Nothing if there is no such form.
std::optional<ConditionList> listedCondition(const yaml::Value& condition, const PathKinds& kinds);

// Whether a mapping stands in it at any depth.
bool holdsMapping(const yaml::Value& condition);

}  // namespace pe::check
