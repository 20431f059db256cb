// SPDX-License-Identifier: MIT
#include "file_errors.hpp"

#include <cerrno>
#include <system_error>

namespace pe::storage {
namespace {

std::string readingAdvice(int error) {
    switch (error) {
        case EACCES:
        case EPERM:
            return "you have no permission to read it. Change its permissions or ask its owner.";
        case EIO:
            return "the disk reported an error. Copy it from a backup.";
        case ELOOP:
            return "its symbolic links lead in a circle. Open the file they should lead to.";
        case ENAMETOOLONG:
            return "its name is too long. Open it under a shorter name.";
        case ENOTDIR:
            return "a part of its path is no folder. Check the path.";
        default:
            return std::generic_category().message(error) + ". Check the file and open it again.";
    }
}

std::string writingAdvice(int error) {
    switch (error) {
        case ENOSPC:
            return "the disk is full. Free some space and save again.";
        case EDQUOT:
            return "your disk quota is used up. Free some space and save again.";
        case EACCES:
        case EPERM:
            return "you have no permission to write it. Change its permissions or save a copy "
                   "under another name.";
        case EROFS:
            return "its disk is read-only. Save a copy in another folder.";
        case EIO:
            return "the disk reported an error. Save a copy on another disk.";
        case EFBIG:
            return "it would be larger than this disk allows. Save a copy on another disk.";
        case ENOENT:
        case ENOTDIR:
            return "its folder does not exist. Make the folder or save a copy elsewhere.";
        case EISDIR:
            return "it is a folder. Choose the name of a file.";
        case ELOOP:
            return "its symbolic links lead in a circle. Save a copy under another name.";
        case ENAMETOOLONG:
            return "its name is too long. Choose a shorter name.";
        case ETXTBSY:
            return "a running program uses it. Close that program and save again.";
        default:
            return std::generic_category().message(error) +
                   ". Save again, or save a copy elsewhere.";
    }
}

}  // namespace

std::string inQuotes(const std::filesystem::path& path) {
    return "\"" + path.string() + "\"";
}

tl::unexpected<Error> cannotRead(const std::filesystem::path& path, int error) {
    if (error == ENOENT)
        return fail(ErrorCode::NotFound, inQuotes(path) + " does not exist. Check the path.",
                    path.string());
    return fail(ErrorCode::Unreadable, inQuotes(path) + " cannot be read: " + readingAdvice(error),
                path.string());
}

tl::unexpected<Error> cannotWrite(const std::filesystem::path& path, int error) {
    return fail(ErrorCode::Unwritable, inQuotes(path) + " cannot be saved: " + writingAdvice(error),
                path.string());
}

}  // namespace pe::storage
