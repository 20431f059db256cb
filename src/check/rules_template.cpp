// SPDX-License-Identifier: MIT
// The grammar of templates: what `{{...}}` becomes, where that is not what its author means. What
// computes is in rules_template_computed.cpp, data sources are in rules_template_source.cpp.
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "condition_entries.hpp"
#include "condition_syntax.hpp"
#include "fields.hpp"
#include "given_names.hpp"
#include "nearest.hpp"
#include "pe/format/step_folder.hpp"
#include "pipeline_names.hpp"
#include "prompt_part_fix.hpp"
#include "reference_rules.hpp"
#include "rule.hpp"
#include "step_place.hpp"
#include "step_sight.hpp"
#include "template_rules.hpp"
#include "template_syntax.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using format::kNoGraphNode;
using yaml::NodeRef;

constexpr std::size_t kNone = std::string_view::npos;

constexpr RuleInfo kInfos[] = {
    {"template.unset-variable", Severity::Warning, "Template that becomes empty text",
     "A word in braces is a variable. One that no set_variable step has set is replaced by "
     "nothing, in samples for the model too. Results of steps are written steps.NAME.path.",
     "D81"},
    {"template.unset-path", Severity::Error, "Path built from a template that becomes empty",
     "The template in the path of a file part is replaced by nothing, so that another file, or "
     "none, is looked for; a missing file ends the run.",
     "D81"},
    {"template.unclosed", Severity::Warning, "Template that is not closed",
     "A template ends at two braces. Without them it is none and stays in the text as it is "
     "written, or it reaches on to the end of the next one. Seen are paths in a scope, variables "
     "that are set, and calls of functions.",
     ""},
    {"template.foreign", Severity::Warning, "Block of another template language",
     "Templates know no blocks, filters or comments. Handlebars and Jinja samples in a prompt are "
     "read as variables or as arithmetic and damaged.",
     "D81"},
    {"template.erased-scope", Severity::Warning, "Scope that templates do not have",
     "Templates know steps, state, inputs and global_vars. loop, workflow, variables, environment, "
     "config, step, context, timestamp, date, execution_id and previous_response:NAME all become "
     "empty text.",
     "D80"},
    {"template.missing-scope", Severity::Warning, "Step without steps. in a template",
     "In a template a step's result is steps.NAME.path; NAME.path is a variable of that odd name "
     "and becomes empty text.",
     "D80"},
    {"template.later-variable", Severity::Warning, "Variable that is set later",
     "When the template is expanded the variable is not set yet; it becomes empty text.", "D81"},
    {"template.loop-variable", Severity::Warning, "Variable that is set in a loop",
     "What set_variable sets inside a loop is gone after the round, and the templates of the loop "
     "are expanded before it starts.",
     "D85"},
    {"template.pipeline-variable", Severity::Warning, "Value of a nested pipeline",
     "The pipeline around expands the templates of a nested pipeline before it runs; variables "
     "that the nested one sets are still unknown then, and erased. In the call of a function its "
     "inputs, constants and steps are unknown too, and count as 0.",
     "D81"},
    {"template.not-computed", Severity::Warning, "Arithmetic that templates cannot do",
     "A template computes one + - or * of whole numbers and variables. Divisions, several "
     "operators, fractions and results of steps are not computed; a hyphen in a name is a minus. "
     "Functions such as divide(a, b) help.",
     "D86"},
    {"template.unknown-function", Severity::Warning, "Unknown function in a template",
     "Templates have nine functions: add subtract multiply divide max min round floor ceil. A call "
     "of another comes back as text.",
     "D79"},
    {"template.arguments", Severity::Warning, "Wrong number of arguments in a template",
     "A call with another number of arguments than the function takes comes back as text. "
     "Arguments are split at every comma, so that calls cannot be nested.",
     "D79"},
    {"template.unknown-constant", Severity::Warning, "Constant that is not in global_vars",
     "A template for an unknown constant stays in the text as it is written. Only a name is looked "
     "up, no path into it.",
     "D56"},
    {"template.unknown-input", Severity::Warning, "Input that the pipeline step does not give",
     "A template for an unknown input stays in the text as it is written, and so does one for a "
     "part "
     "that an input does not have.",
     ""},
    {"template.environment", Severity::Information, "Environment variable that is not filled in",
     "${NAME} is left as it is written, everywhere; nothing reads environment variables from a "
     "pipeline file.",
     "D81"},
    {"template.whole-result", Severity::Error, "Whole result inside a text",
     "The result of nearly every step is a mapping. A mapping cannot become text: the run ends "
     "with an exception. Name a part of the result, or use a previous_response part.",
     "D84"},
    {"template.whole-result-alone", Severity::Warning, "Whole result as a template",
     "At the top level a mapping cannot become text and the run ends with an exception; only in a "
     "pipeline that another one runs does a template that stands alone keep its type. A nested one "
     "is filled in with the steps, variables and constants of the file before it runs.",
     "D84"},
    {"template.whole-mapping", Severity::Error, "Mapping inside a text",
     "At the top level a template becomes text. A variable or constant that is a mapping cannot, "
     "and the run ends with an exception; state.NAME.key names a part of a variable. Neither can "
     "a list of more than texts and codes of characters.",
     "D84"},
    {"template.whole-list", Severity::Warning, "List inside a text",
     "At the top level the items of a list are glued together, and whole numbers among them become "
     "characters.",
     "D84"},
    {"template.while-once", Severity::Error, "while condition that never changes",
     "Templates of a while_loop are expanded once, before the loop. Its condition must name a "
     "result, for example `check.done != true`, to change from round to round.",
     "D85"},
    {"source.misread", Severity::Error, "Source in a form that the engine does not read",
     "data_source takes STEP:path, a variable's name, or ITERATOR:path; input_source takes "
     "previous_response:STEP, previous_response:STEP:path or a name; right_source the first and "
     "the last, and context:results.STEP.path for a list in a result. Everything else is looked "
     "for as one name and fails the step.",
     "D82 D83"},
    {"source.unusable", Severity::Error, "Source that is no name",
     "Lists, ranges, calls, mixed and empty texts are no sources. A list can be put into a "
     "variable by a "
     "set_variable step.",
     "D82"},
    {"source.list", Severity::Error, "Literal list as a source",
     "The engine splits the source as a text; a YAML list ends the run. Put the list into a "
     "variable with set_variable and name that.",
     "D82"},
    {"source.whole-result", Severity::Error, "Loop over what is no list",
     "A loop needs a list. The result of a step is a mapping, and many of its parts, and some "
     "variables, are texts or numbers. Name what is a list, as in STEP:path.",
     "D82"},
    {"template.maybe-unset", Severity::Information, "Variable that may not be set",
     "Only a step with a condition sets the variable. When that is skipped, its template becomes "
     "empty text, and counts as 0 where it is computed with.",
     ""},
    {"source.single-item", Severity::Warning, "Data of a transformation that is no list",
     "The operations of a data_transform are made for lists. Everything else, as the whole result "
     "of a step, is one item for them: a filter keeps all of it or nothing, sort does nothing, "
     "group_by puts all of it below `default`, and a join compares the mapping's own field.",
     ""},
};

bool startsForeign(std::string_view expression) {
    return expression.empty() || std::string_view("#/^>!@&%").find(expression.front()) != kNone ||
           expression == "else" || expression == "this" || expression.starts_with("this.") ||
           expression.find(" | ") != kNone;
}

// The result of every other type is a mapping.
bool mayBeText(std::string_view type, std::string_view path) {
    return type.empty() || type == "test_echo" || (type == "data_transform" && !path.empty());
}

class TemplateCheck {
public:
    TemplateCheck(const StepContext& context, const StepText& text, Reporter& reporter)
        : context_(context), text_(text), whole_(text.text), reporter_(reporter) {}

    void run() {
        std::set<std::string_view> seen;  // once for each text is enough
        std::set<std::size_t> reaching;   // where those begin that end with the next template
        const std::vector<TextRange> unclosed = unclosedIn();
        for (const TemplateSyntax& each : templatesIn(whole_))
            if (std::binary_search(unclosed.begin(), unclosed.end(), each.range, beginsBefore))
                reaching.insert(each.range.begin);
            else if (seen.insert(each.expression.in(whole_)).second)
                check(each);
        for (const TextRange& each : unclosed)
            if (seen.insert(each.in(whole_)).second)
                checkUnclosed(context_, text_, each, reaching.contains(each.begin), reporter_);
        checkEnvironment();
    }

private:
    static bool beginsBefore(const TextRange& a, const TextRange& b) { return a.begin < b.begin; }

    // The rules of conditions speak of the braces of theirs.
    std::vector<TextRange> unclosedIn() const {
        return text_.condition ? std::vector<TextRange>() : unclosedTemplatesIn(whole_);
    }

    void check(const TemplateSyntax& each) {
        const bool compares = holdsComparison(each.expression.in(whole_));
        if (compares && text_.condition)
            return;  // the rules of conditions say so
        if (compares && (each.kind == TemplateKind::State || each.kind == TemplateKind::Variable) &&
            !startsForeign(each.expression.in(whole_)))
            return void(report("template.not-computed", each,
                               shown(each) + " becomes empty text: templates cannot compare or "
                                             "choose.",
                               "The whole expression is looked for as one name."));
        switch (each.kind) {
            case TemplateKind::Call:
                return checkComputed(context_, text_, each, reporter_);
            case TemplateKind::Input:
                return checkInput(each);
            case TemplateKind::Constant:
                return checkConstant(each);
            case TemplateKind::Step:
                return checkStep(each);
            case TemplateKind::Arithmetic:
                return checkArithmetic(each);
            case TemplateKind::State:
                return checkVariable(each, each.name);
            case TemplateKind::Variable:
                return checkWord(each);
        }
    }

    Diagnostic& report(std::string_view code, const TemplateSyntax& each, std::string message,
                       std::string why) {
        Diagnostic& found = reporter_.onPart(code, text_.node, each.range.begin, each.range.end,
                                             std::move(message));
        found.why = std::move(why);
        return found;
    }

    // Nothing is known of the result of such a step.
    bool isOfTeam(format::GraphIndex step) const {
        return format::teamType(context_.pipeline.catalogue,
                                context_.pipeline.graph.nodes[step].type) != nullptr;
    }

    const PipelineNames& names() const { return context_.pipeline.names; }

    std::string shown(const TemplateSyntax& each) const { return quoted(each.range.in(whole_)); }

    Fix change(TextRange range, std::string meant, Safety safety) const {
        return fixPart(text_.node, whole_, range, std::move(meant), safety);
    }

    bool isFilePath() const { return text_.field == "prompt" && text_.key == "path"; }

    void checkInput(const TemplateSyntax& each) {
        const auto names = inputsAround(context_.pipeline, context_.index);
        const std::string_view name = each.name.in(whole_);
        if (isSum(each.expression.in(whole_)))
            return reportSum(
                each, placeOf(context_.pipeline.graph, context_.index).pipeline == kNoGraphNode);
        if (!names)
            return;
        if (std::find(names->begin(), names->end(), name) != names->end())
            return checkGiven(each);
        Diagnostic& found = report("template.unknown-input", each,
                                   "The pipeline step gives no input called " + quoted(name) + ".",
                                   "The template stays in the text as it is written.");
        offerNearest(found, each.name, *names);
    }

    void checkGiven(const TemplateSyntax& each) {
        const yaml::Forest& forest = context_.pipeline.forest;
        const std::string_view path = each.path.in(whole_);
        const auto filled = filledIn(context_.pipeline, each.name.in(whole_), path, context_.index);
        if (!filled)
            return;
        if (filled->value != yaml::kNoNode)
            return checkShape(each, shapeAt(forest, filled->value));
        const std::string name = quoted(each.name.in(whole_));
        Diagnostic& found =
            report("template.unknown-input", each,
                   filled->given == yaml::kNoNode
                       ? "The input " + name + " is null, which is no value."
                       : "The input " + name + " has no value for " + quoted(path) + ".",
                   "The template stays in the text as it is written" +
                       std::string(path.empty() ? "." : ", as it does where the part is false."));
        const NodeRef mapping = mappingBehind(forest, filled->given);
        if (mapping == yaml::kNoNode || path.find('.') != kNone)
            return;
        std::vector<std::string> keys;
        for (const NodeRef entry : forest.children(mapping))
            keys.push_back(keyOf(forest, entry));
        offerNearest(found, each.path, keys);
    }

    void offerNearest(Diagnostic& found, TextRange name, const std::vector<std::string>& names) {
        const std::vector<std::string_view> views(names.begin(), names.end());
        const std::string_view meant = nearest(name.in(whole_), views);
        if (!meant.empty())
            found.fixes.push_back(change(name, std::string(meant), Safety::Choice));
    }

    static bool isSum(std::string_view path) { return path.find_first_of(" +*/%<>=!?[|") != kNone; }

    void reportSum(const TemplateSyntax& each, bool hasValue) {
        const std::string_view expression = each.expression.in(whole_);
        Diagnostic& found = report("template.not-computed", each,
                                   shown(each) + " is not computed: with " +
                                       std::string(expression.substr(0, expression.find('.') + 1)) +
                                       " a template is a path and nothing else.",
                                   "The template stays in the text as it is written.");
        if (auto fix = hasValue ? callFix(text_, each) : std::nullopt)
            found.fixes.push_back(std::move(*fix));
    }

    void checkConstant(const TemplateSyntax& each) {
        const auto& constants = names().constants();
        const std::string_view name = TextRange{each.name.begin, each.expression.end}.in(whole_);
        if (constants && std::find(constants->begin(), constants->end(), name) != constants->end())
            return checkShape(each, names().constantShape(name), true);
        const NodeRef own = constantOfPipeline(context_.pipeline, name, context_.index);
        if (own != yaml::kNoNode)
            return checkShape(each, shapeAt(context_.pipeline.forest, own));
        if (!constants)
            return;  // a pipeline around may hand them down
        const bool path = std::find(constants->begin(), constants->end(), each.name.in(whole_)) !=
                          constants->end();
        Diagnostic& found =
            report("template.unknown-constant", each,
                   path ? "Templates cannot look into a constant: " + quoted(name) + " is one name."
                        : "global_vars has no " + quoted(name) + ".",
                   "The template stays in the text as it is written.");
        if (!path)
            offerNearest(found, each.name, *constants);
    }

    void checkStep(const TemplateSyntax& each) {
        const std::string_view path = each.path.in(whole_);
        if (isSum(path)) {
            const SeenStep asked =
                resultSeen(context_.pipeline, each.name.in(whole_), context_.index);
            return reportSum(each,
                             asked.sight == Sight::Visible &&
                                 !storesHiddenKeys(context_.pipeline.graph.nodes[asked.step].type));
        }
        if (!path.empty() && path != "result")
            return;
        const SeenStep seen = templateSeen(context_.pipeline, each.name.in(whole_), context_.index);
        if (seen.sight != Sight::Visible ||
            mayBeText(context_.pipeline.graph.nodes[seen.step].type, path) || isOfTeam(seen.step))
            return;
        const bool alone = keepsType(each);
        if (alone && isNested() &&
            !isOfFile(outerStep(context_.pipeline, each.name.in(whole_), context_.index)))
            return;
        Diagnostic& found =
            report(alone ? "template.whole-result-alone" : "template.whole-result", each,
                   shown(each) + " is a mapping, which cannot become text; name a part of it.",
                   "Turning a mapping into text raises an exception and ends the run. A "
                   "previous_response part inserts it as JSON.");
        offerPart(found, each, each.name.in(whole_), seen.step);
    }

    // The answer of the step, or its whole result, by a part of the prompt.
    void offerPart(Diagnostic& found, const TemplateSyntax& each, std::string_view name,
                   format::GraphIndex step) const {
        if (auto fix = resultPartFix(context_.pipeline.forest, text_.node, whole_, each.range, name,
                                     answerOf(context_.pipeline.graph.nodes[step].type)))
            found.fixes.push_back(std::move(*fix));
    }

    void checkArithmetic(const TemplateSyntax& each) {
        const std::string_view expression = each.expression.in(whole_);
        if (startsForeign(expression))
            return reportForeign(each);
        const std::string_view head =
            expression.substr(0, std::min(expression.find_first_of(".: "), expression.size()));
        if (!isComputable(expression) && (isUnknownScope(head) || head == "previous_response"))
            return reportScope(each, head);
        checkComputed(context_, text_, each, reporter_);
    }

    void reportForeign(const TemplateSyntax& each) {
        report("template.foreign", each,
               "Templates know no blocks or filters: " + shown(each) + " does not survive.",
               "It is read as a variable or as arithmetic, and replaced.");
    }

    void reportScope(const TemplateSyntax& each, std::string_view head) {
        Diagnostic& found =
            report(isFilePath() ? "template.unset-path" : "template.erased-scope", each,
                   shown(each) + " becomes empty text: templates have no " + quoted(head) + ".",
                   head == kRound ? "Templates are filled in before the loop. A previous_response "
                                    "part with `step: loop` and `extract: ITEM` is looked up in "
                                    "every round."
                                  : "Templates know steps, state, inputs and global_vars.");
        const std::string_view expression = each.expression.in(whole_);
        const std::string_view rest =
            expression.size() > head.size() ? expression.substr(head.size() + 1) : "";
        if (head == kRound)
            offerRound(found, each, std::string(rest));
        if (head == "variables" && isIdentifier(rest))
            offerVariable(found, each, rest);
        if (head != "previous_response")
            return;
        const SeenStep seen = resultSeen(context_.pipeline, rest, context_.index);
        if (seen.sight == Sight::Visible)
            offerPart(found, each, rest, seen.step);
    }

    // The item of the loop, or a counter, by a part of the prompt.
    void offerRound(Diagnostic& found, const TemplateSyntax& each, const std::string& path) const {
        const format::Graph& graph = context_.pipeline.graph;
        if (path.empty() || isBatch(graph, context_.index) || !hasRoundPart(context_, path) ||
            resultSeen(context_.pipeline, kRound, context_.index).sight == Sight::Visible ||
            placeOf(graph, context_.index).loop == kNoGraphNode)
            return;
        if (auto fix = resultPartFix(context_.pipeline.forest, text_.node, whole_, each.range,
                                     kRound, path))
            found.fixes.push_back(std::move(*fix));
    }

    // `{{item}}` and `{{item.part}}` in the loop of that item.
    bool reportItem(const TemplateSyntax& each) {
        const std::string_view item = each.name.in(whole_);
        const auto round = names().roundPath(item, context_.index);
        if (!round || each.kind != TemplateKind::Variable || isFilePath())
            return false;
        const std::string path =
            *round + std::string(each.expression.in(whole_).substr(item.size()));
        Diagnostic& found =
            report("template.unset-variable", each,
                   shown(each) +
                       " becomes empty text: templates do not know the items of loops; "
                       "insert it by a previous_response part with `step: loop` and " +
                       quoted("extract: " + path) + ".",
                   "Templates are filled in before the loop. Such a part is looked up in every "
                   "round.");
        offerRound(found, each, path);
        return true;
    }

    // A variable that a step sets, or else a constant; those of `workflow.variables` are not read.
    void offerVariable(Diagnostic& found, const TemplateSyntax& each, std::string_view name) {
        const auto& constants = names().constants();
        if (names().variable(name, context_.index) == VariableSight::Set)
            found.fixes.push_back(
                change(each.expression, "state." + std::string(name), Safety::Safe));
        else if (constants &&
                 std::find(constants->begin(), constants->end(), name) != constants->end())
            found.fixes.push_back(
                change(each.expression, "global_vars." + std::string(name), Safety::Safe));
    }

    void checkWord(const TemplateSyntax& each) {
        const std::string_view expression = each.expression.in(whole_);
        if (startsForeign(expression))
            return reportForeign(each);
        const std::string_view head = each.name.in(whole_);
        if (isUnknownScope(head) || expression.starts_with("previous_response")) {
            if (names().variable(expression, context_.index) == VariableSight::Set)
                return;
            return reportScope(each, expression.starts_with("previous_response")
                                         ? std::string_view("previous_response")
                                         : head);
        }
        if (!each.path.empty() && reportStepWithoutScope(each))
            return;
        // Without state. the whole expression is one name.
        checkVariable(each, each.path.empty() ? each.name : each.expression);
    }

    bool reportStepWithoutScope(const TemplateSyntax& each) {
        const SeenStep seen = templateSeen(context_.pipeline, each.name.in(whole_), context_.index);
        if (seen.sight == Sight::Missing)
            return false;
        Diagnostic& found =
            report("template.missing-scope", each,
                   shown(each) + " becomes empty text; a step's result needs steps. in front.",
                   "Without steps. the whole expression is the name of a variable.");
        if (seen.sight == Sight::Visible)
            offerScope(found, each, seen.step);
        return true;
    }

    // `steps.` in front, where a template can see that part of the result; else a part of the
    // prompt.
    void offerScope(Diagnostic& found, const TemplateSyntax& each, format::GraphIndex step) {
        const std::string& type = context_.pipeline.graph.nodes[step].type;
        const std::string_view path = each.path.in(whole_);
        if ((storesHiddenKeys(type) || path == "result") && !mayBeText(type, path))
            return offerPart(found, each, each.name.in(whole_), step);
        const bool loop = type == "for_loop" || type == "while_loop";
        found.fixes.push_back(change(each.expression,
                                     "steps." + std::string(each.expression.in(whole_)),
                                     loop ? Safety::Choice : Safety::Safe));
    }

    // In a nested pipeline, where it stands alone; the content of a prompt becomes text later.
    bool keepsType(const TemplateSyntax& each) const {
        return wholeOf(whole_) == each.range && !text_.quotesText;
    }

    bool isNested() const {
        return placeOf(context_.pipeline.graph, context_.index).pipeline != kNoGraphNode;
    }

    // Then the file's own pipeline fills in what names it, in nested ones too, and makes it text.
    bool isOfFile(format::GraphIndex step) const {
        return step != kNoGraphNode &&
               placeOf(context_.pipeline.graph, step).pipeline == kNoGraphNode;
    }

    void checkShape(const TemplateSyntax& each, ValueShape shape, bool ofFile = false) {
        const bool alone = keepsType(each);
        if (alone && isNested() && !ofFile)
            return checkKept(context_, text_, each, shape, reporter_);
        if (shape == ValueShape::Mapping)
            report(
                alone ? "template.whole-result-alone" : "template.whole-mapping", each,
                shown(each) + " is a mapping, which cannot become text; " +
                    (each.kind == TemplateKind::Constant ? "make its parts constants of their own."
                     : each.kind == TemplateKind::Input
                         ? "name a part of it, as in `inputs.name.part`."
                         : "name a part of it, as in `state.name.part`."),
                "Turning a mapping into text raises an exception and ends the run.");
        else if (shape == ValueShape::Unwritable)
            report(alone ? "template.whole-result-alone" : "template.whole-mapping", each,
                   shown(each) +
                       " is a list that holds more than texts, which cannot become text; keep "
                       "what the text needs as a text of its own.",
                   "Turning mappings, fractions, truth values or null into text, or a number that "
                   "is no character's, raises an exception and ends the run.");
        else if (shape == ValueShape::List)
            report("template.whole-list", each,
                   shown(each) +
                       " is a list, which becomes text without anything between its "
                       "items.",
                   "Whole numbers in it become the characters of these codes.");
    }

    void checkVariable(const TemplateSyntax& each, TextRange name) {
        const std::string_view written = name.in(whole_);
        const VariableSight seen = names().variable(written, context_.index);
        const std::string_view path =
            each.kind == TemplateKind::State ? each.path.in(whole_) : std::string_view();
        const ValueShape shape = names().shapeOf(written, path);
        if (seen == VariableSight::Set && shape != ValueShape::Absent)
            return checkShape(each, shape, true);
        if (seen == VariableSight::Unknown && reportItem(each))
            return;
        const auto [code, reason] = variableMessage(seen);
        Diagnostic& found =
            report(isFilePath() ? "template.unset-path" : code, each,
                   shown(each) + " becomes empty text: " + std::string(reason),
                   text_.quotesText && seen == VariableSight::Unknown
                       ? "A sample of templates in a prompt is expanded like any other."
                       : "Variables come from set_variable steps that ran before.");
        if (seen != VariableSight::Unknown)
            return;
        const SeenStep step = templateSeen(context_.pipeline, written, context_.index);
        if (step.sight == Sight::Visible)
            found.message += " Results of steps are written `{{steps.NAME.path}}`.";
        offerNearest(found, name, names().variables());
    }

    // Shell samples in prompts are meant as they stand.
    void checkEnvironment() {
        if (text_.quotesText)
            return;
        for (std::size_t at = whole_.find("${"); at != kNone; at = whole_.find("${", at + 2)) {
            std::size_t end = at + 2;
            while (end < whole_.size() && isWordCharacter(whole_[end]))
                ++end;
            const std::size_t close = whole_.find('}', end);
            const bool named = end > at + 2 && !isDigit(whole_[at + 2]) && close != kNone &&
                               (close == end || whole_.substr(end, 2) == ":-");
            if (named)
                reporter_.onPart("template.environment", text_.node, at, close + 1,
                                 quoted(whole_.substr(at, close + 1 - at)) +
                                     " is not filled in; it stays as it is written.");
        }
    }

    const StepContext& context_;
    const StepText& text_;
    std::string_view whole_;
    Reporter& reporter_;
};

// A template that is the whole source: the rules of sources say what becomes of it.
bool isLoneSource(const StepText& text) {
    return (text.field == "data_source" || text.field == "input_source") &&
           nextTemplate(text.text, 0) == wholeOf(text.text);
}

void checkTemplates(const StepContext& context, Reporter& reporter) {
    for (const StepText& text : context.templated)
        if (!isLoneSource(text))
            TemplateCheck(context, text, reporter).run();
}

}  // namespace

const RuleSet& templateRules() {
    static const RuleSet kSet{kInfos, {&checkTemplates, &checkWhileCondition, &checkSources}, {}};
    return kSet;
}

}  // namespace pe::check
