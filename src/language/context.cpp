// SPDX-License-Identifier: MIT
#include "context.hpp"

#include <algorithm>

#include "pe/format/field_list.hpp"

namespace pe::language {
namespace {

using format::FieldKind;
using format::FieldSpec;

Shape shapeOf(const FieldSpec& spec) {
    switch (spec.kind) {
        case FieldKind::StepList:
            return Shape::StepList;
        case FieldKind::Prompt:
            return Shape::PromptList;
        case FieldKind::CaseMap:
            return Shape::CaseMap;
        case FieldKind::TaskList:
        case FieldKind::GroupList:
        case FieldKind::SchemaList:
            return Shape::GroupList;
        case FieldKind::Pipeline:
        case FieldKind::Group:
        case FieldKind::Schema:
            return Shape::Fields;
        case FieldKind::SchemaMap:
            return Shape::FieldsMap;
        case FieldKind::Map:
            return spec.fields.empty() ? Shape::Unknown : Shape::FieldsMap;
        case FieldKind::TextList:
            return Shape::TextList;
        default:
            return Shape::Scalar;
    }
}

bool isLoop(const format::StepType* type) {
    return type != nullptr && (type->id == "for_loop" || type->id == "while_loop");
}

}  // namespace

Context ContextFinder::at(const std::vector<PathStep>& path) const {
    Context context;
    context.shape = Shape::Root;
    std::size_t holder = context.holder;
    for (const PathStep& each : path) {
        context = down(context, each);
        if (context.shape == Shape::Step)
            holder = each.begin;
    }
    context.holder = holder;
    return context;
}

Context ContextFinder::ofField(const Context& from, const FieldSpec& spec) const {
    Context to;
    to.shape = shapeOf(spec);
    to.spec = &spec;
    to.step = from.step;
    to.fields = &spec.fields;
    to.inLoop = from.inLoop || (spec.kind == FieldKind::StepList && isLoop(from.step));
    if (spec.kind == FieldKind::Pipeline) {
        to.fields = &catalogue_.workflowFields();
        to.pipeline = true;
        to.inLoop = false;
    } else if (spec.kind == FieldKind::Schema || spec.kind == FieldKind::SchemaMap ||
               spec.kind == FieldKind::SchemaList) {
        to.fields = &catalogue_.schemaKeywords();
    }
    return to;
}

Context ContextFinder::item(const Context& from, const PathStep& step) const {
    Context to = from;
    switch (from.shape) {
        case Shape::StepList:
            to.shape = Shape::Step;
            to.spec = nullptr;
            to.fields = &catalogue_.commonFields();
            to.step = catalogue_.find(step.type);
            return to;
        case Shape::PromptList: {
            const FieldSpec* part = format::fieldNamed(catalogue_.promptParts(), step.type);
            to.shape = Shape::Fields;
            to.part = true;
            to.fields = part == nullptr ? nullptr : &part->fields;
            to.spec = part;
            return to;
        }
        case Shape::GroupList:
            to.shape = Shape::Fields;
            return to;
        case Shape::TextList:
        case Shape::Scalar:  // conditions are lists of conditions
            to.shape = Shape::Scalar;
            return to;
        default:
            return {};
    }
}

Context ContextFinder::down(const Context& from, const PathStep& step) const {
    if (step.item)
        return item(from, step);
    Context to = from;
    switch (from.shape) {
        case Shape::Root:
            if (step.key != "workflow" &&
                format::fieldNamed(catalogue_.workflowFields(), step.key) != nullptr)
                return ofField(from, *format::fieldNamed(catalogue_.workflowFields(), step.key));
            if (step.key != "workflow")
                return {};
            to.shape = Shape::Fields;
            to.fields = &catalogue_.workflowFields();
            return to;
        case Shape::FieldsMap:
            to.shape = Shape::Fields;
            return to;
        case Shape::CaseMap:
            to.shape = Shape::StepList;
            return to;
        case Shape::Scalar:  // `and`, `or` and `not` of a condition
            return from.spec != nullptr && from.spec->kind == FieldKind::Condition ? from
                                                                                   : Context();
        case Shape::Fields:
        case Shape::Step: {
            if (from.pipeline && step.key == "workflow") {
                to.pipeline = false;
                return to;
            }
            const FieldSpec* spec = field(from, step.key);
            return spec == nullptr ? Context{Shape::Unknown, nullptr, from.step}
                                   : ofField(from, *spec);
        }
        default:
            return {};
    }
}

const FieldSpec* ContextFinder::field(const Context& context, std::string_view key) const {
    if (context.shape == Shape::Step)
        return catalogue_.field(context.step == nullptr ? "" : context.step->id, key);
    // The keys of a map are its author's.
    return context.shape != Shape::Fields || context.fields == nullptr
               ? nullptr
               : format::fieldNamed(*context.fields, key);
}

std::vector<const FieldSpec*> ContextFinder::fieldsOf(const Context& context) const {
    std::vector<const FieldSpec*> fields;
    const auto add = [&](const std::vector<FieldSpec>& more) {
        for (const FieldSpec& each : more)
            if (std::none_of(fields.begin(), fields.end(),
                             [&](const FieldSpec* known) { return known->key == each.key; }))
                fields.push_back(&each);
    };
    if (context.shape == Shape::Step && context.step != nullptr)
        add(context.step->fields);
    if (context.fields != nullptr)
        add(*context.fields);
    return fields;
}

}  // namespace pe::language
