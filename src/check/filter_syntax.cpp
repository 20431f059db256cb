// SPDX-License-Identifier: MIT
#include "filter_syntax.hpp"

#include <array>
#include <string>

#include "condition_faults.hpp"

namespace pe::check {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::array<std::string_view, 7> kOperators = {
    "==", "!=", ">=", "<=", ">", "<", "contains"};

bool isIn(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Behind the operator stands a literal, which may be any text.
void findWords(std::string_view plain, std::size_t operation, std::vector<FilterProblem>& found) {
    for (std::size_t at = 0; at < plain.size();) {
        const std::size_t begin = at;
        if (!isWordCharacter(plain[at])) {
            const std::string_view two = plain.substr(at, 2);
            at += 1;
            if (two == "&&" || two == "||")
                found.push_back({FilterFault::Combined, {begin, ++at}});
            else if (plain[begin] == '(')
                found.push_back({FilterFault::Call, {begin, begin + 1}});
            continue;
        }
        while (at < plain.size() && isWordCharacter(plain[at]))
            ++at;
        const bool alone =
            begin > 0 && isBlank(plain[begin - 1]) && (at == plain.size() || isBlank(plain[at]));
        const std::string_view word = plain.substr(begin, at - begin);
        const bool leads = begin == 0 && at < plain.size() && isBlank(plain[at]) && word == "not";
        if (leads || (alone && isIn(word, {"and", "or", "AND", "OR"})))
            found.push_back({FilterFault::Combined, {begin, at}});
        else if (alone && begin < operation &&
                 (isForeignOperator(word) || isIn(word, {"matches", "between"})))
            found.push_back({FilterFault::UnknownOperator, {begin, at}});
    }
}

// Signs that are none of the operators, such as `<>` and `===`, in which one may be found.
void findSigns(std::string_view plain, std::size_t operationEnd,
               std::vector<FilterProblem>& found) {
    constexpr std::string_view kSigns = "=<>!~";
    for (std::size_t at = plain.find_first_of(kSigns); at < operationEnd;
         at = plain.find_first_of(kSigns, at)) {
        const std::size_t begin = at;
        at = std::min(plain.find_first_not_of(kSigns, at), plain.size());
        const std::string_view sign = plain.substr(begin, at - begin);
        if (sign == "!")
            found.push_back({FilterFault::Combined, {begin, at}});
        else if (!isIn(sign, {"==", "!=", ">=", "<=", ">", "<"}))
            found.push_back({FilterFault::UnknownOperator, {begin, at}});
    }
}

bool isField(std::string_view left) {
    const char first = left.empty() ? '\0' : left.front();
    return first != '\'' && first != '"' && !isNumber(left, true) &&
           !isIn(left, {"true", "false", "null", "nil"}) && !computes(left);
}

bool worksLazily(std::string_view text) {
    const std::size_t first = text.find(' ');
    const std::size_t second = first == kNone ? kNone : text.find(' ', first + 1);
    if (second == kNone)
        return false;
    return isIn(text.substr(first + 1, second - first - 1), {"==", "!=", ">"});
}

}  // namespace

FilterSyntax parseFilter(std::string_view text) {
    FilterSyntax syntax;
    syntax.left = wholeOf(text);
    for (const std::string_view each : kOperators) {
        const std::size_t at = text.find(each);
        if (at == kNone)
            continue;
        syntax.operation = {at, at + each.size()};
        syntax.left = trimmed(text, {0, at});
        syntax.right = trimmed(text, {at + each.size(), text.size()});
        break;
    }
    return syntax;
}

std::vector<FilterProblem> filterProblems(std::string_view text, bool lazy) {
    std::vector<FilterProblem> found;
    const TextRange whole = wholeOf(text);
    if (whole.empty())
        return {{FilterFault::Empty, whole}};
    const std::string plain = withoutQuotes(text);
    const FilterSyntax syntax = parseFilter(text);
    const bool operates = !syntax.operation.empty();
    findWords(plain, operates ? syntax.operation.begin : text.size(), found);
    findSigns(plain, operates ? syntax.operation.end : text.size(), found);
    const std::string_view right = syntax.right.in(text);
    if (right.size() > 1 && right.front() == '-' && isNumber(right, true))
        found.push_back({FilterFault::NegativeNumber, syntax.right});
    const bool inText = operates && plain[syntax.operation.begin] == kQuotedByte;
    if (found.empty() && inText && !lazy)
        return {{FilterFault::OperatorInText, syntax.operation}};
    if (found.empty() && operates && !isField(syntax.left.in(text)))
        found.push_back({FilterFault::Operand, syntax.left});
    if (lazy && found.empty() && !worksLazily(text))
        found.push_back({FilterFault::Lazy, whole});
    return found;
}

}  // namespace pe::check
