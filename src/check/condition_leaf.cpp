// SPDX-License-Identifier: MIT
#include "condition_leaf.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "condition_faults.hpp"
#include "condition_syntax.hpp"
#include "template_syntax.hpp"

namespace pe::check {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
using yaml::Value;

struct Spelling {
    std::string_view written;
    std::string_view meant;
};

// Names of functions in other languages and in the documents.
constexpr std::array kFunctions = {Spelling{"starts_with", "startsWith"},
                                   Spelling{"startswith", "startsWith"},
                                   Spelling{"ends_with", "endsWith"},
                                   Spelling{"endswith", "endsWith"},
                                   Spelling{"is_empty", "isEmpty"},
                                   Spelling{"empty", "isEmpty"},
                                   Spelling{"len", "length"},
                                   Spelling{"size", "length"},
                                   Spelling{"to_lower", "toLowerCase"},
                                   Spelling{"lower", "toLowerCase"},
                                   Spelling{"downcase", "toLowerCase"},
                                   Spelling{"to_upper", "toUpperCase"},
                                   Spelling{"upper", "toUpperCase"},
                                   Spelling{"upcase", "toUpperCase"},
                                   Spelling{"avg", "average"},
                                   Spelling{"includes", "contains"}};

constexpr std::array kSymbols = {Spelling{"===", "=="}, Spelling{"!==", "!="}, Spelling{"==", "=="},
                                 Spelling{"!=", "!="},  Spelling{"<>", "!="},  Spelling{">=", ">="},
                                 Spelling{"<=", "<="},  Spelling{"=>", ">="},  Spelling{"=<", "<="},
                                 Spelling{"=", "=="},   Spelling{">", ">"},    Spelling{"<", "<"},
                                 Spelling{"≥", ">="},   Spelling{"≤", "<="},   Spelling{"≠", "!="}};

constexpr std::array kWords = {Spelling{"between", "between"},
                               Spelling{"contains", "contains"},
                               Spelling{"matches", "matches"},
                               Spelling{"starts_with", "startsWith"},
                               Spelling{"startsWith", "startsWith"},
                               Spelling{"startswith", "startsWith"},
                               Spelling{"ends_with", "endsWith"},
                               Spelling{"endsWith", "endsWith"},
                               Spelling{"endswith", "endsWith"},
                               Spelling{"in", "in"},
                               Spelling{"not_in", "not_in"},
                               Spelling{"exists", "exists"},
                               Spelling{"is_empty", "isEmpty"},
                               Spelling{"empty", "isEmpty"},
                               Spelling{"isEmpty", "isEmpty"},
                               Spelling{"equals", "=="},
                               Spelling{"eq", "=="},
                               Spelling{"ne", "!="},
                               Spelling{"gt", ">"},
                               Spelling{"lt", "<"},
                               Spelling{"ge", ">="},
                               Spelling{"le", "<="},
                               Spelling{"gte", ">="},
                               Spelling{"lte", "<="},
                               Spelling{"includes", "contains"},
                               Spelling{"has", "contains"},
                               Spelling{"defined", "exists"}};

bool isQuoted(std::string_view text) {
    return text.size() >= 2 && (text.front() == '\'' || text.front() == '"') &&
           text.back() == text.front() && text.find(text.front(), 1) == text.size() - 1;
}

bool isLiteralWord(std::string_view text) {
    return text == "true" || text == "false" || text == "null" || isNumber(text, true);
}

std::string_view replaced(std::string_view word, std::span<const Spelling> list) {
    for (const Spelling& each : list)
        if (each.written == word)
            return each.meant;
    return {};
}

// `+5`, `- 5` and `.5` as the engine writes numbers; empty if it is none.
std::string numberMeant(std::string_view operand) {
    std::string number(operand.starts_with('-') ? "-" : "");
    if (operand.starts_with('-') || operand.starts_with('+'))
        operand.remove_prefix(1);
    operand = wholeOf(operand).in(operand);
    number.append(operand.starts_with('.') ? "0" : "").append(operand);
    number.append(operand.ends_with('.') ? "0" : "");
    return isNumber(number, true) ? number : std::string();
}

Value negated(Value value) {
    return Value::mapping({{Value::ofString("not"), std::move(value)}});
}

class LeafWriter {
public:
    explicit LeafWriter(std::string_view text)
        : text_(text), plain_(withoutQuotes(withoutTemplates(text))) {
        for (const CallRange& call : callsIn(plain_))
            std::fill(plain_.begin() + static_cast<std::ptrdiff_t>(call.name.end),
                      plain_.begin() + static_cast<std::ptrdiff_t>(call.end), '\x03');
    }

    std::optional<ConditionIntent> write() {
        if (!findOperator())
            return std::nullopt;
        std::optional<Value> value = operator_.empty() ? truth() : comparison();
        if (!value)
            return std::nullopt;
        return ConditionIntent{std::move(*value), exact_, std::move(flags_)};
    }

private:
    std::string part(std::size_t begin, std::size_t end) const {
        return std::string(trimmed(text_, {begin, end}).in(text_));
    }

    // False if the text has several operators, or one without a meaning.
    bool findOperator() {
        std::size_t count = 0;
        for (std::size_t at = 0; at < plain_.size();) {
            const std::size_t begin = at;
            std::string_view meant;
            if (plain_[at] == '?' || plain_[at] == '&' || plain_[at] == '|')
                return false;
            if (isWordCharacter(plain_[at])) {
                while (at < plain_.size() && isWordCharacter(plain_[at]))
                    ++at;
                const bool alone = begin > 0 && boundsWord(plain_[begin - 1]) &&
                                   (at == plain_.size() || boundsWord(plain_[at]));
                if (alone && wordAt(begin, at) == "is")
                    return false;
                meant = alone ? replaced(wordAt(begin, at), kWords) : std::string_view();
            } else if (std::string_view("=<>!~").find(plain_[at]) != kNone) {
                while (at < plain_.size() && std::string_view("=<>!~").find(plain_[at]) != kNone)
                    ++at;
                meant = replaced(wordAt(begin, at), kSymbols);
                if (meant.empty())
                    return false;
            } else {
                at += mathSignAt(at);
                meant = replaced(wordAt(begin, at), kSymbols);
                at = std::max(at, begin + 1);
            }
            if (meant.empty())
                continue;
            ++count;
            operator_ = meant;
            left_ = part(0, begin);
            right_ = part(at, text_.size());
        }
        return count <= 1;
    }

    // The length of the sign; 0 if there is none.
    std::size_t mathSignAt(std::size_t at) const {
        for (const std::string_view each : kMathSigns)
            if (std::string_view(plain_).substr(at).starts_with(each))
                return each.size();
        return 0;
    }

    std::string_view wordAt(std::size_t begin, std::size_t end) const {
        return std::string_view(plain_).substr(begin, end - begin);
    }

    std::optional<Value> truth() {
        const std::optional<std::string> operand = rewritten(part(0, text_.size()), false);
        if (!operand || isLiteralWord(*operand) || isQuoted(*operand))
            return std::nullopt;
        if (isCount(parseCondition(*operand).left, *operand)) {
            exact_ = false;
            return Value::ofString(*operand + " > 0");
        }
        // The text of a template would be read as a name.
        if (!operand->starts_with("{{"))
            return Value::ofString(*operand);
        flags_.push_back(*operand);
        return Value::ofString(*operand + " == true");
    }

    std::optional<Value> comparison() {
        if (operator_ == "exists" || operator_ == "isEmpty")
            return suffix();
        if (operator_ == "between")
            return between();
        if (right_ == "[]" || right_ == "{}")
            return emptiness();
        const std::optional<std::string> left = rewritten(left_, isQuoted(right_));
        if (left && (operator_ == "in" || operator_ == "not_in"))
            return membership(*left);
        const std::optional<std::string> right = rewritten(right_, isQuoted(left_));
        if (!left || !right || left->empty() || right->empty())
            return std::nullopt;
        // A lone word may be meant as text and be read as a step.
        if (isIdentifier(*right) && !isLiteralWord(*right))
            exact_ = false;
        if (operator_ == "startsWith" || operator_ == "endsWith")
            return call(operator_, *left, *right);
        if (auto boolean = comparedCall(*left, *right))
            return boolean;
        if (isQuoted(*right) && right->find_first_of("+-*/%") != std::string::npos)
            return protectedText(*left, *right);
        return Value::ofString(*left + " " + std::string(operator_) + " " + *right);
    }

    // `exists` and `empty` behind their operand.
    std::optional<Value> suffix() {
        const std::optional<std::string> left = rewritten(left_, false);
        if (!left || left->empty() || !right_.empty())
            return std::nullopt;
        exact_ = false;
        return Value::ofString(operator_ == "exists" ? *left + " != null"
                                                     : "isEmpty(" + *left + ")");
    }

    std::optional<Value> between() {
        const std::size_t split = right_.find(" and ");
        const auto left = rewritten(left_, false);
        if (split == std::string::npos || !left)
            return std::nullopt;
        const auto lower = rewritten(right_.substr(0, split), false);
        const auto upper = rewritten(right_.substr(split + 5), false);
        if (!lower || !upper)
            return std::nullopt;
        return Value::ofString(*left + " between " + *lower + " and " + *upper);
    }

    std::optional<Value> emptiness() {
        const std::optional<std::string> left = rewritten(left_, false);
        if (!left || left->empty() || (operator_ != "==" && operator_ != "!="))
            return std::nullopt;
        exact_ = false;
        Value value = Value::ofString("isEmpty(" + *left + ")");
        return operator_ == "==" ? std::move(value) : negated(std::move(value));
    }

    // `x in [1, 2]`: equal to one of them; `x in a.list`: the list contains it.
    std::optional<Value> membership(const std::string& left) {
        Value result;
        if (right_.size() >= 2 && right_.front() == '[' && right_.back() == ']') {
            std::vector<Value> choices;
            const std::string_view inside = std::string_view(right_).substr(1, right_.size() - 2);
            for (std::size_t begin = 0; begin <= inside.size();) {
                const std::size_t comma = std::min(inside.find(',', begin), inside.size());
                const std::string item(trimmed(inside, {begin, comma}).in(inside));
                if (!isQuoted(item) && !isLiteralWord(item))
                    return std::nullopt;
                if (item.find_first_of("+-*/%") != std::string::npos && !isLiteralWord(item))
                    return std::nullopt;
                choices.push_back(Value::ofString(std::string(left).append(" == ").append(item)));
                begin = comma + 1;
            }
            result = choices.size() == 1 ? choices.front()
                                         : Value::mapping({{Value::ofString("or"),
                                                            Value::sequence(std::move(choices))}});
        } else {
            const std::optional<std::string> list = rewritten(right_, false);
            if (!list || isQuoted(*list) || list->empty())
                return std::nullopt;
            result = Value::ofString(*list + " contains " + left);
        }
        return operator_ == "in" ? std::move(result) : negated(std::move(result));
    }

    static std::optional<Value> call(std::string_view function, const std::string& left,
                                     const std::string& right) {
        for (const std::string& each : {left, right})
            if (each.find_first_of(",()") != std::string::npos)
                return std::nullopt;
        return Value::ofString(std::string(function) + "(" + left + ", " + right + ")");
    }

    // `any(...) == false`: the engine would split at an operator within the call.
    std::optional<Value> comparedCall(const std::string& left, const std::string& right) const {
        const auto calls = callsIn(withoutQuotes(left));
        const bool whole =
            calls.size() == 1 && calls[0].name.begin == 0 && calls[0].end == left.size();
        if (!whole || (operator_ != "==" && operator_ != "!=") ||
            (right != "true" && right != "false"))
            return std::nullopt;
        const bool wanted = (right == "true") == (operator_ == "==");
        Value value = Value::ofString(left);
        return wanted ? std::move(value) : negated(std::move(value));
    }

    // Quotes protect + - * / % in the arguments of a call only.
    std::optional<Value> protectedText(const std::string& left, const std::string& right) {
        if (operator_ == "contains" || operator_ == "matches")
            return call(operator_, left, right);
        if (operator_ != "==" && operator_ != "!=")
            return std::nullopt;
        std::string pattern{right.front(), '^'};
        for (const char c : std::string_view(right).substr(1, right.size() - 2)) {
            if (std::string_view("\\^$.|?*+()[]{}").find(c) != kNone)
                pattern += '\\';
            pattern += c;
        }
        pattern += '$';
        pattern += right.front();
        exact_ = false;
        std::optional<Value> value = call("matches", left, pattern);
        if (!value || operator_ == "==")
            return value;
        return negated(std::move(*value));
    }

    // An operand without `steps.` and braces. `asText`: it is compared with quoted text.
    std::optional<std::string> rewritten(std::string_view operand, bool asText) {
        const TextRange whole = wholeOf(operand);
        operand = whole.in(operand);
        if (isQuoted(operand) || isLiteralWord(operand) || operand.empty())
            return std::string(operand);
        if (std::string number = numberMeant(operand); !number.empty())
            return number;
        const TextRange first = nextTemplate(operand, 0);
        if (first == TextRange{0, operand.size()})
            return rewrittenTemplate(operand, asText);
        if (!first.empty())
            return std::string(operand);
        for (const std::string_view scope : {"state.", "inputs.", "global_vars."})
            if (operand.starts_with(scope) && operand.find_first_of(" (+-*/%") == kNone)
                return filledIn("{{" + std::string(operand) + "}}", asText);
        return withoutPrefixes(operand);
    }

    static std::string filledIn(const std::string& expression, bool asText) {
        return asText ? "'" + expression + "'" : expression;
    }

    static std::optional<std::string> rewrittenTemplate(std::string_view operand, bool asText) {
        const std::vector<TemplateSyntax> all = templatesIn(operand);
        const TemplateSyntax& only = all.front();
        const std::string_view expression = only.expression.in(operand);
        if (only.kind == TemplateKind::Step) {
            const std::string_view path = only.path.in(operand);
            // `.result` may stand for the whole result in a template, never in a condition.
            const bool alias = path == "result" || path.starts_with("result.");
            const bool plain = expression.find_first_of(" +-*/%()") == kNone;
            if (!path.empty() && !alias && plain)
                return std::string(expression.substr(6));
        }
        return filledIn(std::string(operand), asText);
    }

    // Drops `steps.` at the beginning of words and gives functions the engine's names.
    static std::optional<std::string> withoutPrefixes(std::string_view operand) {
        const std::string plain = withoutQuotes(operand);
        std::string result;
        for (std::size_t at = 0; at < operand.size();) {
            const bool begins = at == 0 || (!isWordCharacter(plain[at - 1]) &&
                                            plain[at - 1] != '.' && plain[at - 1] != '-');
            if (begins && plain.compare(at, 6, "steps.") == 0) {
                at += 6;
                continue;
            }
            if (!begins || !isWordCharacter(plain[at])) {
                result += operand[at++];
                continue;
            }
            const std::size_t begin = at;
            while (at < plain.size() && isWordCharacter(plain[at]))
                ++at;
            const std::string_view word = operand.substr(begin, at - begin);
            const std::string_view name = at < plain.size() && plain[at] == '('
                                              ? replaced(word, kFunctions)
                                              : std::string_view();
            result += name.empty() ? word : name;
        }
        return result;
    }

    std::string_view text_;
    std::string plain_;
    std::string_view operator_;
    std::string left_;
    std::string right_;
    bool exact_ = true;
    std::vector<std::string> flags_;
};

}  // namespace

std::optional<ConditionIntent> intendedLeaf(std::string_view text) {
    return LeafWriter(text).write();
}

}  // namespace pe::check
