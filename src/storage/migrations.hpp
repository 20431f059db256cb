// SPDX-License-Identifier: MIT
// The schema of the replica, as the steps that lead to it. Step n turns user_version n into n + 1
// in one transaction, so that a program killed half-way leaves the version before. Steps are never
// changed.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "database.hpp"

namespace pe::storage {

inline constexpr std::int64_t kApplicationId = 0x50455231;  // "PER1"

std::span<const std::string> replicaMigrations();

// Refused where a newer program made the file; Corrupt where it is not one of ours.
Result<void> migrate(Database& database, std::span<const std::string> migrations);

}  // namespace pe::storage
