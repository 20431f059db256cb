// SPDX-License-Identifier: MIT
#include "step_folder_reader.hpp"

#include <cstdlib>
#include <filesystem>

namespace pe::cli {

namespace {

constexpr std::uint64_t kMaxSchemaBytes = 4u << 20;

}  // namespace

format::FolderReader stepFolderReader(storage::FileSystem& files) {
    format::FolderReader reader;
    reader.list = [&files](const std::string& folder) -> Result<std::vector<std::string>> {
        if (!files.exists(folder))
            return fail(ErrorCode::NotFound, "There is no such folder.", folder);
        PE_TRY_ASSIGN(const auto paths, files.list(folder));
        std::vector<std::string> names;
        for (const auto& each : paths)
            names.push_back(each.filename().string());
        return names;
    };
    reader.read = [&files](const std::string& path) -> Result<std::string> {
        PE_TRY_ASSIGN(auto content, files.read(path, kMaxSchemaBytes));
        return std::move(content.bytes);
    };
    return reader;
}

std::string namedStepFolder(const std::string& given) {
    if (!given.empty())
        return given;
    const char* named = std::getenv(format::kStepFolderVariable);
    return named == nullptr ? std::string() : std::string(named);
}

std::string absolutePath(const std::string& path) {
    std::error_code problem;
    const auto absolute = std::filesystem::absolute(path, problem);
    return problem ? path : absolute.lexically_normal().string();
}

}  // namespace pe::cli
