// SPDX-License-Identifier: MIT
// InPlaceWriter: overwrites a file that cannot be replaced by a rename. A synced copy of the old
// bytes exists from before the first change until the new bytes are synced; a failure puts them
// back.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "pe/storage/file_system.hpp"
#include "system_calls.hpp"

namespace pe::storage {

class InPlaceWriter {
public:
    // Everything given by reference must outlive the writer. `target` is a regular file.
    InPlaceWriter(SystemCalls& calls, const std::filesystem::path& target, std::string_view bytes,
                  const std::filesystem::path& backupFolder);

    Result<FileStamp> write();

private:
    Result<void> makeBackup();
    int writeBackup(const std::filesystem::path& path, int& openError) const;
    int overwrite(int file, std::string_view bytes) const;
    tl::unexpected<Error> putBack(int file, int error);

    SystemCalls& calls_;
    const std::filesystem::path& target_;
    std::string_view bytes_;
    const std::filesystem::path& backupFolder_;
    std::string old_;
    std::filesystem::path backup_;
};

}  // namespace pe::storage
