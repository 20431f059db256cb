// SPDX-License-Identifier: MIT
// SkippedStep: a step whose condition did not hold. Of such a step only success and skipped, which
// are true, and reason are stored; every other part of it is null.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pe/yaml/value.hpp"
#include "rule.hpp"

namespace pe::check {

// A path into a result, behind the name of the step.
bool isStoredWhenSkipped(std::string_view path);
// Of a step that its own condition may skip: what is left of it then stands under text keys.
bool isOfSkipped(const PipelineContext& context, format::GraphIndex step, std::string_view path);

// `target` may have been skipped when `from` runs, which uses its result: it has a condition, and
// none around `from` rules out that it did not hold.
bool mayBeSkipped(const PipelineContext& context, format::GraphIndex target,
                  format::GraphIndex from);
// The same of a step inside of `named`, a pipeline step that `from` sees; `inside` is where the
// target stands. Whoever asks for the pipeline is taken to know.
bool mayBeSkippedInside(const PipelineContext& inside, format::GraphIndex target,
                        const PipelineContext& context, format::GraphIndex named,
                        format::GraphIndex from);

// A condition that has to hold for `from` to run has a template of this variable.
bool isAskedAround(const PipelineContext& context, std::string_view variable,
                   format::GraphIndex from);

class SkippedStep {
public:
    // `condition`: the one that did not hold. `wrapped`: it is a pipeline with inputs, and stores
    // everything below `result`.
    SkippedStep(std::string name, const yaml::Value& condition, bool wrapped);

    const std::string& name() const { return name_; }
    // Whether this condition of another step cannot hold then.
    bool rulesOut(const yaml::Value& condition) const;

private:
    // Nothing where it depends on more than that step.
    std::optional<bool> holds(const yaml::Value& condition) const;
    std::optional<bool> combined(const std::vector<yaml::Value>& conditions, bool decisive) const;
    std::optional<bool> textHolds(std::string_view text) const;

    std::string name_;
    std::vector<yaml::Value> parts_;  // the condition, as conditions that must all hold
    bool wrapped_;
};

}  // namespace pe::check
