// SPDX-License-Identifier: MIT
#include "condition_list.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "condition_faults.hpp"
#include "condition_syntax.hpp"

namespace pe::check {
namespace {

using format::ResultKind;
using yaml::Value;

constexpr int kMostDepth = 50;

struct Opposite {
    std::string_view operation;
    std::string_view opposite;
    bool exact;  // false: neither holds for what cannot be compared
};
constexpr std::array kOpposites = {Opposite{"==", "!=", true}, Opposite{"!=", "==", true},
                                   Opposite{">", "<=", false}, Opposite{"<=", ">", false},
                                   Opposite{"<", ">=", false}, Opposite{">=", "<", false}};
constexpr std::array<std::string_view, 8> kTruths = {
    "contains", "matches", "startsWith", "endsWith", "any", "all", "isEmpty", "between"};

class ListWriter {
public:
    explicit ListWriter(const PathKinds& kinds) : kinds_(kinds) {}

    std::optional<ConditionList> write(const Value& condition) {
        if (!add(condition, true, 0) || texts_.empty())
            return std::nullopt;
        if (texts_.size() == 1)
            return ConditionList{std::move(texts_.front()), exact_};
        return ConditionList{Value::sequence(std::move(texts_)), exact_};
    }

private:
    // `holds` is false below a `not`.
    bool add(const Value& condition, bool holds, int depth) {
        if (depth > kMostDepth)
            return false;
        if (condition.isString())
            return holds ? push(condition.text) : addOpposite(condition.text);
        if (condition.kind == Value::Kind::Sequence)
            return addGroup(condition, true, holds, depth);
        if (condition.kind != Value::Kind::Mapping || condition.entries.size() != 1)
            return false;
        if (const Value* inner = condition.find("not"))
            return add(*inner, !holds, depth + 1);
        const Value* all = condition.find("and");
        const Value* group = all != nullptr ? all : condition.find("or");
        return group != nullptr && addGroup(*group, all != nullptr, holds, depth);
    }

    // Not one of several is each of them not. A single condition may stand without its list.
    bool addGroup(const Value& group, bool all, bool holds, int depth) {
        if (group.kind != Value::Kind::Sequence)
            return add(group, holds, depth + 1);
        if (all != holds && group.items.size() > 1)
            return holds && addChoice(group.items);
        return !group.items.empty() &&
               std::all_of(group.items.begin(), group.items.end(),
                           [&](const Value& each) { return add(each, holds, depth + 1); });
    }

    bool push(std::string text) {
        texts_.push_back(Value::ofString(std::move(text)));
        return true;
    }

    // Texts with faults are repaired first.
    bool pushSound(std::string text, bool exact) {
        exact_ = exact_ && exact;
        return conditionProblems(text).empty() && push(std::move(text));
    }

    bool addOpposite(const std::string& text) {
        if (!conditionProblems(text).empty())
            return false;
        const ConditionSyntax syntax = parseCondition(text);
        if (syntax.form == ConditionForm::Truth)
            return addFalse(syntax.left, text);
        if (syntax.form == ConditionForm::Between)
            return pushSound("between(" + written(syntax.left, text) + ", " +
                                 written(syntax.right, text) + ", " + written(syntax.upper, text) +
                                 ") == false",
                             true);
        const std::string_view operation = syntax.operation.in(text);
        for (const Opposite& each : kOpposites)
            if (each.operation == operation)
                return pushSound(text.substr(0, syntax.operation.begin) +
                                     std::string(each.opposite) + text.substr(syntax.operation.end),
                                 each.exact);
        return pushSound(std::string(operation) + "(" + written(syntax.left, text) + ", " +
                             written(syntax.right, text) + ") == false",
                         true);
    }

    bool addFalse(const Operand& operand, const std::string& text) {
        if (operand.kind == OperandKind::Call &&
            std::find(kTruths.begin(), kTruths.end(), operand.name.in(text)) != kTruths.end())
            return pushSound(text + " == false", true);
        if (operand.kind != OperandKind::Path)
            return false;
        switch (kinds_(text)) {
            case ResultKind::Any:
            case ResultKind::Flag:
                return pushSound(text + " != true", false);
            case ResultKind::List:
            case ResultKind::MappingList:
                return pushSound("isEmpty(" + text + ")", true);
            default:
                return false;
        }
    }

    // `x == 'a'` or `x == 'b'`, which one pattern can say of a text.
    bool addChoice(const std::vector<Value>& choices) {
        std::string left;
        std::string words;
        for (const Value& each : choices) {
            if (!each.isString() || !conditionProblems(each.text).empty())
                return false;
            const ConditionSyntax syntax = parseCondition(each.text);
            const std::string path = written(syntax.left, each.text);
            if (syntax.form != ConditionForm::Comparison ||
                syntax.operation.in(each.text) != "==" || syntax.left.kind != OperandKind::Path ||
                syntax.right.kind != OperandKind::Text || (!left.empty() && left != path))
                return false;
            const std::string word = written(syntax.right, each.text);
            const std::string_view bare = std::string_view(word).substr(1, word.size() - 2);
            if (!std::all_of(bare.begin(), bare.end(),
                             [](char c) { return isWordCharacter(c) || c == ' '; }))
                return false;
            left = path;
            words.append(words.empty() ? "" : "|").append(bare);
        }
        return pushSound(left + " matches '^(" + words + ")$'", false);
    }

    static std::string written(const Operand& operand, const std::string& text) {
        return std::string(operand.range.in(text));
    }

    const PathKinds& kinds_;
    std::vector<Value> texts_;
    bool exact_ = true;
};

}  // namespace

std::optional<ConditionList> listedCondition(const Value& condition, const PathKinds& kinds) {
    return ListWriter(kinds).write(condition);
}

bool holdsMapping(const Value& condition) {
    return condition.kind == Value::Kind::Mapping ||
           std::any_of(condition.items.begin(), condition.items.end(), holdsMapping);
}

}  // namespace pe::check
