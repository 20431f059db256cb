// SPDX-License-Identifier: MIT
#include "neighbours.hpp"

#include <cstdint>
#include <system_error>

#include "disk_file_lookup.hpp"

namespace pe::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxNeighbours = 500;
constexpr std::uint64_t kMaxNeighbourBytes = 4u << 20;

// Whether it is a link to a file beside it, which stands in the list itself.
bool isSecondName(const fs::path& path) {
    std::error_code failed;
    return fs::is_symlink(path, failed) && fs::weakly_canonical(path, failed).parent_path() ==
                                               fs::weakly_canonical(path.parent_path(), failed);
}

void addPipelines(storage::FileSystem& files, const fs::path& folder, const fs::path& but,
                  std::map<std::string, std::string>& texts) {
    const auto paths = files.list(folder);
    if (!paths)
        return;
    for (const fs::path& each : *paths) {
        const std::string ending = each.extension().string();
        if ((ending != ".yaml" && ending != ".yml") || each == but || isSecondName(each))
            continue;
        if (texts.size() == kMaxNeighbours)
            return;
        if (auto content = files.read(each, kMaxNeighbourBytes))
            texts[each.string()] = std::move(content->bytes);
    }
}

}  // namespace

std::map<std::string, std::string> pipelinesAround(storage::FileSystem& files,
                                                   const fs::path& path) {
    std::map<std::string, std::string> texts;
    fs::path folder = path.parent_path();
    const fs::path project = projectAround(files, folder);
    addPipelines(files, folder, path, texts);
    while (!project.empty() && folder != project && folder != folder.parent_path()) {
        folder = folder.parent_path();
        addPipelines(files, folder, path, texts);
    }
    return texts;
}

}  // namespace pe::cli
