// SPDX-License-Identifier: MIT
// What a session borrows from its workspace.
#pragma once

#include <string>

#include "pe/base/clock.hpp"
#include "pe/base/executor.hpp"
#include "pe/storage/file_system.hpp"
#include "pe/storage/journal_writer.hpp"
#include "pe/storage/replica_store.hpp"
#include "pe/storage/search_index.hpp"

namespace pe::workspace {

struct SessionServices {
    storage::FileSystem& files;
    storage::ReplicaStore& store;
    storage::JournalWriter& journal;
    storage::SearchIndex* index;  // none where it cannot be opened
    Clock& clock;
    Executor& executor;  // of the thread that the sessions live on
    std::string author;
};

}  // namespace pe::workspace
