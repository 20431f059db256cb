// SPDX-License-Identifier: MIT
// Who this replica is. A folder that was copied, restored or rebuilt must not go on under the ids
// of the original: two machines would then number different changes alike, and neither would ever
// see what the other did.
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <fstream>

#include "file_errors.hpp"
#include "pe/base/derived_id.hpp"
#include "replica_access.hpp"
#include "value_codec.hpp"

namespace pe::storage {
namespace {

constexpr const char* kPlaceKey = "place";

std::string machine() {
    std::ifstream file("/etc/machine-id");
    std::string id;
    std::getline(file, id);
    return id;
}

// What a copy of the file cannot share with it: the machine and the inode with its birth. Not the
// device, whose number may change from one start of the machine to the next. A file system that
// knows no birth gives 0 for all.
Result<std::string> placeOf(const std::filesystem::path& file) {
    struct statx status {};
    if (::statx(AT_FDCWD, file.c_str(), AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_BTIME, &status) != 0)
        return cannotWrite(file, errno);
    std::string place = machine();
    for (const std::uint64_t part :
         {std::uint64_t{status.stx_ino}, static_cast<std::uint64_t>(status.stx_btime.tv_sec),
          std::uint64_t{status.stx_btime.tv_nsec}})
        place += ' ' + std::to_string(part);
    return place;
}

Result<void> rememberPlace(Database& database, const std::string& place) {
    PE_TRY_ASSIGN(const std::string stored, encodeValue(place));
    return runSql(database, "insert or replace into meta values (?, ?)", std::string(kPlaceKey),
                  std::string_view(stored));
}

Result<void> renewIds(Database& database, Random& random) {
    struct Known {
        std::int64_t number;
        std::int64_t replica;
    };
    std::vector<Known> all;
    Statement rows = database.prepare("select number, replica from pipelines order by number");
    while (true) {
        PE_TRY_ASSIGN(const bool found, rows.next());
        if (!found)
            break;
        all.push_back({rows.integer(0), rows.integer(1)});
    }
    for (const Known& each : all) {
        const std::uint64_t fresh =
            derivedId(static_cast<std::uint64_t>(each.replica), random.next());
        PE_TRY(runSql(database, "insert into former_replicas values (?, ?)", each.number,
                      each.replica));
        PE_TRY(runSql(database, "update pipelines set replica = ? where number = ?",
                      static_cast<std::int64_t>(fresh), each.number));
    }
    return database.execute("delete from undo_stacks");
}

}  // namespace

// The place and the new ids are stored together: killed in between, the next start finds the fork
// again.
Result<void> ReplicaStore::settleIdentity() {
    PE_TRY_ASSIGN(const std::string here, placeOf(file_));
    PE_TRY_ASSIGN(const auto known, meta(kPlaceKey));
    forked_ = recovery_.has_value() || (known && *known != here);
    if (known == here && !forked_)
        return {};
    return write([&](Database& database) -> Result<void> {
        if (forked_)
            PE_TRY(renewIds(database, random_));
        return rememberPlace(database, here);
    });
}

Result<std::vector<std::uint64_t>> ReplicaStore::formerReplicas(const PipelineId& id) {
    return read([&](Database& database) -> Result<std::vector<std::uint64_t>> {
        PE_TRY_ASSIGN(const auto number, numberOf(database, id));
        std::vector<std::uint64_t> former;
        Statement rows = database.prepare(
            "select replica from former_replicas where pipeline = ? order by replica");
        rows.bind(number);
        while (true) {
            PE_TRY_ASSIGN(const bool found, rows.next());
            if (!found)
                return former;
            former.push_back(static_cast<std::uint64_t>(rows.integer(0)));
        }
    });
}

Result<void> ReplicaStore::renewReplicaIds() {
    return write([&](Database& database) { return renewIds(database, random_); });
}

}  // namespace pe::storage
