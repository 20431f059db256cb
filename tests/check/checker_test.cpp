// SPDX-License-Identifier: MIT
#include "pe/check/checker.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "checked.hpp"
#include "pe/check/settings.hpp"
#include "pe/testing/corpus.hpp"

namespace pe::check {
namespace {

using testing::Checked;
using testing::fixedText;
using testing::pipelineOf;

const std::string kSample =
    "workflow:\n"
    "  name: sample\n"
    "  gemini_functions:\n"
    "    look:\n"
    "      description: d\n"
    "      parameters: {type: object}\n"
    "  steps:\n"
    "    - name: first\n"
    "      type: claude\n"
    "      max_turns: 3\n"
    "      prompt:\n"
    "        - type: static\n"
    "          content: \"{{steps.second.result}} and {{state.count}}\"\n"
    "    - name: count\n"
    "      type: set_variable\n"
    "      variables:\n"
    "        count: 1\n"
    "    - name: loop\n"
    "      type: for_loop\n"
    "      iterator: item\n"
    "      data_source: first:items\n"
    "      steps:\n"
    "        - name: second\n"
    "          type: gemini\n"
    "          condition: first.ok == true\n"
    "          prompt: text\n"
    "    - name: second\n"
    "      type: gemini\n"
    "      condition: steps.first.ok\n"
    "      prompt:\n"
    "        - type: previous_response\n"
    "          step: first\n"
    "        - type: static\n"
    "          content: |\n"
    "            {{loop.item}}\n"
    "            {{steps.nobody.result}}\n";

// Aliases, keys and values that the engine's reader judges by what stands beside them, results that
// may be missing.
const std::string kWoven =
    "workflow:\n"
    "  name: woven\n"
    "  x-part: &part\n"
    "    type: previous_response\n"
    "    step: first\n"
    "    extract: text\n"
    "  steps:\n"
    "    - name: first\n"
    "      type: claude\n"
    "      condition: state.go == 1\n"
    "      prompt:\n"
    "        - {type: static, content: }\n"
    "      max_turns: 3\n"
    "    - name: inner\n"
    "      type: pipeline\n"
    "      inputs: {a: 1}\n"
    "      pipeline:\n"
    "        steps:\n"
    "          - name: one\n"
    "            type: gemini\n"
    "            prompt: &text \"{{steps.first.result}}\"\n"
    "    - name: last\n"
    "      type: gemini\n"
    "      condition: inner.ok == 1\n"
    "      prompt:\n"
    "        - *part\n"
    "        - type: static\n"
    "          content: *text\n"
    "        - type: previous_response\n"
    "          step: first\n"
    "          extract: text\n";

// Steps that know the data, the folders and the settings of others.
const std::string kKnown =
    "workflow:\n"
    "  name: known\n"
    "  workspace_dir: ./ws\n"
    "  defaults: {output_dir: out, claude_preset: chat}\n"
    "  environment: {mode: production}\n"
    "  steps:\n"
    "    - {name: v, type: set_variable, variables: {l: [{a: 1}], n: 3}}\n"
    "    - name: d\n"
    "      type: data_transform\n"
    "      input_source: l\n"
    "      operations: [{operation: filter, field: a}]\n"
    "      output_field: kept\n"
    "    - {name: e, type: data_transform, input_source: 'previous_response:d:kept'}\n"
    "    - {name: f, type: file_ops, operation: list, path: ws/x, source: out/r.json}\n"
    "    - name: g\n"
    "      type: for_loop\n"
    "      iterator: it\n"
    "      data_source: 'd:kept'\n"
    "      steps:\n"
    "        - name: h\n"
    "          type: claude\n"
    "          output_to_file: r.json\n"
    "          prompt:\n"
    "            - {type: previous_response, step: loop, extract: it.a}\n"
    "            - {type: previous_response, step: f, extract: files}\n"
    "            - {type: previous_response, step: loop, extract: it.b}\n"
    "    - {name: c, type: claude, condition: f.operation == 'copy', prompt: []}\n"
    "    - {name: s, type: set_variable, variables: {t: x}, condition: f.count > 3}\n"
    "    - name: w\n"
    "      type: for_loop\n"
    "      iterator: x\n"
    "      condition: f.count > 3\n"
    "      data_source: t\n"
    "      break_condition: loop.x.a == 1\n"
    "      steps: [{name: k, type: for_loop, iterator: y, data_source: t, steps: []}]\n"
    "    - name: p\n"
    "      type: pipeline\n"
    "      inputs: {m: {a: 1}, k: '{{steps.e.e}}'}\n"
    "      outputs: [z, {path: z.text}]\n"
    "      pipeline:\n"
    "        name: child\n"
    "        steps:\n"
    "          - name: z\n"
    "            type: claude_smart\n"
    "            output_to_file: out/z.json\n"
    "            condition: {and: [d.ok, f.count > 1]}\n"
    "            prompt: [{type: static, content: '{{inputs.m}} {{add(inputs.k, 1)}}'}]\n"
    "          - {name: y, type: file_ops, operation: copy, source: ws/x}\n"
    "    - name: q\n"
    "      type: claude\n"
    "      condition: p.z.text matches 'a'\n"
    "      prompt: [{type: static, content: '{{steps.d.kept}} {{steps.f.files}} {{state.n}}'}]\n";

// Something typed at a place where something may begin or end.
void type(document::Document& document) {
    const std::string& text = document.text();
    const auto letters =
        *rc::gen::element<std::string>("x", "? ", "? k\n", "- ", ": ", "*part", "&part ", "~: 1\n",
                                       " ", "{a: }", "\n", "condition: 1", "first", "'", "#");
    std::size_t at = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
    while (at < text.size() && text[at] != '\n' && text[at] != ' ')
        ++at;
    while (at < text.size() && text[at] == ' ')
        ++at;
    const std::size_t removed = *rc::gen::inRange<std::size_t>(0, 4);
    static_cast<void>(document.replaceText(at, std::min(removed, text.size() - at), letters, 1));
}

std::string asText(const std::vector<Diagnostic>& found) {
    std::string text;
    for (const Diagnostic& each : found)
        text += std::to_string(each.begin) + "-" + std::to_string(each.end) + " " + each.code +
                ": " + each.message + "\n";
    return text;
}

std::vector<yaml::NodeRef> nodesOf(const yaml::Forest& forest) {
    std::vector<yaml::NodeRef> nodes{yaml::rootDocument(forest)};
    for (std::size_t i = 0; i < nodes.size(); ++i)
        for (const yaml::NodeRef child : forest.children(nodes[i]))
            nodes.push_back(child);
    return nodes;
}

document::Command randomCommand(const yaml::Forest& forest) {
    const auto nodes = nodesOf(forest);
    const yaml::NodeRef node = nodes[*rc::gen::inRange<std::size_t>(0, nodes.size())];
    const yaml::NodeRef other = nodes[*rc::gen::inRange<std::size_t>(0, nodes.size())];
    const auto text = *rc::gen::element<std::string>(
        "first", "second", "for_loop", "{{steps.loop}}", "count", "x", "steps.second.ok == 1",
        "kept", "d", "l", "./ws", "previous_response:d:kept", "copy", "{{steps.d.kept}}", "f:files",
        "f.operation == 'list'");
    switch (*rc::gen::inRange(0, 5)) {
        case 0:
            return {document::SetValue{node, yaml::Value::ofString(text)}, "", 0};
        case 1:
            return {document::Remove{node}, "", 0};
        case 2: {
            document::Move move;
            move.node = node;
            move.parent = forest.parent(other);
            move.after = other;
            return {move, "", 0};
        }
        case 3:
            return {document::RenameKey{node, text}, "", 0};
        default:
            return {document::Duplicate{node}, "", 0};
    }
}

RC_GTEST_PROP(Checker, FindsAfterEachEditWhatItFindsFromNothing, ()) {
    FakeClock clock;
    const std::string text = *rc::gen::element(kWoven, kSample, kKnown, kKnown);
    const auto document = document::Document::open(1, text, clock);
    const auto subject = subjectOf(*document);
    Checker incremental(format::Catalogue::builtIn(), {}, nullptr);
    Checker fresh(format::Catalogue::builtIn(), {}, nullptr);
    incremental.check(*subject);
    std::vector<document::ChangeSet> changes;
    const auto connection =
        document->changed.connect([&](const document::ChangeSet& set) { changes.push_back(set); });
    const int steps = *rc::gen::inRange(1, 8);
    for (int i = 0; i < steps; ++i) {
        const int kind = *rc::gen::inRange(0, 8);
        if (kind == 0)
            static_cast<void>(document->undo());
        else if (kind < 4)
            type(*document);
        else
            static_cast<void>(document->execute(randomCommand(document->forest())));
        for (const document::ChangeSet& each : changes)
            incremental.recheck(*subject, each);
        changes.clear();
        RC_ASSERT(asText(incremental.diagnostics()) == asText(fresh.check(*subject)));
    }
}

TEST(Checker, APartOfAVariableCountsForTheStepsBehindIt) {
    FakeClock clock;
    const std::string text = pipelineOf(
        "- name: v\n  type: set_variable\n  variables: {m: {a: 1}}\n"
        "- name: s\n  type: claude_smart\n"
        "  prompt: [{type: static, content: \"a {{state.m.b}}\"}]\n");
    const auto document = document::Document::open(1, text, clock);
    const auto subject = subjectOf(*document);
    Checker checker(format::Catalogue::builtIn(), {}, nullptr);
    EXPECT_NE(asText(checker.check(*subject)).find("template.unset-variable"), std::string::npos);
    const auto connection = document->changed.connect(
        [&](const document::ChangeSet& set) { checker.recheck(*subject, set); });
    ASSERT_TRUE(document->replaceText(text.find("a: 1"), 1, "b", 1));
    EXPECT_EQ(asText(checker.diagnostics()).find("template.unset-variable"), std::string::npos);
}

TEST(Checker, FindingsAreInTheOrderOfTheTextAndInsideIt) {
    const Checked checked(kSample);
    ASSERT_GT(checked.all().size(), 3u);
    std::size_t last = 0;
    for (const Diagnostic& each : checked.all()) {
        EXPECT_GE(each.begin, last);
        EXPECT_LE(each.begin, each.end);
        EXPECT_LE(each.end, kSample.size());
        last = each.begin;
    }
}

TEST(Checker, OfVeryManyPartsOfOneTextTheFirstAreTold) {
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += "{{x" + std::to_string(i) + "}} ";
    const auto step = [&](const std::string& name) {
        return "- name: " + name + "\n  type: claude_smart\n" +
               "  prompt: [{type: static, content: \"" + text + "\"}]\n";
    };
    EXPECT_EQ(Checked(pipelineOf(step("a") + step("b"))).count("template.unset-variable"), 200u);
}

TEST(Checker, EveryRuleIsListedOnceAndExplained) {
    std::set<std::string_view> codes;
    for (const RuleInfo& each : rules()) {
        EXPECT_TRUE(codes.insert(each.code).second) << each.code;
        EXPECT_FALSE(each.title.empty()) << each.code;
        EXPECT_GT(each.explanation.size(), 20u) << each.code;
        EXPECT_EQ(ruleInfo(each.code), &each);
    }
    EXPECT_GT(codes.size(), 60u);
    EXPECT_EQ(ruleInfo("no.such"), nullptr);
}

TEST(Checker, AFindingSaysWhatTheEngineDoesInItsCaseOrElseByItsRule) {
    const Checked checked(
        pipelineOf("- name: a\n  type: claude\n  condition: \"true\"\n"
                   "  claude_options: {timeout_ms: 5000}\n"
                   "  prompt: [{type: static, content: x}]\n"));
    EXPECT_EQ(checked.first("effect.claude-option").why,
              ruleInfo("effect.claude-option")->explanation);
    EXPECT_NE(checked.first("condition.literal").why, ruleInfo("condition.literal")->explanation);
}

TEST(Checker, AFixOfAValueThatAliasesStandForSaysSoAndIsNotSafe) {
    const auto titles = [](const std::string& first, const std::string& second) {
        const Checked checked(pipelineOf("- name: a\n  type: claude\n  prompt: " + first +
                                         "\n- name: b\n  type: claude\n  prompt: " + second +
                                         "\n"));
        std::vector<std::string> all;
        for (const Diagnostic& each : checked.all())
            for (const Fix& fix : each.code == "prompt.text" ? each.fixes : std::vector<Fix>())
                all.push_back(fix.title + (fix.safe ? " (safe)" : ""));
        return all;
    };
    using Titles = std::vector<std::string>;
    const std::string plain = "Make it a list with one static part";
    EXPECT_EQ(titles("hello", "hello"), (Titles{plain + " (safe)", plain + " (safe)"}));
    EXPECT_EQ(titles("&p hello", "hello"), (Titles{plain + " (safe)", plain + " (safe)"}));
    EXPECT_EQ(titles("&p hello", "*p"),
              (Titles{plain + ", wherever `&p` is used", plain + ", in place of `*p`"}));
}

TEST(Checker, AFixKeepsHowATextIsWrittenAndTheCommentOnItsFirstLine) {
    const std::string before = pipelineOf(
        "- name: a\n  type: claude\n  prompt: > # why\n"
        "    one\n    two\n");
    EXPECT_EQ(testing::fixedText(before, {"prompt.text"}),
              pipelineOf("- name: a\n  type: claude\n  prompt: # why\n    - type: static\n"
                         "      content: >\n        one\n        two\n"));
}

TEST(Checker, AFixOfAValueThatAliasesStandForChangesAllPlacesOrThisOne) {
    const auto fixedWith = [](std::string_view code, std::size_t which) {
        const std::string text =
            "x-options: &o\n  max_turn: 3\n"
            "workflow:\n  name: w\n  steps:\n"
            "    - name: a\n      type: claude_smart\n      prompt: &p hello\n"
            "      claude_options: *o\n"
            "    - name: b\n      type: claude_smart\n      prompt: *p\n"
            "      claude_options: *o\n";
        return testing::textAfterFix(text, code, which);
    };
    EXPECT_NE(fixedWith("field.unknown", 0).find("x-options: &o\n  max_turns: 3\n"),
              std::string::npos);
    const std::string list = "\n        - type: static\n          content: hello\n";
    EXPECT_NE(fixedWith("prompt.text", 0).find("prompt: &p" + list), std::string::npos)
        << fixedWith("prompt.text", 0);
    EXPECT_NE(fixedWith("prompt.text", 1).find("      prompt:" + list), std::string::npos)
        << fixedWith("prompt.text", 1);
}

// "D74 D76", the rows of the table that name the rule.
std::string disagreementsOf(const std::string& table, std::string_view code) {
    std::string ids;
    std::istringstream lines(table);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("| D") &&
            line.find("`" + std::string(code) + "`") != std::string::npos)
            ids += (ids.empty() ? "" : " ") + line.substr(2, 3);
    return ids;
}

TEST(Checker, TheTableOfDisagreementsNamesAllOfThemAndOnlyRulesThatExist) {
    const std::string table =
        testing::readFile(std::filesystem::path(PE_SOURCE_DIR) / "docs/formats/disagreements.md");
    ASSERT_FALSE(table.empty());
    for (int number = 1; number <= 97; ++number) {
        const std::string id = (number < 10 ? "| D0" : "| D") + std::to_string(number) + " |";
        EXPECT_NE(table.find(id), std::string::npos) << id;
    }
    for (const RuleInfo& each : rules())
        EXPECT_EQ(disagreementsOf(table, each.code), each.disagreements) << each.code;
    for (std::size_t at = table.find('`'); at != std::string::npos;) {
        const std::size_t end = table.find('`', at + 1);
        const std::string word = table.substr(at + 1, end - at - 1);
        const bool isCode =
            word.find('.') != std::string::npos &&
            word.find_first_not_of("abcdefghijklmnopqrstuvwxyz.-") == std::string::npos;
        EXPECT_TRUE(!isCode || ruleInfo(word) != nullptr) << word;
        at = table.find('`', end + 1);
    }
}

TEST(Settings, TheLongestPatternDecides) {
    const auto settings =
        Settings::parse(R"({"rules": {"field.*": "off", "field.unknown": "error", "*": "hint"}})");
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->severity("field.unknown", Severity::Warning), Severity::Error);
    EXPECT_EQ(settings->severity("field.type", Severity::Warning), Severity::Off);
    EXPECT_EQ(settings->severity("type.unknown", Severity::Error), Severity::Hint);
    EXPECT_EQ(Settings{}.severity("type.unknown", Severity::Error), Severity::Error);
}

TEST(Settings, MistakesAreNamedWithTheNearestRule) {
    EXPECT_FALSE(Settings::parse("{"));
    EXPECT_FALSE(Settings::parse("[]"));
    EXPECT_FALSE(Settings::parse(R"({"rule": {}})"));
    EXPECT_FALSE(Settings::parse(R"({"rules": {"field.unknown": "loud"}})"));
    const auto unknown = Settings::parse(R"({"rules": {"field.unkown": "off"}})");
    ASSERT_FALSE(unknown);
    EXPECT_NE(unknown.error().message.find("field.unknown"), std::string::npos);
    EXPECT_EQ(unknown.error().where, "/rules/field.unkown");
}

TEST(Settings, WhatIsOffIsNotFoundAndSeveritiesFollowTheTeam) {
    const std::string text = pipelineOf("- name: a\n  type: openai\n");
    const Checked off(text, nullptr, *Settings::parse(R"({"rules": {"type.*": "off"}})"));
    EXPECT_FALSE(off.has("type.unknown"));
    const Checked hint(text, nullptr, *Settings::parse(R"({"rules": {"type.unknown": "hint"}})"));
    EXPECT_EQ(hint.first("type.unknown").severity, Severity::Hint);
}

TEST(Fixing, TouchesOnlyTheLinesOfTheFindings) {
    const std::string before = pipelineOf(
        "- name: a   # keep\n"
        "  type: \"claud\"  # this too\n"
        "  promt:\n"
        "    - {type: static, content: 'x'}\n"
        "  claude_options:\n"
        "    max_turns: \"3\"\n"
        "    allowed_tools: Read, Write\n");
    EXPECT_EQ(fixedText(before), pipelineOf("- name: a   # keep\n"
                                            "  type: \"claude\"  # this too\n"
                                            "  prompt:\n"
                                            "    - {type: static, content: 'x'}\n"
                                            "  claude_options:\n"
                                            "    max_turns: 3\n"
                                            "    allowed_tools:\n"
                                            "      - Read\n"
                                            "      - Write\n"));
}

TEST(Fixing, OnlyTheNamedKindsAreFixed) {
    const std::string text = pipelineOf(
        "- name: a\n"
        "  type: claud\n"
        "  promt: [{type: static, content: x}]\n");
    const std::string fixed = fixedText(text, {"type.*"});
    EXPECT_NE(fixed.find("type: claude"), std::string::npos);
    EXPECT_NE(fixed.find("promt:"), std::string::npos);
}

TEST(Fixing, AFixedTextHasNothingLeftToFix) {
    for (const auto& path : testing::corpusFiles()) {
        const std::string once = fixedText(testing::readFile(path));
        EXPECT_EQ(fixedText(once), once) << path;
    }
}

}  // namespace
}  // namespace pe::check
