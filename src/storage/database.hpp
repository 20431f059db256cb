// SPDX-License-Identifier: MIT
// Database, Statement, Transaction: SQLite as values with Result errors. A database belongs to one
// thread at a time. Codes: Unwritable (full, read-only, I/O, busy: trying again may help), Corrupt,
// InvalidArgument (a constraint), LimitExceeded, Internal.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "pe/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace pe::storage {

// A prepared statement. Parameters are bound in order; columns are read in any order after next().
class Statement {
public:
    Statement(sqlite3* connection, std::string_view sql);

    template <class... Values>
    Statement& bind(const Values&... values) {
        restart();
        (bindNext(values), ...);
        return *this;
    }
    // True: there is a row.
    Result<bool> next();
    // For statements without rows.
    Result<void> run();

    std::int64_t integer(int column) const;
    std::string text(int column) const;
    std::string_view blob(int column) const;  // valid until the next call of next() or bind()
    bool isNull(int column) const;

private:
    // Strings are bound as blobs where the column holds bytes, else as text.
    struct Closer {
        void operator()(sqlite3_stmt* statement) const;
    };
    void restart();
    void bindNext(std::int64_t value);
    void bindNext(int value) { bindNext(static_cast<std::int64_t>(value)); }
    void bindNext(const std::string& text);
    void bindNext(std::string_view blob);
    void bindNext(std::nullptr_t);

    sqlite3* connection_;
    std::unique_ptr<sqlite3_stmt, Closer> statement_;
    int bound_ = 0;
    int failure_ = 0;  // the first result code that was not OK
};

class Database {
public:
    // Opens or creates the file; reads nothing yet, so a damaged file shows in later calls.
    static Result<Database> open(const std::filesystem::path& path);

    Result<void> execute(const std::string& sql);
    Statement prepare(std::string_view sql) const { return {connection_.get(), sql}; }
    // The first column of the first row of a query that has one.
    Result<std::int64_t> integer(const std::string& sql);
    Result<std::string> text(const std::string& sql);
    std::int64_t changedRows() const;
    std::int64_t lastRow() const;
    bool inTransaction() const;

private:
    struct Closer {
        void operator()(sqlite3* connection) const;
    };
    std::unique_ptr<sqlite3, Closer> connection_;
};

// Rolled back unless commit() succeeds.
class Transaction {
public:
    static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Result<void> commit();

private:
    explicit Transaction(Database& database) : database_(&database) {}
    Database* database_;
};

}  // namespace pe::storage
