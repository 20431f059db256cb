// SPDX-License-Identifier: MIT
// The values that a pipeline has at most one of: base text, draft, undo stack.
#include <array>
#include <cstring>

#include "replica_access.hpp"
#include "value_codec.hpp"

namespace pe::storage {
namespace {

using StampFields = std::array<std::int64_t, 5>;

// The stamp never leaves this machine, so its numbers are stored as they are in memory.
std::string bytesOf(const FileStamp& stamp) {
    const StampFields fields{stamp.modifiedNs, stamp.size, static_cast<std::int64_t>(stamp.inode),
                             static_cast<std::int64_t>(stamp.device),
                             static_cast<std::int64_t>(stamp.contentHash)};
    return {reinterpret_cast<const char*>(fields.data()), sizeof fields};
}

Result<FileStamp> stampIn(std::string_view stored) {
    PE_TRY_ASSIGN(const std::string bytes, decodeValue(stored));
    StampFields fields{};
    if (bytes.size() != sizeof fields)
        return fail(ErrorCode::Corrupt, "A file stamp in the local replica is damaged.");
    std::memcpy(fields.data(), bytes.data(), sizeof fields);
    return FileStamp{fields[0], fields[1], static_cast<std::uint64_t>(fields[2]),
                     static_cast<std::uint64_t>(fields[3]), static_cast<std::uint64_t>(fields[4])};
}

}  // namespace

Result<void> ReplicaStore::setBase(const PipelineId& id, const BaseText& base) {
    PE_TRY_ASSIGN(const std::string text, encodeValue(base.text));
    PE_TRY_ASSIGN(const std::string stamp, encodeValue(bytesOf(base.stamp)));
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        return runSql(database,
                      "update pipelines set base_text = ?, base_stamp = ? where number = ?",
                      std::string_view(text), std::string_view(stamp), number);
    });
}

Result<void> ReplicaStore::noteExchange(const PipelineId& id, const Exchange& exchange) {
    PE_TRY_ASSIGN(const std::string text, encodeValue(exchange.base.text));
    PE_TRY_ASSIGN(const std::string stamp, encodeValue(bytesOf(exchange.base.stamp)));
    PE_TRY_ASSIGN(const std::string mark, encodeValue(exchange.mark));
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        return runSql(database,
                      "update pipelines set base_text = ?, base_stamp = ?, sync_mark = ?, "
                      "exchanged = ? where number = ?",
                      std::string_view(text), std::string_view(stamp), std::string_view(mark),
                      exchange.changes, number);
    });
}

Result<std::optional<std::string>> ReplicaStore::syncMark(const PipelineId& id) {
    return read([&](Database& database) -> Result<std::optional<std::string>> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        return storedValue(database, "select sync_mark from pipelines where number = ?", number);
    });
}

Result<std::optional<BaseText>> ReplicaStore::base(const PipelineId& id) {
    return read([&](Database& database) -> Result<std::optional<BaseText>> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        Statement row =
            database.prepare("select base_text, base_stamp from pipelines where number = ?");
        PE_TRY(row.bind(number).next());
        if (row.isNull(0) || row.isNull(1))
            return std::nullopt;
        BaseText base;
        PE_TRY_ASSIGN(base.text, decodeValue(row.blob(0)));
        PE_TRY_ASSIGN(base.stamp, stampIn(row.blob(1)));
        return base;
    });
}

Result<void> ReplicaStore::saveDraft(const PipelineId& id, std::string_view body) {
    PE_TRY_ASSIGN(const std::string stored, encodeValue(body));
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        return runSql(database, "insert or replace into drafts values (?, ?, ?)", number,
                      std::string_view(stored), clock_.nowMs());
    });
}

Result<std::optional<Draft>> ReplicaStore::draft(const PipelineId& id) {
    return read([&](Database& database) -> Result<std::optional<Draft>> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        Statement row = database.prepare("select body, saved_at from drafts where pipeline = ?");
        PE_TRY_ASSIGN(const bool found, row.bind(number).next());
        if (!found)
            return std::nullopt;
        Draft draft;
        PE_TRY_ASSIGN(draft.body, decodeValue(row.blob(0)));
        draft.savedAtMs = row.integer(1);
        return draft;
    });
}

Result<void> ReplicaStore::clearDraft(const PipelineId& id) {
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        return runSql(database, "delete from drafts where pipeline = ?", number);
    });
}

Result<void> ReplicaStore::saveUndoStack(const PipelineId& id, std::string_view body) {
    PE_TRY_ASSIGN(const std::string stored, encodeValue(body));
    return write([&](Database& database) -> Result<void> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        return runSql(database, "insert or replace into undo_stacks values (?, ?)", number,
                      std::string_view(stored));
    });
}

Result<std::optional<std::string>> ReplicaStore::undoStack(const PipelineId& id) {
    return read([&](Database& database) -> Result<std::optional<std::string>> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        Statement row = database.prepare("select body from undo_stacks where pipeline = ?");
        return firstValue(row.bind(number));
    });
}

}  // namespace pe::storage
