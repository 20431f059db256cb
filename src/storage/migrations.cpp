// SPDX-License-Identifier: MIT
#include "migrations.hpp"

#include <array>

namespace pe::storage {
namespace {

// Rows refer to a pipeline by its small number instead of its 16-byte id. Values named body, value,
// base_text and base_stamp are in the form of value_codec.hpp.
constexpr const char* kFirstSchema = R"sql(
create table meta (key text primary key, value blob not null) without rowid;
create table pipelines (
  number integer primary key,
  id blob not null unique check (length(id) = 16),
  path text unique,
  title text not null,
  opened_at integer not null,
  last_position integer not null default 0,
  snapshot_position integer not null default 0,
  snapshot_parts integer not null default 0,
  base_text blob,
  base_stamp blob
);
create table changes (
  pipeline integer not null references pipelines (number) on delete cascade,
  position integer not null,
  body blob not null,
  primary key (pipeline, position)
) without rowid;
create table snapshots (
  pipeline integer not null references pipelines (number) on delete cascade,
  part integer not null,
  hash integer not null,
  body blob not null,
  primary key (pipeline, part)
);
create table drafts (
  pipeline integer primary key references pipelines (number) on delete cascade,
  body blob not null,
  saved_at integer not null
);
create table undo_stacks (
  pipeline integer primary key references pipelines (number) on delete cascade,
  body blob not null
);
create table recent_files (path text primary key, opened_at integer not null) without rowid;
create table settings (key text primary key, value blob not null) without rowid;
)sql";

// Each pipeline gets the id under which this install writes in it, the time of its last change, and
// how many changes its file held when last read or written (kept among the facts until now). Names
// that people gave to versions; packs: consecutive changes as one value. Of shared pipelines: own
// changes that wait for their place in the common order, and those that were refused one.
constexpr const char* kVersionsAndPacks = R"sql(
alter table pipelines add column replica integer not null default 0;
alter table pipelines add column edited_at integer not null default 0;
alter table pipelines add column exchanged integer not null default 0;
alter table pipelines add column sync_mark blob;
alter table pipelines add column shared integer not null default 0;
update pipelines set
  replica = random() | 1,
  edited_at = opened_at,
  exchanged = coalesce(
    (select cast(cast(substr(value, 6) as text) as integer) from meta
     where key = 'synced:' || lower(hex(pipelines.id))), min(last_position, 1));
delete from meta where key like 'synced:%';
create table versions (
  pipeline integer not null references pipelines (number) on delete cascade,
  name text not null,
  position integer not null,
  author text not null,
  made_at integer not null,
  primary key (pipeline, name)
) without rowid;
create table packs (
  pipeline integer not null references pipelines (number) on delete cascade,
  first_position integer not null,
  last_position integer not null,
  body blob not null,
  primary key (pipeline, first_position)
);
create table outbox (
  pipeline integer not null references pipelines (number) on delete cascade,
  place integer not null,
  body blob not null,
  primary key (pipeline, place)
) without rowid;
create table refused (
  number integer primary key,
  pipeline integer not null references pipelines (number) on delete cascade,
  body blob not null,
  label text not null,
  reason text not null,
  refused_at integer not null
);
)sql";

// The ids under which this install wrote before its folder was copied.
constexpr const char* kFormerReplicas = R"sql(
create table former_replicas (
  pipeline integer not null references pipelines (number) on delete cascade,
  replica integer not null,
  primary key (pipeline, replica)
) without rowid;
)sql";

Result<void> checkOurs(Database& database, std::int64_t version) {
    PE_TRY_ASSIGN(const auto application, database.integer("pragma application_id"));
    PE_TRY_ASSIGN(const auto objects, database.integer("select count(*) from sqlite_schema"));
    const bool empty = application == 0 && version == 0 && objects == 0;
    if (!empty && application != kApplicationId)
        return fail(ErrorCode::Corrupt, "The file of the local replica holds something else.");
    PE_TRY_ASSIGN(const auto active, database.integer("select count(*) from sqlite_schema "
                                                      "where type in ('trigger', 'view')"));
    if (active != 0)
        return fail(ErrorCode::Corrupt, "The local replica holds commands that it must not hold.");
    return {};
}

}  // namespace

std::span<const std::string> replicaMigrations() {
    static const std::array<std::string, 3> migrations{kFirstSchema, kVersionsAndPacks,
                                                       kFormerReplicas};
    return migrations;
}

Result<void> migrate(Database& database, std::span<const std::string> migrations) {
    PE_TRY_ASSIGN(const auto version, database.integer("pragma user_version"));
    PE_TRY(checkOurs(database, version));
    const auto newest = static_cast<std::int64_t>(migrations.size());
    if (version < 0 || version > newest)
        return fail(ErrorCode::Refused,
                    "The local replica was made by a newer version of this program. Update the "
                    "program, or choose another replica folder.");
    for (auto step = version; step < newest; ++step) {
        PE_TRY_ASSIGN(auto transaction, Transaction::begin(database));
        PE_TRY(database.execute(migrations[static_cast<std::size_t>(step)]));
        PE_TRY(database.execute("pragma application_id = " + std::to_string(kApplicationId) +
                                "; pragma user_version = " + std::to_string(step + 1)));
        PE_TRY(transaction.commit());
    }
    return {};
}

}  // namespace pe::storage
