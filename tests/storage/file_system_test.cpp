// SPDX-License-Identifier: MIT
// What every FileSystem promises, checked on the disk and on the one in memory.
#include "pe/storage/file_system.hpp"

#include <gtest/gtest.h>

#include "pe/storage/disk_file_system.hpp"
#include "pe/testing/faulty_file_system.hpp"
#include "pe/testing/memory_file_system.hpp"
#include "pe/testing/temp_folder.hpp"

namespace pe::storage {
namespace {

template <class Files>
class AnyFileSystem : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(files_.createFolders(folder_.path())); }
    std::filesystem::path path(const char* name) { return folder_ / name; }

    pe::testing::TempFolder folder_;
    Files files_;
};

using Kinds = ::testing::Types<DiskFileSystem, pe::testing::MemoryFileSystem>;
TYPED_TEST_SUITE(AnyFileSystem, Kinds);

TYPED_TEST(AnyFileSystem, ReadsBackWhatItWrote) {
    const std::string bytes("a\0b\r\n\xff", 6);
    const auto stamp = this->files_.writeAtomically(this->path("a.yaml"), bytes);
    ASSERT_TRUE(stamp) << stamp.error().message;
    const auto content = this->files_.read(this->path("a.yaml"));
    ASSERT_TRUE(content);
    EXPECT_EQ(content->bytes, bytes);
    EXPECT_EQ(content->stamp, *stamp);
    EXPECT_TRUE(sameMetadata(*this->files_.stamp(this->path("a.yaml")), *stamp));
}

TYPED_TEST(AnyFileSystem, AMissingFileHasAMissingStampAndCannotBeRead) {
    const auto stamp = this->files_.stamp(this->path("no.yaml"));
    ASSERT_TRUE(stamp);
    EXPECT_TRUE(stamp->missing());
    const auto content = this->files_.read(this->path("no.yaml"));
    ASSERT_FALSE(content);
    EXPECT_EQ(content.error().code, ErrorCode::NotFound);
    EXPECT_NE(content.error().message.find("no.yaml"), std::string::npos);
    EXPECT_EQ(this->files_.remove(this->path("no.yaml")).error().code, ErrorCode::NotFound);
}

TYPED_TEST(AnyFileSystem, RefusesAFolderAndAFileOverTheLimit) {
    ASSERT_TRUE(this->files_.createFolders(this->path("deep/er")));
    EXPECT_EQ(this->files_.read(this->path("deep")).error().code, ErrorCode::Unreadable);
    EXPECT_EQ(this->files_.writeAtomically(this->path("deep"), "x").error().code,
              ErrorCode::Unwritable);
    ASSERT_TRUE(this->files_.writeAtomically(this->path("big"), "12345"));
    EXPECT_TRUE(this->files_.read(this->path("big"), 5));
    EXPECT_EQ(this->files_.read(this->path("big"), 4).error().code, ErrorCode::LimitExceeded);
}

TYPED_TEST(AnyFileSystem, SavesOverTheStateItExpectsAndRefusesAnother) {
    const auto path = this->path("a");
    const auto first = this->files_.writeAtomically(path, "one", FileStamp{});
    ASSERT_TRUE(first);
    const auto second = this->files_.writeAtomically(path, "two", *first);
    ASSERT_TRUE(second);
    const auto stale = this->files_.writeAtomically(path, "three", *first);
    ASSERT_FALSE(stale);
    EXPECT_EQ(stale.error().code, ErrorCode::Conflict);
    EXPECT_EQ(this->files_.writeAtomically(path, "four", FileStamp{}).error().code,
              ErrorCode::Conflict);
    EXPECT_EQ(this->files_.read(path)->bytes, "two");
    ASSERT_TRUE(this->files_.remove(path));
    EXPECT_EQ(this->files_.writeAtomically(path, "five", *second).error().code,
              ErrorCode::Conflict);
    EXPECT_FALSE(this->files_.exists(path));
}

TYPED_TEST(AnyFileSystem, SavingWhatIsAlreadyThereIsNoConflict) {
    const auto path = this->path("a");
    const auto first = this->files_.writeAtomically(path, "one");
    ASSERT_TRUE(this->files_.writeAtomically(path, "two"));
    EXPECT_TRUE(this->files_.writeAtomically(path, "two", *first));
    EXPECT_TRUE(this->files_.writeAtomically(path, "two", FileStamp{}));
}

TYPED_TEST(AnyFileSystem, AFileRewrittenWithTheSameBytesIsNoConflict) {
    const auto path = this->path("a");
    const auto first = this->files_.writeAtomically(path, "one");
    ASSERT_TRUE(this->files_.writeAtomically(path, "one"));
    EXPECT_TRUE(this->files_.writeAtomically(path, "two", *first));
}

TYPED_TEST(AnyFileSystem, ListsAFolderSorted) {
    ASSERT_TRUE(this->files_.writeAtomically(this->path("b"), ""));
    ASSERT_TRUE(this->files_.writeAtomically(this->path("a"), ""));
    ASSERT_TRUE(this->files_.createFolders(this->path("c")));
    const auto names = this->files_.list(this->folder_.path());
    ASSERT_TRUE(names);
    EXPECT_EQ(*names, (std::vector{this->path("a"), this->path("b"), this->path("c")}));
    EXPECT_FALSE(this->files_.list(this->path("nowhere")));
}

TYPED_TEST(AnyFileSystem, WritesOnlyIntoFoldersThatExist) {
    const auto result = this->files_.writeAtomically(this->path("nowhere/a"), "x");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Unwritable);
}

TEST(FaultyFileSystem, FailsTheChosenCallAndNoOther) {
    pe::testing::MemoryFileSystem memory;
    pe::testing::FaultyFileSystem files(memory);
    files.failCall(2);
    EXPECT_TRUE(files.writeAtomically("a", "1"));
    EXPECT_FALSE(files.failed());
    EXPECT_EQ(files.writeAtomically("a", "2").error().code, ErrorCode::Unwritable);
    EXPECT_TRUE(files.failed());
    EXPECT_EQ(files.read("a")->bytes, "1");
}

}  // namespace
}  // namespace pe::storage
