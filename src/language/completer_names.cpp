// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include "completer.hpp"
#include "pe/format/references.hpp"

namespace pe::language {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

struct Scope {
    std::string_view head;
    std::string_view meaning;
};
constexpr std::array kScopes = {
    Scope{"steps.", "result of a step"},
    Scope{"state.", "variable"},
    Scope{"inputs.", "input of a nested pipeline"},
    Scope{"global_vars.", "constant of the workflow"},
};

struct FunctionForm {
    std::string_view name;
    std::string_view form;
};
constexpr std::array kTemplateFunctions = {
    FunctionForm{"add", "add(a, b)"},
    FunctionForm{"subtract", "subtract(a, b)"},
    FunctionForm{"multiply", "multiply(a, b)"},
    FunctionForm{"divide", "divide(a, b)"},
    FunctionForm{"max", "max(a, b)"},
    FunctionForm{"min", "min(a, b)"},
    FunctionForm{"round", "round(a)"},
    FunctionForm{"floor", "floor(a)"},
    FunctionForm{"ceil", "ceil(a)"},
};
constexpr std::array kConditionFunctions = {
    FunctionForm{"contains", "contains(path, 'text')"},
    FunctionForm{"matches", "matches(path, 'pattern')"},
    FunctionForm{"length", "length(path)"},
    FunctionForm{"startsWith", "startsWith(path, 'text')"},
    FunctionForm{"endsWith", "endsWith(path, 'text')"},
    FunctionForm{"toLowerCase", "toLowerCase(path)"},
    FunctionForm{"toUpperCase", "toUpperCase(path)"},
    FunctionForm{"trim", "trim(path)"},
    FunctionForm{"any", "any(path, 'condition')"},
    FunctionForm{"all", "all(path, 'condition')"},
    FunctionForm{"count", "count(path, 'condition')"},
    FunctionForm{"sum", "sum(path)"},
    FunctionForm{"average", "average(path)"},
    FunctionForm{"min", "min(path)"},
    FunctionForm{"max", "max(path)"},
    FunctionForm{"isEmpty", "isEmpty(path)"},
    FunctionForm{"now", "now()"},
    FunctionForm{"days", "days(n)"},
    FunctionForm{"hours", "hours(n)"},
    FunctionForm{"minutes", "minutes(n)"},
    FunctionForm{"seconds", "seconds(n)"},
    FunctionForm{"abs", "abs(path)"},
    FunctionForm{"round", "round(path)"},
    FunctionForm{"floor", "floor(path)"},
    FunctionForm{"ceil", "ceil(path)"},
    FunctionForm{"sqrt", "sqrt(path)"},
    FunctionForm{"pow", "pow(path, n)"},
    FunctionForm{"between", "between(path, low, high)"},
};

bool isPathCharacter(char c) {
    return std::string_view(" \t{}()[],|?'\"=<>!&+*/%:;").find(c) == kNone;
}

// The path that ends where somebody types.
std::string_view lastPath(std::string_view typed) {
    std::size_t begin = typed.size();
    while (begin > 0 && isPathCharacter(typed[begin - 1]))
        --begin;
    return typed.substr(begin);
}

std::size_t wordEnd(std::string_view text, std::size_t at) {
    while (at < text.size() && isPathCharacter(text[at]) && text[at] != '.' && text[at] != '\n' &&
           text[at] != '\r')
        ++at;
    return at;
}

}  // namespace

void Completer::addStepNames(std::string_view suffix) {
    for (const Name& each : steps()) {
        CompletionItem& item =
            add(each.name, CompletionKind::Step, each.name + std::string(suffix));
        item.detail = each.type;
        item.documentation = each.documentation;
    }
}

void Completer::addNames(NameKind kind) {
    for (const Name& each : scope_.of(kind)) {
        CompletionItem& item = add(each.name, CompletionKind::Variable, each.name);
        item.documentation = each.documentation;
    }
}

void Completer::addScopes() {
    for (const Scope& each : kScopes)
        add(std::string(each.head), CompletionKind::Scope, std::string(each.head)).detail =
            each.meaning;
    for (const NameKind kind : {NameKind::Variable, NameKind::LoopItem})
        addNames(kind);
    for (const FunctionForm& each : kTemplateFunctions)
        add(std::string(each.name), CompletionKind::Function, std::string(each.name) + "(").detail =
            each.form;
}

void Completer::addResults(std::string_view step, std::string_view typed, std::size_t typedBegin) {
    for (const Name& each : steps()) {
        if (each.name != step)
            continue;
        replaced_ = {typedBegin, std::max(typedBegin + typed.size(), replaced_.end)};
        for (const format::ResultField& field : resultsOf(subject_.forest(), catalogue_, each.node))
            add(field.path, CompletionKind::Result, field.path).documentation = field.documentation;
        return;
    }
}

// `typed` is the path up to the cursor; in a template it begins with a scope, in a condition with a
// step.
void Completer::addPathNames(std::string_view typed, bool condition) {
    const std::string_view text = subject_.text();
    const std::size_t begin = offset_ - typed.size();
    const std::size_t dot = typed.find('.');
    if (dot == kNone) {
        replaced_ = {begin, wordEnd(text, offset_)};
        if (!condition)
            return addScopes();
        addStepNames("");
        std::erase_if(items_, [](const CompletionItem& each) {
            return !format::canName(each.label, format::ReferenceRole::Condition);
        });
        addNames(NameKind::LoopItem);
        for (const FunctionForm& each : kConditionFunctions)
            add(std::string(each.name), CompletionKind::Function, std::string(each.name) + "(")
                .detail = each.form;
        return;
    }
    const std::string_view head = typed.substr(0, dot + 1);
    std::size_t from = dot + 1;
    if (head == "steps." && !condition) {
        const std::size_t second = typed.find('.', from);
        if (second == kNone) {
            replaced_ = {begin + from, wordEnd(text, offset_)};
            return addStepNames("");
        }
        replaced_.end = wordEnd(text, offset_);
        return addResults(typed.substr(from, second - from), typed.substr(second + 1),
                          begin + second + 1);
    }
    replaced_ = {begin + from, wordEnd(text, offset_)};
    if (head == "state.")
        return addNames(NameKind::Variable);
    if (head == "inputs.")
        return addNames(NameKind::Input);
    if (head == "global_vars.")
        return addNames(NameKind::Constant);
    if (condition)
        addResults(typed.substr(0, dot), typed.substr(from), begin + from);
}

// True inside `{{` that nothing closes before the cursor: nothing else can stand there.
bool Completer::addTemplateNames() {
    const std::string_view before = place_.before;
    const std::size_t open = before.rfind("{{");
    if (open == kNone || before.find("}}", open) != kNone)
        return false;
    addPathNames(lastPath(before.substr(open + 2)), false);
    return true;
}

void Completer::addConditionNames() {
    addPathNames(lastPath(place_.before), true);
}

}  // namespace pe::language
