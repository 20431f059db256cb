// SPDX-License-Identifier: MIT
// The entries of a step that say where its data comes from.
#pragma once

#include <string_view>
#include <vector>

#include "rule.hpp"
#include "source_syntax.hpp"

namespace pe::check {

struct SourceEntry {
    yaml::NodeRef entry = yaml::kNoNode;
    SourceLanguage language = SourceLanguage::Data;
};

std::vector<SourceEntry> sourceEntries(const StepContext& context);

// Whether NAME:path means what the loop around the step gives, not the result of a step.
bool namesItem(const StepContext& context, std::string_view name, SourceLanguage language);

}  // namespace pe::check
