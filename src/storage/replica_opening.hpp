// SPDX-License-Identifier: MIT
// Opening the database of a replica: settings, migrations, checks, and what to do with a damaged
// one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "database.hpp"
#include "pe/storage/replica_store.hpp"
#include "replica_lock.hpp"

namespace pe::storage {

inline constexpr const char* kReplicaFileName = "replica.sqlite3";

struct OpenedReplica {
    Database database;
    std::optional<ReplicaRecovery> recovery;
};

// Makes the folder, readable by its owner only.
Result<void> prepareReplicaFolder(const std::filesystem::path& folder);

// `suspicious` asks for the check of all pages whatever the size. The caller holds the lock.
Result<OpenedReplica> openReplica(const std::filesystem::path& file, bool suspicious,
                                  std::int64_t nowMs);

// Another connection to a database that this program has already checked.
Result<Database> reopenReplica(const std::filesystem::path& file);

}  // namespace pe::storage
