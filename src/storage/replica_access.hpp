// SPDX-License-Identifier: MIT
// How the calls of ReplicaStore reach the database, and the SQL that several of them share.
#pragma once

#include <utility>

#include "database.hpp"
#include "pe/storage/replica_store.hpp"

namespace pe::storage {

std::string_view blobOf(const PipelineId& id);

// The row number of a pipeline; NotFound.
Result<std::int64_t> numberOf(Database& database, const PipelineId& id);

// Makes `bodies` the whole outbox of a pipeline, within the caller's transaction.
Result<void> storeOutbox(Database& database, std::int64_t number,
                         std::span<const std::string> bodies);

// Prepares, binds and runs a statement without rows.
template <class... Values>
Result<void> runSql(Database& database, std::string_view sql, const Values&... values) {
    return database.prepare(sql).bind(values...).run();
}

template <class Work>
auto ReplicaStore::write(Work work) -> std::invoke_result_t<Work, Database&> {
    const std::lock_guard guard(mutex_);
    PE_TRY(ensureOpen());
    const auto inTransaction = [&]() -> std::invoke_result_t<Work, Database&> {
        PE_TRY_ASSIGN(auto transaction, Transaction::begin(*database_));
        auto result = work(*database_);
        if (result)
            PE_TRY(transaction.commit());
        return result;
    };
    auto result = inTransaction();
    if (!result)
        noteFailure(result.error());
    return result;
}

template <class Work>
auto ReplicaStore::read(Work work) -> std::invoke_result_t<Work, Database&> {
    const std::lock_guard guard(mutex_);
    PE_TRY(ensureOpen());
    auto result = work(*database_);
    if (!result)
        noteFailure(result.error());
    return result;
}

// The decoded first column of the first row, if there is a row.
Result<std::optional<std::string>> firstValue(Statement& statement);

template <class... Values>
Result<std::optional<std::string>> storedValue(Database& database, std::string_view sql,
                                               const Values&... values) {
    Statement statement = database.prepare(sql);
    return firstValue(statement.bind(values...));
}

}  // namespace pe::storage
