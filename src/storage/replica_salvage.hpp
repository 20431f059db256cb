// SPDX-License-Identifier: MIT
// Salvage: reads what is readable of a damaged replica into a new one. The damaged file stays as it
// is.
#pragma once

#include "database.hpp"
#include "pe/storage/replica_store.hpp"

namespace pe::storage {

// Reads recovery.movedTo and fills in the counts. An error only where the new database fails.
Result<void> salvage(ReplicaRecovery& recovery, Database& fresh);

}  // namespace pe::storage
