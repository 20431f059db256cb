// SPDX-License-Identifier: MIT
#include "system_calls.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <string_view>

namespace pe::storage {

SystemCalls& SystemCalls::real() {
    static SystemCalls calls;
    return calls;
}

int SystemCalls::open(const std::filesystem::path& path, int flags, mode_t mode) {
    return ::open(path.c_str(), flags | O_CLOEXEC, mode);
}

int SystemCalls::close(int file) {
    return ::close(file);
}

ssize_t SystemCalls::read(int file, char* into, std::size_t count) {
    return ::read(file, into, count);
}

ssize_t SystemCalls::write(int file, const char* from, std::size_t count) {
    return ::write(file, from, count);
}

ssize_t SystemCalls::pwrite(int file, const char* from, std::size_t count, off_t at) {
    return ::pwrite(file, from, count, at);
}

int SystemCalls::reserve(int file, off_t size) {
    return ::fallocate(file, FALLOC_FL_KEEP_SIZE, 0, size);
}

int SystemCalls::truncate(int file, off_t size) {
    return ::ftruncate(file, size);
}

int SystemCalls::sync(int file) {
    return ::fsync(file);
}

int SystemCalls::status(int file, struct stat& into) {
    return ::fstat(file, &into);
}

int SystemCalls::status(const std::filesystem::path& path, struct stat& into) {
    return ::stat(path.c_str(), &into);
}

int SystemCalls::setMode(int file, mode_t mode) {
    return ::fchmod(file, mode);
}

int SystemCalls::setOwner(int file, uid_t user, gid_t group) {
    return ::fchown(file, user, group);
}

int SystemCalls::lock(int file) {
    return ::flock(file, LOCK_EX | LOCK_NB);
}

int SystemCalls::rename(const std::filesystem::path& from, const std::filesystem::path& to) {
    return ::rename(from.c_str(), to.c_str());
}

int SystemCalls::renameToNew(const std::filesystem::path& from, const std::filesystem::path& to) {
    const int result = ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
    // File systems without this flag get the plain rename; the caller has looked before.
    if (result != 0 && (errno == EINVAL || errno == ENOSYS))
        return rename(from, to);
    return result;
}

int SystemCalls::unlink(const std::filesystem::path& path) {
    return ::unlink(path.c_str());
}

int SystemCalls::checkWritable(const std::filesystem::path& path) {
    return ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS);
}

void SystemCalls::copyAttributes(int from, int to) {
    constexpr std::size_t kMaxAttributeBytes = 64 * 1024;  // XATTR_LIST_MAX and XATTR_SIZE_MAX
    std::string names(kMaxAttributeBytes, '\0');
    const ssize_t listed = ::flistxattr(from, names.data(), names.size());
    if (listed <= 0)
        return;
    std::string value(kMaxAttributeBytes, '\0');
    std::string_view rest(names.data(), static_cast<std::size_t>(listed));
    while (!rest.empty()) {
        const char* name = rest.data();
        const ssize_t size = ::fgetxattr(from, name, value.data(), value.size());
        if (size >= 0)
            ::fsetxattr(to, name, value.data(), static_cast<std::size_t>(size), 0);
        rest.remove_prefix(rest.find('\0') + 1);
    }
}

OpenFile::OpenFile(SystemCalls& calls, const std::filesystem::path& path, int flags, mode_t mode)
    : calls_(calls), file_(calls.open(path, flags, mode)), error_(file_ < 0 ? errno : 0) {}

OpenFile::~OpenFile() {
    if (isOpen())
        calls_.close(file_);
}

}  // namespace pe::storage
