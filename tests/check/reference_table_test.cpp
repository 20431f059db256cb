// SPDX-License-Identifier: MIT
// Every form in which a field names a step, or a variable, with everything that can be wrong about
// the name. A cell that is silent says that the engine does what is written.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "rule_sample.hpp"

namespace pe::testing {
namespace {

using Codes = std::set<std::string>;

const std::string kPrompt = "prompt: [{type: static, content: go}]";
const std::string kBody = "steps: [{name: z, type: claude, " + kPrompt + "}]";
const std::string kOver = "iterator: x, " + kBody;
const std::string kMap = "operations: [{operation: map, field: a, mapping: {b: c}}]";

std::string said(const std::string& content) {
    return "prompt: [{type: static, content: \"" + content + "\"}]";
}

std::string join(const std::string& source) {
    return "input_source: items, operations: [{operation: join, left_field: a, right_source: \"" +
           source + "\", join_key: count}]";
}

// The codes about names and what they lead to in the step `user`, with this name and path in it.
Codes found(const std::string& steps, std::string fields, const std::string& name,
            const std::string& path) {
    for (const auto& [mark, word] : {std::pair("%N", name), std::pair("%P", path)})
        for (std::size_t at; (at = fields.find(mark)) != std::string::npos;)
            fields.replace(at, 2, word);
    const auto codes = [](const std::string& text) {
        return RuleSample(text).codes(
            {"reference.", "template.", "source.", "condition.", "effect.never-runs"});
    };
    const std::string later =
        "    - {name: later, type: file_ops, operation: list, path: data}\n"
        "    - {name: set, type: set_variable, variables: {late: [1]}}\n";
    std::vector<std::string> all =
        codes(sampleOf(steps + "    - {name: user, type: " + fields + "}\n" + later));
    for (const std::string& other : codes(sampleOf(steps + later)))
        all.erase(std::find(all.begin(), all.end(), other));
    return {all.begin(), all.end()};
}

struct StepForm {
    const char* name;
    std::string fields;  // of the step that names: its type first; %N the name, %P the path
    Codes fine = {};     // of a step that is there: `files` of it is a list
    Codes maybe = {};    // on top of these, if it may be skipped
    Codes part = {};     // if it has no such part
    Codes missing = {"reference.missing"};
    Codes always = {};   // whatever it names
    bool looked = true;  // anything is told of the step that is named
};

void PrintTo(const StepForm& form, std::ostream* out) {
    *out << form.name;
}

class StepTable : public ::testing::TestWithParam<StepForm> {};

TEST_P(StepTable, EveryFaultIsToldAndNothingElse) {
    const StepForm& form = GetParam();
    const std::string list = "type: file_ops, operation: list, path: data";
    const std::string steps =
        "    - {name: v, type: set_variable, variables: {items: [{count: 1}]}}\n"
        "    - {name: ls, " +
        list +
        "}\n"
        "    - {name: maybe, " +
        list +
        ", condition: ls.count > 3}\n"
        "    - {name: lo, type: for_loop, iterator: y, data_source: items, steps: [{name: "
        "looped, " +
        list +
        "}]}\n"
        "    - {name: pi, type: pipeline, pipeline: {name: n, steps: [{name: nested, " +
        list + "}]}}\n";
    const auto expect = [&](const std::string& name, const std::string& path, Codes codes) {
        codes.insert(form.always.begin(), form.always.end());
        EXPECT_EQ(found(steps, form.fields, name, path), codes) << name << " " << path;
    };
    const auto with = [](Codes codes, const Codes& more) {
        codes.insert(more.begin(), more.end());
        return codes;
    };
    const auto ifLooked = [&](const char* code) { return form.looked ? Codes{code} : Codes{}; };
    expect("ls", "files", form.fine);
    expect("maybe", "files", with(form.fine, form.maybe));
    expect("ls", "filez", form.part);
    expect("absent", "files", form.missing);
    expect("later", "files", ifLooked("reference.later"));
    expect("user", "files", ifLooked("reference.self"));
    expect("looped", "files", ifLooked("reference.inner"));
    expect("nested", "files", ifLooked("reference.inner"));
}

const Codes kMaybe = {"reference.maybe-skipped"};
const Codes kPart = {"reference.result-part"};
const Codes kNone = {"reference.template-missing"};
const Codes kList = {"template.whole-list"};
const Codes kWhole = {"source.whole-result"};
const Codes kNever = {"effect.never-runs"};

INSTANTIATE_TEST_SUITE_P(
    References, StepTable,
    ::testing::Values(
        StepForm{"prompt", "claude, prompt: [{type: previous_response, step: %N}]"},
        StepForm{"prompt extract",
                 "claude, prompt: [{type: previous_response, step: %N, extract: %P}]",
                 {},
                 kMaybe,
                 kPart},
        StepForm{"task",
                 "parallel_claude, parallel_tasks: [{id: t, prompt: [{type: "
                 "previous_response, step: %N, extract: %P}]}]",
                 {},
                 kMaybe,
                 kPart},
        StepForm{"template", "claude, " + said("a {{steps.%N.%P}}"), kList, kMaybe, kPart, kNone},
        StepForm{"template in a task",
                 "parallel_claude, parallel_tasks: [{id: t, " + said("{{steps.%N.%P}}") + "}]",
                 kList, kMaybe, kPart, kNone},
        StepForm{"template function",
                 "claude, " + said("a {{add(steps.%N.%P, 1)}}"),
                 {"template.not-computed"},
                 kMaybe,
                 kPart,
                 kNone},
        StepForm{"template of a file name",
                 "claude, output_to_file: \"{{steps.%N.%P}}.txt\", " + kPrompt, kList, kMaybe,
                 kPart, kNone},
        StepForm{"template of an input",
                 "pipeline, inputs: {a: \"{{steps.%N.%P}}\"}, pipeline: "
                 "{name: q, " +
                     kBody + "}",
                 kList, kMaybe, kPart, kNone},
        StepForm{"template of a variable", "set_variable, variables: {w: \"{{steps.%N.%P}}\"}",
                 kList, kMaybe, kPart, kNone},
        StepForm{"template of a path", "file_ops, operation: list, path: \"{{steps.%N.%P}}\"",
                 kList, kMaybe, kPart, kNone},
        StepForm{"template of a switch", "switch, expression: \"{{steps.%N.%P}}\", cases: {}",
                 kList, kMaybe, kPart, kNone},
        StepForm{"template of previous_response",
                 "claude, " + said("{{previous_response:%N}}"),
                 {},
                 {},
                 {},
                 {},
                 {"template.erased-scope"},
                 false},
        StepForm{"condition", "claude, condition: \"%N.%P > 3\", " + kPrompt, kNever, {}, kPart},
        StepForm{"condition function",
                 "claude, condition: \"length(%N.%P) > 3\", " + kPrompt,
                 {},
                 {},
                 kPart},
        StepForm{"condition list",
                 "claude, condition: [\"%N.%P > 3\", ls.count > 0], " + kPrompt,
                 kNever,
                 {},
                 kPart},
        StepForm{"condition mapping",
                 "claude, condition: {and: [\"%N.%P > 3\"]}, " + kPrompt,
                 kNever,
                 {},
                 kPart,
                 {"reference.missing"},
                 {"condition.mapping"}},
        StepForm{"condition of templates",
                 "claude, condition: \"{{steps.%N.%P}} > 3\", " + kPrompt,
                 kList,
                 {},
                 kPart,
                 kNone},
        StepForm{"condition with steps",
                 "claude, condition: \"steps.%N.%P > 3\", " + kPrompt,
                 {},
                 {},
                 {},
                 {},
                 {"condition.steps-prefix"},
                 false},
        StepForm{"while",
                 "while_loop, condition: \"%N.%P > 3\", max_iterations: 2, " + kBody,
                 kNever,
                 {},
                 kPart},
        StepForm{"break",
                 "for_loop, data_source: items, break_condition: \"%N.%P > 3\", " + kOver,
                 kNever,
                 {},
                 kPart},
        StepForm{"loop", "for_loop, data_source: \"%N:%P\", " + kOver, {}, kMaybe, kPart},
        StepForm{
            "loop over a whole result", "for_loop, data_source: %N, " + kOver, kWhole, {}, kWhole},
        StepForm{"loop as documented",
                 "for_loop, data_source: \"{{steps.%N.%P}}\", " + kOver,
                 {},
                 kMaybe,
                 kPart,
                 kNone,
                 {"source.misread"}},
        StepForm{"loop with previous_response",
                 "for_loop, data_source: \"previous_response:%N:%P\", " + kOver,
                 {},
                 {},
                 {},
                 {},
                 {"source.misread"},
                 false},
        StepForm{"input",
                 "data_transform, input_source: \"previous_response:%N:%P\", " + kMap,
                 {},
                 kMaybe,
                 kPart},
        StepForm{"input of a whole result", "data_transform, input_source: %N, " + kMap},
        StepForm{"input by the context",
                 "data_transform, input_source: \"context:results.%N.%P\", " + kMap,
                 {},
                 kMaybe,
                 kPart},
        StepForm{"join", "data_transform, " + join("previous_response:%N")},
        StepForm{"join by the context",
                 "data_transform, " + join("context:results.%N.%P"),
                 {},
                 kMaybe,
                 kPart}));

struct VariableForm {
    const char* name;
    std::string fields;  // as above
    Codes list = {};     // of a variable with a list
    Codes maybe = {};    // on top, of one that may not be set
    Codes always = {};
    bool source = false;  // looked up when the step runs
};

void PrintTo(const VariableForm& form, std::ostream* out) {
    *out << form.name;
}

class VariableTable : public ::testing::TestWithParam<VariableForm> {};

TEST_P(VariableTable, EveryFaultIsToldAndNothingElse) {
    const VariableForm& form = GetParam();
    const std::string steps =
        "    - {name: v, type: set_variable, variables: {items: [{count: 1}], l: [1]}}\n"
        "    - {name: c, type: set_variable, condition: v.variable_count > 9, variables: {m: "
        "[1]}}\n"
        "    - {name: lo, type: for_loop, iterator: y, data_source: items, steps: [{name: i, type: "
        "set_variable, variables: {looped: [1]}}]}\n"
        "    - {name: pi, type: pipeline, pipeline: {name: n, steps: [{name: p, type: "
        "set_variable, variables: {nested: [1]}}]}}\n";
    const auto expect = [&](const char* name, Codes codes) {
        codes.insert(form.always.begin(), form.always.end());
        EXPECT_EQ(found(steps, form.fields, name, ""), codes) << name;
    };
    const auto unset = [&](const char* code) {
        return Codes{form.source ? "reference.missing" : code};
    };
    Codes maybe = form.list;
    maybe.insert(form.maybe.begin(), form.maybe.end());
    expect("l", form.list);
    expect("m", maybe);
    expect("absent", unset("template.unset-variable"));
    expect("late", unset("template.later-variable"));
    expect("looped", unset("template.loop-variable"));
    expect("nested", unset("template.pipeline-variable"));
}

const Codes kUnset = {"template.maybe-unset"};
const Codes kComputed = {"template.not-computed"};

INSTANTIATE_TEST_SUITE_P(
    References, VariableTable,
    ::testing::Values(
        VariableForm{"state", "claude, " + said("a {{state.%N}}"), kList, kUnset},
        VariableForm{"bare", "claude, " + said("a {{%N}}"), kList, kUnset},
        VariableForm{"sum", "claude, " + said("a {{%N + 1}}"), kComputed, kUnset},
        VariableForm{"sum of state", "claude, " + said("a {{state.%N + 1}}"), kComputed, kUnset},
        VariableForm{"function", "claude, " + said("a {{add(%N, 1)}}"), kComputed, kUnset},
        VariableForm{"in a loop",
                     "for_loop, iterator: x, data_source: items, steps: [{name: z, "
                     "type: claude, " +
                         said("a {{state.%N}}") + "}]",
                     kList, kUnset},
        VariableForm{"condition", "claude, condition: \"{{state.%N}} > 3\", " + kPrompt, kList},
        VariableForm{"file name", "claude, output_to_file: \"{{state.%N}}.txt\", " + kPrompt, kList,
                     kUnset},
        VariableForm{"input",
                     "pipeline, inputs: {a: \"{{state.%N}}\"}, pipeline: {name: q, " + kBody + "}",
                     kList, kUnset},
        VariableForm{"another", "set_variable, variables: {w: \"{{state.%N}}\"}", kList, kUnset},
        VariableForm{"loop", "for_loop, data_source: %N, " + kOver, {}, kMaybe, {}, true},
        VariableForm{
            "transformation", "data_transform, input_source: %N, " + kMap, {}, kMaybe, {}, true}));

}  // namespace
}  // namespace pe::testing
