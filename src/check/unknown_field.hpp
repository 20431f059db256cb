// SPDX-License-Identifier: MIT
// What to say about a key that the engine does not know at its place: a slip, a field of another
// place or another step type, or nothing known at all. Private to
// the rules about fields and their keys.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pe/format/catalogue.hpp"
#include "rule.hpp"

namespace pe::check {

std::span<const RuleInfo> unknownFieldInfos();

// A name of the author's own, which the engine is not meant to read.
bool isPrivate(std::string_view key);

struct UnknownField {
    yaml::NodeRef entry = yaml::kNoNode;
    yaml::NodeRef mapping = yaml::kNoNode;  // that holds the entry
    std::string key;
    std::string holder;                            // "a `claude` step", "`claude_options`"
    std::vector<const format::FieldSpec*> fields;  // known here
    const StepContext* step = nullptr;             // null: at the workflow
};

void reportUnknownField(const PipelineContext& context, const UnknownField& unknown,
                        Reporter& reporter);

}  // namespace pe::check
