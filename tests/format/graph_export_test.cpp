// SPDX-License-Identifier: MIT
#include "pe/format/graph_export.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "pe/testing/corpus.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::format {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Exported {
    yaml::Tree tree;
    Graph graph;
    Layout layout;
};

Exported exported(const std::string& text) {
    yaml::Tree tree = yaml::parse(text);
    Graph graph = deriveGraph(tree, Catalogue::builtIn());
    Layout layout = layOut(graph);
    return {std::move(tree), std::move(graph), std::move(layout)};
}

constexpr const char* kFile = R"(workflow:
  name: w
  steps:
    - {name: "a \"<&>\" \u00e4", type: claude}
    - name: choice
      type: switch
      cases:
        "x/y~z": [{name: b, type: claude, prompt: [{type: previous_response, step: choice}]}]
)";

TEST(GraphExport, JsonIsAsTheContractSays) {
    const auto [tree, graph, layout] = exported(kFile);
    const auto json = nlohmann::json::parse(toJson(graph, layout, tree));
    ASSERT_EQ(json["nodes"].size(), 4u);
    const auto& node = json["nodes"][0];
    EXPECT_EQ(node["path"], "/workflow/steps/0");
    EXPECT_EQ(node["name"], "a \"<&>\" \u00e4");
    EXPECT_EQ(node["type"], "claude");
    EXPECT_EQ(node["parent"], "");
    EXPECT_EQ(node["width"], 240);
    EXPECT_EQ(json["nodes"][2]["path"], "/workflow/steps/1/cases/x~1y~0z");
    EXPECT_EQ(json["nodes"][2]["parent"], "/workflow/steps/1");
    const auto& edge = json["edges"][1];
    EXPECT_EQ(edge["from"], "/workflow/steps/1");
    EXPECT_EQ(edge["to"], "/workflow/steps/1/cases/x~1y~0z/0");
    EXPECT_EQ(edge["kind"], "previous_response");
    EXPECT_EQ(edge["at"], "/workflow/steps/1/cases/x~1y~0z/0/prompt/0/step");
}

TEST(GraphExport, PointersAreThoseOfTheYamlLibrary) {
    const auto [tree, graph, layout] = exported(kFile);
    const auto json = nlohmann::json::parse(toJson(graph, layout, tree));
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        EXPECT_EQ(json["nodes"][i]["path"], yaml::pointerTo(tree, graph.nodes[i].ref));
}

TEST(GraphExport, JsonOfAnyBytesIsValid) {
    const auto [tree, graph, layout] =
        exported("workflow:\n  steps:\n    - {name: \"\\x01\xff\xc3\", type: claude}\n");
    EXPECT_TRUE(nlohmann::json::accept(toJson(graph, layout, tree)));
    const auto [noTree, noGraph, noLayout] = exported("");
    EXPECT_TRUE(nlohmann::json::accept(toJson(noGraph, noLayout, noTree)));
}

TEST(GraphExport, SvgEscapesTextsAndDrawsEveryNode) {
    const auto [tree, graph, layout] = exported(kFile);
    const std::string svg = toSvg(graph, layout, Catalogue::builtIn(), "w <1>");
    EXPECT_THAT(svg, HasSubstr("a &quot;&lt;&amp;&gt;&quot; \u00e4"));
    EXPECT_THAT(svg, HasSubstr("w &lt;1&gt;"));
    EXPECT_THAT(svg, HasSubstr("x/y~z"));
    EXPECT_THAT(svg, Not(HasSubstr("<style")));
    EXPECT_EQ(svg.substr(svg.size() - 7), "</svg>\n");
}

TEST(GraphExport, DotQuotesNamesAndNestsContainers) {
    const auto [tree, graph, layout] = exported(kFile);
    const std::string dot = toDot(graph);
    EXPECT_THAT(dot, HasSubstr("subgraph cluster_n1"));
    EXPECT_THAT(dot, HasSubstr("a \\\"<&>\\\""));
    EXPECT_THAT(dot, HasSubstr("n1 -> n3"));
}

TEST(GraphExport, EveryFileOfTheCorpusExports) {
    const auto files = pe::testing::corpusFiles();
    if (files.empty())
        GTEST_SKIP() << "the shared corpus is not here";
    for (const auto& file : files) {
        const auto [tree, graph, layout] = exported(pe::testing::readFile(file));
        EXPECT_TRUE(nlohmann::json::accept(toJson(graph, layout, tree))) << file;
        EXPECT_THAT(toSvg(graph, layout, Catalogue::builtIn()), HasSubstr("</svg>")) << file;
    }
}

}  // namespace
}  // namespace pe::format
