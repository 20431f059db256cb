// SPDX-License-Identifier: MIT
// FieldRole: what a key of a step means for the graph and its references. Keys decide, not step
// types, so that a step whose type is still being typed is drawn as well as it can be.
#pragma once

#include <cstdint>
#include <string_view>

namespace pe::format {

enum class FieldRole : std::uint8_t {
    Other,
    Name,
    Type,
    Description,
    Prompt,
    Condition,
    DataSource,
    Iterator,
    Operation,
    Operations,
    Source,
    Destination,
    Path,
    Functions,
    PipelineFile,
    Outputs,
    Variables,
    Queries,
    Value,
    CheckpointName,
    Id,
    TaskId,
    File,
    // Nested nodes:
    Steps,
    Cases,
    Default,
    ParallelTasks,
    Tasks,
    Pipeline,
    OnError,
    ErrorHandler,
    OnNotFound,
};

FieldRole fieldRole(std::string_view key);

inline bool holdsNodes(FieldRole role) {
    return role >= FieldRole::Steps;
}

}  // namespace pe::format
