// SPDX-License-Identifier: MIT
// Every name that completion offers is one that the checker takes at that place: each row marks a
// place in one pipeline, and whatever is offered there is taken and checked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "pe/check/checker.hpp"
#include "text_with_cursor.hpp"

namespace pe::language {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using testing::labels;

// `%NAME%` is a place; those that no row is about say what is sound.
const std::string kPipeline =
    "workflow:\n"
    "  name: demo\n"
    "  global_vars: {limit: 3}\n"
    "  steps:\n"
    "    - name: plan\n"
    "      type: claude\n"
    "      prompt: [{type: static, content: hi}]\n"
    "    - name: smart\n"
    "      type: claude_smart\n"
    "      prompt: [{type: static, content: hi}]\n"
    "    - name: remember\n"
    "      type: set_variable\n"
    "      variables: {topic: cats, my-list: [{cells: [{parts: [1]}], parts: [1]}], cfg: {size: 3, "
    "a-b: 1}}\n"
    "    - name: rows\n"
    "      type: data_transform\n"
    "      input_source: %input%\n"
    "      operations:\n"
    "        - {operation: join, left_field: id, right_source: %join%, join_key: id}\n"
    "      output_field: items\n"
    "    - name: each\n"
    "      type: for_loop\n"
    "      iterator: row\n"
    "      data_source: %source%\n"
    "      break_condition: %break%\n"
    "      steps:\n"
    "        - name: first\n"
    "          type: claude_smart\n"
    "          prompt: [{type: static, content: hi}]\n"
    "        - name: forget\n"
    "          type: set_variable\n"
    "          variables: {lost: 1}\n"
    "        - name: cells\n"
    "          type: for_loop\n"
    "          iterator: cell\n"
    "          data_source: %inner_source%\n"
    "          continue_condition: %inner_break%\n"
    "          steps:\n"
    "            - name: parts\n"
    "              type: for_loop\n"
    "              iterator: part\n"
    "              data_source: %deep_source%\n"
    "              steps: []\n"
    "        - name: again\n"
    "          type: while_loop\n"
    "          condition: %while%\n"
    "          max_iterations: 2\n"
    "          steps:\n"
    "            - name: probe\n"
    "              type: claude_smart\n"
    "              prompt: [{type: static, content: hi}]\n"
    "            - name: more\n"
    "              type: for_loop\n"
    "              iterator: one\n"
    "              data_source: %while_source%\n"
    "              steps: []\n"
    "        - name: second\n"
    "          type: claude_smart\n"
    "          prompt:\n"
    "            - type: previous_response\n"
    "              step: %loop_step%\n"
    "            - type: static\n"
    "              content: \"%loop_text%\"\n"
    "    - name: sub\n"
    "      type: pipeline\n"
    "      inputs:\n"
    "        about: \"%inputs%\"\n"
    "      outputs:\n"
    "        - %output%\n"
    "        - path: %path%\n"
    "          as: other\n"
    "      pipeline:\n"
    "        name: child\n"
    "        steps:\n"
    "          - name: child_a\n"
    "            type: claude_smart\n"
    "            prompt: [{type: static, content: hi}]\n"
    "          - name: child_b\n"
    "            type: claude_smart\n"
    "            condition: %child_condition%\n"
    "            prompt:\n"
    "              - type: previous_response\n"
    "                step: %child_step%\n"
    "              - type: static\n"
    "                content: \"%child_text%\"\n"
    "    - name: stream\n"
    "      type: claude_smart\n"
    "      streaming: {enabled: true}\n"
    "      prompt: [{type: static, content: hi}]\n"
    "    - name: last\n"
    "      type: claude_smart\n"
    "      condition: %condition%\n"
    "      prompt:\n"
    "        - type: previous_response\n"
    "          step: %step%\n"
    "        - {type: previous_response, step: plan, extract: %extract_answer%}\n"
    "        - type: previous_response\n"
    "          step: each\n"
    "          extract: %extract_loop%\n"
    "        - type: previous_response\n"
    "          extract: %extract_sub%\n"
    "          step: sub\n"
    "        - {type: previous_response, step: stream, extract: %extract_stream%}\n"
    "        - type: static\n"
    "          content: \"%text%\"\n";

const std::map<std::string, std::string> kSound = {
    {"input", "previous_response:smart"},
    {"join", "smart"},
    {"source", "rows:items"},
    {"break", "first.success == true"},
    {"inner_source", "row:cells"},
    {"deep_source", "cell:parts"},
    {"while_source", "rows:items"},
    {"inner_break", "loop.index > 3"},
    {"while", "probe.success != true"},
    {"loop_step", "first"},
    {"loop_text", "hi"},
    {"inputs", "hi"},
    {"output", "child_a"},
    {"path", "child_a.text"},
    {"child_condition", "child_a.success == true"},
    {"child_step", "child_a"},
    {"child_text", "hi"},
    {"condition", "smart.success == true"},
    {"step", "smart"},
    {"extract_answer", "text"},
    {"extract_loop", "iterations"},
    {"extract_stream", "stream_id"},
    {"extract_sub", "result.other"},
    {"text", "hi"},
};

// The pipeline with `value` at one place.
std::string with(const std::string& place, const std::string& value) {
    std::string text = kPipeline;
    for (const auto& [name, sound] : kSound) {
        const std::string mark = "%" + name + "%";
        text.replace(text.find(mark), mark.size(), name == place ? value : sound);
    }
    return text;
}

// What the checker says about names. A comparison is yet to be typed.
std::vector<std::string> complaints(const std::string& text,
                                    const std::vector<std::string>& others = {}) {
    const yaml::Tree tree = yaml::parse(text);
    check::Checker checker(format::Catalogue::builtIn(), {}, nullptr);
    std::vector<std::string> messages;
    for (const check::Diagnostic& each : checker.check(*check::subjectOf(tree)))
        for (const char* group : {"reference.", "template.", "source.", "condition."})
            if (each.code.starts_with(group) && each.code != "condition.number-alone" &&
                each.code != "reference.first-look" &&
                std::find(others.begin(), others.end(), each.code) == others.end())
                messages.push_back(each.code + ": " + each.message);
    return messages;
}

struct Row {
    const char* place;
    const char* value;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.place << ": " << row.value;
}

class EveryPlace : public ::testing::TestWithParam<Row> {};

TEST_P(EveryPlace, OffersNothingThatTheCheckerRefuses) {
    const std::string place = GetParam().place;
    const std::string value = GetParam().value;
    const std::string marked = with(place, value);
    std::size_t names = 0;
    for (const CompletionItem& each : testing::completions(testing::TextWithCursor(marked))) {
        if (each.kind == CompletionKind::Function || each.kind == CompletionKind::Scope)
            continue;
        ++names;
        std::string text = marked;
        text.erase(text.find('^'), 1);
        const bool onlyHead = place.ends_with("source") && value.find(':') == std::string::npos &&
                              each.detail != "variable";
        text.replace(each.replaced.begin, each.replaced.end - each.replaced.begin,
                     each.insert + (onlyHead ? ":items" : ""));
        // Behind a name stands a part that this test made up, and what a transformation works on
        // decides what the loops behind it find.
        std::vector<std::string> others;
        if (onlyHead || value.find("^.") != std::string::npos)
            others.emplace_back("reference.result-part");
        if (place == "input")
            others.emplace_back("source.whole-result");
        if (place == "input" || place == "join")
            others.emplace_back("source.single-item");  // of some results all is one item
        EXPECT_THAT(complaints(text, others), IsEmpty())
            << place << ": " << value << " as " << each.label;
    }
    EXPECT_GT(names, 0u) << place << ": " << value;
}

INSTANTIATE_TEST_SUITE_P(
    OfferedNames, EveryPlace,
    ::testing::Values(
        Row{"input", "^"}, Row{"input", "previous_response:smart:^"},
        Row{"input", "'previous_response:plan:^'"}, Row{"join", "^"}, Row{"source", "^"},
        Row{"source", "rows:^"}, Row{"source", "\"rows:^\""}, Row{"source", "rows:m^ # note"},
        Row{"inner_source", "^"}, Row{"deep_source", "^"}, Row{"break", "^"},
        Row{"break", "first.^ == true"}, Row{"break", "loop.^ == 1"}, Row{"inner_break", "^"},
        Row{"inner_break", "loop.^ == 1"}, Row{"while", "^"}, Row{"while", "probe.^ == 1"},
        Row{"while", "loop.^ == 1"}, Row{"loop_step", "^"}, Row{"loop_text", "{{steps.^.success}}"},
        Row{"loop_text", "{{steps.smart.^}}"}, Row{"loop_text", "{{^}}"},
        Row{"loop_text", "{{state.^}}"}, Row{"inputs", "{{steps.^.success}}"}, Row{"output", "^"},
        Row{"path", "^"}, Row{"path", "child_a.^"}, Row{"inner_break", "loop.parent.^ == 1"},
        Row{"child_condition", "^"}, Row{"child_condition", "child_a.^ == 1"},
        Row{"child_step", "^"}, Row{"child_text", "{{steps.^.success}}"},
        Row{"child_text", "{{inputs.^}}"}, Row{"child_text", "{{^}}"}, Row{"condition", "^"},
        Row{"condition", "smart.^ == 1"}, Row{"condition", "each.^ == 1"},
        Row{"condition", "sub.^ == 1"}, Row{"step", "^"}, Row{"extract_answer", "^"},
        Row{"extract_loop", "^"}, Row{"extract_stream", "^"}, Row{"extract_sub", "^"},
        Row{"text", "{{steps.^.success}}"}, Row{"text", "{{steps.rows.^}}"},
        Row{"text", "{{steps.each.^}}"}, Row{"text", "{{steps.sub.^.success}}"},
        Row{"text", "{{steps.sub.result.^.success}}"}, Row{"text", "{{global_vars.^}}"},
        Row{"text", "{{state.cfg.^}}"}));

TEST(OfferedNames, ThePipelineItselfIsSound) {
    EXPECT_THAT(complaints(with("", "")), IsEmpty());
}

TEST(OfferedNames, OfLoopsAreTheirItemsWhereTheyCanBeRead) {
    EXPECT_THAT(labels(with("break", "loop.^")),
                ElementsAre("row", "index", "total", "first", "last", "level"));
    EXPECT_THAT(labels(with("inner_break", "loop.c^")), ElementsAre("cell"));
    EXPECT_THAT(labels(with("inner_break", "loop.p^")), ElementsAre("parent"));
    EXPECT_THAT(labels(with("inner_break", "loop.parent.^")),
                ElementsAre("row", "index", "total", "first", "last", "level"));
    EXPECT_THAT(labels(with("inner_break", "loop.parent.parent.^")), IsEmpty());
    EXPECT_THAT(labels(with("break", "loop.parent.^")), IsEmpty());
    // Its own rounds have not begun when it is asked.
    EXPECT_THAT(labels(with("while", "loop.^")),
                ElementsAre("row", "index", "total", "first", "last", "level"));
    EXPECT_THAT(labels(with("condition", "loop^")), IsEmpty());
    EXPECT_EQ(testing::completed(with("inner_source", "^"), "row"), with("inner_source", "row"));
    EXPECT_THAT(labels(with("source", "row^")), ElementsAre("rows"));
}

TEST(OfferedNames, OfResultsAreThoseThatTheStepStores) {
    const auto offered = [](const std::string& step, const std::string& path) {
        return labels("workflow:\n  name: w\n  steps:\n    - {name: a, " + step +
                      "}\n    - name: e\n      type: claude_smart\n      condition: " + path +
                      "\n");
    };
    EXPECT_THAT(offered("type: file_ops, operation: list, path: x", "a.^"),
                ElementsAre("operation", "path", "pattern", "files", "count"));
    EXPECT_THAT(offered("type: file_ops, operation: delete, path: x", "a.^"),
                ElementsAre("operation", "status", "path"));
    EXPECT_THAT(offered("type: data_transform, input_source: x", "a.^"), Contains("a"));
    EXPECT_THAT(offered("type: data_transform, input_source: x, output_field: kept", "a.^"),
                Contains("kept"));
}

TEST(OfferedNames, OfSourcesGoOnBehindTheColon) {
    EXPECT_EQ(testing::completed(with("source", "^"), "rows"), with("source", "rows"));
    EXPECT_EQ(testing::completed(with("source", "rows:^"), "items"), with("source", "rows:items"));
    EXPECT_EQ(testing::completed(with("source", "'rows:it^'"), "items"),
              with("source", "'rows:items'"));
    EXPECT_THAT(labels(with("source", "rows:me^")), IsEmpty());  // no lists
    EXPECT_THAT(labels(with("inner_source", "row:^")), IsEmpty());
    EXPECT_THAT(labels(with("source", "plan:^")), IsEmpty());
    EXPECT_THAT(labels(with("source", "smart:text^")), IsEmpty());
    EXPECT_THAT(labels(with("source", "previous_response:^")), IsEmpty());
    EXPECT_EQ(testing::completed(with("input", "previous_response:smart:te^"), "text"),
              with("input", "previous_response:smart:text"));
    EXPECT_THAT(labels(with("input", "smart:^")), IsEmpty());
    EXPECT_THAT(labels(with("join", "previous_response:smart:^")), IsEmpty());
}

TEST(OfferedNames, OfJoinsAreStepsAndNoVariables) {
    EXPECT_THAT(labels(with("join", "^")),
                ElementsAre("context:results.remember.variables_set", "previous_response:remember",
                            "previous_response:smart", "previous_response:plan", "remember",
                            "smart", "plan"));
    EXPECT_EQ(testing::completed(with("join", "context:results.rem^"),
                                 "context:results.remember.variables_set"),
              with("join", "\"context:results.remember.variables_set\""));
}

TEST(OfferedNames, OfSourcesHoldTheItemOfTheLoopRightAround) {
    EXPECT_THAT(labels(with("deep_source", "cell^")), ElementsAre("cell"));
    EXPECT_THAT(labels(with("deep_source", "row^")), ElementsAre("rows"));
    EXPECT_THAT(labels(with("while_source", "row^")), ElementsAre("rows"));
}

TEST(OfferedNames, OfMappingsAreTheirKeys) {
    EXPECT_THAT(labels(with("text", "{{state.cfg.^}}")), ElementsAre("size"));
    EXPECT_EQ(testing::completed(with("text", "{{state.c^}}"), "cfg."),
              with("text", "{{state.cfg.}}"));
    EXPECT_THAT(labels(with("text", "{{cfg^}}")), IsEmpty());
    EXPECT_THAT(labels(with("text", "{{state.topic.^}}")), IsEmpty());
    EXPECT_THAT(labels(with("text", "{{state.cfg.size.^}}")), IsEmpty());
}

TEST(OfferedNames, OfStreamedStepsAreWhatTheyKeep) {
    EXPECT_THAT(labels(with("extract_stream", "^")),
                ElementsAre("success", "type", "stream_id", "stream_info"));
}

TEST(OfferedNames, OfLoopBodiesCountForTheConditionsOfTheLoop) {
    EXPECT_THAT(labels(with("break", "^")), IsSupersetOf({"first", "second", "smart"}));
    EXPECT_THAT(labels(with("while", "pro^")), ElementsAre("probe"));
    EXPECT_THAT(labels(with("loop_text", "{{steps.^}}")), ElementsAre("rows", "remember", "smart"));
}

TEST(OfferedNames, OfInlinePipelinesAreTheirOwn) {
    EXPECT_THAT(labels(with("child_step", "^")), ElementsAre("child_a"));
    EXPECT_THAT(labels(with("output", "^")), IsSupersetOf({"child_a", "child_b", "path", "as"}));
    EXPECT_THAT(labels(with("path", "^")), ElementsAre("child_a", "child_b"));
    EXPECT_EQ(testing::completed(with("path", "child_b.te^"), "text"),
              with("path", "child_b.text"));
    EXPECT_THAT(labels(with("child_text", "{{inputs.^}}")), ElementsAre("about"));
}

TEST(OfferedNames, OfResultsAreThoseThatThePlaceFinds) {
    EXPECT_THAT(labels(with("extract_answer", "^")), IsSupersetOf({"text", "cost"}));
    EXPECT_THAT(labels(with("extract_sub", "^")),
                ElementsAre("result.child_a", "result.other", "result"));
    EXPECT_THAT(labels(with("condition", "plan.^")), IsEmpty());
    EXPECT_THAT(labels(with("text", "{{steps.plan^}}")), IsEmpty());
    EXPECT_EQ(testing::completed(with("text", "{{steps.rows.it^}}"), "items"),
              with("text", "{{steps.rows.items}}"));
    EXPECT_EQ(testing::completed(with("text", "{{steps.sub.result.ot^}}"), "other"),
              with("text", "{{steps.sub.result.other}}"));
    EXPECT_THAT(labels(with("text", "{{steps.rows.result.^}}")), IsEmpty());
}

TEST(OfferedNames, AreKnownBetweenBracketsToo) {
    const std::string before =
        "{\"workflow\": {\"name\": \"w\", \"steps\": [\n"
        "  {\"name\": \"out\", \"type\": \"claude_smart\"},\n"
        "  {\"name\": \"sub\", \"type\": \"pipeline\", \"pipeline\": {\"steps\": [\n"
        "    {\"name\": \"a\", \"type\": \"claude_smart\"},\n"
        "    {\"name\": \"b\", \"type\": \"claude_smart\", \"prompt\": [{";
    EXPECT_THAT(labels(before + "\"type\": \"previous_response\", \"step\": \"^\"}]}]}}]}}"),
                ElementsAre("a"));
    EXPECT_THAT(labels(before + "\"type\": \"static\", \"content\": \"{{steps.^\"}]}]}}]}}"),
                ElementsAre("a", "out"));
}

TEST(OfferedNames, AStepSaysThatItIsOneAndWhatItDoes) {
    const testing::TextWithCursor text(
        "workflow:\n  steps:\n"
        "    - {name: plan, type: claude, prompt: [{type: static, content: Think of it}]}\n"
        "    - {name: b, type: claude, prompt: [{type: previous_response, step: ^}]}\n");
    const auto items = testing::completions(text);
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items.front().documentation, "**plan** (step, `claude`)\n\nThink of it");
}

}  // namespace
}  // namespace pe::language
