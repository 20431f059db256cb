// SPDX-License-Identifier: MIT
#include "field_editor.hpp"

#include <algorithm>
#include <cmath>

#include "field_editors_group.hpp"
#include "field_editors_list.hpp"
#include "field_editors_scalar.hpp"
#include "pe/format/graph.hpp"
#include "prompt_editor.hpp"
#include "value_tree.hpp"

namespace pe::editor {

using format::FieldKind;
using yaml::Value;

namespace {

bool isScalar(yaml::Style style) {
    return !yaml::isCollection(style) && style != yaml::Style::Opaque &&
           style != yaml::Style::Stream;
}

bool hasOnlyScalars(const yaml::Forest& forest, yaml::NodeRef node) {
    const auto children = forest.children(node);
    return std::all_of(children.begin(), children.end(), [&](yaml::NodeRef child) {
        const yaml::Style style = forest.style(child);
        return isScalar(style) && style != yaml::Style::Alias;
    });
}

bool hasSeveralLines(const yaml::Forest& forest, yaml::NodeRef node) {
    return yaml::isBlockScalar(forest.style(node)) ||
           yaml::scalarText(forest, node).find('\n') != std::string::npos;
}

Value::Kind kindOf(const yaml::Forest& forest, yaml::NodeRef node) {
    const auto read = yaml::valueOf(forest, node);
    return read ? read->kind : Value::Kind::String;
}

EditorForm scalarForm(const yaml::Forest& forest, yaml::NodeRef node) {
    switch (kindOf(forest, node)) {
        case Value::Kind::Boolean:
            return EditorForm::Check;
        case Value::Kind::Integer:
        case Value::Kind::Float:
            return EditorForm::Number;
        default:
            return hasSeveralLines(forest, node) ? EditorForm::Lines : EditorForm::Line;
    }
}

EditorForm collectionForm(FieldKind kind, const yaml::Forest& forest, yaml::NodeRef node) {
    const yaml::Style style = forest.style(node);
    switch (kind) {
        case FieldKind::TextList:
            return yaml::isSequence(style) && hasOnlyScalars(forest, node) ? EditorForm::List
                                                                           : EditorForm::Tree;
        case FieldKind::Prompt:
            return yaml::isSequence(style) ? EditorForm::Prompt : EditorForm::Tree;
        case FieldKind::Group:
            return yaml::isMapping(style) ? EditorForm::Group : EditorForm::Tree;
        case FieldKind::StepList:
        case FieldKind::CaseMap:
        case FieldKind::TaskList:
        case FieldKind::Pipeline:
            return EditorForm::Nested;
        default:
            return EditorForm::Tree;
    }
}

EditorForm emptyForm(FieldKind kind) {
    switch (kind) {
        case FieldKind::LongText:
            return EditorForm::Lines;
        case FieldKind::Integer:
        case FieldKind::Number:
            return EditorForm::Number;
        case FieldKind::Boolean:
            return EditorForm::Check;
        case FieldKind::Choice:
        case FieldKind::StepReference:
            return EditorForm::Combo;
        case FieldKind::TextList:
            return EditorForm::List;
        case FieldKind::Prompt:
            return EditorForm::Prompt;
        case FieldKind::Group:
            return EditorForm::Group;
        case FieldKind::StepList:
        case FieldKind::CaseMap:
        case FieldKind::TaskList:
        case FieldKind::Pipeline:
            return EditorForm::Nested;
        case FieldKind::Map:
        case FieldKind::Schema:
            return EditorForm::Tree;
        default:
            return EditorForm::Line;
    }
}

}  // namespace

FieldEditor::FieldEditor(FormContext& context, format::FieldSpec spec, QWidget* parent)
    : QWidget(parent), context_(context), spec_(std::move(spec)) {}

void FieldEditor::bind(FieldPlace place) {
    place_ = std::move(place);
    refresh();
}

QString FieldEditor::text() const {
    if (place_.node == yaml::kNoNode || !isScalar(forest().style(place_.node)))
        return {};
    return QString::fromStdString(yaml::scalarText(forest(), place_.node));
}

std::optional<Value> FieldEditor::value() const {
    if (place_.node == yaml::kNoNode)
        return std::nullopt;
    auto read = yaml::valueOf(forest(), place_.node);
    if (!read)
        return std::nullopt;
    return std::move(*read);
}

bool FieldEditor::setValue(Value value) {
    if (place_.node != yaml::kNoNode)
        return context_.run({document::SetValue{place_.node, std::move(value)}});
    return context_.run({document::SetField{place_.mapping, place_.key, std::move(value)}});
}

bool FieldEditor::setText(const QString& text) {
    const auto current = value();
    return setValue(valueLike(current ? &*current : nullptr, spec_.kind, text.toStdString()));
}

EditorForm formFor(const format::FieldSpec& spec, const yaml::Forest& forest, yaml::NodeRef node) {
    if (node == yaml::kNoNode)
        return emptyForm(spec.kind);
    const yaml::Style style = forest.style(node);
    if (style == yaml::Style::Alias || style == yaml::Style::Opaque)
        return EditorForm::ReadOnly;
    if (yaml::isCollection(style))
        return collectionForm(spec.kind, forest, node);
    switch (spec.kind) {
        case FieldKind::LongText:
            return EditorForm::Lines;
        case FieldKind::Prompt:
            return style == yaml::Style::Empty ? EditorForm::Prompt : EditorForm::Lines;
        case FieldKind::Integer:
        case FieldKind::Number:
        case FieldKind::Boolean:
            return emptyForm(spec.kind);
        case FieldKind::Choice:
        case FieldKind::StepReference:
            return hasSeveralLines(forest, node) ? EditorForm::Lines : EditorForm::Combo;
        case FieldKind::Text:
        case FieldKind::FilePath:
        case FieldKind::Condition:
            return hasSeveralLines(forest, node) ? EditorForm::Lines : EditorForm::Line;
        default:
            if (style == yaml::Style::Empty && spec.kind != FieldKind::Any)
                return emptyForm(spec.kind);
            return scalarForm(forest, node);
    }
}

FieldEditor* createEditor(EditorForm form, FormContext& context, const format::FieldSpec& spec,
                          QWidget* parent) {
    switch (form) {
        case EditorForm::ReadOnly:
            return new ReadOnlyEditor(context, spec, parent);
        case EditorForm::Line:
            return new LineEditor(context, spec, parent);
        case EditorForm::Lines:
            return new LinesEditor(context, spec, parent);
        case EditorForm::Number:
            return new NumberEditor(context, spec, parent);
        case EditorForm::Check:
            return new CheckEditor(context, spec, parent);
        case EditorForm::Combo:
            return new ComboEditor(context, spec, parent);
        case EditorForm::List:
            return new ListEditor(context, spec, parent);
        case EditorForm::Prompt:
            return new PromptEditor(context, spec, parent);
        case EditorForm::Group:
            return new GroupEditor(context, spec, parent);
        case EditorForm::Nested:
            return new NestedEditor(context, spec, parent);
        case EditorForm::Tree:
            break;
    }
    return new TreeEditor(context, spec, parent);
}

format::FieldSpec guessedSpec(const yaml::Forest& forest, yaml::NodeRef node) {
    format::FieldSpec spec;
    spec.key = yaml::keyText(forest, node);
    spec.title = spec.key;
    const yaml::Style style = forest.style(node);
    if (yaml::isSequence(style) && !forest.children(node).empty() && hasOnlyScalars(forest, node))
        spec.kind = FieldKind::TextList;
    return spec;
}

namespace {

// 1e3 and 1000.0 where a whole number is meant: 1000, as long as no digit is lost.
Value asWhole(Value number) {
    constexpr double kExact = 9007199254740992.0;  // 2 to the 53rd
    const double value = QString::fromStdString(number.text).toDouble();
    if (number.kind != Value::Kind::Float || std::abs(value) > kExact || value != std::floor(value))
        return number;
    return Value::ofInteger(std::to_string(static_cast<long long>(value)));
}

}  // namespace

Value valueLike(const Value* current, FieldKind kind, const std::string& text) {
    const bool asString =
        Value::ofString(text).text == text && current != nullptr && current->isString();
    const bool typedField =
        kind == FieldKind::Integer || kind == FieldKind::Number || kind == FieldKind::Boolean;
    Value parsed = yaml::resolvePlain(text);
    if (kind == FieldKind::Integer)
        parsed = asWhole(std::move(parsed));
    if (asString) {
        // A number in quotes stays text; a text that should have been a number may become one.
        const bool quotedAtom = !yaml::resolvePlain(current->text).isString();
        return typedField && !quotedAtom && !parsed.isNull() ? parsed : Value::ofString(text);
    }
    const bool free = kind == FieldKind::Any || kind == FieldKind::Map ||
                      kind == FieldKind::Schema || kind == FieldKind::TextList ||
                      kind == FieldKind::Condition;
    const bool keeps = current != nullptr && !current->isNull() && !parsed.isNull();
    if (typedField || keeps || (free && !parsed.isNull()))
        return parsed.isNull() ? Value::ofString(text) : parsed;
    return Value::ofString(text);
}

Value initialValue(const format::FieldSpec& spec) {
    Value asDefault = yaml::resolvePlain(spec.defaultText);
    switch (spec.kind) {
        case FieldKind::Integer:
        case FieldKind::Number: {
            const bool number =
                asDefault.kind == Value::Kind::Integer || asDefault.kind == Value::Kind::Float;
            if (number)
                return asDefault;
            return Value::ofInteger(
                std::to_string(static_cast<long long>(spec.minimum.value_or(0))));
        }
        case FieldKind::Boolean:
            return Value::ofBoolean(asDefault.kind == Value::Kind::Boolean && asDefault.boolean);
        case FieldKind::Choice: {
            const bool known =
                std::count(spec.choices.begin(), spec.choices.end(), spec.defaultText) > 0;
            return Value::ofString(known || spec.choices.empty() ? spec.defaultText
                                                                 : spec.choices.front());
        }
        case FieldKind::TextList:
        case FieldKind::StepList:
        case FieldKind::TaskList:
            return Value::sequence();
        case FieldKind::Prompt:
            return Value::sequence(
                {Value::mapping({{Value::ofString("type"), Value::ofString("static")},
                                 {Value::ofString("content"), Value::ofString("")}})});
        case FieldKind::CaseMap:
        case FieldKind::Group:
        case FieldKind::Map:
        case FieldKind::Schema:
        case FieldKind::Pipeline:
            return Value::mapping();
        default:
            return Value::ofString("");
    }
}

QStringList stepNames(const yaml::Forest& forest, const format::Catalogue& catalogue) {
    QStringList names;
    for (const format::GraphNode& node : format::deriveGraph(forest, catalogue).nodes)
        if (node.kind == format::NodeKind::Step && !node.name.empty())
            names.append(QString::fromStdString(node.name));
    names.removeDuplicates();
    return names;
}

}  // namespace pe::editor
