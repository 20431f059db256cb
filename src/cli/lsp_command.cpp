// SPDX-License-Identifier: MIT
#include <poll.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "commands.hpp"
#include "disk_file_lookup.hpp"
#include "inputs.hpp"
#include "neighbours.hpp"
#include "pe/lsp/server.hpp"
#include "step_folder_reader.hpp"

namespace pe::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kPauseMs = 100;

class DiskHost final : public lsp::Host {
public:
    DiskHost(const Environment& environment, std::string stepFolder)
        : environment_(environment), stepFolder_(std::move(stepFolder)) {}

    Result<format::Catalogue> catalogue(const std::string& path) override {
        return format::catalogueFor(path, stepFolder_, stepFolderReader(environment_.files));
    }

    Result<check::Settings> settings(const std::string& path) override {
        const fs::path home = nearestFolderWith(environment_.files, fs::path(path).parent_path(),
                                                {check::kSettingsFile});
        if (path.empty() || home.empty())
            return check::Settings{};
        const fs::path file = home / check::kSettingsFile;
        PE_TRY_ASSIGN(const auto content, environment_.files.read(file));
        auto settings = check::Settings::parse(content.bytes);
        if (!settings)
            return fail(settings.error().code, settings.error().message, file.string());
        return settings;
    }

    std::unique_ptr<check::FileLookup> files(const std::string& path) override {
        if (path.empty())
            return nullptr;
        return std::make_unique<DiskFileLookup>(environment_.files, path);
    }

    std::string locate(const std::string& path, const std::string& named) override {
        if (path.empty())
            return {};
        const fs::path found = DiskFileLookup(environment_.files, path).place(named);
        std::error_code ignored;
        return found.empty() ? std::string()
                             : fs::absolute(found, ignored).lexically_normal().string();
    }

    std::map<std::string, std::string> neighbours(const std::string& path) override {
        return path.empty() ? std::map<std::string, std::string>()
                            : pipelinesAround(environment_.files, path);
    }

    Clock& clock() override { return environment_.clock; }

private:
    const Environment& environment_;
    std::string stepFolder_;
};

// Whether the client goes on typing within the pause; of other streams than standard input only
// what is there already is known.
bool moreComes(const Environment& environment) {
    if (environment.in.rdbuf()->in_avail() > 0)
        return true;
    if (&environment.in != &std::cin)
        return false;
    pollfd input{STDIN_FILENO, POLLIN, 0};
    return poll(&input, 1, kPauseMs) > 0;
}

}  // namespace

ExitStatus runLsp(const Arguments& arguments, const Environment& environment) {
    const auto options =
        Options::parse(arguments, {{"plugins", OptionKind::Value}, {"stdio", OptionKind::Flag}});
    if (!options)
        return report(options.error(), environment);
    if (!options->operands().empty())
        return report({ErrorCode::InvalidArgument,
                       "lsp takes no file: it speaks over standard input and output",
                       {}},
                      environment);
    DiskHost host(environment, namedStepFolder(options->value("plugins")));
    lsp::Server server(host);
    const int status =
        lsp::serve(server, environment.in, environment.out, [&] { return moreComes(environment); });
    return status == 0 ? ExitStatus::Done : ExitStatus::Findings;
}

}  // namespace pe::cli
