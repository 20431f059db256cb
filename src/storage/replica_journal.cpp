// SPDX-License-Identifier: MIT
// The journal and the snapshots of ReplicaStore.
#include <algorithm>
#include <map>

#include "change_pack.hpp"
#include "replica_access.hpp"
#include "value_codec.hpp"

namespace pe::storage {
namespace {

// Where the journal of one pipeline stands.
struct Head {
    std::int64_t number = 0;
    std::int64_t last = 0;
    std::int64_t snapshot = 0;
    std::int64_t parts = 0;
};

Result<Head> headOf(Database& database, const PipelineId& id) {
    Head head;
    PE_TRY_ASSIGN(head.number, numberOf(database, id));
    Statement row = database.prepare(
        "select last_position, snapshot_position, snapshot_parts from pipelines where number = ?");
    PE_TRY(row.bind(head.number).next());
    head.last = row.integer(0);
    head.snapshot = row.integer(1);
    head.parts = row.integer(2);
    return head;
}

tl::unexpected<Error> incomplete() {
    return fail(ErrorCode::Corrupt, "Changes are missing from the local replica.");
}

// Appends to the journals of several pipelines with statements prepared once.
class Appender {
public:
    explicit Appender(Database& database)
        : database_(database),
          insert_(database.prepare("insert into changes values (?, ?, ?)")),
          find_(database.prepare("select body from changes where pipeline = ? and position = ?")),
          setLast_(database.prepare(
              "update pipelines set last_position = ?, edited_at = ? where number = ?")) {}

    Result<void> append(const PipelineId& id, const Change& change) {
        auto known = heads_.find(id);
        if (known == heads_.end()) {
            PE_TRY_ASSIGN(const Head head, headOf(database_, id));
            known = heads_.emplace(id, head).first;
        }
        Head& head = known->second;
        if (change.position <= head.last)
            return checkSame(head, change);
        if (change.position != head.last + 1)
            return fail(ErrorCode::InvalidArgument, "A change would leave a gap in the journal.");
        PE_TRY_ASSIGN(const std::string body, encodeValue(change.body));
        PE_TRY(insert_.bind(head.number, change.position, std::string_view(body)).run());
        head.last = change.position;
        return {};
    }

    Result<void> finish(std::int64_t nowMs) {
        for (const auto& [id, head] : heads_)
            PE_TRY(setLast_.bind(head.last, nowMs, head.number).run());
        return {};
    }

private:
    Result<void> checkSame(const Head& head, const Change& change) {
        PE_TRY_ASSIGN(auto stored, firstValue(find_.bind(head.number, change.position)));
        if (!stored) {
            PE_TRY_ASSIGN(stored, packedChange(database_, head.number, change.position));
        }
        if (stored && *stored == change.body)
            return {};
        return fail(ErrorCode::Conflict, "Another change has this position in the journal.");
    }

    Database& database_;
    Statement insert_;
    Statement find_;
    Statement setLast_;
    std::map<PipelineId, Head> heads_;
};

Result<void> checkSnapshot(const Head& head, const Snapshot& snapshot) {
    if (snapshot.parts.empty() || snapshot.position < head.snapshot ||
        snapshot.position > head.last)
        return fail(ErrorCode::InvalidArgument,
                    "The snapshot is empty or does not fit the journal.");
    return {};
}

Result<void> appendLooseChanges(Database& database, std::int64_t number, std::int64_t after,
                                std::int64_t upTo, std::vector<Change>& changes) {
    Statement rows = database.prepare(
        "select position, body from changes where pipeline = ? and position > ? and position <= ? "
        "order by position");
    rows.bind(number, after, upTo);
    while (true) {
        PE_TRY_ASSIGN(const bool found, rows.next());
        if (!found)
            return {};
        PE_TRY_ASSIGN(std::string body, decodeValue(rows.blob(1)));
        changes.push_back({rows.integer(0), std::move(body)});
    }
}

Result<void> savePart(Database& database, std::int64_t number, std::int64_t part,
                      const std::string& body) {
    const auto hash = static_cast<std::int64_t>(contentHash(body));
    Statement known =
        database.prepare("select body from snapshots where pipeline = ? and part = ? and hash = ?");
    PE_TRY_ASSIGN(const bool found, known.bind(number, part, hash).next());
    // Read as well: one that was damaged since is written again.
    if (found)
        if (const auto present = decodeValue(known.blob(0)); present && *present == body)
            return {};
    PE_TRY_ASSIGN(const std::string stored, encodeValue(body));
    return runSql(database, "insert or replace into snapshots values (?, ?, ?, ?)", number, part,
                  hash, std::string_view(stored));
}

}  // namespace

Result<std::int64_t> ReplicaStore::lastPosition(const PipelineId& id) {
    return read([&](Database& database) -> Result<std::int64_t> {
        PE_TRY_ASSIGN(const Head head, headOf(database, id));
        return head.last;
    });
}

Result<void> ReplicaStore::appendEntries(std::span<const JournalEntry> entries) {
    return write([&](Database& database) -> Result<void> {
        Appender appender(database);
        for (const JournalEntry& entry : entries)
            PE_TRY(appender.append(entry.pipeline, entry.change));
        return appender.finish(clock_.nowMs());
    });
}

Result<void> ReplicaStore::confirm(const PipelineId& id, std::span<const JournalEntry> entries,
                                   std::span<const std::string> stillWaiting) {
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        Appender appender(database);
        for (const JournalEntry& entry : entries)
            PE_TRY(appender.append(entry.pipeline, entry.change));
        PE_TRY(appender.finish(clock_.nowMs()));
        return storeOutbox(database, number, stillWaiting);
    });
}

Result<std::int64_t> ReplicaStore::appendChanges(const PipelineId& id,
                                                 std::span<const std::string> bodies) {
    return write([&](Database& database) -> Result<std::int64_t> {
        PE_TRY_ASSIGN(const Head head, headOf(database, id));
        Appender appender(database);
        std::int64_t position = head.last;
        for (const std::string& body : bodies)
            PE_TRY(appender.append(id, {++position, body}));
        PE_TRY(appender.finish(clock_.nowMs()));
        return position;
    });
}

Result<std::vector<Change>> ReplicaStore::loadChanges(const PipelineId& id, std::int64_t after,
                                                      std::int64_t upTo) {
    return read([&](Database& database) -> Result<std::vector<Change>> {
        PE_TRY_ASSIGN(const Head head, headOf(database, id));
        PE_TRY_ASSIGN(std::vector<Change> changes,
                      packedChanges(database, head.number, after, upTo));
        PE_TRY(appendLooseChanges(database, head.number, after, upTo, changes));
        // What the snapshot covers may have been removed; all behind it must be there.
        std::int64_t previous = std::max(after, head.snapshot);
        for (const Change& change : changes) {
            const bool first = &change == &changes.front();
            if (first ? change.position > previous + 1 : change.position != previous + 1)
                return incomplete();
            previous = change.position;
        }
        if (previous < std::min(head.last, upTo))
            return incomplete();
        return changes;
    });
}

Result<void> ReplicaStore::removeChangesUpTo(const PipelineId& id, std::int64_t position) {
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const Head head, headOf(database, id));
        if (position > head.snapshot)
            return fail(ErrorCode::Refused, "Changes behind the snapshot cannot be removed.");
        PE_TRY(runSql(database, "delete from packs where pipeline = ? and last_position <= ?",
                      head.number, position));
        return runSql(database, "delete from changes where pipeline = ? and position <= ?",
                      head.number, position);
    });
}

Result<void> ReplicaStore::removePipelineChanges(const PipelineId& id) {
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        PE_TRY(runSql(database, "delete from changes where pipeline = ?", number));
        PE_TRY(runSql(database, "delete from packs where pipeline = ?", number));
        PE_TRY(runSql(database, "delete from versions where pipeline = ?", number));
        PE_TRY(runSql(database, "delete from undo_stacks where pipeline = ?", number));
        PE_TRY(runSql(database, "delete from snapshots where pipeline = ?", number));
        return runSql(database,
                      "update pipelines set snapshot_position = last_position, snapshot_parts = 0 "
                      "where number = ?",
                      number);
    });
}

Result<bool> ReplicaStore::packChanges(const PipelineId& id) {
    return write([&](Database& database) -> Result<bool> {
        PE_TRY_ASSIGN(const Head head, headOf(database, id));
        return packLooseChanges(database, head.number, head.last);
    });
}

Result<std::int64_t> ReplicaStore::storedBytes(const PipelineId& id) {
    return read([&](Database& database) -> Result<std::int64_t> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        std::int64_t bytes = 0;
        for (const char* table : {"changes", "packs", "snapshots"}) {
            Statement row = database.prepare(std::string("select total(length(body)) from ") +
                                             table + " where pipeline = ?");
            PE_TRY(row.bind(number).next());
            bytes += row.integer(0);
        }
        return bytes;
    });
}

Result<void> ReplicaStore::saveSnapshot(const PipelineId& id, const Snapshot& snapshot) {
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const Head head, headOf(database, id));
        PE_TRY(checkSnapshot(head, snapshot));
        std::int64_t part = 0;
        for (const std::string& body : snapshot.parts)
            PE_TRY(savePart(database, head.number, part++, body));
        PE_TRY(runSql(database, "delete from snapshots where pipeline = ? and part >= ?",
                      head.number, part));
        return runSql(database,
                      "update pipelines set snapshot_position = ?, snapshot_parts = ? "
                      "where number = ?",
                      snapshot.position, part, head.number);
    });
}

Result<std::optional<Snapshot>> ReplicaStore::loadSnapshot(const PipelineId& id) {
    return read([&](Database& database) -> Result<std::optional<Snapshot>> {
        PE_TRY_ASSIGN(const Head head, headOf(database, id));
        if (head.parts == 0)
            return std::nullopt;
        Snapshot snapshot{head.snapshot, {}};
        Statement rows = database.prepare(
            "select part, hash, body from snapshots where pipeline = ? order by part");
        rows.bind(head.number);
        for (std::int64_t part = 0; part < head.parts; ++part) {
            PE_TRY_ASSIGN(const bool found, rows.next());
            if (!found || rows.integer(0) != part)
                return fail(ErrorCode::Corrupt, "A part of a snapshot is missing.");
            PE_TRY_ASSIGN(std::string body, decodeValue(rows.blob(2)));
            snapshot.parts.push_back(std::move(body));
        }
        return snapshot;
    });
}

}  // namespace pe::storage
