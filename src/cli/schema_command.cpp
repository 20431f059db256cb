// SPDX-License-Identifier: MIT
#include <iostream>

#include "commands.hpp"
#include "inputs.hpp"
#include "pe/format/schemas.hpp"
#include "step_folder_reader.hpp"

namespace pe::cli {
namespace {

Result<std::string> schemaText(const Options& options, const Environment& environment) {
    const std::string folder = namedStepFolder(options.value("plugins"));
    const std::string near =
        options.operands().empty() ? "pipeline.yaml" : options.operands().front();
    PE_TRY_ASSIGN(const auto files, format::schemasFor(absolutePath(near), folder,
                                                       stepFolderReader(environment.files)));
    // Says with the place what is wrong with a team's file before anything is printed.
    PE_TRY(format::Catalogue::load(files));
    auto text = format::bundledSchema(files, options.value("step-type"));
    if (!text && text.error().code == ErrorCode::NotFound)
        return fail(ErrorCode::InvalidArgument, text.error().message);
    return text;
}

}  // namespace

ExitStatus runSchema(const Arguments& arguments, const Environment& environment) {
    const auto options = Options::parse(
        arguments, {{"step-type", OptionKind::Value}, {"plugins", OptionKind::Value}});
    if (!options)
        return report(options.error(), environment);
    if (options->operands().size() > 1)
        return report({ErrorCode::InvalidArgument, "schema takes at most one file", {}},
                      environment);
    const auto text = schemaText(*options, environment);
    if (!text)
        return report(text.error(), environment);
    environment.out << *text;
    return ExitStatus::Done;
}

}  // namespace pe::cli
