// SPDX-License-Identifier: MIT
#include "condition_messages.hpp"

#include <vector>

#include "condition_syntax.hpp"
#include "nearest.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

std::string nearestFunction(std::string_view name) {
    std::vector<std::string_view> names;
    for (const ConditionFunction& each : conditionFunctions())
        names.push_back(each.name);
    const std::string_view meant = nearest(name, names);
    return meant.empty() ? std::string() : " Do you mean " + quoted(meant) + "?";
}

// What to write instead of a word between conditions.
std::string combined(GroupForm form) {
    switch (form) {
        case GroupForm::List:
            return "write a list of conditions that must all hold.";
        case GroupForm::Mapping:
            return "use a mapping of `and`, `or` or `not`.";
        default:
            return "the condition of a while_loop is one comparison.";
    }
}

FaultMessage booleanWord(std::string_view word, GroupForm form) {
    const bool unites = sameButForCase(word, "and") || word == "&&";
    FaultMessage said{"condition.boolean-word",
                      quoted(word) + " is not read inside a condition's text; " + combined(form),
                      "Within a text, and, or, not, && and || are part of a name. Such a condition "
                      "is false, whatever the results."};
    if (form != GroupForm::List || unites)
        return said;
    said.message = quoted(word) +
                   " is not read inside a condition's text; let a step before carry the opposite, "
                   "and write `STEP.skipped == true`.";
    said.why +=
        " A mapping of `or` or `not` ends the run when it does not hold; but a step that was "
        "skipped says so in its result.";
    return said;
}

FaultMessage operatorMessage(ConditionFault fault, const std::string& part) {
    switch (fault) {
        case ConditionFault::OperatorBlanks:
            return {"condition.operator-blanks",
                    "The operator " + part + " needs a blank on both sides.",
                    "Operators count only between blanks; without them the whole text is the name "
                    "of a field that does not exist, so that the condition is false."};
        case ConditionFault::MissingOperand:
            return {"condition.missing-operand",
                    "The operator " + part + " lacks a value on one side.",
                    "The text is then read as one name, which nothing has, and is false."};
        case ConditionFault::MissingTerm:
            return {"condition.missing-operand",
                    "The sign " + part +
                        " lacks a value on one side; numbers are written as 5, -5 "
                        "and 0.5.",
                    "A sign computes with what stands on both sides of it. With nothing on one "
                    "there is no result, which equals nothing and compares with nothing."};
        case ConditionFault::UnknownOperator:
            return {"condition.unknown-operator",
                    part +
                        " is no operator of conditions; there are == != > < >= <= contains "
                        "matches between.",
                    "The text around it is read as one name, which no step has, so that the "
                    "condition is false."};
        case ConditionFault::Chained:
            return {"condition.chained", "A condition's text holds one comparison only.",
                    "The engine splits at the operator that comes first in its own order and "
                    "takes the rest, with the other operator, for one value."};
        case ConditionFault::BetweenWithoutAnd:
            return {"condition.between", "`between` needs two bounds: `x between 1 and 9`.",
                    "Without ` and ` behind it, the comparison is false."};
        case ConditionFault::LengthAlone:
            return {"condition.length-alone",
                    "`.length` is read in comparisons only; compare " + part + " with a number.",
                    "Alone, it is a field of the result that is called length, which is not "
                    "there, so that the condition is false."};
        default:
            return {"condition.number-alone",
                    part + " is a number and always true, even 0; compare it with one.",
                    "False are null, false and what is empty. A number is none of these, nor is "
                    "the marker for what cannot be computed."};
    }
}

FaultMessage callInText(const std::string& part, std::string_view name) {
    if (conditionFunction(name) == nullptr)
        return {"condition.unknown-function",
                "The engine calls " + part +
                    " inside the quotes as a function; write the text without the parenthesis.",
                "A word before a parenthesis is a call, quotes or not. An unknown function raises "
                "an error and ends the run."};
    return {"condition.arithmetic-in-text",
            "The engine calls " + part +
                " inside the quotes as a function; write the text without the parenthesis.",
            "A word before a parenthesis is a call, quotes or not. Its result takes its place in "
            "the text."};
}

FaultMessage callMessage(ConditionFault fault, const std::string& part, std::string_view name) {
    switch (fault) {
        case ConditionFault::UnknownFunction:
            return {"condition.unknown-function",
                    "Conditions have no function " + part + "." + nearestFunction(name),
                    "An unknown function raises an error and ends the run."};
        case ConditionFault::ArgumentCount:
            return {"condition.argument-count",
                    part + " is called with the wrong number of arguments.",
                    "Arguments are split at every comma, those in quotes too. With another number "
                    "than the function takes the engine raises an error."};
        case ConditionFault::NestedCall:
            return {"condition.nested-call",
                    "A function cannot be called inside the arguments of another.",
                    "Arguments end at the first closing parenthesis; the inner call is read as a "
                    "name."};
        case ConditionFault::CallInText:
            return callInText(part, name);
        case ConditionFault::CallWithWord:
            return {"condition.call-with-word",
                    part + " does not work beside a function call; use it as a function too.",
                    "Behind a call only > < == != >= <= and between are looked for, so that the "
                    "text is one name and false."};
        case ConditionFault::CallEndsInText:
            return {"condition.nested-call",
                    "The arguments of a call end at the first `)`, even in quotes; write the text "
                    "without it.",
                    "What follows is read as part of a name, so that the condition is false."};
        case ConditionFault::ArithmeticInCall:
            return {"condition.arithmetic-in-call",
                    "Arguments are not computed: " + part + " is read as a name.",
                    "An argument is a value or a path. Arithmetic counts outside of calls only."};
        case ConditionFault::OperatorInCall:
            return {"condition.operator-in-call",
                    "The comparison is split at " + part + " inside the call's arguments.",
                    "The engine takes the first operator in the text, even one in the quotes of "
                    "an argument. Use the call alone."};
        default:
            return {"condition.time", part + " gives a time that nothing can be compared with.",
                    "Ordering needs two numbers or two texts; a time is neither, and in a sum it "
                    "becomes a text with hyphens, which are subtracted."};
    }
}

FaultMessage namingMessage(ConditionFault fault, const std::string& part) {
    switch (fault) {
        case ConditionFault::StepsPrefix:
            return {"condition.steps-prefix",
                    "In a condition, `steps.` names a step called steps; write the step's name "
                    "alone.",
                    "Conditions begin with the name of a step. The prefix belongs to templates "
                    "only; with it nothing is found."};
        case ConditionFault::ScopePath:
            return {"condition.scope",
                    part + " is looked for among the steps; write it as a template.",
                    "Conditions see results of steps and loop. Variables, inputs and constants "
                    "reach a condition through {{...}} only."};
        case ConditionFault::TemplateAlone:
            return {
                "condition.template-alone",
                "A template alone is no condition; write the path without braces, or compare it.",
                "The template becomes its text first, and that text, true included, is then "
                "looked for as the name of a step. In a nested pipeline it may become true or "
                "a number instead, which ends the run."};
        case ConditionFault::BareTemplate:
            return {"condition.template-text",
                    part + " is read as a path once it is filled in; put quotes around it.",
                    "The template becomes its text first. Without quotes that text is the name of "
                    "a step, which is not there and equals no text."};
        default:
            return {"condition.template-comparison",
                    "A comparison inside {{ }} is not evaluated; write it without the braces.",
                    "Templates know no comparison. What is left of the text is compared instead, "
                    "and the result does not depend on the value."};
    }
}

FaultMessage textMessage(ConditionFault fault, const std::string& part, GroupForm form) {
    switch (fault) {
        case ConditionFault::Empty:
            return {"condition.empty", "An empty condition is false: the step never runs.",
                    "The empty text names no step. Without the key the step always runs."};
        case ConditionFault::LoneLiteral:
            return {"condition.literal", part + " alone is read as the name of a step.",
                    "Literals have a meaning beside an operator only. Alone, even `true` names a "
                    "step that does not exist, and the condition is false."};
        case ConditionFault::NumberForm:
            return {"condition.literal",
                    part + " is read as a name; numbers are written as 5, -5 and 0.5.",
                    "A number has digits on both sides of its point. What is none is looked for "
                    "among the steps, and is not there."};
        case ConditionFault::OuterBlanks:
            return {"condition.outer-blanks",
                    "The blanks or line breaks around " + part + " are read as part of the name.",
                    "Around a comparison they do not count, but a name alone is looked for as it "
                    "is written. No step is called so, and the condition is false."};
        case ConditionFault::Parenthesis:
            return {"condition.parentheses",
                    "Conditions know no parentheses but those of functions; " + combined(form),
                    "A parenthesis becomes part of the name beside it, so that nothing is found."};
        case ConditionFault::Bracket:
            return {"condition.brackets",
                    "Conditions know neither indexes nor lists: " + part + " is part of a name.",
                    "Paths are split at dots only. Use length, count, any, all or contains for "
                    "lists."};
        case ConditionFault::OperatorInText:
            return {"condition.arithmetic-in-text",
                    "The engine splits the comparison at " + part +
                        " inside the quotes; compare by a function such as matches(x, y).",
                    "It takes the operator that comes first in its own order, quotes or not. In "
                    "the arguments of a function it is safe."};
        default:
            return {"condition.arithmetic-in-text",
                    "The engine computes inside the quotes of " + part +
                        ": + - * / % are operators there too.",
                    "With one of these characters a comparison is arithmetic, quotes or not, and "
                    "the text never equals anything. In the arguments of a function it is safe."};
    }
}

}  // namespace

FaultMessage messageOf(const ConditionProblem& problem, std::string_view text, GroupForm form) {
    const std::string_view name = problem.range.in(text);
    const std::string part = quoted(name);
    if (problem.inner && problem.fault == ConditionFault::BooleanWord)
        return {"condition.boolean-word",
                part + " is not read in the condition of a call, which is one comparison.",
                "The text around it is part of a name, which no item has, so that the condition "
                "does not hold for any item."};
    switch (problem.fault) {
        case ConditionFault::Empty:
        case ConditionFault::LoneLiteral:
        case ConditionFault::NumberForm:
        case ConditionFault::OuterBlanks:
        case ConditionFault::Parenthesis:
        case ConditionFault::Bracket:
        case ConditionFault::ArithmeticInText:
        case ConditionFault::OperatorInText:
            return textMessage(problem.fault, part, form);
        case ConditionFault::StepsPrefix:
        case ConditionFault::ScopePath:
        case ConditionFault::TemplateAlone:
        case ConditionFault::TemplateComparison:
        case ConditionFault::BareTemplate:
            return namingMessage(problem.fault, part);
        case ConditionFault::BooleanWord:
            return booleanWord(name, form);
        case ConditionFault::OperatorBlanks:
        case ConditionFault::MissingOperand:
        case ConditionFault::MissingTerm:
        case ConditionFault::UnknownOperator:
        case ConditionFault::Chained:
        case ConditionFault::BetweenWithoutAnd:
        case ConditionFault::NumberAlone:
        case ConditionFault::LengthAlone:
            return operatorMessage(problem.fault, part);
        default:
            return callMessage(problem.fault, part, name);
    }
}

}  // namespace pe::check
