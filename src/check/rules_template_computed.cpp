// SPDX-License-Identifier: MIT
// Templates that compute: functions and their arguments, and one + - or * of whole numbers.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "fields.hpp"
#include "given_names.hpp"
#include "nearest.hpp"
#include "step_sight.hpp"
#include "template_rules.hpp"
#include "text_fix.hpp"

namespace pe::check {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kState = "state.";

enum class Arity : std::uint8_t { One, Two, Many };

Arity arityOf(std::string_view function) {
    if (function == "round" || function == "floor" || function == "ceil")
        return Arity::One;
    return function == "max" || function == "min" ? Arity::Many : Arity::Two;
}

// A variable in a computing template, or its part at a path of keys.
struct Named {
    TextRange range;
    std::string_view name;
    std::string_view path;
};

Named namedBy(std::string_view path, TextRange range) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    return {range, path.substr(0, dot), path.substr(std::min(dot + 1, path.size()))};
}

// What the engine fills in: with a state.x in it no plain variables, else every word.
std::vector<Named> filledIn(std::string_view expression) {
    std::vector<Named> all;
    const bool withState = expression.find(kState) != kNone;
    for (std::size_t at = 0; at < expression.size();) {
        const std::size_t begin = at++;
        if (!isWordCharacter(expression[begin]))
            continue;
        while (at < expression.size() &&
               (isWordCharacter(expression[at]) || (withState && expression[at] == '.')))
            ++at;
        const TextRange range{begin, at};
        std::string_view word = range.in(expression);
        if (isDigit(word.front()) || (withState && !word.starts_with(kState)))
            continue;
        word.remove_prefix(withState ? kState.size() : 0);
        all.push_back(namedBy(word, range));
    }
    return all;
}

// With `state.` before the variables, where parts of them can be named.
std::string withState(std::string_view expression) {
    std::string result;
    for (std::size_t at = 0; at < expression.size();) {
        const std::size_t begin = at++;
        if (isWordCharacter(expression[begin])) {
            while (at < expression.size() &&
                   (isWordCharacter(expression[at]) || expression[at] == '.'))
                ++at;
            if (!isDigit(expression[begin]))
                result += kState;
        }
        result += expression.substr(begin, at - begin);
    }
    return result;
}

class ComputedTemplate {
public:
    ComputedTemplate(const StepContext& context, const StepText& text, const TemplateSyntax& each,
                     Reporter& reporter)
        : context_(context),
          text_(text),
          each_(each),
          expression_(each.expression.in(text.text)),
          reporter_(reporter) {}

    void checkCall() {
        const std::string_view name = each_.name.in(text_.text);
        if (!isTemplateFunction(name)) {
            const auto functions = templateFunctions();
            Diagnostic& found = report(
                "template.unknown-function", "Templates have no function " + quoted(name) + ".",
                "The call comes back as text. There are add subtract multiply divide max min round "
                "floor ceil.");
            const std::string_view meant = nearest(name, {functions.begin(), functions.end()});
            if (!meant.empty())
                found.fixes.push_back(change(each_.name, std::string(meant)));
            return;
        }
        const std::size_t count = each_.arguments.size();
        const Arity arity = arityOf(name);
        const bool fits =
            each_.complete && (arity == Arity::Many || (arity == Arity::One && count == 1) ||
                               (arity == Arity::Two && count == 2));
        const bool nests =
            std::any_of(each_.arguments.begin(), each_.arguments.end(), [&](TextRange argument) {
                return argument.in(text_.text).find_first_of("()") != kNone;
            });
        if (!fits || nests)
            return void(
                report("template.arguments",
                       quoted(name) + (nests ? " cannot take the result of another call."
                                             : " is called with the wrong number of arguments."),
                       "The call comes back as text."));
        for (const TextRange argument : each_.arguments)
            checkArgument(argument);
    }

    void checkArithmetic() {
        const std::vector<Named> variables = filledIn(expression_);
        for (const Named& each : variables)
            if (isSet(each) && shapeOf(each) == ValueShape::Mapping)
                return reportMapping(each);
        if (!isComputable(expression_))
            return reportNotComputed();
        for (const Named& each : variables)
            if (checkTerm(each))
                return;
    }

private:
    const PipelineNames& names() const { return context_.pipeline.names; }
    std::string shown() const { return quoted(each_.range.in(text_.text)); }

    Diagnostic& report(std::string_view code, std::string message, std::string why) {
        Diagnostic& found = reporter_.onPart(code, text_.node, each_.range.begin, each_.range.end,
                                             std::move(message));
        found.why = std::move(why);
        return found;
    }

    Fix change(TextRange range, std::string meant) const {
        return fixPart(text_.node, text_.text, range, std::move(meant), Safety::Choice);
    }

    bool isSet(const Named& each) const {
        return names().variable(each.name, context_.index) == VariableSight::Set;
    }
    ValueShape shapeOf(const Named& each) const { return names().shapeOf(each.name, each.path); }

    Diagnostic& reportZero(std::string_view code, std::string_view name, std::string_view reason,
                           std::string why) {
        return report(code,
                      quoted(name) + " counts as 0 in " + shown() + ": " + std::string(reason),
                      std::move(why));
    }

    // Whether there was something to say. What is not there counts as 0.
    bool checkVariable(const Named& each) {
        const VariableSight seen = names().variable(each.name, context_.index);
        if (seen == VariableSight::Set && shapeOf(each) != ValueShape::Absent)
            return false;
        const auto [code, reason] = variableMessage(seen);
        const std::string path = each.path.empty() ? "" : "." + std::string(each.path);
        reportZero(code, std::string(each.name) + path, reason,
                   "Variables come from set_variable steps that ran before.");
        return true;
    }

    bool checkTerm(Named each) {
        const std::size_t sign = expression_.find('-');
        const bool name = sign != kNone && sign > 0 && isWordCharacter(expression_[sign - 1]);
        if (name && !isSet(each)) {
            reportNotComputed();
            return true;
        }
        each.range = {each_.expression.begin + each.range.begin,
                      each_.expression.begin + each.range.end};
        if (checkVariable(each))
            return true;
        if (mayBeWhole(each))
            return false;
        Diagnostic& found =
            report("template.not-computed",
                   shown() + " is not computed: " + quoted(each.range.in(text_.text)) +
                       " is no whole number.",
                   "What cannot be computed becomes the text of the expression with its variables "
                   "filled in.");
        if (auto fix = shapeOf(each) == ValueShape::Fraction ? callFix(text_, each_) : std::nullopt)
            found.fixes.push_back(std::move(*fix));
        return true;
    }

    bool mayBeWhole(const Named& each) const {
        const ValueShape shape = shapeOf(each);
        if (shape == ValueShape::Other || shape == ValueShape::Templated ||
            shape == ValueShape::Whole)
            return true;
        if (shape != ValueShape::Text)
            return false;
        const auto text = names().textIn(each.name, each.path);
        return !text || isNumber(wholeOf(*text).in(*text), false);
    }

    void reportMapping(const Named& each) {
        Diagnostic& found = report(
            "template.whole-mapping",
            quoted(each.range.in(expression_)) + " is a mapping, which cannot become text in " +
                shown() + "; name a part of it, as in `state.name.part`.",
            "Turning a mapping into text raises an exception and ends the run.");
        std::string meant = withState(expression_);
        if (expression_.find(kState) == kNone && expression_.find('.') != kNone &&
            isComputable(meant))
            found.fixes.push_back(change(each_.expression, std::move(meant)));
    }

    void reportNotComputed() {
        const std::size_t sign = expression_.find('-');
        const bool name = sign != kNone && sign > 0 && sign + 1 < expression_.size() &&
                          isWordCharacter(expression_[sign - 1]) &&
                          isWordCharacter(expression_[sign + 1]);
        Diagnostic& found =
            report("template.not-computed",
                   name ? "In " + shown() + " the hyphen is a minus; a variable needs underscores."
                        : shown() + " is not computed: templates do one + - or * of whole numbers.",
                   "What cannot be computed becomes the text of the expression with its variables "
                   "filled in.");
        if (auto fix = callFix(text_, each_))
            found.fixes.push_back(std::move(*fix));
    }

    // An argument is a number, a variable, state.x, inputs.x, global_vars.x or steps.x; any other
    // text counts as 0, as does what is not there.
    void checkArgument(TextRange range) {
        std::string_view text = range.in(text_.text);
        constexpr std::string_view kConstants = "global_vars.";
        constexpr std::string_view kInputs = "inputs.";
        if (text.starts_with(kState)) {
            text.remove_prefix(kState.size());
            checkNumber(namedBy(text, range));
        } else if (text.starts_with(kConstants)) {
            text.remove_prefix(kConstants.size());
            const auto& constants = names().constants();
            const bool known = constants && std::find(constants->begin(), constants->end(), text) !=
                                                constants->end();
            if (!known &&
                constantOfPipeline(context_.pipeline, text, context_.index) != yaml::kNoNode)
                reportNested(range, "knows no constants of the nested one.");
            else if (constants && !known)
                reportZero("template.unknown-constant", range.in(text_.text),
                           "global_vars has no " + quoted(text) + ".",
                           "A constant that is not there is no number.");
        } else if (text.starts_with(kInputs)) {
            checkInput(range, text.substr(kInputs.size()));
        } else if (isIdentifier(text)) {
            checkNumber({range, text, {}});
        } else if (const Named named = namedBy(text, range);
                   isIdentifier(named.name) && !named.path.empty() && named.name != "steps") {
            checkDotted(named);
        }
    }

    // Functions read more numbers than are recognised here: what begins like one may be one.
    void checkNumber(const Named& each) {
        if (checkVariable(each))
            return;
        const format::ResultKind kind = kindOf(shapeOf(each));
        if (kind == format::ResultKind::Any || kind == format::ResultKind::Number)
            return;
        const auto text = names().textIn(each.name, each.path);
        const std::size_t first = text ? text->find_first_not_of("+-") : kNone;
        if (kind == format::ResultKind::Text &&
            (!text || (first != kNone && isDigit((*text)[first]))))
            return;
        reportZero("template.not-computed", each.range.in(text_.text), "it is no number.",
                   "Functions compute with numbers, and with texts that are numbers.");
    }

    // An input that is handed on under its name has one outside as well.
    void checkInput(TextRange range, std::string_view name) {
        const yaml::Forest& forest = context_.pipeline.forest;
        const yaml::NodeRef given = inputOfPipeline(context_.pipeline, name, context_.index);
        const std::string own = "{{inputs." + std::string(name) + "}}";
        if (given != yaml::kNoNode && textOf(forest, given) != own)
            reportNested(range, "has no such input.");
    }

    void reportNested(TextRange range, std::string_view reason) {
        const std::string why = "the pipeline around computes it, and ";
        reportZero("template.pipeline-variable", range.in(text_.text), why + std::string(reason),
                   "Functions are computed before the nested pipeline runs. Compute outside, and "
                   "hand the number in through `inputs`.");
    }

    // `a.b` is no argument but a text.
    void checkDotted(const Named& named) {
        const std::string written(named.range.in(text_.text));
        const std::string why = "An argument that is neither a number nor a known form is a text.";
        if (isUnknownScope(named.name))
            return void(reportZero("template.erased-scope", written,
                                   "templates have no " + quoted(named.name) + ".", why));
        const SeenStep step = templateSeen(context_.pipeline, named.name, context_.index);
        const bool variable = isSet(named);
        Diagnostic& found =
            step.sight != Sight::Missing && !variable
                ? reportZero("template.missing-scope", written,
                             "a step's result needs steps. in front.", why)
                : reportZero("template.unset-variable", written,
                             "a part of a variable is written `state.NAME.part`.", why);
        if (variable)
            found.fixes.push_back(change(named.range, std::string(kState) + written));
        else if (step.sight == Sight::Visible)
            found.fixes.push_back(change(named.range, "steps." + written));
    }

    const StepContext& context_;
    const StepText& text_;
    const TemplateSyntax& each_;
    std::string_view expression_;
    Reporter& reporter_;
};

}  // namespace

bool isUnknownScope(std::string_view head) {
    static constexpr std::array<std::string_view, 13> kScopes = {
        "loop",         "workflow",          "variables", "environment", "config",
        "step",         "context",           "system",    "timestamp",   "date",
        "execution_id", "current_timestamp", "env"};
    return std::find(kScopes.begin(), kScopes.end(), head) != kScopes.end();
}

std::pair<std::string_view, std::string_view> variableMessage(VariableSight seen) {
    switch (seen) {
        case VariableSight::Set:
            return {"template.unset-variable", "the variable has no such part."};
        case VariableSight::Together:
            return {"template.later-variable",
                    "the variable is set by this step, whose texts are filled in before."};
        case VariableSight::Later:
            return {"template.later-variable", "the variable is set by a later step."};
        case VariableSight::InLoop:
            return {"template.loop-variable",
                    "the variable is set inside a loop, and lost after each round."};
        case VariableSight::InPipeline:
            return {"template.pipeline-variable",
                    "the variable is set by the nested pipeline, after this is expanded."};
        default:
            return {"template.unset-variable", "no set_variable step sets it."};
    }
}

void checkComputed(const StepContext& context, const StepText& text, const TemplateSyntax& each,
                   Reporter& reporter) {
    ComputedTemplate computed(context, text, each, reporter);
    if (each.kind == TemplateKind::Call)
        computed.checkCall();
    else
        computed.checkArithmetic();
}

std::optional<Fix> callFix(const StepText& text, const TemplateSyntax& each) {
    std::string call = callFor(each.expression.in(text.text));
    if (call.empty())
        return std::nullopt;
    return fixPart(text.node, text.text, each.expression, std::move(call), Safety::Choice);
}

}  // namespace pe::check
