// SPDX-License-Identifier: MIT
// Completion: what can stand at a place of a pipeline, also while its line is no YAML yet. Pure: it
// reads the text, the tree of it (broken as it may be) and the catalogue.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pe/check/checker.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::language {

enum class CompletionKind {
    Field,  // a key
    Value,  // one of the values of a field
    StepType,
    PromptPart,
    Step,      // the name of a step
    Result,    // a part of a step's result
    Variable,  // and the other names of a template: inputs, constants, loop items
    Function,  // of a template, of a condition, or of gemini_functions
    Scope,     // `steps.`, `state.`, ... : more follows
    Skeleton,  // a whole entry
    File,
    Folder,  // more follows
};

struct CompletionItem {
    std::string label;
    CompletionKind kind = CompletionKind::Value;
    std::string detail;         // a few words right of the label
    std::string documentation;  // markdown
    std::string insert;         // several lines are indented for the place
    yaml::Span replaced;        // bytes of the text that `insert` takes the place of
    bool required = false;      // of a field: the engine wants it
};

// The best first: required fields before others, near steps before far ones. Items that do not fit
// what is typed are left out (letters in their order, anywhere in the label, fit).
// `files`: as in scopeAt().
std::vector<CompletionItem> completionsAt(const check::Subject& subject,
                                          const format::Catalogue& catalogue, std::size_t offset,
                                          const check::FileLookup* files = nullptr);

}  // namespace pe::language
