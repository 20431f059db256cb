// SPDX-License-Identifier: MIT
#include "file_writing.hpp"

#include <cerrno>

namespace pe::storage {
namespace {

// `write(rest, offset)` is one call of the system.
template <class Write>
int continued(std::string_view bytes, Write write) {
    std::size_t written = 0;
    while (written < bytes.size()) {
        const ssize_t count = write(bytes.substr(written), static_cast<off_t>(written));
        if (count > 0) {
            written += static_cast<std::size_t>(count);
        } else if (count == 0) {
            return EIO;
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

}  // namespace

int writeAll(SystemCalls& calls, int file, std::string_view bytes) {
    return continued(bytes, [&](std::string_view rest, off_t) {
        return calls.write(file, rest.data(), rest.size());
    });
}

int overwriteAll(SystemCalls& calls, int file, std::string_view bytes) {
    return continued(bytes, [&](std::string_view rest, off_t at) {
        return calls.pwrite(file, rest.data(), rest.size(), at);
    });
}

}  // namespace pe::storage
