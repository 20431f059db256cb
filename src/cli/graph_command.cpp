// SPDX-License-Identifier: MIT
#include <charconv>
#include <iostream>

#include "commands.hpp"
#include "inputs.hpp"
#include "pe/format/graph.hpp"
#include "pe/format/graph_export.hpp"
#include "pe/format/layout.hpp"
#include "pe/picture/png.hpp"
#include "pe/yaml/tree.hpp"
#include "step_catalogues.hpp"
#include "step_folder_reader.hpp"

namespace pe::cli {
namespace {

constexpr double kScaleMax = 16;

ExitStatus printPng(const std::string& svg, const Options& options,
                    const Environment& environment) {
    const std::string text = options.value("scale", "1");
    double scale = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), scale);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || !(scale > 0) ||
        scale > kScaleMax)
        return report({ErrorCode::InvalidArgument,
                       "--scale takes a number above 0 and at most 16, not '" + text + "'",
                       {}},
                      environment);
    const auto png = picture::pngFromSvg(svg, scale);
    if (!png)
        return report(png.error(), environment);
    environment.out << *png;
    return ExitStatus::Done;
}

}  // namespace

ExitStatus runGraph(const Arguments& arguments, const Environment& environment) {
    const auto options = Options::parse(arguments, {{"format", OptionKind::Value},
                                                    {"plugins", OptionKind::Value},
                                                    {"scale", OptionKind::Value}});
    if (!options)
        return report(options.error(), environment);
    const std::string format = options->value("format", "json");
    if (format != "json" && format != "svg" && format != "dot" && format != "png")
        return report({ErrorCode::InvalidArgument,
                       "--format takes json, svg, png or dot, not '" + format + "'",
                       {}},
                      environment);
    if (options->operands().size() != 1)
        return report(
            {ErrorCode::InvalidArgument, "graph takes one file, or - for standard input", {}},
            environment);
    auto bytes = readInput(options->operands().front(), environment);
    if (!bytes)
        return report(bytes.error(), environment);
    StepCatalogues catalogues(environment.files, namedStepFolder(options->value("plugins")));
    const auto catalogue = catalogues.of(options->operands().front());
    if (!catalogue)
        return report(catalogue.error(), environment);
    const yaml::Tree tree = yaml::parse(std::move(*bytes));
    const format::Graph graph = format::deriveGraph(tree, **catalogue);
    const format::Layout layout = format::layOut(graph);
    if (format == "json")
        environment.out << format::toJson(graph, layout, tree) << '\n';
    else if (format == "dot")
        environment.out << format::toDot(graph);
    else if (format == "svg")
        environment.out << format::toSvg(graph, layout, **catalogue);
    else
        return printPng(format::toSvg(graph, layout, **catalogue), *options, environment);
    return ExitStatus::Done;
}

}  // namespace pe::cli
