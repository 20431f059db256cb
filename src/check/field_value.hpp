// SPDX-License-Identifier: MIT
// The rules about one value of a known field: its kind, its choices, its bounds. Private to the
// field rules.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "pe/format/catalogue.hpp"
#include "rule.hpp"

namespace pe::check {

std::span<const RuleInfo> fieldValueInfos();

// Where a field stands, for rules that know single fields.
struct FieldPlace {
    std::string_view type;   // of the step; empty for workflow fields
    std::string_view group;  // the field that holds the mapping; empty at the step itself
};

// Whether a step of the type, or a "prompt part", fails on a scalar in this field that is no text.
bool needsText(std::string_view type, std::string_view key);

// Such a scalar, with a text of the same letters as the fix.
void reportNoText(const yaml::Forest& forest, yaml::NodeRef entry, std::string_view key,
                  Reporter& reporter);

class FieldValueCheck {
public:
    FieldValueCheck(const yaml::Forest& forest, Reporter& reporter)
        : forest_(forest), reporter_(reporter) {}

    // False if the value is of another kind, so that its entries cannot be looked at.
    bool check(yaml::NodeRef entry, const format::FieldSpec& spec, const FieldPlace& place);

private:
    bool scalar(yaml::NodeRef entry, yaml::NodeRef value, const format::FieldSpec& spec,
                const FieldPlace& place);
    bool list(yaml::NodeRef entry, yaml::NodeRef value, const format::FieldSpec& spec,
              const FieldPlace& place);
    bool mapping(yaml::NodeRef entry, yaml::NodeRef value, const format::FieldSpec& spec,
                 const FieldPlace& place);
    void collection(yaml::NodeRef entry, yaml::NodeRef value, const format::FieldSpec& spec,
                    const FieldPlace& place);
    void number(yaml::NodeRef entry, const yaml::Value& value, const format::FieldSpec& spec,
                const FieldPlace& place);
    void boolean(yaml::NodeRef entry, const yaml::Value& value, const format::FieldSpec& spec);
    void bounds(yaml::NodeRef entry, double number, const format::FieldSpec& spec,
                const FieldPlace& place);
    void choice(yaml::NodeRef entry, const yaml::Value& value, const format::FieldSpec& spec,
                const FieldPlace& place);
    Diagnostic& wrongKind(yaml::NodeRef entry, const format::FieldSpec& spec,
                          const FieldPlace& place, std::string_view wanted);

    const yaml::Forest& forest_;
    Reporter& reporter_;
};

}  // namespace pe::check
