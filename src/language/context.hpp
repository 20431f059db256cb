// SPDX-License-Identifier: MIT
// Context: what the format expects at a path: which fields, which kind of value. Follows the path
// through the catalogue.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pe/format/catalogue.hpp"
#include "place.hpp"

namespace pe::language {

enum class Shape {
    Unknown,
    Root,
    Fields,      // a mapping with the fields of `fields`
    Step,        // a mapping with the fields of a step
    StepList,    // a list of steps
    PromptList,  // a list of prompt parts
    GroupList,   // a list of mappings with `fields`
    FieldsMap,   // free keys, each value a mapping with `fields`
    CaseMap,     // free keys, each value a list of steps
    TextList,
    Scalar,
};

struct Context {
    Shape shape = Shape::Unknown;
    const format::FieldSpec* spec = nullptr;  // of the field that the path ends in or below
    const format::StepType* step = nullptr;   // the step around, if its type is known
    const std::vector<format::FieldSpec>* fields = nullptr;
    bool pipeline = false;  // Fields: the mapping is an inline pipeline, which may hold `workflow`
    bool part = false;      // Fields: of a prompt part
    bool inLoop = false;    // in the body of a loop, or the list that is one
    std::size_t holder = std::string_view::npos;  // where the innermost step around begins
};

class ContextFinder {
public:
    explicit ContextFinder(const format::Catalogue& catalogue) : catalogue_(catalogue) {}

    // The context of the value that the path leads to.
    Context at(const std::vector<PathStep>& path) const;
    // The fields that the mapping may have, own before common; for a step both.
    std::vector<const format::FieldSpec*> fieldsOf(const Context& context) const;
    const format::FieldSpec* field(const Context& context, std::string_view key) const;

private:
    Context down(const Context& from, const PathStep& step) const;
    Context item(const Context& from, const PathStep& step) const;
    Context ofField(const Context& from, const format::FieldSpec& spec) const;

    const format::Catalogue& catalogue_;
};

}  // namespace pe::language
