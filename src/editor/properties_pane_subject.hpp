// SPDX-License-Identifier: MIT
// FormSubject: what the form shows for a selected entry: the step, task or branch it belongs to, or
// the workflow.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "pe/format/catalogue.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::editor {

enum class SubjectKind { Nothing, Workflow, Pipeline, Step, Task, Branch };

struct FormSubject {
    SubjectKind kind = SubjectKind::Nothing;
    yaml::NodeRef entry =
        yaml::kNoNode;  // the mapping with the fields; of a branch, its list of steps
    const format::FieldSpec* list = nullptr;  // Task: the field whose list it stands in
};

// Knows which keys hold steps, from the catalogue, which outlives it.
class SubjectFinder {
public:
    explicit SubjectFinder(const format::Catalogue& catalogue);
    FormSubject find(const yaml::Forest& forest, yaml::NodeRef selected) const;

private:
    void learn(const std::vector<format::FieldSpec>& fields);
    FormSubject subjectAt(const yaml::Forest& forest, yaml::NodeRef node) const;

    std::set<std::string> stepLists_ = {"steps"};
    std::set<std::string> caseMaps_;
    std::set<std::string> pipelines_;
    std::vector<const format::FieldSpec*> taskLists_;
};

}  // namespace pe::editor
