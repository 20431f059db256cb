// SPDX-License-Identifier: MIT
// The id of a pipeline as people and scripts write it: 32 hexadecimal digits.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pe/storage/journal.hpp"

namespace pe::workspace {

std::string textOf(const storage::PipelineId& id);
std::optional<storage::PipelineId> idIn(std::string_view text);

}  // namespace pe::workspace
