// SPDX-License-Identifier: MIT
#include "pe/storage/replica_store.hpp"

#include "file_errors.hpp"
#include "replica_access.hpp"
#include "replica_opening.hpp"
#include "value_codec.hpp"

namespace pe::storage {
namespace {

constexpr const char* kRecordColumns =
    "select id, path, title, opened_at, edited_at, last_position, snapshot_position, exchanged, "
    "exists (select 1 from drafts where pipeline = pipelines.number), replica, shared, "
    "(select count(*) from outbox where pipeline = pipelines.number), "
    "(select count(*) from refused where pipeline = pipelines.number) from pipelines ";

std::string normal(const std::filesystem::path& path) {
    return std::filesystem::absolute(path).lexically_normal().string();
}

PipelineRecord recordIn(const Statement& row) {
    PipelineRecord record;
    const std::string_view id = row.blob(0);
    std::copy_n(id.begin(), std::min(id.size(), record.id.size()), record.id.begin());
    record.path = row.text(1);
    record.title = row.text(2);
    record.openedAtMs = row.integer(3);
    record.editedAtMs = row.integer(4);
    record.lastPosition = row.integer(5);
    record.snapshotPosition = row.integer(6);
    record.exchanged = row.integer(7);
    record.hasDraft = row.integer(8) != 0;
    record.replica = static_cast<std::uint64_t>(row.integer(9));
    record.shared = row.integer(10) != 0;
    record.outbox = row.integer(11);
    record.refused = row.integer(12);
    return record;
}

template <class Key>
Result<std::optional<PipelineRecord>> findRecord(Database& database, const char* column,
                                                 const Key& key) {
    Statement row = database.prepare(std::string(kRecordColumns) + "where " + column + " = ?");
    PE_TRY_ASSIGN(const bool found, row.bind(key).next());
    if (!found)
        return std::nullopt;
    return recordIn(row);
}

std::int64_t newReplica(Random& random) {
    return static_cast<std::int64_t>(random.next() | 1);
}

PipelineId newId(Random& random) {
    PipelineId id;
    for (std::size_t at = 0; at < id.size(); at += 8) {
        const std::uint64_t number = random.next();
        for (std::size_t i = 0; i < 8; ++i)
            id[at + i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
    return id;
}

Result<std::optional<std::string>> valueOf(Database& database, std::string_view sql,
                                           const std::string& key) {
    Statement statement = database.prepare(sql);
    return firstValue(statement.bind(key));
}

}  // namespace

std::string_view blobOf(const PipelineId& id) {
    return {reinterpret_cast<const char*>(id.data()), id.size()};
}

Result<std::int64_t> numberOf(Database& database, const PipelineId& id) {
    Statement row = database.prepare("select number from pipelines where id = ?");
    PE_TRY_ASSIGN(const bool found, row.bind(blobOf(id)).next());
    if (found)
        return row.integer(0);
    return fail(ErrorCode::NotFound, "The local replica does not hold this pipeline.");
}

Result<std::optional<std::string>> firstValue(Statement& statement) {
    PE_TRY_ASSIGN(const bool found, statement.next());
    if (!found || statement.isNull(0))
        return std::nullopt;
    PE_TRY_ASSIGN(std::string value, decodeValue(statement.blob(0)));
    return value;
}

Result<std::unique_ptr<ReplicaStore>> ReplicaStore::open(const std::filesystem::path& folder,
                                                         Clock& clock, Random& random) {
    PE_TRY(prepareReplicaFolder(folder));
    PE_TRY_ASSIGN(ReplicaLock acquired, ReplicaLock::acquire(folder));
    auto lock = std::make_unique<ReplicaLock>(std::move(acquired));
    const bool suspicious = lock->previousOwnerDied();
    std::unique_ptr<ReplicaStore> store(
        new ReplicaStore(std::move(lock), folder / kReplicaFileName, clock, random));
    PE_TRY_ASSIGN(OpenedReplica opened, openReplica(store->file_, suspicious, clock.nowMs()));
    store->database_ = std::make_unique<Database>(std::move(opened.database));
    store->recovery_ = std::move(opened.recovery);
    PE_TRY(store->settleIdentity());
    return store;
}

ReplicaStore::ReplicaStore(std::unique_ptr<ReplicaLock> lock, std::filesystem::path file,
                           Clock& clock, Random& random)
    : lock_(std::move(lock)), file_(std::move(file)), clock_(clock), random_(random) {}

ReplicaStore::~ReplicaStore() {
    const bool inOrder = database_ != nullptr;
    database_.reset();  // before the lock is let go
    if (inOrder)
        lock_->markClean();
}

Result<void> ReplicaStore::ensureOpen() {
    if (database_)
        return {};
    PE_TRY_ASSIGN(Database database, reopenReplica(file_));
    database_ = std::make_unique<Database>(std::move(database));
    return {};
}

void ReplicaStore::noteFailure(const Error& error) {
    if (error.code == ErrorCode::Unwritable || error.code == ErrorCode::Corrupt)
        database_.reset();
}

Result<PipelineRecord> ReplicaStore::pipelineFor(const std::filesystem::path& path) {
    const std::string key = normal(path);
    return write([&](Database& database) -> Result<PipelineRecord> {
        const std::int64_t now = clock_.nowMs();
        PE_TRY(runSql(database,
                      "insert into pipelines (id, path, title, opened_at, edited_at, replica) "
                      "values (?, ?, ?, ?, ?, ?) "
                      "on conflict (path) do update set opened_at = excluded.opened_at",
                      blobOf(newId(random_)), key, path.stem().string(), now, now,
                      newReplica(random_)));
        PE_TRY_ASSIGN(const auto record, findRecord(database, "path", key));
        return *record;
    });
}

Result<PipelineRecord> ReplicaStore::createPipeline(const std::string& title) {
    const PipelineId id = newId(random_);
    return write([&](Database& database) -> Result<PipelineRecord> {
        const std::int64_t now = clock_.nowMs();
        PE_TRY(runSql(database,
                      "insert into pipelines (id, title, opened_at, edited_at, replica) "
                      "values (?, ?, ?, ?, ?)",
                      blobOf(id), title, now, now, newReplica(random_)));
        PE_TRY_ASSIGN(const auto record, findRecord(database, "id", blobOf(id)));
        return *record;
    });
}

Result<PipelineRecord> ReplicaStore::pipeline(const PipelineId& id) {
    return read([&](Database& database) -> Result<PipelineRecord> {
        PE_TRY(numberOf(database, id));
        PE_TRY_ASSIGN(const auto record, findRecord(database, "id", blobOf(id)));
        return *record;
    });
}

Result<std::vector<PipelineRecord>> ReplicaStore::list() {
    return read([&](Database& database) -> Result<std::vector<PipelineRecord>> {
        std::vector<PipelineRecord> records;
        Statement rows =
            database.prepare(std::string(kRecordColumns) + "order by opened_at desc, number");
        while (true) {
            PE_TRY_ASSIGN(const bool found, rows.next());
            if (!found)
                return records;
            records.push_back(recordIn(rows));
        }
    });
}

Result<void> ReplicaStore::setPath(const PipelineId& id, const std::filesystem::path& path) {
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        if (path.empty())
            return runSql(database, "update pipelines set path = null where number = ?", number);
        const std::string key = normal(path);
        PE_TRY_ASSIGN(const auto holder, findRecord(database, "path", key));
        if (holder && holder->id != id)
            return fail(ErrorCode::Conflict,
                        inQuotes(key) + " belongs to another pipeline of the local replica.", key);
        return runSql(database, "update pipelines set path = ? where number = ?", key, number);
    });
}

Result<void> ReplicaStore::setTitle(const PipelineId& id, const std::string& title) {
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        return runSql(database, "update pipelines set title = ? where number = ?", title, number);
    });
}

Result<void> ReplicaStore::removePipeline(const PipelineId& id) {
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        return runSql(database, "delete from pipelines where number = ?", number);
    });
}

Result<void> ReplicaStore::noteRecentFile(const std::filesystem::path& path) {
    return write([&](Database& database) {
        return runSql(database, "insert or replace into recent_files values (?, ?)", normal(path),
                      clock_.nowMs());
    });
}

Result<void> ReplicaStore::forgetRecentFile(const std::filesystem::path& path) {
    return write([&](Database& database) {
        return runSql(database, "delete from recent_files where path = ?", normal(path));
    });
}

Result<std::vector<RecentFile>> ReplicaStore::recentFiles(std::size_t limit) {
    return read([&](Database& database) -> Result<std::vector<RecentFile>> {
        std::vector<RecentFile> files;
        Statement rows = database.prepare(
            "select path, opened_at from recent_files order by opened_at desc, path limit ?");
        rows.bind(static_cast<std::int64_t>(limit));
        while (true) {
            PE_TRY_ASSIGN(const bool found, rows.next());
            if (!found)
                return files;
            files.push_back({rows.text(0), rows.integer(1)});
        }
    });
}

Result<void> ReplicaStore::setSetting(const std::string& key, std::string_view value) {
    PE_TRY_ASSIGN(const std::string stored, encodeValue(value));
    return write([&](Database& database) {
        return runSql(database, "insert or replace into settings values (?, ?)", key,
                      std::string_view(stored));
    });
}

Result<std::optional<std::string>> ReplicaStore::setting(const std::string& key) {
    return read([&](Database& database) {
        return valueOf(database, "select value from settings where key = ?", key);
    });
}

Result<void> ReplicaStore::removeSetting(const std::string& key) {
    return write([&](Database& database) {
        return runSql(database, "delete from settings where key = ?", key);
    });
}

Result<void> ReplicaStore::setMeta(const std::string& key, std::string_view value) {
    PE_TRY_ASSIGN(const std::string stored, encodeValue(value));
    return write([&](Database& database) {
        return runSql(database, "insert or replace into meta values (?, ?)", key,
                      std::string_view(stored));
    });
}

Result<std::optional<std::string>> ReplicaStore::meta(const std::string& key) {
    return read([&](Database& database) {
        return valueOf(database, "select value from meta where key = ?", key);
    });
}

}  // namespace pe::storage
