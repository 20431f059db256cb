// SPDX-License-Identifier: MIT
#include "condition_faults.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "template_syntax.hpp"

namespace pe::check {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr char kArgumentByte = '\x03';
// Each comes with its fixes, which hold the whole text.
constexpr std::size_t kMostProblems = 20;

constexpr std::array<std::string_view, 9> kBooleanWords = {"and", "or",  "not", "AND", "OR",
                                                           "NOT", "And", "Or",  "Not"};
constexpr std::array<std::string_view, 26> kUnknownWords = {
    "in",       "not_in",   "starts_with", "ends_with", "startsWith", "endsWith", "startswith",
    "endswith", "exists",   "empty",       "is_empty",  "is",         "isEmpty",  "equals",
    "eq",       "ne",       "gt",          "lt",        "ge",         "le",       "gte",
    "lte",      "includes", "has",         "defined",   "like"};
constexpr std::array<std::string_view, 14> kNumberFunctions = {
    "abs",    "average", "ceil", "count", "days",    "floor", "hours",
    "length", "minutes", "pow",  "round", "seconds", "sqrt",  "sum"};
constexpr std::array<std::string_view, 3> kWordOperators = {"contains", "matches", "between"};
// Those that are as wrong in the condition of any, all and count; names stand for other things
// there.
constexpr std::array kInnerFaults = {
    ConditionFault::OperatorBlanks,   ConditionFault::MissingOperand,
    ConditionFault::MissingTerm,      ConditionFault::BooleanWord,
    ConditionFault::Chained,          ConditionFault::BetweenWithoutAnd,
    ConditionFault::ArithmeticInText, ConditionFault::OperatorInText,
    ConditionFault::UnknownOperator,  ConditionFault::NumberForm,
    ConditionFault::OuterBlanks};
constexpr std::array<std::string_view, 4> kScopes = {"state.", "inputs.", "global_vars.",
                                                     "variables."};

template <std::size_t size>
bool isOneOf(std::string_view word, const std::array<std::string_view, size>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool isComparisonCharacter(char c) {
    return c == '=' || c == '<' || c == '>' || c == '!';
}

class FaultFinder {
public:
    explicit FaultFinder(std::string_view text)
        : text_(text),
          masked_(withoutTemplates(text)),
          plain_(withoutQuotes(masked_)),
          calls_(callsIn(plain_)) {}

    std::vector<ConditionProblem> find() {
        const TextRange whole = wholeOf(text_);
        if (whole.empty())
            return {{ConditionFault::Empty, {0, text_.size()}}};
        findTemplates(whole);
        if (!found_.empty() && found_.front().range == whole)
            return found_;
        findCalls();
        findCallsInText();
        maskArguments();
        findWords();
        findSymbols();
        findScopes();
        findBrackets();
        findForm(whole);
        findArithmeticInText();
        return sorted();
    }

private:
    void add(ConditionFault fault, TextRange range) { found_.push_back({fault, range}); }

    bool has(ConditionFault fault) const {
        return std::any_of(found_.begin(), found_.end(),
                           [&](const ConditionProblem& each) { return each.fault == fault; });
    }

    void findTemplates(TextRange whole) {
        for (TextRange next = nextTemplate(text_, 0); !next.empty();
             next = nextTemplate(text_, next.end)) {
            const TextRange inside{next.begin + 2, next.end - 2};
            if (compares(inside.in(text_)))
                add(ConditionFault::TemplateComparison, next);
            else if (next == whole)
                add(ConditionFault::TemplateAlone, next);
        }
    }

    static bool compares(std::string_view expression) {
        const std::string plain = withoutQuotes(expression);
        if (plain.find_first_of("<>?") != kNone || plain.find("==") != kNone ||
            plain.find("!=") != kNone || plain.find("&&") != kNone || plain.find("||") != kNone)
            return true;
        return std::any_of(
            kWordOperators.begin(), kWordOperators.end(), [&](std::string_view word) {
                return plain.find(" " + std::string(word) + " ") != std::string::npos;
            });
    }

    void findCalls() {
        for (const CallRange& call : calls_) {
            const std::string_view name = call.name.in(plain_);
            if (isOneOf(name, kBooleanWords) || isOneOf(name, kUnknownWords) ||
                isOneOf(name, kWordOperators))
                if (call.name.end < text_.size() && text_[call.name.end] == ' ')
                    continue;  // a word before a parenthesis, not a call
            const ConditionFunction* function = conditionFunction(name);
            if (function == nullptr)
                add(ConditionFault::UnknownFunction, call.name);
            else if (name == "now")
                add(ConditionFault::Now, {call.name.begin, call.end});
            else if (!callsIn(call.arguments.in(plain_)).empty())
                add(ConditionFault::NestedCall, call.arguments);
            else if (const std::size_t count = argumentsOf(call);
                     call.closed && (count < function->fewest || count > function->most))
                add(ConditionFault::ArgumentCount, {call.name.begin, call.end});
            else if (computes(call.arguments.in(plain_)))
                findComputed(call, takesInnerCondition(name));
            if (takesInnerCondition(name) && call.closed && argumentsOf(call) == 2)
                findInner(call);
            // The engine does not see the quotes.
            const std::size_t end = std::min(masked_.find(')', call.name.end), masked_.size());
            if (end + 1 < call.end)
                add(ConditionFault::CallEndsInText, {call.name.begin, end + 1});
            if (!call.closed)
                add(ConditionFault::Parenthesis, {call.arguments.begin - 1, call.arguments.begin});
        }
    }

    void findCallsInText() {
        for (const CallRange& call : callsIn(masked_))
            if (call.closed && plain_[call.name.begin] == kQuotedByte)
                add(ConditionFault::CallInText, call.name);
    }

    // The condition on each item, with the quotes around it or without.
    void findInner(const CallRange& call) {
        const std::size_t comma = text_.find(',', call.arguments.begin);
        TextRange inner = trimmed(text_, {comma + 1, call.arguments.end});
        const std::string_view written = inner.in(text_);
        const char first = written.empty() ? '\0' : written.front();
        if (written.size() > 1 && (first == '\'' || first == '"') && written.back() == first)
            inner = {inner.begin + 1, inner.end - 1};
        for (const ConditionProblem& each : FaultFinder(inner.in(text_)).find())
            if (std::find(kInnerFaults.begin(), kInnerFaults.end(), each.fault) !=
                kInnerFaults.end())
                found_.push_back({each.fault,
                                  {inner.begin + each.range.begin, inner.begin + each.range.end},
                                  true});
    }

    // The second argument of any, all and count is a condition, which computes.
    void findComputed(const CallRange& call, bool innerCondition) {
        const std::size_t comma = plain_.find(',', call.arguments.begin);
        const std::size_t end =
            innerCondition ? std::min(comma, call.arguments.end) : call.arguments.end;
        const TextRange arguments{call.arguments.begin, end};
        if (computes(arguments.in(plain_)))
            add(ConditionFault::ArithmeticInCall, arguments);
    }

    std::size_t argumentsOf(const CallRange& call) const {
        const std::string_view inside = call.arguments.in(text_);
        if (inside.empty())
            return 0;
        return static_cast<std::size_t>(std::count(inside.begin(), inside.end(), ',')) + 1;
    }

    // What stands in a call was looked at; the operators there are not those of the condition.
    void maskArguments() {
        outer_ = plain_;
        for (const CallRange& call : calls_)
            std::fill(outer_.begin() + static_cast<std::ptrdiff_t>(call.name.end),
                      outer_.begin() + static_cast<std::ptrdiff_t>(call.end), kArgumentByte);
    }

    bool blankAt(std::size_t at) const { return at < outer_.size() && outer_[at] == ' '; }

    template <class Visit>
    void forEachWord(Visit visit) {
        for (std::size_t at = 0; at < outer_.size();) {
            if (!isWordCharacter(outer_[at])) {
                ++at;
                continue;
            }
            const std::size_t begin = at;
            while (at < outer_.size() && isWordCharacter(outer_[at]))
                ++at;
            const bool standsAlone =
                (begin == 0 || isBlank(outer_[begin - 1]) || outer_[begin - 1] == '(' ||
                 outer_[begin - 1] == ')') &&
                (at == outer_.size() || isBlank(outer_[at]) || outer_[at] == '(' ||
                 outer_[at] == ')' || outer_[at] == kArgumentByte);
            if (standsAlone)
                visit(TextRange{begin, at}, std::string_view(outer_).substr(begin, at - begin));
        }
    }

    void findWords() {
        bool awaitsAnd = false;
        const std::size_t start = wholeOf(text_).begin;
        forEachWord([&](TextRange range, std::string_view word) {
            const bool leads = range.begin == start;
            if (word == "between" && !isCallAt(range) && !leads) {
                awaitsAnd = true;
                between_ = range;
            } else if (word == "and" && awaitsAnd) {
                awaitsAnd = false;
            } else if (isOneOf(word, kBooleanWords)) {
                add(ConditionFault::BooleanWord, range);
            } else if (isOneOf(word, kUnknownWords) && !leads && !isCallAt(range)) {
                add(ConditionFault::UnknownOperator, range);
            }
        });
        if (awaitsAnd)
            add(ConditionFault::BetweenWithoutAnd, between_);
        for (const std::string_view word : kWordOperators)
            findWithoutBlanks(word);
    }

    // `a.b contains'c'`: neither a quote nor a line break is a blank.
    void findWithoutBlanks(std::string_view word) {
        const TextRange whole = wholeOf(text_);
        for (std::size_t at = outer_.find(word, whole.begin + 1); at < whole.end;
             at = outer_.find(word, at + 1)) {
            const std::size_t end = at + word.size();
            const char before = outer_[at - 1];
            if (end < whole.end && (boundsWord(before) || before == kArgumentByte) &&
                boundsWord(outer_[end]) && !(blankAt(at - 1) && blankAt(end)))
                add(ConditionFault::OperatorBlanks, {at, end});
        }
    }

    bool isCallAt(TextRange range) const {
        return range.end < outer_.size() && outer_[range.end] == kArgumentByte;
    }

    void findSymbols() {
        std::size_t operators = between_.empty() ? 0 : 1;
        for (std::size_t at = 0; at < outer_.size(); ++at) {
            const char c = outer_[at];
            if ((c == '&' || c == '|') && at + 1 < outer_.size() && outer_[at + 1] == c)
                add(ConditionFault::BooleanWord, {at, at + 2}), ++at;
            else if (c == '?')
                add(ConditionFault::UnknownOperator, {at, at + 1});
            else if (const std::string_view sign = mathSignAt(at); !sign.empty())
                add(ConditionFault::UnknownOperator, {at, at + sign.size()});
            else if (isComparisonCharacter(c))
                at = readSymbol(at, operators);
        }
        forEachWord([&](TextRange range, std::string_view word) {
            if ((word == "contains" || word == "matches") && range.begin > 0 && !isCallAt(range))
                ++operators;
        });
        if (operators > 1 && !has(ConditionFault::BooleanWord) &&
            !has(ConditionFault::UnknownOperator))
            add(ConditionFault::Chained, wholeOf(text_));
    }

    std::string_view mathSignAt(std::size_t at) const {
        for (const std::string_view each : kMathSigns)
            if (std::string_view(outer_).substr(at).starts_with(each))
                return each;
        return {};
    }

    std::size_t readSymbol(std::size_t begin, std::size_t& operators) {
        static constexpr std::array<std::string_view, 6> kKnown = {
            "==", "!=", ">=", "<=", ">", "<"};
        std::size_t end = begin;
        while (end < outer_.size() && (isComparisonCharacter(outer_[end]) || outer_[end] == '~'))
            ++end;
        const std::string_view symbol = std::string_view(outer_).substr(begin, end - begin);
        const TextRange range{begin, end};
        if (symbol == "!") {
            add(ConditionFault::BooleanWord, range);
            return end - 1;
        }
        ++operators;
        const TextRange whole = wholeOf(text_);
        if (!isOneOf(symbol, kKnown))
            add(ConditionFault::UnknownOperator, range);
        else if (begin == whole.begin || end == whole.end)
            add(ConditionFault::MissingOperand, range);
        else if (!blankAt(begin - 1) || !blankAt(end))
            add(ConditionFault::OperatorBlanks, range);
        return end - 1;
    }

    // `steps.`, `state.` where a word begins, in arguments too.
    void findScopes() {
        for (std::size_t dot = plain_.find('.'); dot != std::string::npos;
             dot = plain_.find('.', dot + 1)) {
            std::size_t begin = dot;
            while (begin > 0 && (isWordCharacter(plain_[begin - 1]) || plain_[begin - 1] == '-'))
                --begin;
            if (begin > 0 && (plain_[begin - 1] == '.' || plain_[begin - 1] == kTemplateByte))
                continue;
            if (dot + 1 == plain_.size() || isBlank(plain_[dot + 1]))
                continue;
            const TextRange head{begin, dot + 1};
            if (head.in(plain_) == "steps.")
                add(ConditionFault::StepsPrefix, head);
            else if (isOneOf(head.in(plain_), kScopes))
                add(ConditionFault::ScopePath, {begin, pathEnd(dot)});
        }
    }

    std::size_t pathEnd(std::size_t at) const {
        while (at < plain_.size() && (isWordCharacter(plain_[at]) || plain_[at] == '.'))
            ++at;
        return at;
    }

    void findBrackets() {
        // Behind a call in a call its parenthesis is left over.
        const bool nested = has(ConditionFault::NestedCall);
        for (std::size_t at = 0; at < outer_.size(); ++at) {
            const char c = outer_[at];
            if ((c == '(' || c == ')') && !nested)
                add(ConditionFault::Parenthesis, {at, at + 1});
            if (c != '[' && c != '{')
                continue;
            const std::size_t close = outer_.find(c == '[' ? ']' : '}', at);
            const std::size_t end = close == std::string::npos ? at + 1 : close + 1;
            add(ConditionFault::Bracket, {at, end});
            at = end - 1;
        }
    }

    void findForm(TextRange whole) {
        if (!found_.empty())
            return;
        const ConditionSyntax syntax = parseCondition(text_);
        if (syntax.form == ConditionForm::Truth) {
            std::string_view text = whole.in(text_);
            const bool quoted =
                std::string_view(plain_).find_first_not_of(kQuotedByte, whole.begin) >= whole.end;
            if (quoted || text == "true" || text == "false" || text == "null" ||
                isNumber(text, true))
                add(ConditionFault::LoneLiteral, whole);
            findCallWithWord(whole);
            if (found_.empty())
                findNumber(syntax.left);
            if (found_.empty() && syntax.padded)
                add(ConditionFault::OuterBlanks, whole);
            return;
        }
        if (isInCall(syntax.operation.begin))
            return add(ConditionFault::OperatorInCall, syntax.operation);
        if (plain_[syntax.operation.begin] == kQuotedByte)
            return add(ConditionFault::OperatorInText, syntax.operation);
        if (syntax.form == ConditionForm::Between && syntax.upper.kind == OperandKind::Empty)
            return add(ConditionFault::BetweenWithoutAnd, syntax.operation);
        if (syntax.left.kind == OperandKind::Empty || syntax.right.kind == OperandKind::Empty)
            add(ConditionFault::MissingOperand, syntax.operation);
        for (const Operand* each : {&syntax.left, &syntax.right, &syntax.upper})
            findNoValue(*each);
        if (found_.empty() && syntax.form == ConditionForm::Comparison)
            findBareTemplate(syntax.left, syntax.right);
    }

    // `- 1`, `+5`, `5%`: signs with nothing on one side. Inside a word they belong to a name.
    void findNoValue(const Operand& operand) {
        const std::string_view written = operand.range.in(text_);
        const bool point = written.starts_with('.') || written.ends_with('.');
        if (operand.kind == OperandKind::Path && point && written.size() > 1 &&
            isNumber("0" + std::string(written) + "0", true))
            add(ConditionFault::NumberForm, operand.range);
        if (operand.kind != OperandKind::Arithmetic)
            return;
        const Operand& left = operand.operands.front();
        const Operand& right = operand.operands.back();
        const std::size_t sign = text_.find(operand.symbol, left.range.end);
        const bool inWord = sign > 0 && !isBlank(text_[sign - 1]) && sign + 1 < text_.size() &&
                            !isBlank(text_[sign + 1]);
        if ((left.kind == OperandKind::Empty || right.kind == OperandKind::Empty) && !inWord &&
            plain_[sign] != kQuotedByte)
            add(ConditionFault::MissingTerm, {sign, sign + 1});
        findNoValue(left);
        findNoValue(right);
    }

    void findNumber(const Operand& operand) {
        const bool computed =
            operand.kind == OperandKind::Arithmetic && computes(operand.range.in(outer_));
        const bool number =
            operand.kind == OperandKind::Call && isOneOf(operand.name.in(text_), kNumberFunctions);
        if (computed || number)
            add(ConditionFault::NumberAlone, operand.range);
        else if (isCount(operand, text_))
            add(ConditionFault::LengthAlone, operand.range);
    }

    // Beside a number or true what is filled in is a literal, beside a text it is no quoted one.
    void findBareTemplate(const Operand& left, const Operand& right) {
        if (left.kind == OperandKind::Template && right.kind == OperandKind::Text)
            add(ConditionFault::BareTemplate, left.range);
        if (right.kind == OperandKind::Template && left.kind == OperandKind::Text)
            add(ConditionFault::BareTemplate, right.range);
    }

    bool isInCall(std::size_t at) const {
        return std::any_of(calls_.begin(), calls_.end(), [&](const CallRange& call) {
            return at >= call.name.begin && at < call.end;
        });
    }

    // After a call, `contains` and `matches` are not looked for.
    void findCallWithWord(TextRange whole) {
        if (callsIn(masked_).empty())
            return;
        forEachWord([&](TextRange range, std::string_view word) {
            if ((word == "contains" || word == "matches") && !isCallAt(range) &&
                range.begin > whole.begin)
                add(ConditionFault::CallWithWord, range);
        });
    }

    // In an infix condition quotes do not protect + - * / %.
    void findArithmeticInText() {
        for (std::size_t at = 0; at < outer_.size(); ++at) {
            if (outer_[at] != kQuotedByte)
                continue;
            std::size_t end = at;
            while (end < outer_.size() && outer_[end] == kQuotedByte)
                ++end;
            if (std::string_view(masked_).substr(at, end - at).find_first_of("+-*/%") != kNone)
                add(ConditionFault::ArithmeticInText, {at, end});
            at = end;
        }
    }

    std::vector<ConditionProblem> sorted() {
        std::stable_sort(found_.begin(), found_.end(),
                         [](const ConditionProblem& a, const ConditionProblem& b) {
                             return a.range.begin < b.range.begin;
                         });
        if (found_.size() > kMostProblems)
            found_.resize(kMostProblems);
        return std::move(found_);
    }

    std::string_view text_;
    std::string masked_;  // without templates
    std::string plain_;   // and without quoted words
    std::string outer_;   // and without the arguments of calls
    std::vector<CallRange> calls_;
    TextRange between_;
    std::vector<ConditionProblem> found_;
};

}  // namespace

std::string withoutQuotes(std::string_view masked) {
    std::string plain(masked);
    for (std::size_t at = masked.find_first_of("'\""); at != kNone;
         at = masked.find_first_of("'\"", at)) {
        // An apostrophe within a word opens nothing.
        const std::size_t close =
            at > 0 && isWordCharacter(masked[at - 1]) ? kNone : masked.find(masked[at], at + 1);
        if (close == kNone) {
            ++at;
            continue;
        }
        std::fill(plain.begin() + static_cast<std::ptrdiff_t>(at),
                  plain.begin() + static_cast<std::ptrdiff_t>(close + 1), kQuotedByte);
        at = close + 1;
    }
    return plain;
}

std::vector<ConditionProblem> conditionProblems(std::string_view text) {
    return FaultFinder(text).find();
}

bool boundsWord(char c) {
    return isBlank(c) || c == '\'' || c == '"' || c == kQuotedByte || c == kTemplateByte;
}

bool isForeignOperator(std::string_view word) {
    return isOneOf(word, kUnknownWords);
}

bool hasReadablePaths(std::string_view text) {
    const std::vector<ConditionProblem> problems = conditionProblems(text);
    return std::all_of(problems.begin(), problems.end(), [](const ConditionProblem& each) {
        return each.fault == ConditionFault::NumberAlone;
    });
}

bool computes(std::string_view text) {
    for (std::size_t at = 1; at + 1 < text.size(); ++at)
        if (std::string_view("+-*/%").find(text[at]) != kNone && isBlank(text[at - 1]) &&
            isBlank(text[at + 1]))
            return true;
    return false;
}

bool isCount(const Operand& operand, std::string_view text) {
    const std::string_view name = operand.name.in(text);
    if (operand.kind == OperandKind::Call)
        return name == "length" || name == "count";
    return operand.kind == OperandKind::Path && name != "loop" &&
           operand.range.in(text).ends_with(".length");
}

namespace {

// A text that is yet to be filled in is none.
bool isLiteral(const Operand& operand, std::string_view text) {
    if (operand.range.in(text).find("{{") != kNone)
        return false;
    return operand.kind == OperandKind::Text || operand.kind == OperandKind::Number ||
           operand.kind == OperandKind::Boolean || operand.kind == OperandKind::Null;
}

Decided truth(bool holds) {
    return holds ? Decided::AlwaysTrue : Decided::AlwaysFalse;
}

double numberIn(std::string_view text) {
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

// Of a whole number and a fraction only the order is certain.
Decided decidedByNumbers(std::string_view left, std::string_view operation,
                         std::string_view right) {
    const double difference = numberIn(left) - numberIn(right);
    if (difference == 0 && left != right)
        return Decided::No;
    if (operation == "==" || operation == "!=")
        return truth((difference == 0) == (operation == "=="));
    if (operation == ">" || operation == ">=")
        return truth(difference > 0 || (difference == 0 && operation == ">="));
    if (operation == "<" || operation == "<=")
        return truth(difference < 0 || (difference == 0 && operation == "<="));
    return Decided::No;
}

}  // namespace

Decided decidedBy(std::string_view text) {
    const TextRange whole = wholeOf(text);
    const std::string_view bare = whole.in(text);
    const ConditionSyntax syntax = parseCondition(text);
    if (syntax.form == ConditionForm::Truth) {
        const bool word = bare == "true" || bare == "false" || bare == "null" || bare.empty();
        return word || (syntax.left.kind == OperandKind::Path && isNumber(bare, true))
                   ? Decided::AlwaysFalse
                   : Decided::No;
    }
    if (syntax.form != ConditionForm::Comparison || !isLiteral(syntax.left, text) ||
        !isLiteral(syntax.right, text))
        return Decided::No;
    const std::string_view left = syntax.left.range.in(text);
    const std::string_view right = syntax.right.range.in(text);
    const std::string_view operation = syntax.operation.in(text);
    if (syntax.left.kind != syntax.right.kind)
        return operation == "==" ? Decided::AlwaysFalse : truth(operation == "!=");
    if (syntax.left.kind == OperandKind::Number)
        return decidedByNumbers(left, operation, right);
    // The same text may be written between other quotes.
    const bool comparable = syntax.left.kind != OperandKind::Text || left.front() == right.front();
    if (comparable && (operation == "==" || operation == "!="))
        return truth((left == right) == (operation == "=="));
    return Decided::No;
}

}  // namespace pe::check
