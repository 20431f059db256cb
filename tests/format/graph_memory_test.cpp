// SPDX-License-Identifier: MIT
#include "pe/format/graph_memory.hpp"

#include <gtest/gtest.h>

#include <string>

#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::format {
namespace {

const std::string kText =
    "workflow:\n"
    "  x-part: &part {type: previous_response, step: one}\n"
    "  x-kind: &kind claude\n"
    "  x-name: &name fin\n"
    "  steps:\n"
    "    - name: one\n"
    "      type: gemini\n"
    "      prompt: first\n"
    "    - name: loop\n"
    "      type: for_loop\n"
    "      data_source: one\n"
    "      steps:\n"
    "        - name: two\n"
    "          prompt:\n"
    "            - {type: previous_response, step: one}\n"
    "    - name: *name\n"
    "      type: *kind\n"
    "      prompt:\n"
    "        - *part\n";

yaml::Tree with(const std::string& was, const std::string& is) {
    std::string text = kText;
    return yaml::parse(text.replace(text.find(was), was.size(), is));
}

// All but the previews, which a memory has none of.
std::string shown(const Graph& graph) {
    std::string out;
    for (const GraphNode& each : graph.nodes)
        out += std::to_string(each.depth) + ' ' + each.name + " (" + each.type + ")" +
               (each.conditional ? " if" : "") + '\n';
    for (const GraphEdge& each : graph.edges)
        out += std::to_string(each.from) + " -> " + std::to_string(each.to) + ' ' +
               std::to_string(static_cast<int>(each.kind)) + '\n';
    return out;
}

// The entry that a pointer leads to, and all around it.
std::unordered_set<yaml::NodeRef> around(const yaml::Tree& tree, const char* pointer) {
    std::unordered_set<yaml::NodeRef> entries;
    for (yaml::NodeRef at = *yaml::resolve(tree, pointer); at != yaml::kNoNode;
         at = tree.parent(at))
        entries.insert(at);
    return entries;
}

class GraphMemoryTest : public testing::Test {
protected:
    // Both trees have the same entries.
    std::string afterwards(const yaml::Tree& tree, const char* changed) {
        memory.forget(around(tree, changed));
        return shown(deriveGraph(tree, Catalogue::builtIn(), memory));
    }
    static std::string anew(const yaml::Tree& tree) {
        return shown(deriveGraph(tree, Catalogue::builtIn()));
    }

    const yaml::Tree before = yaml::parse(kText);
    GraphMemory memory;
};

TEST_F(GraphMemoryTest, AGraphIsTheSameWithIt) {
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(shown(deriveGraph(before, Catalogue::builtIn(), memory)), anew(before));
}

TEST_F(GraphMemoryTest, WhatChangedIsReadAgain) {
    (void)deriveGraph(before, Catalogue::builtIn(), memory);
    const yaml::Tree renamed = with("name: one", "name: uno");
    EXPECT_EQ(afterwards(renamed, "/workflow/steps/0/name"), anew(renamed));
    EXPECT_NE(anew(renamed), anew(before));
}

TEST_F(GraphMemoryTest, WhatAnAliasStandsForIsReadAgainWhereItIsUsed) {
    (void)deriveGraph(before, Catalogue::builtIn(), memory);
    const yaml::Tree other = with("step: one}", "step: two}");
    EXPECT_EQ(afterwards(other, "/workflow/x-part/step"), anew(other));
    EXPECT_NE(anew(other), anew(before));
    const yaml::Tree named = with("&name fin", "&name bye");
    EXPECT_EQ(afterwards(named, "/workflow/x-name"), anew(named));
    const yaml::Tree typed = with("&kind claude", "&kind gemini");
    EXPECT_EQ(afterwards(typed, "/workflow/x-kind"), anew(typed));
}

TEST_F(GraphMemoryTest, OnlyWhatChangedIsRead) {
    (void)deriveGraph(before, Catalogue::builtIn(), memory);
    const yaml::Tree renamed = with("name: one", "name: uno");
    EXPECT_EQ(afterwards(renamed, "/workflow/steps/1/steps/0"), anew(before));
    memory.clear();
    EXPECT_EQ(shown(deriveGraph(renamed, Catalogue::builtIn(), memory)), anew(renamed));
}

}  // namespace
}  // namespace pe::format
