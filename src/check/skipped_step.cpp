// SPDX-License-Identifier: MIT
#include "skipped_step.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "condition_entries.hpp"
#include "condition_faults.hpp"
#include "condition_paths.hpp"
#include "condition_syntax.hpp"
#include "fields.hpp"
#include "step_place.hpp"
#include "step_sight.hpp"
#include "template_syntax.hpp"

namespace pe::check {
namespace {

using format::GraphIndex;
using yaml::NodeRef;
using yaml::Value;

// What an operand is, as far as comparisons and truth can tell.
struct Known {
    // Other: true, and neither number nor text: a mapping, or the marker for what cannot be
    // computed.
    enum class Kind { Nothing, Null, Boolean, Number, Text, Other };
    Kind kind = Kind::Nothing;
    bool boolean = false;
    double number = 0;
    std::optional<std::string> text = {};  // Text: nothing if it is not known

    bool is(Kind other) const { return kind == other; }
    // Surely something else.
    bool isNot(Kind other) const { return kind != Kind::Nothing && kind != other; }
};
using Kind = Known::Kind;

Known ofBoolean(bool value) {
    return {Kind::Boolean, value};
}

Known ofNumber(double value) {
    return {Kind::Number, false, value};
}

bool isAnyOf(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::optional<bool> truth(const Known& value) {
    switch (value.kind) {
        case Kind::Nothing:
            return std::nullopt;
        case Kind::Null:
            return false;
        case Kind::Boolean:
            return value.boolean;
        case Kind::Text:
            return value.text ? std::optional(!value.text->empty()) : true;
        default:
            return true;
    }
}

std::optional<bool> equal(const Known& a, const Known& b) {
    if (a.is(Kind::Nothing) || b.is(Kind::Nothing))
        return std::nullopt;
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
        case Kind::Null:
            return true;
        case Kind::Boolean:
            return a.boolean == b.boolean;
        case Kind::Number:
            return a.number == b.number;
        case Kind::Text:
            return a.text && b.text ? std::optional(*a.text == *b.text) : std::nullopt;
        default:
            return std::nullopt;
    }
}

// Two numbers or two texts have an order; no other two values are before or behind each other.
std::optional<bool> ordered(const Known& a, const Known& b, std::string_view operation) {
    if (a.is(Kind::Number) && b.is(Kind::Number)) {
        const bool less = operation.front() == '<';
        const bool strict = less ? a.number < b.number : a.number > b.number;
        return strict || (operation.size() == 2 && a.number == b.number);
    }
    const bool numbers = !a.isNot(Kind::Number) && !b.isNot(Kind::Number);
    const bool texts = !a.isNot(Kind::Text) && !b.isNot(Kind::Text);
    return numbers || texts ? std::nullopt : std::optional(false);
}

std::optional<bool> compared(const Known& a, const Known& b, std::string_view operation) {
    if (operation == "==")
        return equal(a, b);
    if (operation == "!=") {
        const auto same = equal(a, b);
        return same ? std::optional(!*same) : std::nullopt;
    }
    // No result of a skipped step is a list.
    if (operation == "contains" || operation == "matches")
        return a.isNot(Kind::Text) || (a.is(Kind::Text) && b.isNot(Kind::Text))
                   ? std::optional(false)
                   : std::nullopt;
    return ordered(a, b, operation);
}

// A call, by its first argument; that is never a list.
Known called(std::string_view function, const Known& value) {
    if (value.is(Kind::Nothing))
        return {};
    const bool text = value.is(Kind::Text);
    if (isAnyOf(function, {"any", "all"}) ||
        (isAnyOf(function, {"contains", "matches", "startsWith", "endsWith"}) && !text) ||
        (function == "between" && !value.is(Kind::Number)))
        return ofBoolean(false);
    if (isAnyOf(function, {"count", "sum", "average"}) ||
        (function == "length" && !text && !value.is(Kind::Other)))
        return ofNumber(0);
    if (isAnyOf(function, {"min", "max"}))
        return {Kind::Null};
    if (isAnyOf(function, {"toLowerCase", "toUpperCase", "trim"}) && !text)
        return value;
    if (function == "isEmpty" && !text)
        return ofBoolean(value.is(Kind::Null));
    return {};
}

class Reader {
public:
    Reader(std::string_view text, std::string_view step, bool wrapped)
        : text_(text), step_(step), wrapped_(wrapped) {}

    std::optional<bool> holds() const {
        const ConditionSyntax syntax = parseCondition(text_);
        const Known left = valueOf(syntax.left);
        if (syntax.form == ConditionForm::Truth)
            return truth(left);
        const Known right = valueOf(syntax.right);
        if (syntax.form == ConditionForm::Comparison)
            return compared(left, right, syntax.operation.in(text_));
        const bool numbers = !left.isNot(Kind::Number) && !right.isNot(Kind::Number) &&
                             !valueOf(syntax.upper).isNot(Kind::Number);
        return numbers ? std::nullopt : std::optional(false);
    }

private:
    Known valueOf(const Operand& operand) const {
        const std::string_view written = operand.range.in(text_);
        switch (operand.kind) {
            case OperandKind::Null:
                return {Kind::Null};
            case OperandKind::Boolean:
                return ofBoolean(written == "true");
            case OperandKind::Number: {
                double number = 0;
                std::from_chars(written.data(), written.data() + written.size(), number);
                return ofNumber(number);
            }
            case OperandKind::Text:
                return {Kind::Text, false, 0, templatesOr(written)};
            case OperandKind::Template:
                return filledIn(written);
            case OperandKind::Path:
                return operand.name.in(text_) == step_ ? partOf(operand) : Known{};
            case OperandKind::Call:
                return operand.operands.empty()
                           ? Known{}
                           : called(operand.name.in(text_), valueOf(operand.operands.front()));
            case OperandKind::Arithmetic:
                return computed(operand);
            default:
                return {};
        }
    }

    // Between quotes; nothing if templates are filled in.
    static std::optional<std::string> templatesOr(std::string_view quoted) {
        if (quoted.size() < 2 || quoted.find("{{") != std::string_view::npos)
            return std::nullopt;
        return std::string(quoted.substr(1, quoted.size() - 2));
    }

    // A template of what is missing stays, and is read as a path to nothing.
    Known filledIn(std::string_view written) const {
        const std::vector<TemplateSyntax> templates = templatesIn(written);
        if (templates.size() != 1 || templates.front().kind != TemplateKind::Step || wrapped_ ||
            templates.front().name.in(written) != step_)
            return {};
        const std::string_view path = templates.front().path.in(written);
        const std::string_view head = path.substr(0, path.find('.'));
        return head.empty() || head == "result" || isStoredWhenSkipped(head) ? Known{}
                                                                             : Known{Kind::Null};
    }

    // What nothing can be computed with gives a marker that is no number.
    Known computed(const Operand& operand) const {
        for (const Operand& each : operand.operands)
            if (const Known value = valueOf(each);
                value.is(Kind::Null) || value.is(Kind::Boolean) || value.is(Kind::Other))
                return {Kind::Other};
        return {};
    }

    Known partOf(const Operand& operand) const {
        constexpr std::string_view kLength = ".length";
        std::string_view path = operand.range.in(text_);
        const bool length = operand.name.end != operand.range.end && path.ends_with(kLength);
        if (length)
            path.remove_suffix(kLength.size());
        path.remove_prefix(std::min(operand.name.end - operand.range.begin + 1, path.size()));
        Known value = stored(path);
        if (!length)
            return value;
        return value.is(Kind::Null) || value.is(Kind::Boolean) ? ofNumber(0) : Known{};
    }

    Known stored(std::string_view path) const {
        if (wrapped_ && !path.empty()) {
            const std::string_view head = path.substr(0, path.find('.'));
            if (head != "result")
                return {Kind::Null};
            path.remove_prefix(std::min(head.size() + 1, path.size()));
        }
        if (path.empty())
            return {Kind::Other};
        if (path == "success" || path == "skipped")
            return ofBoolean(true);
        if (path == "reason")
            return {Kind::Text};
        // Below those three the engine looks into what is no mapping, and stops.
        return isStoredWhenSkipped(path.substr(0, path.find('.'))) ? Known{} : Known{Kind::Null};
    }

    std::string_view text_;
    std::string_view step_;
    bool wrapped_;
};

// Lists, and mappings of `and`, hold if all in them do.
const std::vector<Value>* together(const Value& condition) {
    const Value* list = condition.kind == Value::Kind::Mapping ? condition.find("and") : &condition;
    return list != nullptr && list->kind == Value::Kind::Sequence ? &list->items : nullptr;
}

void addParts(const Value& condition, std::vector<Value>& parts) {
    const auto* list = together(condition);
    if (list == nullptr)
        return parts.push_back(condition);
    for (const Value& each : *list)
        addParts(each, parts);
}

NodeRef fieldOf(const PipelineContext& context, GraphIndex step, std::string_view key) {
    return entryOf(context.forest, mappingBehind(context.forest, context.graph.nodes[step].ref),
                   key);
}

bool canBeSkipped(const PipelineContext& context, GraphIndex step) {
    return !isNull(context.forest, fieldOf(context, step, "condition")) &&
           context.graph.nodes[step].type != "while_loop" &&
           placeOf(context.graph, step).executed();
}

// Calls `matches(step, condition)` for those that have to hold for `from` to run, until one does.
// The conditions of steps in a loop are not looked at, other than those of a while_loop. Those
// around a nested pipeline count where its templates name a step outside.
template <class Matches>
bool anyConditionAround(const PipelineContext& context, GraphIndex from, Matches matches) {
    const format::Graph& graph = context.graph;
    for (GraphIndex at = from; at != format::kNoGraphNode; at = graph.nodes[at].parent) {
        if (isInlinePipeline(graph.nodes[at]) ||
            (graph.nodes[at].type != "while_loop" && !placeOf(graph, at).executed()))
            continue;
        const NodeRef condition = fieldOf(context, at, "condition");
        if (!isNull(context.forest, condition) && matches(at, condition))
            return true;
    }
    return false;
}

bool holdsTemplate(const yaml::Forest& forest, NodeRef condition) {
    bool found = false;
    forEachConditionText(forest, condition, [&](NodeRef, const std::string& text) {
        found = found || text.find("{{") != std::string::npos;
    });
    return found;
}

// The condition of `from` names that step.
bool asksFor(const PipelineContext& context, NodeRef condition, GraphIndex step, GraphIndex from) {
    bool found = false;
    const auto name = [&](std::string_view written) {
        found = found || resultSeen(context, written, from).step == step;
    };
    forEachConditionText(context.forest, condition, [&](NodeRef, const std::string& text) {
        forEachPath(parseCondition(text), text,
                    [&](const Operand& path) { name(path.name.in(text)); });
        for (const TemplateSyntax& each : templatesIn(text))
            if (each.kind == TemplateKind::Step)
                name(each.name.in(text));
    });
    return found;
}

bool alwaysHolds(const Value& condition) {
    return condition.isString() && conditionProblems(condition.text).empty() &&
           decidedBy(condition.text) == Decided::AlwaysTrue;
}

}  // namespace

bool isStoredWhenSkipped(std::string_view path) {
    return path == "success" || path == "skipped" || path == "reason";
}

bool isOfSkipped(const PipelineContext& context, format::GraphIndex step, std::string_view path) {
    return context.graph.nodes[step].conditional && placeOf(context.graph, step).executed() &&
           isStoredWhenSkipped(path);
}

bool mayBeSkipped(const PipelineContext& context, GraphIndex target, GraphIndex from) {
    if (!canBeSkipped(context, target))
        return false;
    const format::GraphNode& node = context.graph.nodes[target];
    const auto theirs = yaml::valueOf(context.forest, fieldOf(context, target, "condition"));
    if (!theirs)
        return true;
    if (alwaysHolds(*theirs))
        return false;
    const NodeRef inputs = mappingBehind(context.forest, fieldOf(context, target, "inputs"));
    const SkippedStep skipped(node.name, *theirs,
                              node.type == "pipeline" && inputs != yaml::kNoNode);
    return !anyConditionAround(context, from, [&](GraphIndex at, NodeRef condition) {
        const auto ours = yaml::valueOf(context.forest, condition);
        return ours && resultSeen(context, node.name, at).step == target && skipped.rulesOut(*ours);
    });
}

bool mayBeSkippedInside(const PipelineContext& inside, GraphIndex target,
                        const PipelineContext& context, GraphIndex named, GraphIndex from) {
    if (!canBeSkipped(inside, target))
        return false;
    const NodeRef entry = fieldOf(inside, target, "condition");
    const auto theirs = yaml::valueOf(inside.forest, entry);
    // What templates stand for is decided outside, where it may be known.
    if (!theirs || alwaysHolds(*theirs) || holdsTemplate(inside.forest, entry))
        return false;
    return !anyConditionAround(context, from, [&](GraphIndex at, NodeRef condition) {
        return asksFor(context, condition, named, at);
    });
}

bool isAskedAround(const PipelineContext& context, std::string_view variable, GraphIndex from) {
    bool found = false;
    anyConditionAround(context, from, [&](GraphIndex, NodeRef condition) {
        forEachConditionText(context.forest, condition, [&](NodeRef, const std::string& text) {
            for (const TemplateSyntax& each : templatesIn(text))
                found =
                    found ||
                    ((each.kind == TemplateKind::State || each.kind == TemplateKind::Variable) &&
                     each.name.in(text) == variable);
        });
        return found;
    });
    return found;
}

SkippedStep::SkippedStep(std::string name, const Value& condition, bool wrapped)
    : name_(std::move(name)), wrapped_(wrapped) {
    addParts(condition, parts_);
}

bool SkippedStep::rulesOut(const Value& condition) const {
    return holds(condition) == false;
}

std::optional<bool> SkippedStep::holds(const Value& condition) const {
    std::vector<Value> parts;
    addParts(condition, parts);
    const auto asked = [&](const Value& each) {
        return std::find(parts.begin(), parts.end(), each) != parts.end();
    };
    if (std::all_of(parts_.begin(), parts_.end(), asked))
        return false;  // it asks for all that did not hold, and perhaps more
    if (const auto* list = together(condition))
        return combined(*list, false);
    if (condition.isString())
        return textHolds(condition.text);
    if (condition.find("and") != nullptr)
        return std::nullopt;
    if (const Value* any = condition.find("or"))
        return combined(any->items, true);
    const Value* inner = condition.find("not");
    const auto held = inner == nullptr ? std::nullopt : holds(*inner);
    return held ? std::optional(!*held) : std::nullopt;
}

// One that gives `decisive` decides; all others together give the opposite.
std::optional<bool> SkippedStep::combined(const std::vector<Value>& conditions,
                                          bool decisive) const {
    bool known = true;
    for (const Value& each : conditions) {
        const auto held = holds(each);
        if (held == decisive)
            return decisive;
        known = known && held;
    }
    return known ? std::optional(!decisive) : std::nullopt;
}

std::optional<bool> SkippedStep::textHolds(std::string_view text) const {
    return conditionProblems(text).empty() ? Reader(text, name_, wrapped_).holds() : std::nullopt;
}

}  // namespace pe::check
