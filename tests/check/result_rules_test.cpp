// SPDX-License-Identifier: MIT
// What the results of steps hold, and what surely cannot be done with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "checked.hpp"
#include "pe/testing/named_files.hpp"
#include "rule_sample.hpp"

namespace pe::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::vector<std::string> kRules = {"reference.", "source.", "effect.", "template.", "file."};
const std::string kPrompt = "prompt: [{type: static, content: go}]";
const std::string kLists =
    "{name: v, type: set_variable, variables: {l: [{a: 1}], words: [a, b], n: 3, m: {a: 1}}}";

std::string line(const std::string& text) {
    return "    - " + text + "\n";
}

std::string file(const std::string& steps, const std::string& head = "") {
    return "workflow:\n  name: sample\n" + head + "  steps:\n" + steps;
}

std::string say(const std::string& content) {
    return line("{name: e, type: claude_smart, prompt: [{type: static, content: \"" + content +
                "\"}]}");
}

std::string extract(const std::string& step, const std::string& path) {
    return line("{name: e, type: claude_smart, prompt: [{type: previous_response, step: " + step +
                ", extract: " + path + "}]}");
}

std::string loop(const std::string& source) {
    return line("{name: e, type: for_loop, iterator: x, data_source: \"" + source +
                "\", steps: [{name: b, type: claude_smart, " + kPrompt + "}]}");
}

std::string transform(const std::string& more, const std::string& source = "l") {
    return line("{name: d, type: data_transform, input_source: " + source + ", " + more + "}");
}

std::string when(const std::string& condition) {
    return line("{name: e, type: claude_smart, condition: \"" + condition + "\", " + kPrompt + "}");
}

RuleSample after(const std::string& before, const std::string& use) {
    return RuleSample(file(before + use));
}

const std::string kSort = "operations: [{operation: sort, field: a}]";
const std::string kPart = "reference.result-part";

TEST(ResultRules, ATransformationStoresItsDataUnderTheNameItGives) {
    const std::string kept = line(kLists) + transform("output_field: kept, " + kSort);
    RuleSample read = after(kept, extract("d", "result"));
    EXPECT_EQ(read.at(kPart), "result");
    EXPECT_THAT(read.fixed(kPart), HasSubstr("extract: kept"));
    EXPECT_EQ(after(kept, loop("d:d")).at(kPart), "d");
    EXPECT_EQ(after(kept, when("d.size > 1")).at(kPart), "size");
    EXPECT_EQ(after(kept, extract("d", "metadata.rows")).at(kPart), "metadata.rows");
    EXPECT_EQ(after(kept, extract("d", "kept.a")).at(kPart), "kept.a");
    for (const char* path : {"kept", "metadata", "metadata.input_type"})
        EXPECT_THAT(after(kept, extract("d", path)).codes(kRules), IsEmpty()) << path;
    const std::string own = line(kLists) + transform(kSort);
    EXPECT_THAT(after(own, loop("d:d")).codes(kRules), IsEmpty());
    const std::string open = line(kLists) + transform("output_field: \"{{state.n}}\", " + kSort);
    EXPECT_FALSE(after(open, loop("d:d")).has(kPart));
}

TEST(ResultRules, AFileOperationStoresWhatItsOperationSays) {
    const std::string files = line("{name: ls, type: file_ops, operation: list, path: data}");
    const std::string copy =
        line("{name: ls, type: file_ops, operation: copy, source: a, destination: b}");
    EXPECT_EQ(after(files, when("ls.success")).at(kPart), "success");
    EXPECT_EQ(after(files, extract("ls", "file_list")).at(kPart), "file_list");
    EXPECT_THAT(after(files, extract("ls", "file")).fixed(kPart), HasSubstr("extract: files"));
    EXPECT_THAT(after(files, loop("ls:files")).codes(kRules), IsEmpty());
    EXPECT_THAT(after(files, when("ls.files.length > 2")).codes(kRules), IsEmpty());
    EXPECT_EQ(after(copy, loop("ls:files")).at(kPart), "files");
    EXPECT_THAT(after(copy, when("ls.source == 'a'")).codes(kRules), IsEmpty());
    const std::string maybe = line(
        "{name: ls, type: file_ops, condition: \"1 == state.n\", operation: list, path: data}");
    EXPECT_FALSE(after(maybe, when("ls.success")).has(kPart));
    const std::string any =
        line("{name: ls, type: file_ops, operation: \"{{state.n}}\", path: data}");
    EXPECT_FALSE(after(any, extract("ls", "files")).has(kPart));
}

TEST(ResultRules, OtherStepsWhoseResultsAreKnown) {
    EXPECT_EQ(after(line(kLists), when("v.success")).at(kPart), "success");
    EXPECT_EQ(after(line(kLists), extract("v", "value")).at(kPart), "value");
    EXPECT_FALSE(after(line(kLists), extract("v", "l")).has(kPart));  // another rule says more
    EXPECT_FALSE(after(line(kLists), extract("v", "scope")).has(kPart));
    EXPECT_FALSE(after(line(kLists), say("a {{steps.v.result.scope}}")).has(kPart));
    const std::string batch =
        line("{name: c, type: claude_batch, tasks: [{task_id: t1, " + kPrompt + "}]}");
    EXPECT_EQ(after(batch, extract("c", "t1")).at(kPart), "t1");
    EXPECT_FALSE(after(batch, extract("c", "batch_results")).has(kPart));
    const std::string robust = line("{name: c, type: claude_robust, " + kPrompt + "}");
    EXPECT_FALSE(after(robust, extract("c", "result")).has(kPart));  // as the provider likes
}

TEST(ResultRules, D91TheResultsOfParallelTasksAreNoText) {
    const std::string tasks =
        line("{name: c, type: parallel_claude, parallel_tasks: [{id: t1, " + kPrompt + "}]}");
    for (const char* path : {"individual_results", "individual_results.t1"})
        EXPECT_THAT(after(tasks, extract("c", path)).fixed("effect.parallel-whole"),
                    HasSubstr("extract: combined_results"))
            << path;
    EXPECT_FALSE(after(tasks, extract("c", "combined_results")).has("effect.parallel-whole"));
}

TEST(ResultRules, OfAPipelineFileTheStepsAreRead) {
    const NamedFiles files(
        {{"child.yaml", file(line("{name: z, type: claude_smart, " + kPrompt + "}"))}});
    const auto used = [&](const std::string& more, const std::string& path) {
        return Checked(
            file(line("{name: p, type: pipeline, pipeline_file: child.yaml" + more + "}") +
                 extract("p", path)),
            &files);
    };
    EXPECT_EQ(used("", "y.text").marked("reference.pipeline-part"), "y");
    EXPECT_EQ(used(", inputs: {a: 1}", "result.y").marked("reference.pipeline-part"), "y");
    EXPECT_FALSE(used("", "z.text").has("reference.pipeline-part"));
    EXPECT_FALSE(used(", outputs: [{path: z.text, as: y}]", "y").has("reference.pipeline-part"));
    EXPECT_TRUE(used(", outputs: [{path: z.text}]", "z.text").has("reference.pipeline-part"));
}

TEST(ResultRules, ALoopNeedsAList) {
    const std::string rule = "source.whole-result";
    const std::string files = line("{name: ls, type: file_ops, operation: list, path: data}");
    EXPECT_EQ(after(files, loop("ls:count")).at(rule), "count");
    EXPECT_TRUE(after(line(kLists), loop("n")).has(rule));
    const auto data = [&](const std::string& more, const std::string& source = "l") {
        return after(line(kLists) + transform(more, source), loop("d:d"));
    };
    const std::string sum = "operations: [{operation: aggregate, function: sum, field: a}]";
    const std::string group = "operations: [{operation: group_by, field: a}]";
    EXPECT_EQ(data(sum).at(rule), "d");
    EXPECT_EQ(data(group).at(rule), "d");
    EXPECT_EQ(data("output_format: json, " + kSort).at(rule), "d");
    EXPECT_EQ(data("output_format: count, " + kSort).at(rule), "d");
    EXPECT_THAT(data(kSort).codes(kRules), IsEmpty());
    EXPECT_THAT(data("operations: [{operation: filter, condition: \"a == 1\"}]").codes(kRules),
                IsEmpty());
    EXPECT_THAT(data("operations: [{operation: aggregate, function: unique}]").codes(kRules),
                IsEmpty());
    EXPECT_THAT(data("lazy: {enabled: true}, " + sum).codes(kRules), IsEmpty());
    // How many items there are only the run decides, and of many everything is made a list.
    EXPECT_FALSE(
        RuleSample(file(files + transform(group, "\"previous_response:ls:files\"") + loop("d:d")))
            .has(rule));
}

TEST(ResultRules, ListsAndMappingsOfResultsAreNoText) {
    const std::string files = line("{name: ls, type: file_ops, operation: list, path: data}");
    EXPECT_EQ(after(files, say("All: {{steps.ls.files}}")).at("template.whole-list"),
              "{{steps.ls.files}}");
    EXPECT_TRUE(after(files, line("{name: k, type: set_variable, variables: "
                                  "{f: \"{{steps.ls.files}}\"}}"))
                    .has("template.whole-list"));
    EXPECT_FALSE(after(files, say("{{steps.ls.count}}")).has("template.whole-list"));
    const std::string rounds =
        line(kLists) + line(
                           "{name: o, type: for_loop, iterator: x, data_source: l, steps: "
                           "[{name: b, type: claude_smart, " +
                           kPrompt + "}]}");
    RuleSample all = after(rounds, say("{{steps.o.iterations}}"));
    EXPECT_TRUE(all.has("template.whole-mapping"));
    EXPECT_THAT(all.fixed("template.whole-mapping"), HasSubstr("extract: iterations"));
    const std::string group = "operations: [{operation: group_by, field: a}]";
    EXPECT_TRUE(after(line(kLists) + transform(group), say("a {{steps.d.d}}"))
                    .has("template.whole-mapping"));
    EXPECT_THAT(
        after(line(kLists) + transform("output_format: json, " + group), say("a {{steps.d.d}}"))
            .codes(kRules),
        IsEmpty());
    // In a nested pipeline what stands alone keeps its type, but no prompt can take it.
    const auto nested = [&](const std::string& use) {
        return RuleSample(file(line("{name: p, type: pipeline, pipeline: {name: k, steps: [" +
                                    kLists + ", {name: d, type: data_transform, input_source: l, " +
                                    group + "}, " + use + "]}}")));
    };
    EXPECT_THAT(nested("{name: w, type: set_variable, variables: {q: \"{{steps.d.d}}\"}}")
                    .codes({"template.whole"}),
                IsEmpty());
    EXPECT_TRUE(nested("{name: w, type: claude_smart, prompt: [{type: static, content: "
                       "\"{{steps.d.d}}\"}]}")
                    .has("template.whole-mapping"));
}

TEST(ResultRules, OnlySomeDataHasATextForm) {
    const auto text = [](const std::string& more, const std::string& source = "l") {
        return RuleSample(file(line(kLists) + transform("output_format: string, " + more, source)));
    };
    const std::string rule = "effect.string-format";
    const std::string group = "operations: [{operation: group_by, field: a}]";
    EXPECT_THAT(text(kSort).fixed(rule), HasSubstr("output_format: json"));
    EXPECT_TRUE(text(group).has(rule));
    EXPECT_FALSE(text(kSort, "words").has(rule));
    EXPECT_FALSE(text("operations: [{operation: filter, condition: \"a == 2\"}]").has(rule));
    EXPECT_FALSE(text("operations: [{operation: aggregate, function: count}]").has(rule));
}

TEST(ResultRules, OperationsNeedTheirFields) {
    const auto operation = [](const std::string& fields, const std::string& source = "l") {
        return RuleSample(
            file(line(kLists) + transform("operations: [{operation: " + fields + "}]", source)));
    };
    const std::string rule = "effect.operation";
    EXPECT_EQ(operation("join, left_field: a").at(rule), "join");
    EXPECT_FALSE(operation("join, left_field: a, right_source: v, join_key: a").has(rule));
    EXPECT_TRUE(operation("sort").has(rule));
    EXPECT_FALSE(operation("sort, field: a").has(rule));
    EXPECT_TRUE(operation("map, field: a").has(rule));
    EXPECT_FALSE(operation("map, mapping: {b: 2}").has(rule));
    EXPECT_TRUE(operation("map, mapping: {b: 2}", "words").has(rule));
    EXPECT_FALSE(operation("map, field: a, mapping: {b: 2}").has(rule));
}

std::string child(const std::string& inputs, const std::string& step) {
    return file(line("{name: p, type: pipeline, inputs: {" + inputs +
                     "}, pipeline: {name: k, steps: [" + step + "]}}"));
}

TEST(ResultRules, InputsAreTypedToo) {
    const auto used = [](const std::string& inputs, const std::string& content) {
        return RuleSample(
            child(inputs, "{name: z, type: claude_smart, prompt: [{type: static, content: \"" +
                              content + "\"}]}"));
    };
    EXPECT_TRUE(used("m: {a: 1}", "Use {{inputs.m}}").has("template.whole-mapping"));
    EXPECT_TRUE(used("m: {a: 1}", "{{inputs.m}}").has("template.whole-mapping"));
    EXPECT_TRUE(used("m: [{a: 1}]", "Use {{inputs.m}}").has("template.whole-mapping"));
    EXPECT_TRUE(used("m: [a, b]", "Use {{inputs.m}}").has("template.whole-list"));
    EXPECT_EQ(used("m: ~", "Use {{inputs.m}}").at("template.unknown-input"), "{{inputs.m}}");
    for (const char* fine : {"m: 3", "m: text", "m: \"{{steps.x.y}}\""})
        EXPECT_THAT(used(fine, "Use {{inputs.m}}").codes({"template."}), IsEmpty()) << fine;
    EXPECT_THAT(used("m: {a: 1}", "Use {{inputs.m.a}}").codes({"template."}), IsEmpty());
    EXPECT_TRUE(used("m: {a: {b: 1}}", "Use {{inputs.m.a}}").has("template.whole-mapping"));
    EXPECT_THAT(RuleSample(child("m: {a: 1}",
                                 "{name: z, type: set_variable, variables: {q: "
                                 "\"{{inputs.m}}\"}}"))
                    .codes({"template."}),
                IsEmpty());
}

TEST(ResultRules, TheContentOfANestedPromptBecomesTextTogether) {
    const auto nested = [](const std::string& step) {
        return RuleSample(child(
            "m: 1", "{name: v, type: set_variable, variables: {n: 1}}, {name: z, " + step + "}"));
    };
    const std::string content =
        "type: claude_smart, prompt: [{type: static, content: \"{{steps.v}}\"}]";
    EXPECT_EQ(nested(content).at("template.whole-result"), "{{steps.v}}");
    EXPECT_THAT(
        nested("type: set_variable, variables: {content: \"{{steps.v}}\"}").codes({"template."}),
        IsEmpty());
}

TEST(ResultRules, AnInputThatKeepsItsTypeIsNoText) {
    const auto used = [](const std::string& step) {
        return RuleSample(
            child("n: 3, s: x, f: true, m: {a: 1}",
                  "{name: v, type: set_variable, variables: {q: 1}}, {name: z, " + step + "}"));
    };
    const std::string rule = "field.type-fails";
    const auto listing = [](const std::string& path) {
        return "type: file_ops, operation: list, path: \"" + path + "\"";
    };
    const auto part = [](const std::string& fields) {
        return "type: claude_smart, prompt: [{" + fields + "}]";
    };
    const std::string extract = "type: previous_response, step: v, extract: ";
    EXPECT_EQ(used(listing("{{inputs.n}}")).message(rule),
              "`{{inputs.n}}` is a number, and `path` must be a text.");
    EXPECT_TRUE(used(listing("{{inputs.m.a}}")).has(rule));
    EXPECT_TRUE(used(part("type: file, path: \"{{inputs.n}}\"")).has(rule));
    EXPECT_TRUE(used(part("type: file, path: 3")).has(rule));
    EXPECT_TRUE(used(part(extract + "\"{{inputs.n}}\"")).has(rule));
    for (const auto& fine :
         {listing("{{inputs.s}}"), listing("a/{{inputs.n}}"), part(extract + "\"{{inputs.f}}\""),
          part("type: static, content: \"{{inputs.n}}\""),
          std::string("type: set_variable, variables: {path: \"{{inputs.n}}\"}")})
        EXPECT_FALSE(used(fine).has(rule)) << fine;
}

TEST(ResultRules, WhatTheFileKnowsIsFilledInAsTextInANestedPipeline) {
    const auto nested = [](const std::string& value) {
        std::string text = file(
            line("{name: v, type: set_variable, variables: {w: {a: 1}}}") +
            line("{name: p, type: pipeline, inputs: {m: {a: 1}}, pipeline: {name: k, global_vars: "
                 "{own: {a: 1}}, steps: [{name: z, type: set_variable, variables: {n: 1}}, {name: "
                 "y, type: set_variable, variables: {q: \"" +
                 value + "\"}}]}}"));
        text.insert(text.find("  steps:"), "  global_vars: {all: {a: 1}}\n");
        return RuleSample(text).at("template.whole-result-alone");
    };
    for (const char* value : {"{{global_vars.all}}", "{{state.w}}", "{{w}}", "{{steps.v}}"})
        EXPECT_EQ(nested(value), value);
    for (const char* value :
         {"{{inputs.m}}", "{{global_vars.own}}", "{{steps.z}}", "{{state.w.a}}"})
        EXPECT_EQ(nested(value), "-") << value;
}

TEST(ResultRules, AnInputHasThePartsThatAreWritten) {
    const std::string rule = "template.unknown-input";
    const auto used = [](const std::string& inputs, const std::string& path) {
        return RuleSample(child(inputs,
                                "{name: z, type: claude_smart, prompt: [{type: static, content: "
                                "\"Use {{inputs.m." +
                                    path + "}}\"}]}"));
    };
    EXPECT_EQ(used("m: {size: 1}", "siez").message(rule), "The input `m` has no value for `siez`.");
    EXPECT_THAT(used("m: {size: 1}", "siez").fixed(rule), HasSubstr("{{inputs.m.size}}"));
    for (const char* inputs : {"m: text", "m: 3", "m: [a]", "m: {a: {c: 1}}", "m: {a: {b: ~}}",
                               "m: {a: {b: false}}", "m: {}"})
        EXPECT_TRUE(used(inputs, "a.b").has(rule)) << inputs;
    for (const char* inputs : {"m: {a: {b: x}}", "m: {a: {b: 0}}", "m: {a: {b: true}}",
                               "m: \"{{steps.x.y}}\"", "m: {a: \"{{n}}\"}"})
        EXPECT_FALSE(used(inputs, "a.b").has(rule)) << inputs;
}

TEST(ResultRules, AnOutputThatIsATextNamesAStep) {
    const auto pipeline = [](const std::string& output) {
        return file(line("{name: p, type: pipeline, outputs: [" + output +
                         "], pipeline: {name: k, steps: [{name: z, type: claude_smart, " + kPrompt +
                         "}]}}"));
    };
    RuleSample dotted(pipeline("z.text"));
    EXPECT_EQ(dotted.at("reference.output-missing"), "z.text");
    EXPECT_EQ(RuleSample(dotted.fixed("reference.output-missing")).codes(kRules).size(), 0u);
    EXPECT_THAT(RuleSample(pipeline("z")).codes(kRules), IsEmpty());
    EXPECT_THAT(RuleSample(pipeline("{path: z.text, as: text}")).codes(kRules), IsEmpty());
    const NamedFiles files(
        {{"child.yaml", file(line("{name: z, type: claude_smart, " + kPrompt + "}"))}});
    const auto called = [&](const std::string& output) {
        return Checked(file(line("{name: p, type: pipeline, pipeline_file: child.yaml, outputs: [" +
                                 output + "]}")),
                       &files);
    };
    EXPECT_TRUE(called("z.text").has("file.output-missing"));
    EXPECT_FALSE(called("z").has("file.output-missing"));
}

TEST(ResultRules, AFileNameIsAText) {
    const auto saved = [](const std::string& value) {
        return RuleSample(sampleOf("    - {name: a, type: claude, output_to_file: " + value +
                                   ", prompt: [{type: static, content: x}]}\n"));
    };
    const std::string rule = "field.type-fails";
    EXPECT_THAT(saved("3").fixed(rule), HasSubstr("output_to_file: \"3\""));
    EXPECT_TRUE(saved("true").has(rule));
    for (const char* fine : {"out.txt", "false", "~", "'3'"})
        EXPECT_FALSE(saved(fine).has(rule)) << fine;
    EXPECT_FALSE(RuleSample(sampleOf("    - {name: l, type: for_loop, iterator: x, data_source: "
                                     "y, steps: [{name: a, type: claude, output_to_file: 3, "
                                     "prompt: [{type: static, content: x}]}]}\n"))
                     .has(rule));
}

TEST(ResultRules, SomePathsLeadToAnotherPlace) {
    const std::string rule = "file.other-place";
    const auto saved = [](const std::string& path, const std::string& head = "") {
        return RuleSample(file(
            line("{name: a, type: claude_smart, output_to_file: " + path + ", " + kPrompt + "}"),
            head));
    };
    EXPECT_THAT(saved("/tmp/r.json").find("file.other-place")->message,
                HasSubstr("`outputs/tmp/r.json`"));
    EXPECT_TRUE(saved("~/r.json").has(rule));
    EXPECT_TRUE(saved("outputs/r.json").has(rule));
    EXPECT_TRUE(saved("./res/r.json", "  defaults: {output_dir: ./res/}\n").has(rule));
    for (const char* fine : {"r.json", "out/r.json", "../r.json", "\"{{state.f}}\""})
        EXPECT_FALSE(saved(fine).has(rule)) << fine;
    const auto read = [](const std::string& path, const std::string& head = "") {
        return RuleSample(
            file(line("{name: a, type: claude_smart, output_to_file: plan.json, " + kPrompt + "}") +
                     line("{name: f, type: file_ops, operation: copy, source: " + path +
                          ", destination: x}"),
                 head));
    };
    RuleSample twice = read("./workspace/in.csv");
    EXPECT_THAT(twice.fixed(rule), HasSubstr("source: ./in.csv"));
    EXPECT_TRUE(read("ws/in.csv", "  workspace_dir: ./ws\n").has(rule));
    EXPECT_TRUE(read("outputs/plan.json").has(rule));
    EXPECT_TRUE(read("~/in.csv").has(rule));
    for (const char* fine :
         {"in.csv", "/tmp/workspace/in.csv", "outputs/other.json", "workspaces/a"})
        EXPECT_FALSE(read(fine).has(rule)) << fine;
    EXPECT_FALSE(read("workspace/in.csv", "  workspace_dir: ./ws\n").has(rule));
}

TEST(ResultRules, ANestedPipelineHasSettingsOfItsOwn) {
    const std::string rule = "effect.not-inherited";
    const std::string head = "  workspace_dir: ./ws\n  defaults: {claude_preset: analysis}\n";
    const auto nested = [&](const std::string& own, const std::string& step) {
        return RuleSample(file(line("{name: p, type: pipeline, pipeline: {name: k, " + own +
                                    "steps: [" + step + "]}}"),
                               head));
    };
    const std::string list = "{name: f, type: file_ops, operation: list, path: a}";
    EXPECT_THAT(nested("", list).find(rule)->message, HasSubstr("`workspace_dir`"));
    EXPECT_TRUE(nested("", "{name: f, type: claude_batch, tasks: []}").has(rule));
    EXPECT_FALSE(nested("workspace_dir: ./ws, ", list).has(rule));
    EXPECT_FALSE(RuleSample(file(line("{name: p, type: pipeline, pipeline: {name: k, steps: [" +
                                      list + "]}}"),
                                 "  workspace_dir: ./workspace\n"))
                     .has(rule));
    EXPECT_FALSE(nested("", "{name: f, type: claude, " + kPrompt + "}").has(rule));
    EXPECT_FALSE(
        nested("", "{name: f, type: claude_smart, preset: chat, " + kPrompt + "}").has(rule));
}

TEST(ResultRules, SomeLimitsStopANestedPipelineAtOnce) {
    const auto limited = [](const std::string& config) {
        return RuleSample(
            file(line("{name: p, type: pipeline, config: {" + config +
                      "}, pipeline: {name: k, steps: [{name: z, type: claude_smart, " + kPrompt +
                      "}, {name: y, type: claude_smart, " + kPrompt + "}]}}")));
    };
    const std::string rule = "effect.nested-limit";
    EXPECT_EQ(limited("max_depth: 0").at(rule), "0");
    EXPECT_EQ(limited("max_total_steps: 1").at(rule), "1");
    EXPECT_FALSE(limited("max_total_steps: 2, max_depth: 1").has(rule));
}

TEST(ResultRules, PipelinesWithoutANameAreNoCycle) {
    const auto nested = [](const std::string& outer, const std::string& inner) {
        return RuleSample(
            file(line("{name: p, type: pipeline, pipeline: {" + outer +
                      "steps: [{name: q, type: pipeline, pipeline: {" + inner +
                      "steps: [{name: z, type: claude_smart, " + kPrompt + "}]}}]}}")));
    };
    const std::string rule = "file.same-name";
    EXPECT_FALSE(nested("", "").has(rule));
    EXPECT_FALSE(nested("name: k, ", "").has(rule));
    EXPECT_TRUE(nested("name: k, ", "name: k, ").has(rule));
    EXPECT_TRUE(nested("name: k, ", "name: sample, ").has(rule));
    // Behind a pipeline without a name the engine has forgotten those around it.
    EXPECT_FALSE(nested("", "name: sample, ").has(rule));
    EXPECT_TRUE(nested("name: unnamed_nested_pipeline, ", "").has(rule));
    EXPECT_TRUE(nested("", "name: parent_pipeline, ").has(rule));
}

const std::string kListed = line("{name: ls, type: file_ops, operation: list, path: .}");

std::vector<std::string> partsFound(const std::string& use) {
    return after(kListed, use).codes({"reference.", "condition."});
}

TEST(ResultRules, NoPathGoesIntoATextOrANumber) {
    for (const auto& use : {when("ls.path.x == 1"), when("ls.count.x == 1"), when("ls.files.x"),
                            extract("ls", "operation.x"), loop("ls:path.x"), loop("ls:files.name"),
                            transform("output_field: o", "\"previous_response:ls:path.x\""),
                            say("{{steps.ls.path.x}}"), say("{{steps.ls.count.x}}")})
        EXPECT_THAT(partsFound(use), ::testing::ElementsAre(kPart)) << use;
}

TEST(ResultRules, NothingInAListHasAName) {
    for (const auto& use :
         {extract("ls", "files.0"), extract("ls", "files.length"), say("{{steps.ls.files.0}}"),
          say("{{steps.ls.files.length}}"), loop("ls:files.0"), when("ls.files.0 == 'a'")})
        EXPECT_THAT(partsFound(use), ::testing::ElementsAre("reference.path-index")) << use;
}

TEST(ResultRules, APathMayEndAtAListOrAskForItsLength) {
    for (const auto& use :
         {when("ls.files.length > 0"), when("ls.path.length > 0"), when("ls.pattern.x == 1"),
          extract("ls", "files"), extract("ls", "files.0, strict: false"), loop("ls:files")})
        EXPECT_THAT(partsFound(use), IsEmpty()) << use;
    const std::string unknown = line(
        "{name: d, type: data_transform, input_source: \"previous_response:ls:pattern\", "
        "output_field: o}");
    EXPECT_FALSE(after(kListed + unknown, extract("d", "o.x")).has(kPart));
}

const std::string kLooped =
    line(kLists) +
    line(
        "{name: o, type: for_loop, iterator: x, data_source: words, steps: [{name: b, type: "
        "claude_smart, " +
        kPrompt + "}]}");

TEST(ResultRules, NoPathGoesIntoTheRoundsOfALoop) {
    EXPECT_TRUE(after(kLooped, extract("o", "iterations.0")).has("reference.path-index"));
    EXPECT_TRUE(after(kLooped, say("{{steps.o.iterations.0}}")).has("reference.path-index"));
    EXPECT_TRUE(after(kLooped, when("o.success.x == 1")).has(kPart));
    EXPECT_FALSE(after(kLooped, extract("o", "iterations")).has("reference.path-index"));
}

TEST(ResultRules, AComparisonOfAnotherKindNeverHolds) {
    for (const char* condition :
         {"o.success == 'true'", "o.success > 0", "o.iterations > 0", "o.total_items == '2'",
          "v.scope == 1", "'1' == v.variable_count", "v.variables_set == 'n'"})
        EXPECT_TRUE(after(kLooped, when(condition)).has("effect.never-runs")) << condition;
}

TEST(ResultRules, AComparisonThatMayHoldIsNoAlarm) {
    for (const char* condition :
         {"o.success == true", "o.success != 'true'", "o.iterations.length > 0",
          "o.iterations == null", "v.variable_count > 0", "v.scope == 'global'",
          "v.scope == o.success", "length(o.iterations) > 0", "v.scope == '{{state.n}}'",
          "o.unknown == 1", "v.variables_set contains 'n'", "o.success == false"})
        EXPECT_FALSE(after(kLooped, when(condition)).has("effect.never-runs")) << condition;
}

}  // namespace
}  // namespace pe::testing
