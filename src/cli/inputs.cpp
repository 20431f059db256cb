// SPDX-License-Identifier: MIT
#include "inputs.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>
#include <vector>

namespace pe::cli {
namespace {

constexpr std::size_t kPartBytes = 1 << 16;

// An open pipe that a shell names, as for `<(git show HEAD:a.yaml)`. A pipe with a name of its own
// might wait for ever.
bool isHandedOver(std::string_view path) {
    return path == "/dev/stdin" || path.starts_with("/dev/fd/") ||
           path.starts_with("/proc/self/fd/");
}

// Through the stream, which catches what its buffer throws where nothing can be read.
Result<std::string> readAll(std::istream& in, const std::string& path) {
    std::string bytes;
    std::vector<char> part(kPartBytes);
    while (in.read(part.data(), static_cast<std::streamsize>(part.size())) || in.gcount() > 0) {
        bytes.append(part.data(), static_cast<std::size_t>(in.gcount()));
        if (bytes.size() > storage::kDefaultMaxFileBytes)
            return fail(ErrorCode::LimitExceeded, "more than 256 MB", path);
    }
    if (in.bad())
        return fail(ErrorCode::Unreadable, "this input cannot be read; give a file", path);
    return bytes;
}

}  // namespace

Result<WorkFile> readWorkFile(const std::string& path, const Environment& environment) {
    if (path == "-") {
        PE_TRY_ASSIGN(std::string bytes, readAll(environment.in, path));
        return WorkFile{path, std::move(bytes), std::nullopt};
    }
    if (isHandedOver(path)) {
        std::ifstream in(path, std::ios::binary);
        PE_TRY_ASSIGN(std::string bytes, readAll(in, path));
        return WorkFile{path, std::move(bytes), std::nullopt};
    }
    auto content = environment.files.read(path);
    if (!content) {
        Error error = content.error();
        if (error.code == ErrorCode::NotFound || error.code == ErrorCode::LimitExceeded)
            error.code = ErrorCode::Unreadable;
        if (error.where.empty())
            error.where = path;
        return tl::unexpected(std::move(error));
    }
    return WorkFile{path, std::move(content->bytes), content->stamp};
}

Result<std::string> readInput(const std::string& path, const Environment& environment) {
    PE_TRY_ASSIGN(WorkFile file, readWorkFile(path, environment));
    return std::move(file.bytes);
}

Result<void> checkWritable(const WorkFile& file) {
    if (file.stamp)
        return {};
    return fail(ErrorCode::InvalidArgument,
                "this input cannot be changed in place; give a file, or --dry-run", file.path);
}

Result<void> writeBack(const WorkFile& file, std::string_view text,
                       const Environment& environment) {
    if (text == file.bytes)
        return {};
    PE_TRY(checkWritable(file));
    PE_TRY(environment.files.writeAtomically(file.path, text, file.stamp));
    return {};
}

Result<std::vector<std::string>> listedPaths(const Options& options,
                                             const Environment& environment) {
    std::vector<std::string> paths;
    for (const std::string& list : options.values("files-from")) {
        PE_TRY_ASSIGN(const std::string bytes, readInput(list, environment));
        std::istringstream lines(bytes);
        for (std::string line; std::getline(lines, line);) {
            if (!line.empty() && line.back() == '\r')
                line.pop_back();
            if (!line.empty())
                paths.push_back(line);
        }
    }
    return paths;
}

Result<std::vector<std::string>> inputPaths(const Options& options,
                                            const Environment& environment) {
    std::vector<std::string> paths = options.operands();
    PE_TRY_ASSIGN(const auto listed, listedPaths(options, environment));
    paths.insert(paths.end(), listed.begin(), listed.end());
    if (paths.empty() && !options.has("files-from"))
        return fail(ErrorCode::InvalidArgument, "no file given; name one, or - for standard input");
    return paths;
}

ExitStatus statusOf(ErrorCode code) {
    switch (code) {
        case ErrorCode::InvalidArgument:
            return ExitStatus::WrongUsage;
        case ErrorCode::Unreadable:
        case ErrorCode::Corrupt:
        case ErrorCode::LimitExceeded:
            return ExitStatus::Unreadable;
        default:
            return ExitStatus::Refused;
    }
}

ExitStatus report(const Error& error, const Environment& environment) {
    environment.err << "pipeline: ";
    const bool said = error.where.empty() || error.message.find(error.where) != std::string::npos;
    if (!said)
        environment.err << error.where << ": ";
    environment.err << error.message << '\n';
    return statusOf(error.code);
}

ExitStatus worse(ExitStatus a, ExitStatus b) {
    return static_cast<ExitStatus>(std::max(static_cast<int>(a), static_cast<int>(b)));
}

}  // namespace pe::cli
