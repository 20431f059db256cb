// SPDX-License-Identifier: MIT
#include "described_fields.hpp"

#include "fields.hpp"
#include "pe/format/field_list.hpp"
#include "pe/format/step_folder.hpp"

namespace pe::check {
namespace {

using format::FieldKind;
using format::FieldSpec;
using yaml::NodeRef;

class DescribedWalk {
public:
    DescribedWalk(const yaml::Forest& forest, FieldKind kind) : forest_(forest), kind_(kind) {}

    void mapping(NodeRef mapping, const std::vector<FieldSpec>& fields) {
        for (const NodeRef entry : forest_.children(mapping)) {
            if (const FieldSpec* spec = format::fieldNamed(fields, keyOf(forest_, entry)))
                field(entry, *spec);
        }
    }

    std::vector<NodeRef> found() { return std::move(found_); }

private:
    void field(NodeRef entry, const FieldSpec& spec) {
        if (spec.kind == kind_)
            found_.push_back(entry);
        const NodeRef value = spec.fields.empty() ? yaml::kNoNode : valueBehind(forest_, entry);
        if (value == yaml::kNoNode)
            return;
        const yaml::Style style = forest_.style(value);
        if (spec.kind == FieldKind::Group && yaml::isMapping(style))
            return mapping(value, spec.fields);
        if (spec.kind == FieldKind::GroupList || spec.kind == FieldKind::TaskList ||
            spec.kind == FieldKind::Map)
            for (const NodeRef item : forest_.children(value))
                if (const NodeRef each = mappingBehind(forest_, item); each != yaml::kNoNode)
                    mapping(each, spec.fields);
    }

    const yaml::Forest& forest_;
    FieldKind kind_;
    std::vector<NodeRef> found_;
};

}  // namespace

bool isTeamStep(const StepContext& context) {
    return context.spec != nullptr &&
           format::teamType(context.pipeline.catalogue, context.type) != nullptr;
}

std::vector<NodeRef> describedFields(const StepContext& context, FieldKind kind) {
    if (context.step == yaml::kNoNode || !isTeamStep(context))
        return {};
    DescribedWalk walk(context.pipeline.forest, kind);
    walk.mapping(context.step, context.spec->fields);
    return walk.found();
}

}  // namespace pe::check
