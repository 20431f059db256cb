// SPDX-License-Identifier: MIT
// Rules about optional fields: what kind of value may stand there. Null always may.
#pragma once

#include <span>
#include <string_view>

#include "complaint.hpp"

namespace pe::loader {

enum class FieldKind { Boolean, Text, Number, PositiveInteger, List, Choice };

struct FieldRule {
    std::string_view key;
    FieldKind kind;
    std::span<const std::string_view> choices = {};
};

// The first complaint of the rules, in their order. `prefix` stands before the field's key in its
// sentence: "step 'review' claude_options.".
Check checkFields(const yaml::Value& map, std::string_view prefix,
                  std::span<const FieldRule> rules);

}  // namespace pe::loader
