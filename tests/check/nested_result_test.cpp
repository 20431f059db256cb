// SPDX-License-Identifier: MIT
// What lies behind a pipeline step: the results of the steps that it runs, and its outputs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "checked.hpp"
#include "pe/testing/named_files.hpp"
#include "rule_sample.hpp"

namespace pe::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::vector<std::string> kRules = {"reference.", "source.", "template.", "file.output"};
const std::string kAnswer = "reference.answer-field";
const std::string kPart = "reference.result-part";
const std::string kWrapped = "reference.wrapped-result";
const std::string kPrompt = "prompt: [{type: static, content: go}]";
const std::string kList = "{name: ls, type: file_ops, operation: list, path: data}";

std::string line(const std::string& text) {
    return "    - " + text + "\n";
}

std::string file(const std::string& steps) {
    return "workflow:\n  name: sample\n  steps:\n" + steps;
}

std::string ask(const std::string& type, const std::string& more = "") {
    return "{name: c, type: " + type + ", " + more + kPrompt + "}";
}

std::string pipeline(const std::string& steps, const std::string& more = "",
                     const std::string& name = "p") {
    return "{name: " + name + ", type: pipeline, " + more + "pipeline: {name: of_" + name +
           ", steps: [" + steps + "]}}";
}

RuleSample outputs(const std::string& path, const std::string& steps) {
    return RuleSample(file(line(pipeline(steps, "outputs: [{path: " + path + ", as: o}], "))));
}

RuleSample after(const std::string& step, const std::string& use) {
    return RuleSample(file(line(step) + line(use)));
}

RuleSample said(const std::string& step, const std::string& content) {
    return after(step, "{name: e, type: claude_smart, prompt: [{type: static, content: \"" +
                           content + "\"}]}");
}

RuleSample looped(const std::string& step, const std::string& source) {
    return after(step, "{name: e, type: for_loop, iterator: x, data_source: \"" + source +
                           "\", steps: [{name: b, type: claude_smart, " + kPrompt + "}]}");
}

RuleSample extracted(const std::string& step, const std::string& path) {
    return after(step,
                 "{name: e, type: claude_smart, prompt: [{type: previous_response, step: p, "
                 "extract: " +
                     path + "}]}");
}

RuleSample given(const std::string& step, const std::string& input) {
    return after(step, pipeline("{name: y, type: claude_smart, " + kPrompt + "}",
                                "inputs: {a: \"" + input + "\"}, ", "q"));
}

TEST(NestedResults, NoOutputSeesIntoALiveAnswer) {
    EXPECT_EQ(outputs("c.text", ask("claude")).at(kAnswer), "c.text");
    EXPECT_THAT(outputs("c.text", ask("gemini")).find(kAnswer)->message, HasSubstr("`path: c`"));
    for (const char* fine : {"claude_smart", "claude_robust", "claude_extract"})
        EXPECT_THAT(outputs("c.text", ask(fine)).codes(kRules), IsEmpty()) << fine;
    EXPECT_THAT(outputs("c", ask("claude")).codes(kRules), IsEmpty());
    const std::string some = kList + ", " + ask("claude", "condition: ls.count > 0, ");
    EXPECT_THAT(outputs("c.skipped", some).codes(kRules), IsEmpty());
    EXPECT_TRUE(outputs("c.text", some).has(kAnswer));
    const NamedFiles files({{"child.yaml", file(line(ask("claude")))}});
    const auto called = [&](const std::string& output) {
        return Checked(file(line("{name: p, type: pipeline, pipeline_file: child.yaml, outputs: [" +
                                 output + "]}")),
                       &files)
            .has(kAnswer);
    };
    EXPECT_TRUE(called("{path: c.text}"));
    EXPECT_FALSE(called("{path: c}"));
}

TEST(NestedResults, OnlyPromptsSeeIntoAnAnswerOfANestedPipeline) {
    const std::string live = pipeline(ask("claude"));
    EXPECT_EQ(said(live, "T {{steps.p.c.text}}").at(kAnswer), "steps.p.c.text");
    EXPECT_EQ(looped(live, "p:c.items").at(kAnswer), "p:c.items");
    EXPECT_EQ(after(live, ask("claude_smart", "condition: p.c.success, ")).at(kAnswer),
              "p.c.success");
    const std::string given = pipeline(ask("claude"), "inputs: {a: 1}, ");
    EXPECT_THAT(said(given, "T {{steps.p.c.text}}").find(kAnswer)->message,
                HasSubstr("`extract: result.c.text`"));
    EXPECT_THAT(extracted(live, "c.text").codes(kRules), IsEmpty());
    EXPECT_THAT(said(pipeline(ask("claude_smart")), "T {{steps.p.c.text}}").codes(kRules),
                IsEmpty());
}

TEST(NestedResults, OutputsNamePartsThatAreThere) {
    EXPECT_EQ(outputs("ls.cnt", kList).at(kPart), "cnt");
    EXPECT_EQ(outputs("ls.result.count", kList).at(kPart), "result");
    EXPECT_THAT(outputs("ls.count", kList).codes(kRules), IsEmpty());
    const std::string inner = pipeline(kList, "", "r");
    EXPECT_EQ(outputs("r.ls.cnt", inner).at(kPart), "cnt");
    EXPECT_EQ(outputs("r.lss.count", inner).at("reference.pipeline-part"), "lss");
    EXPECT_THAT(outputs("r.ls.count", inner).codes(kRules), IsEmpty());
    const std::string wrapped = pipeline(kList, "inputs: {a: 1}, ", "r");
    EXPECT_EQ(outputs("r.ls.count", wrapped).at(kWrapped), "r.ls.count");
    EXPECT_THAT(outputs("r.result.ls.count", wrapped).codes(kRules), IsEmpty());
    const std::string streamed = ask("claude_smart", "streaming: {enabled: true}, ");
    EXPECT_TRUE(outputs("c.text", streamed).has("reference.streamed-part"));
    EXPECT_THAT(outputs("c.stream_id", streamed).codes(kRules), IsEmpty());
}

TEST(NestedResults, PathsAreFollowedThroughPipelines) {
    for (const std::string wrap : {"", "result."}) {
        const std::string step = pipeline(kList, wrap.empty() ? "" : "inputs: {a: 1}, ");
        EXPECT_EQ(extracted(step, wrap + "ls.cnt").at(kPart), "cnt");
        EXPECT_EQ(said(step, "T {{steps.p.ls.cnt}}").at(kPart), "cnt");
        EXPECT_THAT(looped(step, "p:" + wrap + "ls.file").fixed(kPart), HasSubstr("ls.files\""));
        EXPECT_EQ(looped(step, "p:" + wrap + "ls.count").at("source.whole-result"), "count");
        EXPECT_TRUE(looped(step, "p:" + wrap + "ls").has("source.whole-result"));
        EXPECT_THAT(said(step, "see {{steps.p.ls}}").fixed("template.whole-mapping"),
                    HasSubstr("extract: " + wrap + "ls}"));
        EXPECT_TRUE(said(step, "see {{steps.p.ls.files}}").has("template.whole-list"));
        EXPECT_THAT(looped(step, "p:" + wrap + "ls.files").codes(kRules), IsEmpty());
        EXPECT_THAT(said(step, "T {{steps.p.ls.count}}").codes(kRules), IsEmpty());
        EXPECT_THAT(extracted(step, wrap + "ls").codes(kRules), IsEmpty());
    }
    const std::string named = pipeline(kList, "outputs: [{path: ls, as: o}], ");
    EXPECT_EQ(said(named, "T {{steps.p.o.cnt}}").at(kPart), "cnt");
    EXPECT_THAT(said(named, "T {{steps.p.o.count}}").codes(kRules), IsEmpty());
}

TEST(NestedResults, WithoutOutputsResultsLoseTheirResult) {
    const std::string inner = pipeline(kList, "inputs: {a: 1}, ", "r");
    EXPECT_THAT(said(pipeline(inner), "T {{steps.p.r.ls.count}}").codes(kRules), IsEmpty());
    EXPECT_TRUE(said(pipeline(inner), "T {{steps.p.r.result.ls.count}}").has(kWrapped));
    const std::string kept = pipeline(inner, "outputs: [r], ");
    EXPECT_TRUE(said(kept, "T {{steps.p.r.ls.count}}").has(kWrapped));
    EXPECT_THAT(said(kept, "T {{steps.p.r.result.ls.count}}").codes(kRules), IsEmpty());
    const std::string own = pipeline(kList, "outputs: [{path: ls.count, as: result}], ", "r");
    EXPECT_THAT(said(pipeline(own), "see {{steps.p.r}}").codes(kRules), IsEmpty());
    EXPECT_TRUE(said(pipeline(inner), "see {{steps.p.r}}").has("template.whole-mapping"));
    const auto data = [](const std::string& name) {
        return pipeline(kList +
                        ", {name: d, type: data_transform, input_source: "
                        "\"previous_response:ls:files\", output_field: " +
                        name + ", operations: []}");
    };
    EXPECT_TRUE(said(data("out"), "T {{steps.p.d.outs}}").has(kPart));
    EXPECT_THAT(said(data("result"), "T {{steps.p.d.outs}}").codes(kRules), IsEmpty());
}

TEST(NestedResults, TemplatesNameNoResultThatIsNotThere) {
    const std::string smart = ask("claude_smart");
    RuleSample text = said(smart, "T {{steps.c.result.text}}");
    EXPECT_EQ(text.at(kWrapped), "{{steps.c.result.text}}");
    EXPECT_THAT(text.fixed(kWrapped), HasSubstr("{{steps.c.text}}"));
    EXPECT_TRUE(said(kList, "T {{steps.ls.result.count}}").has(kWrapped));
    EXPECT_FALSE(said(kList, "T {{steps.ls.result.files}}").has("template.whole-list"));
    EXPECT_THAT(said(pipeline(kList), "T {{steps.p.result.ls.count}}").fixed(kWrapped),
                HasSubstr("{{steps.p.ls.count}}"));
    EXPECT_THAT(
        said(pipeline(kList, "inputs: {a: 1}, "), "T {{steps.p.result.ls.count}}").codes(kRules),
        IsEmpty());
    EXPECT_FALSE(said(kList, "T {{steps.ls.result}}").has(kWrapped));
    // The pipeline of a file that is not there may have a step of that name.
    EXPECT_FALSE(
        said("{name: p, type: pipeline, pipeline_file: away.yaml}", "T {{steps.p.result.count}}")
            .has(kWrapped));
    EXPECT_FALSE(said("{name: d, type: data_transform, input_source: x, output_field: result, "
                      "operations: []}",
                      "T {{steps.d.result.a}}")
                     .has(kWrapped));
}

TEST(NestedResults, InputsPassOverAResultThatIsNotThere) {
    EXPECT_THAT(given(kList, "{{steps.ls.result.count}}").codes(kRules), IsEmpty());
    EXPECT_THAT(given(kList, "{{steps.ls.result.files}}").codes(kRules), IsEmpty());
    EXPECT_THAT(given(pipeline(kList), "{{steps.p.result.ls.count}}").codes(kRules), IsEmpty());
    EXPECT_THAT(given(pipeline(kList), "{{steps.p.result.ls}}").codes(kRules), IsEmpty());
    EXPECT_TRUE(given(pipeline(kList), "a {{steps.p.result.ls}}").has("template.whole-mapping"));
    EXPECT_TRUE(given(kList, "{{steps.ls.result.cnt}}").has(kPart));
    EXPECT_TRUE(given(pipeline(kList), "{{steps.p.ls}}").has("template.whole-result-alone"));
}

TEST(NestedResults, APartOfAStepThatMayBeSkippedIsNoOutput) {
    const auto handed = [](const std::string& condition, const std::string& output) {
        const std::string step =
            "{name: ls, type: file_ops, operation: list, path: data" + condition + "}";
        return RuleSample(file(line(pipeline(step, "outputs: [" + output + "], "))))
            .has("reference.maybe-skipped");
    };
    const std::string maybe = ", condition: 'a.text == 1'";
    EXPECT_TRUE(handed(maybe, "{path: ls.count, as: n}"));
    EXPECT_FALSE(handed(maybe, "{path: ls.success, as: n}"));
    EXPECT_FALSE(handed(maybe, "ls"));
    EXPECT_FALSE(handed("", "{path: ls.count, as: n}"));
}

TEST(NestedResults, APartOfAStepInsideThatMayBeSkippedIsToldWhereItIsUsed) {
    const std::string code = "reference.maybe-skipped";
    const std::string first = "{name: a, type: file_ops, operation: list, path: b}, ";
    const auto maybe = [&](const std::string& condition, const std::string& more = "") {
        return pipeline(
            first + "{name: ls, type: file_ops, operation: list, path: data" + condition + "}",
            more);
    };
    const std::string step = maybe(", condition: a.count > 3");
    EXPECT_EQ(extracted(step, "ls.count").at(code), "ls.count");
    EXPECT_THAT(extracted(step, "ls.count").find(code)->why,
                HasSubstr("`p.ls.count` here, or `strict: false`, avoids it"));
    EXPECT_EQ(said(step, "T {{steps.p.ls.count}}").at(code), "steps.p.ls.count");
    EXPECT_EQ(looped(step, "p:ls.files").at(code), "p:ls.files");
    const std::string wrapped = maybe(", condition: a.count > 3", "inputs: {x: 1}, ");
    EXPECT_THAT(said(wrapped, "T {{steps.p.result.ls.count}}").find(code)->why,
                HasSubstr("`p.result.ls.count` here avoids it"));

    for (const char* fine : {"ls", "ls.success", "a.count", "ls.count, strict: false"})
        EXPECT_FALSE(extracted(step, fine).has(code)) << fine;
    EXPECT_FALSE(extracted(maybe(""), "ls.count").has(code));
    EXPECT_FALSE(extracted(maybe(", condition: 1 == 1"), "ls.count").has(code));
    // The inputs decide.
    EXPECT_FALSE(extracted(maybe(", condition: \"{{inputs.x}} == 1\""), "ls.count").has(code));
    const auto asking = [&](const std::string& condition) {
        return after(step, "{name: e, type: claude_smart, condition: " + condition +
                               ", prompt: [{type: previous_response, step: p, extract: "
                               "ls.count}]}")
            .has(code);
    };
    EXPECT_FALSE(asking("p.ls.count > 0"));
    EXPECT_FALSE(asking("p.a.count > 3"));
    EXPECT_FALSE(asking("\"{{steps.p.a.count}} > 3\""));
    EXPECT_TRUE(asking("1 < 2"));
    // All of it is missing then, which is told alone.
    const std::string both = maybe(", condition: a.count > 3", "condition: x.y, ");
    EXPECT_EQ(extracted(both, "ls.count").count(code), 1u);
}

TEST(NestedResults, FilesAreFollowedLikePipelinesInPlace) {
    const NamedFiles files(
        {{"child.yaml", file(line(kList) +
                             line("{name: some, type: file_ops, operation: list, path: data, "
                                  "condition: ls.count > 3}") +
                             line(pipeline(kList, "", "r")) +
                             line("{name: s, type: pipeline, pipeline_file: leaf.yaml}"))},
         {"leaf.yaml", file(line(kList))}});
    const auto extracts = [&](const std::string& path) {
        return RuleSample(file(line("{name: p, type: pipeline, pipeline_file: child.yaml}") +
                               line("{name: e, type: claude_smart, prompt: [{type: "
                                    "previous_response, step: p, extract: " +
                                    path + "}]}")),
                          &files)
            .codes(kRules);
    };
    for (const char* fine : {"ls.count", "some", "r.ls.count", "s.ls.count", "s"})
        EXPECT_THAT(extracts(fine), IsEmpty()) << fine;
    for (const char* missing : {"ls.cnt", "some.cnt", "r.ls.cnt", "s.ls.cnt"})
        EXPECT_THAT(extracts(missing), Contains(kPart)) << missing;
    EXPECT_THAT(extracts("some.count"), ElementsAre("reference.maybe-skipped"));
    EXPECT_THAT(extracts("s.lss.count"), ElementsAre("reference.pipeline-part"));
    EXPECT_THAT(extracts("ls.count.x"), ElementsAre(kPart));
}

TEST(NestedResults, OutputsHandOutPartsAsWhatTheyAre) {
    const auto handed = [](const std::string& path) {
        return pipeline(kList, "outputs: [{path: " + path + ", as: o}], ");
    };
    EXPECT_EQ(looped(handed("ls.count"), "p:o").at("source.whole-result"), "p:o");
    EXPECT_THAT(looped(handed("ls.files"), "p:o").codes(kRules), IsEmpty());
    EXPECT_TRUE(said(handed("ls.files"), "T {{steps.p.o}}").has("template.whole-list"));
    EXPECT_THAT(said(handed("ls.count"), "T {{steps.p.o}}").codes(kRules), IsEmpty());
    EXPECT_EQ(extracted(handed("ls.count"), "o.x").at(kPart), "x");
    EXPECT_EQ(extracted(handed("ls.files"), "o.0").at("reference.path-index"), "0");
    EXPECT_THAT(extracted(handed("ls.count"), "o").codes(kRules), IsEmpty());
    // What is wrong with the output is told there alone.
    EXPECT_EQ(extracted(handed("ls.cnt"), "o.x").count(kPart), 1u);
    EXPECT_EQ(extracted(handed("ls.count.x"), "o.y").count(kPart), 1u);
}

TEST(NestedResults, AnOutputThatIsATextIsLookedUpAsAWhole) {
    const std::string step = "{name: my.step, type: file_ops, operation: list, path: data}";
    const auto handed = [&](const std::string& output) {
        return RuleSample(file(line(pipeline(step, "outputs: [" + output + "], "))));
    };
    EXPECT_FALSE(handed("my.step").has("reference.output-missing"));
    EXPECT_TRUE(handed("{path: my.step.count}").has("reference.output-missing"));
    EXPECT_TRUE(handed("{path: my.step}").has("reference.output-missing"));
    const NamedFiles files({{"child.yaml", file(line(step))}});
    const auto called = [&](const std::string& output) {
        return Checked(file(line("{name: p, type: pipeline, pipeline_file: child.yaml, outputs: [" +
                                 output + "]}")),
                       &files)
            .has("file.output-missing");
    };
    EXPECT_FALSE(called("my.step"));
    EXPECT_TRUE(called("{path: my.step.count}"));
}

}  // namespace
}  // namespace pe::testing
