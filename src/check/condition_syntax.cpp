// SPDX-License-Identifier: MIT
#include "condition_syntax.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string>

#include "template_syntax.hpp"

namespace pe::check {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
// Arithmetic is split at every operator; beyond this many the rest is one path.
constexpr int kMostOperators = 200;

constexpr std::string_view kArithmetic = "+-*/%";
constexpr std::array<std::string_view, 7> kComparisonWords = {
    ">", "<", "==", "!=", "contains", "matches", "between"};
constexpr std::array<std::string_view, 9> kArithmeticOrder = {
    " between ", " >= ", " <= ", " == ", " != ", " > ", " < ", " contains ", " matches "};
constexpr std::array<std::string_view, 9> kPlainOrder = {
    " between ", " contains ", " matches ", " >= ", " <= ", " == ", " != ", " > ", " < "};

bool holdsAny(std::string_view text, std::span<const std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return text.find(word) != kNone; });
}

// Reads a masked text; ranges are those of the original.
class ConditionParser {
public:
    explicit ConditionParser(std::string_view text) : text_(text), calls_(callsIn(text)) {}

    ConditionSyntax parse() {
        const TextRange whole = wholeOf(text_);
        const bool compares = holdsAny(text_, kComparisonWords);
        if (!calls_.empty())
            return parseWithCalls(whole);
        const bool computes = text_.find_first_of(kArithmetic) != kNone;
        if (compares)
            return computes ? compare(whole, kArithmeticOrder, true)
                            : compare(whole, kPlainOrder, false);
        if (computes)
            return truth(arithmetic(whole, 0));
        ConditionSyntax syntax = truth(path(whole));
        syntax.padded = whole != TextRange{0, text_.size()};
        return syntax;
    }

private:
    static ConditionSyntax truth(Operand operand) {
        ConditionSyntax syntax;
        syntax.left = std::move(operand);
        return syntax;
    }

    ConditionSyntax parseWithCalls(TextRange whole) {
        static constexpr std::array<std::string_view, 5> kWords = {">", "<", "==", "!=", "between"};
        const bool single = isCall(whole) != nullptr;
        if (!single && holdsAny(text_, kWords))
            return compare(whole, kArithmeticOrder, true);
        return truth(expression(whole));
    }

    ConditionSyntax compare(TextRange whole, std::span<const std::string_view> order,
                            bool computes) {
        const std::string_view text = whole.in(text_);
        const auto operand = [&](TextRange range) {
            range = trimmed(text_, range);
            return computes ? expression(range) : value(range);
        };
        for (const std::string_view each : order) {
            const std::size_t at = text.find(each);
            if (at == kNone)
                continue;
            ConditionSyntax syntax;
            syntax.form = ConditionForm::Comparison;
            syntax.operation = {whole.begin + at + 1, whole.begin + at + each.size() - 1};
            syntax.left = operand({whole.begin, whole.begin + at});
            TextRange right = trimmed(text_, {whole.begin + at + each.size(), whole.end});
            if (each == kPlainOrder.front()) {
                const std::size_t split = right.in(text_).find(" and ");
                syntax.form = ConditionForm::Between;
                if (split != kNone) {
                    syntax.upper = operand({right.begin + split + 5, right.end});
                    right.end = right.begin + split;
                }
            }
            syntax.right = operand(right);
            return syntax;
        }
        return truth(computes ? expression(whole) : path(whole));
    }

    // The last call that begins at or before a byte; they stand one behind the other.
    const CallRange* callBefore(std::size_t at) const {
        const auto next = std::upper_bound(
            calls_.begin(), calls_.end(), at,
            [](std::size_t place, const CallRange& call) { return place < call.name.begin; });
        return next == calls_.begin() ? nullptr : &*std::prev(next);
    }

    const CallRange* isCall(TextRange range) const {
        const CallRange* call = callBefore(range.begin);
        return call != nullptr && call->closed && call->name.begin == range.begin &&
                       call->end == range.end
                   ? call
                   : nullptr;
    }

    bool insideCall(std::size_t at) const {
        const CallRange* call = callBefore(at);
        return call != nullptr && call->closed && at < call->end;
    }

    Operand expression(TextRange range) {
        const std::string_view text = range.in(text_);
        if (const CallRange* found = isCall(range))
            return call(*found);
        const bool computes = text.find_first_of("+*/%") != kNone ||
                              (text.find('-') != kNone && !isNumber(text, true)) ||
                              std::any_of(calls_.begin(), calls_.end(), [&](const CallRange& each) {
                                  return each.name.begin >= range.begin && each.end <= range.end;
                              });
        return computes ? arithmetic(range, 0) : value(range);
    }

    Operand call(const CallRange& found) {
        Operand operand;
        operand.kind = OperandKind::Call;
        operand.range = {found.name.begin, found.end};
        operand.name = found.name;
        if (found.arguments.empty())
            return operand;
        for (std::size_t begin = found.arguments.begin; begin <= found.arguments.end;) {
            const std::size_t comma = std::min(text_.find(',', begin), found.arguments.end);
            operand.operands.push_back(value(trimmed(text_, {begin, comma})));
            begin = comma + 1;
        }
        return operand;
    }

    // The rightmost of the operators outside calls, or kNone.
    std::size_t rightmost(TextRange range, std::string_view operators) const {
        for (std::size_t at = range.end; at > range.begin; --at)
            if (operators.find(text_[at - 1]) != kNone && !insideCall(at - 1))
                return at - 1;
        return kNone;
    }

    Operand arithmetic(TextRange range, int depth) {
        range = trimmed(text_, range);
        if (const CallRange* found = isCall(range))
            return call(*found);
        std::size_t at = depth < kMostOperators ? rightmost(range, "+-") : kNone;
        if (at == kNone && depth < kMostOperators)
            at = rightmost(range, "*/%");
        if (at == kNone)
            return value(range);
        Operand operand;
        operand.kind = OperandKind::Arithmetic;
        operand.range = range;
        operand.symbol = text_[at];
        operand.operands.push_back(arithmetic({range.begin, at}, depth + 1));
        operand.operands.push_back(arithmetic({at + 1, range.end}, depth + 1));
        return operand;
    }

    Operand path(TextRange range) const {
        Operand operand;
        operand.kind = range.empty() ? OperandKind::Empty : OperandKind::Path;
        operand.range = range;
        const std::size_t dot = text_.find('.', range.begin);
        operand.name = {range.begin, std::min(dot, range.end)};
        const std::string_view text = range.in(text_);
        if (!text.empty() && text.find_first_not_of(kTemplateByte) == kNone)
            operand.kind = OperandKind::Template;
        return operand;
    }

    Operand value(TextRange range) const {
        Operand operand = path(range);
        const std::string_view text = range.in(text_);
        if (text.empty() || operand.kind == OperandKind::Template)
            return operand;
        const char first = text.front();
        if ((first == '\'' || first == '"') && text.back() == first)
            operand.kind = OperandKind::Text;
        else if (isNumber(text, true))
            operand.kind = OperandKind::Number;
        else if (text == "true" || text == "false")
            operand.kind = OperandKind::Boolean;
        else if (text == "null")
            operand.kind = OperandKind::Null;
        return operand;
    }

    std::string_view text_;
    std::vector<CallRange> calls_;
};

}  // namespace

std::string withoutTemplates(std::string_view text) {
    std::string masked(text);
    for (TextRange next = nextTemplate(text, 0); !next.empty(); next = nextTemplate(text, next.end))
        std::fill(masked.begin() + static_cast<std::ptrdiff_t>(next.begin),
                  masked.begin() + static_cast<std::ptrdiff_t>(next.end), kTemplateByte);
    return masked;
}

std::vector<CallRange> callsIn(std::string_view text) {
    std::vector<CallRange> calls;
    for (std::size_t open = text.find('('); open != kNone;) {
        std::size_t end = open;
        while (end > 0 && isBlank(text[end - 1]))
            --end;
        std::size_t begin = end;
        while (begin > 0 && isWordCharacter(text[begin - 1]))
            --begin;
        if (begin == end) {
            open = text.find('(', open + 1);
            continue;
        }
        const std::size_t close = text.find(')', open);
        CallRange& call = calls.emplace_back();
        call.name = {begin, end};
        call.closed = close != kNone;
        call.arguments = {open + 1, call.closed ? close : text.size()};
        call.end = call.closed ? close + 1 : text.size();
        open = text.find('(', call.end);
    }
    return calls;
}

ConditionSyntax parseCondition(std::string_view text) {
    if (text.find("{{") == kNone)
        return ConditionParser(text).parse();
    const std::string masked = withoutTemplates(text);
    return ConditionParser(masked).parse();
}

const std::vector<ConditionFunction>& conditionFunctions() {
    static const std::vector<ConditionFunction> kFunctions = {
        {"abs", 1, 1},     {"all", 1, 2},         {"any", 1, 2},         {"average", 1, 1},
        {"between", 3, 3}, {"ceil", 1, 1},        {"contains", 2, 2},    {"count", 1, 2},
        {"days", 1, 1},    {"endsWith", 2, 2},    {"floor", 1, 1},       {"hours", 1, 1},
        {"isEmpty", 1, 1}, {"length", 1, 1},      {"matches", 2, 2},     {"max", 1, 1},
        {"min", 1, 1},     {"minutes", 1, 1},     {"now", 0, 0},         {"pow", 2, 2},
        {"round", 1, 1},   {"seconds", 1, 1},     {"sqrt", 1, 1},        {"startsWith", 2, 2},
        {"sum", 1, 1},     {"toLowerCase", 1, 1}, {"toUpperCase", 1, 1}, {"trim", 1, 1}};
    return kFunctions;
}

const ConditionFunction* conditionFunction(std::string_view name) {
    const auto& all = conditionFunctions();
    const auto found = std::lower_bound(
        all.begin(), all.end(), name,
        [](const ConditionFunction& each, std::string_view n) { return each.name < n; });
    return found != all.end() && found->name == name ? &*found : nullptr;
}

bool takesInnerCondition(std::string_view function) {
    return function == "any" || function == "all" || function == "count";
}

}  // namespace pe::check
