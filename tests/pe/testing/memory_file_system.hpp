// SPDX-License-Identifier: MIT
// MemoryFileSystem: a FileSystem without a disk. Time in stamps is a counter, so equal runs give
// equal stamps. edit() and replace() play the other program.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pe/storage/file_system.hpp"

namespace pe::testing {

class MemoryFileSystem final : public storage::FileSystem {
public:
    using Path = std::filesystem::path;

    // Another program writes into the same file, or makes it.
    void edit(const Path& path, std::string bytes) {
        File& file = files_[path.lexically_normal()];
        if (file.inode == 0)
            file.inode = ++lastInode_;
        file.bytes = std::move(bytes);
        file.modified = ++time_;
    }
    // Another program renames a new file over the old one.
    void replace(const Path& path, std::string bytes) {
        files_.erase(path.lexically_normal());
        edit(path, std::move(bytes));
    }
    // The same bytes under a new time.
    void touch(const Path& path) { files_.at(path.lexically_normal()).modified = ++time_; }

    Result<storage::FileContent> read(
        const Path& path, std::uint64_t maxBytes = storage::kDefaultMaxFileBytes) override {
        const auto found = files_.find(path.lexically_normal());
        if (found == files_.end())
            return isFolder(path) ? problem(ErrorCode::Unreadable, path, "is a folder")
                                  : problem(ErrorCode::NotFound, path, "does not exist");
        if (found->second.bytes.size() > maxBytes)
            return problem(ErrorCode::LimitExceeded, path, "is too large");
        auto stamp = stampOf(found->second);
        stamp.contentHash = storage::contentHash(found->second.bytes);
        return storage::FileContent{found->second.bytes, stamp};
    }

    Result<storage::FileStamp> stamp(const Path& path) override {
        const auto found = files_.find(path.lexically_normal());
        return found == files_.end() ? storage::FileStamp{} : stampOf(found->second);
    }

    Result<storage::FileStamp> writeAtomically(
        const Path& path, std::string_view bytes,
        const std::optional<storage::FileStamp>& expected = std::nullopt) override {
        const Path key = path.lexically_normal();
        if (isFolder(key) || !isFolder(key.parent_path()))
            return problem(ErrorCode::Unwritable, path, "has no folder or is one");
        if (expected && !matches(key, *expected, bytes))
            return problem(ErrorCode::Conflict, path, "was changed by another program");
        replace(key, std::string(bytes));
        auto result = stampOf(files_.at(key));
        result.contentHash = storage::contentHash(bytes);
        return result;
    }

    bool exists(const Path& path) override {
        return files_.contains(path.lexically_normal()) || isFolder(path);
    }

    Result<void> remove(const Path& path) override {
        const Path key = path.lexically_normal();
        if (isFolder(key) && !list(key)->empty())
            return problem(ErrorCode::Unwritable, path, "is not empty");
        if (files_.erase(key) + folders_.erase(key) > 0)
            return {};
        return problem(ErrorCode::NotFound, path, "does not exist");
    }

    Result<void> createFolders(const Path& folder) override {
        Path made;
        for (const Path& part : folder.lexically_normal()) {
            made /= part;
            if (files_.contains(made))
                return problem(ErrorCode::Unwritable, made, "is a file");
            folders_.insert(made);
        }
        return {};
    }

    Result<std::vector<Path>> list(const Path& folder) override {
        const Path key = folder.lexically_normal();
        if (!isFolder(key))
            return problem(ErrorCode::NotFound, folder, "does not exist");
        std::set<Path> found;
        for (const auto& [path, file] : files_)
            if (path.parent_path() == key)
                found.insert(path);
        for (const Path& path : folders_)
            if (path.parent_path() == key && path != key)
                found.insert(path);
        return std::vector<Path>(found.begin(), found.end());
    }

private:
    struct File {
        std::string bytes;
        std::int64_t modified = 0;
        std::uint64_t inode = 0;
    };

    static tl::unexpected<Error> problem(ErrorCode code, const Path& path, const char* what) {
        return fail(code, "\"" + path.string() + "\" " + what + ".", path.string());
    }

    static storage::FileStamp stampOf(const File& file) {
        return {file.modified, static_cast<std::int64_t>(file.bytes.size()), file.inode, 1, 0};
    }

    bool isFolder(const Path& path) const {
        const Path key = path.lexically_normal();
        return key.empty() || key == "/" || folders_.contains(key);
    }

    bool matches(const Path& key, const storage::FileStamp& expected,
                 std::string_view bytes) const {
        const auto found = files_.find(key);
        if (found == files_.end())
            return expected.missing();
        const File& file = found->second;
        if (file.bytes == bytes)
            return true;
        if (expected.missing())
            return false;
        if (expected.contentHash == 0)
            return storage::sameMetadata(stampOf(file), expected);
        return storage::contentHash(file.bytes) == expected.contentHash;
    }

    std::map<Path, File> files_;
    std::set<Path> folders_;
    std::int64_t time_ = 0;
    std::uint64_t lastInode_ = 0;
};

}  // namespace pe::testing
