// SPDX-License-Identifier: MIT
#include "pe/document/file_extraction.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "extraction_texts.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::document {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kList = "/workflow/steps";

Result<ExtractedTexts> extracted(const std::string& text, std::size_t first, std::size_t count,
                                 const std::string& name = "sub") {
    FakeClock clock;
    return extractSteps({text, kList, first, count, name, "pipelines/" + name + ".yaml"}, clock);
}

Result<std::string> inlined(const ExtractedTexts& texts, std::size_t at) {
    FakeClock clock;
    return inlineFile(texts.text, kList + "/" + std::to_string(at), texts.file, clock);
}

const std::string kWrite =
    "    - name: write\n"
    "      type: claude\n"
    "      prompt:\n"
    "        - type: static\n"
    "          content: \"Write {{steps.plan.text}} and {{ global_vars.tone }}\"\n";
const std::string kLast =
    "    - name: last\n"
    "      type: claude\n"
    "      condition: \"write.success == true\"\n"
    "      prompt:\n"
    "        - {type: previous_response, step: write, extract: text}\n"
    "        - type: static\n"
    "          content: >-\n"
    "            Check {{steps.write.text}}\n";

TEST(ExtractToFile, MovesTheStepsAndHandsOverWhatTheyRead) {
    const auto texts = extracted(kHeadOfSteps + kPlanStep + kWrite, 1, 1, "draft");
    ASSERT_TRUE(texts) << texts.error().message;
    EXPECT_EQ(texts->text, kHeadOfSteps + kPlanStep +
                               "    - name: draft\n"
                               "      type: pipeline\n"
                               "      pipeline_file: pipelines/draft.yaml\n"
                               "      inputs:\n"
                               "        plan_text: \"{{steps.plan.text}}\"\n"
                               "        tone: \"{{ global_vars.tone }}\"\n");
    EXPECT_EQ(texts->file,
              "workflow:\n"
              "  name: draft\n"
              "  steps:\n"
              "    - name: write\n"
              "      type: claude\n"
              "      prompt:\n"
              "        - type: static\n"
              "          content: \"Write {{inputs.plan_text}} and {{inputs.tone}}\"\n");
}

TEST(ExtractToFile, ResultsAreReachedThroughTheNewStep) {
    const auto texts = extracted(kHeadOfSteps + kPlanStep + kWrite + kLast, 1, 1, "draft");
    ASSERT_TRUE(texts) << texts.error().message;
    EXPECT_THAT(texts->text, HasSubstr("      outputs:\n        - write\n"));
    EXPECT_THAT(texts->text, HasSubstr("condition: \"draft.result.write.success == true\""));
    EXPECT_THAT(texts->text, HasSubstr("step: draft, extract: result.write.text}"));
    EXPECT_THAT(texts->text, HasSubstr("Check {{steps.draft.write.text}}"));
}

TEST(ExtractToFile, WithoutInputsResultsStandDirectlyBelowTheStep) {
    const std::string alone = "    - name: write\n      type: claude\n      prompt: []\n";
    const auto texts = extracted(kHeadOfSteps + alone + kLast, 0, 1, "draft");
    ASSERT_TRUE(texts) << texts.error().message;
    EXPECT_THAT(texts->text, HasSubstr("condition: \"draft.write.success == true\""));
    EXPECT_THAT(texts->text, HasSubstr("step: draft, extract: write.text}"));
    EXPECT_EQ(*inlined(*texts, 0), kHeadOfSteps + alone + kLast);
}

TEST(ExtractToFile, TheWayBackGivesEveryByte) {
    const std::string text = kHeadOfSteps + kPlanStep + kWrite + kLast;
    for (const auto& [first, count] : {std::pair(0, 1), {0, 2}, {0, 3}, {1, 1}, {1, 2}}) {
        const auto texts =
            extracted(text, static_cast<std::size_t>(first), static_cast<std::size_t>(count));
        ASSERT_TRUE(texts) << first << ": " << texts.error().message;
        const auto back = inlined(*texts, static_cast<std::size_t>(first));
        ASSERT_TRUE(back) << back.error().message;
        EXPECT_EQ(*back, text);
    }
}

std::string refusal(const std::string& text, std::size_t first, std::size_t count) {
    const auto texts = extracted(text, first, count);
    return texts ? "" : texts.error().message;
}

TEST(ExtractToFile, RefusesWhatWouldNoLongerBeReached) {
    const std::string reads =
        "    - name: b\n      type: claude\n      prompt:\n"
        "        - {type: previous_response, step: a}\n";
    const std::string a = "    - name: a\n      type: claude\n";
    EXPECT_THAT(refusal(kHeadOfSteps + a + reads, 1, 1), HasSubstr("Line 9: 'b' inserts"));
    EXPECT_THAT(refusal(kHeadOfSteps + a + reads, 0, 1), HasSubstr("`extract`"));
    EXPECT_EQ(refusal(kHeadOfSteps + a + reads, 0, 2), "");
    EXPECT_THAT(
        refusal(kHeadOfSteps + "    - name: v\n      type: set_variable\n"
                               "      variables: {x: 1}\n    - name: c\n      type: claude\n"
                               "      description: \"{{state.x}}\"\n",
                0, 1),
        HasSubstr("cannot be reached"));
}

const std::string kWithFunctions =
    "workflow:\n  name: d\n  gemini_functions:\n    # looks it up\n"
    "    look: {description: d, parameters: {type: object}}\n"
    "    other: {description: o, parameters: {}}\n  steps:\n"
    "    - name: a\n      type: gemini\n      functions: [look]\n"
    "    - name: b\n      type: gemini\n      functions: [look, other]\n";

TEST(ExtractToFile, FunctionsAreDefinedInTheFileToo) {
    const auto texts = extracted(kWithFunctions, 0, 1);
    ASSERT_TRUE(texts) << texts.error().message;
    EXPECT_EQ(texts->file,
              "workflow:\n  name: sub\n  gemini_functions:\n    look:\n      description: d\n"
              "      parameters:\n        type: object\n  steps:\n"
              "    - name: a\n      type: gemini\n      functions: [look]\n");
    EXPECT_THAT(texts->text, HasSubstr("    look: {description: d, parameters: {type: object}}\n"));
    EXPECT_EQ(*inlined(*texts, 0), kWithFunctions);
}

TEST(ExtractToFile, FunctionsThatAreDefinedOtherwiseHereAreNotTakenBack) {
    auto texts = extracted(kWithFunctions, 1, 1);
    ASSERT_TRUE(texts);
    texts->text.replace(texts->text.find("description: o"), 14, "description: p");
    const auto back = inlined(*texts, 1);
    ASSERT_FALSE(back);
    EXPECT_THAT(back.error().message, HasSubstr("The function 'other' is not defined"));
}

const std::string kHead =
    "workflow:\n  name: d\n  workspace_dir: ./ws   # here\n"
    "  defaults: {output_dir: \"./res\", claude_preset: chat, x: 1}\n"
    "  environment:\n    mode: production\n  checkpoint_dir: ck\n  steps:\n";
const std::string kCopies =
    "    - name: cp\n      type: file_ops\n      operation: copy\n"
    "      source: a\n      destination: b\n";
const std::string kSmart =
    "    - name: s\n      type: claude_smart\n      environment_aware: true\n"
    "      output_to_file: s.txt\n";
const std::string kPlain = "    - name: p\n      type: claude\n";

TEST(ExtractToFile, TakesTheSettingsAlongThatTheStepsDependOn) {
    const std::string text = kHead + kCopies + kSmart + kPlain;
    const auto headOf = [&](std::size_t first, std::size_t count) {
        const auto texts = extracted(text, first, count);
        EXPECT_TRUE(texts) << texts.error().message;
        EXPECT_EQ(*inlined(*texts, first), text);
        return texts->file.substr(0, texts->file.find("  steps:"));
    };
    EXPECT_EQ(headOf(0, 1), "workflow:\n  name: sub\n  workspace_dir: ./ws\n");
    EXPECT_EQ(headOf(1, 1),
              "workflow:\n  name: sub\n  defaults:\n    output_dir: ./res\n"
              "    claude_preset: chat\n  environment:\n    mode: production\n");
    EXPECT_EQ(headOf(2, 1), "workflow:\n  name: sub\n");
}

TEST(ExtractToFile, SaysWhatTheEngineDoesOtherwise) {
    const auto notes = [](const std::string& text) {
        const auto texts = extracted(text, 0, 1);
        EXPECT_TRUE(texts);
        return texts->notes;
    };
    EXPECT_THAT(notes(kHeadOfSteps + kPlain), ElementsAre(HasSubstr("300 seconds")));
    EXPECT_THAT(notes(kHeadOfSteps + kCopies), ElementsAre());
    EXPECT_THAT(
        notes("workflow:\n  name: d\n  checkpoint_enabled: true\n  steps:\n" + kCopies + kPlain),
        ElementsAre(HasSubstr("resumed")));
}

TEST(ExtractToFile, RefusesNamesThatCannotBeUsed) {
    FakeClock clock;
    const std::string text = kHeadOfSteps + kPlanStep;
    for (const char* name : {"v1.2", "with-dash", "plan"})
        EXPECT_FALSE(extractSteps({text, kList, 0, 1, name, "x.yaml"}, clock)) << name;
    EXPECT_FALSE(extractSteps({text, kList, 0, 2, "sub", "x.yaml"}, clock));
    EXPECT_FALSE(extractSteps({text, "/workflow", 0, 1, "sub", "x.yaml"}, clock));
}

const std::string kRunner =
    "    - name: sub\n      type: pipeline\n      pipeline_file: sub.yaml\n";
const std::string kSub = "workflow:\n  name: sub\n  steps:\n    - name: a\n      type: claude\n";

std::string inlineRefusal(const std::string& outer, const std::string& inner) {
    FakeClock clock;
    const auto text = inlineFile(kHeadOfSteps + outer, kList + "/0", inner, clock);
    return text ? "" : text.error().message;
}

TEST(InlineFile, RefusesToLoseAnything) {
    EXPECT_EQ(inlineRefusal(kRunner, kSub), "");
    EXPECT_THAT(inlineRefusal(kRunner + "      condition: x.y\n", kSub), HasSubstr("condition"));
    EXPECT_THAT(inlineRefusal("    # why\n" + kRunner, kSub), HasSubstr("comment"));
    EXPECT_THAT(inlineRefusal(kRunner,
                              "workflow:\n  name: s\n  version: 1\n  steps:\n"
                              "    - name: a\n      type: claude\n"),
                HasSubstr("`version`"));
    EXPECT_THAT(inlineRefusal(kRunner, kSub + "      description: \"{{inputs.x}}\"\n"),
                HasSubstr("among the inputs"));
}

TEST(InlineFile, RefusesWhereANameWouldMeanSomethingElse) {
    EXPECT_THAT(inlineRefusal(kRunner + "    - name: a\n      type: claude\n", kSub),
                HasSubstr("on both sides"));
    EXPECT_THAT(inlineRefusal(kRunner + "    - name: b\n      type: claude\n",
                              kSub + "      description: \"{{steps.b.text}}\"\n"),
                HasSubstr("names nothing in the file"));
    EXPECT_THAT(inlineRefusal(kRunner + "    - name: b\n      type: claude\n"
                                        "      condition: sub.success\n",
                              kSub),
                HasSubstr("would be gone"));
}

TEST(InlineFile, RefusesWhatWouldMixWithWhatIsHere) {
    const std::string options = "      claude_options: &o {max_turns: 1}\n";
    const std::string uses = "    - name: b\n      type: claude\n      claude_options: *o\n";
    EXPECT_THAT(inlineRefusal(kRunner + "    - name: c\n      type: claude\n" + options + uses,
                              kSub + options),
                HasSubstr("&o"));
    EXPECT_EQ(inlineRefusal(kRunner, kSub + options + uses), "");
    const std::string sets = "    - name: set\n      type: set_variable\n      variables: {v: 1}\n";
    const std::string reads = "    - name: r\n      type: claude\n      role: '{{state.v}}'\n";
    EXPECT_THAT(inlineRefusal(kRunner + reads, kSub + sets), HasSubstr("variable 'v'"));
    EXPECT_EQ(inlineRefusal(kRunner, kSub + sets + reads), "");
    // `r` is what `q` says, not what the step `a` does.
    EXPECT_THAT(inlineRefusal(kRunner + "      outputs: [{path: q.summary, as: a}]\n"
                                        "    - name: use\n      type: claude\n"
                                        "      role: '{{steps.sub.a.text}}'\n",
                              kSub),
                HasSubstr("would be gone"));
}

TEST(InlineFile, RefusesWhereStepsWouldRunUnderOtherSettings) {
    const std::string head = "workflow:\n  name: sub\n";
    const auto refusal = [](const std::string& outerHead, const std::string& inner) {
        FakeClock clock;
        const auto text = inlineFile(outerHead + kRunner, kList + "/0", inner, clock);
        return text ? "" : text.error().message;
    };
    // Settings of the open file would begin to count.
    EXPECT_THAT(refusal(kHead, head + "  steps:\n" + kCopies),
                HasSubstr("depend on `workspace_dir`, which is \"./ws\""));
    EXPECT_THAT(refusal(kHead, head + "  defaults: {output_dir: ./res}\n  steps:\n" + kSmart),
                HasSubstr("`defaults.claude_preset`"));
    EXPECT_EQ(refusal(kHead, head + "  steps:\n" + kPlain), "");
    EXPECT_EQ(refusal(kHead, head + "  steps:\n    - name: q\n      type: pipeline\n"
                                    "      pipeline:\n        name: q\n        steps:\n"
                                    "          - {name: cp, type: file_ops}\n"),
              "");
    // Settings of the file would be lost.
    EXPECT_THAT(refusal(kHead, head + "  workspace_dir: ./other\n  steps:\n" + kCopies),
                HasSubstr("`workspace_dir` is another one"));
    EXPECT_THAT(refusal(kHeadOfSteps, head + "  environment: {mode: test}\n  steps:\n" + kPlain),
                HasSubstr("`environment.mode` is another one"));
    EXPECT_THAT(refusal(kHead, head + "  defaults: {timeout: 1}\n  steps:\n" + kPlain),
                HasSubstr("`timeout` would be lost"));
    EXPECT_EQ(refusal(kHead, head + "  workspace_dir: './ws'\n  steps:\n" + kCopies), "");
    // What a team's step does is not known.
    EXPECT_THAT(refusal(kHead, head + "  steps:\n    - {name: t, type: ours}\n"),
                HasSubstr("`workspace_dir`"));
}

const std::string kListed =
    "    - name: ls\n      type: file_ops\n      operation: list\n      path: .\n"
    "    - name: set\n      type: set_variable\n      variables:\n        files: ";
const std::string kOverFiles =
    "    - name: each\n      type: for_loop\n      iterator: f\n      data_source: files\n"
    "      steps: [{name: w, type: claude}]\n";

// In the main pipeline the engine makes a text of what a template stands for.
TEST(InlineFile, RefusesWhereAListWouldBecomeText) {
    const auto with = [](const std::string& value) {
        return "workflow:\n  name: sub\n  steps:\n" + kListed + value + "\n" + kOverFiles;
    };
    for (const char* value : {"'{{steps.ls.files}}'", "' {{ steps.ls.files }}'", "'{{steps.ls}}'"})
        EXPECT_THAT(inlineRefusal(kRunner, with(value)), HasSubstr("Line 11: {{steps.ls")) << value;
    for (const char* value : {"'{{steps.ls.count}}'", "'Files: {{steps.ls.files}}'", "[a, b]"})
        EXPECT_EQ(inlineRefusal(kRunner, with(value)), "") << value;
    // What is only shown is text in both, and an inner pipeline keeps its lists.
    EXPECT_EQ(inlineRefusal(kRunner, with("x") + "    - name: say\n      type: claude\n"
                                                 "      prompt: [{type: static, content: "
                                                 "'{{steps.ls.files}}'}]\n"),
              "");
    EXPECT_EQ(inlineRefusal(kRunner,
                            "workflow:\n  name: sub\n  steps:\n    - name: in\n"
                            "      type: pipeline\n      pipeline:\n        name: in\n"
                            "        steps:\n          - {name: ls, type: file_ops}\n"
                            "          - {name: set, type: set_variable, "
                            "variables: {files: '{{steps.ls.files}}'}}\n"),
              "");
}

TEST(ExtractToFile, RefusesWhereATextWouldBecomeAList) {
    const std::string text = kHeadOfSteps + kListed + "'{{steps.ls.files}}'\n" + kOverFiles;
    EXPECT_THAT(refusal(text, 0, 3), HasSubstr("Line 11: {{steps.ls.files}} is a list"));
    EXPECT_EQ(refusal(text, 0, 1), "");
    FakeClock clock;
    EXPECT_FALSE(extractSteps({text, kList, 0, 3, "sub", ""}, clock));
}

TEST(InlineFile, AnInputThatStandsAloneKeepsItsType) {
    FakeClock clock;
    const auto text = inlineFile(kHeadOfSteps + kRunner + "      inputs: {n: 5}\n", kList + "/0",
                                 kSub +
                                     "      claude_options:\n"
                                     "        max_turns: \"{{inputs.n}}\"\n"
                                     "        append_system_prompt: \"{{inputs.n}} x\"\n",
                                 clock);
    ASSERT_TRUE(text) << text.error().message;
    EXPECT_THAT(*text, HasSubstr("max_turns: 5\n"));
    EXPECT_THAT(*text, HasSubstr("append_system_prompt: \"5 x\"\n"));
}

TEST(InlineFile, SaysWhichFileARefusalIsAbout) {
    EXPECT_THAT(inlineRefusal(kRunner,
                              "workflow:\n  name: s\n  # why\n  steps:\n"
                              "    - name: a\n      type: claude\n"),
                HasSubstr("In the file that is run"));
}

TEST(ExtractToFile, NamesMayHaveLettersOfAllLanguages) {
    const std::string text = kHeadOfSteps +
                             "    - name: pr\u00fcfen\n      type: claude\n"
                             "    - name: last\n      type: claude\n"
                             "      role: \"{{steps.pr\u00fcfen.text}}\"\n";
    const auto texts = extracted(text, 0, 1);
    ASSERT_TRUE(texts) << texts.error().message;
    EXPECT_EQ(*inlined(*texts, 0), text);
}

TEST(ExtractToFile, KeepsTheLineBreaksOfTheFile) {
    std::string text;
    for (const char c : kHeadOfSteps + kPlanStep +
                            "    - name: c\n      type: claude\n      prompt:\n"
                            "        - type: static\n          content: |\n"
                            "            Use {{steps.plan.text}} now.\n")
        text += c == '\n' ? "\r\n" : std::string(1, c);
    for (const std::size_t first : {std::size_t{0}, std::size_t{1}}) {
        const auto texts = extracted(text, first, 1);
        ASSERT_TRUE(texts) << texts.error().message;
        for (const std::string& each : {texts->text, texts->file})
            for (std::size_t at = each.find('\n'); at != std::string::npos;
                 at = each.find('\n', at + 1))
                EXPECT_EQ(each[at - 1], '\r') << each;
    }
}

TEST(ExtractToFile, AnAliasAndItsAnchorStayTogether) {
    FakeClock clock;
    const std::string text =
        kHeadOfSteps +
        "    - name: one\n      type: claude\n      claude_options: &o {a: 1}\n"
        "    - name: two\n      type: claude\n      claude_options: *o\n";
    for (const std::size_t first : {std::size_t{0}, std::size_t{1}}) {
        const auto texts = extracted(text, first, 1);
        ASSERT_FALSE(texts);
        EXPECT_THAT(texts.error().message, HasSubstr("replace the alias by a copy"));
    }
    EXPECT_TRUE(extracted(text, 0, 2));
}

TEST(ExtractToFile, NamesTheLineOfEveryAliasThatWouldLoseItsAnchor) {
    const std::string text = kHeadOfSteps +
                             "    - name: plan\n      type: claude\n      preset: &p analysis\n"
                             "    - name: draft\n      type: claude\n      preset: *p\n"
                             "    - name: write\n      type: claude\n      preset: *p\n";
    const auto lineOf = [&](std::size_t at) {
        return std::to_string(std::count(text.begin(), text.begin() + std::ptrdiff_t(at), '\n') +
                              1);
    };
    const std::string reason =
        ": `*p` and its anchor would be in two files; replace the alias by a copy of the value "
        "first.";
    const auto texts = extracted(text, 0, 1);
    ASSERT_FALSE(texts);
    EXPECT_EQ(texts.error().message, "Line " + lineOf(text.find("*p")) + reason + "\nLine " +
                                         lineOf(text.rfind("*p")) + reason);
}

// Extracts every run of steps that may move; each must come back byte for byte.
std::size_t roundTrips(const std::string& text, std::size_t limit) {
    const yaml::Tree tree = yaml::parse(text);
    const auto list = yaml::resolve(tree, kList);
    if (!tree.editable() || !list)
        return 0;
    const std::size_t count = tree.children(*list).size();
    std::size_t done = 0;
    for (std::size_t first = 0; first < count && done < limit; ++first) {
        for (std::size_t size = 1; first + size <= count && done < limit; ++size) {
            const auto texts = extracted(text, first, size, "quite_new_name");
            if (!texts)
                continue;
            ++done;
            const auto back = inlined(*texts, first);
            EXPECT_TRUE(back && *back == text);
            EXPECT_TRUE(yaml::parse(texts->file).editable());
        }
    }
    return done;
}

TEST(ExtractToFile, IsUndoneByInliningOverTheCorpus) {
    roundTripsOverCorpus([](const std::string& text) { return roundTrips(text, 8); }, 40);
}

RC_GTEST_PROP(ExtractToFile, IsUndoneByInliningWhateverTheStepsHold, ()) {
    static const std::vector<std::string> kFields = {
        "",
        "      description: \"{{steps.s0.text}} {{inputs.a}}\"\n",
        "      description: |\n        {{steps.s0.text}}\n\n          more {{ steps.s0.b + 1 }}\n",
        "      condition: \"{{steps.s0.n}} > 3\"\n",
        "      condition: s0.n == 2\n",
        "      output_to_file: x # note\n   \n",
        "      prompt:\n      - {type: previous_response, step: s0, extract: a.b}\n"};
    static const std::vector<std::string> kBetween = {"", "\n", "    # note\n", "  # left\n"};
    std::string text = kHeadOfSteps;
    const std::size_t count = *rc::gen::inRange<std::size_t>(1, 5);
    for (std::size_t i = 0; i < count; ++i)
        text += *rc::gen::elementOf(kBetween) + "    - name: s" + std::to_string(i) +
                "\n      type: claude\n" + *rc::gen::elementOf(kFields);
    if (*rc::gen::inRange(0, 3) == 0)
        text.pop_back();
    const std::size_t first = *rc::gen::inRange<std::size_t>(0, count);
    const std::size_t size = *rc::gen::inRange<std::size_t>(1, count - first + 1);
    const auto texts = extracted(text, first, size);
    if (!texts) {
        RC_ASSERT(texts.error().message.find("The way back") == std::string::npos);
        return;
    }
    const auto back = inlined(*texts, first);
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == text);
}

}  // namespace
}  // namespace pe::document
