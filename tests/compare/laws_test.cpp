// SPDX-License-Identifier: MIT
// Laws: one change of a known kind to any workflow is told as exactly that.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "pe/compare/difference.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::compare {
namespace {

struct Step {
    std::string name;
    std::string type;
    int turns = 1;
    std::string content;
    std::string comment;
};

std::string textOf(const std::vector<Step>& steps) {
    std::string text = "workflow:\n  name: w\n  steps:\n";
    for (const Step& step : steps) {
        if (!step.comment.empty())
            text += "    # " + step.comment + '\n';
        text += "    - name: " + step.name + "\n      type: " + step.type +
                "\n      claude_options:\n        max_turns: " + std::to_string(step.turns) +
                "\n      prompt:\n        - type: static\n          content: |\n            " +
                step.content + '\n';
    }
    return text + "  version: \"1\"\n";
}

std::vector<Difference> between(const std::vector<Step>& before, const std::vector<Step>& after) {
    const yaml::Tree was = yaml::parse(textOf(before));
    const yaml::Tree is = yaml::parse(textOf(after));
    return differences(was, is, format::Catalogue::builtIn());
}

// At least three steps, each unlike the others.
std::vector<Step> anySteps() {
    std::vector<Step> steps(static_cast<std::size_t>(*rc::gen::inRange(3, 12)));
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::string mark = std::to_string(i);
        steps[i] = {"step_" + mark, *rc::gen::element<std::string>("claude", "claude_robust"),
                    *rc::gen::inRange(1, 100), "Do the work of " + mark + ".", ""};
    }
    return steps;
}

std::size_t anyIndex(const std::vector<Step>& steps) {
    return *rc::gen::inRange<std::size_t>(0, steps.size());
}

void expectOne(const std::vector<Step>& before, const std::vector<Step>& after, DifferenceKind kind,
               const std::string& step) {
    const auto found = between(before, after);
    RC_ASSERT(found.size() == 1u);
    RC_ASSERT(found[0].kind == kind);
    RC_ASSERT(found[0].step == step);
    RC_ASSERT(!found[0].sentence.empty());
}

RC_GTEST_PROP(Laws, NothingChangedIsNoDifference, ()) {
    const auto steps = anySteps();
    RC_ASSERT(between(steps, steps).empty());
}

RC_GTEST_PROP(Laws, AStepThatComesIsAddedAndOneThatGoesIsRemoved, ()) {
    const auto more = anySteps();
    auto fewer = more;
    const std::size_t at = anyIndex(more);
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at));
    expectOne(fewer, more, DifferenceKind::StepAdded, more[at].name);
    expectOne(more, fewer, DifferenceKind::StepRemoved, more[at].name);
}

RC_GTEST_PROP(Laws, AStepThatJumpsFarHasMoved, ()) {
    const auto before = anySteps();
    auto after = before;
    std::rotate(after.begin(), after.begin() + 1, after.end());
    expectOne(before, after, DifferenceKind::StepMoved, before.front().name);
}

RC_GTEST_PROP(Laws, AnotherNameIsARename, ()) {
    const auto before = anySteps();
    auto after = before;
    const std::size_t at = anyIndex(before);
    after[at].name = "other_name";
    expectOne(before, after, DifferenceKind::StepRenamed, "other_name");
}

RC_GTEST_PROP(Laws, AnotherTypeFieldOrCommentIsOne, ()) {
    const auto before = anySteps();
    const std::size_t at = anyIndex(before);
    const std::string& name = before[at].name;
    auto after = before;
    after[at].type = "claude_smart";
    expectOne(before, after, DifferenceKind::StepTypeChanged, name);
    after = before;
    after[at].turns += 1;
    expectOne(before, after, DifferenceKind::FieldChanged, name);
    after = before;
    after[at].content += " Carefully.";
    expectOne(before, after, DifferenceKind::FieldChanged, name);
    after = before;
    after[at].comment = "careful here";
    expectOne(before, after, DifferenceKind::CommentChanged, name);
}

RC_GTEST_PROP(Laws, WhatDiffersThereDiffersBack, ()) {
    const auto before = anySteps();
    const auto after = anySteps();
    RC_ASSERT(between(before, after).empty() == between(after, before).empty());
}

}  // namespace
}  // namespace pe::compare
