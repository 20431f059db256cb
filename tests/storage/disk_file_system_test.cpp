// SPDX-License-Identifier: MIT
#include "pe/storage/disk_file_system.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <fstream>

#include "child_process.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/testing/temp_folder.hpp"
#include "system_calls.hpp"

namespace pe::storage {
namespace {

namespace fs = std::filesystem;
using pe::testing::readFile;
using pe::testing::TempFolder;

constexpr uid_t kNobody = 65534;

void put(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

struct stat statusOf(const fs::path& path) {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status;
}

std::size_t entriesIn(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(DiskFileSystem, ReadsNeitherPipesNorDevicesAndDoesNotWaitForThem) {
    TempFolder folder;
    DiskFileSystem files;
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    const auto pipe = files.read(folder / "pipe");
    ASSERT_FALSE(pipe);
    EXPECT_EQ(pipe.error().code, ErrorCode::Unreadable);
    EXPECT_NE(pipe.error().message.find("is a pipe"), std::string::npos);
    EXPECT_NE(files.read("/dev/zero").error().message.find("is a device"), std::string::npos);
    EXPECT_EQ(files.writeAtomically(folder / "pipe", "x").error().code, ErrorCode::Unwritable);
    EXPECT_EQ(files.writeAtomically("/dev/full", "x").error().code, ErrorCode::Unwritable);
    EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST(DiskFileSystem, SaysHowLargeAFileIsInWords) {
    TempFolder folder;
    DiskFileSystem files;
    put(folder / "big.yaml", "");
    fs::resize_file(folder / "big.yaml", 1536U << 20);
    const auto content = files.read(folder / "big.yaml");
    ASSERT_FALSE(content);
    EXPECT_EQ(content.error().code, ErrorCode::LimitExceeded);
    EXPECT_NE(content.error().message.find("(1.5 GB; the limit is 256 MB)"), std::string::npos)
        << content.error().message;
}

TEST(DiskFileSystem, ASaveKeepsModeOwnerAndAttributes) {
    TempFolder folder;
    DiskFileSystem files;
    const auto path = folder / "a.yaml";
    put(path, "old");
    ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
    const bool changedOwner = ::chown(path.c_str(), kNobody, kNobody) == 0;
    const bool hasAttribute = ::setxattr(path.c_str(), "user.note", "kept", 4, 0) == 0;
    ASSERT_TRUE(files.writeAtomically(path, "new"));
    EXPECT_EQ(readFile(path), "new");
    EXPECT_EQ(statusOf(path).st_mode & 07777, 0640U);
    if (changedOwner) {
        EXPECT_EQ(statusOf(path).st_uid, kNobody);
    }
    char value[8] = {};
    if (hasAttribute) {
        EXPECT_EQ(::getxattr(path.c_str(), "user.note", value, sizeof value), 4);
    }
    EXPECT_EQ(entriesIn(folder.path()), 1U);
}

TEST(DiskFileSystem, ANewFileGetsTheModeThatTheUserSetsForNewFiles) {
    TempFolder folder;
    DiskFileSystem files;
    const mode_t mask = ::umask(0027);
    ASSERT_TRUE(files.writeAtomically(folder / "a", "x"));
    ::umask(mask);
    EXPECT_EQ(statusOf(folder / "a").st_mode & 07777, 0640U);
}

TEST(DiskFileSystem, ASaveThroughSymbolicLinksReachesTheRealFile) {
    TempFolder folder;
    DiskFileSystem files;
    fs::create_directory(folder / "real");
    put(folder / "real/a", "old");
    fs::create_symlink("real/a", folder / "middle");
    fs::create_symlink("middle", folder / "link");
    ASSERT_TRUE(files.writeAtomically(folder / "link", "new"));
    EXPECT_TRUE(fs::is_symlink(folder / "link"));
    EXPECT_TRUE(fs::is_symlink(folder / "middle"));
    EXPECT_EQ(readFile(folder / "real/a"), "new");
    fs::create_symlink("real/b", folder / "dangling");
    ASSERT_TRUE(files.writeAtomically(folder / "dangling", "made"));
    EXPECT_EQ(readFile(folder / "real/b"), "made");
}

TEST(DiskFileSystem, LinksInACircleAreRefused) {
    TempFolder folder;
    DiskFileSystem files;
    fs::create_symlink("b", folder / "a");
    fs::create_symlink("a", folder / "b");
    EXPECT_EQ(files.writeAtomically(folder / "a", "x").error().code, ErrorCode::Unwritable);
    EXPECT_EQ(files.read(folder / "a").error().code, ErrorCode::Unreadable);
}

TEST(DiskFileSystem, AHardLinkedFileStaysLinked) {
    TempFolder folder;
    DiskFileSystem files;
    put(folder / "a", "a longer old text");
    fs::create_hard_link(folder / "a", folder / "b");
    const auto stamp = files.writeAtomically(folder / "a", "new");
    ASSERT_TRUE(stamp);
    EXPECT_EQ(readFile(folder / "b"), "new");
    EXPECT_EQ(fs::hard_link_count(folder / "a"), 2U);
    EXPECT_EQ(entriesIn(folder.path()), 2U);
    EXPECT_TRUE(files.writeAtomically(folder / "a", "newer", *stamp));
}

TEST(DiskFileSystem, ALongNameCanBeSaved) {
    TempFolder folder;
    DiskFileSystem files;
    const auto path = folder / std::string(255, 'n');
    ASSERT_TRUE(files.writeAtomically(path, "1"));
    ASSERT_TRUE(files.writeAtomically(path, "2"));
    EXPECT_EQ(readFile(path), "2");
}

TEST(DiskFileSystem, RemovesWhatAKilledSaveLeftButNotWhatARunningOneUses) {
    TempFolder folder;
    DiskFileSystem files;
    put(folder / ".a.1-1.pe-tmp", "left behind");
    put(folder / ".a.1-2.pe-tmp", "in use");
    put(folder / ".b.1-1.pe-tmp", "of another file");
    const int running = ::open((folder / ".a.1-2.pe-tmp").c_str(), O_RDWR | O_CLOEXEC);
    ASSERT_EQ(::flock(running, LOCK_EX), 0);
    ASSERT_TRUE(files.writeAtomically(folder / "a", "new"));
    EXPECT_FALSE(fs::exists(folder / ".a.1-1.pe-tmp"));
    EXPECT_TRUE(fs::exists(folder / ".a.1-2.pe-tmp"));
    EXPECT_TRUE(fs::exists(folder / ".b.1-1.pe-tmp"));
    ::close(running);
}

// Another save that takes new files for left behind, as long as they have no lock.
class HastyNeighbour final : public SystemCalls {
public:
    int open(const fs::path& path, int flags, mode_t mode) override {
        const int file = SystemCalls::open(path, flags, mode);
        if ((flags & O_EXCL) != 0 && --removals >= 0)
            ::unlink(path.c_str());
        return file;
    }
    int lock(int file) override {
        if (--locks < 0)
            return SystemCalls::lock(file);
        errno = EWOULDBLOCK;
        return -1;
    }
    int removals = 0;
    int locks = 0;
};

TEST(DiskFileSystem, ASaveWhoseNewFileWasTakenForLeftBehindMakesAnother) {
    TempFolder folder;
    HastyNeighbour calls;
    DiskFileSystem files(calls, {});
    put(folder / "a", "old");
    calls.removals = 2;
    ASSERT_TRUE(files.writeAtomically(folder / "a", "new"));
    EXPECT_EQ(readFile(folder / "a"), "new");
    calls.locks = 2;
    ASSERT_TRUE(files.writeAtomically(folder / "a", "newer"));
    EXPECT_EQ(readFile(folder / "a"), "newer");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

class AsAnotherUser : public ::testing::Test {
protected:
    void SetUp() override {
        if (::geteuid() != 0)
            GTEST_SKIP() << "needs root to become another user";
    }
    // The exit status of `body`, run by a user without rights.
    static int runAsNobody(const std::function<int()>& body) {
        return runInChild([&] {
            if (::setegid(kNobody) != 0 || ::seteuid(kNobody) != 0)
                return 99;
            return body();
        });
    }
    static int codeOf(const Result<FileStamp>& result) {
        return result ? 0 : 10 + static_cast<int>(result.error().code);
    }
    static int exitOf(ErrorCode code) { return 10 + static_cast<int>(code); }
    static void give(const fs::path& path, mode_t mode) {
        ASSERT_EQ(::chown(path.c_str(), kNobody, kNobody), 0);
        ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    }

    TempFolder folder_;
    TempFolder backups_;
};

TEST_F(AsAnotherUser, AReadOnlyFileInAWritableFolderIsNotReplaced) {
    give(folder_.path(), 0755);
    put(folder_ / "a", "old");
    give(folder_ / "a", 0444);
    EXPECT_EQ(
        runAsNobody([&] { return codeOf(DiskFileSystem().writeAtomically(folder_ / "a", "new")); }),
        exitOf(ErrorCode::Unwritable));
    EXPECT_EQ(readFile(folder_ / "a"), "old");
}

TEST_F(AsAnotherUser, AWritableFileInAReadOnlyFolderIsOverwrittenInPlace) {
    give(backups_.path(), 0700);
    put(folder_ / "a", "a longer old text");
    give(folder_ / "a", 0644);
    ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
    EXPECT_EQ(runAsNobody([&] {
                  DiskFileSystem files(backups_.path());
                  return codeOf(files.writeAtomically(folder_ / "a", "new"));
              }),
              0);
    EXPECT_EQ(readFile(folder_ / "a"), "new");
    EXPECT_EQ(entriesIn(backups_.path()), 0U);
}

TEST_F(AsAnotherUser, WithoutRoomForABackupNothingIsOverwrittenInPlace) {
    put(folder_ / "a", "old");
    give(folder_ / "a", 0644);
    ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
    EXPECT_EQ(runAsNobody([&] {
                  DiskFileSystem files(backups_.path());  // belongs to root
                  return codeOf(files.writeAtomically(folder_ / "a", "new"));
              }),
              exitOf(ErrorCode::Unwritable));
    EXPECT_EQ(readFile(folder_ / "a"), "old");
}

TEST_F(AsAnotherUser, ANewFileInAReadOnlyFolderIsRefused) {
    ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
    EXPECT_EQ(
        runAsNobody([&] { return codeOf(DiskFileSystem().writeAtomically(folder_ / "a", "new")); }),
        exitOf(ErrorCode::Unwritable));
    EXPECT_EQ(entriesIn(folder_.path()), 0U);
}

TEST_F(AsAnotherUser, AForeignFileKeepsItsOwner) {
    give(folder_.path(), 0777);
    put(folder_ / "a", "old");
    ASSERT_EQ(::chmod((folder_ / "a").c_str(), 0666), 0);  // root's, but anybody may write
    EXPECT_EQ(
        runAsNobody([&] { return codeOf(DiskFileSystem().writeAtomically(folder_ / "a", "new")); }),
        0);
    EXPECT_EQ(readFile(folder_ / "a"), "new");
    EXPECT_EQ(statusOf(folder_ / "a").st_uid, 0U);
    EXPECT_EQ(entriesIn(folder_.path()), 1U);
}

TEST(DiskFileSystem, AFullDiskLeavesTheOldFileAndNoLitter) {
    TempFolder folder;
    if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=64k") != 0)
        GTEST_SKIP() << "cannot mount a small disk here";
    DiskFileSystem files;
    const std::string old(30'000, 'o');
    put(folder / "a", old);
    put(folder / "linked", old.substr(0, 1000));
    fs::create_hard_link(folder / "linked", folder / "link");
    const auto renamed = files.writeAtomically(folder / "a", std::string(60'000, 'n'));
    const auto inPlace = files.writeAtomically(folder / "linked", std::string(60'000, 'n'));
    EXPECT_EQ(readFile(folder / "a"), old);
    EXPECT_EQ(readFile(folder / "linked"), old.substr(0, 1000));
    EXPECT_EQ(entriesIn(folder.path()), 3U);
    EXPECT_TRUE(files.writeAtomically(folder / "a", "small"));
    ::umount(folder.path().c_str());
    ASSERT_FALSE(renamed);
    EXPECT_EQ(renamed.error().code, ErrorCode::Unwritable);
    EXPECT_NE(renamed.error().message.find("disk is full"), std::string::npos);
    ASSERT_FALSE(inPlace);
    EXPECT_EQ(inPlace.error().code, ErrorCode::Unwritable);
}

TEST(DiskFileSystem, AMountedFileIsOverwrittenInPlace) {
    TempFolder folder;
    put(folder / "source", "old");
    put(folder / "mounted", "");
    if (::mount((folder / "source").c_str(), (folder / "mounted").c_str(), "", MS_BIND, "") != 0)
        GTEST_SKIP() << "cannot mount here";
    DiskFileSystem files;
    const auto saved = files.writeAtomically(folder / "mounted", "new");
    ::umount((folder / "mounted").c_str());
    ASSERT_TRUE(saved) << saved.error().message;
    EXPECT_EQ(readFile(folder / "source"), "new");
}

}  // namespace
}  // namespace pe::storage
