// SPDX-License-Identifier: MIT
// The grammar of conditions: what in their form and in their texts the engine reads otherwise than
// their author means, or cannot read at all.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "condition_entries.hpp"
#include "condition_faults.hpp"
#include "condition_intent.hpp"
#include "condition_list.hpp"
#include "condition_messages.hpp"
#include "fields.hpp"
#include "filter_syntax.hpp"
#include "known_data.hpp"
#include "nearest.hpp"
#include "pattern_syntax.hpp"
#include "pipeline_names.hpp"
#include "rule.hpp"
#include "step_sight.hpp"
#include "template_rules.hpp"
#include "template_syntax.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;
using yaml::Value;

constexpr int kMostDepth = 100;
constexpr std::array<std::string_view, 3> kGroupKeys = {"and", "or", "not"};

constexpr RuleInfo kInfos[] = {
    {"condition.operator-blanks", Severity::Error, "Operator without blanks",
     "Comparison operators count only between blanks. `a.score>5` is the name of a field that does "
     "not exist, and so false; write `a.score > 5`.",
     "D77"},
    {"condition.missing-operand", Severity::Error, "Operator without a value",
     "An operator at the beginning or the end of the text is no operator: the whole text is read "
     "as one name.",
     "D77"},
    {"condition.boolean-word", Severity::Error, "and, or, not inside a text",
     "A condition's text holds one comparison. Inside it these words, && and || make it false. "
     "Conditions that must all hold are written as a list. Break and continue conditions may "
     "also be mappings: `and` and `or` take a list, `not` takes one condition.",
     "D76"},
    {"condition.unknown-operator", Severity::Error, "Operator that conditions do not have",
     "The operators are == != > < >= <= contains matches between. starts_with, in, exists, ?: and "
     "others are read as part of a name. startsWith(x, y), endsWith(x, y) and isEmpty(x) are "
     "functions.",
     "D76"},
    {"condition.chained", Severity::Error, "Several comparisons in one text",
     "Only one operator of a text is seen; use `between` or a list of conditions.", "D76"},
    {"condition.between", Severity::Error, "between without two bounds",
     "The form is `x between 1 and 9`, both bounds included.", ""},
    {"condition.pattern", Severity::Error, "Pattern that is no regular expression",
     "matches compares with a regular expression. With one that cannot be compiled it never "
     "holds.",
     ""},
    {"condition.parentheses", Severity::Error, "Parentheses in a condition",
     "Parentheses belong to function calls only. Conditions that must all hold are written as a "
     "list.",
     "D76"},
    {"condition.brackets", Severity::Error, "Brackets in a condition",
     "Paths are split at dots, lists have no literal: there is no index and no `[1, 2]`. "
     "`isEmpty(x)`, `length(x)` and `x contains y` say most of what is meant.",
     "D76 D87"},
    {"condition.unknown-function", Severity::Error, "Unknown function in a condition",
     "Conditions have 28 functions; those of templates are others. An unknown one ends the run. A "
     "word before a parenthesis is a call, in quotes too.",
     "D79"},
    {"condition.argument-count", Severity::Error, "Wrong number of arguments",
     "Arguments are split at every comma without regard to quotes; a call with another number than "
     "the function takes ends the run.",
     "D79"},
    {"condition.nested-call", Severity::Error, "Call inside a call",
     "The arguments of a function are values and paths; they end at the first closing parenthesis.",
     "D79"},
    {"condition.call-with-word", Severity::Error, "contains or matches beside a call",
     "Beside a function call only the operators made of signs, and between, are seen.", "D76"},
    {"condition.operator-in-call", Severity::Error, "Operator inside a call's argument",
     "A text that is more than one call is split at its first operator, even if that stands in the "
     "quoted condition of any, all or count. Use the call alone.",
     "D79"},
    {"condition.time", Severity::Error, "Comparison with a time",
     "now() gives a time; results hold texts and numbers, and comparing them with it is always "
     "false.",
     "D79"},
    {"condition.steps-prefix", Severity::Error, "steps. in a condition",
     "In conditions a path begins with the name of a step: `analysis.score > 8`. With `steps.` in "
     "front, a step called steps is looked for.",
     "D74"},
    {"condition.scope", Severity::Error, "Variable without braces in a condition",
     "state.x, inputs.x and global_vars.x are looked for among the results of steps. As templates "
     "they are filled in before the condition is read: `{{state.count}} < 5`.",
     "D74 D75"},
    {"condition.template-alone", Severity::Error, "A template as the whole condition",
     "Templates are replaced by their text before the condition is read, and the text is taken for "
     "the name of a step. A path without braces is looked at as it is.",
     "D75"},
    {"condition.template-comparison", Severity::Error, "Comparison inside braces",
     "Templates cannot compare. Write the path without braces and the operator outside.", "D75"},
    {"condition.empty", Severity::Warning, "Empty condition",
     "The empty text is false, so that the step never runs; an absent or null condition is true.",
     ""},
    {"condition.literal", Severity::Error, "A literal that is read as a name",
     "A text such as \"true\" or \"1\" as the whole condition is read as the name of a step, which "
     "is not there: false. So is .5 beside an operator, where 0.5 is a number.",
     "D45"},
    {"condition.outer-blanks", Severity::Error, "Blanks around a name",
     "A name alone is looked for with the blanks and line breaks around it, such as the one that a "
     "`|` block ends with, and is not found. Comparisons and calls do not mind them.",
     ""},
    {"condition.arithmetic-in-text", Severity::Error, "Operators in a quoted text",
     "Quotes protect nothing. A comparison is split at an operator in them as well, and if it "
     "holds + - * / or % anywhere, the engine computes both sides, so that "
     "`status == 'in-progress'` is never true. In a function call nothing is computed: "
     "matches(a.status, '^in-progress$').",
     "D78"},
    {"condition.number-alone", Severity::Warning, "A number as the whole condition",
     "False are null, false, and empty texts, lists and mappings. A number is true, 0 too, and so "
     "is what cannot be computed: `length(a.items)` always holds; write `length(a.items) > 0`.",
     ""},
    {"condition.length-alone", Severity::Error, "length without a comparison",
     "`.length` behind a path counts in comparisons only; alone it is the name of a field.", ""},
    {"condition.arithmetic-in-call", Severity::Error, "Arithmetic in an argument",
     "The arguments of functions are values and paths. `abs(a.x - 5)` looks for one name with "
     "blanks in it.",
     "D79"},
    {"condition.template-text", Severity::Error, "Template without quotes beside a text",
     "Templates are filled in before the condition is read. `{{steps.a.status}} == 'done'` becomes "
     "`done == 'done'`, and the first `done` is looked for as a step. Write `a.status == 'done'`, "
     "or put quotes around the template.",
     "D75"},
    {"condition.not-text", Severity::Error, "A condition that is no text",
     "The engine has no answer for YAML's true, false and numbers as conditions and ends the run.",
     "D45"},
    {"condition.group-kind", Severity::Error, "and, or without a list",
     "`and` and `or` take a list of conditions; a single text or mapping below them ends the run.",
     "D45"},
    {"condition.group-key", Severity::Error, "Unknown key in a condition",
     "A mapping in a condition has one key: and, or, not. Any other ends the run.", "D45"},
    {"condition.group-extra", Severity::Warning, "Ignored key in a condition",
     "Of several keys only one is looked at: and before or before not.", "D45"},
    {"condition.mapping", Severity::Warning, "Mapping as the condition of a step",
     "When the condition does not hold, the engine writes it into the result of the skipped step. "
     "It cannot write a mapping, and the run ends instead. A list of texts, which must all hold, "
     "is written well. For anything else a step before can carry the condition that must not "
     "hold: where that step was skipped, `STEP.skipped == true` holds. The break and continue "
     "conditions of loops are not written, and may be mappings.",
     "D45"},
    {"condition.while-kind", Severity::Error, "while condition that is no text",
     "The condition of a while_loop must be one text; with a mapping or a list the loop fails.",
     "D45"},
    {"filter.combined", Severity::Error, "and, or in a filter",
     "A filter of data_transform is one comparison. Several filters in a row are an and.", "D76"},
    {"filter.call", Severity::Error, "Function in a filter",
     "Filters know no functions and no parentheses.", "D79"},
    {"filter.operator", Severity::Error, "Operator that filters do not have",
     "The operators of filters are == != >= <= > < contains. They are looked for in this order "
     "anywhere in the text; quotes do not protect.",
     "D76"},
    {"filter.negative-number", Severity::Error, "Negative number in a filter",
     "Only digits are numbers in a filter; with a minus the literal is a text and no number "
     "compares with it.",
     "D77"},
    {"filter.empty", Severity::Error, "Filter without a condition",
     "A filter operation needs a condition.", ""},
    {"filter.not-text", Severity::Error, "Filter condition that is no text",
     "The condition of a filter is one text; anything else fails the step.", ""},
    {"filter.operand", Severity::Error, "Left side of a filter that is no field",
     "On the left stands a field of the item, or the word value; anything else is looked for as "
     "the name of a field. `5 < score` is written `score > 5`.",
     "D77"},
    {"filter.lazy", Severity::Warning, "Filter that lazy evaluation does not know",
     "With lazy evaluation only `field == x`, `field != x` and `field > x` with blanks are looked "
     "at, and only if the operation's `field` is that field; every other filter keeps all items. "
     "More than 1000 items are always read lazily.",
     "D77"},
};

// Whether the template becomes true or false; nothing if that is decided when run.
std::optional<bool> isFlag(const StepContext& context, std::string_view text) {
    const PipelineNames& names = context.pipeline.names;
    const TemplateSyntax only = templatesIn(text).front();
    if (only.kind == TemplateKind::Call || only.kind == TemplateKind::Arithmetic)
        return false;
    if (only.range != wholeOf(text) || only.kind == TemplateKind::Input ||
        only.kind == TemplateKind::Step)
        return std::nullopt;
    const bool state = only.kind == TemplateKind::State;
    const std::string_view name =
        state ? only.name.in(text) : TextRange{only.name.begin, only.expression.end}.in(text);
    const std::string_view path = state ? only.path.in(text) : std::string_view();
    const bool constant = only.kind == TemplateKind::Constant;
    if (!constant && names.variable(name, context.index) != VariableSight::Set)
        return std::nullopt;
    const ValueShape shape = constant ? names.constantShape(name) : names.shapeOf(name, path);
    if (shape == ValueShape::Other || shape == ValueShape::Templated)
        return std::nullopt;
    if (shape != ValueShape::Text)
        return shape == ValueShape::Flag;
    const auto said = constant ? std::nullopt : names.textIn(name, path);
    if (!said)
        return std::nullopt;
    return *said == "true" || *said == "false";
}

struct ConditionCheck {
    const StepContext& context;
    Reporter& reporter;
    const ConditionEntry& where;
    const yaml::Forest& forest = context.pipeline.forest;
    const bool textOnly = where.textOnly;
    bool endsAlways = false;  // for another reason than that of `mapping`

    // `steps.` and the like in front of a path may be the name of a step.
    bool namesStep(const ConditionProblem& problem, std::string_view text) const {
        if (problem.fault != ConditionFault::StepsPrefix &&
            problem.fault != ConditionFault::ScopePath)
            return false;
        const std::string_view path = problem.range.in(text);
        const std::string_view name = path.substr(0, path.find('.'));
        return resultSeen(context.pipeline, name, context.index).sight == Sight::Visible;
    }

    void text(NodeRef node, const std::string& text) {
        std::vector<ConditionProblem> problems = conditionProblems(text);
        const std::size_t named = std::erase_if(
            problems, [&](const ConditionProblem& each) { return namesStep(each, text); });
        if (problems.empty())
            return pattern(node, text);
        std::vector<Fix> fixes;
        if (auto intent = named == 0 ? intendedCondition(text) : std::nullopt)
            addIntent(node, std::move(*intent), fixes);
        for (const ConditionProblem& each : problems) {
            FaultMessage said = messageOf(each, text, formOf());
            Diagnostic& found = each.range.empty()
                                    ? reporter.onValue(said.code, node, std::move(said.message))
                                    : reporter.onPart(said.code, node, each.range.begin,
                                                      each.range.end, std::move(said.message));
            found.why = std::move(said.why);
            found.fixes = fixes;
        }
    }

    // What follows `matches`, in a text without faults.
    void pattern(NodeRef node, const std::string& text) {
        const ConditionSyntax syntax = parseCondition(text);
        const bool called = syntax.left.kind == OperandKind::Call &&
                            syntax.left.name.in(text) == "matches" &&
                            syntax.left.operands.size() == 2;
        const bool infix =
            syntax.form == ConditionForm::Comparison && syntax.operation.in(text) == "matches";
        const Operand& operand = called ? syntax.left.operands.back() : syntax.right;
        const TextRange range{operand.range.begin + 1, operand.range.end - 1};
        if ((!called && !infix) || operand.kind != OperandKind::Text || range.empty() ||
            range.in(text).find("{{") != std::string_view::npos)
            return;
        const std::string_view fault = patternFault(range.in(text));
        if (fault.empty())
            return;
        reporter
            .onPart(
                "condition.pattern", node, range.begin, range.end,
                quoted(range.in(text)) + " is no regular expression: " + std::string(fault) + ".")
            .why = "With a pattern that cannot be compiled `matches` is false.";
    }

    GroupForm formOf() const {
        return textOnly ? GroupForm::None : where.skips ? GroupForm::List : GroupForm::Mapping;
    }

    PathKinds kinds() const {
        return
            [&](std::string_view path) { return pathKind(context.pipeline, path, context.index); };
    }

    // What holds otherwise there than before may end the run.
    bool isInMapping() const {
        const auto written = where.skips ? yaml::valueOf(forest, where.entry) : Value();
        return written && holdsMapping(*written);
    }

    void addIntent(NodeRef node, ConditionIntent intent, std::vector<Fix>& fixes) const {
        if (where.skips && intent.value.kind == Value::Kind::Mapping) {
            auto listed = listedCondition(intent.value, kinds());
            if (!listed)
                return;
            intent.value = std::move(listed->value);
            intent.exact = intent.exact && listed->exact;
        }
        if (textOnly && !intent.value.isString())
            return;
        if (textOnly && neverChanges(intent.value.text) &&
            !neverChanges(textOf(forest, node).value_or("")))
            return;
        for (const std::string& each : intent.flags) {
            const std::optional<bool> flag = isFlag(context, each);
            if (flag == false)
                return;
            intent.exact = intent.exact && flag.has_value();
        }
        // Filled in once, a template does not make a loop end, and neither does what always holds.
        const bool frozen = textOnly && (intent.value.text.find("{{") != std::string::npos ||
                                         decidedBy(intent.value.text) == Decided::AlwaysTrue);
        std::string title = intent.value.isString()
                                ? "Write " + quoted(intent.value.text)
                                : "Write it as " + quoted(yaml::toJson(intent.value));
        fixes.push_back(
            setValueFix(std::move(title), node, std::move(intent.value),
                        intent.exact && !frozen && !isInMapping() ? Safety::Safe : Safety::Choice));
    }

    void value(NodeRef node, int depth) {
        const NodeRef target = valueBehind(forest, node);
        if (target == yaml::kNoNode || depth > kMostDepth)
            return;
        const yaml::Style style = forest.style(target);
        if (yaml::isMapping(style))
            return mapping(target, depth);
        if (yaml::isSequence(style)) {
            for (const NodeRef item : forest.children(target))
                value(item, depth + 1);
            return;
        }
        const auto scalar = scalarOf(forest, target);
        if (!scalar || scalar->isNull())
            return;
        if (scalar->isString())
            return text(target, scalar->text);
        notText(target, *scalar, depth);
    }

    void notText(NodeRef node, const Value& scalar, int depth) {
        const bool isTrue = scalar.kind == Value::Kind::Boolean && scalar.boolean;
        const bool decides = depth == 0 && keyIs(forest, node, "condition");
        Diagnostic& found = reporter.onValue(
            "condition.not-text", node,
            "A condition must be a text; YAML's booleans and numbers end the run.");
        found.why =
            "The engine has a rule for texts, mappings and lists only, and raises an error "
            "for everything else.";
        if (isTrue && decides && !textOnly)
            found.fixes.push_back(
                removeFix("Remove the condition: the step always runs", node, Safety::Safe));
        else if (scalar.kind == Value::Kind::Boolean)
            found.fixes.push_back(
                setValueFix(isTrue ? "Write `true == true`, which always holds"
                                   : "Write `true == false`, which never holds",
                            node, Value::ofString(isTrue ? "true == true" : "true == false"),
                            (isTrue ? textOnly : decides) ? Safety::Choice : Safety::Safe));
    }

    void mapping(NodeRef node, int depth) {
        NodeRef taken = yaml::kNoNode;
        for (const std::string_view key : kGroupKeys)
            if (taken == yaml::kNoNode)
                taken = entryOf(forest, node, key);
        for (const NodeRef child : forest.children(node))
            if (child != taken)
                strayKey(child, taken != yaml::kNoNode);
        endsAlways = endsAlways || taken == yaml::kNoNode;
        if (taken == yaml::kNoNode && forest.children(node).empty())
            reporter.onValue("condition.group-key", node,
                             "An empty mapping is no condition; it ends the run.");
        if (taken == yaml::kNoNode)
            return;
        const NodeRef target = valueBehind(forest, taken);
        const bool list = target != yaml::kNoNode && yaml::isSequence(forest.style(target));
        if (!list && !keyIs(forest, taken, "not"))
            return notList(taken, target);
        value(taken, depth + 1);
    }

    void strayKey(NodeRef child, bool ignored) {
        const std::string key = keyOf(forest, child);
        if (ignored) {
            reporter.onKey("condition.group-extra", child,
                           quoted(key) + " is ignored: a mapping in a condition has one key.");
            return;
        }
        Diagnostic& found = reporter.onKey("condition.group-key", child,
                                           "A condition has one of the keys `and`, `or`, `not`; " +
                                               quoted(key) + " ends the run.");
        const std::string_view meant = nearest(key, {"and", "or", "not"});
        const std::string_view known = key == "all"                  ? "and"
                                       : key == "any"                ? "or"
                                       : key == "none" || key == "!" ? "not"
                                                                     : meant;
        if (!known.empty())
            found.fixes.push_back(renameKeyFix("Rename to " + quoted(known), child,
                                               std::string(known), Safety::Choice));
    }

    bool isCondition(NodeRef node) const {
        return textOf(forest, node) ||
               std::any_of(kGroupKeys.begin(), kGroupKeys.end(), [&](std::string_view key) {
                   return entryOf(forest, node, key) != yaml::kNoNode;
               });
    }

    void notList(NodeRef entry, NodeRef target) {
        Diagnostic& found =
            reporter.onValue("condition.group-kind", entry,
                             quoted(keyOf(forest, entry)) + " needs a list of conditions.");
        found.why =
            "The engine goes through the items of a list; for anything else it raises an "
            "error.";
        endsAlways = true;
        if (target != entry || !isCondition(entry))
            return;
        if (where.skips)
            return addList(found);
        if (auto single = yaml::valueOf(forest, entry); single && !single->isNull())
            found.fixes.push_back(setValueFix("Make it a list of one condition", entry,
                                              Value::sequence({std::move(*single)}), Safety::Safe));
    }

    // The condition as a text, or as a list of texts.
    void addList(Diagnostic& found) const {
        const auto written = yaml::valueOf(forest, where.entry);
        auto listed = written ? listedCondition(*written, kinds()) : std::nullopt;
        if (!listed)
            return;
        std::string title = "Write it as " + quoted(yaml::toJson(listed->value));
        found.fixes.push_back(setValueFix(std::move(title), valueBehind(forest, where.entry),
                                          std::move(listed->value),
                                          listed->exact ? Safety::Safe : Safety::Choice));
    }

    // What the engine cannot write into the result of the step that it skips.
    void skipped() {
        const auto written = yaml::valueOf(forest, where.entry);
        if (endsAlways || !written || !holdsMapping(*written))
            return;
        Diagnostic& found = reporter.onValue(
            "condition.mapping", where.entry,
            "A mapping ends the run when the condition of a step does not hold; write a text, or a "
            "list of texts that must all hold.");
        found.why =
            "The engine writes the condition into the result of the step that it skips, and "
            "cannot write a mapping. Instead of `not`, let a step before carry the condition and "
            "ask whether that step was skipped: `STEP.skipped == true`.";
        addList(found);
    }
};

void checkConditions(const StepContext& context, Reporter& reporter) {
    const yaml::Forest& forest = context.pipeline.forest;
    for (const ConditionEntry& each : conditionEntries(context)) {
        const NodeRef target = valueBehind(forest, each.entry);
        if (each.textOnly && target != yaml::kNoNode && yaml::isCollection(forest.style(target))) {
            reporter.onValue("condition.while-kind", each.entry,
                             "The condition of a while_loop must be one text.");
            continue;
        }
        ConditionCheck check{context, reporter, each};
        check.value(each.entry, 0);
        if (each.skips)
            check.skipped();
    }
}

std::pair<std::string_view, std::string> filterMessage(FilterFault fault, const std::string& part) {
    switch (fault) {
        case FilterFault::Empty:
            return {"filter.empty", "A filter needs a condition such as `status == 'done'`."};
        case FilterFault::Combined:
            return {"filter.combined",
                    part + " is not read in a filter; use one filter operation after another."};
        case FilterFault::Call:
            return {"filter.call", "Filters know no functions and no parentheses."};
        case FilterFault::NegativeNumber:
            return {"filter.negative-number", part + " is read as a text in a filter."};
        case FilterFault::Operand:
            return {"filter.operand",
                    part +
                        " is looked for as a field of the item; write the field alone on the "
                        "left."};
        case FilterFault::UnknownOperator:
            return {"filter.operator",
                    part + " is no operator of filters; there are == != >= <= > < contains."};
        case FilterFault::OperatorInText:
            return {"filter.operator",
                    "The filter is split at " + part +
                        " inside the quotes; == != >= <= > < contains are looked for in this "
                        "order."};
        default:
            return {"filter.lazy",
                    "With lazy evaluation this filter keeps every item; only == != > with blanks "
                    "are looked at."};
    }
}

// Lazy evaluation compares the `field` of the operation and looks at no other.
void checkLazyField(const yaml::Forest& forest, NodeRef operation, const std::string& text,
                    Reporter& reporter) {
    const NodeRef condition = entryOf(forest, operation, "condition");
    const NodeRef field = entryOf(forest, operation, "field");
    const std::string left(parseFilter(text).left.in(text));
    if (textOf(forest, field) == left || text.find("{{") != std::string::npos)
        return;
    Diagnostic& found =
        reporter.onValue("filter.lazy", condition,
                         "With lazy evaluation this filter keeps every item; its `field` must be " +
                             quoted(left) + " like the left side.");
    if (isNull(forest, field))
        found.fixes.push_back(fillFix("Add " + quoted("field: " + left), operation, field,
                                      entryOf(forest, operation, "operation"), "field",
                                      Value::ofString(left), Safety::Choice));
}

void checkFilter(const yaml::Forest& forest, NodeRef operation, const std::string& text, bool lazy,
                 Reporter& reporter) {
    const NodeRef entry = entryOf(forest, operation, "condition");
    const std::vector<FilterProblem> problems = filterProblems(text, lazy);
    for (const FilterProblem& each : problems) {
        auto [code, message] = filterMessage(each.fault, quoted(each.range.in(text)));
        reporter.onPart(code, entry, each.range.begin, each.range.end, std::move(message));
    }
    if (lazy && problems.empty())
        checkLazyField(forest, operation, text, reporter);
}

void checkFilters(const StepContext& context, Reporter& reporter) {
    if (context.type != "data_transform")
        return;
    const yaml::Forest& forest = context.pipeline.forest;
    const NodeRef operations = valueBehind(forest, entryOf(forest, context.step, "operations"));
    if (operations == yaml::kNoNode || !yaml::isSequence(forest.style(operations)))
        return;
    const NodeRef lazy = mappingBehind(forest, entryOf(forest, context.step, "lazy"));
    const auto enabled = scalarOf(forest, entryOf(forest, lazy, "enabled"));
    const bool isLazy = enabled && enabled->kind == Value::Kind::Boolean && enabled->boolean;
    for (const NodeRef item : forest.children(operations)) {
        const NodeRef operation = mappingBehind(forest, item);
        if (textOf(forest, entryOf(forest, operation, "operation")) != "filter")
            continue;
        const NodeRef entry = entryOf(forest, operation, "condition");
        if (const auto text = textOf(forest, entry))
            checkFilter(forest, operation, *text, isLazy, reporter);
        else if (!isNull(forest, entry))
            reporter.onValue("filter.not-text", entry, "The condition of a filter must be a text.");
        else
            reporter.onValue("filter.empty", entryOf(forest, operation, "operation"),
                             filterMessage(FilterFault::Empty, "").second);
    }
}

}  // namespace

const RuleSet& conditionRules() {
    static const RuleSet kSet{kInfos, {&checkConditions, &checkFilters}, {}};
    return kSet;
}

}  // namespace pe::check
