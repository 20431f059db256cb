// SPDX-License-Identifier: MIT
#include "field_role.hpp"

#include <array>
#include <utility>

namespace pe::format {
namespace {

struct Known {
    std::string_view key;
    FieldRole role;
};

// Sorted by length: most keys are told apart by it and by their first letter.
constexpr std::array kKnown = {
    Known{"id", FieldRole::Id},
    Known{"file", FieldRole::File},
    Known{"name", FieldRole::Name},
    Known{"path", FieldRole::Path},
    Known{"type", FieldRole::Type},
    Known{"cases", FieldRole::Cases},
    Known{"steps", FieldRole::Steps},
    Known{"tasks", FieldRole::Tasks},
    Known{"value", FieldRole::Value},
    Known{"prompt", FieldRole::Prompt},
    Known{"source", FieldRole::Source},
    Known{"default", FieldRole::Default},
    Known{"outputs", FieldRole::Outputs},
    Known{"queries", FieldRole::Queries},
    Known{"task_id", FieldRole::TaskId},
    Known{"iterator", FieldRole::Iterator},
    Known{"on_error", FieldRole::OnError},
    Known{"pipeline", FieldRole::Pipeline},
    Known{"condition", FieldRole::Condition},
    Known{"functions", FieldRole::Functions},
    Known{"operation", FieldRole::Operation},
    Known{"variables", FieldRole::Variables},
    Known{"expression", FieldRole::Condition},
    Known{"operations", FieldRole::Operations},
    Known{"data_source", FieldRole::DataSource},
    Known{"description", FieldRole::Description},
    Known{"destination", FieldRole::Destination},
    Known{"input_source", FieldRole::DataSource},
    Known{"on_not_found", FieldRole::OnNotFound},
    Known{"error_handler", FieldRole::ErrorHandler},
    Known{"pipeline_file", FieldRole::PipelineFile},
    Known{"parallel_tasks", FieldRole::ParallelTasks},
    Known{"break_condition", FieldRole::Condition},
    Known{"checkpoint_name", FieldRole::CheckpointName},
    Known{"continue_condition", FieldRole::Condition},
};

constexpr std::size_t kLongest = kKnown.back().key.size();

// kFirst[n] is where the keys of n letters begin.
constexpr auto kFirst = [] {
    std::array<std::size_t, kLongest + 2> first{};
    for (std::size_t i = 0; i < kKnown.size(); ++i)
        first[kKnown[i].key.size() + 1] = i + 1;
    for (std::size_t n = 1; n < first.size(); ++n)
        if (first[n] == 0)
            first[n] = first[n - 1];
    return first;
}();

}  // namespace

FieldRole fieldRole(std::string_view key) {
    const std::size_t length = key.size();
    if (length > kLongest)
        return FieldRole::Other;
    for (std::size_t i = kFirst[length]; i < kFirst[length + 1]; ++i)
        if (kKnown[i].key.front() == key.front() && kKnown[i].key == key)
            return kKnown[i].role;
    return FieldRole::Other;
}

}  // namespace pe::format
