// SPDX-License-Identifier: MIT
// Names that depend on the loops and pipelines around a place: bodies, variables, inputs,
// constants.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "checked.hpp"

namespace pe::check {
namespace {

using testing::Checked;
using testing::pipelineOf;

const std::string kBody = "    - {name: b1, type: claude_smart, prompt: []}\n";

std::string forLoop(const std::string& name, const std::string& rest) {
    return "- name: " + name + "\n  type: for_loop\n  iterator: i\n  data_source: v\n" + rest;
}

const std::string kFirst = "- {name: set, type: set_variable, variables: {v: [1]}}\n" +
                           forLoop("first", "  steps: &body\n" + kBody);

TEST(NestedNames, TheConditionOfALoopMeansItsOwnBody) {
    const std::string asks = "  condition: \"b1.text != 'x'\"\n";
    const std::string breaks = "  break_condition: \"b1.text == 'x'\"\n";
    EXPECT_EQ(Checked(pipelineOf(kFirst + "- name: w\n  type: while_loop\n" + asks + "  steps:\n" +
                                 kBody))
                  .errors(),
              "");
    EXPECT_EQ(Checked(pipelineOf(kFirst + forLoop("l", breaks + "  steps:\n" + kBody))).errors(),
              "");
    EXPECT_EQ(Checked(pipelineOf(kFirst + forLoop("l", breaks + "  steps: *body\n"))).errors(), "");
    const std::string other = "  steps: [{name: b2, type: claude_smart, prompt: []}]\n";
    EXPECT_TRUE(Checked(pipelineOf(kFirst + forLoop("l", breaks + other))).has("reference.inner"));
    EXPECT_TRUE(Checked(pipelineOf(kFirst + "- {name: s, type: claude_smart, prompt: [], "
                                            "condition: \"b1.text == 'x'\"}\n"))
                    .has("reference.inner"));
}

TEST(NestedNames, TheFirstLookAtALoopSeesNothingOfASharedBody) {
    const std::string asks = "- name: w\n  type: while_loop\n  steps: *body\n  condition: ";
    EXPECT_TRUE(Checked(pipelineOf(kFirst + asks + "b1.ok == true\n")).has("reference.first-look"));
    EXPECT_EQ(Checked(pipelineOf(kFirst + asks + "b1.ok != true\n")).errors(), "");
}

// The steps of a nested pipeline after a step that sets the variable `outer`.
std::string nested(const std::string& steps, const std::string& head = "",
                   const std::string& runner = "") {
    std::string text =
        "- {name: set, type: set_variable, variables: {outer: [1], both: [1]}}\n"
        "- name: p\n  type: pipeline\n" +
        runner + "  pipeline:\n    name: q\n" + head + "    steps:\n";
    for (std::size_t at = 0; at < steps.size();) {
        const std::size_t end = steps.find('\n', at) + 1;
        text += "      " + steps.substr(at, end - at);
        at = end;
    }
    return pipelineOf(text);
}

std::string loopOver(const std::string& source) {
    return "- {name: l, type: for_loop, iterator: i, data_source: " + source +
           ", steps: [{name: b1, type: claude_smart, prompt: []}]}\n";
}

TEST(NestedNames, SourcesSeeTheVariablesOfTheirOwnPipeline) {
    const std::string setter = "- {name: s0, type: set_variable, variables: {own: [1]}}\n";
    EXPECT_EQ(Checked(nested(setter + loopOver("own"))).errors(), "");
    EXPECT_EQ(
        Checked(nested(setter + "- {name: d, type: data_transform, input_source: own}\n")).errors(),
        "");
    EXPECT_TRUE(Checked(nested(loopOver("own") + setter)).has("reference.missing"));
    EXPECT_TRUE(Checked(nested(setter + loopOver("outer"))).has("reference.missing"));
    EXPECT_TRUE(
        Checked(nested(setter) + "    - {name: d, type: data_transform, input_source: own}\n")
            .has("reference.missing"));
}

TEST(NestedNames, SourcesSeeTheVariablesOfTheirRound) {
    const std::string setter = "    - {name: s, type: set_variable, variables: {parts: [1]}}\n";
    const std::string over =
        "{name: l, type: for_loop, iterator: j, data_source: parts, steps: "
        "[{name: b2, type: claude_smart, prompt: []}]}\n";
    const auto missing = [](const std::string& steps) {
        return Checked(pipelineOf(kFirst + steps)).has("reference.missing");
    };
    EXPECT_FALSE(missing(forLoop("o", "  steps:\n" + setter + "    - " + over)));
    EXPECT_TRUE(missing(forLoop("o", "  steps:\n    - " + over + setter)));
    EXPECT_TRUE(missing(forLoop("o", "  steps:\n" + setter) + "- " + over));
}

const std::string kGrandchild =
    "- name: g\n  type: pipeline\n  inputs: {y: 1}\n  pipeline:\n    name: r\n    steps:\n"
    "      - {name: a, type: claude_smart, prompt: [{type: static, content: \"@\"}]}\n";

std::string grandchild(const std::string& text, const std::string& head,
                       const std::string& runner) {
    std::string steps = kGrandchild;
    steps.replace(steps.find('@'), 1, text);
    return nested(steps, head, runner);
}

TEST(NestedNames, EveryPipelineAroundFillsInItsInputs) {
    const std::string given = "  inputs: {x: a}\n";
    EXPECT_FALSE(
        Checked(grandchild("{{inputs.x}} {{inputs.y}}", "", given)).has("template.unknown-input"));
    EXPECT_EQ(Checked(grandchild("{{inputs.z}}", "", given)).marked("template.unknown-input"),
              "{{inputs.z}}");
}

TEST(NestedNames, EveryPipelineAroundFillsInItsConstants) {
    const auto unknown = [](const std::string& text, const std::string& head,
                            const std::string& runner) {
        std::string whole = grandchild(text, head, runner);
        whole.insert(whole.find("  steps:"), "  global_vars: {outer: 1}\n");
        return Checked(whole).marked("template.unknown-constant");
    };
    const std::string own = "    global_vars: {own: 1}\n";
    const std::string wrapped = "{{global_vars.own}} {{global_vars.outer}}";
    EXPECT_EQ(unknown(wrapped, own, ""), "");
    EXPECT_EQ(unknown(wrapped, "", ""), "{{global_vars.own}}");
    EXPECT_EQ(unknown(wrapped, own, "  config: {inherit_context: true}\n"), "{{global_vars.own}}");
    EXPECT_EQ(unknown(wrapped, own, "  config: {inherit_context: false}\n"), "");
}

TEST(NestedNames, AreLookedUpAnewWhenThePipelineAroundChanges) {
    FakeClock clock;
    const auto changed = [&](const std::string& text, const std::string& pointer,
                             const std::string& name) {
        const auto document = document::Document::open(1, text, clock);
        const auto subject = subjectOf(*document);
        Checker checker(format::Catalogue::builtIn(), {}, nullptr);
        checker.check(*subject);
        const auto connection = document->changed.connect(
            [&](const document::ChangeSet& set) { checker.recheck(*subject, set); });
        const auto entry = yaml::resolve(document->forest(), pointer);
        EXPECT_TRUE(entry);
        EXPECT_TRUE(document->execute({document::RenameKey{*entry, name}, "", 0}));
        std::size_t found = 0;
        for (const Diagnostic& each : checker.diagnostics())
            found += each.code.starts_with("template.unknown-") ? 1 : 0;
        return found;
    };
    const std::string head = "    global_vars: {own: 1}\n";
    const std::string given = "  inputs: {x: 1}\n";
    std::string text = grandchild("{{inputs.x}} {{global_vars.own}}", head, given);
    text.insert(text.find("  steps:"), "  global_vars: {outer: 1}\n");
    EXPECT_EQ(changed(text, "/workflow/steps/1/inputs/x", "z"), 1u);
    EXPECT_EQ(changed(text, "/workflow/steps/1/pipeline/global_vars/own", "z"), 1u);
    EXPECT_EQ(changed(text, "/workflow/steps/1/inputs/x", "x"), 0u);
}

TEST(NestedNames, ThePipelineAroundComputesWithoutTheNestedOne) {
    const auto asks = [](const std::string& text, const std::string& inputs) {
        return Checked(
            nested("- {name: own, type: set_variable, variables: {x: 1}}\n"
                   "- {name: ask, type: claude, prompt: [{type: static, "
                   "content: '" +
                       text + "'}]}\n",
                   "    global_vars: {g: 7}\n", "  inputs: {n: " + inputs + "}\n"));
    };
    const std::string code = "template.pipeline-variable";
    EXPECT_EQ(asks("{{multiply(inputs.n, 2)}}", "3").count(code), 1u);
    EXPECT_EQ(asks("{{max(steps.own.variable_count, 0)}}", "3").marked(code),
              "steps.own.variable_count");
    EXPECT_EQ(asks("{{add(global_vars.g, 1)}}", "3").count(code), 1u);
    EXPECT_FALSE(asks("{{add(inputs.n, 1)}}", "'{{inputs.n}}'").has(code));
    EXPECT_FALSE(
        asks("{{inputs.n}} {{global_vars.g}} {{steps.own.variable_count}}", "3").has(code));
    EXPECT_FALSE(asks("{{add(steps.set.variable_count, 1)}}", "3").has(code));
    EXPECT_FALSE(asks("x", "'{{add(inputs.m, 1)}}'").has(code));
}

TEST(NestedNames, InputsAreNotComputedWith) {
    const auto text = [](const std::string& expression) {
        return pipelineOf("- {name: a, type: claude, prompt: [{type: static, content: '{{" +
                          expression + "}}'}]}\n");
    };
    EXPECT_EQ(testing::textAfterFix(text("inputs.n + 1"), "template.not-computed", 0),
              text("add(inputs.n, 1)"));
    for (const char* good : {"inputs.n", "inputs.my-input", "inputs.n.part"})
        EXPECT_FALSE(Checked(text(good)).has("template.not-computed")) << good;
    const Checked inner(
        nested("- {name: a, type: claude, prompt: [{type: static, content: '{{inputs.n + 1}}'}]}\n",
               "", "  inputs: {n: 3}\n"));
    EXPECT_FALSE(inner.has("template.unknown-input"));
    EXPECT_TRUE(inner.first("template.not-computed").fixes.empty());
}

}  // namespace
}  // namespace pe::check
