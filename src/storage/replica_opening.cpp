// SPDX-License-Identifier: MIT
#include "replica_opening.hpp"

#include <array>
#include <ctime>
#include <system_error>

#include "database_files.hpp"
#include "file_errors.hpp"
#include "migrations.hpp"
#include "replica_salvage.hpp"

namespace pe::storage {
namespace {

// Checking all pages of a larger file at each start would be felt; it is done after a crash.
constexpr std::uintmax_t kAlwaysCheckedBytes = 64ULL << 20;

std::string timestamp(std::int64_t nowMs) {
    const std::time_t seconds = nowMs / 1000;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &parts);
    return {text.data(), size};
}

std::filesystem::path freeNameBeside(const std::filesystem::path& file, std::int64_t nowMs) {
    const std::string stem = "replica-damaged-" + timestamp(nowMs);
    std::error_code ignored;
    auto candidate = file.parent_path() / (stem + ".sqlite3");
    for (int number = 2; std::filesystem::exists(candidate, ignored); ++number)
        candidate = file.parent_path() / (stem + "-" + std::to_string(number) + ".sqlite3");
    return candidate;
}

Result<std::filesystem::path> moveAside(const std::filesystem::path& file, std::int64_t nowMs) {
    const auto target = freeNameBeside(file, nowMs);
    for (const char* suffix : kDatabaseSuffixes) {
        std::error_code error;
        std::filesystem::rename(withSuffix(file, suffix), withSuffix(target, suffix), error);
        if (error && error != std::errc::no_such_file_or_directory)
            return cannotWrite(file, error.value());
    }
    return target;
}

Result<void> configure(Database& database) {
    // One connection for ever: no shared memory file, and nobody else writes or checkpoints.
    PE_TRY(database.execute("pragma locking_mode = exclusive"));
    PE_TRY_ASSIGN(const std::string mode, database.text("pragma journal_mode = wal"));
    if (mode != "wal")
        return fail(ErrorCode::Unwritable,
                    "The local replica cannot keep a log on this disk. Choose another folder.");
    return database.execute(
        "pragma synchronous = full; pragma foreign_keys = on; pragma journal_size_limit = "
        "16777216");
}

Result<void> check(Database& database, const std::string& pragma) {
    PE_TRY_ASSIGN(const std::string verdict, database.text("pragma " + pragma));
    if (verdict == "ok")
        return {};
    return fail(ErrorCode::Corrupt, "The local replica is damaged: " + verdict);
}

Result<Database> openChecked(const std::filesystem::path& file, bool suspicious) {
    std::error_code ignored;
    const auto size = std::filesystem::file_size(file, ignored);
    PE_TRY_ASSIGN(Database database, reopenReplica(file));
    if (suspicious || ignored || size <= kAlwaysCheckedBytes)
        PE_TRY(check(database, "quick_check(1)"));
    PE_TRY(migrate(database, replicaMigrations()));
    // Small, and everything is found through it: its indexes must agree with it as well.
    PE_TRY(check(database, "integrity_check(pipelines)"));
    return database;
}

}  // namespace

Result<void> prepareReplicaFolder(const std::filesystem::path& folder) {
    std::error_code error;
    if (!std::filesystem::create_directories(folder, error) || error) {
        if (error)
            return cannotWrite(folder, error.value());
        return {};
    }
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    if (error)
        return cannotWrite(folder, error.value());
    return {};
}

Result<Database> reopenReplica(const std::filesystem::path& file) {
    PE_TRY_ASSIGN(Database database, Database::open(file));
    PE_TRY(configure(database));
    return database;
}

Result<OpenedReplica> openReplica(const std::filesystem::path& file, bool suspicious,
                                  std::int64_t nowMs) {
    auto opened = openChecked(file, suspicious);
    if (opened)
        return OpenedReplica{std::move(*opened), std::nullopt};
    if (opened.error().code != ErrorCode::Corrupt)
        return tl::unexpected(opened.error());
    ReplicaRecovery recovery;
    recovery.reason = opened.error().message;
    PE_TRY_ASSIGN(recovery.movedTo, moveAside(file, nowMs));
    PE_TRY_ASSIGN(Database fresh, openChecked(file, false));
    PE_TRY(salvage(recovery, fresh));
    return OpenedReplica{std::move(fresh), std::move(recovery)};
}

}  // namespace pe::storage
