// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cctype>

#include "completer.hpp"
#include "pe/check/hidden_keys.hpp"
#include "pe/language/hover.hpp"
#include "pe/yaml/value.hpp"

namespace pe::language {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::string_view kWhole = "result";

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
    return std::string_view(" \t{}()[],|?'\"\\=<>!&+*/%:;").find(c) == kNone;
}

// A path without `result.` in front, which names all of a result in a template.
std::string_view belowWhole(std::string_view path) {
    const bool whole = path.starts_with(kWhole) && path.substr(kWhole.size(), 1) == ".";
    return path.substr(whole ? kWhole.size() + 1 : 0);
}

bool isWord(std::string_view name) {
    return std::all_of(name.begin(), name.end(), [](char c) {
        return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
    });
}

// The path that ends where somebody types.
std::string_view lastPath(std::string_view typed) {
    std::size_t begin = typed.size();
    while (begin > 0 && isPathCharacter(typed[begin - 1]))
        --begin;
    return typed.substr(begin);
}

// Whether a template begins before a place in its line and does not end behind it.
bool isInOpenTemplate(std::string_view text, std::size_t at) {
    constexpr std::string_view kBegin = "{{";
    constexpr std::string_view kEnd = "}}";
    constexpr std::string_view kBreaks = "\r\n";
    const std::size_t line = at == 0 ? kNone : text.find_last_of(kBreaks, at - 1);
    const std::string_view before = text.substr(line + 1, at - line - 1);
    const std::string_view behind = text.substr(at, text.find_first_of(kBreaks, at) - at);
    const std::size_t begin = before.rfind(kBegin);
    if (begin == kNone || before.find(kEnd, begin) != kNone)
        return false;
    const std::size_t end = behind.find(kEnd);
    return end == kNone || behind.find(kBegin) < end;
}

// What a piece of a quoted text says.
std::string decoded(std::string_view piece, yaml::Style style) {
    const char escape = style == yaml::Style::DoubleQuoted   ? '\\'
                        : style == yaml::Style::SingleQuoted ? '\''
                                                             : '\0';
    std::string text;
    for (std::size_t i = 0; i < piece.size(); ++i) {
        if (escape != '\0' && piece[i] == escape && i + 1 < piece.size())
            ++i;
        text += piece[i];
    }
    return text;
}

// Where a text of a condition begins that nothing ends; an apostrophe inside a word begins none.
std::size_t openLiteral(std::string_view condition) {
    std::size_t open = kNone;
    for (std::size_t i = 0; i < condition.size(); ++i) {
        const char c = condition[i];
        if (open != kNone)
            open = c == condition[open] ? kNone : open;
        else if ((c == '\'' || c == '"') && (i == 0 || !isPathCharacter(condition[i - 1])))
            open = i;
    }
    return open;
}

// The path that a text behind `==` or `!=` is compared with; empty if there is none.
std::string_view comparedPath(std::string_view before) {
    const auto trim = [&] { before = before.substr(0, before.find_last_not_of(' ') + 1); };
    trim();
    if (!before.ends_with(" ==") && !before.ends_with(" !="))
        return {};
    before.remove_suffix(3);
    trim();
    return lastPath(before);
}

bool endsInCall(std::string_view expression) {
    const std::size_t open = expression.rfind('(');
    return open != kNone && expression.find(')', open) == kNone;
}

// A comparison, which the engine finds between blanks only.
bool endsInOperator(std::string_view condition) {
    return !condition.empty() && std::string_view("=<>").find(condition.back()) != kNone;
}

std::size_t wordEnd(std::string_view text, std::size_t at) {
    while (at < text.size() && isPathCharacter(text[at]) && text[at] != '.' && text[at] != '\n' &&
           text[at] != '\r')
        ++at;
    return at;
}

}  // namespace

// What stands behind the cursor is a part of the name unless it is the text behind a template that
// has no end yet.
void Completer::replaceFrom(std::size_t begin) {
    const std::string_view text = subject_.text();
    replaced_ = {begin, isInOpenTemplate(text, offset_) ? offset_ : wordEnd(text, offset_)};
}

void Completer::addSteps(const std::vector<Name>& steps, format::ReferenceRole role) {
    for (const Name& each : steps) {
        if (!format::canName(each.name, role))
            continue;
        CompletionItem& item = add(each.name, CompletionKind::Step, each.name);
        item.detail = each.type;
        item.documentation = introductionOf(each.name, each.type, each.documentation);
    }
}

void Completer::addNames(const std::vector<Name>& names) {
    for (const Name& each : names)
        add(each.name, CompletionKind::Variable, each.name).documentation = each.documentation;
}

void Completer::addResult(const format::ResultField& field, const std::string& path) {
    add(path, CompletionKind::Result, path).documentation = field.documentation;
}

void Completer::addResults(const Name& step) {
    for (const format::ResultField& field :
         resultsOf(subject_.forest(), catalogue_, step.node, files_))
        addResult(field, field.path);
}

void Completer::addFunctions(std::span<const FunctionForm> functions) {
    if (inCall_)
        return;
    for (const FunctionForm& each : functions)
        add(std::string(each.name), CompletionKind::Function, std::string(each.name) + "(").detail =
            each.form;
}

// Templates compute with the other signs that a name may have. A mapping cannot become text; its
// parts are found behind `state.` only.
void Completer::addVariables(bool withMappings) {
    for (const Name& each : scope_.of(NameKind::Variable)) {
        const bool mapping = yaml::isMapping(subject_.forest().style(each.node));
        if (!isWord(each.name) || (mapping && !withMappings))
            continue;
        if (mapping)
            add(each.name + ".", CompletionKind::Scope, each.name + ".").detail = "variable";
        else
            addNames({each});
    }
}

void Completer::addScopes() {
    for (const Scope& each : kScopes)
        add(std::string(each.head), CompletionKind::Scope, std::string(each.head)).detail =
            each.meaning;
    addVariables(false);
    addFunctions(kTemplateFunctions);
}

// A part of a result that can become text. `result.` may stand before where the result has that.
void Completer::addTemplateResults(const Name& step, std::string_view typed) {
    const auto fields = seenResultsOf(subject_.forest(), catalogue_, step, files_);
    const bool whole = std::any_of(fields.begin(), fields.end(),
                                   [](const auto& each) { return each.path == kWhole; });
    replaceFrom(offset_ - (whole ? belowWhole(typed) : typed).size());
    for (const format::ResultField& field : fields)
        if (field.path != kWhole && field.kind != format::ResultKind::Mapping &&
            field.kind != format::ResultKind::MappingList)
            addResult(field, std::string(belowWhole(field.path)));
}

// The keys of a variable that is set to a mapping; `typed` is the path behind `state.`.
void Completer::addVariableKeys(std::string_view typed) {
    const yaml::Forest& forest = subject_.forest();
    const std::size_t dot = typed.find('.');
    replaceFrom(offset_ - (typed.size() - dot - 1));
    for (const Name& each : scope_.of(NameKind::Variable)) {
        if (each.name != typed.substr(0, dot) || !yaml::isMapping(forest.style(each.node)))
            continue;
        for (const yaml::NodeRef child : forest.children(each.node))
            if (const std::string key = yaml::keyText(forest, child); isWord(key))
                add(key, CompletionKind::Variable, key);
    }
}

// `typed` is the path up to the cursor.
void Completer::addTemplatePath(std::string_view typed) {
    const std::size_t dot = typed.find('.');
    const std::string_view head = typed.substr(0, dot == kNone ? 0 : dot + 1);
    const std::string_view rest = typed.substr(head.size());
    replaceFrom(offset_ - rest.size());
    if (head.empty())
        return addScopes();
    if (head == "state.")
        return rest.find('.') == kNone ? addVariables(true) : addVariableKeys(rest);
    if (head == "inputs.")
        return addNames(scope_.of(NameKind::Input));
    if (head == "global_vars.")
        return addNames(scope_.of(NameKind::Constant));
    if (head != "steps.")
        return;
    std::vector<Name> steps = scope_.templateSteps();
    std::erase_if(steps, [&](const Name& each) {
        return check::storesHiddenKeys(each.type) &&
               seenResultsOf(subject_.forest(), catalogue_, each, files_).empty();
    });
    const std::size_t end = rest.find('.');
    if (end == kNone)
        return addSteps(steps, format::ReferenceRole::Text);
    for (const Name& each : steps)
        if (each.name == rest.substr(0, end))
            return addTemplateResults(each, rest.substr(end + 1));
}

// Conditions that are asked after a round find what the body of the loop has stored.
bool Completer::isBehindBody() const {
    const std::string_view key =
        context_.spec == nullptr ? std::string_view() : std::string_view(context_.spec->key);
    return key == "break_condition" || key == "continue_condition" ||
           (key == "condition" && context_.step != nullptr && context_.step->id == "while_loop");
}

std::vector<Name> Completer::conditionSteps() {
    std::vector<Name> steps = scope_.of(NameKind::Step);
    if (!isBehindBody())
        return steps;
    for (Name& each : scope_.nestedSteps())
        if (std::none_of(steps.begin(), steps.end(),
                         [&](const Name& known) { return known.name == each.name; }))
            steps.push_back(std::move(each));
    return steps;
}

// A while_loop asks before each round, and sees the loop around it.
LoopSight Completer::loopSight() const {
    return isBehindBody() && context_.spec->key == "condition" ? LoopSight::Around : LoopSight::Own;
}

// `typed` is the path behind `loop.`.
void Completer::addLoopNames(std::string_view typed) {
    constexpr std::string_view kParent = "parent.";
    std::size_t parents = 0;
    for (; typed.starts_with(kParent); ++parents)
        typed.remove_prefix(kParent.size());
    replaceFrom(offset_ - typed.size());
    addNames(scope_.loopNames(loopSight(), parents));
}

// `typed` is the path up to the cursor; it begins with the name of a step.
void Completer::addConditionPath(std::string_view typed) {
    const std::size_t dot = typed.find('.');
    const std::string_view rest = dot == kNone ? typed : typed.substr(dot + 1);
    replaceFrom(offset_ - rest.size());
    if (dot == kNone) {
        addSteps(conditionSteps(), format::ReferenceRole::Condition);
        if (!scope_.loopNames(loopSight()).empty())
            add("loop.", CompletionKind::Scope, "loop.").detail = "round of the loop";
        return addFunctions(kConditionFunctions);
    }
    const std::string_view head = typed.substr(0, dot);
    if (head == "loop" && !scope_.loopNames(loopSight()).empty())
        return addLoopNames(rest);
    for (const Name& each : conditionSteps()) {
        if (each.name != head)
            continue;
        for (const format::ResultField& field :
             seenResultsOf(subject_.forest(), catalogue_, each, files_))
            addResult(field, field.path);
        return;
    }
}

// Whether a path is the last of a template that nothing closes yet; a call has its own end.
bool Completer::needsEnd() const {
    const std::string_view text = subject_.text();
    const bool plainFlow = place_.flow && !place_.quoted;  // there a brace ends the mapping
    const std::size_t behind = std::min(text.find_first_not_of(' ', offset_), text.size());
    return !inCall_ && !plainFlow && text.substr(behind, 1) != "}" &&
           isInOpenTemplate(text, offset_);
}

// True inside `{{` that nothing closes before the cursor: nothing else can stand there.
bool Completer::addTemplateNames() {
    const std::string_view before = place_.before;
    const std::size_t open = before.rfind("{{");
    if (open == kNone || before.find("}}", open) != kNone)
        return false;
    const std::string_view typed = before.substr(open + 2);
    inside_ = true;
    inCall_ = endsInCall(typed);
    addTemplatePath(lastPath(typed));
    if (needsEnd())
        templateEnd_ = typed.starts_with(' ') ? " }}" : "}}";
    return true;
}

// The words that a part of a result is one of, in the quotes behind it.
void Completer::addWordsOf(std::string_view path) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    for (const Name& each : conditionSteps())
        if (each.name == path.substr(0, dot) && dot < path.size())
            for (const format::ResultField& field :
                 seenResultsOf(subject_.forest(), catalogue_, each, files_))
                if (field.path == path.substr(dot + 1) && field.kind == format::ResultKind::Text)
                    for (const std::string& word : field.values)
                        add(word, CompletionKind::Value, word);
}

void Completer::addConditionNames() {
    const std::string typed = decoded(place_.before, place_.style);
    inside_ = true;
    if (const std::size_t open = openLiteral(typed); open != kNone) {
        replaceFrom(offset_ - (typed.size() - open - 1));
        return addWordsOf(comparedPath(std::string_view(typed).substr(0, open)));
    }
    inCall_ = endsInCall(typed);
    const std::string_view path = lastPath(place_.before);
    const std::string_view before = place_.before.substr(0, place_.before.size() - path.size());
    addConditionPath(path);
    if (endsInOperator(before) && replaced_.begin == offset_ - path.size())
        before_ = " ";
}

}  // namespace pe::language
