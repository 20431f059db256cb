// SPDX-License-Identifier: MIT
// Catalogue: what YAML v2 is, read from schemas/ (JSON Schema 2020-12 with `x-` annotations): step
// types, their fields, prompt parts, workflow fields. The one source for forms, the step library,
// the graph and `pipeline schema`. Immutable after loading; safe to read from several threads.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pe/base/result.hpp"

namespace pe::format {

enum class FieldKind {
    Text,      // one line
    LongText,  // several lines: description, static prompt content
    Integer,
    Number,
    Boolean,
    Choice,         // one of `choices`
    TextList,       // list of texts; `choices` are suggestions
    Prompt,         // list of prompt parts
    Condition,      // text, mapping or list
    StepReference,  // name of a step
    FilePath,
    StepList,   // nested steps: `steps`, `default`
    CaseMap,    // mapping of branch name to list of steps
    TaskList,   // `parallel_tasks`, `tasks`; each with `fields`
    Pipeline,   // inline pipeline
    Group,      // mapping with known fields of its own (`fields`)
    GroupList,  // list of mappings, each with `fields`
    Map,        // free mapping; `fields`, if any, are those of each value
    Schema,     // a JSON Schema, a mapping with `Catalogue::schemaKeywords`
    SchemaMap,  // mapping of names to JSON Schemas
    SchemaList,
    Any,
};

struct FieldSpec {
    std::string key;
    std::string title;
    std::string documentation;  // our words; plain text
    std::string engineNote;     // what the engine really does, where that surprises; may be empty
    std::string group;          // heading in the form, for example "Model", "Limits"
    FieldKind kind = FieldKind::Any;
    std::vector<std::string> choices;
    bool closed = false;                 // the choices are all there are; else they are suggestions
    std::vector<std::string> alsoTaken;  // words beside the choices that the engine takes
    std::optional<double> minimum;
    std::optional<double> maximum;
    std::string defaultText;  // as the engine has it; empty if none
    bool required = false;
    bool list = false;              // Any: a list of whatever
    bool effective = true;          // false: the engine reads it but does nothing with it
    std::vector<FieldSpec> fields;  // Group, GroupList, TaskList, Map
};

// What a part of a result is, where that does not depend on the run.
enum class ResultKind : std::uint8_t { Any, Text, Number, Flag, Mapping, List, MappingList };

// What the result of a step holds, for `{{steps.NAME.path}}`.
struct ResultField {
    std::string path;  // keys joined with dots
    std::string documentation;
    ResultKind kind = ResultKind::Any;
    std::vector<std::string> operations = {};  // of the step that store it; none: all do
    // The words, or `true` and `false`, that it is one of; none: not known.
    std::vector<std::string> values = {};
    bool mayLack = false;    // of those with values: not every run stores it
    std::string field = {};  // of the step, whose value it is, where that is one of them
    ResultKind items = ResultKind::Any;  // of a list
    std::vector<std::string> keys = {};  // of the mappings in a list; none: not known
};

struct StepType {
    std::string id;        // `claude`
    std::string title;     // "Claude"
    std::string category;  // "AI provider", "Control flow", "Data & files", "State", ...
    std::string documentation;
    std::string engineNote;            // "The loader refuses this type" and the like
    std::string icon;                  // resource name of the icon, without folder and ending
    std::string color;                 // #rrggbb, accent on light
    std::string darkColor;             // #rrggbb, the same accent on dark
    bool loadable = true;              // the engine's loader takes it
    bool inLoops = true;               // loops run it in their bodies
    std::vector<FieldSpec> fields;     // own fields, in form order
    std::string skeleton;              // JSON of a new step of this type, without name
    std::vector<ResultField> results;  // what later steps can read; outputs of its own come on top
    bool nests = false;  // a required field holds steps or tasks: always drawn as a container
};

struct SchemaFile {
    std::string name;  // "steps/claude.json"
    std::string bytes;
};

class Catalogue {
public:
    // The schemas compiled into the program.
    static const Catalogue& builtIn();
    // From files named as in schemas/. Fails with the file and the place in it: no JSON, a
    // reference to a missing file, a field without a known x-kind, a needed file that is absent.
    static Result<Catalogue> load(const std::vector<SchemaFile>& files);

    const std::vector<StepType>& stepTypes() const { return stepTypes_; }  // in library order
    const StepType* find(std::string_view type) const;
    const std::vector<FieldSpec>& commonFields() const { return commonFields_; }
    const std::vector<FieldSpec>& workflowFields() const { return workflowFields_; }
    // Those of a JSON Schema, such as `output_schema` holds.
    const std::vector<FieldSpec>& schemaKeywords() const { return schemaKeywords_; }
    // One entry per part type; key is the type (`static`, `file`, ...), fields its fields.
    const std::vector<FieldSpec>& promptParts() const { return promptParts_; }
    // The specification of a field of a step of `type` (own first, then common); null if unknown.
    const FieldSpec* field(std::string_view type, std::string_view key) const;

private:
    friend class SchemaReader;
    std::vector<StepType> stepTypes_;
    std::map<std::string, std::size_t, std::less<>> byId_;
    std::vector<FieldSpec> commonFields_;
    std::vector<FieldSpec> workflowFields_;
    std::vector<FieldSpec> promptParts_;
    std::vector<FieldSpec> schemaKeywords_;
};

}  // namespace pe::format
