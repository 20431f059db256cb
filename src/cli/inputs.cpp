// SPDX-License-Identifier: MIT
#include "inputs.hpp"

#include <algorithm>
#include <iostream>
#include <iterator>
#include <sstream>

namespace pe::cli {

Result<WorkFile> readWorkFile(const std::string& path, const Environment& environment) {
    if (path == "-") {
        std::string bytes{std::istreambuf_iterator<char>(environment.in),
                          std::istreambuf_iterator<char>()};
        if (bytes.size() > storage::kDefaultMaxFileBytes)
            return fail(ErrorCode::LimitExceeded, "more than 256 MB on standard input", "-");
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
                "standard input cannot be changed in place; give a file, or --dry-run", "-");
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
