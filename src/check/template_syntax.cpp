// SPDX-License-Identifier: MIT
#include "template_syntax.hpp"

#include <array>

namespace pe::check {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

struct Scope {
    std::string_view prefix;
    TemplateKind kind;
};
constexpr std::string_view kState = "state.";
constexpr std::array kScopes = {Scope{"inputs.", TemplateKind::Input},
                                Scope{"global_vars.", TemplateKind::Constant},
                                Scope{"steps.", TemplateKind::Step}};

// NAME, then `.path`.
void readPath(std::string_view text, TextRange range, TemplateSyntax& found) {
    const std::size_t dot = text.find('.', range.begin);
    found.name = {range.begin, dot < range.end ? dot : range.end};
    found.path = dot < range.end ? TextRange{dot + 1, range.end} : TextRange{range.end, range.end};
}

// The identifier before a `(`; empty if the expression does not begin with a call.
TextRange callName(std::string_view text, TextRange expression) {
    std::size_t at = expression.begin;
    while (at < expression.end && isWordCharacter(text[at]))
        ++at;
    const TextRange name{expression.begin, at};
    while (at < expression.end && isBlank(text[at]))
        ++at;
    const bool call = at < expression.end && text[at] == '(' && isIdentifier(name.in(text));
    return call ? name : TextRange{};
}

void readCall(std::string_view text, TemplateSyntax& found) {
    const std::size_t open = text.find('(', found.name.end);
    found.complete = text[found.expression.end - 1] == ')';
    if (!found.complete)
        return;
    const TextRange inside{open + 1, found.expression.end - 1};
    for (std::size_t begin = inside.begin; begin <= inside.end;) {
        const std::size_t comma = std::min(text.find(',', begin), inside.end);
        found.arguments.push_back(trimmed(text, {begin, comma}));
        begin = comma + 1;
    }
}

void read(std::string_view text, TemplateSyntax& found) {
    const std::string_view expression = found.expression.in(text);
    if (const TextRange call = callName(text, found.expression); !call.empty()) {
        found.kind = TemplateKind::Call;
        found.name = call;
        return readCall(text, found);
    }
    for (const Scope& scope : kScopes) {
        if (!expression.starts_with(scope.prefix))
            continue;
        found.kind = scope.kind;
        return readPath(text, {found.expression.begin + scope.prefix.size(), found.expression.end},
                        found);
    }
    if (expression.find_first_of("+-*/") != kNone) {
        found.kind = TemplateKind::Arithmetic;
        found.name = found.expression;
        return;
    }
    if (expression.starts_with(kState)) {
        found.kind = TemplateKind::State;
        return readPath(text, {found.expression.begin + kState.size(), found.expression.end},
                        found);
    }
    found.kind = TemplateKind::Variable;
    readPath(text, found.expression, found);
}

// The scope that an expression begins with, and its dot; empty if there is none.
std::string_view scopeOf(std::string_view expression) {
    for (const Scope& each : kScopes)
        if (expression.starts_with(each.prefix))
            return each.prefix;
    return expression.starts_with(kState) ? kState : std::string_view();
}

// Where a path ends; a dot behind it ends a sentence.
std::size_t pathEnd(std::string_view text, std::size_t begin) {
    constexpr std::string_view kBounds = " \t\r\n{}()[],|?'\"\\=<>!&+*/%:;";
    std::size_t end = std::min(text.find_first_of(kBounds, begin), text.size());
    while (end > begin && text[end - 1] == '.')
        --end;
    return end;
}

// Where a name ends, or the call of a function with its parenthesis; `begin` if none stands there.
std::size_t wordEnd(std::string_view text, std::size_t begin) {
    const std::size_t end = pathEnd(text, begin);
    const std::string_view word = text.substr(begin, end - begin);
    if (!isIdentifier(word))
        return begin;
    if (!isTemplateFunction(word) || text.substr(end, 1) != "(")
        return end;
    const std::size_t close = text.find_first_of("(){}\n", end + 1);
    return close != kNone && text[close] == ')' ? close + 1 : begin;
}

// What a function takes as more than a text: a number, a variable, or a path in a scope.
bool isArgument(std::string_view text) {
    if (text.find(' ') != kNone)
        return false;
    return !scopeOf(text).empty() || isIdentifier(text) || isNumber(text, true);
}

// Where one operand is a state.x, the engine fills in no plain variables.
bool isOperand(std::string_view operand, bool withState) {
    if (isNumber(operand, false) || (isIdentifier(operand) && !withState))
        return true;
    if (!operand.starts_with(kState) || operand.size() == kState.size())
        return false;
    operand.remove_prefix(kState.size());
    return !isDigit(operand.front()) && std::all_of(operand.begin(), operand.end(), [](char c) {
        return isWordCharacter(c) || c == '.';
    });
}

}  // namespace

std::optional<StepArgument> stepArgument(std::string_view text, TextRange argument) {
    constexpr std::string_view kScope = "steps.";
    const TextRange whole = trimmed(text, argument);
    if (!whole.in(text).starts_with(kScope))
        return std::nullopt;
    const std::size_t begin = whole.begin + kScope.size();
    const std::size_t end = std::min(text.find_first_of(". ,)", begin), whole.end);
    if (begin >= end)
        return std::nullopt;
    return StepArgument{{begin, end}, {std::min(end + 1, whole.end), whole.end}};
}

TextRange nextTemplate(std::string_view text, std::size_t from) {
    for (std::size_t open = text.find("{{", from); open != kNone;
         open = text.find("{{", open + 1)) {
        const std::size_t close = text.find('}', open + 2);
        if (close == kNone)
            return {};
        if (close > open + 2 && text.substr(close, 2) == "}}")
            return {open, close + 2};
        // No template can begin before this brace and end behind it.
        if (close > open + 2)
            open = close - 1;
    }
    return {};
}

std::vector<TemplateSyntax> templatesIn(std::string_view text) {
    std::vector<TemplateSyntax> all;
    for (TextRange next = nextTemplate(text, 0); !next.empty();
         next = nextTemplate(text, next.end)) {
        TemplateSyntax& found = all.emplace_back();
        found.range = next;
        found.expression = trimmed(text, {next.begin + 2, next.end - 2});
        read(text, found);
    }
    return all;
}

std::vector<TextRange> unclosedTemplatesIn(std::string_view text) {
    std::vector<TextRange> all;
    for (std::size_t open = text.find("{{"); open != kNone; open = text.find("{{", open + 1)) {
        const std::size_t begin = std::min(text.find_first_not_of(' ', open + 2), text.size());
        const std::size_t scope = scopeOf(text.substr(begin)).size();
        const std::size_t end = scope == 0 ? wordEnd(text, begin) : pathEnd(text, begin);
        if (end <= begin + scope || (open > 0 && text[open - 1] == '{'))
            continue;
        const std::string_view rest = text.substr(end, text.find("{{", end) - end);
        const std::size_t brace = std::min(rest.find('}'), rest.size());
        if (rest.substr(brace, 2) == "}}")
            continue;
        const bool lone = brace < rest.size() && rest.find_first_not_of(' ') == brace;
        if (lone || scope > 0)
            all.push_back({open, lone ? end + brace + 1 : end});
    }
    return all;
}

bool holdsComparison(std::string_view expression) {
    return expression.find_first_of("<>?=") != kNone || expression.find("!=") != kNone ||
           expression.find("&&") != kNone || expression.find("||") != kNone;
}

bool isComputable(std::string_view arithmetic) {
    const bool withState = arithmetic.find("state.") != kNone;
    // The engine looks for + first, then -, then *, and splits at the first of that kind.
    for (const char symbol : {'+', '-', '*'}) {
        const std::size_t at = arithmetic.find(symbol, symbol == '-' ? 1 : 0);
        if (at == kNone)
            continue;
        const TextRange left = trimmed(arithmetic, {0, at});
        const TextRange right = trimmed(arithmetic, {at + 1, arithmetic.size()});
        return isOperand(left.in(arithmetic), withState) &&
               isOperand(right.in(arithmetic), withState);
    }
    return isNumber(wholeOf(arithmetic).in(arithmetic), false);
}

std::span<const std::string_view> templateFunctions() {
    static constexpr std::array<std::string_view, 9> kFunctions = {
        "add", "subtract", "multiply", "divide", "max", "min", "round", "floor", "ceil"};
    return kFunctions;
}

bool isTemplateFunction(std::string_view name) {
    const auto functions = templateFunctions();
    return std::find(functions.begin(), functions.end(), name) != functions.end();
}

std::string callFor(std::string_view arithmetic) {
    struct Function {
        char sign;
        std::string_view name;
    };
    constexpr std::array<Function, 4> kFunctions{
        {{'+', "add"}, {'-', "subtract"}, {'*', "multiply"}, {'/', "divide"}}};
    const std::size_t at = arithmetic.find_first_of("+-*/");
    if (at == kNone || at == 0 || arithmetic.find_first_of("+-*/%()<>=!?,", at + 1) != kNone ||
        arithmetic[at - 1] != ' ' || arithmetic.substr(at + 1, 1) != " ")
        return {};
    const std::string_view left =
        arithmetic.substr(0, arithmetic.find_last_not_of(' ', at - 1) + 1);
    const std::size_t begin = arithmetic.find_first_not_of(' ', at + 1);
    if (begin == kNone || !isArgument(left) || !isArgument(arithmetic.substr(begin)))
        return {};
    for (const Function& each : kFunctions)
        if (each.sign == arithmetic[at])
            return std::string(each.name) + "(" + std::string(left) + ", " +
                   std::string(arithmetic.substr(begin)) + ")";
    return {};
}

}  // namespace pe::check
