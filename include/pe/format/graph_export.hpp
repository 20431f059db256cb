// SPDX-License-Identifier: MIT
// Graph export: the forms of `pipeline graph`. All are deterministic and end in a line break.
#pragma once

#include <string>
#include <string_view>

#include "pe/format/graph.hpp"
#include "pe/format/layout.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::format {

// "sequence", "previous_response", "template", "condition", "data_source", "function",
// "pipeline_file", "variable".
std::string_view edgeKindName(EdgeKind kind);

// {"nodes":[{"path","name","type","parent","x","y","width","height"}],
//  "edges":[{"from","to","kind","at"}]}; paths are JSON pointers; the parent of a top-level step is
//  "".
std::string toJson(const Graph& graph, const Layout& layout, const yaml::Forest& forest);

// Graphviz: containers as clusters, edges by kind.
std::string toDot(const Graph& graph);

// A picture on its own: no fonts, files or scripts from elsewhere; attributes only (SVG Tiny 1.2),
// so that simple renderers draw it as browsers do. Colours of step types come from the catalogue.
std::string toSvg(const Graph& graph, const Layout& layout, const Catalogue& catalogue,
                  std::string_view title = {});

}  // namespace pe::format
