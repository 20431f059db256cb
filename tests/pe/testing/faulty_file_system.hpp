// SPDX-License-Identifier: MIT
// FaultyFileSystem: passes calls on, but fails the ones that the test chooses. Loops "fail the n-th
// call" end when a run makes fewer than n calls: failed() is then false.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "pe/storage/file_system.hpp"

namespace pe::testing {

class FaultyFileSystem final : public storage::FileSystem {
public:
    using Path = std::filesystem::path;

    // `inner` must outlive this object.
    explicit FaultyFileSystem(storage::FileSystem& inner) : inner_(inner) {}

    // The n-th call from now on fails (1 is the next); with `forGood` all after it fail too.
    void failCall(std::uint64_t n, bool forGood = false) {
        failAt_ = calls_ + n;
        forGood_ = forGood;
        failed_ = false;
    }
    void heal() { failAt_ = 0; }
    bool failed() const { return failed_; }
    std::uint64_t calls() const { return calls_; }

    Result<storage::FileContent> read(
        const Path& path, std::uint64_t maxBytes = storage::kDefaultMaxFileBytes) override {
        if (fails())
            return problem(ErrorCode::Unreadable, path);
        return inner_.read(path, maxBytes);
    }
    Result<storage::FileStamp> stamp(const Path& path) override {
        if (fails())
            return problem(ErrorCode::Unreadable, path);
        return inner_.stamp(path);
    }
    Result<storage::FileStamp> writeAtomically(
        const Path& path, std::string_view bytes,
        const std::optional<storage::FileStamp>& expected = std::nullopt) override {
        if (fails())
            return problem(ErrorCode::Unwritable, path);
        return inner_.writeAtomically(path, bytes, expected);
    }
    bool exists(const Path& path) override { return inner_.exists(path); }
    Result<void> remove(const Path& path) override {
        if (fails())
            return problem(ErrorCode::Unwritable, path);
        return inner_.remove(path);
    }
    Result<void> createFolders(const Path& folder) override {
        if (fails())
            return problem(ErrorCode::Unwritable, folder);
        return inner_.createFolders(folder);
    }
    Result<std::vector<Path>> list(const Path& folder) override {
        if (fails())
            return problem(ErrorCode::Unreadable, folder);
        return inner_.list(folder);
    }

private:
    bool fails() {
        ++calls_;
        const bool now = failAt_ != 0 && (calls_ == failAt_ || (forGood_ && calls_ > failAt_));
        failed_ = failed_ || now;
        return now;
    }
    static tl::unexpected<Error> problem(ErrorCode code, const Path& path) {
        return fail(code, "\"" + path.string() + "\" met a planned fault.", path.string());
    }

    storage::FileSystem& inner_;
    std::uint64_t calls_ = 0;
    std::uint64_t failAt_ = 0;
    bool forGood_ = false;
    bool failed_ = false;
};

}  // namespace pe::testing
