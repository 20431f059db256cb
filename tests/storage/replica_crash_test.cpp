// SPDX-License-Identifier: MIT
// Kills, full disks and I/O errors under a replica on the real disk: what was acknowledged is
// there.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>

#include "child_process.hpp"
#include "migrations.hpp"
#include "pe/storage/replica_store.hpp"
#include "pe/testing/temp_folder.hpp"

namespace {

int syncs = 0;
int syncFailuresLeft = 0;

}  // namespace

// Stands before the function of the C library, also for SQLite.
extern "C" int fdatasync(int file) {
    ++syncs;
    if (syncFailuresLeft > 0 && --syncFailuresLeft >= 0) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_fdatasync, file));
}

namespace pe::storage {
namespace {

using pe::testing::TempFolder;

// What the planned fault is, for the functions that SQLite calls instead of the system.
enum class Plan { Pass, Kill, Fail };
Plan plan = Plan::Pass;
int callsLeft = 0;
int failWith = EIO;

// True where this call is the chosen one. A planned failure lasts, as on a full disk.
bool chosen() {
    return plan != Plan::Pass && --callsLeft <= 0;
}

ssize_t faultyPwrite(int file, const void* from, std::size_t count, off_t at) {
    if (!chosen())
        return ::pwrite(file, from, count, at);
    const ssize_t torn = ::pwrite(file, from, count / 2, at);
    if (plan == Plan::Kill)
        ::_exit(torn < 0 ? 2 : 0);
    errno = failWith;
    return -1;
}

ssize_t faultyWrite(int file, const void* from, std::size_t count) {
    if (!chosen())
        return ::write(file, from, count);
    if (plan == Plan::Kill)
        ::_exit(0);
    errno = failWith;
    return -1;
}

int faultyTruncate(int file, off_t size) {
    if (!chosen())
        return ::ftruncate(file, size);
    if (plan == Plan::Kill)
        ::_exit(0);
    errno = failWith;
    return -1;
}

void install() {
    sqlite3_vfs* vfs = sqlite3_vfs_find("unix");
    const auto replace = [vfs](const char* name, auto function) {
        vfs->xSetSystemCall(vfs, name, reinterpret_cast<sqlite3_syscall_ptr>(function));
    };
    replace("pwrite", &faultyPwrite);
    replace("pwrite64", &faultyPwrite);
    replace("write", &faultyWrite);
    replace("ftruncate", &faultyTruncate);
}

class PlannedFault {
public:
    PlannedFault(Plan what, int atCall, int error = EIO) {
        install();
        plan = what;
        callsLeft = atCall;
        failWith = error;
    }
    PlannedFault(const PlannedFault&) = delete;
    PlannedFault& operator=(const PlannedFault&) = delete;
    ~PlannedFault() { plan = Plan::Pass; }
};

struct World {
    TempFolder folder;
    FakeClock clock;
    SeededRandom random{7};
    Result<std::unique_ptr<ReplicaStore>> open() {
        return ReplicaStore::open(folder / "replica", clock, random);
    }
};

std::string bodyOf(std::int64_t position) {
    return "change " + std::to_string(position) + std::string(300, '.');
}

// Appends and tells each acknowledged position through `pipe`; now and then a snapshot.
void appendForEver(World& world, int pipe, std::int64_t limit) {
    auto store = world.open();
    if (!store)
        ::_exit(3);
    const auto id = (*store)->pipelineFor("/a")->id;
    std::int64_t last = (*store)->lastPosition(id).value();
    while (last < limit) {
        const std::vector<std::string> bodies{bodyOf(last + 1), bodyOf(last + 2)};
        const auto appended = (*store)->appendChanges(id, bodies);
        if (!appended)
            ::_exit(4);
        last = *appended;
        if (::write(pipe, &last, sizeof last) != sizeof last)
            ::_exit(5);
        if (last % 10 == 0)
            if (!(*store)->saveSnapshot(id, {last, {"state " + std::to_string(last)}}))
                ::_exit(6);
    }
}

std::int64_t newestIn(int pipe) {
    std::int64_t newest = 0;
    std::int64_t next = 0;
    while (::read(pipe, &next, sizeof next) == sizeof next)
        newest = next;
    return newest;
}

void expectWhole(World& world, std::int64_t acknowledged) {
    auto store = world.open();
    ASSERT_TRUE(store) << store.error().message;
    EXPECT_FALSE((*store)->recovery()) << (*store)->recovery()->reason;
    const auto id = (*store)->pipelineFor("/a")->id;
    const auto changes = (*store)->loadChanges(id);
    ASSERT_TRUE(changes) << changes.error().message;
    ASSERT_GE(changes->size(), static_cast<std::size_t>(acknowledged));
    for (const Change& change : *changes)
        ASSERT_EQ(change.body, bodyOf(change.position));
    const auto snapshot = (*store)->loadSnapshot(id);
    ASSERT_TRUE(snapshot);
    if (*snapshot) {
        EXPECT_EQ((*snapshot)->parts[0], "state " + std::to_string((*snapshot)->position));
    }
}

TEST(ReplicaCrash, KilledAtRandomTimesItKeepsEveryAcknowledgedChange) {
    World world;
    std::int64_t acknowledged = 0;
    for (int round = 0; round < 25; ++round) {
        std::array<int, 2> pipe{};
        ASSERT_EQ(::pipe(pipe.data()), 0);
        const pid_t child = startChild([&] {
            appendForEver(world, pipe[1], 1'000'000);
            return 0;
        });
        ::close(pipe[1]);
        // Not by the clock alone: a busy machine may be slow to reach the first acknowledgement.
        std::int64_t seen = 0;
        for (int i = 0; i <= round % 6; ++i)
            ASSERT_EQ(::read(pipe[0], &seen, sizeof seen), ssize_t{sizeof seen});
        ::usleep(static_cast<useconds_t>(137 * (round % 7)));
        ::kill(child, SIGKILL);
        EXPECT_EQ(waitFor(child), -1);
        acknowledged = std::max({acknowledged, seen, newestIn(pipe[0])});
        ::close(pipe[0]);
        expectWhole(world, acknowledged);
    }
    EXPECT_GE(acknowledged, 2 * 25);
}

TEST(ReplicaCrash, KilledInTheMiddleOfAnyWriteItKeepsEveryAcknowledgedChange) {
    bool finished = false;
    int at = 1;
    for (; !finished && at < 2'000; ++at) {
        World world;
        std::array<int, 2> pipe{};
        ASSERT_EQ(::pipe(pipe.data()), 0);
        const int status = runInChild([&] {
            const PlannedFault fault(Plan::Kill, at);
            appendForEver(world, pipe[1], 20);
            return 7;
        });
        finished = status == 7;
        ::close(pipe[1]);
        ASSERT_TRUE(finished || status == 0) << status;
        expectWhole(world, newestIn(pipe[0]));
        ::close(pipe[0]);
    }
    EXPECT_TRUE(finished);
    EXPECT_GT(at, 50) << "the plan must have met many writes";
}

TEST(ReplicaCrash, AnErrorAtAnyWriteIsReportedAndPassesWithItsCause) {
    for (const int error : {EIO, ENOSPC}) {
        for (int at = 1; at < 60; ++at) {
            World world;
            auto store = world.open();
            ASSERT_TRUE(store);
            const auto id = (*store)->pipelineFor("/a")->id;
            std::int64_t acknowledged = 0;
            {
                const PlannedFault fault(Plan::Fail, at, error);
                for (int i = 0; i < 10; ++i) {
                    const std::vector<std::string> body{bodyOf(acknowledged + 1)};
                    const auto appended = (*store)->appendChanges(id, body);
                    if (!appended) {
                        ASSERT_EQ(appended.error().code, ErrorCode::Unwritable);
                        continue;
                    }
                    acknowledged = *appended;
                }
            }
            const std::vector<std::string> body{bodyOf(acknowledged + 1)};
            const auto healed = (*store)->appendChanges(id, body);
            ASSERT_TRUE(healed) << healed.error().message << " after call " << at;
            ASSERT_EQ(*healed, acknowledged + 1);
            store->reset();
            expectWhole(world, acknowledged + 1);
        }
    }
}

TEST(ReplicaCrash, EveryAcknowledgedAppendWasSynced) {
    World world;
    auto store = world.open();
    const auto id = (*store)->pipelineFor("/a")->id;
    for (std::int64_t i = 1; i <= 50; ++i) {
        const int before = syncs;
        ASSERT_TRUE((*store)->appendChanges(id, std::vector<std::string>{bodyOf(i)}));
        ASSERT_GT(syncs, before) << "change " << i;
    }
}

TEST(ReplicaCrash, AFailedSyncIsAnErrorAndTheChangeIsStoredOnceWhenRepeated) {
    for (int failures = 1; failures <= 4; ++failures) {
        World world;
        auto store = world.open();
        const auto id = (*store)->pipelineFor("/a")->id;
        const std::vector<JournalEntry> first{{id, {1, bodyOf(1)}}};
        ASSERT_TRUE((*store)->appendEntries(first));
        const std::vector<JournalEntry> second{{id, {2, bodyOf(2)}}};
        syncFailuresLeft = failures;
        const auto failed = (*store)->appendEntries(second);
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().code, ErrorCode::Unwritable);
        syncFailuresLeft = 0;
        const auto repeated = (*store)->appendEntries(second);
        ASSERT_TRUE(repeated) << repeated.error().message;
        EXPECT_EQ((*store)->lastPosition(id), 2);
        store->reset();
        expectWhole(world, 2);
    }
}

TEST(ReplicaCrash, AMigrationKilledAtAnyWriteIsDoneOrNotDone) {
    const std::vector<std::string> old{"create table a (x); insert into a values (1)"};
    std::vector<std::string> both = old;
    both.push_back("create table b (x); insert into b select x from a; drop table a");
    bool finished = false;
    for (int at = 1; !finished && at < 500; ++at) {
        TempFolder folder;
        const auto openIn = [&] {
            auto database = Database::open(folder / "db");
            EXPECT_TRUE(database && database->execute("pragma journal_mode = wal"));
            return std::move(*database);
        };
        {
            Database database = openIn();
            ASSERT_TRUE(migrate(database, old));
        }
        finished = runInChild([&] {
                       const PlannedFault fault(Plan::Kill, at);
                       Database database = openIn();
                       return migrate(database, both) ? 7 : 8;
                   }) == 7;
        Database database = openIn();
        const bool migrated = database.integer("pragma user_version") == 2;
        EXPECT_EQ(database.integer(migrated ? "select x from b" : "select x from a"), 1);
        ASSERT_TRUE(migrate(database, both)) << "call " << at;
        EXPECT_EQ(database.integer("select count(*) from b"), 1);
    }
    EXPECT_TRUE(finished);
}

TEST(ReplicaCrash, AFirstStartKilledAtAnyWriteCanBeStartedAgain) {
    bool finished = false;
    for (int at = 1; !finished && at < 500; ++at) {
        World world;
        finished = runInChild([&] {
                       const PlannedFault fault(Plan::Kill, at);
                       return world.open() ? 7 : 8;
                   }) == 7;
        const auto store = world.open();
        ASSERT_TRUE(store) << store.error().message;
        EXPECT_FALSE((*store)->recovery()) << "call " << at;
    }
    EXPECT_TRUE(finished);
}

TEST(ReplicaCrash, OnAFullDiskItSaysSoAndGoesOnWhenThereIsSpace) {
    World world;
    const auto disk = world.folder.path() / "replica";
    std::filesystem::create_directory(disk);
    if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=2m") != 0)
        GTEST_SKIP() << "cannot mount a small disk here";
    std::ofstream(disk / "ballast") << std::string(1'000'000, 'b');
    std::int64_t acknowledged = 0;
    {
        auto store = world.open();
        EXPECT_TRUE(store);
        const auto id = (*store)->pipelineFor("/a")->id;
        Result<std::int64_t> appended = 0;
        while (appended && acknowledged < 100'000) {
            acknowledged = *appended;
            const std::vector<std::string> body{bodyOf(acknowledged + 1)};
            appended = (*store)->appendChanges(id, body);
        }
        EXPECT_FALSE(appended);
        EXPECT_EQ(appended.error().code, ErrorCode::Unwritable);
        std::filesystem::remove(disk / "ballast");
        const std::vector<std::string> body{bodyOf(acknowledged + 1)};
        const auto after = (*store)->appendChanges(id, body);
        EXPECT_TRUE(after) << after.error().message;
        EXPECT_EQ(after.value_or(0), acknowledged + 1);
    }
    EXPECT_GT(acknowledged, 10);
    expectWhole(world, acknowledged + 1);
    ::umount(disk.c_str());
}

}  // namespace
}  // namespace pe::storage
