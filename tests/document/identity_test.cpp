// SPDX-License-Identifier: MIT
// Which entry is which when a text becomes another: what a step was before, it is afterwards,
// wherever it stands, so that what somebody else does to it meanwhile is not lost.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

#include "pe/base/random.hpp"
#include "pe/document/document.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"
#include "shared_documents.hpp"

namespace pe::document {
namespace {

struct Step {
    std::string name;
    std::string model;
    bool looped = false;
};

std::string linesOf(const Step& step, std::size_t column) {
    const std::string indent(column, ' ');
    if (step.looped)
        return indent + "- name: around_" + step.name + "\n" + indent + "  type: for_loop\n" +
               indent + "  steps:\n" + linesOf({step.name, step.model, false}, column + 4);
    return indent + "# About " + step.name + ".\n" + indent + "- name: " + step.name + "\n" +
           indent + "  model: " + step.model + "\n" + indent + "  prompt: |\n" + indent +
           "    Do " + step.name + ".\n" + indent + "    Then stop.\n";
}

std::string textOf(const std::vector<Step>& steps, std::size_t column) {
    std::string text = "workflow:\n  name: all\n  steps:\n";
    for (const Step& each : steps)
        text += linesOf(each, column);
    return text + "end: here\n";
}

std::map<std::string, yaml::NodeRef> stepsOf(const yaml::Forest& forest) {
    std::map<std::string, yaml::NodeRef> steps;
    std::vector<yaml::NodeRef> open{yaml::kStream};
    while (!open.empty()) {
        const yaml::NodeRef node = open.back();
        open.pop_back();
        for (const yaml::NodeRef child : forest.children(node)) {
            if (forest.key(child) == "model")
                steps[yaml::scalarText(forest, yaml::child(forest, node, "name"))] = node;
            open.push_back(child);
        }
    }
    return steps;
}

TEST(Identity, AStepIsTheSameStepWhereverItStandsAndWhateverIsAroundIt) {
    EXPECT_TRUE(rc::check([] {
        SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
        std::vector<Step> steps;
        for (std::size_t i = 0, count = 1 + random.below(5); i < count; ++i)
            steps.push_back(
                {"s" + std::to_string(i), "m" + std::to_string(i), random.below(3) == 0});
        FakeClock clock;
        const auto document = Document::open(1, textOf(steps, 4), clock);
        const auto before = stepsOf(document->forest());
        for (int round = 0; round < 4; ++round) {
            std::swap(steps[random.below(steps.size())], steps[random.below(steps.size())]);
            Step& one = steps[random.below(steps.size())];
            one.looped = !one.looped;
            const std::string next = textOf(steps, 2 + 2 * random.below(3));
            RC_ASSERT(bool(document->rewrite(next, "Edit text")));
            RC_ASSERT(document->text() == next);
            RC_ASSERT(stepsOf(document->forest()) == before);
        }
    }));
}

TEST(Identity, FieldsThatComeToOnePlaceStandAsInTheTextAndStayWhatTheyWere) {
    FakeClock clock;
    const auto document = Document::open(1, textOf({{"a", "x"}, {"b", "y"}}, 4), clock);
    const auto before = stepsOf(document->forest());
    const yaml::NodeRef name = *yaml::resolve(document->forest(), "/workflow/name");
    const std::string next = "workflow:\nname: all\nsteps:\n" + linesOf({"a", "x"}, 2) +
                             linesOf({"b", "y"}, 2) + "end: here\n";
    ASSERT_TRUE(document->rewrite(next, "Edit text"));
    EXPECT_EQ(document->text(), next);
    EXPECT_EQ(stepsOf(document->forest()), before);
    EXPECT_EQ(*yaml::resolve(document->forest(), "/name"), name);
}

TEST(Identity, WhatAPeerTypesIntoAStepIsThereWhenItIsPutIntoALoop) {
    SharedDocuments peers(textOf({{"a", "x"}, {"b", "y"}}, 4), 2);
    ASSERT_TRUE(peers[0].rewrite(textOf({{"a", "x", true}, {"b", "y"}}, 4), "Edit text"));
    ASSERT_TRUE(peers[1].replaceText(peers[1].text().find("Do a."), 2, "Redo", 1));
    std::string wanted = textOf({{"a", "x", true}, {"b", "y"}}, 4);
    wanted.replace(wanted.find("Do a."), 2, "Redo");
    EXPECT_EQ(peers.settleAlike(), wanted);
}

// The list begins behind a text without a line break at its end, and so does its last item.
TEST(Identity, ItemsThatSayTheSameStayInTheirOrder) {
    FakeClock clock;
    const auto document = Document::open(7, "a: |\n  text", clock);
    const yaml::NodeRef root = document->forest().children(yaml::kStream)[0];
    ASSERT_TRUE(document->execute({SetField{root, "b",
                                            yaml::Value::sequence({yaml::Value::ofString("x"),
                                                                   yaml::Value::ofBoolean(true)})},
                                   {},
                                   0}));
    const auto items = [&] {
        const auto all = document->forest().children(document->forest().children(root)[1]);
        return std::vector<yaml::NodeRef>(all.begin(), all.end());
    };
    ASSERT_TRUE(document->execute({Duplicate{items()[1]}, {}, 0}));
    const auto before = items();
    ASSERT_TRUE(document->replaceText(0, 0, "k", 1));
    EXPECT_EQ(document->text(), "ka: |\n  text\nb:\n  - x\n  - true\n  - true");
    EXPECT_EQ(items(), before);
}

}  // namespace
}  // namespace pe::document
