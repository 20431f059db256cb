// SPDX-License-Identifier: MIT
#include "access.hpp"
#include "pe/loader/verdict.hpp"
#include "rules.hpp"
#include "workflow_rules.hpp"

namespace pe::loader {

using yaml::Value;

struct PartOpinion::Data {
    const Value& root;
    const Value& workflow;
    const Value& functions;
    StepNames names;
};

PartOpinion::PartOpinion(const Value& root)
    : data_(std::make_unique<Data>(Data{root, field(root, "workflow"),
                                        field(field(root, "workflow"), "gemini_functions"),
                                        StepNames(field(field(root, "workflow"), "steps"))})) {}

PartOpinion::~PartOpinion() = default;

Taken PartOpinion::header() const {
    static const Value kStep =
        Value::mapping({{Value::ofString("type"), Value::ofString("claude")}});
    return {!checkConfigHeader(data_->root),
            !checkEnhancedHeader(data_->root) &&
                !checkDefaultsMerge(kStep, field(data_->workflow, "defaults"))};
}

Taken PartOpinion::step(const Value& step) const {
    const bool referring = !checkStepReferences(step, data_->names);
    return {referring && !checkConfigStep(step, data_->functions),
            referring && !checkEnhancedStep(step) && !checkDefaultsMerge(step, Value::null())};
}

}  // namespace pe::loader
