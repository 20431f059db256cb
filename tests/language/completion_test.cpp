// SPDX-License-Identifier: MIT
#include "pe/language/completion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <iterator>

#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"
#include "text_with_cursor.hpp"

namespace pe::language {
namespace {

using testing::completed;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using testing::labels;
using ::testing::Not;
using testing::TextWithCursor;

const std::string kHead =
    "workflow:\n"
    "  name: demo\n"
    "  gemini_functions:\n"
    "    lookup:\n"
    "      description: Looks up\n"
    "  steps:\n"
    "    - name: plan\n"
    "      type: gemini\n"
    "      prompt:\n"
    "        - type: static\n"
    "          content: Plan it\n"
    "    - name: remember\n"
    "      type: set_variable\n"
    "      variables:\n"
    "        topic: cats\n";

// A step whose results conditions and templates can see; they cannot see those of `plan`.
const std::string kDraft = "    - name: draft\n      type: claude_smart\n";

TEST(CompletionOfKeys, AnEmptyFileOffersTheWorkflow) {
    EXPECT_THAT(labels("^"), ElementsAre("workflow"));
}

TEST(CompletionOfKeys, RequiredFieldsThatAreMissingComeFirst) {
    const auto found = labels("workflow:\n  name: x\n  ^\n");
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front(), "steps");
    EXPECT_THAT(found, Contains("description"));
    EXPECT_THAT(found, Not(Contains("name")));
}

TEST(CompletionOfKeys, AStepOffersTheFieldsOfItsTypeWhileTheLineIsNoYaml) {
    const auto found =
        labels(kHead + "    - name: write\n      type: claude\n      cl^\n      role: brain\n");
    EXPECT_THAT(found, Contains("claude_options"));
    EXPECT_THAT(found, Not(Contains("role")));
    EXPECT_THAT(found, Not(Contains("iterator")));
}

TEST(CompletionOfKeys, ABlankLineBelowAStepStandsInIt) {
    EXPECT_THAT(labels(kHead + "    - name: write\n      type: claude\n      ^"),
                IsSupersetOf({"prompt", "claude_options", "condition"}));
}

TEST(CompletionOfKeys, NothingIsOfferedBesideTheColumnOfTheOthers) {
    const std::string step = "    - name: a\n      type: claude\n";
    for (const char* line : {"   ^", "     ^", "   cl^", "     cl^", "   - ^", "     - ^"})
        for (const char* behind : {"", "    - name: b\n      type: gemini\n"})
            EXPECT_THAT(labels("workflow:\n  steps:\n" + step + line + "\n" + behind), IsEmpty())
                << line;
    EXPECT_THAT(labels("workflow:\n  steps:\n   ^\n" + step), IsEmpty());
    EXPECT_THAT(labels("workflow:\n  name: x\n ^\n"), IsEmpty());
    EXPECT_THAT(labels("workflow:\n  steps:\n   - ^\n"), Contains("claude"));
    EXPECT_THAT(labels("workflow:\n  steps:\n  - ^\n  - name: b\n"), Contains("claude"));
    EXPECT_THAT(labels("workflow:\n  steps:\n    - name: b\n    -\n        ^\n"), Contains("type"));
    EXPECT_THAT(labels("workflow:\n  steps:\n" + step + "    ^\n"), Contains("claude"));
}

TEST(CompletionOfKeys, SayWhatKindOfValueTheyTake) {
    const auto detail = [](const std::string& before, const std::string& label) {
        for (const auto& each : testing::completions(TextWithCursor(before + "^\n")))
            if (each.label == label)
                return each.detail;
        return std::string("not offered");
    };
    const std::string step = kHead + "    - name: a\n      type: ";
    EXPECT_EQ(detail(step + "claude\n      ", "output_schema"), "mapping, no effect");
    EXPECT_EQ(detail(step + "gemini_instructor\n      ", "schema"), "mapping, no effect");
    EXPECT_EQ(detail("workflow:\n  ", "input_schema"), "mapping, no effect");
    EXPECT_EQ(detail(step + "gemini\n      ", "tools"), "list");
    EXPECT_EQ(detail(step + "test_echo\n      ", "value"), "any value");
    EXPECT_EQ(detail(step + "gemini\n      ", "model"), "text");
    EXPECT_EQ(completed(step + "gemini\n      to^\n", "tools"),
              step + "gemini\n      tools:\n        - \n");
}

TEST(CompletionOfKeys, DeeperFieldsComeFromTheirGroup) {
    const auto found = labels(
        kHead + "    - name: write\n      type: claude\n      claude_options:\n        max^\n");
    EXPECT_THAT(found, Contains("max_turns"));
    EXPECT_THAT(found, Not(Contains("prompt")));
}

TEST(CompletionOfKeys, APromptPartOffersItsOwnFields) {
    const auto found = labels(kHead +
                              "    - name: write\n      type: claude\n      prompt:\n"
                              "        - type: previous_response\n          ^\n");
    EXPECT_THAT(found, IsSupersetOf({"step", "extract"}));
    EXPECT_THAT(found, Not(Contains("content")));
}

TEST(CompletionOfKeys, PartsBetweenBracesAreCompletedToo) {
    const auto found = labels(kHead +
                              "    - name: write\n      type: claude\n      prompt:\n"
                              "        - {type: previous_response, ^}\n");
    EXPECT_THAT(found, IsSupersetOf({"step", "extract"}));
}

TEST(CompletionOfKeys, AKeyIsReplacedAndItsColonKept) {
    EXPECT_EQ(completed("workflow:\n  ste^: 1\n", "steps"), "workflow:\n  steps: 1\n");
}

TEST(CompletionOfKeys, EveryKeyKeepsAColonThatIsThere) {
    EXPECT_EQ(completed("workfl^:\n", "workflow"), "workflow:\n");
    EXPECT_EQ(completed("workfl^ :\n", "workflow"), "workflow :\n");
    const std::string step = "workflow:\n  steps:\n    - name: a\n      type: claude\n";
    EXPECT_EQ(completed(step + "      prompt:\n        - ty^: static\n", "type"),
              step + "      prompt:\n        - type: static\n");
    const std::string loop = "workflow:\n  steps:\n    - name: a\n      type: for_loop\n";
    EXPECT_EQ(completed(loop + "      break_condition:\n        an^:\n", "and"),
              loop + "      break_condition:\n        and:\n");
}

TEST(CompletionOfKeys, AQuoteThatWasOpenedIsClosed) {
    const std::string json = "{\"workflow\": {\"name\": \"w\", \"steps\": [{\"name\": \"a\", ";
    EXPECT_EQ(completed(json + "\"ty^\": \"claude\"}]}}", "type"),
              json + "\"type\": \"claude\"}]}}");
    EXPECT_EQ(completed(json + "\"^\"}]}}", "type"), json + "\"type\": }]}}");
    EXPECT_EQ(completed(json + "\"^}]}}", "type"), json + "\"type\": }]}}");
    const std::string step = "workflow:\n  steps:\n    - name: a\n      ";
    EXPECT_EQ(completed(step + "\"ty^\": claude\n", "type"), step + "\"type\": claude\n");
    EXPECT_EQ(completed(step + "'ty^\n", "type"), step + "'type': \n");
    EXPECT_THAT(labels("workflow:\n  steps:\n    \"^\n"), IsEmpty());
}

TEST(CompletionOfKeys, ABlankComesBehindADashOrAColon) {
    const std::string steps = "workflow:\n  steps:\n";
    EXPECT_EQ(completed(steps + "    -^\n", "name"), steps + "    - name: \n");
    const std::string whole = completed(steps + "    -^\n", "set_variable");
    EXPECT_EQ(whole.find(steps + "    - name: set_variable_step\n      type: "), 0u) << whole;
    EXPECT_THAT(labels(steps + "    -^ name: x\n"), IsEmpty());
    const std::string step = steps + "    - name: a\n      ";
    EXPECT_EQ(completed(step + "type:^\n", "claude"), step + "type: claude\n");
    EXPECT_EQ(completed(step + "type:^ gemini\n", "claude"), step + "type: claude\n");
    EXPECT_EQ(completed(step + "type: gemini\n      condition:^\n", "length"),
              step + "type: gemini\n      condition: length(\n");
}

TEST(CompletionOfKeys, AByteOrderMarkIsNoPartOfTheFirstKey) {
    EXPECT_EQ(completed("\xEF\xBB\xBFwork^", "workflow"), "\xEF\xBB\xBFworkflow:\n  name: ");
    EXPECT_THAT(labels("\xEF\xBB\xBFworkflow:\n  desc^"), ElementsAre("description"));
    EXPECT_THAT(labels("^\xEF\xBB\xBFname: x"), IsEmpty());
}

TEST(CompletionOfKeys, EachDocumentHasItsOwn) {
    EXPECT_THAT(labels("workflow:\n  name: x\n---\nwork^"), ElementsAre("workflow"));
    EXPECT_THAT(labels("work^\n---\nworkflow:\n  name: x\n"), ElementsAre("workflow"));
    EXPECT_THAT(labels("workflow:\n  name: x\n---\n  desc^\n"), IsEmpty());
}

TEST(CompletionOfKeys, ANewPromptBeginsItsFirstPart) {
    EXPECT_EQ(
        completed("workflow:\n  steps:\n    - name: a\n      type: claude\n      pro^\n", "prompt"),
        "workflow:\n  steps:\n    - name: a\n      type: claude\n      prompt:\n"
        "        - type: \n");
}

TEST(CompletionOfKeys, AListOfStepsOffersWholeStepsThatAreYaml) {
    const std::string text = completed(kHead + "    ^\n", "for_loop");
    ASSERT_FALSE(text.empty());
    EXPECT_THAT(yaml::parse(text).problems(), IsEmpty());
    EXPECT_NE(text.find("    - name: for_loop_step\n      type: for_loop\n"), std::string::npos)
        << text;
}

TEST(CompletionOfKeys, NewLinesBreakAsTheOthersOfTheFile) {
    EXPECT_EQ(completed("workflow:\r\n  name: x\r\n  ste^\r\n", "steps"),
              "workflow:\r\n  name: x\r\n  steps:\r\n    - name: \r\n");
}

TEST(CompletionOfKeys, EverySkeletonIsYamlAtItsPlace) {
    for (const auto& type : format::Catalogue::builtIn().stepTypes()) {
        const std::string text = completed(kHead + "    - ^\n", type.id);
        EXPECT_THAT(yaml::parse(text).problems(), IsEmpty()) << text;
    }
}

TEST(CompletionOfKeys, NothingIsOfferedInACommentOrABlockText) {
    EXPECT_THAT(labels("workflow:\n  # na^\n"), IsEmpty());
    EXPECT_THAT(labels("workflow:\n  name: x # na^\n"), IsEmpty());
    EXPECT_THAT(labels("workflow:\n  description: |\n    some text\n    na^\n  steps: []\n"),
                IsEmpty());
}

TEST(CompletionOfValues, ATypeOffersTheStepTypes) {
    EXPECT_THAT(labels(kHead + "    - name: x\n      type: ^\n"),
                IsSupersetOf({"claude", "gemini", "for_loop"}));
    EXPECT_EQ(completed("workflow:\n  steps:\n    - type: cl^aude_old # note\n", "claude"),
              "workflow:\n  steps:\n    - type: claude # note\n");
}

TEST(CompletionOfValues, TypesThatTheLoaderRefusesComeLast) {
    for (const char* place : {"    - name: x\n      type: ^\n", "    - ^\n"}) {
        const auto found = labels(kHead + place);
        const auto at = [&](const char* label) {
            return std::find(found.begin(), found.end(), label) - found.begin();
        };
        ASSERT_LT(at("switch"), std::ssize(found)) << place;
        EXPECT_LT(at("while_loop"), at("switch")) << place;
        EXPECT_LT(at("pipeline"), at("checkpoint")) << place;
    }
}

TEST(CompletionOfValues, TypesThatLoopsDoNotRunComeLastInTheirBodies) {
    const std::string loop = kHead +
                             "    - name: each\n      type: for_loop\n      iterator: one\n"
                             "      data_source: topic\n      steps:\n        - ";
    for (const std::string& before : {loop, loop + "name: x\n          type: "}) {
        const auto found = testing::completions(TextWithCursor(before + "^\n"));
        const auto at = [&](const std::string& label) {
            return std::find_if(found.begin(), found.end(),
                                [&](const CompletionItem& each) { return each.label == label; });
        };
        for (const char* type : {"pipeline", "data_transform", "file_ops"}) {
            ASSERT_NE(at(type), found.end()) << before;
            EXPECT_LT(at("while_loop"), at(type));
            EXPECT_TRUE(at(type)->detail.ends_with("(fails in a loop)")) << at(type)->detail;
        }
        EXPECT_EQ(at("while_loop")->detail.find('('), std::string::npos);
    }
    for (const auto& each : testing::completions(TextWithCursor(kHead + "    - ^\n")))
        EXPECT_EQ(each.detail.find("fails in a loop"), std::string::npos) << each.label;
}

std::string documentationOf(const std::string& marked, const std::string& label) {
    for (const CompletionItem& each : testing::completions(TextWithCursor(marked)))
        if (each.label == label)
            return each.documentation;
    return {};
}

// Each with its detail, in the order of the list.
std::vector<std::pair<std::string, std::string>> details(const std::string& marked) {
    std::vector<std::pair<std::string, std::string>> details;
    for (const CompletionItem& each : testing::completions(TextWithCursor(marked)))
        details.emplace_back(each.label, each.detail);
    return details;
}

// Whether the item says so, and those behind it say something like it.
void expectLast(const std::string& marked, const std::string& label, const std::string& said) {
    const auto all = details(marked);
    auto at =
        std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.first == label; });
    ASSERT_NE(at, all.end()) << label;
    EXPECT_TRUE(at->second.ends_with(said)) << at->second;
    for (; at != all.end(); ++at)
        EXPECT_TRUE(at->second.find("no effect") != std::string::npos ||
                    at->second.find("fails") != std::string::npos ||
                    at->second.find("refused") != std::string::npos)
            << at->first << " behind " << label << ": " << at->second;
}

TEST(CompletionOfKeys, WhatDoesNotDoWhatItSaysComesLastAndSaysSo) {
    const auto body = [](const std::string& type) {
        return kHead +
               "    - name: each\n      type: for_loop\n      iterator: one\n"
               "      data_source: topic\n      steps:\n        - name: x\n          type: " +
               type + "\n          ^\n";
    };
    for (const char* key : {"condition", "output_to_file", "streaming"}) {
        expectLast(body("claude"), key, ", no effect in a loop");
        EXPECT_THAT(documentationOf(body("claude"), key), HasSubstr("inside loops")) << key;
    }
    const std::string step = "    - name: x\n      type: ";
    expectLast(kHead + step + "gemini_instructor\n      ^\n", "functions", ", fails when run");
    // Where they are read.
    const auto saysNothing = [](const std::string& marked, const char* key) {
        for (const auto& [label, detail] : details(marked))
            if (label == key)
                return detail.find(',') == std::string::npos;
        return false;
    };
    EXPECT_TRUE(saysNothing(kHead + step + "claude\n      ^\n", "condition"));
    EXPECT_TRUE(saysNothing(kHead + step + "gemini\n      ^\n", "functions"));
    EXPECT_TRUE(saysNothing(body("parallel_claude"), "output_to_file"));
}

TEST(CompletionOfValues, PartsThatAddNothingComeLastAndSaySo) {
    const std::string head = kHead + "    - name: x\n      type: claude\n      prompt:\n        - ";
    for (const std::string& marked : {head + "type: ^\n", head + "^\n"}) {
        expectLast(marked, "session_context", " (no effect)");
        expectLast(marked, "claude_continue", " (no effect)");
        expectLast(marked, "dynamic", " (refused by the loader)");
    }
}

// A source that is still empty has to be filled in.
TEST(CompletionOfSkeletons, BringNoErrors) {
    for (const auto& type : format::Catalogue::builtIn().stepTypes()) {
        if (!type.loadable)
            continue;
        const yaml::Tree tree = yaml::parse(completed(kHead + "    - ^\n", type.id));
        check::Checker checker(format::Catalogue::builtIn(), {}, nullptr);
        for (const check::Diagnostic& found : checker.check(*check::subjectOf(tree)))
            EXPECT_TRUE(found.severity != check::Severity::Error || found.begin < kHead.size() ||
                        found.code.starts_with("source."))
                << type.id << ": " << found.message;
    }
}

TEST(CompletionOfValues, WhatIsTypedNarrowsTheList) {
    const auto found = labels(kHead + "    - name: x\n      type: gemi^\n");
    EXPECT_THAT(found, ElementsAre("gemini", "gemini_instructor"));
}

TEST(CompletionOfTemplates, AreClosedBehindAWholePath) {
    const auto text = [](const std::string& content) {
        return kHead + kDraft +
               "    - name: write\n      type: claude\n      prompt:\n        - type: static\n"
               "          content: " +
               content + "\n";
    };
    const auto taken = [&](const std::string& content, const char* label) {
        return completed(text(content), label);
    };
    EXPECT_EQ(taken("\"{{steps.draft.te^\"", "text"), text("\"{{steps.draft.text}}\""));
    EXPECT_EQ(taken("\"{{ steps.draft.te^ now\"", "text"), text("\"{{ steps.draft.text }} now\""));
    EXPECT_EQ(taken("a {{steps.draft.te^ and {{steps.draft.text}}", "text"),
              text("a {{steps.draft.text}} and {{steps.draft.text}}"));
    EXPECT_EQ(taken("|\n            {{state.to^", "topic"), text("|\n            {{state.topic}}"));
    EXPECT_EQ(taken("'{{to^'", "topic"), text("'{{topic}}'"));
    // More follows, or an end is there.
    EXPECT_EQ(taken("\"{{st^\"", "steps."), text("\"{{steps.\""));
    EXPECT_EQ(taken("\"{{steps.dr^\"", "draft"), text("\"{{steps.draft\""));
    EXPECT_EQ(taken("\"{{ro^\"", "round"), text("\"{{round(\""));
    EXPECT_EQ(taken("\"{{add(to^\"", "topic"), text("\"{{add(topic\""));
    EXPECT_EQ(taken("\"{{steps.draft.te^}}\"", "text"), text("\"{{steps.draft.text}}\""));
    EXPECT_EQ(taken("\"{{ steps.draft.te^ }}\"", "text"), text("\"{{ steps.draft.text }}\""));
    EXPECT_EQ(taken("\"{{steps.draft.te^ + 1}}\"", "text"), text("\"{{steps.draft.text + 1}}\""));
    EXPECT_EQ(taken("\"{{steps.draft.te^}\"", "text"), text("\"{{steps.draft.text}\""));
}

TEST(CompletionOfTemplates, WithoutAnEndTheyTakeNothingOfTheTextBehindThem) {
    const auto prompt = [](const std::string& text) {
        return kHead + kDraft +
               "    - name: write\n      type: claude\n      prompt:\n        - type: static\n"
               "          content: |\n            " +
               text + "\n            more {{steps.draft.text}}\n";
    };
    EXPECT_EQ(completed(prompt("Write {{st^X now"), "steps."), prompt("Write {{steps.X now"));
    EXPECT_EQ(completed(prompt("Write {{steps.dr^word"), "draft"),
              prompt("Write {{steps.draftword"));
    EXPECT_EQ(completed(prompt("Write {{steps.dr^aft.text}} now"), "draft"),
              prompt("Write {{steps.draft.text}} now"));
    EXPECT_EQ(completed(prompt("Write {{steps.dr^ and {{steps.draft}}"), "draft"),
              prompt("Write {{steps.draft and {{steps.draft}}"));
}

TEST(CompletionOfValues, NothingIsOfferedAboveTheValueThatStandsBelow) {
    const std::string step = kHead + "    - name: write\n      type: claude\n      ";
    for (const char* text :
         {"condition:^\n        and:\n          - plan\n", "condition: ^\n        - plan\n",
          "condition: ^\n      - plan\n", "condition: ^ # all\n\n        not: plan\n",
          "output_to_file: ^\n        a.txt\n", "condition: ^\n        plan.ok == 1\n"})
        EXPECT_THAT(labels(step + text), IsEmpty()) << text;
    for (const char* text : {"condition: ^\n      prompt:\n        - type: static\n",
                             "condition: ^\n\n    - name: next\n", "condition: ^\n# all\n"})
        EXPECT_THAT(labels(step + text), Contains("plan")) << text;
    const std::string flush = "workflow:\n  steps:\n  - name: a\n    type: ^\n  - name: b\n";
    EXPECT_THAT(labels(flush), Contains("claude"));
}

TEST(CompletionOfItems, BeforeADashAnItemOfItsOwnIsMade) {
    for (const std::string indent : {"    ", "  "}) {
        const std::string head =
            "workflow:\n  steps:\n" + indent + "- name: a\n" + indent + "  type: claude\n" + indent;
        const std::string tail = "- name: b\n" + indent + "  type: claude\n";
        const std::string whole = completed(head + "^" + tail, "set_variable");
        EXPECT_TRUE(whole.starts_with(head + "- name: set_variable_step\n")) << whole;
        EXPECT_TRUE(whole.ends_with("\n" + indent + tail)) << whole;
        EXPECT_TRUE(yaml::parse(whole).problems().empty()) << whole;
    }
    const std::string tools =
        "workflow:\n  steps:\n    - type: claude\n      claude_options:\n"
        "        allowed_tools:\n          ";
    EXPECT_EQ(completed(tools + "^- Read\n", "Write"), tools + "- Write\n          - Read\n");
    EXPECT_THAT(labels("workflow:\n  steps:\n    - ^- name: a\n"), IsEmpty());
    EXPECT_THAT(labels(kHead + "    - name: x\n      type: claude\n      condition:\n"
                               "        and:\n          ^- plan\n"),
                IsEmpty());
}

TEST(CompletionOfValues, APartOffersThePartTypes) {
    EXPECT_THAT(labels("workflow:\n  steps:\n    - name: x\n      type: claude\n      prompt:\n"
                       "        - type: ^\n"),
                IsSupersetOf({"static", "file", "previous_response"}));
}

TEST(CompletionOfValues, ChoicesAndBooleansAreOffered) {
    EXPECT_THAT(labels("workflow:\n  checkpoint_enabled: ^\n"), ElementsAre("true", "false"));
    EXPECT_THAT(labels("workflow:\n  steps:\n    - name: a\n      type: claude\n      role: ^\n"),
                ElementsAre("brain", "muscle"));
}

TEST(CompletionOfValues, ADefaultIsOfferedIfItIsANumber) {
    const std::string step = "workflow:\n  steps:\n    - name: a\n      type: ";
    EXPECT_THAT(labels(step + "for_loop\n      max_parallel: ^\n"), ElementsAre("5"));
    EXPECT_THAT(labels(step + "for_loop\n      batch_size: ^\n"), IsEmpty());
    EXPECT_THAT(labels(step + "claude\n      claude_options:\n        max_turns: ^\n"), IsEmpty());
}

TEST(CompletionOfValues, BehindTheKeyOfAListTheListIsMade) {
    const std::string head = kHead + "    - name: f\n      type: gemini\n      functions: ";
    EXPECT_EQ(completed(head + "^\n", "lookup"), head + "[lookup]\n");
}

TEST(CompletionOfValues, PreviousResponseOffersTheStepsSoFarNearestFirst) {
    const auto found = labels(kHead +
                              "    - name: write\n      type: claude\n      prompt:\n"
                              "        - type: previous_response\n          step: ^\n"
                              "    - name: later\n      type: claude\n");
    EXPECT_THAT(found, ElementsAre("remember", "plan"));
}

TEST(CompletionOfValues, FunctionsAreThoseOfTheWorkflow) {
    EXPECT_THAT(labels(kHead + "    - name: f\n      type: gemini\n      functions: [^]\n"),
                Contains("lookup"));
    EXPECT_THAT(
        labels(kHead + "    - name: f\n      type: gemini\n      functions:\n        - ^\n"),
        Contains("lookup"));
}

TEST(CompletionInTemplates, ScopesAndVariablesComeFirst) {
    const auto found = labels(kHead +
                              "    - name: write\n      type: claude\n      prompt:\n"
                              "        - type: static\n          content: \"about {{^\n");
    EXPECT_THAT(found, IsSupersetOf({"steps.", "state.", "topic", "add"}));
}

TEST(CompletionInTemplates, StepsAndTheirResultsFollow) {
    const std::string head = kHead + kDraft +
                             "    - name: write\n      type: claude\n      prompt:\n"
                             "        - type: static\n          content: |\n            Now\n";
    EXPECT_THAT(labels(head + "            use {{steps.^\n"), ElementsAre("draft", "remember"));
    EXPECT_THAT(labels(head + "            use {{steps.draft.^}} here\n"),
                IsSupersetOf({"text", "success"}));
    EXPECT_EQ(completed(head + "            use {{steps.dr^}} here\n", "draft"),
              head + "            use {{steps.draft}} here\n");
    EXPECT_THAT(labels(head + "            use {{state.^\n"), ElementsAre("topic"));
}

TEST(CompletionInTemplates, CallsTakeNoCalls) {
    const std::string head = kHead + kDraft +
                             "    - name: write\n      type: claude\n      prompt:\n"
                             "        - {type: static, content: \"";
    for (const char* call : {"{{add(^", "{{ add( ^, 2)}}", "{{add(1, ^)}}"}) {
        EXPECT_THAT(labels(head + call), Contains("topic")) << call;
        EXPECT_THAT(labels(head + call), Not(Contains("add"))) << call;
    }
    EXPECT_THAT(labels(head + "{{add(1, 2)}} {{^"), Contains("add"));
    const std::string condition = kHead + kDraft + "    - name: write\n      condition: ";
    EXPECT_THAT(labels(condition + "length(^"), Contains("draft"));
    EXPECT_THAT(labels(condition + "length(^"), Not(Contains("length")));
    EXPECT_THAT(labels(condition + "length(draft.text) > ^"), Contains("length"));
}

TEST(CompletionInTemplates, CommentsHaveNone) {
    const std::string head = kHead + kDraft + "    - name: write\n      type: claude\n";
    for (const char* comment :
         {"      # {{steps.^", "      role: brain # {{steps.^", "      prompt: # {{steps.^\n",
          "      prompt: [{type: static, content: x}] # {{steps.^\n", "# {{steps.^",
          "      prompt:\n        - type: static # {{steps.^\n", "         # {{steps.^",
          "      description: |\n        text\n      # {{steps.^",
          "      prompt:\n        # {{steps.^\n        - type: static\n",
          "      prompt: [ # {{steps.^\n        {type: static}]\n",
          "      prompt: [{type: static}, # {{steps.^\n        {type: file}]\n",
          "      prompt:\n        - type: static\n          content: \"x\" # {{steps.^\n",
          "      prompt:\n        - type: static\n          content: |  # {{steps.^\n"})
        EXPECT_THAT(labels(head + comment), IsEmpty()) << comment;
}

TEST(CompletionInTemplates, AClosedTemplateOffersNothing) {
    EXPECT_THAT(
        labels(kHead + "    - name: write\n      type: claude\n      prompt:\n"
                       "        - type: static\n          content: \"{{state.topic}} ^\"\n"),
        IsEmpty());
}

TEST(CompletionInConditions, OffersStepsThenTheirResults) {
    const std::string head =
        kHead + kDraft + "    - name: write\n      type: claude\n      condition: ";
    EXPECT_THAT(labels(head + "^\n"), IsSupersetOf({"draft", "plan", "remember", "length"}));
    EXPECT_THAT(labels(head + "draft.^\n"), IsSupersetOf({"text", "success"}));
    EXPECT_THAT(labels(head + "\"plan.success == true\"^\n"), IsEmpty());
}

TEST(CompletionInConditions, AComparisonGetsItsBlank) {
    const std::string head =
        kHead + kDraft + "    - name: write\n      type: claude\n      condition: ";
    EXPECT_EQ(completed(head + "draft.ok ==^\n", "draft"), head + "draft.ok == draft\n");
    EXPECT_EQ(completed(head + "\"draft.ok >no^\"\n", "now"), head + "\"draft.ok > now(\"\n");
    EXPECT_EQ(completed(head + "draft.ok == ^\n", "draft"), head + "draft.ok == draft\n");
    EXPECT_EQ(completed(head + "draft.ok ==draft.te^\n", "text"), head + "draft.ok ==draft.text\n");
    EXPECT_EQ(completed(head + "length(^\n", "draft"), head + "length(draft\n");
}

TEST(CompletionInConditions, TextsInQuotesNameNothing) {
    const std::string head = kHead + kDraft +
                             "    - name: it's\n      type: claude_smart\n"
                             "    - name: write\n      type: claude\n      condition: ";
    for (const char* text :
         {"\"draft.text == '^'\"", "draft.text == '^", "'draft.text == ''^ '",
          "\"draft.text == \\\"^\\\"\"", "any(draft.list, '^')", "draft.text == 'a' and '^"})
        EXPECT_THAT(labels(head + text), IsEmpty()) << text;
    for (const char* text : {"\"draft.text == '' and ^\"", "draft.text == 'a' or ^", "it's.ok == ^",
                             "'draft.text == ''a'' or ^'"})
        EXPECT_THAT(labels(head + text), Contains("draft")) << text;
    EXPECT_THAT(labels(head + "\"draft.text == '{{steps.^}}'\""), Contains("draft"));
}

TEST(CompletionInConditions, TheWordsOfAResultAreOffered) {
    const std::string head = kHead +
                             "    - {name: cp, type: file_ops, operation: validate}\n"
                             "    - {name: rob, type: claude_robust}\n"
                             "    - name: write\n      type: claude\n      condition: ";
    EXPECT_THAT(labels(head + "cp.status == '^\n"), ElementsAre("all_valid"));
    EXPECT_THAT(labels(head + "\"'^' != rob.fallback_type\""), IsEmpty());
    EXPECT_THAT(labels(head + "\"rob.fallback_type != '^'\""), Contains("cached_response"));
    EXPECT_EQ(completed(head + "\"cp.status == 'all^'\"\n", "all_valid"),
              head + "\"cp.status == 'all_valid'\"\n");
    EXPECT_THAT(labels(head + "cp.operation contains '^\n"), IsEmpty());
    EXPECT_THAT(labels(head + "rob.success == '^\n"), IsEmpty());
}

TEST(CompletionInConditions, AGroupStandsAlone) {
    const std::string step = kHead + "    - name: write\n      type: claude\n      condition:\n";
    EXPECT_THAT(labels(step + "        ^\n"), Not(Contains("and")));
    EXPECT_THAT(labels(step + "        - ^\n"), Contains("plan"));
    const std::string head =
        kHead + "    - name: each\n      type: for_loop\n      break_condition:\n";
    EXPECT_THAT(labels(head + "        ^\n"), IsSupersetOf({"and", "or", "not"}));
    EXPECT_THAT(labels(head + "        and: []\n        ^\n"), IsEmpty());
    EXPECT_THAT(labels(head + "        ^\n        not: plan\n"), IsEmpty());
    EXPECT_THAT(labels(head + "        and:\n          - ^\n"), Contains("plan"));
}

TEST(CompletionOfValues, BatchTasksHaveNoResults) {
    const std::string batch = kHead + "    - name: b\n      type: claude_batch\n";
    const std::string task = batch + "      tasks:\n        - prompt:\n            - ";
    EXPECT_THAT(labels(task + "type: ^\n"), IsSupersetOf({"static", "file"}));
    EXPECT_THAT(labels(task + "type: ^\n"), Not(Contains("previous_response")));
    EXPECT_THAT(labels(task + "^\n"), Not(Contains("previous_response")));
    EXPECT_THAT(labels(batch + "      prompt:\n        - type: ^\n"),
                Contains("previous_response"));
}

TEST(CompletionInLoops, NestedStepsSeeThoseAroundAndTheirOwn) {
    const std::string text = kHead +
                             "    - name: each\n      type: for_loop\n      iterator: file\n"
                             "      data_source: plan:files\n      steps:\n"
                             "        - name: first\n          type: claude\n"
                             "        - name: second\n          type: claude\n          prompt:\n"
                             "            - type: previous_response\n              step: ^\n";
    EXPECT_THAT(labels(text), ElementsAre("first", "remember", "plan", "loop"));
}

TEST(CompletionInLoops, ThePartsOfARoundAreOffered) {
    const std::string loop =
        "    - name: each\n      type: for_loop\n      iterator: file\n"
        "      data_source: plan:files\n      steps:\n"
        "        - name: body\n          type: claude\n          prompt:\n"
        "            - {type: previous_response, step: loop, extract: ^}\n";
    EXPECT_THAT(labels(kHead + loop),
                ElementsAre("file", "index", "total", "first", "last", "level"));
    const std::string outside = kHead +
                                "    - name: body\n      type: claude\n      prompt:\n"
                                "        - {type: previous_response, step: ";
    EXPECT_THAT(labels(outside + "loop, extract: ^}\n"), IsEmpty());
    EXPECT_THAT(labels(outside + "^}\n"), Not(Contains("loop")));
}

// Not a benchmark: it only notices when completion becomes a hundred times slower.
TEST(Completion, AThousandStepsTakeNoNoticeableTime) {
    std::string text = "workflow:\n  name: big\n  steps:\n";
    for (int i = 0; i < 1000; ++i)
        text += "    - name: step_" + std::to_string(i) +
                "\n      type: claude\n      prompt:\n        - type: static\n"
                "          content: \"Do {{steps.step_" +
                std::to_string(i / 2) + ".text}}\"\n";
    text += "    - name: last\n      type: claude\n      condition: ^\n";
    const TextWithCursor place(text);
    const auto begin = std::chrono::steady_clock::now();
    const auto found = testing::completions(place);
    const auto taken = std::chrono::steady_clock::now() - begin;
    EXPECT_GT(found.size(), 1000u);
    EXPECT_LT(taken, std::chrono::milliseconds(500));
}

TEST(Completion, ALineOfManyDashesTakesNoNoticeableTime) {
    std::string dashes;
    for (int i = 0; i < 20000; ++i)
        dashes += "- ";
    const TextWithCursor place("workflow:\n  steps:\n    " + dashes + "^");
    const auto begin = std::chrono::steady_clock::now();
    testing::completions(place);
    const auto taken = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(taken, std::chrono::milliseconds(500));
}

TEST(CompletionOfConditions, OffersFunctionsInFormsThatTheCheckerTakes) {
    const std::string before = kHead + "    - name: next\n      type: claude\n      condition: ";
    const std::string after = "\n      prompt: [{type: static, content: hi}]\n";
    std::size_t functions = 0;
    for (const auto& each : testing::completions(TextWithCursor(before + "^" + after))) {
        if (each.kind != CompletionKind::Function || each.label == "now")
            continue;
        ++functions;
        std::string call = each.detail;
        for (const auto& [word, value] : {std::pair<std::string, std::string>{"path", "plan.x"},
                                          {"(n)", "(2)"},
                                          {" n)", " 2)"},
                                          {"low", "1"},
                                          {"high", "9"},
                                          {"'condition'", "'ok'"}})
            if (const std::size_t at = call.find(word); at != std::string::npos)
                call.replace(at, word.size(), value);
        const yaml::Tree tree = yaml::parse(before + call + after);
        check::Checker checker(format::Catalogue::builtIn(), {}, nullptr);
        for (const check::Diagnostic& found : checker.check(*check::subjectOf(tree))) {
            const bool toCompare = found.code == "condition.number-alone";
            EXPECT_TRUE(toCompare || found.code.find("condition.") == std::string::npos)
                << call << ": " << found.message;
        }
    }
    EXPECT_EQ(functions, 27u);
}

// Steps with names that need quotes, and one whose prompt is being written.
const std::string kOddNames =
    "workflow:\n"
    "  steps:\n"
    "    - {name: \"a: b\", type: claude_smart}\n"
    "    - {name: \"12\", type: claude_smart}\n"
    "    - {name: \"x, y}\", type: claude_smart}\n"
    "    - {name: \"it's\", type: claude_smart}\n"
    "    - {name: 'say \"x\" \\n', type: claude_smart}\n"
    "    - name: last\n"
    "      type: claude_smart\n"
    "      prompt:\n"
    "        - ";

struct WrittenName {
    const char* name;
    const char* written;
};

class CompletionOfOddNames : public ::testing::TestWithParam<WrittenName> {};

// Each as it is read back, too.
void expectWritten(const std::string& before, const std::string& behind, const std::string& name,
                   const std::string& written) {
    const std::string text = completed(kOddNames + before + "^" + behind, name);
    EXPECT_EQ(text, kOddNames + before + written + behind);
    const yaml::Tree tree = yaml::parse(text);
    const auto node = yaml::resolve(tree, "/workflow/steps/5/prompt/0/step");
    ASSERT_TRUE(node) << text;
    EXPECT_EQ(yaml::scalarText(tree, *node), name) << text;
}

TEST_P(CompletionOfOddNames, AreQuotedWhereTheyNeedIt) {
    const std::string name = GetParam().name;
    const std::string written = GetParam().written;
    expectWritten("type: previous_response\n          step: ", "\n", name, written);
    // Between brackets as well, where more needs quotes.
    const std::string inFlow = name == "x, y}" ? "\"x, y}\"" : written;
    expectWritten("{type: previous_response, step: ", "}\n", name, inFlow);
}

INSTANTIATE_TEST_SUITE_P(Names, CompletionOfOddNames,
                         ::testing::Values(WrittenName{"a: b", "\"a: b\""},
                                           WrittenName{"12", "\"12\""},
                                           WrittenName{"x, y}", "x, y}"},
                                           WrittenName{"it's", "it's"},
                                           WrittenName{"say \"x\" \\n", "say \"x\" \\n"}));

TEST(OddNames, AreEscapedForTheQuotesAroundThem) {
    const std::string part = "type: previous_response\n          step: ";
    expectWritten(part + "'", "'\n", "it's", "it''s");
    expectWritten(part + "'", "'\n", "a: b", "a: b");
    expectWritten(part + "\"", "\"\n", "it's", "it's");
    expectWritten(part + "\"", "\"\n", "say \"x\" \\n", "say \\\"x\\\" \\\\n");
    const std::string flow = "{type: previous_response, step: ";
    expectWritten(flow + "'", "'}\n", "it's", "it''s");
    expectWritten(flow + "\"", "\"}\n", "say \"x\" \\n", "say \\\"x\\\" \\\\n");
}

// Templates find the names that have no blank in them.
TEST(OddNames, InTemplatesFollowTheTextAround) {
    const std::string head =
        "workflow:\n  steps:\n    - {name: \"it's\", type: claude_smart}\n"
        "    - {name: 'b\\n', type: claude_smart}\n"
        "    - {name: '\"c\"', type: claude_smart}\n"
        "    - name: last\n      type: claude_smart\n"
        "      prompt:\n        - type: static\n          content: ";
    const auto after = [&](const std::string& before, const std::string& name) {
        const std::string text = completed(head + before + "{{steps.^", name);
        return text.empty() ? text : text.substr(head.size() + before.size() + 8);
    };
    const std::vector<std::string> offered = labels(head + "q {{steps.^");
    for (const std::string& name : offered) {
        EXPECT_EQ(after("q ", name), name);
        EXPECT_EQ(after("|\n            q ", name), name);
        std::string single;
        std::string twice;
        for (const char c : name) {
            single += c == '\'' ? "''" : std::string(1, c);
            twice += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
        }
        for (const std::string line : {"q ", "q\n            more "}) {
            EXPECT_EQ(after("'" + line, name), single);
            EXPECT_EQ(after("\"" + line, name), twice);
        }
    }
    EXPECT_FALSE(offered.empty());
}

TEST(OddNames, AreQuotedInAListThatCompletionMakes) {
    const std::string head =
        "workflow:\n  gemini_functions: {\"x, y\": {description: d}}\n  steps:\n"
        "    - name: a\n      type: gemini\n      functions: ";
    EXPECT_EQ(completed(head + "^\n", "x, y"), head + "[\"x, y\"]\n");
    EXPECT_EQ(completed(head + "\n        - ^\n", "x, y"), head + "\n        - x, y\n");
}

TEST(CompletionOfSkeletons, GiveTheStepANameThatIsFree) {
    const std::string head =
        "workflow:\n  steps:\n    - name: claude_step\n      type: claude\n"
        "    - name: each\n      type: for_loop\n      steps:\n"
        "        - name: claude_step_2\n          type: claude\n";
    EXPECT_EQ(completed(head + "    - ^\n", "claude").find(head + "    - name: claude_step_3\n"),
              0u);
    EXPECT_EQ(completed(head + "    - ^\n", "gemini").find(head + "    - name: gemini_step\n"), 0u);
}

TEST(CompletionInNestedPipelines, OffersWhatTheirOwnRunKnows) {
    const auto offered = [](const std::string& step) {
        return labels(
            "workflow:\n  global_vars: {outer: 1}\n  steps:\n"
            "    - {name: set, type: set_variable, variables: {kv: [1]}}\n"
            "    - name: p\n      type: pipeline\n      inputs: {x: 1}\n"
            "      pipeline:\n        name: q\n        global_vars: {own: 1}\n        steps:\n"
            "          - {name: s0, type: set_variable, variables: {nums: [1]}}\n" +
            step);
    };
    const auto sources = offered("          - {name: a, type: for_loop, data_source: ^}\n");
    EXPECT_THAT(sources, Contains("nums"));
    EXPECT_THAT(sources, Not(Contains("kv")));
    EXPECT_THAT(offered("          - {name: a, description: \"{{global_vars.^}}\"}\n"),
                ElementsAre("outer", "own"));
    EXPECT_THAT(offered("          - name: g\n            type: pipeline\n"
                        "            inputs: {y: 1}\n            pipeline:\n"
                        "              steps:\n"
                        "                - {name: a, description: \"{{inputs.^}}\"}\n"),
                ElementsAre("x", "y"));
}

TEST(CompletionInLoops, OffersTheVariablesOfTheRoundAsSources) {
    const std::string text =
        "workflow:\n  steps:\n    - name: l\n      type: for_loop\n      steps:\n"
        "        - {name: s, type: set_variable, variables: {parts: [1]}}\n";
    const std::string step = "- {name: a, type: for_loop, data_source: ^}\n";
    EXPECT_THAT(labels(text + "        " + step), Contains("parts"));
    EXPECT_THAT(labels(text + "    " + step), Not(Contains("parts")));
}

TEST(CompletionOfResults, OffersWhatASkippedStepStores) {
    const auto offered = [](const std::string& condition, const std::string& rest) {
        return labels("workflow:\n  steps:\n    - {name: m, type: claude" + condition +
                      "}\n    - {name: o, " + rest + "}\n");
    };
    const std::string maybe = ", condition: a.ok";
    EXPECT_THAT(offered(maybe, "condition: m.^"), ElementsAre("skipped", "reason"));
    EXPECT_THAT(offered(maybe, "description: \"{{steps.m.^}}\""), ElementsAre("skipped", "reason"));
    EXPECT_THAT(offered("", "condition: m.^"), IsEmpty());
}

TEST(Completion, AnAliasIsOneOfTheAnchorsAbove) {
    const auto offered = [](const std::string& alias) {
        return labels(
            "x-a: &first {k: 1}\nx-b: &second\n  k: &inner 2\nx-c: &first 3\n"
            "workflow:\n  steps:\n    - name: one\n      type: claude_smart\n"
            "      claude_options: " +
            alias + "\n    - name: &later two\n      type: claude\n");
    };
    EXPECT_THAT(offered("*^"), ElementsAre("*first", "*inner", "*second"));
    EXPECT_THAT(offered("*se^"), ElementsAre("*second"));
    EXPECT_THAT(offered("'*^'"), IsEmpty());
}

}  // namespace
}  // namespace pe::language
