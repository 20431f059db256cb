// SPDX-License-Identifier: MIT
// SystemCalls that go wrong at a chosen call: with an error, or with the death of the process and
// the power, which takes along what was written and never synced.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <map>

#include "system_calls.hpp"

namespace pe::storage {

class FaultyCalls : public SystemCalls {
public:
    using Path = std::filesystem::path;

    enum class Fault { Error, PowerCut };

    // Call number `at`, from 1, goes wrong; 0 lets all pass. Reads and closes do not count.
    explicit FaultyCalls(std::uint64_t at, Fault fault = Fault::Error, int error = EIO)
        : at_(at), fault_(fault), error_(error) {}

    bool happened() const { return happened_; }

    int open(const Path& path, int flags, mode_t mode) override {
        return fails() ? -1 : SystemCalls::open(path, flags, mode);
    }
    ssize_t write(int file, const char* from, std::size_t count) override {
        if (count > 1 && next() == at_) {
            // The worst a write can do: a part arrives.
            noteUnsynced(file);
            if (SystemCalls::write(file, from, count / 2) < 0)
                return -1;
            return strike();
        }
        noteUnsynced(file);
        return SystemCalls::write(file, from, count);
    }
    ssize_t pwrite(int file, const char* from, std::size_t count, off_t at) override {
        if (count > 1 && next() == at_) {
            if (SystemCalls::pwrite(file, from, count / 2, at) < 0)
                return -1;
            return strike();
        }
        return SystemCalls::pwrite(file, from, count, at);
    }
    int reserve(int file, off_t size) override {
        return fails() ? -1 : SystemCalls::reserve(file, size);
    }
    int truncate(int file, off_t size) override {
        return fails() ? -1 : SystemCalls::truncate(file, size);
    }
    int sync(int file) override {
        if (fails())
            return -1;
        const auto found = unsynced_.find(file);
        if (found != unsynced_.end()) {
            ::close(found->second);
            unsynced_.erase(found);
        }
        return SystemCalls::sync(file);
    }
    int status(int file, struct stat& into) override {
        return fails() ? -1 : SystemCalls::status(file, into);
    }
    int status(const Path& path, struct stat& into) override {
        return fails() ? -1 : SystemCalls::status(path, into);
    }
    int setMode(int file, mode_t mode) override {
        return fails() ? -1 : SystemCalls::setMode(file, mode);
    }
    int rename(const Path& from, const Path& to) override {
        return fails() ? -1 : SystemCalls::rename(from, to);
    }
    int renameToNew(const Path& from, const Path& to) override {
        return fails() ? -1 : SystemCalls::renameToNew(from, to);
    }
    int unlink(const Path& path) override {
        if (fault_ == Fault::PowerCut && fails())
            return -1;
        return SystemCalls::unlink(path);
    }

private:
    std::uint64_t next() { return ++count_; }
    bool fails() { return next() == at_ && strike() < 0; }

    int strike() {
        happened_ = true;
        if (fault_ == Fault::PowerCut) {
            for (const auto& [file, copy] : unsynced_)
                if (::ftruncate(copy, 0) != 0)
                    ::_exit(2);
            ::_exit(0);
        }
        errno = error_;
        return -1;
    }

    void noteUnsynced(int file) {
        if (fault_ == Fault::PowerCut && !unsynced_.contains(file))
            unsynced_[file] = ::dup(file);
    }

    std::uint64_t at_;
    Fault fault_;
    int error_;
    std::uint64_t count_ = 0;
    bool happened_ = false;
    std::map<int, int> unsynced_;  // file -> a copy that outlives its close
};

}  // namespace pe::storage
