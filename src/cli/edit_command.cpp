// SPDX-License-Identifier: MIT
#include <iostream>

#include "commands.hpp"
#include "edit_script.hpp"
#include "inputs.hpp"
#include "pe/yaml/second_reader.hpp"
#include "pe/yaml/tree.hpp"
#include "step_catalogues.hpp"
#include "step_folder_reader.hpp"

namespace pe::cli {
namespace {

constexpr std::uint64_t kScratchReplica = 1;

Result<void> applySets(document::Document& document, const Options& options) {
    for (const std::string& assignment : options.values("set")) {
        const std::size_t equals = assignment.find('=');
        if (equals == std::string::npos)
            return fail(ErrorCode::InvalidArgument,
                        "--set takes POINTER=VALUE, not '" + assignment + "'");
        PE_TRY(setFromText(document, assignment.substr(0, equals), assignment.substr(equals + 1)));
    }
    return {};
}

Result<std::vector<yaml::Value>> readScripts(const Options& options,
                                             const Environment& environment) {
    std::vector<yaml::Value> scripts;
    for (const std::string& path : options.values("script")) {
        PE_TRY_ASSIGN(const std::string bytes, readInput(path, environment));
        auto script = yaml::fromJson(bytes);
        if (!script)
            return fail(ErrorCode::Unreadable, "this is no JSON: " + script.error().message, path);
        scripts.push_back(std::move(*script));
    }
    return scripts;
}

Result<void> openable(const document::Document& document, const std::string& path) {
    if (!document.hasDraft())
        return {};
    return fail(ErrorCode::Unreadable, "cannot be edited: " + document::obstacleText(document),
                path);
}

// The file first, then the place in it.
Error inFile(Error error, const std::string& path) {
    if (error.where.empty())
        error.where = path;
    else if (error.where != path)
        error.where = path + ": " + error.where;
    return error;
}

Result<void> apply(document::Document& document, const Options& options,
                   const std::vector<yaml::Value>& scripts) {
    PE_TRY(applySets(document, options));
    for (const yaml::Value& script : scripts)
        PE_TRY(runScript(document, script));
    return yaml::agreesWithSecondReader(yaml::parse(document.text()));
}

Result<std::string> edited(const Options& options, const std::string& path, std::string bytes,
                           const Environment& environment) {
    const auto document =
        document::Document::open(kScratchReplica, std::move(bytes), environment.clock);
    PE_TRY(openable(*document, path));
    StepCatalogues catalogues(environment.files, namedStepFolder(options.value("plugins")));
    PE_TRY_ASSIGN(const format::Catalogue* types, catalogues.of(path));
    document->setStepTypes(*types);
    PE_TRY_ASSIGN(const auto scripts, readScripts(options, environment));
    if (auto done = apply(*document, options, scripts); !done)
        return tl::unexpected(inFile(done.error(), path));
    return document->text();
}

}  // namespace

ExitStatus runEdit(const Arguments& arguments, const Environment& environment) {
    const auto options = Options::parse(arguments, {{"set", OptionKind::Value},
                                                    {"script", OptionKind::Value},
                                                    {"plugins", OptionKind::Value},
                                                    {"in-place", OptionKind::Flag}});
    if (!options)
        return report(options.error(), environment);
    if (options->operands().size() != 1 || (!options->has("set") && !options->has("script")))
        return report({ErrorCode::InvalidArgument,
                       "edit takes one file and --set POINTER=VALUE or --script EDITS.json",
                       {}},
                      environment);
    const std::string& path = options->operands().front();
    const bool inPlace = options->has("in-place");
    if (inPlace && path == "-")
        return report({ErrorCode::InvalidArgument, "standard input cannot be edited in place", {}},
                      environment);
    const auto file = readWorkFile(path, environment);
    if (!file)
        return report(file.error(), environment);
    const auto text = edited(*options, path, file->bytes, environment);
    if (!text)
        return report(text.error(), environment);
    if (!inPlace) {
        environment.out << *text;
        return ExitStatus::Done;
    }
    const auto written = writeBack(*file, *text, environment);
    return written ? ExitStatus::Done : report(written.error(), environment);
}

}  // namespace pe::cli
