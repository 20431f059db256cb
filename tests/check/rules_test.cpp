// SPDX-License-Identifier: MIT
// The rules about fields, names, YAML and schemas, each by what it finds and what it lets pass.
#include <gtest/gtest.h>

#include "checked.hpp"
#include "nearest.hpp"
#include "pe/testing/named_files.hpp"
#include "scalar_part.hpp"

namespace pe::check {
namespace {

using testing::Checked;
using testing::fixedText;
using testing::NamedFiles;
using testing::pipelineOf;

// A claude step with more lines.
std::string claude(const std::string& lines) {
    return pipelineOf("- name: ask\n  type: claude\n  prompt: [{type: static, content: hi}]\n" +
                      lines);
}

TEST(FieldRules, ASlipInAFieldIsRenamed) {
    const Checked checked(claude("  claude_option: {max_turns: 1}\n"));
    EXPECT_EQ(checked.marked("field.unknown"), "claude_option");
    EXPECT_NE(checked.first("field.unknown").message.find("`claude_options`"), std::string::npos);
    EXPECT_EQ(fixedText(claude("  claude_option: {max_turns: 1}\n")),
              claude("  claude_options: {max_turns: 1}\n"));
}

TEST(FieldRules, AnUnknownSectionIsOneFindingOnItsKey) {
    const Checked checked(
        "workflow:\n  name: x\n  gadgets:\n    a: 1\n    b: {c: 2}\n"
        "  steps: [{name: a, type: claude, prompt: [{type: static, content: hi}]}]\n");
    ASSERT_EQ(checked.all().size(), 1u);
    EXPECT_EQ(checked.marked("field.unknown"), "gadgets");
}

TEST(FieldRules, NamesOfTheAuthorAreLeftAlone) {
    EXPECT_TRUE(Checked(claude("  x-owner: me\n  _note: mine\n")).all().empty());
}

TEST(FieldRules, AFieldAtTheWrongPlaceMovesOnRequest) {
    const Checked checked(claude("  max_turns: 3\n"));
    const Diagnostic found = checked.first("field.misplaced");
    ASSERT_EQ(found.fixes.size(), 1u);
    EXPECT_EQ(found.fixes[0].title, "Move into `claude_options`");
    EXPECT_FALSE(found.fixes[0].safe);
}

TEST(FieldRules, AFieldOfAnotherTypeSaysOfWhich) {
    const Checked checked(claude("  parallel_tasks: []\n"));
    EXPECT_NE(checked.first("field.other-type").message.find("`parallel_claude`"),
              std::string::npos);
}

TEST(FieldRules, NumbersTruthAndListsInQuotesAreCorrected) {
    EXPECT_EQ(fixedText(claude("  claude_options:\n"
                               "    max_turns: '7'\n"
                               "    verbose: yes\n"
                               "    allowed_tools: Read\n")),
              claude("  claude_options:\n"
                     "    max_turns: 7\n"
                     "    verbose: true\n"
                     "    allowed_tools:\n"
                     "      - Read\n"));
}

TEST(FieldRules, TemplatesFitEverywhere) {
    const Checked checked(claude("  claude_options: {max_turns: \"{{inputs.turns}}\"}\n"));
    EXPECT_FALSE(checked.has("field.type"));
}

TEST(FieldRules, WordsOutsideOfAChoiceGetTheNearest) {
    const Checked checked(claude("  claude_options: {output_format: jsonn}\n"));
    const Diagnostic found = checked.first("field.choice");
    ASSERT_FALSE(found.fixes.empty());
    EXPECT_EQ(found.fixes[0].title, "Change to `json`");
    EXPECT_FALSE(
        Checked(claude("  claude_options: {output_format: stream-json}\n")).has("field.choice"));
    EXPECT_FALSE(Checked(claude("  claude_options: {model: my-own-model}\n")).has("field.choice"));
}

TEST(FieldRules, DocumentedOperationsThatFailAreErrors) {
    const Checked checked(
        pipelineOf("- name: t\n  type: data_transform\n  input_source: x\n"
                   "  operations:\n    - operation: flatten\n"));
    EXPECT_EQ(checked.marked("field.choice-fails"), "flatten");
    const Checked convert(
        pipelineOf("- name: f\n  type: file_ops\n  operation: convert\n  source: a.xml\n"
                   "  destination: a.json\n  format: xml_to_json\n"));
    EXPECT_TRUE(convert.has("field.choice-fails"));
}

TEST(FieldRules, NumbersOutOfBoundsAreFound) {
    EXPECT_TRUE(Checked(claude("  claude_options: {max_turns: 0}\n")).has("field.bounds"));
    const Checked loop(
        pipelineOf("- name: l\n  type: while_loop\n  condition: l.ok == true\n"
                   "  max_iterations: 5000\n  steps: []\n"));
    EXPECT_EQ(loop.marked("field.bounds"), "5000");
}

TEST(FieldRules, WhatAStepCannotDoWithoutIsAskedFor) {
    const Checked checked(pipelineOf("- name: l\n  type: for_loop\n  iterator: x\n"));
    EXPECT_EQ(checked.count("field.missing"), 2u);
    EXPECT_EQ(Checked(pipelineOf("- name: p\n  type: pipeline\n")).count("field.missing"), 1u);
    const Checked copy(pipelineOf("- name: c\n  type: file_ops\n  operation: copy\n  source: a\n"));
    EXPECT_NE(copy.first("field.missing").message.find("`destination`"), std::string::npos);
}

TEST(FieldRules, WhatStandsForAStepInsideAnotherIsAMapping) {
    const auto inside = [](const std::string& item) {
        return Checked(
            pipelineOf("- name: l\n  type: while_loop\n  condition: a.b == 1\n"
                       "  max_iterations: 2\n  steps:\n    - " +
                       item + "\n"));
    };
    EXPECT_EQ(inside("hello").marked("field.type"), "hello");
    EXPECT_EQ(inside("[a]").marked("field.type"), "[a]");
    EXPECT_FALSE(inside("{name: a, type: set_variable, variables: {b: 1}}").has("field.type"));
    EXPECT_TRUE(Checked(pipelineOf("- name: p\n  type: pipeline\n  pipeline: {steps: [a]}\n"))
                    .has("field.type"));
    EXPECT_FALSE(Checked(pipelineOf("- hello\n")).has("field.type")) << "the loader says so";
}

TEST(FieldRules, APipelineInPlaceNeedsItsListOfSteps) {
    const auto text = [](const std::string& pipeline) {
        return pipelineOf("- name: p\n  type: pipeline\n  pipeline: " + pipeline + "\n");
    };
    for (const char* lacking : {"{name: c}", "{}", "{workflow: x}", "{workflow: {name: c}}"})
        EXPECT_EQ(Checked(text(lacking)).marked("field.missing"), "pipeline") << lacking;
    const Checked beside(text("{workflow: {name: c}, steps: []}"));
    EXPECT_NE(beside.first("field.missing").message.find("beside"), std::string::npos);
    EXPECT_EQ(Checked(text("{name: c, steps: {a: b}}")).marked("field.type-fails"), "{a: b}");
    EXPECT_FALSE(Checked(text("{workflow: {name: c, steps: []}}")).has("field.missing"));
}

TEST(FieldRules, WhereOnlyTextIsReadANumberStopsTheStep) {
    const auto fails = [](const std::string& lines) {
        return Checked(pipelineOf("- name: s\n" + lines)).marked("field.type-fails");
    };
    EXPECT_EQ(fails("  type: for_loop\n  iterator: i\n  data_source: 5\n  steps: []\n"), "5");
    EXPECT_EQ(fails("  type: for_loop\n  iterator: true\n  data_source: a\n  steps: []\n"), "true");
    EXPECT_EQ(fails("  type: data_transform\n  input_source: 5\n"), "5");
    EXPECT_EQ(fails("  type: pipeline\n  pipeline_file: 5\n"), "5");
    EXPECT_EQ(fails("  type: file_ops\n  operation: delete\n  path: 5\n"), "5");
    EXPECT_EQ(fails("  type: set_variable\n  variables: [x]\n"), "[x]");
    EXPECT_TRUE(
        Checked(pipelineOf(
                    "- name: s\n  type: data_transform\n  input_source: a\n  operations: [null]\n"))
            .has("field.type"));
}

TEST(FieldRules, SectionsBesideWorkflowAreReadByNothing) {
    const Checked checked("steps_extra: 1\n" + claude(""));
    EXPECT_EQ(checked.marked("field.outside-workflow"), "steps_extra");
    EXPECT_TRUE(Checked("x-shared: &a {b: 1}\n" + claude("")).count("field.outside-workflow") == 0);
}

TEST(NameRules, LaterStepsOfTheSameNameAreFound) {
    const std::string step = "- name: a\n  type: set_variable\n  variables: {x: 1}\n";
    const Checked checked(pipelineOf(step + step));
    EXPECT_EQ(checked.count("name.duplicate"), 1u);
    EXPECT_EQ(checked.path("name.duplicate"), "/workflow/steps/1/name");
}

TEST(NameRules, AnInnerStepMayHideAnOuterOne) {
    const Checked checked(
        pipelineOf("- name: a\n  type: set_variable\n  variables: {x: 1}\n"
                   "- name: l\n  type: for_loop\n  iterator: i\n  data_source: a:x\n"
                   "  steps:\n    - name: a\n      type: claude\n"));
    EXPECT_EQ(checked.count("name.shadowed"), 1u);
    EXPECT_EQ(checked.count("name.duplicate"), 0u);
}

TEST(NameRules, TasksOfOneIdReplaceEachOther) {
    const Checked checked(
        pipelineOf("- name: p\n  type: parallel_claude\n  parallel_tasks:\n"
                   "    - {id: a, prompt: [{type: static, content: x}]}\n"
                   "    - {id: a, prompt: [{type: static, content: y}]}\n"));
    EXPECT_EQ(checked.count("name.task-duplicate"), 1u);
}

TEST(YamlRules, EqualKeysAreFoundAndEqualValuesFixed) {
    EXPECT_EQ(fixedText(claude("  role: brain\n  role: brain\n")), claude("  role: brain\n"));
    const std::string different = claude("  role: brain\n  role: muscle\n");
    EXPECT_EQ(fixedText(different), different);
    EXPECT_EQ(Checked(different).count("yaml.duplicate-key"), 1u);
}

TEST(YamlRules, AMergeKeyIsWrittenOut) {
    const std::string before =
        "x-base: &base\n"
        "  type: claude\n"
        "  role: brain\n"
        "workflow:\n"
        "  name: x\n"
        "  steps:\n"
        "    - name: a\n"
        "      <<: *base\n"
        "      role: muscle\n"
        "      prompt: [{type: static, content: hi}]\n";
    const std::string fixed = fixedText(before);
    EXPECT_EQ(fixed.find("<<"), std::string::npos);
    EXPECT_TRUE(Checked(before).has("yaml.merge-key"));
    EXPECT_EQ(Checked(fixed).errors(), "");
    EXPECT_NE(fixed.find("role: muscle"), std::string::npos);
}

TEST(YamlRules, TemplatesWithoutQuotesGetThem) {
    EXPECT_EQ(fixedText(claude("  output_to_file: {{state.x}}\n")),
              claude("  output_to_file: \"{{state.x}}\"\n"));
    EXPECT_EQ(fixedText(claude("  output_to_file: {{state.x}}.txt\n")),
              claude("  output_to_file: \"{{state.x}}.txt\"\n"));
}

TEST(YamlRules, OtherTrapsAreFoundAndOrdinaryTextIsNot) {
    EXPECT_TRUE(Checked("a: 1\n---\n" + claude("")).has("yaml.several-documents"));
    EXPECT_TRUE(Checked(claude("  description: issue #12\n")).has("yaml.hash-begins-comment"));
    EXPECT_FALSE(Checked(claude("  description: issue # why\n")).has("yaml.hash-begins-comment"));
    EXPECT_TRUE(Checked(claude("  x-map: {true: 1}\n")).has("yaml.key-not-text"));
    EXPECT_TRUE(Checked(claude("  x-map: &a {b: 1}\n")).has("yaml.flow-anchor"));
    EXPECT_TRUE(Checked(claude("  x-list: &a []\n")).has("yaml.flow-anchor"));
    EXPECT_FALSE(Checked(claude("  x-map: &a\n    {b: 1}\n")).has("yaml.flow-anchor"));
    EXPECT_TRUE(Checked(claude("  x-number: !!int text\n")).has("yaml.tag-unreadable"));
    EXPECT_TRUE(Checked("workflow:\n  version: 1.10\n  name: x\n").has("yaml.number-loses-zero"));
    EXPECT_FALSE(Checked("workflow:\n  version: 1.0\n  name: x\n").has("yaml.number-loses-zero"));
}

TEST(YamlRules, WhatIsNoYamlIsAnErrorAtItsPlace) {
    const Checked checked("workflow:\n  name: \"open\n");
    EXPECT_FALSE(checked.errors().empty());
}

TEST(SchemaRules, SlipsInsideOfASchemaAreFound) {
    const Checked checked(
        claude("  output_schema:\n"
               "    type: strng\n"
               "    propertys: {a: {type: int}}\n"
               "    minLength: 5\n"
               "    maxLength: 2\n"
               "    required: true\n"));
    EXPECT_EQ(checked.marked("schema.type"), "strng");
    EXPECT_EQ(checked.marked("schema.keyword"), "propertys");
    EXPECT_EQ(checked.marked("schema.bounds"), "5");
    EXPECT_TRUE(checked.has("schema.shape"));
    const Checked good(
        claude("  output_schema:\n"
               "    type: object\n"
               "    properties: {a: {type: [string, 'null']}}\n"
               "    required: [a]\n"
               "    $comment: x\n"
               "    $defs: {b: {$ref: '#/$defs/b'}}\n"
               "    allOf: [{not: {minProperties: 1}}]\n"
               "    additionalProperties: false\n"));
    for (const Diagnostic& each : good.all())
        EXPECT_FALSE(each.code.starts_with("schema.")) << each.message;
    for (const char* deep :
         {"$defs: {a: {type: strng}}", "items: {type: strng}",
          "patternProperties: {a: {type: [strng]}}", "anyOf: [{if: {type: strng}}]"})
        EXPECT_EQ(Checked(claude(std::string("  output_schema:\n    ") + deep + "\n"))
                      .marked("schema.type"),
                  "strng")
            << deep;
}

std::string nesting(const std::string& name, const std::string& file) {
    return "workflow:\n  name: " + name +
           "\n  steps:\n    - name: inner\n      type: pipeline\n      pipeline_file: " + file +
           "\n";
}

TEST(FileRules, CyclesAreFollowedThroughFiles) {
    NamedFiles files;
    files.texts["b.yaml"] = nesting("b", "c.yaml");
    files.texts["c.yaml"] = nesting("c", "b.yaml");
    EXPECT_TRUE(Checked(nesting("a", "b.yaml"), &files).has("file.cycle"));
    files.texts["c.yaml"] = pipelineOf("- name: x\n  type: set_variable\n");
    EXPECT_FALSE(Checked(nesting("a", "b.yaml"), &files).has("file.cycle"));
    EXPECT_TRUE(Checked(nesting("b", "b.yaml"), &files).has("file.same-name"));
    files.texts["d.yaml"] = nesting("a", "e.yaml");
    EXPECT_TRUE(Checked(nesting("a", "d.yaml"), &files).has("file.same-name"));
    files.texts["f.yaml"] = nesting("f", "a.yaml");
    files.texts["a.yaml"] = nesting("a", "f.yaml");
    EXPECT_TRUE(Checked(nesting("a", "f.yaml"), &files).has("file.cycle"));
}

TEST(FileRules, WhatTheLoaderRefusesInANestedFileIsTold) {
    NamedFiles files;
    files.texts["b.yaml"] = pipelineOf("- name: x\n  type: claude\n  prompt: go\n");
    const Checked checked(nesting("a", "b.yaml"), &files);
    EXPECT_EQ(checked.marked("file.refused"), "b.yaml");
    EXPECT_NE(checked.first("file.refused").why.find("The engine says"), std::string::npos);
    files.texts["b.yaml"] = "workflow: {steps: [{name: x, type: set_variable}]}\n";
    EXPECT_TRUE(Checked(nesting("a", "b.yaml"), &files).has("file.refused"));
    files.texts["b.yaml"] = pipelineOf("- name: x\n  type: set_variable\n");
    EXPECT_FALSE(Checked(nesting("a", "b.yaml"), &files).has("file.refused"));
}

TEST(FileRules, TheFileOfATaskWithoutAPromptIsLookedUp) {
    const NamedFiles files;
    const auto batch = [](const std::string& task) {
        return pipelineOf("- name: b\n  type: claude_batch\n  tasks: [{" + task + "}]\n");
    };
    EXPECT_EQ(Checked(batch("file: gone.ex"), &files).marked("file.missing"), "gone.ex");
    EXPECT_TRUE(Checked(batch("file: 'lib/*.ex'"), &files).has("file.pattern"));
    EXPECT_FALSE(Checked(batch("file: gone.ex, prompt: hi"), &files).has("file.missing"));
    // A step before may write its result there.
    EXPECT_FALSE(Checked(batch("file: ./outputs/gone.md"), &files).has("file.missing"));
    EXPECT_FALSE(Checked(batch("file: workspace/gone.md"), &files).has("file.missing"));
}

TEST(FileRules, PathsAndOutputsAreLookedUp) {
    NamedFiles files;
    files.texts["b.yaml"] = nesting("b", "none.yaml");
    EXPECT_EQ(Checked(nesting("a", "gone.yaml"), &files).marked("file.missing"), "gone.yaml");
    EXPECT_TRUE(Checked(nesting("a", "folder"), &files).has("file.folder"));
    EXPECT_TRUE(Checked(nesting("a", "\"*.yaml\""), &files).has("file.pattern"));
    EXPECT_FALSE(Checked(nesting("a", "\"{{inputs.f}}\""), &files).has("file.missing"));
    const Checked outputs(nesting("a", "b.yaml") + "      outputs: [inner, {path: other.x}]\n",
                          &files);
    EXPECT_EQ(outputs.marked("file.output-missing"), "other.x");
}

TEST(FileRules, WhatAStepMayWriteIsNotMissing) {
    const NamedFiles files;
    const auto missing = [&](const std::string& path, const std::string& options = "{}") {
        const std::string writer =
            "- {name: w, type: claude, claude_options: " + options + ", prompt: []}\n";
        const auto found = [&](const std::string& step) {
            std::string text = pipelineOf(writer + step);
            text.insert(text.find("  steps:"), "  workspace_dir: ./ws\n");
            return Checked(text, &files).has("file.missing");
        };
        const bool part =
            found("- {name: p, type: claude, prompt: [{type: file, path: " + path + "}]}\n");
        EXPECT_EQ(found("- {name: q, type: pipeline, pipeline_file: " + path + "}\n"), part);
        return part;
    };
    EXPECT_FALSE(missing("./workspace/gen.yaml"));
    EXPECT_FALSE(missing("ws/gen.yaml"));
    EXPECT_FALSE(missing("gen/next.yaml", "{cwd: ./gen/}"));
    EXPECT_FALSE(missing("./gen/next.yaml", "{cwd: gen}"));
    EXPECT_TRUE(missing("gen/next.yaml"));
    EXPECT_TRUE(missing("gene/next.yaml", "{cwd: gen}"));
    EXPECT_TRUE(Checked(nesting("a", "\"workspace/*.yaml\""), &files).has("file.pattern"));
}

TEST(FileRules, ManyAbsentFilesOfAPromptAreOneFinding) {
    NamedFiles files;
    std::string parts;
    for (const char name : {'a', 'b', 'c', 'd'})
        parts += std::string("    - {type: file, path: ") + name + ".md}\n";
    const Checked checked(pipelineOf("- name: s\n  type: claude\n  prompt:\n" + parts), &files);
    EXPECT_EQ(checked.count("file.missing"), 1u);
    EXPECT_EQ(checked.path("file.missing"), "/workflow/steps/0/prompt");
}

TEST(Nearest, FindsSlipsAndNothingElse) {
    const std::vector<std::string_view> words{"prompt", "parallel_tasks", "claude_options", "name"};
    EXPECT_EQ(nearest("promt", words), "prompt");
    EXPECT_EQ(nearest("claudeOptions", words), "claude_options");
    EXPECT_EQ(nearest("parallel-tasks", words), "parallel_tasks");
    EXPECT_EQ(nearest("gadget", words), "");
    EXPECT_EQ(typingDistance("abcd", "abdc", 3), 1u);
    EXPECT_EQ(typingDistance("abc", "xyz123", 2), 3u);
    EXPECT_TRUE(isSlip("promtp", "prompt"));
    EXPECT_FALSE(isSlip("path", "as"));
}

std::string shownAt(const std::string& text, const std::string& word) {
    const yaml::Tree tree = yaml::parse(text);
    const yaml::NodeRef node = *yaml::resolve(tree, "/k");
    const yaml::Span value = tree.valueSpan(node);
    const std::string decoded = yaml::scalarText(tree, node);
    const std::size_t at = decoded.find(word);
    const yaml::Span part =
        shownPart(std::string_view(text).substr(value.begin, value.end - value.begin),
                  tree.lexeme(node), decoded, at, at + word.size());
    return text.substr(value.begin + part.begin, part.end - part.begin);
}

TEST(ScalarPart, FindsThePlaceInEveryStyle) {
    EXPECT_EQ(shownAt("k: one two\n", "two"), "two");
    EXPECT_EQ(shownAt("k: 'it''s two'\n", "two"), "two");
    EXPECT_EQ(shownAt("k: \"a\\n\\u00e4 \\\" two\"\n", "two"), "two");
    EXPECT_EQ(shownAt("k: &x |\n    one\n      two\n    three\n", "three"), "three");
    EXPECT_EQ(shownAt("k: |\n    one\n      two\n", "two"), "two");
    EXPECT_EQ(shownAt("k: >\n  one\n  two\n\n  three\n", "three"), "three");
    EXPECT_EQ(shownAt("k: one\n  two\n  three\n", "three"), "three");
}

TEST(FieldRules, APresetInTheOptionsOrOnAPlainClaudeStepHasNoEffect) {
    const Checked plain(claude("  preset: production\n"));
    EXPECT_FALSE(plain.has("field.misplaced"));
    EXPECT_TRUE(plain.has("field.other-type"));
    EXPECT_EQ(Checked(pipelineOf("- name: a\n  type: claude_smart\n"
                                 "  claude_options: {preset: production}\n"
                                 "  prompt: [{type: static, content: hi}]\n"))
                  .marked("effect.no-effect"),
              "preset");
}

TEST(FieldRules, ATruthValueIsNamedWhereAWordIsWanted) {
    const Checked checked(
        pipelineOf("- name: a\n  type: claude_smart\n  preset: true\n"
                   "  prompt: [{type: static, content: hi}]\n"));
    EXPECT_NE(checked.first("field.choice").message.find("not `true`"), std::string::npos);
}

TEST(FieldRules, ConversionsWithoutCodeAreNotOffered) {
    const Checked checked(
        pipelineOf("- {name: f, type: file_ops, operation: convert, source: a, destination: b, "
                   "format: json_to_yml}\n"));
    EXPECT_EQ(checked.first("field.choice-fails").message,
              "`format` must be csv_to_json, json_to_csv or yaml_to_json, not `json_to_yml`.");
    EXPECT_TRUE(checked.first("field.choice-fails").fixes.empty());
}

TEST(FieldRules, JsonLinesAreNoSlipOfJson) {
    const Checked checked(
        pipelineOf("- name: t\n  type: data_transform\n  input_source: x\n"
                   "  output_format: jsonl\n"));
    ASSERT_EQ(checked.first("field.choice").fixes.size(), 1u);
    EXPECT_FALSE(checked.first("field.choice").fixes[0].safe);
}

TEST(NameRules, ANumberIsQuotedWhereverItIsTheName) {
    const auto text = [](const std::string& name) {
        return pipelineOf("- name: " + name +
                          "\n  type: claude\n  prompt: [{type: static, content: hi}]\n"
                          "- name: b\n  type: claude\n"
                          "  prompt: [{type: previous_response, step: " +
                          name + "}]\n");
    };
    EXPECT_EQ(testing::textAfterFix(text("12"), "name.not-text", 0), text("\"12\""));
}

TEST(NameRules, NamesAndTypesMayBeAliases) {
    const std::string text =
        "x-name: &n shared\n" +
        pipelineOf(
            "- name: *n\n  type: &t claude_robust\n  prompt: [{type: static, content: x}]\n"
            "- name: b\n  type: claude_smart\n  condition: shared.ok == true\n"
            "  prompt: [{type: previous_response, step: shared}]\n"
            "- name: c\n  type: *t\n  retry_config: {backoff_strategy: constant}\n"
            "  prompt: [{type: static, content: '{{steps.shared.text}}'}]\n");
    const Checked checked(text);
    EXPECT_FALSE(checked.has("type.unknown"));
    EXPECT_FALSE(checked.has("reference.missing"));
    EXPECT_FALSE(checked.has("reference.template-missing"));
    EXPECT_TRUE(checked.has("field.choice-fails")) << "the rules of the type count";
    EXPECT_TRUE(Checked("x-name: &n s\n" + pipelineOf("- name: *n\n  type: checkpoint\n"
                                                      "- name: *n\n  type: checkpoint\n"))
                    .has("name.duplicate"));
}

TEST(NameRules, AStepThatStandsTwiceIsMarkedAtItsAlias) {
    const Checked checked(
        pipelineOf("- &s\n  name: a\n  type: claude\n"
                   "  prompt: [{type: static, content: hi}]\n- *s\n"));
    EXPECT_EQ(checked.marked("name.duplicate"), "*s");
    EXPECT_TRUE(checked.first("name.duplicate").fixes.empty());
}

TEST(Fixes, ThoseThatTakeCommentsAwayAreForTheAuthorToChoose) {
    const std::string ask =
        "- name: a\n  type: claude_smart\n  prompt: [{type: static, content: hi}]\n";
    for (const std::string& text :
         {pipelineOf(ask + "  claude_options:\n    system_prompt:\n      # why\n      - hello\n"),
          pipelineOf(ask + "  claude_options:\n    system_prompt:\n      - hello # why\n"),
          pipelineOf("- name: d\n  type: file_ops\n  operation: delete\n"
                     "  files:\n    - path: a # why\n"),
          "x-base: &b\n  role: brain\n" + pipelineOf(ask + "  <<: *b # why\n"),
          pipelineOf(ask + "  role: brain\n  role: brain # why\n")})
        EXPECT_EQ(fixedText(text), text);
}

TEST(NameRules, WhatTheEngineStoresItselfReplacesTheAuthorsOwn) {
    const auto loop = [](const std::string& iterator, const std::string& body) {
        return "- {name: l, type: for_loop, iterator: " + iterator + ", data_source: v, steps: [" +
               body + "]}\n";
    };
    const std::string set = "- {name: s, type: set_variable, variables: {v: [1]}}\n";
    const std::string step = "{name: b, type: claude_smart, prompt: []}";
    EXPECT_EQ(Checked(pipelineOf(set + loop("index", step))).marked("name.reserved"), "index");
    for (const char* good : {"item", "parent", "count", "iteration"})
        EXPECT_FALSE(Checked(pipelineOf(set + loop(good, step))).has("name.reserved")) << good;
    const std::string inner =
        "{name: m, type: for_loop, iterator: parent, data_source: v, steps: [" + step + "]}";
    EXPECT_TRUE(Checked(pipelineOf(set + loop("item", inner))).has("name.reserved"));
    const auto transform = [&](const std::string& name, const std::string& more) {
        return Checked(pipelineOf(set + "- {name: " + name +
                                  ", type: data_transform, input_source: v, operations: []" + more +
                                  "}\n"));
    };
    EXPECT_TRUE(transform("t", ", output_field: metadata").has("name.reserved"));
    EXPECT_TRUE(transform("metadata", "").has("name.reserved"));
    EXPECT_FALSE(transform("metadata", ", output_field: x").has("name.reserved"));
    EXPECT_FALSE(transform("t", "").has("name.reserved"));
}

TEST(FieldRules, AValueThatStopsTheStepIsAnError) {
    const auto found = [](const std::string& step) { return Checked(pipelineOf(step)); };
    const std::string pipeline =
        "- name: p\n  type: pipeline\n  pipeline: {name: c, steps: [{name: x, type: claude_smart, "
        "prompt: []}]}\n  inputs: ";
    for (const char* bad : {"[a, b]", "[]", "hello", "5"})
        EXPECT_TRUE(found(pipeline + bad + "\n").has("field.type-fails")) << bad;
    for (const char* good : {"{a: 1}", "{}", "null", "false"})
        EXPECT_FALSE(found(pipeline + good + "\n").has("field.type-fails")) << good;
    const std::string prompt = "- name: a\n  type: claude_smart\n  prompt:\n    - ";
    for (const char* bad : {"{a: 1}", "[{a: 1}]"})
        EXPECT_TRUE(
            found(prompt + "{type: static, content: " + bad + "}\n").has("field.type-fails"))
            << bad;
    for (const char* good : {"[a, b]", "5", "true", "text"})
        EXPECT_FALSE(
            found(prompt + "{type: static, content: " + good + "}\n").has("field.type-fails"))
            << good;
    const std::string part = prompt + "{type: previous_response, step: b, extract: ";
    for (const char* bad : {"0", "true", "[x]", "{x: 1}"})
        EXPECT_TRUE(found(part + bad + "}\n").has("field.type-fails")) << bad;
    for (const char* good : {"x", "'0'", "false", "null"})
        EXPECT_FALSE(found(part + good + "}\n").has("field.type-fails")) << good;
}

}  // namespace
}  // namespace pe::check
