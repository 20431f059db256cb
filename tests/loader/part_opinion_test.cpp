// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <string>

#include "pe/loader/verdict.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe::loader {
namespace {

using yaml::Value;

Value read(const std::string& text) {
    return *yaml::loadValue(yaml::parse(text));
}

// Who takes it: "both", "first", "second" or "none".
std::string words(Taken taken) {
    if (taken.byBoth())
        return "both";
    return taken.config ? "first" : taken.enhanced ? "second" : "none";
}

const char* const kHeader = "workflow:\n  name: w\n  steps:\n";

// Of the first step.
std::string ofStep(const std::string& steps, const std::string& header = kHeader) {
    const Value root = read(header + steps);
    const PartOpinion opinion(root);
    return words(opinion.step(root.find("workflow")->find("steps")->items.front()));
}

std::string ofHeader(const std::string& text) {
    const Value root = read(text);
    return words(PartOpinion(root).header());
}

TEST(PartOpinion, AStepIsJudgedByItself) {
    const std::string other = "    - {name: b, type: claude}\n";  // both want a prompt
    EXPECT_EQ(ofStep("    - {name: a, type: claude, prompt: []}\n" + other), "both");
    EXPECT_EQ(ofStep("    - {name: a, type: file_ops, operation: copy}\n" + other), "first");
    EXPECT_EQ(ofStep("    - {name: a, type: claude}\n" + other), "none");
    EXPECT_EQ(ofStep("    - {name: a, type: claude_extract, prompt: [],\n"
                     "       extraction_config: {format: json}}\n" +
                     other),
              "both");
}

TEST(PartOpinion, AStepIsRefusedForTheStepsThatItNames) {
    const std::string step =
        "    - {name: a, type: claude, prompt: [{type: previous_response, step: b}]}\n";
    EXPECT_EQ(ofStep(step), "none");
    EXPECT_EQ(ofStep(step + "    - {name: b}\n"), "both") << "what is wrong with that is not its";
}

TEST(PartOpinion, AStepUsesTheFunctionsOfTheFile) {
    const std::string step = "    - {name: a, type: gemini, prompt: [], functions: [f]}\n";
    EXPECT_EQ(ofStep(step), "second") << "it does not look at them";
    EXPECT_EQ(ofStep(step, "workflow:\n  name: w\n  gemini_functions: {f: 5}\n  steps:\n"), "both");
}

TEST(PartOpinion, TheDefaultsOfTheFileAreNoFaultOfAStep) {
    const std::string step =
        "    - {name: a, type: claude, prompt: [], claude_options: {max_turns: 2}}\n";
    const std::string header = "workflow:\n  name: w\n  defaults: {claude_options: 5}\n  steps:\n";
    EXPECT_EQ(ofStep(step, header), "both");
    EXPECT_NE(ofHeader(header + step), "both");
}

TEST(PartOpinion, TheHeaderIsJudgedWithoutTheSteps) {
    EXPECT_EQ(ofHeader("workflow: {name: w, steps: [{name: a}]}\n"), "both");
    EXPECT_EQ(ofHeader("workflow: {name: w, steps: []}\n"), "none");
    EXPECT_EQ(ofHeader("workflow: {steps: [{name: a}]}\n"), "none");
    EXPECT_EQ(ofHeader("workflow: {name: w, gemini_functions: 5, steps: [{name: a}]}\n"), "none");
    EXPECT_EQ(ofHeader("workflow: {name: w, claude_auth: 5, steps: [{name: a}]}\n"), "first");
    EXPECT_EQ(ofHeader("{}\n"), "none");
}

}  // namespace
}  // namespace pe::loader
