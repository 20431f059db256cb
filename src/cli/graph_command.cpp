// SPDX-License-Identifier: MIT
#include <iostream>

#include "commands.hpp"
#include "inputs.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/format/graph.hpp"
#include "pe/format/graph_export.hpp"
#include "pe/format/layout.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::cli {

ExitStatus runGraph(const Arguments& arguments, const Environment& environment) {
    const auto options = Options::parse(arguments, {{"format", OptionKind::Value}});
    if (!options)
        return report(options.error(), environment);
    const std::string format = options->value("format", "json");
    if (format != "json" && format != "svg" && format != "dot")
        return report({ErrorCode::InvalidArgument,
                       "--format takes json, svg or dot, not '" + format + "'",
                       {}},
                      environment);
    if (options->operands().size() != 1)
        return report(
            {ErrorCode::InvalidArgument, "graph takes one file, or - for standard input", {}},
            environment);
    auto bytes = readInput(options->operands().front(), environment);
    if (!bytes)
        return report(bytes.error(), environment);
    const yaml::Tree tree = yaml::parse(std::move(*bytes));
    const format::Graph graph = format::deriveGraph(tree, format::Catalogue::builtIn());
    const format::Layout layout = format::layOut(graph);
    if (format == "json")
        environment.out << format::toJson(graph, layout, tree) << '\n';
    else if (format == "dot")
        environment.out << format::toDot(graph);
    else
        environment.out << format::toSvg(graph, layout, format::Catalogue::builtIn());
    return ExitStatus::Done;
}

}  // namespace pe::cli
