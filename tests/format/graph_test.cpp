// SPDX-License-Identifier: MIT
#include "pe/format/graph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "pe/testing/corpus.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe::format {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "from kind to" of every edge but the sequence, by names.
std::vector<std::string> references(const Graph& graph) {
    static const char* const kNames[] = {"sequence",      "previous_response", "template",
                                         "condition",     "data_source",       "function",
                                         "pipeline_file", "variable"};
    std::vector<std::string> found;
    for (const GraphEdge& edge : graph.edges)
        if (edge.kind != EdgeKind::Sequence)
            found.push_back(graph.nodes[edge.from].name + " " +
                            kNames[static_cast<int>(edge.kind)] + " " + graph.nodes[edge.to].name);
    return found;
}

struct Derived {
    yaml::Tree tree;
    Graph graph;
};

Derived derive(const std::string& text) {
    yaml::Tree tree = yaml::parse(text);
    Graph graph = deriveGraph(tree, Catalogue::builtIn());
    return {std::move(tree), std::move(graph)};
}

Derived deriveSteps(const std::string& steps) {
    return derive("workflow:\n  name: w\n  steps:\n" + steps);
}

const GraphNode& nodeNamed(const Graph& graph, const std::string& name) {
    for (const GraphNode& each : graph.nodes)
        if (each.name == name)
            return each;
    ADD_FAILURE() << "no node " << name;
    return graph.nodes.front();
}

TEST(Graph, StepsNestInEveryKindOfContainer) {
    const auto [tree, graph] = deriveSteps(R"(
    - {name: loop, type: for_loop, steps: [{name: a, type: claude}]}
    - name: choice
      type: switch
      cases:
        small: [{name: b, type: claude}]
        "large one": []
      default: [{name: c, type: claude}]
    - {name: fan, type: parallel_claude, parallel_tasks: [{id: t1}, {id: t2}]}
    - {name: batch, type: claude_batch, tasks: [{task_id: t3}]}
    - name: sub
      type: pipeline
      pipeline: {workflow: {name: inner, steps: [{name: d, type: claude}]}}
    - {name: sub2, type: pipeline, pipeline: {name: inner2, steps: [{name: e, type: claude}]}}
    - {name: save, type: checkpoint, on_not_found: [{name: f, type: claude}]}
)");
    const auto parentOf = [&graph = graph](const std::string& name) {
        return graph.nodes[nodeNamed(graph, name).parent];
    };
    EXPECT_EQ(parentOf("a").name, "loop");
    EXPECT_EQ(parentOf("b").name, "small");
    EXPECT_EQ(parentOf("b").type, "case");
    EXPECT_EQ(parentOf("c").type, "default");
    EXPECT_EQ(parentOf("large one").name, "choice");
    EXPECT_EQ(parentOf("t2").name, "fan");
    EXPECT_EQ(nodeNamed(graph, "t3").kind, NodeKind::Task);
    EXPECT_EQ(parentOf("d").name, "inner");
    EXPECT_EQ(parentOf("e").type, "pipeline");
    EXPECT_EQ(parentOf("f").type, "on_not_found");
    EXPECT_EQ(nodeNamed(graph, "b").depth, 2u);
    for (GraphIndex i = 0; i < graph.nodes.size(); ++i)
        if (graph.nodes[i].parent != kNoGraphNode) {
            EXPECT_LT(graph.nodes[i].parent, i);
        }
}

TEST(Graph, EmptyContainersAreContainersAndFilesAreLeaves) {
    const auto [tree, graph] = deriveSteps(R"(
    - {name: loop, type: while_loop}
    - {name: file, type: pipeline, pipeline_file: a.yaml}
    - {name: one, type: claude_batch, prompt: []}
)");
    EXPECT_TRUE(nodeNamed(graph, "loop").container);
    EXPECT_FALSE(nodeNamed(graph, "file").container);
    EXPECT_FALSE(nodeNamed(graph, "one").container);
    EXPECT_THAT(references(graph), ElementsAre("file pipeline_file file"));
}

TEST(Graph, EveryKindOfReferenceIsAnEdge) {
    const auto [tree, graph] = deriveSteps(R"(
    - {name: vars, type: set_variable, variables: {n: 1}}
    - {name: plan, type: gemini, functions: [rate, rank]}
    - name: use
      type: claude
      condition: plan.ok
      prompt:
        - {type: previous_response, step: plan}
        - {type: static, content: "{{steps.plan.x}} {{steps.plan.y}} {{state.n}}"}
    - {name: change, type: data_transform, input_source: "previous_response:plan:list",
       operations: [{operation: join, right_source: "previous_response:use"}]}
    - {name: sub, type: pipeline, inputs: {a: "{{steps.use.text}}"},
       outputs: [inner, {path: inner.x}], pipeline: {name: p, steps: [{name: inner, type: claude}]}}
)");
    EXPECT_THAT(references(graph),
                ElementsAre("plan function plan", "plan function plan", "plan condition use",
                            "plan previous_response use", "plan template use", "vars variable use",
                            "plan data_source change", "use data_source change", "use template sub",
                            "inner data_source sub", "inner data_source sub"));
}

TEST(Graph, NamesMeanTheNearestStepAbove) {
    const auto [tree, graph] = deriveSteps(R"(
    - {name: x, type: claude}
    - name: loop
      type: for_loop
      iterator: item
      steps:
        - {name: u1, type: claude, prompt: [{type: previous_response, step: x}]}
        - {name: x, type: claude}
        - {name: u2, type: claude, prompt: [{type: previous_response, step: x}]}
    - {name: u3, type: claude, prompt: [{type: previous_response, step: x}]}
    - {name: u4, type: claude, prompt: [{type: previous_response, step: u2}]}
    - {name: u5, type: claude, prompt: [{type: previous_response, step: u6}]}
    - {name: u6, type: claude, prompt: [{type: previous_response, step: u6}]}
    - {name: u7, type: claude, prompt: [{type: previous_response, step: nobody}]}
)");
    std::vector<std::pair<GraphIndex, std::string>> edges;
    for (const GraphEdge& each : graph.edges)
        if (each.kind != EdgeKind::Sequence)
            edges.emplace_back(each.from, graph.nodes[each.to].name);
    EXPECT_THAT(edges, ElementsAre(std::pair(0u, "u1"), std::pair(3u, "u2"), std::pair(0u, "u3"),
                                   std::pair(4u, "u4"), std::pair(8u, "u5"), std::pair(8u, "u6")));
}

TEST(Graph, SequenceFollowsEachListAndTasksHaveNone) {
    const auto [tree, graph] = deriveSteps(R"(
    - {name: a, type: claude}
    - {name: b, type: for_loop, steps: [{name: c, type: claude}, {name: d, type: claude}]}
    - {name: e, type: parallel_claude, parallel_tasks: [{id: t1}, {id: t2}]}
)");
    std::vector<std::string> order;
    for (const GraphEdge& each : graph.edges)
        order.push_back(graph.nodes[each.from].name + graph.nodes[each.to].name);
    EXPECT_THAT(order, ElementsAre("ab", "cd", "be"));
}

TEST(Graph, PreviewsSayWhatAStepIsAbout) {
    const auto [tree, graph] = deriveSteps(R"(
    - name: a
      type: claude
      prompt:
        - type: file
          path: x.txt
        - type: static
          content: |

            Look at
              this,   please.
    - {name: b, type: for_loop, iterator: f, data_source: "a:files", steps: []}
    - {name: c, type: file_ops, operation: copy, source: x, destination: y}
    - {name: d, type: set_variable, variables: {n: 1, m: "two"}}
    - {name: e, type: data_transform, operations: [{operation: filter}, {operation: sort}]}
    - {name: f, type: claude, prompt: [{type: previous_response, step: a}]}
    - {name: g, type: while_loop, condition: "a.ok", steps: []}
    - {name: h, type: claude, prompt: "as \"text\""}
)");
    EXPECT_EQ(nodeNamed(graph, "a").preview, "Look at this, please.");
    EXPECT_EQ(nodeNamed(graph, "b").preview, "f in a:files");
    EXPECT_EQ(nodeNamed(graph, "c").preview, "copy x \u2192 y");
    EXPECT_EQ(nodeNamed(graph, "d").preview, "n = 1, m = two");
    EXPECT_EQ(nodeNamed(graph, "e").preview, "filter, sort");
    EXPECT_EQ(nodeNamed(graph, "f").preview, "a");
    EXPECT_EQ(nodeNamed(graph, "g").preview, "a.ok");
    EXPECT_EQ(nodeNamed(graph, "h").preview, "as \"text\"");
}

TEST(Graph, BrokenPartsGiveNoNodeAndTheRestDoes) {
    const auto [tree, graph] = deriveSteps(R"(
    - just text
    -
    - {name: a, type: claude}
    - [x]
    - {type: 5}
    - {name: b, steps: text, cases: [], prompt: {a: b}, pipeline: text}
)");
    ASSERT_EQ(graph.nodes.size(), 3u);
    EXPECT_EQ(graph.nodes[2].name, "b");
    EXPECT_FALSE(graph.nodes[2].container);
    for (const char* text :
         {"", "a: b", "workflow: text", "workflow:\n  steps:", "- 1", "%", "a: [", "\xff"})
        EXPECT_THAT(derive(text).graph.nodes, IsEmpty()) << text;
}

TEST(Graph, StepsAtTheRootAreDrawnToo) {
    EXPECT_EQ(derive("name: x\nsteps:\n  - {name: a, type: claude}\n").graph.nodes.size(), 1u);
    EXPECT_EQ(derive("- {name: a, type: claude}\n").graph.nodes.size(), 1u);
}

TEST(Graph, AnAliasIsAStepLikeItsAnchor) {
    const auto [tree, graph] = deriveSteps(R"(
    - &one {name: a, type: claude, prompt: &p [{type: previous_response, step: b}]}
    - {name: b, type: claude, prompt: *p}
    - *one
    - *nobody
)");
    ASSERT_EQ(graph.nodes.size(), 3u);
    EXPECT_EQ(graph.nodes[2].name, "a");
    EXPECT_THAT(references(graph), Contains("b previous_response b"));
}

TEST(Graph, NameAndTypeMayBeAliases) {
    const yaml::Tree tree = yaml::parse(
        "x-name: &n one\nworkflow:\n  steps:\n    - name: *n\n      type: &t gemini\n"
        "    - name: two\n      type: *t\n      prompt: [{type: previous_response, step: one}]\n");
    const Graph graph = deriveGraph(tree, Catalogue::builtIn());
    ASSERT_EQ(graph.nodes.size(), 2u);
    EXPECT_EQ(graph.nodes[0].name, "one");
    EXPECT_EQ(graph.nodes[1].type, "gemini");
    EXPECT_TRUE(std::any_of(graph.edges.begin(), graph.edges.end(), [](const GraphEdge& each) {
        return each.kind == EdgeKind::PreviousResponse && each.from == 0 && each.to == 1;
    }));
}

TEST(Graph, OfTwoEqualKeysTheFirstCounts) {
    const auto [tree, graph] = deriveSteps("    - {name: a, name: b, type: claude}\n");
    EXPECT_EQ(graph.nodes[0].name, "a");
}

void collectParts(const yaml::Value& value, std::vector<std::string>& named) {
    if (value.kind == yaml::Value::Kind::Sequence)
        for (const auto& each : value.items)
            collectParts(each, named);
    if (value.kind != yaml::Value::Kind::Mapping)
        return;
    const yaml::Value* type = value.find("type");
    const yaml::Value* step = value.find("step");
    if (type && type->text == "previous_response" && step && step->isString())
        named.push_back(step->text);
    for (const auto& each : value.entries)
        collectParts(each.second, named);
}

TEST(Graph, EveryStepAndEveryPreviousResponseOfTheCorpusAppears) {
    auto files = pe::testing::corpusFiles("pipelines");
    const auto blocks = pe::testing::corpusFiles("doc-blocks");
    files.insert(files.end(), blocks.begin(), blocks.end());
    if (files.empty())
        GTEST_SKIP() << "the shared corpus is not here";
    std::size_t edges = 0;
    for (const auto& file : files) {
        const auto [tree, graph] = derive(pe::testing::readFile(file));
        if (graph.steps == yaml::kNoNode)
            continue;
        std::set<yaml::NodeRef> refs;
        std::set<std::string> names;
        for (const GraphNode& node : graph.nodes) {
            refs.insert(node.ref);
            if (node.kind == NodeKind::Step)
                names.insert(node.name);
        }
        for (const yaml::NodeRef step : tree.children(graph.steps))
            EXPECT_TRUE(refs.count(step)) << file << yaml::pointerTo(tree, step);
        const auto value = yaml::valueOf(tree, graph.steps);
        if (!value)
            continue;
        std::vector<std::string> named;
        collectParts(*value, named);
        std::size_t wanted = 0;
        for (const std::string& each : named)
            wanted += names.count(each);
        std::size_t drawn = 0;
        for (const GraphEdge& edge : graph.edges)
            drawn += edge.kind == EdgeKind::PreviousResponse;
        EXPECT_EQ(drawn, wanted) << file;
        edges += drawn;
    }
    EXPECT_GT(edges, 50u);
}

}  // namespace
}  // namespace pe::format
