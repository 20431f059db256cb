// SPDX-License-Identifier: MIT
// Completer: makes the completion items of one place. One use.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "context.hpp"
#include "pe/language/completion.hpp"
#include "place.hpp"
#include "scope_reader.hpp"

namespace pe::language {

class Completer {
public:
    Completer(const check::Subject& subject, const format::Catalogue& catalogue,
              std::size_t offset);
    std::vector<CompletionItem> items();

private:
    // completer_keys.cpp
    void addKeys();
    void addField(const format::FieldSpec& field, std::size_t column);
    void addTypeSkeletons(std::size_t column);
    void addPartSkeletons();
    void addItems(const Context& list);
    std::string emptyValue(const format::FieldSpec& field, std::size_t column) const;
    std::string skeletonText(const format::StepType& type, std::size_t column) const;
    bool hasKey(std::string_view key) const;

    // completer_values.cpp
    void addValues();
    void addChoices(const format::FieldSpec& field);
    void addStepTypes();
    void addPromptParts();
    void addDataSources();
    void addFunctionNames();

    // completer_names.cpp
    bool addTemplateNames();
    void addConditionNames();
    void addPathNames(std::string_view typed, bool condition);
    void addResults(std::string_view step, std::string_view typed, std::size_t typedBegin);
    void addStepNames(std::string_view suffix);
    void addNames(NameKind kind);
    void addScopes();
    const std::vector<Name>& steps();

    CompletionItem& add(std::string label, CompletionKind kind, std::string insert);

    const check::Subject& subject_;
    const format::Catalogue& catalogue_;
    std::size_t offset_;
    Place place_;
    ContextFinder finder_;
    Context context_;       // of the value (Value, Text) or of the mapping (Key)
    std::string_view key_;  // last key of the path
    yaml::Span replaced_;
    std::vector<CompletionItem> items_;
    ScopeReader scope_;
    std::vector<Name> steps_;  // asked for often, read once
};

// Whether the letters of `typed` stand in `label` in their order, whatever their case.
bool fits(std::string_view label, std::string_view typed);

}  // namespace pe::language
