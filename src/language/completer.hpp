// SPDX-License-Identifier: MIT
// Completer: makes the completion items of one place. One use.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "context.hpp"
#include "pe/format/references.hpp"
#include "pe/language/completion.hpp"
#include "place.hpp"
#include "scope_reader.hpp"

namespace pe::language {

// A function with its arguments, as it is shown.
struct FunctionForm {
    std::string_view name;
    std::string_view form;
};

class Completer {
public:
    Completer(const check::Subject& subject, const format::Catalogue& catalogue, std::size_t offset,
              const check::FileLookup* files);
    std::vector<CompletionItem> items();

private:
    // completer_keys.cpp
    void addKeys();
    void addWorkflow();
    void addConditionKeys();
    void addFields();
    void addField(const format::FieldSpec& field, std::size_t column);
    std::string_view pitfall(const format::FieldSpec& field) const;
    CompletionItem& addKey(const std::string& key, const std::string& behind);
    void addTypeSkeletons(std::size_t column);
    void addPartSkeletons();
    void addItems(const Context& list);
    std::string emptyValue(const format::FieldSpec& field, std::size_t column) const;
    std::string freeName(const std::string& base) const;
    std::string skeletonText(const format::StepType& type, std::size_t column) const;
    std::vector<const format::StepType*> typesToOffer() const;
    std::string wordsFor(const format::StepType& type) const;
    std::string_view refusal(const format::StepType& type) const;
    bool hasKey(std::string_view key) const;

    // completer_values.cpp
    void addValues();
    void addChoices(const format::FieldSpec& field);
    void addStepTypes();
    void addPromptParts();
    bool canBePart(std::string_view part) const;
    std::vector<const format::FieldSpec*> partsToOffer() const;
    std::string wordsFor(const format::FieldSpec& part) const;
    void addDataSources();
    void addResultLists();
    bool addSourceParts();
    void addExtracts();
    bool addRound();
    void addOutputs();
    void addOutputPath();
    void addFunctionNames();
    void addProperties();
    void addPaths(const format::FieldSpec& field);
    void addAliases();

    // completer_names.cpp
    bool addTemplateNames();
    void addConditionNames();
    void addTemplatePath(std::string_view typed);
    void addTemplateResults(const Name& step, std::string_view typed);
    void addConditionPath(std::string_view typed);
    void addWordsOf(std::string_view path);
    void addLoopNames(std::string_view typed);
    LoopSight loopSight() const;
    void addSteps(const std::vector<Name>& steps, format::ReferenceRole role);
    void addNames(const std::vector<Name>& names);
    void addResult(const format::ResultField& field, const std::string& path);
    void addResults(const Name& step);
    void addScopes();
    void addVariables(bool withMappings);
    void addVariableKeys(std::string_view typed);
    void addFunctions(std::span<const FunctionForm> functions);
    void replaceFrom(std::size_t begin);
    std::vector<Name> conditionSteps();
    bool isBehindBody() const;
    bool needsEnd() const;

    // completion.cpp
    void finish();
    std::optional<std::string> written(const CompletionItem& item) const;
    std::optional<std::string> partOfPlain(const CompletionItem& item) const;
    const std::string& endOf(const CompletionItem& item) const;
    bool needsBlank(const CompletionItem& item) const;
    CompletionItem& add(std::string label, CompletionKind kind, std::string insert);

    const check::Subject& subject_;
    const format::Catalogue& catalogue_;
    const check::FileLookup* files_;
    std::size_t offset_;
    Place place_;
    ContextFinder finder_;
    Context context_;       // of the value (Value, Text) or of the mapping (Key)
    std::string_view key_;  // last key of the path
    yaml::Span replaced_;
    bool inCall_ = false;  // arguments of a function stand there, which cannot be calls
    bool inside_ = false;  // the items are a part of a text: a template, a condition
    std::string before_;   // stands around each of the items
    std::string behind_;
    std::string templateEnd_;  // behind a whole path
    std::vector<CompletionItem> items_;
    std::set<std::string> stepNames_;  // in the whole file; read for skeletons only
    ScopeReader scope_;
};

// Whether a mapping stands for one of the `outputs` of a pipeline step.
bool isOutput(const Context& context);

// Whether the letters of `typed` stand in `label` in their order, whatever their case.
bool fits(std::string_view label, std::string_view typed);

}  // namespace pe::language
