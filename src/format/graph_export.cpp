// SPDX-License-Identifier: MIT
#include "pe/format/graph_export.hpp"

#include "json_text.hpp"
#include "pointer_index.hpp"

namespace pe::format {
namespace {

std::string dotText(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += '\\';
        if (c == '\n' || c == '\r') {
            result += "\\n";
            continue;
        }
        result += c;
    }
    return result + '"';
}

std::string dotId(GraphIndex node) {
    return "n" + std::to_string(node);
}

std::string_view dotStyle(EdgeKind kind) {
    switch (kind) {
        case EdgeKind::Sequence:
            return "color=\"#6b7684\", weight=10";
        case EdgeKind::Condition:
            return "color=\"#a15c00\", style=dashed, constraint=false";
        case EdgeKind::Function:
        case EdgeKind::PipelineFile:
            return "color=\"#59636f\", style=dotted, constraint=false";
        default:
            return "color=\"#2563c9\", constraint=false";
    }
}

void dotNodes(const Graph& graph, const std::vector<std::vector<GraphIndex>>& children,
              GraphIndex node, std::string indent, std::string& text) {
    const GraphNode& each = graph.nodes[node];
    const std::string label = dotText(each.name + "\n" + each.type);
    if (!each.container) {
        text += indent + dotId(node) + " [label=" + label + "];\n";
        return;
    }
    // The container's own point carries the edges that end at it.
    text += indent + "subgraph cluster_" + dotId(node) + " {\n";
    text += indent + "  label=" + label + ";\n";
    text += indent + "  " + dotId(node) + " [shape=point, style=invis];\n";
    for (const GraphIndex child : children[node])
        dotNodes(graph, children, child, indent + "  ", text);
    text += indent + "}\n";
}

}  // namespace

std::string_view edgeKindName(EdgeKind kind) {
    switch (kind) {
        case EdgeKind::Sequence:
            return "sequence";
        case EdgeKind::PreviousResponse:
            return "previous_response";
        case EdgeKind::Template:
            return "template";
        case EdgeKind::Condition:
            return "condition";
        case EdgeKind::DataSource:
            return "data_source";
        case EdgeKind::Function:
            return "function";
        case EdgeKind::PipelineFile:
            return "pipeline_file";
        case EdgeKind::Variable:
            return "variable";
    }
    return "sequence";
}

std::string toJson(const Graph& graph, const Layout& layout, const yaml::Forest& forest) {
    PointerIndex pointers(forest);
    JsonText json;
    std::vector<std::string> paths;  // written once, used by every edge
    paths.reserve(graph.nodes.size());
    for (const GraphNode& node : graph.nodes)
        paths.push_back(jsonString(pointers.of(node.ref)));
    json.raw("{\"nodes\":[");
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        const GraphNode& node = graph.nodes[i];
        const Box& box = layout.boxes[i];
        json.raw(i == 0 ? "\n{" : ",\n{");
        json.key("path").raw(paths[i]);
        json.raw(",").key("name").text(node.name);
        json.raw(",").key("type").text(node.type);
        json.raw(",").key("parent").raw(node.parent == kNoGraphNode ? "\"\"" : paths[node.parent]);
        json.raw(",").key("x").number(box.x).raw(",").key("y").number(box.y);
        json.raw(",").key("width").number(box.width).raw(",").key("height").number(box.height);
        json.raw("}");
    }
    json.raw("],\n\"edges\":[");
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
        const GraphEdge& edge = graph.edges[i];
        json.raw(i == 0 ? "\n{" : ",\n{");
        json.key("from").raw(paths[edge.from]).raw(",").key("to").raw(paths[edge.to]);
        json.raw(",").key("kind").text(edgeKindName(edge.kind));
        json.raw(",").key("at").text(pointers.of(edge.at)).raw("}");
    }
    return json.raw("]}\n").take();
}

std::string toDot(const Graph& graph) {
    std::vector<std::vector<GraphIndex>> children(graph.nodes.size());
    for (GraphIndex i = 0; i < graph.nodes.size(); ++i)
        if (graph.nodes[i].parent != kNoGraphNode)
            children[graph.nodes[i].parent].push_back(i);
    std::string text =
        "digraph pipeline {\n"
        "  graph [fontname=\"sans-serif\", style=rounded, color=\"#c3cad3\", compound=true];\n"
        "  node [fontname=\"sans-serif\", shape=box, style=rounded, color=\"#59636f\"];\n"
        "  edge [fontname=\"sans-serif\"];\n";
    for (GraphIndex i = 0; i < graph.nodes.size(); ++i)
        if (graph.nodes[i].parent == kNoGraphNode)
            dotNodes(graph, children, i, "  ", text);
    for (const GraphEdge& edge : graph.edges) {
        text += "  " + dotId(edge.from) + " -> " + dotId(edge.to) + " [";
        text += dotStyle(edge.kind);
        text += ", tooltip=" + dotText(edgeKindName(edge.kind)) + "];\n";
    }
    return text + "}\n";
}

}  // namespace pe::format
