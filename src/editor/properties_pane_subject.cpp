// SPDX-License-Identifier: MIT
#include "properties_pane_subject.hpp"

#include <algorithm>

#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"

namespace pe::editor {

using format::FieldKind;

SubjectFinder::SubjectFinder(const format::Catalogue& catalogue) {
    learn(catalogue.workflowFields());
    learn(catalogue.commonFields());
    for (const format::StepType& type : catalogue.stepTypes())
        learn(type.fields);
}

void SubjectFinder::learn(const std::vector<format::FieldSpec>& fields) {
    for (const format::FieldSpec& field : fields) {
        if (field.kind == FieldKind::StepList)
            stepLists_.insert(field.key);
        else if (field.kind == FieldKind::CaseMap)
            caseMaps_.insert(field.key);
        else if (field.kind == FieldKind::Pipeline)
            pipelines_.insert(field.key);
        else if (field.kind == FieldKind::TaskList)
            taskLists_.push_back(&field);
        learn(field.fields);
    }
}

FormSubject SubjectFinder::subjectAt(const yaml::Forest& forest, yaml::NodeRef node) const {
    const yaml::NodeRef above = forest.parent(node);
    const yaml::Lexeme lexeme = forest.lexeme(node);
    const yaml::Lexeme holder = forest.lexeme(above);
    if (yaml::isSequence(holder.style) && yaml::isMapping(lexeme.style)) {
        const std::string key = yaml::keyText(forest, above);
        const bool inCases = caseMaps_.count(yaml::keyText(forest, forest.parent(above))) > 0;
        if (stepLists_.count(key) > 0 || inCases)
            return {SubjectKind::Step, node, nullptr};
        for (const format::FieldSpec* list : taskLists_)
            if (list->key == key)
                return {SubjectKind::Task, node, list};
    }
    if (yaml::isSequence(lexeme.style) && yaml::isMapping(holder.style) &&
        caseMaps_.count(yaml::keyText(forest, above)) > 0)
        return {SubjectKind::Branch, node, nullptr};
    if (yaml::isMapping(lexeme.style) && yaml::isMapping(holder.style) &&
        pipelines_.count(yaml::keyText(forest, node)) > 0)
        return {SubjectKind::Pipeline, node, nullptr};
    return {};
}

FormSubject SubjectFinder::find(const yaml::Forest& forest, yaml::NodeRef selected) const {
    for (yaml::NodeRef at = selected; at != yaml::kNoNode && at != yaml::kStream;
         at = forest.parent(at))
        if (const FormSubject found = subjectAt(forest, at); found.kind != SubjectKind::Nothing)
            return found;
    const yaml::NodeRef root = yaml::rootDocument(forest);
    const yaml::NodeRef workflow =
        root == yaml::kNoNode ? root : yaml::child(forest, root, "workflow");
    if (workflow != yaml::kNoNode && yaml::isMapping(forest.style(workflow)))
        return {SubjectKind::Workflow, workflow, nullptr};
    return {};
}

}  // namespace pe::editor
