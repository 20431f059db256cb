// SPDX-License-Identifier: MIT
// Every form in which a pipeline refers to something, one row each: uses, rename, edges and checks
// must all see it. A row marks the name it is about with `<...>`, first where it is defined; forms
// that the engine never follows, and that name nothing in the file, mark nothing else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "pe/check/checker.hpp"
#include "pe/format/graph.hpp"
#include "pe/language/rename.hpp"
#include "pe/language/uses.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::language {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;

struct Form {
    const char* id;
    std::string text;     // of the steps, with marks
    const char* edge;     // kind of the edge that it gives; empty: none
    const char* misused;  // the finding about the form as it stands; empty: it is as it should be
    const char* missing;  // the finding when what is named is not there; empty: nothing to find
};

const std::string kPlan =
    "- name: <plan>\n  type: claude_smart\n  prompt: [{type: static, content: hi}]\n";
const std::string kCount = "- name: init\n  type: set_variable\n  variables: {<count>: 1}\n";

std::string asking(const std::string& part) {
    return "- name: ask\n  type: gemini\n  prompt:\n    - " + part + "\n";
}

std::string saying(const std::string& content) {
    return asking("{type: static, content: \"" + content + "\"}");
}

std::string under(const std::string& condition) {
    return "- name: ask\n  type: gemini\n  condition: " + condition +
           "\n  prompt: [{type: static, content: hi}]\n";
}

std::string looping(const std::string& source) {
    return "- name: each\n  type: for_loop\n  iterator: row\n  data_source: " + source +
           "\n  steps:\n    - name: body\n      type: claude\n"
           "      prompt: [{type: static, content: hi}]\n";
}

std::string nesting(const std::string& fields, const std::string& content) {
    return "- name: sub\n  type: pipeline\n" + fields +
           "  pipeline:\n    name: p\n    steps:\n      - name: inner\n        type: claude\n"
           "        prompt: [{type: static, content: \"" +
           content + "\"}]\n";
}

using Forms = std::vector<Form>;

Forms promptForms() {
    return {
        {"prompt.previous_response",
         kPlan + asking("{type: previous_response, step: <plan>, extract: text}"),
         "previous_response", "", "reference.missing"},
        {"prompt.session_context", kPlan + asking("{type: session_context, session_id: plan}"), "",
         "effect.empty-part", ""},
        {"prompt.claude_continue",
         kPlan + asking("{type: claude_continue, session_id: plan, new_prompt: plan}"), "",
         "effect.empty-part", ""},
    };
}

Forms templateForms() {
    return {
        {"template.steps", kPlan + saying("{{steps.<plan>.text}} {{ steps.<plan>.result.text }}"),
         "template", "", "reference.template-missing"},
        {"template.state", kCount + saying("{{state.<count>}} {{state.<count> + 1}}"), "variable",
         "", "template.unset-variable"},
        {"template.bare", kCount + saying("{{<count>}} {{<count> + 1}}"), "variable", "",
         "template.unset-variable"},
        {"template.inputs", nesting("  inputs: {<topic>: cats}\n", "{{inputs.<topic>}}"), "", "",
         "template.unknown-input"},
        {"template.global_vars", saying("{{global_vars.<limit>}}"), "", "",
         "template.unknown-constant"},
        {"template.function", kPlan + saying("{{add(steps.<plan>.count, 1)}}"), "template", "",
         "reference.template-missing"},
        {"template.loop", kPlan + saying("{{loop.plan.x}} {{loop.index}}"), "",
         "template.erased-scope", ""},
        {"template.other_scopes", kPlan + saying("{{workflow.plan}} {{config.plan}} {{timestamp}}"),
         "", "template.erased-scope", ""},
        {"template.previous_response", kPlan + saying("{{previous_response:<plan>}}"), "template",
         "template.erased-scope", ""},
        {"template.stepfield", kPlan + saying("{{<plan>.text}}"), "template",
         "template.missing-scope", ""},
    };
}

Forms conditionForms() {
    return {
        {"condition.bare", kPlan + under("<plan>.score > 5"), "condition", "", "reference.missing"},
        {"condition.steps_prefix", kPlan + under("steps.<plan>.score > 5"), "condition",
         "condition.steps-prefix", ""},
        {"condition.templated", kPlan + under("\"{{steps.<plan>.score}} > 5\""), "condition", "",
         "reference.template-missing"},
        {"switch.expression",
         kPlan + "- name: s\n  type: switch\n  expression: \"{{steps.<plan>.kind}}\"\n"
                 "  cases: {}\n",
         "condition", "type.refused", ""},
    };
}

Forms sourceForms() {
    return {
        {"for_loop.data_source.step", kPlan + looping("<plan>:items"), "data_source", "",
         "reference.missing"},
        {"for_loop.data_source.variable", kCount + looping("<count>"), "data_source", "",
         "reference.missing"},
        {"for_loop.data_source.iterator",
         "- name: <row>\n  type: claude\n  prompt: [{type: static, content: hi}]\n"
         "- name: outer\n  type: for_loop\n  iterator: row\n  data_source: <row>:items\n  steps:\n"
         "    - name: each\n      type: for_loop\n      iterator: cell\n"
         "      data_source: row:cells\n      steps: []\n",
         "data_source", "", "reference.missing"},
        {"for_loop.data_source.previous_response",
         kPlan + looping("previous_response:<plan>:items"), "data_source", "source.misread", ""},
        {"for_loop.data_source.documented", kPlan + looping("steps.<plan>.items"), "data_source",
         "source.misread", ""},
        {"data_transform.input_source",
         kPlan + "- name: t\n  type: data_transform\n"
                 "  input_source: previous_response:<plan>:items\n  operations: []\n",
         "data_source", "", "reference.missing"},
        {"data_transform.right_source",
         kPlan + "- name: t\n  type: data_transform\n  input_source: <plan>\n  operations:\n"
                 "    - {operation: join, right_source: \"previous_response:<plan>\"}\n",
         "data_source", "", "reference.missing"},
    };
}

Forms otherForms() {
    return {
        {"functions",
         "- name: ask\n  type: gemini\n  functions: [<lookup>]\n"
         "  prompt: [{type: static, content: hi}]\n",
         "function", "", "loader.function-undefined"},
        {"pipeline_file",
         kPlan + "- name: sub\n  type: pipeline\n  pipeline_file: \"{{steps.<plan>.file}}\"\n",
         "pipeline_file", "", "reference.template-missing"},
        {"pipeline_ref", kPlan + "- name: sub\n  type: pipeline\n  pipeline_ref: plan\n", "",
         "effect.pipeline-ref", ""},
        {"pipeline.inputs", kPlan + nesting("  inputs: {topic: \"{{steps.<plan>.text}}\"}\n", "x"),
         "template", "", "reference.template-missing"},
        {"pipeline.outputs",
         "- name: sub\n  type: pipeline\n  outputs:\n    - {path: <inner>.text, as: inner}\n"
         "    - <inner>\n  pipeline:\n    name: p\n    steps:\n      - name: <inner>\n"
         "        type: claude_smart\n        prompt: [{type: static, content: hi}]\n" +
             saying("{{steps.sub.<inner>.text}}"),
         "data_source", "", "reference.output-missing"},
        {"gemini_functions",
         "- name: a\n  type: gemini\n  functions: [<lookup>]\n"
         "  prompt: [{type: static, content: lookup}]\n"
         "- name: b\n  type: gemini\n  functions:\n    - <lookup>\n"
         "  prompt: [{type: static, content: '{{lookup}}'}]\n",
         "function", "", "loader.function-undefined"},
        {"checkpoint.checkpoint_name",
         kPlan + "- name: save\n  type: checkpoint\n  action: save\n  checkpoint_name: plan\n", "",
         "type.refused", ""},
        {"env", kPlan + saying("${plan}") + "  output_to_file: \"${plan}.md\"\n", "",
         "template.environment", ""},
        {"prompt_file_holes", kPlan + saying("{plan} {steps.plan.text}"), "", "", ""},
    };
}

const Forms& forms() {
    static const Forms kForms = [] {
        Forms all;
        for (const auto& group :
             {promptForms(), templateForms(), conditionForms(), sourceForms(), otherForms()})
            all.insert(all.end(), group.begin(), group.end());
        return all;
    }();
    return kForms;
}

struct Marked {
    std::string text;
    std::vector<yaml::Span> spans;
    std::string name;
};

// The whole file. What is declared in its head is marked if the steps use it.
Marked marked(const Form& form) {
    const bool function = form.text.find("<lookup>") != std::string::npos;
    const bool constant = form.text.find("<limit>") != std::string::npos;
    std::string raw = "workflow:\n  name: demo\n";
    if (function)
        raw += "  gemini_functions: {<lookup>: {description: d, parameters: {type: object}}}\n";
    if (constant)
        raw += "  global_vars: {<limit>: 3}\n";
    raw += "  steps:\n";
    for (std::size_t at = 0; at < form.text.size();) {
        const std::size_t end = form.text.find('\n', at) + 1;
        raw += "    " + form.text.substr(at, end - at);
        at = end;
    }
    Marked result;
    for (std::size_t at = 0; at < raw.size(); ++at) {
        const std::size_t close = raw[at] == '<' ? raw.find('>', at) : std::string::npos;
        const std::string word =
            close == std::string::npos ? "" : raw.substr(at + 1, close - at - 1);
        if (word.empty() || word.find_first_of(" \n") != std::string::npos) {
            result.text += raw[at];
            continue;
        }
        result.spans.push_back({result.text.size(), result.text.size() + word.size()});
        result.text += word;
        result.name = word;
        at = close;
    }
    return result;
}

std::string with(const Marked& marked, const std::string& name, std::size_t kept) {
    std::string text = marked.text;
    for (std::size_t i = marked.spans.size(); i-- > 0;)
        if (i != kept)
            text.replace(marked.spans[i].begin, marked.name.size(), name);
    return text;
}

std::set<std::string> codes(const std::string& text) {
    const yaml::Tree tree = yaml::parse(text);
    check::Checker checker(format::Catalogue::builtIn(), {}, nullptr);
    std::set<std::string> codes;
    for (const check::Diagnostic& each : checker.check(*check::subjectOf(tree)))
        codes.insert(each.code);
    return codes;
}

class EveryForm : public ::testing::TestWithParam<std::size_t> {
protected:
    const Form& form() const { return forms()[GetParam()]; }
    // The definition is the first mark, but for outputs, which stand above their step.
    std::size_t definition(const Marked& text) const {
        for (std::size_t i = 0; i < text.spans.size(); ++i)
            if (text.text.compare(text.spans[i].begin - 6, 6, "name: ") == 0)
                return i;
        return 0;
    }
};

TEST_P(EveryForm, IsAUse) {
    const Marked text = marked(form());
    if (text.spans.empty())
        GTEST_SKIP() << "names nothing in the file";
    const yaml::Tree tree = yaml::parse(text.text);
    const auto subject = check::subjectOf(tree);
    for (const yaml::Span& asked : text.spans) {
        const auto target = targetAt(*subject, format::Catalogue::builtIn(), asked.begin);
        ASSERT_TRUE(target) << "at byte " << asked.begin << " of\n" << text.text;
        std::vector<yaml::Span> found;
        for (const Use& each : usesOf(*subject, format::Catalogue::builtIn(), *target))
            found.push_back(each.span);
        EXPECT_EQ(found, text.spans) << text.text;
    }
}

TEST_P(EveryForm, IsRenamedAndNothingElseIs) {
    const Marked text = marked(form());
    if (text.spans.empty())
        GTEST_SKIP() << "names nothing in the file";
    FakeClock clock;
    for (const yaml::Span& asked : text.spans) {
        const auto plan = planRename({"/a.yaml", text.text, asked.begin, "zebra", {}},
                                     format::Catalogue::builtIn(), clock);
        ASSERT_TRUE(plan) << plan.error().message << "\n" << text.text;
        EXPECT_EQ(applied(text.text, plan->files.at("/a.yaml")), with(text, "zebra", SIZE_MAX));
    }
}

TEST_P(EveryForm, IsAnEdge) {
    static const char* const kNames[] = {"sequence",      "previous_response", "template",
                                         "condition",     "data_source",       "function",
                                         "pipeline_file", "variable"};
    const yaml::Tree tree = yaml::parse(marked(form()).text);
    std::vector<std::string> kinds;
    for (const auto& edge : format::deriveGraph(tree, format::Catalogue::builtIn()).edges)
        if (edge.kind != format::EdgeKind::Sequence)
            kinds.emplace_back(kNames[static_cast<int>(edge.kind)]);
    if (*form().edge == '\0') {
        EXPECT_THAT(kinds, IsEmpty());
    } else {
        EXPECT_THAT(kinds, Contains(form().edge));
    }
}

TEST_P(EveryForm, IsChecked) {
    const Marked text = marked(form());
    const std::set<std::string> asItIs = codes(text.text);
    if (*form().misused != '\0') {
        EXPECT_THAT(asItIs, Contains(form().misused));
    }
    if (*form().missing == '\0')
        return;
    EXPECT_EQ(asItIs.count(form().missing), 0u);
    EXPECT_THAT(codes(with(text, "nowhere", definition(text))), Contains(form().missing));
}

INSTANTIATE_TEST_SUITE_P(References, EveryForm, ::testing::Range<std::size_t>(0, forms().size()),
                         [](const auto& row) {
                             std::string name = forms()[row.param].id;
                             for (char& c : name)
                                 c = c == '.' ? '_' : c;
                             return name;
                         });

TEST(ReferenceForms, AreAllThere) {
    std::set<std::string> ids;
    for (const Form& each : forms())
        ids.insert(each.id);
    EXPECT_EQ(ids.size(), 33u);
}

}  // namespace
}  // namespace pe::language
