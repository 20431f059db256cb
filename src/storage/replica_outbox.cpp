// SPDX-License-Identifier: MIT
// The own changes of shared pipelines that have no position yet, and those that never got one.
#include "replica_access.hpp"
#include "value_codec.hpp"

namespace pe::storage {
namespace {

Result<void> addWaiting(Database& database, std::int64_t number, std::string_view body) {
    PE_TRY_ASSIGN(const std::string stored, encodeValue(body));
    return runSql(database,
                  "insert into outbox select ?1, coalesce(max(place), 0) + 1, ?2 from outbox "
                  "where pipeline = ?1",
                  number, std::string_view(stored));
}

}  // namespace

Result<void> storeOutbox(Database& database, std::int64_t number,
                         std::span<const std::string> bodies) {
    PE_TRY(runSql(database, "delete from outbox where pipeline = ?", number));
    for (const std::string& body : bodies)
        PE_TRY(addWaiting(database, number, body));
    return {};
}

Result<void> ReplicaStore::share(const PipelineId& id) {
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        return runSql(database, "update pipelines set shared = 1 where number = ?", number);
    });
}

Result<std::vector<std::string>> ReplicaStore::outbox(const PipelineId& id) {
    return read([&](Database& database) -> Result<std::vector<std::string>> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        std::vector<std::string> bodies;
        Statement rows =
            database.prepare("select body from outbox where pipeline = ? order by place");
        rows.bind(number);
        while (true) {
            PE_TRY_ASSIGN(const bool found, rows.next());
            if (!found)
                return bodies;
            PE_TRY_ASSIGN(std::string body, decodeValue(rows.blob(0)));
            bodies.push_back(std::move(body));
        }
    });
}

Result<void> ReplicaStore::addToOutbox(const PipelineId& id, std::string_view body) {
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        PE_TRY(addWaiting(database, number, body));
        return runSql(database, "update pipelines set edited_at = ? where number = ?",
                      clock_.nowMs(), number);
    });
}

Result<void> ReplicaStore::replaceOutbox(const PipelineId& id,
                                         std::span<const std::string> bodies) {
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        return storeOutbox(database, number, bodies);
    });
}

Result<void> ReplicaStore::addRefused(const PipelineId& id, const RefusedEntry& entry) {
    PE_TRY_ASSIGN(const std::string stored, encodeValue(entry.body));
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        return runSql(database,
                      "insert into refused (pipeline, body, label, reason, refused_at) "
                      "values (?, ?, ?, ?, ?)",
                      number, std::string_view(stored), entry.label, entry.reason,
                      entry.refusedAtMs);
    });
}

Result<std::vector<RefusedEntry>> ReplicaStore::refused(const PipelineId& id) {
    return read([&](Database& database) -> Result<std::vector<RefusedEntry>> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        std::vector<RefusedEntry> entries;
        Statement rows = database.prepare(
            "select body, label, reason, refused_at from refused where pipeline = ? "
            "order by number");
        rows.bind(number);
        while (true) {
            PE_TRY_ASSIGN(const bool found, rows.next());
            if (!found)
                return entries;
            RefusedEntry entry{{}, rows.text(1), rows.text(2), rows.integer(3)};
            PE_TRY_ASSIGN(entry.body, decodeValue(rows.blob(0)));
            entries.push_back(std::move(entry));
        }
    });
}

}  // namespace pe::storage
