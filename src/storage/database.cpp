// SPDX-License-Identifier: MIT
#include "database.hpp"

#include <sqlite3.h>

#include <utility>

namespace pe::storage {
namespace {

constexpr int kBusyTimeoutMs = 2000;

ErrorCode codeOf(int result) {
    switch (result & 0xff) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PERM:
        case SQLITE_NOMEM:
            return ErrorCode::Unwritable;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return ErrorCode::Corrupt;
        case SQLITE_CONSTRAINT:
            return ErrorCode::InvalidArgument;
        case SQLITE_TOOBIG:
            return ErrorCode::LimitExceeded;
        default:
            return ErrorCode::Internal;
    }
}

std::string adviceFor(int result) {
    switch (result & 0xff) {
        case SQLITE_FULL:
            return "The disk is full. Free some space; your changes are kept until then.";
        case SQLITE_IOERR:
            return "The disk reported an error. Check it, and save your work on another disk.";
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return "It cannot be written. Check the permissions of its folder.";
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "Another program is using it. Close that program.";
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return "It is damaged. Start the program again to have it repaired.";
        default:
            return "Please report this.";
    }
}

tl::unexpected<Error> failure(sqlite3* connection, int result) {
    const char* file = connection ? sqlite3_db_filename(connection, "main") : nullptr;
    const char* detail = connection ? sqlite3_errmsg(connection) : sqlite3_errstr(result);
    return fail(
        codeOf(result),
        "The local replica cannot be used (" + std::string(detail) + "). " + adviceFor(result),
        file ? file : "");
}

}  // namespace

void Statement::Closer::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Statement::Statement(sqlite3* connection, std::string_view sql) : connection_(connection) {
    sqlite3_stmt* statement = nullptr;
    failure_ = sqlite3_prepare_v2(connection, sql.data(), static_cast<int>(sql.size()), &statement,
                                  nullptr);
    statement_.reset(statement);
}

void Statement::restart() {
    if (!statement_)
        return;
    sqlite3_reset(statement_.get());
    bound_ = 0;
    failure_ = SQLITE_OK;
}

void Statement::bindNext(std::int64_t value) {
    const int result = sqlite3_bind_int64(statement_.get(), ++bound_, value);
    if (failure_ == SQLITE_OK)
        failure_ = result;
}

void Statement::bindNext(const std::string& text) {
    const int result = sqlite3_bind_text64(statement_.get(), ++bound_, text.data(), text.size(),
                                           SQLITE_TRANSIENT, SQLITE_UTF8);
    if (failure_ == SQLITE_OK)
        failure_ = result;
}

void Statement::bindNext(std::string_view blob) {
    const char* bytes = blob.empty() ? "" : blob.data();  // a null pointer would bind NULL
    const int result =
        sqlite3_bind_blob64(statement_.get(), ++bound_, bytes, blob.size(), SQLITE_TRANSIENT);
    if (failure_ == SQLITE_OK)
        failure_ = result;
}

void Statement::bindNext(std::nullptr_t) {
    const int result = sqlite3_bind_null(statement_.get(), ++bound_);
    if (failure_ == SQLITE_OK)
        failure_ = result;
}

Result<bool> Statement::next() {
    if (failure_ != SQLITE_OK)
        return failure(connection_, failure_);
    const int result = sqlite3_step(statement_.get());
    if (result == SQLITE_ROW)
        return true;
    if (result == SQLITE_DONE)
        return false;
    return failure(connection_, result);
}

Result<void> Statement::run() {
    PE_TRY(next());
    sqlite3_reset(statement_.get());
    return {};
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::text(int column) const {
    return std::string(blob(column));
}

std::string_view Statement::blob(int column) const {
    const void* bytes = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    if (!bytes)
        return {};
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Database::Closer::operator()(sqlite3* connection) const {
    sqlite3_close_v2(connection);
}

Result<Database> Database::open(const std::filesystem::path& path) {
    sqlite3* connection = nullptr;
    const int result = sqlite3_open_v2(
        path.c_str(), &connection,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW,
        nullptr);
    Database database;
    database.connection_.reset(connection);
    if (result != SQLITE_OK)
        return failure(connection, result);
    sqlite3_extended_result_codes(connection, 1);
    sqlite3_busy_timeout(connection, kBusyTimeoutMs);
    // The file may come from elsewhere: nothing in it may run, and its pages are checked when read.
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    PE_TRY(database.execute("pragma cell_size_check = on; pragma mmap_size = 0"));
    return database;
}

Result<void> Database::execute(const std::string& sql) {
    const int result = sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK)
        return failure(connection_.get(), result);
    return {};
}

Result<std::int64_t> Database::integer(const std::string& sql) {
    Statement statement = prepare(sql);
    PE_TRY_ASSIGN(const bool found, statement.next());
    return found ? statement.integer(0) : 0;
}

Result<std::string> Database::text(const std::string& sql) {
    Statement statement = prepare(sql);
    PE_TRY_ASSIGN(const bool found, statement.next());
    return found ? statement.text(0) : std::string();
}

std::int64_t Database::changedRows() const {
    return sqlite3_changes(connection_.get());
}

std::int64_t Database::lastRow() const {
    return sqlite3_last_insert_rowid(connection_.get());
}

bool Database::inTransaction() const {
    return sqlite3_get_autocommit(connection_.get()) == 0;
}

Result<Transaction> Transaction::begin(Database& database) {
    PE_TRY(database.execute("begin immediate"));
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
    // SQLite has already rolled back after some errors; a failing rollback leaves nothing either.
    if (database_ && database_->inTransaction())
        if (const auto ignored = database_->execute("rollback"); !ignored)
            return;
}

Result<void> Transaction::commit() {
    PE_TRY(database_->execute("commit"));
    database_ = nullptr;
    return {};
}

}  // namespace pe::storage
