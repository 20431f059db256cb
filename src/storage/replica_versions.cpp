// SPDX-License-Identifier: MIT
// The names that people give to versions of a pipeline.
#include "file_errors.hpp"
#include "replica_access.hpp"

namespace pe::storage {
namespace {

Result<void> checkFree(Database& database, std::int64_t number, const std::string& name) {
    if (name.empty())
        return fail(ErrorCode::InvalidArgument, "Give the version a name.");
    Statement row = database.prepare("select 1 from versions where pipeline = ? and name = ?");
    PE_TRY_ASSIGN(const bool taken, row.bind(number, name).next());
    if (taken)
        return fail(ErrorCode::Conflict,
                    "There is a version called " + inQuotes(name) + " already. Take another name.",
                    name);
    return {};
}

Result<void> expectOne(const Database& database, const std::string& name) {
    if (database.changedRows() == 1)
        return {};
    return fail(ErrorCode::NotFound, "There is no version called " + inQuotes(name) + ".", name);
}

}  // namespace

Result<void> ReplicaStore::nameVersion(const PipelineId& id, const NamedVersion& version) {
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        PE_TRY(checkFree(database, number, version.name));
        Statement row = database.prepare("select last_position from pipelines where number = ?");
        PE_TRY(row.bind(number).next());
        if (version.position < 1 || version.position > row.integer(0))
            return fail(ErrorCode::InvalidArgument, "The pipeline has no such version.");
        return runSql(database, "insert into versions values (?, ?, ?, ?, ?)", number, version.name,
                      version.position, version.author, version.madeAtMs);
    });
}

Result<void> ReplicaStore::renameVersion(const PipelineId& id, const std::string& from,
                                         const std::string& to) {
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        if (from != to)
            PE_TRY(checkFree(database, number, to));
        PE_TRY(runSql(database, "update versions set name = ? where pipeline = ? and name = ?", to,
                      number, from));
        return expectOne(database, from);
    });
}

Result<void> ReplicaStore::removeVersion(const PipelineId& id, const std::string& name) {
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        PE_TRY(
            runSql(database, "delete from versions where pipeline = ? and name = ?", number, name));
        return expectOne(database, name);
    });
}

Result<std::vector<NamedVersion>> ReplicaStore::versions(const PipelineId& id) {
    return read([&](Database& database) -> Result<std::vector<NamedVersion>> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        std::vector<NamedVersion> all;
        Statement rows = database.prepare(
            "select name, position, author, made_at from versions where pipeline = ? "
            "order by position, made_at, name");
        rows.bind(number);
        while (true) {
            PE_TRY_ASSIGN(const bool found, rows.next());
            if (!found)
                return all;
            all.push_back({rows.text(0), rows.integer(1), rows.text(2), rows.integer(3)});
        }
    });
}

}  // namespace pe::storage
