// SPDX-License-Identifier: MIT
#include "disk_file_lookup.hpp"

#include <system_error>
#include <utility>

namespace pe::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxPipelineBytes = 16u << 20;
constexpr std::size_t kMaxNames = 1000;

}  // namespace

fs::path nearestFolderWith(storage::FileSystem& files, fs::path start,
                           std::initializer_list<std::string_view> names) {
    for (fs::path folder = std::move(start); !folder.empty(); folder = folder.parent_path()) {
        for (const std::string_view name : names)
            if (files.exists(folder / name))
                return folder;
        if (folder == folder.parent_path())
            break;
    }
    return {};
}

fs::path projectAround(storage::FileSystem& files, const fs::path& folder) {
    return nearestFolderWith(files, folder, {"mix.exs", ".git"});
}

DiskFileLookup::DiskFileLookup(storage::FileSystem& files, const fs::path& pipeline)
    : files_(files) {
    std::error_code ignored;
    folder_ = fs::absolute(pipeline, ignored).parent_path().lexically_normal();
    project_ = projectAround(files, folder_);
}

DiskFileLookup::DiskFileLookup(storage::FileSystem& files, fs::path folder, fs::path project)
    : files_(files), folder_(std::move(folder)), project_(std::move(project)) {}

bool DiskFileLookup::isOutside(const fs::path& path) const {
    if (project_.empty())
        return false;
    const fs::path full = (path.is_absolute() ? path : project_ / path).lexically_normal();
    const fs::path relative = full.lexically_relative(project_);
    return relative.empty() || *relative.begin() == "..";
}

std::optional<fs::path> DiskFileLookup::find(std::string_view written) const {
    const fs::path path(written);
    if (path.is_absolute())
        return files_.exists(path) ? std::optional(path) : std::nullopt;
    if (files_.exists(path))
        return path;
    if (!project_.empty() && files_.exists(project_ / path))
        return project_ / path;
    return std::nullopt;
}

fs::path DiskFileLookup::place(std::string_view path) const {
    if (const auto found = find(path))
        return *found;
    const fs::path beside = folder_ / fs::path(path);
    return files_.exists(beside) ? beside : fs::path();
}

check::FileLookup::State DiskFileLookup::look(std::string_view written) const {
    const fs::path path(written);
    if (const auto found = find(written)) {
        const auto stamp = files_.stamp(*found);
        if (!stamp)
            return files_.list(*found) ? State::Folder : State::Unreadable;
        if (files_.list(*found))
            return State::Folder;
        return isOutside(path) ? State::Outside : State::Present;
    }
    if (!path.is_absolute() && files_.exists(folder_ / path))
        return State::Beside;
    return State::Missing;
}

check::FileLookup::State DiskFileLookup::state(std::string_view path) const {
    if (path.empty())
        return State::Unknown;
    {
        const std::lock_guard lock(mutex_);
        if (const auto known = known_.find(path); known != known_.end())
            return known->second;
    }
    const State found = look(path);
    const std::lock_guard lock(mutex_);
    return known_.emplace(std::string(path), found).first->second;
}

std::optional<std::string> DiskFileLookup::read(const fs::path& path) const {
    auto content = files_.read(path, kMaxPipelineBytes);
    return content ? std::optional(std::move(content->bytes)) : std::nullopt;
}

std::optional<std::string> DiskFileLookup::text(std::string_view path) const {
    const auto found = find(path);
    return found ? read(*found) : std::nullopt;
}

std::optional<std::string> DiskFileLookup::meantText(std::string_view path) const {
    const fs::path found = place(path);
    return found.empty() ? std::nullopt : read(found);
}

std::vector<std::string> DiskFileLookup::names(std::string_view folder) const {
    const auto listed = files_.list((project_.empty() ? folder_ : project_) / fs::path(folder));
    std::vector<std::string> names;
    if (!listed)
        return names;
    for (const fs::path& each : *listed) {
        std::string name = each.filename().string();
        if (name.starts_with('.'))
            continue;
        names.push_back(std::move(name));
        if (files_.list(each))
            names.back() += '/';
        if (names.size() == kMaxNames)
            break;
    }
    return names;
}

}  // namespace pe::cli
