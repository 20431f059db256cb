// SPDX-License-Identifier: MIT
// SystemCalls: the calls a save consists of, so that tests can make each of them fail. All follow
// the convention of the system: -1 and errno on failure.
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <cstddef>
#include <filesystem>

namespace pe::storage {

class SystemCalls {
public:
    virtual ~SystemCalls() = default;
    // The calls of this machine; stateless.
    static SystemCalls& real();

    virtual int open(const std::filesystem::path& path, int flags, mode_t mode);
    virtual int close(int file);
    virtual ssize_t read(int file, char* into, std::size_t count);
    virtual ssize_t write(int file, const char* from, std::size_t count);
    virtual ssize_t pwrite(int file, const char* from, std::size_t count, off_t at);
    virtual int reserve(int file, off_t size);  // room for `size` bytes, the size stays as it is
    virtual int truncate(int file, off_t size);
    virtual int sync(int file);
    virtual int status(int file, struct stat& into);
    virtual int status(const std::filesystem::path& path, struct stat& into);
    virtual int setMode(int file, mode_t mode);
    virtual int setOwner(int file, uid_t user, gid_t group);
    virtual int lock(int file);  // exclusive, without waiting
    virtual int rename(const std::filesystem::path& from, const std::filesystem::path& to);
    // EEXIST if `to` exists.
    virtual int renameToNew(const std::filesystem::path& from, const std::filesystem::path& to);
    virtual int unlink(const std::filesystem::path& path);
    virtual int checkWritable(const std::filesystem::path& path);
    virtual void copyAttributes(int from, int to);  // extended attributes, as far as possible
};

// A file that is open for as long as this object lives.
class OpenFile {
public:
    OpenFile(SystemCalls& calls, const std::filesystem::path& path, int flags, mode_t mode = 0600);
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile();

    bool isOpen() const { return file_ >= 0; }
    int get() const { return file_; }
    int error() const { return error_; }  // errno of open()

private:
    SystemCalls& calls_;
    int file_;
    int error_;
};

}  // namespace pe::storage
