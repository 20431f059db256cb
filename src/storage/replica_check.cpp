// SPDX-License-Identifier: MIT
// Reading all that the database holds, to find out whether it can be read.
#include "file_errors.hpp"
#include "replica_access.hpp"
#include "replica_opening.hpp"
#include "value_codec.hpp"

namespace pe::storage {
namespace {

struct ValueColumn {
    const char* table;
    const char* column;
};

constexpr ValueColumn kValues[] = {
    {"meta", "value"},           {"settings", "value"}, {"pipelines", "base_text"},
    {"pipelines", "base_stamp"}, {"changes", "body"},   {"packs", "body"},
    {"pipelines", "sync_mark"},  {"outbox", "body"},    {"refused", "body"},
    {"snapshots", "body"},       {"drafts", "body"},    {"undo_stacks", "body"}};

Result<void> checkColumn(Database& database, const ValueColumn& values) {
    Statement rows = database.prepare(std::string("select ") + values.column + " from " +
                                      values.table + " where " + values.column + " is not null");
    while (true) {
        PE_TRY_ASSIGN(const bool found, rows.next());
        if (!found)
            return {};
        if (auto value = decodeValue(rows.blob(0)); !value)
            return fail(ErrorCode::Corrupt,
                        value.error().message + " It is one of the " + values.table + ".");
    }
}

}  // namespace

Result<void> ReplicaStore::checkAll() {
    return read([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const std::string verdict, database.text("pragma integrity_check(1)"));
        if (verdict != "ok")
            return fail(ErrorCode::Corrupt, "The local replica is damaged: " + verdict);
        for (const ValueColumn& values : kValues)
            PE_TRY(checkColumn(database, values));
        return {};
    });
}

}  // namespace pe::storage
