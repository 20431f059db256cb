// SPDX-License-Identifier: MIT
#include "text_references.hpp"

#include <algorithm>
#include <array>

namespace pe::format {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

// Ends a name: blanks, brackets, quotes, separators and the operators. `-` does not: names have it.
constexpr auto kEndsWord = [] {
    std::array<bool, 256> ends{};
    for (const char c : std::string_view(" \t\r\n{}()[],|?'\"=<>!&+*/%:.;@#$`^~\\"))
        ends[static_cast<unsigned char>(c)] = true;
    return ends;
}();

bool endsWord(char c) {
    return kEndsWord[static_cast<unsigned char>(c)];
}

bool startsWord(char c) {
    return !endsWord(c) && c != '-';
}

template <std::size_t size>
bool isOneOf(std::string_view word, const std::array<std::string_view, size>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 4> kLiterals = {"true", "false", "null", "nil"};
constexpr std::array<std::string_view, 12> kOperators = {
    "and", "or",     "not",         "between",   "contains", "matches",
    "in",  "not_in", "starts_with", "ends_with", "exists",   "empty"};
// Scopes that the guides show in templates and that are no steps.
constexpr std::array<std::string_view, 10> kScopes = {
    "loop", "workflow", "variables", "environment", "config",
    "step", "context",  "system",    "secrets",     "env"};

}  // namespace

EdgeKind edgeKind(ReferenceRole role, ReferenceTarget target) {
    if (target == ReferenceTarget::Function)
        return EdgeKind::Function;
    if (target == ReferenceTarget::File)
        return EdgeKind::PipelineFile;
    if (target == ReferenceTarget::Variable)
        return EdgeKind::Variable;
    switch (role) {
        case ReferenceRole::PromptStep:
        case ReferenceRole::StepName:
            return EdgeKind::PreviousResponse;
        case ReferenceRole::Condition:
            return EdgeKind::Condition;
        case ReferenceRole::DataSource:
        case ReferenceRole::Output:
            return EdgeKind::DataSource;
        default:
            return EdgeKind::Template;
    }
}

bool isConditionOperator(std::string_view word) {
    return isOneOf(word, kOperators);
}

bool isUnusualName(std::string_view name) {
    return std::any_of(name.begin(), name.end(), endsWord);
}

void TextReferences::add(ReferenceTarget target, std::size_t begin, std::size_t end, bool scoped) {
    if (begin >= end)
        return;
    found_.push_back({role_, target, edgeKind(role_, target), at_, begin, end,
                      std::string(text_.substr(begin, end - begin)), scoped || inTemplate_});
}

void TextReferences::scan() {
    switch (role_) {
        case ReferenceRole::Text:
            return scanTemplates(0);
        case ReferenceRole::Condition:
            return scanWords(0, text_.size(), Language::Condition);
        case ReferenceRole::DataSource:
            return scanDataSource();
        case ReferenceRole::PipelineFile:
            scanWhole();
            return scanTemplates(0);
        case ReferenceRole::StepName:
        case ReferenceRole::PromptStep:
            return text_.find("{{") == kNone ? scanWhole() : scanTemplates(0);
        case ReferenceRole::Function:
        case ReferenceRole::Output:
            return scanWhole();
    }
}

void TextReferences::scanWhole() {
    if (role_ == ReferenceRole::Output)
        return add(ReferenceTarget::Step, 0, std::min(text_.find('.'), text_.size()));
    const auto target = role_ == ReferenceRole::Function       ? ReferenceTarget::Function
                        : role_ == ReferenceRole::PipelineFile ? ReferenceTarget::File
                                                               : ReferenceTarget::Step;
    add(target, 0, text_.size());
}

void TextReferences::scanTemplates(std::size_t begin) {
    for (std::size_t open = text_.find("{{", begin); open != kNone; open = text_.find("{{", begin))
        begin = scanTemplate(open);
}

// Returns where to go on: behind the closing braces, or behind the opening ones if nothing closes
// them.
std::size_t TextReferences::scanTemplate(std::size_t open) {
    const std::size_t inside = open + 2;
    const std::size_t close = text_.find("}}", inside);
    if (close == kNone)
        return text_.size();
    if (const std::size_t again = text_.find("{{", inside); again < close)
        return again;
    inTemplate_ = true;
    scanWords(inside, close, Language::Template);
    inTemplate_ = false;
    return close + 2;
}

std::size_t TextReferences::pastQuote(std::size_t begin, std::size_t end, Language language) {
    std::vector<std::size_t> templates;
    for (std::size_t at = begin + 1; at < end; ++at) {
        const bool opens = language == Language::Condition && text_.substr(at, 2) == "{{";
        const std::size_t close = opens ? text_.find("}}", at) : kNone;
        if (close < end) {
            templates.push_back(at);
            at = close + 1;
        } else if (text_[at] == text_[begin]) {
            for (const std::size_t each : templates)
                scanTemplate(each);
            return at + 1;
        }
    }
    return begin + 1;
}

void TextReferences::scanWords(std::size_t begin, std::size_t end, Language language) {
    std::size_t at = begin;
    while (at < end) {
        const char c = text_[at];
        if (c == '"' || c == '\'') {
            at = pastQuote(at, end, language);
        } else if (c == '{' && language == Language::Condition && text_.substr(at, 2) == "{{") {
            at = scanTemplate(at);
        } else if (c == '$' && text_.substr(at, 2) == "${") {
            const std::size_t close = text_.find('}', at);
            at = close == kNone ? end : close + 1;
        } else if (c == '.') {
            at = skipPath(at, end, language);
        } else if (startsWord(c)) {
            at = scanWord(at, end, language);
        } else {
            ++at;
        }
    }
}

std::size_t TextReferences::wordEnd(std::size_t begin, std::size_t end) const {
    while (begin < end && !endsWord(text_[begin]))
        ++begin;
    return begin;
}

// Where the longest of the unusual names ends that stands there, with one of `behind`, or nothing,
// behind it; `begin` if none does.
std::size_t TextReferences::unusualEnd(std::size_t begin, std::size_t end,
                                       std::string_view behind) const {
    std::size_t longest = begin;
    for (const std::string& name : unusual_) {
        const std::size_t stop = begin + name.size();
        if (stop <= end && text_.substr(begin, name.size()) == name &&
            (stop == end || behind.find(text_[stop]) != kNone))
            longest = std::max(longest, stop);
    }
    return longest;
}

// In a template or a condition, where a name ends at a dot.
std::size_t TextReferences::nameEnd(std::size_t begin, std::size_t end) const {
    const std::size_t unusual = unusualEnd(begin, end, ". |}\t");
    const bool whole = unusual > begin && text_.substr(begin, unusual - begin).find('.') == kNone;
    return whole ? unusual : wordEnd(begin, end);
}

// Behind `.key.key`; in a condition a `-` ends the path, as the engine subtracts there.
std::size_t TextReferences::skipPath(std::size_t begin, std::size_t end, Language language) const {
    while (begin < end && (text_[begin] == '.' || !endsWord(text_[begin]))) {
        if (text_[begin] == '-' && language == Language::Condition)
            break;
        ++begin;
    }
    return begin;
}

// `steps.NAME`, `state.NAME` and the like; `next` stands at the separator after the head.
std::size_t TextReferences::scanScoped(std::string_view head, std::size_t next, std::size_t end,
                                       bool& known) {
    struct Scope {
        std::string_view head;
        char separator;
        ReferenceTarget target;
    };
    static constexpr std::array kKnown = {
        Scope{"steps", '.', ReferenceTarget::Step},
        Scope{"previous_response", ':', ReferenceTarget::Step},
        Scope{"state", '.', ReferenceTarget::Variable},
        Scope{"inputs", '.', ReferenceTarget::Input},
        Scope{"global_vars", '.', ReferenceTarget::Constant},
    };
    for (const Scope& scope : kKnown) {
        if (scope.head != head || text_[next] != scope.separator)
            continue;
        known = true;
        const std::size_t stop = nameEnd(next + 1, end);
        add(scope.target, next + 1, stop, true);
        return stop;
    }
    known = false;
    return next;
}

std::size_t TextReferences::scanWord(std::size_t begin, std::size_t end, Language language) {
    const std::size_t stop = nameEnd(begin, end);
    const std::string_view head = text_.substr(begin, stop - begin);
    const char next = stop < end ? text_[stop] : '\0';
    if (next == '.' || next == ':') {
        bool known = false;
        const std::size_t past = scanScoped(head, stop, end, known);
        if (known)
            return skipPath(past, end, language);
    }
    if (next == '(' || isOneOf(head, kLiterals))
        return stop;
    if (std::all_of(head.begin(), head.end(), isDigit))
        return skipPath(stop, end, language);
    const bool path = next == '.';
    if (language == Language::Condition) {
        if (head != "loop" && (path || !isConditionOperator(head)))
            add(ReferenceTarget::Step, begin, stop);
    } else if (!path) {
        add(ReferenceTarget::Variable, begin, stop);
    } else if (!isOneOf(head, kScopes)) {
        add(ReferenceTarget::Step, begin, stop);
    }
    return skipPath(stop, end, language);
}

// A name that is more than a word ends at a colon, or with the text. One that holds a colon cannot
// stand there: the engine ends it at the first.
bool TextReferences::scanUnusualSource() {
    constexpr std::string_view kScope = "previous_response:";
    const std::size_t begin = text_.starts_with(kScope) ? kScope.size() : 0;
    const std::size_t end = unusualEnd(begin, text_.size(), ":");
    if (text_.substr(begin, end - begin).find(':') != kNone || end == begin)
        return false;
    const bool whole = begin == 0 && end == text_.size();
    add(whole ? ReferenceTarget::VariableOrStep : ReferenceTarget::Step, begin, end, begin > 0);
    return true;
}

void TextReferences::scanDataSource() {
    if (text_.find("{{") != kNone)
        return scanTemplates(0);
    if (scanUnusualSource())
        return;
    if (text_.find_first_of("[({ \t\n") != kNone && text_.find(':') == kNone)
        return;
    const std::size_t colon = text_.find(':');
    const std::string_view head = text_.substr(0, colon);
    if (head == "context" && colon != kNone) {
        constexpr std::string_view kResults = "context:results.";
        if (text_.starts_with(kResults))
            add(ReferenceTarget::Step, kResults.size(),
                std::min(text_.find('.', kResults.size()), text_.size()), true);
        return;
    }
    if (head == "previous_response" && colon != kNone) {
        const std::size_t stop = text_.find_first_of(":.", colon + 1);
        return add(ReferenceTarget::Step, colon + 1, std::min(stop, text_.size()), true);
    }
    if (colon != kNone)
        return add(ReferenceTarget::Step, 0, colon);
    if (text_.find('.') == kNone)
        return add(ReferenceTarget::VariableOrStep, 0, text_.size());
    if (text_.find('/') == kNone)
        scanWords(0, text_.size(), Language::Template);
}

}  // namespace pe::format
