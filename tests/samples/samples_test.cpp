// SPDX-License-Identifier: MIT
// The samples are the first pipelines that people see. They have to be clean YAML, pass the checks
// of the engine's loader, and show on the canvas what they are there to show.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "pe/format/catalogue.hpp"
#include "pe/format/graph.hpp"
#include "pe/format/layout.hpp"
#include "pe/yaml/render.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe {
namespace {

using yaml::Value;

std::string textOf(const std::string& sample) {
    std::ifstream file(std::filesystem::path(PE_SOURCE_DIR) / "resources" / "samples" / sample,
                       std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string field(const Value& mapping, const char* key) {
    const Value* found = mapping.find(key);
    return found != nullptr && found->isString() ? found->text : "";
}

// Types that the loader takes although they have no prompt.
bool needsPrompt(const std::string& type) {
    static const std::set<std::string> without{"parallel_claude", "set_variable", "pipeline",
                                               "for_loop",        "while_loop",   "data_transform",
                                               "file_ops",        "claude_batch"};
    return !without.contains(type);
}

// Every part says what its type asks for, and speaks only of steps that come earlier.
void checkPrompt(const Value& step, const std::set<std::string>& earlier) {
    const std::string name = field(step, "name");
    const Value* prompt = step.find("prompt");
    if (prompt == nullptr) {
        EXPECT_FALSE(needsPrompt(field(step, "type"))) << name << " has no prompt";
        return;
    }
    ASSERT_EQ(prompt->kind, Value::Kind::Sequence) << name;
    for (const Value& part : prompt->items) {
        const std::string type = field(part, "type");
        if (type == "static") {
            EXPECT_NE(field(part, "content"), "") << name;
        } else if (type == "file") {
            EXPECT_NE(field(part, "path"), "") << name;
        } else if (type == "previous_response") {
            EXPECT_TRUE(earlier.contains(field(part, "step")))
                << name << ": " << field(part, "step");
        } else {
            ADD_FAILURE() << name << " has a part of type " << type;
        }
    }
}

class Samples : public ::testing::TestWithParam<const char*> {
protected:
    const std::string text_ = textOf(GetParam());
    const yaml::Tree tree_ = yaml::parse(text_);
    const format::Catalogue& catalogue_ = format::Catalogue::builtIn();
    const format::Graph graph_ = format::deriveGraph(tree_, catalogue_);
};

TEST_P(Samples, AreCleanYamlThatTheEditorGivesBack) {
    ASSERT_NE(text_, "");
    EXPECT_TRUE(tree_.editable());
    for (const yaml::Problem& each : tree_.problems())
        ADD_FAILURE() << each.message;
    EXPECT_EQ(yaml::renderText(tree_), text_);
}

TEST_P(Samples, PassTheChecksOfTheLoader) {
    const auto value = yaml::loadValue(tree_);
    ASSERT_TRUE(value) << value.error().message;
    const Value* workflow = value->find("workflow");
    ASSERT_NE(workflow, nullptr);
    EXPECT_NE(field(*workflow, "name"), "");
    const Value* steps = workflow->find("steps");
    ASSERT_NE(steps, nullptr);
    std::set<std::string> earlier;
    for (const Value& step : steps->items) {
        const format::StepType* type = catalogue_.find(field(step, "type"));
        ASSERT_NE(type, nullptr) << field(step, "type");
        EXPECT_TRUE(type->loadable) << field(step, "name") << ": " << type->id;
        checkPrompt(step, earlier);
        EXPECT_TRUE(earlier.insert(field(step, "name")).second) << "two steps of one name";
    }
}

TEST_P(Samples, UseOnlyFieldsThatTheFormsKnow) {
    for (const format::GraphNode& node : graph_.nodes) {
        if (node.kind != format::NodeKind::Step)
            continue;
        for (const yaml::NodeRef entry : tree_.children(node.ref)) {
            const std::string key = yaml::keyText(tree_, entry);
            EXPECT_NE(catalogue_.field(node.type, key), nullptr) << node.name << "." << key;
        }
    }
}

TEST_P(Samples, ShowEveryReferenceAsAnArrow) {
    std::size_t written = 0;
    for (std::size_t at = 0; (at = text_.find("type: previous_response", at)) != std::string::npos;
         ++at)
        ++written;
    const auto drawn = std::count_if(
        graph_.edges.begin(), graph_.edges.end(),
        [](const auto& edge) { return edge.kind == format::EdgeKind::PreviousResponse; });
    EXPECT_EQ(static_cast<std::size_t>(drawn), written);
    EXPECT_EQ(format::layOut(graph_).boxes.size(), graph_.nodes.size());
}

INSTANTIATE_TEST_SUITE_P(All, Samples,
                         ::testing::Values("tour.yaml", "review.yaml", "release_train.yaml"),
                         [](const auto& sample) {
                             const std::string file = sample.param;
                             return file.substr(0, file.find('.'));
                         });

}  // namespace
}  // namespace pe
