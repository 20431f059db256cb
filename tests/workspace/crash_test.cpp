// SPDX-License-Identifier: MIT
// The whole stack under kills and failing calls: a gesture that was acknowledged is never lost, and
// nothing is ever damaged. PE_CRASH_SWEEP=all kills at every call instead of at some.
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include "pe/storage/disk_file_system.hpp"
#include "pe/storage/replica_store.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/testing/manual_executor.hpp"
#include "pe/testing/temp_folder.hpp"
#include "pe/workspace/workspace.hpp"
#include "pe/yaml/pointer.hpp"

namespace {

enum class Fault { None, Kill, Error };
std::atomic<Fault> fault = Fault::None;
std::atomic<int> callsLeft = 0;
std::atomic<int> failWith = EIO;

// True where this call is the one that fails; a kill does not return.
bool strikes() {
    const Fault planned = fault;
    if (planned == Fault::None || --callsLeft != 0)
        return false;
    if (planned == Fault::Kill)
        ::kill(::getpid(), SIGKILL);
    errno = failWith;
    return true;
}

}  // namespace

// These stand before the functions of the C library, also for SQLite.
extern "C" {
ssize_t pwrite64(int file, const void* from, std::size_t count, off64_t at) {
    // The worst that a write can do: a part of it arrives.
    if (fault != Fault::None && callsLeft == 1)
        (void)::syscall(SYS_pwrite64, file, from, count / 2, at);
    return strikes() ? -1 : ::syscall(SYS_pwrite64, file, from, count, at);
}
ssize_t write(int file, const void* from, std::size_t count) {
    return strikes() ? -1 : ::syscall(SYS_write, file, from, count);
}
int fdatasync(int file) {
    return strikes() ? -1 : static_cast<int>(::syscall(SYS_fdatasync, file));
}
int fsync(int file) {
    return strikes() ? -1 : static_cast<int>(::syscall(SYS_fsync, file));
}
int ftruncate64(int file, off64_t size) noexcept {
    return strikes() ? -1 : static_cast<int>(::syscall(SYS_ftruncate, file, size));
}
int rename(const char* from, const char* to) noexcept {
    return strikes() ? -1 : static_cast<int>(::syscall(SYS_rename, from, to));
}
int unlink(const char* path) noexcept {
    return strikes() ? -1 : static_cast<int>(::syscall(SYS_unlink, path));
}
}

namespace pe::workspace {
namespace {

using testing::readFile;

constexpr int kGestures = 12;
constexpr const char* kHead = "workflow:\n  name: edit_";
constexpr const char* kTail = "  # note\n  steps: []\n";

// What one process sees of the replica and its file.
struct World {
    explicit World(const std::filesystem::path& folder)
        : replica((folder / "replica").string()), path((folder / "p.yaml").string()) {}

    Result<std::unique_ptr<Workspace>> open() {
        return Workspace::open(replica, files, clock, random, executor);
    }

    std::string replica;
    std::string path;
    storage::DiskFileSystem files;
    SystemClock clock;
    SystemRandom random;
    testing::ManualExecutor executor;
};

// The number in the name; -1 for a text that nobody has written.
int numberIn(const std::string& text) {
    const std::string head = kHead;
    if (text.compare(0, head.size(), head) != 0)
        return -1;
    const std::size_t end = text.find(' ', head.size());
    if (end == std::string::npos || text.substr(end) != kTail)
        return -1;
    return std::atoi(text.c_str() + head.size());
}

Result<void> makeGesture(Session& session, int number) {
    auto& document = session.document();
    PE_TRY_ASSIGN(const auto node, yaml::resolve(document.forest(), "/workflow/name"));
    const auto value = yaml::Value::ofString("edit_" + std::to_string(number));
    PE_TRY(document.execute({document::SetValue{node, value}, {}, 0}));
    if (number % 3 == 0)
        return session.save();
    return {};
}

// A session of somebody who edits and saves; each gesture is told once it is safe.
int editAndTell(World& world, int tell, int gestures) {
    auto workspace = world.open();
    if (!workspace)
        return 3;
    auto session = (*workspace)->openFile(world.path);
    if (!session)
        return 4;
    int number = numberIn((*session)->document().text());
    for (int i = 0; i < gestures; ++i) {
        if (!makeGesture(**session, ++number) || !(*workspace)->flush())
            return 5;
        if (::syscall(SYS_write, tell, &number, sizeof number) != sizeof number)
            return 6;
    }
    (*workspace)->close(*session, false);
    return 7;
}

int newestIn(int pipe) {
    int newest = 0;
    for (int next = 0; ::read(pipe, &next, sizeof next) == sizeof next;)
        newest = next;
    return newest;
}

void expectWhole(World& world, int acknowledged) {
    EXPECT_GE(numberIn(readFile(world.path)), 0) << readFile(world.path);
    auto workspace = world.open();
    ASSERT_TRUE(workspace) << workspace.error().message;
    EXPECT_EQ((*workspace)->openingNotice(), "");
    auto session = (*workspace)->openFile(world.path);
    ASSERT_TRUE(session) << session.error().message;
    EXPECT_GE(numberIn((*session)->document().text()), acknowledged)
        << (*session)->document().text();
    const auto pipelines = (*workspace)->pipelines();
    ASSERT_TRUE(pipelines);
    for (const PipelineInfo& info : *pipelines) {
        const auto verified = (*workspace)->verify(info.id);
        EXPECT_TRUE(verified) << verified.error().message;
    }
    const auto storage = (*workspace)->verifyStorage();
    EXPECT_TRUE(storage) << storage.error().message;
}

struct Ending {
    int status = 0;  // of the exit; -1 if it was killed
    int acknowledged = 0;
};

// Runs the session in a child that is killed as `arm` says in it, or by `wait` from outside.
Ending runChild(World& world, int gestures, const std::function<void()>& arm,
                const std::function<void(pid_t, int)>& wait) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0)
        return {};
    const pid_t child = ::fork();
    if (child == 0) {
        arm();
        ::_exit(editAndTell(world, pipe[1], gestures));
    }
    ::close(pipe[1]);
    wait(child, pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    const Ending ending{WIFEXITED(status) ? WEXITSTATUS(status) : -1, newestIn(pipe[0])};
    ::close(pipe[0]);
    return ending;
}

bool sweepsAll() {
    const char* sweep = std::getenv("PE_CRASH_SWEEP");
    return sweep && std::string(sweep) == "all";
}

void writeStart(const World& world) {
    std::ofstream(world.path, std::ios::binary) << kHead << 0 << kTail;
}

TEST(WorkspaceCrash, KilledAtRandomTimesItLosesNoAcknowledgedGesture) {
    testing::TempFolder folder;
    World world(folder.path());
    writeStart(world);
    int acknowledged = 0;
    const int rounds = sweepsAll() ? 500 : 12;
    for (int round = 0; round < rounds; ++round) {
        int seen = 0;
        const Ending ending = runChild(
            world, 100'000, [] {},
            [&](pid_t child, int pipe) {
                for (int i = 0; i <= round % 5; ++i)
                    EXPECT_EQ(::read(pipe, &seen, sizeof seen), ssize_t{sizeof seen});
                ::usleep(static_cast<useconds_t>(211 * (round % 9)));
                ::kill(child, SIGKILL);
            });
        ASSERT_EQ(ending.status, -1);
        acknowledged = std::max({acknowledged, seen, ending.acknowledged});
        expectWhole(world, acknowledged);
        if (::testing::Test::HasFailure())
            FAIL() << "round " << round;
    }
    EXPECT_GE(acknowledged, rounds);
}

// Kills a child that makes `gestures` at every `step`th call to the disk, each time in a world that
// `prepare` makes ready; `acknowledgedBefore` gestures were made then. `finish` sees the world of
// the child that lived.
struct KillSweep {
    int gestures = 0;
    int step = 1;
    int acknowledgedBefore = 0;
    std::function<void(World&)> prepare = writeStart;
    std::function<void(World&)> finish = [](World&) {};

    // The number of kills.
    int run() const {
        int kills = 0;
        bool finished = false;
        for (int at = 1; !finished; at += sweepsAll() ? 1 : step) {
            testing::TempFolder folder;
            World world(folder.path());
            prepare(world);
            const Ending ending = runChild(
                world, gestures,
                [at] {
                    callsLeft = at;
                    fault = Fault::Kill;
                },
                [](pid_t, int) {});
            finished = ending.status == 7;
            EXPECT_TRUE(finished || ending.status == -1) << ending.status;
            if (finished)
                finish(world);
            else
                ++kills;
            expectWhole(world, std::max(acknowledgedBefore, ending.acknowledged));
            if (::testing::Test::HasFailure()) {
                ADD_FAILURE() << "killed at call " << at;
                break;
            }
        }
        return kills;
    }
};

TEST(WorkspaceCrash, KilledAtACallToTheDiskItLosesNoAcknowledgedGesture) {
    EXPECT_GT((KillSweep{.gestures = kGestures, .step = 7}.run()), 10)
        << "the plan must have met many calls";
}

// So many edits that a few more make the end of the session put the history together.
void editOften(World& world) {
    auto workspace = world.open();
    ASSERT_TRUE(workspace);
    auto session = (*workspace)->openFile(world.path);
    ASSERT_TRUE(session);
    for (int number = 1; number < 60; ++number) {
        if (number % 3 == 0)
            continue;  // would save
        ASSERT_TRUE(makeGesture(**session, number));
    }
    ASSERT_TRUE(makeGesture(**session, 60));
}

std::int64_t snapshotPosition(World& world) {
    const auto store = storage::ReplicaStore::open(world.replica, world.clock, world.random);
    return store ? (*store)->list().value().front().snapshotPosition : -1;
}

TEST(WorkspaceCrash, KilledWhileTheHistoryIsPutTogetherItLosesNothing) {
    const KillSweep sweep{.gestures = 30,
                          .step = 11,
                          .acknowledgedBefore = 60,
                          .prepare =
                              [](World& world) {
                                  writeStart(world);
                                  editOften(world);
                              },
                          .finish = [](World& world) { EXPECT_GT(snapshotPosition(world), 0); }};
    EXPECT_GT(sweep.run(), 5) << "the plan must have met many calls";
}

TEST(WorkspaceCrash, ASnapshotThatCannotBeWrittenCostsNothing) {
    for (int at = 1; at < 60; at += sweepsAll() ? 1 : 9) {
        testing::TempFolder folder;
        World world(folder.path());
        writeStart(world);
        editOften(world);
        {
            auto workspace = world.open();
            ASSERT_TRUE(workspace);
            auto session = (*workspace)->openFile(world.path);
            ASSERT_TRUE(session);
            for (int number = 61; number <= 90; ++number)
                ASSERT_TRUE(makeGesture(**session, number));
            ASSERT_TRUE((*workspace)->flush());
            failWith = at % 2 == 0 ? EIO : ENOSPC;
            callsLeft = at;
            fault = Fault::Error;
            (*workspace)->close(*session, false);
            workspace->reset();
            fault = Fault::None;
        }
        expectWhole(world, 90);
        if (::testing::Test::HasFailure())
            FAIL() << "call " << at;
    }
}

TEST(WorkspaceCrash, AFailedCallToTheDiskIsToldAndMadeGood) {
    for (int at = 1; at < 100; at += sweepsAll() ? 1 : 9) {
        testing::TempFolder folder;
        World world(folder.path());
        writeStart(world);
        {
            auto workspace = world.open();
            ASSERT_TRUE(workspace);
            auto session = (*workspace)->openFile(world.path);
            ASSERT_TRUE(session);
            failWith = at % 2 == 0 ? EIO : ENOSPC;
            callsLeft = at;
            fault = Fault::Error;
            for (int number = 1; number <= kGestures; ++number) {
                const auto made = makeGesture(**session, number);
                EXPECT_TRUE(made || made.error().code == ErrorCode::Unwritable)
                    << made.error().message;
            }
            bool stored = false;
            for (int attempt = 0; attempt < 5 && !stored; ++attempt)
                stored = (*workspace)->flush().has_value();
            fault = Fault::None;
            EXPECT_TRUE(stored) << "call " << at;
        }
        expectWhole(world, kGestures);
        if (::testing::Test::HasFailure())
            FAIL() << "call " << at;
    }
}

}  // namespace
}  // namespace pe::workspace
