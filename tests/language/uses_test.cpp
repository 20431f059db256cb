// SPDX-License-Identifier: MIT
#include "pe/language/uses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pe/language/hover.hpp"
#include "pe/language/scope.hpp"
#include "pe/language/symbols.hpp"
#include "text_with_cursor.hpp"

namespace pe::language {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::TextWithCursor;

const format::Catalogue& catalogue() {
    return format::Catalogue::builtIn();
}

std::vector<std::size_t> lines(const TextWithCursor& text) {
    const auto target = targetAt(text.subject(), catalogue(), text.offset());
    if (!target)
        return {};
    const yaml::LineIndex index(text.text());
    std::vector<std::size_t> lines;
    for (const Use& each : usesOf(text.subject(), catalogue(), *target)) {
        const bool alias = text.subject().forest().style(each.node) == yaml::Style::Alias;
        EXPECT_EQ(text.at(each.span), alias ? "*nm" : target->name);
        lines.push_back(index.position(each.span.begin).line);
    }
    return lines;
}

const std::string kPipeline =
    "workflow:\n"                                                // 1
    "  name: plan\n"                                             // 2
    "  gemini_functions:\n"                                      // 3
    "    lookup: {description: plan, parameters: {}}\n"          // 4
    "  steps:\n"                                                 // 5
    "    - name: \"plan\"\n"                                     // 6
    "      type: gemini\n"                                       // 7
    "      functions: [lookup]\n"                                // 8
    "    - name: remember\n"                                     // 9
    "      type: set_variable\n"                                 // 10
    "      variables: {topic: '{{steps.plan.text}}'}\n"          // 11
    "    - name: write\n"                                        // 12
    "      type: claude\n"                                       // 13
    "      condition: plan.success == true\n"                    // 14
    "      prompt:\n"                                            // 15
    "        - type: previous_response\n"                        // 16
    "          step: plan\n"                                     // 17
    "        - type: static\n"                                   // 18
    "          content: |\n"                                     // 19
    "            The plan: {{ steps.plan.text }}\n"              // 20
    "            about {{state.topic}}, not plan\n"              // 21
    "        - type: static\n"                                   // 22
    "          content: \"\\ttab {{steps.plan}} {{topic}}\"\n";  // 23

std::string withCursor(const std::string& before) {
    std::string text = kPipeline;
    return text.insert(text.find(before) + before.size(), "^");
}

TEST(Uses, OfAStepAreInEveryFormAndNowhereElse) {
    EXPECT_THAT(lines(TextWithCursor(withCursor("- name: \"pl"))),
                ElementsAre(6, 11, 14, 17, 20, 23));
    EXPECT_THAT(lines(TextWithCursor(withCursor("          step: p"))),
                ElementsAre(6, 11, 14, 17, 20, 23));
    EXPECT_THAT(lines(TextWithCursor(withCursor("\\ttab {{steps.pl"))),
                ElementsAre(6, 11, 14, 17, 20, 23));
}

TEST(Uses, OfAVariableAndAFunction) {
    EXPECT_THAT(lines(TextWithCursor(withCursor("{{state.to"))), ElementsAre(11, 21, 23));
    EXPECT_THAT(lines(TextWithCursor(withCursor("variables: {top"))), ElementsAre(11, 21, 23));
    EXPECT_THAT(lines(TextWithCursor(withCursor("functions: [look"))), ElementsAre(4, 8));
    EXPECT_THAT(lines(TextWithCursor(withCursor("    look"))), ElementsAre(4, 8));
}

TEST(Uses, OfAStepAreAtTheAliasesOfItsName) {
    const std::string text =
        "workflow:\n  steps:\n    - {name: two, type: claude}\n"
        "    - {name: a, prompt: [{type: previous_response, step: &nm two}]}\n"
        "    - {name: b, prompt: [{type: previous_response, step: *nm}]}\n"
        "    - {name: c, description: *nm}\n";
    for (const std::string cursor : {"name: t", "&nm t", "step: *n"}) {
        std::string marked = text;
        marked.insert(marked.find(cursor) + cursor.size(), "^");
        EXPECT_THAT(lines(TextWithCursor(marked)), ElementsAre(3, 4, 5)) << cursor;
    }
}

TEST(Uses, OfAnInputAndAConstantLeadToThePipelineThatGivesThem) {
    const std::string text =
        "workflow:\n  steps:\n    - name: p\n      type: pipeline\n      inputs: {x: 1, z: 1}\n"
        "      pipeline:\n        name: q\n        global_vars: {own: 1}\n        steps:\n"
        "          - name: g\n            type: pipeline\n            inputs: {y: 1, z: 2}\n"
        "            pipeline:\n              name: r\n              steps:\n"
        "                - {name: a, description: \"{{inputs.x}} {{inputs.y}} {{inputs.z}} "
        "{{global_vars.own}}\"}\n";
    const auto at = [&](const std::string& cursor) {
        std::string marked = text;
        marked.insert(marked.find(cursor) + cursor.size(), "^");
        return lines(TextWithCursor(marked));
    };
    EXPECT_THAT(at("{{inputs.x"), ElementsAre(5, 16));
    EXPECT_THAT(at("{{inputs.y"), ElementsAre(12, 16));
    EXPECT_THAT(at("{{inputs.z"), ElementsAre(5, 16));
    EXPECT_THAT(at("{{global_vars.own"), ElementsAre(8, 16));
}

TEST(Uses, AWordThatNamesNothingHasNone) {
    EXPECT_TRUE(lines(TextWithCursor(withCursor("not pl"))).empty());
    EXPECT_TRUE(lines(TextWithCursor(withCursor("workflow:\n  name: pl"))).empty());
}

TEST(DefinitionOf, AReferenceIsTheNameOfTheStep) {
    const TextWithCursor text(withCursor("content: |\n            The plan: {{ steps.pl"));
    const auto definition = definitionOf(text.subject(), catalogue(), text.offset());
    ASSERT_TRUE(definition);
    EXPECT_EQ(definition->file, "");
    EXPECT_EQ(definition->span.begin, kPipeline.find("plan\"\n"));
}

TEST(Uses, OfAFileAreTheSameFromEach) {
    const std::string before =
        "workflow:\n  steps:\n    - name: a\n      type: pipeline\n      pipeline_file: ";
    const std::string behind = "\n    - {name: b, type: pipeline, pipeline_file: ";
    std::vector<std::vector<Use>> found;
    for (const std::string& marked : {before + "su^b.yaml" + behind + "sub.yaml}\n",
                                      before + "sub.yaml" + behind + "^sub.yaml}\n"}) {
        const TextWithCursor text(marked);
        const auto target = targetAt(text.subject(), catalogue(), text.offset());
        ASSERT_TRUE(target);
        found.push_back(usesOf(text.subject(), catalogue(), *target));
        ASSERT_EQ(found.back().size(), 2u);
        for (const Use& each : found.back())
            EXPECT_EQ(text.at(each.span), "sub.yaml");
    }
}

TEST(DefinitionOf, APipelineFileIsThatFile) {
    const TextWithCursor text(
        "workflow:\n  steps:\n    - name: a\n      type: pipeline\n      pipeline_file: "
        "su^b.yaml\n");
    const auto definition = definitionOf(text.subject(), catalogue(), text.offset());
    ASSERT_TRUE(definition);
    EXPECT_EQ(definition->file, "sub.yaml");
}

TEST(DefinitionOf, AnOutputAndAPathLeadIntoTheFileThatIsRun) {
    const std::string before =
        "workflow:\n  steps:\n    - name: run\n      type: pipeline\n"
        "      pipeline_file: sub.yaml\n      outputs:\n";
    const auto leadsTo = [&](const std::string& rest) {
        const TextWithCursor text(before + rest);
        const auto found = definitionOf(text.subject(), catalogue(), text.offset());
        return found ? found->file + " " + found->step : "nowhere";
    };
    EXPECT_EQ(leadsTo("        - pl^an\n"), "sub.yaml plan");
    EXPECT_EQ(leadsTo("        - {path: ^plan.text, as: x}\n"), "sub.yaml plan");
    EXPECT_EQ(leadsTo("        - {path: plan.te^xt, as: x}\n"), "nowhere");
    const std::string then =
        "        - plan\n    - name: next\n      type: claude\n      prompt:\n";
    EXPECT_EQ(leadsTo(then + "        - {type: static, content: 'a {{steps.run.pla^n.text}}'}\n"),
              "sub.yaml plan");
    EXPECT_EQ(leadsTo(then + "        - {type: previous_response, step: run, extract: p^lan}\n"),
              "sub.yaml plan");
    EXPECT_EQ(leadsTo(then + "        - {type: static, content: '{{steps.run.oth^er}}'}\n"),
              "nowhere");
}

TEST(StepNamed, IsAStepOfTheTopLevel) {
    const TextWithCursor text("^" + kPipeline);
    const auto found = stepNamed(text.subject(), catalogue(), "plan");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->begin, kPipeline.find("plan\"\n"));
    EXPECT_FALSE(stepNamed(text.subject(), catalogue(), "lookup"));
}

TEST(Hover, ShowsAFieldWithWhatTheEngineDoes) {
    const TextWithCursor text(withCursor("      cond"));
    const auto hover = hoverAt(text.subject(), catalogue(), text.offset());
    ASSERT_TRUE(hover);
    EXPECT_EQ(text.at(hover->span), "condition");
    EXPECT_THAT(hover->markdown, HasSubstr("*Engine:*"));
}

TEST(Hover, ShowsAStepTypeAndAReferredStep) {
    const TextWithCursor type(withCursor("type: clau"));
    EXPECT_THAT(hoverAt(type.subject(), catalogue(), type.offset())->markdown,
                HasSubstr("AI provider"));
    const TextWithCursor reference(withCursor("          step: p"));
    const auto hover = hoverAt(reference.subject(), catalogue(), reference.offset());
    ASSERT_TRUE(hover);
    EXPECT_THAT(hover->markdown, HasSubstr("`text`"));
}

TEST(Hover, ShowsWhichValuesAResultHas) {
    const TextWithCursor text(
        "workflow:\n  steps:\n"
        "    - {name: cp, type: file_ops, operation: copy}\n"
        "    - name: a\n      type: claude\n      prompt:\n"
        "        - {type: previous_response, step: c^p}\n");
    const auto hover = hoverAt(text.subject(), catalogue(), text.offset());
    ASSERT_TRUE(hover);
    EXPECT_THAT(hover->markdown, HasSubstr("`status`: How it ended. Always `completed`."));
    EXPECT_THAT(hover->markdown, HasSubstr("`operation`: What was done. Can only be `copy`."));
    EXPECT_THAT(hover->markdown, Not(HasSubstr("all_valid")));
}

TEST(Hover, ExplainsTheTypeOfAPromptPart) {
    const TextWithCursor text(
        "workflow:\n  steps:\n    - name: a\n      type: claude\n      prompt:\n"
        "        - ^type: static\n          content: hi\n");
    const auto hover = hoverAt(text.subject(), catalogue(), text.offset());
    ASSERT_TRUE(hover);
    EXPECT_EQ(text.at(hover->span), "type");
    EXPECT_THAT(hover->markdown, HasSubstr("`previous_response`"));
}

TEST(Hover, HasDocumentationForEveryFieldOfTheCatalogue) {
    for (const auto& type : catalogue().stepTypes()) {
        EXPECT_THAT(documentationOf(type), HasSubstr(type.id));
        for (const auto& field : type.fields)
            EXPECT_THAT(documentationOf(field), HasSubstr("`" + field.key + "`"));
    }
}

TEST(Symbols, AreTheWorkflowItsFunctionsAndSteps) {
    const TextWithCursor text(kPipeline + "^");
    const auto outline = symbols(text.subject(), catalogue());
    ASSERT_EQ(outline.size(), 1u);
    std::vector<std::string> names;
    for (const Symbol& each : outline[0].children)
        names.push_back(each.name);
    EXPECT_THAT(names, ElementsAre("lookup", "plan", "remember", "write"));
    EXPECT_EQ(text.at(outline[0].children[1].nameSpan), "\"plan\"");
    EXPECT_EQ(outline[0].children[2].children.at(0).name, "topic");
}

TEST(Symbols, HaveNamesThatAreNotBlank) {
    const TextWithCursor text(
        "workflow:\n  name: ' '\n  gemini_functions:\n    \"\": {description: d}\n"
        "  steps:\n    - name: '  '\n      type: set_variable\n      variables:\n        : 1\n"
        "    - name: \"f\n^");
    const auto outline = symbols(text.subject(), catalogue());
    ASSERT_EQ(outline.size(), 1u);
    EXPECT_EQ(outline[0].name, "workflow");
    ASSERT_EQ(outline[0].children.size(), 3u);
    for (const Symbol& each : outline[0].children)
        EXPECT_EQ(each.name, "(no name)");
    EXPECT_EQ(outline[0].children[1].children.at(0).name, "(no name)");
}

TEST(Symbols, AreInsideOneAnother) {
    const TextWithCursor text(kPipeline + "^");
    const auto outline = symbols(text.subject(), catalogue());
    for (const Symbol& each : outline[0].children) {
        EXPECT_GE(each.span.begin, outline[0].span.begin);
        EXPECT_LE(each.span.end, outline[0].span.end);
        EXPECT_GE(each.nameSpan.begin, each.span.begin);
        EXPECT_LE(each.nameSpan.end, each.span.end);
    }
}

TEST(ScopeAt, KnowsStepsVariablesAndFunctionsWithResults) {
    const TextWithCursor text(withCursor("The plan: {{ "));
    const auto names = scopeAt(text.subject(), catalogue(), text.offset());
    std::vector<std::string> words;
    for (const Name& each : names)
        words.push_back(each.name);
    EXPECT_THAT(words, ElementsAre("remember", "plan", "topic", "lookup"));
    EXPECT_FALSE(names[1].results.empty());
}

}  // namespace
}  // namespace pe::language
