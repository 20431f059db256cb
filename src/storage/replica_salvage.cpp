// SPDX-License-Identifier: MIT
#include "replica_salvage.hpp"

#include <array>
#include <optional>
#include <system_error>
#include <vector>

#include "database_files.hpp"
#include "replica_access.hpp"
#include "value_codec.hpp"

namespace pe::storage {
namespace {

// A copy to read from, since opening a database with a log changes it. Removed with this object.
class ScratchCopy {
public:
    explicit ScratchCopy(const std::filesystem::path& original)
        : path_(original.parent_path() / "salvage.sqlite3") {
        removeDatabase(path_);
        std::error_code ignored;
        for (const char* suffix : {"", "-wal"})
            std::filesystem::copy_file(withSuffix(original, suffix), withSuffix(path_, suffix),
                                       ignored);
    }
    ScratchCopy(const ScratchCopy&) = delete;
    ScratchCopy& operator=(const ScratchCopy&) = delete;
    ~ScratchCopy() { removeDatabase(path_); }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

class Salvage {
public:
    Salvage(Database& damaged, Database& fresh, ReplicaRecovery& recovery)
        : damaged_(damaged), fresh_(fresh), recovery_(recovery) {}

    Result<void> run() {
        recovery_.complete = true;
        PE_TRY_ASSIGN(auto transaction, Transaction::begin(fresh_));
        PE_TRY(copyPipelines());
        PE_TRY(
            copyKeyed("select key, value from meta", "insert or ignore into meta values (?, ?)"));
        PE_TRY(copyKeyed("select key, value from settings",
                         "insert or ignore into settings values (?, ?)"));
        PE_TRY(copyRecentFiles());
        return transaction.commit();
    }

private:
    // The next row of the damaged file; none at the end and where it cannot be read on.
    bool nextRow(Statement& rows) {
        const auto found = rows.next();
        if (!found)
            recovery_.complete = false;
        return found && *found;
    }

    std::optional<std::string> intact(std::string_view stored) {
        if (decodeValue(stored))
            return std::string(stored);
        recovery_.complete = false;
        return std::nullopt;
    }

    // The damaged file may be of an older version, which had fewer columns and tables.
    bool isOlderThan(std::int64_t version) {
        const auto found = damaged_.integer("pragma user_version");
        return found && *found < version;
    }

    Result<void> copyPipelines() {
        const std::string added = isOlderThan(2)
                                      ? "opened_at, min(last_position, 1), null, 0, random() | 1"
                                      : "edited_at, exchanged, sync_mark, shared, replica";
        Statement rows = damaged_.prepare(
            "select number, id, path, title, opened_at, last_position, snapshot_position, "
            "snapshot_parts, base_text, base_stamp, " +
            added + " from pipelines not indexed");
        while (nextRow(rows))
            PE_TRY(copyPipeline(rows));
        return {};
    }

    Result<void> copyPipeline(const Statement& row) {
        PE_TRY(runSql(fresh_,
                      "insert or ignore into pipelines "
                      "(id, path, title, opened_at, edited_at, exchanged, shared, replica) "
                      "values (?, nullif(?, ''), ?, ?, ?, ?, ?, ?)",
                      row.blob(1), row.text(2), row.text(3), row.integer(4), row.integer(10),
                      row.integer(11), row.integer(13), row.integer(14)));
        if (fresh_.changedRows() == 0) {
            recovery_.complete = false;
            return {};
        }
        ++recovery_.pipelines;
        const std::int64_t from = row.integer(0);
        const std::int64_t to = fresh_.lastRow();
        if (!row.isNull(8) && !row.isNull(9))
            PE_TRY(copyBase(row, to));
        std::int64_t covered = row.integer(6);
        std::int64_t parts = row.integer(7);
        PE_TRY_ASSIGN(const bool whole, copySnapshot(from, to, parts));
        if (!whole)
            covered = parts = 0;
        PE_TRY_ASSIGN(const std::int64_t last, copyHistory(from, to, covered));
        if (last != row.integer(5))
            recovery_.complete = false;
        PE_TRY(copySingle(from, to, "drafts", "body, saved_at"));
        PE_TRY(copySingle(from, to, "undo_stacks", "body"));
        PE_TRY(copyVersions(from, to, last));
        PE_TRY(copyOutbox(from, to));
        PE_TRY(copyRefused(from, to));
        PE_TRY(copyFormerReplicas(from, to));
        return runSql(fresh_,
                      "update pipelines set last_position = ?, snapshot_position = ?, "
                      "snapshot_parts = ? where number = ?",
                      last, covered, parts, to);
    }

    Result<void> copyBase(const Statement& row, std::int64_t to) {
        const auto text = intact(row.blob(8));
        const auto stamp = intact(row.blob(9));
        if (!text || !stamp)
            return {};
        const auto mark = row.isNull(12) ? std::nullopt : intact(row.blob(12));
        if (mark)
            PE_TRY(runSql(fresh_, "update pipelines set sync_mark = ? where number = ?",
                          std::string_view(*mark), to));
        return runSql(fresh_, "update pipelines set base_text = ?, base_stamp = ? where number = ?",
                      std::string_view(*text), std::string_view(*stamp), to);
    }

    // True where all parts came over; otherwise none did.
    Result<bool> copySnapshot(std::int64_t from, std::int64_t to, std::int64_t parts) {
        Statement rows = damaged_.prepare(
            "select part, hash, body from snapshots where pipeline = ? order by part");
        rows.bind(from);
        for (std::int64_t part = 0; part < parts; ++part) {
            const bool found = nextRow(rows) && rows.integer(0) == part;
            const auto body = found ? intact(rows.blob(2)) : std::nullopt;
            if (!body) {
                recovery_.complete = false;
                PE_TRY(runSql(fresh_, "delete from snapshots where pipeline = ?", to));
                return false;
            }
            PE_TRY(runSql(fresh_, "insert into snapshots values (?, ?, ?, ?)", to, part,
                          rows.integer(1), std::string_view(*body)));
        }
        return true;
    }

    // Packs and changes: the run that begins where the snapshot ends, or before, and has no hole
    // behind it. Returns its last position.
    Result<std::int64_t> copyHistory(std::int64_t from, std::int64_t to, std::int64_t covered) {
        std::int64_t previous = 0;
        PE_TRY_ASSIGN(const bool whole, copyPacks(from, to, covered, previous));
        if (whole)
            PE_TRY(copyChanges(from, to, covered, previous));
        return std::max(previous, covered);
    }

    // Whether what begins here goes on from `previous`, or leaves out only what the snapshot
    // covers.
    static bool follows(std::int64_t position, std::int64_t previous, std::int64_t covered) {
        return position > previous && position <= std::max(previous, covered) + 1;
    }

    Result<bool> copyPacks(std::int64_t from, std::int64_t to, std::int64_t covered,
                           std::int64_t& previous) {
        if (isOlderThan(2))
            return true;
        Statement rows = damaged_.prepare(
            "select first_position, last_position, body from packs where pipeline = ? "
            "order by first_position");
        rows.bind(from);
        while (nextRow(rows)) {
            const std::int64_t first = rows.integer(0);
            const std::int64_t last = rows.integer(1);
            const bool fits = last >= first && follows(first, previous, covered);
            const auto body = fits ? intact(rows.blob(2)) : std::nullopt;
            if (!body) {
                recovery_.complete = false;
                // What the snapshot covers is history only: what comes behind does not need it.
                if (fits && last <= covered) {
                    previous = last;
                    continue;
                }
                return false;
            }
            PE_TRY(runSql(fresh_, "insert into packs values (?, ?, ?, ?)", to, first, last,
                          std::string_view(*body)));
            previous = last;
            recovery_.changes += last - first + 1;
        }
        return true;
    }

    Result<void> copyChanges(std::int64_t from, std::int64_t to, std::int64_t covered,
                             std::int64_t& previous) {
        Statement rows = damaged_.prepare(
            "select position, body from changes where pipeline = ? order by position");
        rows.bind(from);
        while (nextRow(rows)) {
            const std::int64_t position = rows.integer(0);
            const bool fits = follows(position, previous, covered);
            const auto body = fits ? intact(rows.blob(1)) : std::nullopt;
            if (!body) {
                recovery_.complete = false;
                if (fits && position <= covered) {
                    previous = position;
                    continue;
                }
                break;
            }
            PE_TRY(runSql(fresh_, "insert into changes values (?, ?, ?)", to, position,
                          std::string_view(*body)));
            previous = position;
            ++recovery_.changes;
        }
        return {};
    }

    // Names of versions that did not come over would point nowhere.
    Result<void> copyVersions(std::int64_t from, std::int64_t to, std::int64_t last) {
        if (isOlderThan(2))
            return {};
        Statement rows = damaged_.prepare(
            "select name, position, author, made_at from versions where pipeline = ?");
        rows.bind(from);
        while (nextRow(rows)) {
            if (rows.integer(1) > last) {
                recovery_.complete = false;
                continue;
            }
            PE_TRY(runSql(fresh_, "insert or ignore into versions values (?, ?, ?, ?, ?)", to,
                          rows.text(0), rows.integer(1), rows.text(2), rows.integer(3)));
        }
        return {};
    }

    // Later changes need the earlier ones, so the first damaged one ends it.
    Result<void> copyOutbox(std::int64_t from, std::int64_t to) {
        if (isOlderThan(2))
            return {};
        Statement rows =
            damaged_.prepare("select place, body from outbox where pipeline = ? order by place");
        rows.bind(from);
        while (nextRow(rows)) {
            const auto body = intact(rows.blob(1));
            if (!body)
                return {};
            PE_TRY(runSql(fresh_, "insert into outbox values (?, ?, ?)", to, rows.integer(0),
                          std::string_view(*body)));
        }
        return {};
    }

    Result<void> copyRefused(std::int64_t from, std::int64_t to) {
        if (isOlderThan(2))
            return {};
        Statement rows = damaged_.prepare(
            "select body, label, reason, refused_at from refused where pipeline = ?");
        rows.bind(from);
        while (nextRow(rows))
            if (const auto body = intact(rows.blob(0)))
                PE_TRY(runSql(fresh_,
                              "insert into refused (pipeline, body, label, reason, refused_at) "
                              "values (?, ?, ?, ?, ?)",
                              to, std::string_view(*body), rows.text(1), rows.text(2),
                              rows.integer(3)));
        return {};
    }

    Result<void> copyFormerReplicas(std::int64_t from, std::int64_t to) {
        if (isOlderThan(3))
            return {};
        Statement rows = damaged_.prepare("select replica from former_replicas where pipeline = ?");
        rows.bind(from);
        while (nextRow(rows))
            PE_TRY(runSql(fresh_, "insert or ignore into former_replicas values (?, ?)", to,
                          rows.integer(0)));
        return {};
    }

    Result<void> copySingle(std::int64_t from, std::int64_t to, const std::string& table,
                            const std::string& columns) {
        Statement rows =
            damaged_.prepare("select " + columns + " from " + table + " where pipeline = ?");
        if (!nextRow(rows.bind(from)))
            return {};
        const auto body = intact(rows.blob(0));
        if (!body)
            return {};
        const std::string_view bytes(*body);
        if (table == "drafts")
            return runSql(fresh_, "insert into drafts values (?, ?, ?)", to, bytes,
                          rows.integer(1));
        return runSql(fresh_, "insert into undo_stacks values (?, ?)", to, bytes);
    }

    Result<void> copyKeyed(std::string_view from, std::string_view into) {
        Statement rows = damaged_.prepare(from);
        while (nextRow(rows))
            if (const auto value = intact(rows.blob(1)))
                PE_TRY(runSql(fresh_, into, rows.text(0), std::string_view(*value)));
        return {};
    }

    Result<void> copyRecentFiles() {
        Statement rows = damaged_.prepare("select path, opened_at from recent_files");
        while (nextRow(rows))
            PE_TRY(runSql(fresh_, "insert or ignore into recent_files values (?, ?)", rows.text(0),
                          rows.integer(1)));
        return {};
    }

    Database& damaged_;
    Database& fresh_;
    ReplicaRecovery& recovery_;
};

}  // namespace

Result<void> salvage(ReplicaRecovery& recovery, Database& fresh) {
    const ScratchCopy copy(recovery.movedTo);
    auto damaged = Database::open(copy.path());
    if (!damaged)
        return {};
    return Salvage(*damaged, fresh, recovery).run();
}

}  // namespace pe::storage
