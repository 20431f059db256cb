// SPDX-License-Identifier: MIT
// `extract` moves steps into a pipeline of their own, in the file or in one of its own; `inline` is
// the way back.
#include <iostream>

#include "commands.hpp"
#include "disk_file_lookup.hpp"
#include "inputs.hpp"
#include "neighbours.hpp"
#include "pe/document/file_extraction.hpp"
#include "pe/format/graph.hpp"
#include "pe/language/callers.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/second_reader.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"
#include "step_catalogues.hpp"
#include "step_folder_reader.hpp"
#include "unified_diff.hpp"

namespace pe::cli {
namespace {

using yaml::kNoNode;
using yaml::NodeRef;

constexpr const char* kSteps = "/workflow/steps";

// Whatever the reason, what is not done is refused.
Error refused(Error error) {
    if (error.code != ErrorCode::InvalidArgument && error.code != ErrorCode::Unreadable)
        error.code = ErrorCode::Refused;
    return error;
}

std::size_t placeOf(const yaml::Forest& forest, const std::string& name) {
    const auto list = yaml::resolve(forest, kSteps);
    if (!list)
        return std::string::npos;
    const auto items = forest.children(*list);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const NodeRef field = yaml::isMapping(forest.style(items[i]))
                                  ? yaml::child(forest, items[i], "name")
                                  : kNoNode;
        if (field != kNoNode && yaml::scalarText(forest, field) == name)
            return i;
    }
    return std::string::npos;
}

// Why a step that is not in the list of the file cannot be taken.
tl::unexpected<Error> notThere(const yaml::Forest& forest, const std::string& name) {
    const format::Graph graph = format::deriveGraph(forest, format::Catalogue::builtIn());
    for (const format::GraphNode& each : graph.nodes)
        if (each.name == name && each.kind == format::NodeKind::Step)
            return fail(ErrorCode::Refused,
                        "'" + name +
                            "' stands inside another step; only steps of the file's own "
                            "list can be taken",
                        yaml::pointerTo(forest, each.ref));
    return fail(ErrorCode::Refused, "there is no step '" + name + "'");
}

struct StepRange {
    std::size_t first = 0;
    std::size_t count = 0;
};

// `a..b` or `a`, names of steps.
Result<StepRange> rangeOf(const std::string& text, const std::string& steps) {
    const yaml::Tree tree = yaml::parse(text);
    const std::size_t dots = steps.find("..");
    const std::string from = steps.substr(0, dots);
    const std::string to = dots == std::string::npos ? from : steps.substr(dots + 2);
    const auto reversed = [&] { return "'" + to + "' stands above '" + from + "'"; };
    StepRange range;
    for (const std::string& name : {from, to}) {
        const std::size_t place = placeOf(tree, name);
        if (place == std::string::npos)
            return notThere(tree, name);
        if (name == from)
            range.first = place;
        if (name == to && place < range.first)
            return fail(ErrorCode::Refused, reversed());
        range.count = place - range.first + 1;
    }
    return range;
}

// Whether the files that run this one can go on naming its steps.
Result<void> callersAgree(const WorkFile& file, const std::string& after,
                          const format::Catalogue& types, const Environment& environment) {
    const std::string path = absolutePath(file.path);
    return language::callersKeepTheirSteps(
        {path, file.bytes, after, pipelinesAround(environment.files, path)}, types);
}

void sayNotes(const document::ExtractedTexts& texts, const Environment& environment) {
    for (const std::string& each : texts.notes)
        environment.err << "note: " << each << "\n";
}

Result<void> extract(const Options& options, const Environment& environment) {
    PE_TRY_ASSIGN(const WorkFile file, readWorkFile(options.operands().front(), environment));
    PE_TRY_ASSIGN(const StepRange range, rangeOf(file.bytes, options.value("steps")));
    const std::string name = options.value("name");
    const std::string path = options.value("file");
    StepCatalogues catalogues(environment.files, namedStepFolder(options.value("plugins")));
    PE_TRY_ASSIGN(const format::Catalogue* types, catalogues.of(file.path));
    if (!path.empty() && environment.files.exists(path))
        return fail(ErrorCode::Refused, "there is such a file already", path);
    PE_TRY_ASSIGN(
        const document::ExtractedTexts texts,
        document::extractSteps({file.bytes, kSteps, range.first, range.count, name, path, types},
                               environment.clock));
    for (const std::string& text : {texts.text, texts.file})
        PE_TRY(yaml::agreesWithSecondReader(yaml::parse(text)));
    PE_TRY(callersAgree(file, texts.text, *types, environment));
    if (options.has("dry-run")) {
        environment.out << unifiedDiff(file.bytes, texts.text, file.path)
                        << unifiedDiff("", texts.file, path);
        sayNotes(texts, environment);
        return {};
    }
    PE_TRY(checkWritable(file));
    if (!path.empty())
        PE_TRY(environment.files.writeAtomically(path, texts.file));
    auto written = writeBack(file, texts.text, environment);
    if (!written && !path.empty())
        (void)environment.files.remove(path);  // nothing is half done
    if (written)
        sayNotes(texts, environment);
    return written;
}

// The file that a step runs, found as the engine finds it; nothing for a pipeline in the file.
Result<std::string> fileOfStep(const std::string& pipeline, const yaml::Forest& forest,
                               NodeRef step, const Environment& environment) {
    const NodeRef named = yaml::child(forest, step, "pipeline_file");
    if (named == kNoNode)
        return std::string();
    const std::string path = yaml::scalarText(forest, named);
    auto text = DiskFileLookup(environment.files, pipeline).text(path);
    if (!text)
        return fail(ErrorCode::Unreadable, "the step's file cannot be read", path);
    return std::move(*text);
}

Result<std::string> inlined(const WorkFile& file, const std::string& name,
                            const format::Catalogue& types, const Environment& environment) {
    const yaml::Tree forest = yaml::parse(file.bytes);
    const std::size_t place = placeOf(forest, name);
    if (place == std::string::npos)
        return notThere(forest, name);
    const std::string pointer = std::string(kSteps) + "/" + std::to_string(place);
    PE_TRY_ASSIGN(const NodeRef step, yaml::resolve(forest, pointer));
    PE_TRY_ASSIGN(const std::string inner, fileOfStep(file.path, forest, step, environment));
    return inner.empty()
               ? document::inlinePipeline(file.bytes, pointer, environment.clock, types)
               : document::inlineFile(file.bytes, pointer, inner, environment.clock, types);
}

Result<void> inlineStep(const Options& options, const Environment& environment) {
    PE_TRY_ASSIGN(const WorkFile file, readWorkFile(options.operands().front(), environment));
    StepCatalogues catalogues(environment.files, namedStepFolder(options.value("plugins")));
    PE_TRY_ASSIGN(const format::Catalogue* types, catalogues.of(file.path));
    PE_TRY_ASSIGN(const std::string text,
                  inlined(file, options.value("step"), *types, environment));
    PE_TRY(yaml::agreesWithSecondReader(yaml::parse(text)));
    PE_TRY(callersAgree(file, text, *types, environment));
    if (!options.has("dry-run"))
        return writeBack(file, text, environment);
    environment.out << unifiedDiff(file.bytes, text, file.path);
    return {};
}

ExitStatus finished(const Result<void>& done, const std::string& path,
                    const Environment& environment) {
    if (done)
        return ExitStatus::Done;
    Error error = refused(done.error());
    if (error.where.empty() || error.where.starts_with('/'))
        error.where = error.where.empty() ? path : path + ": " + error.where;
    return report(error, environment);
}

}  // namespace

ExitStatus runExtract(const Arguments& arguments, const Environment& environment) {
    const auto options = Options::parse(arguments, {{"steps", OptionKind::Value},
                                                    {"name", OptionKind::Value},
                                                    {"file", OptionKind::Value},
                                                    {"plugins", OptionKind::Value},
                                                    {"dry-run", OptionKind::Flag}});
    if (!options)
        return report(options.error(), environment);
    if (options->operands().size() != 1 || !options->has("steps") || !options->has("name"))
        return report({ErrorCode::InvalidArgument,
                       "extract takes one file, --steps FIRST[..LAST] and --name NAME",
                       {}},
                      environment);
    return finished(extract(*options, environment), options->operands().front(), environment);
}

ExitStatus runInline(const Arguments& arguments, const Environment& environment) {
    const auto options = Options::parse(arguments, {{"step", OptionKind::Value},
                                                    {"plugins", OptionKind::Value},
                                                    {"dry-run", OptionKind::Flag}});
    if (!options)
        return report(options.error(), environment);
    if (options->operands().size() != 1 || !options->has("step"))
        return report({ErrorCode::InvalidArgument, "inline takes one file and --step NAME", {}},
                      environment);
    return finished(inlineStep(*options, environment), options->operands().front(), environment);
}

}  // namespace pe::cli
