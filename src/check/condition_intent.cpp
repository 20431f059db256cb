// SPDX-License-Identifier: MIT
#include "condition_intent.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "condition_faults.hpp"
#include "condition_leaf.hpp"
#include "condition_syntax.hpp"
#include "template_syntax.hpp"

namespace pe::check {
namespace {

using yaml::Value;

constexpr int kMostDepth = 50;

enum class TokenKind : std::uint8_t { End, And, Or, Not, Open, Close, Leaf };

struct Token {
    TokenKind kind = TokenKind::End;
    TextRange range;
};

TokenKind wordKind(std::string_view word) {
    if (word == "and" || word == "AND" || word == "And")
        return TokenKind::And;
    if (word == "or" || word == "OR" || word == "Or")
        return TokenKind::Or;
    return word == "not" || word == "NOT" || word == "Not" ? TokenKind::Not : TokenKind::Leaf;
}

// The words of and, or, not and parentheses; everything between them is a leaf.
std::vector<Token> tokensOf(std::string_view text) {
    std::string plain = withoutQuotes(withoutTemplates(text));
    for (const CallRange& call : callsIn(plain)) {
        const std::string_view name = call.name.in(plain);
        if (wordKind(name) == TokenKind::Leaf || call.arguments.begin == call.name.end + 1)
            std::fill(plain.begin() + static_cast<std::ptrdiff_t>(call.name.begin),
                      plain.begin() + static_cast<std::ptrdiff_t>(call.end), '\x03');
    }
    std::vector<Token> tokens;
    bool awaitsAnd = false;
    std::size_t leaf = 0;
    const auto flush = [&](std::size_t end) {
        if (const TextRange range = trimmed(text, {leaf, end}); !range.empty())
            tokens.push_back({TokenKind::Leaf, range});
    };
    const auto push = [&](TokenKind kind, std::size_t begin, std::size_t end) {
        flush(begin);
        tokens.push_back({kind, {begin, end}});
        leaf = end;
    };
    for (std::size_t at = 0; at < plain.size();) {
        const std::size_t begin = at;
        const std::string_view two = std::string_view(plain).substr(at, 2);
        if (isWordCharacter(plain[at])) {
            while (at < plain.size() && isWordCharacter(plain[at]))
                ++at;
            const bool alone =
                (begin == 0 || isBlank(plain[begin - 1]) || plain[begin - 1] == '(' ||
                 plain[begin - 1] == ')') &&
                (at == plain.size() || isBlank(plain[at]) || plain[at] == '(' || plain[at] == ')');
            const std::string_view word = std::string_view(plain).substr(begin, at - begin);
            if (!alone)
                continue;
            if (word == "between")
                awaitsAnd = true;
            else if (word == "and" && awaitsAnd)
                awaitsAnd = false;
            else if (const TokenKind kind = wordKind(word); kind != TokenKind::Leaf)
                push(kind, begin, at);
        } else if (two == "&&" || two == "||") {
            at += 2;
            push(two == "&&" ? TokenKind::And : TokenKind::Or, begin, at);
        } else if (plain[at] == '(' || plain[at] == ')') {
            ++at;
            push(plain[begin] == '(' ? TokenKind::Open : TokenKind::Close, begin, at);
        } else if (plain[at] == '!' && two != "!=") {
            ++at;
            push(TokenKind::Not, begin, at);
        } else {
            at += two == "!=" ? 2 : 1;
        }
    }
    flush(plain.size());
    tokens.push_back({});
    return tokens;
}

class IntentParser {
public:
    explicit IntentParser(std::string_view text) : text_(text), tokens_(tokensOf(text)) {}

    std::optional<ConditionIntent> parse() {
        std::optional<Value> value = either(0);
        if (!value || peek() != TokenKind::End)
            return std::nullopt;
        return ConditionIntent{std::move(*value), exact_, std::move(flags_)};
    }

private:
    TokenKind peek() const { return tokens_[at_].kind; }

    std::optional<Value> series(TokenKind separator, const char* key, int depth) {
        std::vector<Value> parts;
        do {
            if (!parts.empty())
                ++at_;
            std::optional<Value> part =
                separator == TokenKind::Or ? series(TokenKind::And, "and", depth) : one(depth);
            if (!part)
                return std::nullopt;
            parts.push_back(std::move(*part));
        } while (peek() == separator);
        if (parts.size() == 1)
            return std::move(parts.front());
        return Value::mapping({{Value::ofString(key), Value::sequence(std::move(parts))}});
    }

    std::optional<Value> either(int depth) { return series(TokenKind::Or, "or", depth); }

    std::optional<Value> one(int depth) {
        if (depth > kMostDepth)
            return std::nullopt;
        const Token token = tokens_[at_];
        if (token.kind == TokenKind::Not) {
            ++at_;
            std::optional<Value> inner = one(depth + 1);
            if (!inner)
                return std::nullopt;
            return Value::mapping({{Value::ofString("not"), std::move(*inner)}});
        }
        if (token.kind == TokenKind::Open) {
            ++at_;
            std::optional<Value> inner = either(depth + 1);
            if (!inner || peek() != TokenKind::Close)
                return std::nullopt;
            ++at_;
            return inner;
        }
        if (token.kind != TokenKind::Leaf)
            return std::nullopt;
        ++at_;
        std::optional<ConditionIntent> leaf = intendedLeaf(token.range.in(text_));
        if (!leaf)
            return std::nullopt;
        exact_ = exact_ && leaf->exact;
        flags_.insert(flags_.end(), leaf->flags.begin(), leaf->flags.end());
        return std::move(leaf->value);
    }

    std::string_view text_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    bool exact_ = true;
    std::vector<std::string> flags_;
};

bool isSound(const Value& value) {
    if (value.isString())
        return conditionProblems(value.text).empty();
    for (const auto& [key, part] : value.entries)
        if (!isSound(part))
            return false;
    for (const Value& item : value.items)
        if (!isSound(item))
            return false;
    return true;
}

// `{{a.b > 5}}` compares nothing; the text between the braces is what is meant. Names of variables
// in there would need braces of their own.
std::optional<std::string> unwrapped(std::string_view text) {
    const TextRange whole = wholeOf(text);
    if (nextTemplate(text, whole.begin) != whole)
        return std::string(text);
    const std::string_view inside = trimmed(text, {whole.begin + 2, whole.end - 2}).in(text);
    if (conditionProblems(text).front().fault == ConditionFault::TemplateAlone &&
        inside.find(' ') == std::string_view::npos)
        return std::string(text);
    std::string plain = withoutQuotes(inside);
    for (std::size_t at = 0; at < plain.size(); ++at) {
        if (!isWordCharacter(plain[at]) || isDigit(plain[at]))
            continue;
        const std::size_t begin = at;
        while (at < plain.size() && (isWordCharacter(plain[at]) || plain[at] == '.'))
            ++at;
        const std::string_view word = std::string_view(plain).substr(begin, at - begin);
        const bool scoped = word.starts_with("steps.") || word.starts_with("state.") ||
                            word.starts_with("inputs.") || word.starts_with("global_vars.");
        const bool known = word == "and" || word == "or" || word == "not" || word == "true" ||
                           word == "false" || word == "null" || word == "contains";
        // `.result` may stand for the whole result in a template, never in a condition.
        if ((!scoped && !known) || word.find(".result") != std::string_view::npos)
            return std::nullopt;
    }
    return std::string(inside);
}

}  // namespace

std::optional<ConditionIntent> intendedCondition(std::string_view text) {
    const std::string_view whole = wholeOf(text).in(text);
    if (whole.empty())
        return std::nullopt;
    // Literals count beside an operator only. What never holds is found in its turn.
    if (whole == "true" || whole == "false")
        return ConditionIntent{
            Value::ofString("true == " + std::string(whole)), whole == "true", {}};
    const std::optional<std::string> bare = unwrapped(text);
    if (!bare)
        return std::nullopt;
    std::optional<ConditionIntent> intent = IntentParser(*bare).parse();
    if (!intent || !isSound(intent->value) || intent->value == Value::ofString(std::string(text)))
        return std::nullopt;
    return intent;
}

}  // namespace pe::check
