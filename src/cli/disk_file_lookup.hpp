// SPDX-License-Identifier: MIT
// DiskFileLookup: what the checker asks about other files, answered from a FileSystem. The engine
// resolves paths from the folder it is started in, which is the working folder or the project's
// root (the nearest folder upwards with mix.exs or .git); both are tried. The state of a file is
// asked for once. Safe on several threads if the FileSystem is.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "pe/check/checker.hpp"
#include "pe/storage/file_system.hpp"

namespace pe::cli {

class DiskFileLookup final : public check::FileLookup {
public:
    // `pipeline`: the file that is checked; empty for standard input.
    DiskFileLookup(storage::FileSystem& files, const std::filesystem::path& pipeline);
    // The same, where the folder of the pipeline and the project around it are known.
    DiskFileLookup(storage::FileSystem& files, std::filesystem::path folder,
                   std::filesystem::path project);

    // Where the file is: where the engine looks, else beside the pipeline; empty if nowhere.
    std::filesystem::path place(std::string_view path) const;
    State state(std::string_view path) const override;
    std::optional<std::string> text(std::string_view path) const override;
    std::optional<std::string> meantText(std::string_view path) const override;
    std::vector<std::string> names(std::string_view folder) const override;

private:
    std::optional<std::filesystem::path> find(std::string_view path) const;
    State look(std::string_view path) const;
    std::optional<std::string> read(const std::filesystem::path& path) const;
    bool isOutside(const std::filesystem::path& path) const;

    storage::FileSystem& files_;
    std::filesystem::path folder_;   // of the pipeline
    std::filesystem::path project_;  // empty: none found
    mutable std::mutex mutex_;       // of what follows
    mutable std::map<std::string, State, std::less<>> known_;
};

// The nearest folder upwards that looks like the root of a project; empty if there is none.
std::filesystem::path projectAround(storage::FileSystem& files,
                                    const std::filesystem::path& folder);

// The nearest folder from `start` upwards that holds one of the names; empty if there is none.
std::filesystem::path nearestFolderWith(storage::FileSystem& files, std::filesystem::path start,
                                        std::initializer_list<std::string_view> names);

}  // namespace pe::cli
