// SPDX-License-Identifier: MIT
#include "printed_schema.hpp"

#include <algorithm>
#include <filesystem>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace pe::format {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kTemplate = "\\{\\{";
constexpr const char* kOwn = "^(x-|_|\\.)";  // notes of the author's own

// --- reading our files
// -----------------------------------------------------------------------------

std::string textAt(const Json& schema, const char* key) {
    const auto found = schema.find(key);
    return found != schema.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Json listAt(const Json& schema, const char* key) {
    const auto found = schema.find(key);
    return found != schema.end() && found->is_array() ? *found : Json::array();
}

bool holds(const Json& list, const Json& word) {
    return list.is_array() && std::find(list.begin(), list.end(), word) != list.end();
}

bool hasType(const Json& schema, std::initializer_list<std::string_view> types) {
    return std::find(types.begin(), types.end(), textAt(schema, "type")) != types.end();
}

bool hasKind(const Json& schema, std::string_view kind) {
    return textAt(schema, "x-kind") == kind;
}

// False: the engine does nothing with it.
bool isEffective(const Json& schema) {
    const auto found = schema.find("x-effective");
    return found == schema.end() || *found != Json(false);
}

// What something is, what the engine makes of it, and what counts where it is not written.
std::string documented(const Json& schema) {
    std::string words = textAt(schema, "description");
    if (words.empty())
        return words;
    if (const std::string engine = textAt(schema, "x-engine"); !engine.empty())
        words += "\n\n*Engine:* " + engine;
    const auto value = schema.find("default");
    const std::string known = value == schema.end() ? textAt(schema, "x-default") : value->dump();
    return known.empty() ? words : words + "\n\n*Default:* " + known;
}

std::string bundledReference(const std::string& reference, const std::string& file) {
    const std::size_t hash = reference.find('#');
    const std::string relative = reference.substr(0, hash);
    const std::string inside = hash == std::string::npos ? "" : reference.substr(hash + 1);
    const std::string target =
        relative.empty()
            ? file
            : (std::filesystem::path(file).parent_path() / relative).lexically_normal().string();
    return "#/$defs/" + definitionName(target) + inside;
}

// --- what is refused
// -------------------------------------------------------------------------------

// Types are given by a word or by a list of words; tools write what the first one needs.
void addTypes(Json& schema, std::initializer_list<const char*> more) {
    Json types = schema["type"].is_array() ? schema["type"] : Json::array({schema["type"]});
    for (const char* const each : more)
        if (!holds(types, each))
            types.push_back(each);
    schema["type"] = std::move(types);
}

// Words become proposals.
void open(Json& schema) {
    if (!schema.contains("enum"))
        return;
    schema["examples"] = schema["enum"];
    schema.erase("enum");
}

// Nothing reads other fields than those that are described.
void close(Json& schema) {
    if (!schema.is_object() || !schema.contains("properties") ||
        schema.contains("additionalProperties"))
        return;
    schema["patternProperties"] = {{kOwn, true}};
    schema["additionalProperties"] = false;
}

// The same of what has other fields for each type. Of a type that nobody knows the fields are not
// known either.
void closeVariants(Json& schema) {
    const Json::json_pointer types("/properties/type/enum");
    if (!schema.contains("allOf") || !schema["allOf"].is_array() || !schema.contains(types))
        return;
    Json other{{"if", {{"properties", {{"type", {{"enum", schema[types]}}}}}}},
               {"else", {{"additionalProperties", true}}}};
    schema["allOf"].push_back(std::move(other));
    schema["patternProperties"] = {{kOwn, true}};
    schema["unevaluatedProperties"] = false;
}

void acceptAnyType(Json& field) {
    if (!field.contains("type"))
        field["type"] = "string";
    addTypes(field, {"string", "number", "boolean", "object", "array", "null"});
}

// Nothing reads the field: nothing can be wrong with it.
void acceptAnything(Json& field) {
    open(field);
    for (const char* const key : {"$ref", "required", "minimum", "maximum", "pattern", "const",
                                  "additionalProperties", "items"})
        field.erase(key);
    acceptAnyType(field);
}

// Nothing reads it, whatever it holds; the keywords of a schema are proposed all the same.
void acceptAnySchema(Json& field) {
    field["anyOf"] = Json::array({{{"$ref", field["$ref"]}}, Json::object()});
    field.erase("$ref");
}

// A template stands for any value in the pipelines that a step runs; it is filled in later.
void acceptTemplate(Json& field, const std::string& wanted) {
    addTypes(field, {"string"});
    field["pattern"] = kTemplate;
    field["patternErrorMessage"] = "Expected " + wanted + ", or a template in {{ }}.";
}

// A tool that proposes a number proposes 0, unless it knows better.
void acceptNumber(Json& field) {
    const auto least = field.find("minimum");
    if (!field.contains("examples") && least != field.end() && *least > 0)
        field["examples"] = Json::array({*least});
    acceptTemplate(field, "a number");
}

void acceptList(Json& field) {
    acceptTemplate(field, "a list");
    if (!field.contains("items"))
        return;
    if (hasType(field["items"], {"string"}))
        addTypes(field["items"], {"number", "boolean", "null"});
    else if (hasKind(field, "group_list") || hasKind(field, "task_list"))
        close(field["items"]);
}

// Of a free mapping.
void acceptAnyValue(Json& schema) {
    if (schema.is_object() && schema.contains("type"))
        acceptAnyType(schema);
}

void acceptOtherWords(Json& field) {
    for (const Json& each : listAt(field, "x-also"))
        field["enum"].push_back(each);
    field.erase("type");
}

// Keywords that say what is advised, and not what is needed.
void dropAdvice(Json& field) {
    for (const Json& keyword : listAt(field, "x-advice"))
        if (keyword == "enum")
            open(field);
        else if (keyword == "type")
            acceptAnyType(field);
        else if (keyword.is_string())
            field.erase(keyword.get<std::string>());
}

// What the engine takes besides what is right.
void acceptWhatRuns(Json& field, bool required) {
    dropAdvice(field);
    if (hasKind(field, "any"))
        return acceptAnything(field);
    if (field.contains("enum"))
        acceptOtherWords(field);
    else if (hasType(field, {"integer", "number"}))
        acceptNumber(field);
    else if (hasType(field, {"boolean"}))
        acceptTemplate(field, "true or false");
    else if (hasType(field, {"array"}))
        acceptList(field);
    else if (hasType(field, {"string"}))
        addTypes(field, {"number", "boolean"});
    else if (hasKind(field, "group"))
        close(field);
    else if (hasKind(field, "map") && field.contains("additionalProperties"))
        acceptAnyValue(field["additionalProperties"]);
    if (required)
        return;
    if (field.contains("enum"))
        field["enum"].push_back(nullptr);
    else if (field.contains("type"))
        addTypes(field, {"null"});
}

// --- what is shown and proposed
// --------------------------------------------------------------------

void document(Json& schema) {
    const std::string words = documented(schema);
    if (words != textAt(schema, "description"))
        schema["markdownDescription"] = words;
}

// Tools write the defaults of optional fields into a new mapping.
void proposeDefault(Json& field) {
    const auto value = field.find("default");
    if (value == field.end())
        return;
    const bool proposed = value->is_primitive() && !value->is_boolean() &&
                          !field.contains("enum") && !field.contains("examples");
    if (proposed)
        field["examples"] = Json::array({*value});
    field.erase("default");
}

// Tools propose the fields of every branch whose condition the text could still come to meet, and a
// condition about fields holds for what has none.
void sharpen(Json& condition) {
    const Json::json_pointer type("/properties/type/const");
    if (!condition.is_object() || !condition.contains(type) || !condition[type].is_string())
        return;
    const std::string name = condition[type].get<std::string>();
    condition["type"] = "object";
    condition["properties"]["type"]["type"] = "string";
    condition["properties"]["type"]["pattern"] = "^" + name + "$";
}

// Says of every type what it is; the schemas of the types are in `all` under their names with a
// prefix.
void describeTypes(Json& variants, const Json& all, const std::string& prefix) {
    const Json::json_pointer types("/properties/type/enum");
    if (!variants.contains(types) || !variants[types].is_array())
        return;
    Json words = Json::array();
    for (const Json& each : variants[types]) {
        const auto type = all.find(prefix + (each.is_string() ? each.get<std::string>() : ""));
        words.push_back(type == all.end() ? std::string() : documented(*type));
    }
    variants["properties"]["type"]["markdownEnumDescriptions"] = std::move(words);
}

// --- the walk
// --------------------------------------------------------------------------------------

class Adapter {
public:
    explicit Adapter(const std::string& file) : file_(file) {}

    // `read`: the engine reads it.
    void adapt(Json& schema, bool read) {
        if (schema.is_array())
            for (Json& each : schema)
                adapt(each, read);
        if (!schema.is_object())
            return;
        schema.erase("$schema");
        if (schema.contains("$ref") && schema["$ref"].is_string())
            schema["$ref"] = bundledReference(schema["$ref"].get<std::string>(), file_);
        document(schema);
        if (schema.contains("if"))
            sharpen(schema["if"]);
        closeVariants(schema);
        read = read && isEffective(schema);
        if (!read && hasKind(schema, "schema") && schema.contains("$ref")) {
            acceptAnySchema(schema);
            return dropOwnKeys(schema);
        }
        if (!read)
            acceptAnything(schema);
        const Json required = listAt(schema, "required");
        for (auto& [key, value] : schema.items())
            if (key == "properties")
                adaptFields(value, required, read);
            else if (!key.starts_with("x-") && key != "enum" && key != "examples")
                adapt(value, read);
        dropOwnKeys(schema);
    }

private:
    void adaptFields(Json& properties, const Json& required, bool read) {
        for (auto& [name, field] : properties.items()) {
            if (!field.is_object())
                continue;
            const bool own = field.contains("x-kind");
            if (own) {
                document(field);
                proposeDefault(field);
            }
            const bool ofStep = name == "type" && !hasKind(field, "choice");
            if (own && !ofStep && read && isEffective(field))
                acceptWhatRuns(field, holds(required, name));
            adapt(field, read);
        }
    }

    static void dropOwnKeys(Json& schema) {
        std::vector<std::string> own;
        for (const auto& [key, value] : schema.items())
            if (key.starts_with("x-"))
                own.push_back(key);
        for (const std::string& key : own)
            schema.erase(key);
    }

    const std::string& file_;
};

// Definitions that have the properties of another one beside them; groups of fields.
void completeDefinitions(Json& schema) {
    if (!schema.contains("$defs") || !schema["$defs"].is_object())
        return;
    Json& all = schema["$defs"];
    for (auto& [name, each] : all.items()) {
        const std::string source = textAt(each, "x-properties-of");
        if (!source.empty() && all.contains(source))
            each["properties"] = all[source]["properties"];
        if (hasKind(each, "group"))
            close(each);
    }
    if (schema.contains("items"))
        describeTypes(schema["items"], all, "");
}

}  // namespace

std::string definitionName(const std::string& file) {
    std::string name = file.substr(0, file.size() - std::string_view(".json").size());
    for (char& each : name)
        if (each == '/')
            each = '-';
    return name;
}

void adaptForPrint(Json& schema, const std::string& file) {
    completeDefinitions(schema);
    if (hasKind(schema, "group"))
        close(schema);
    if (hasKind(schema, "schema"))  // each field that refers to it has words of its own
        for (const char* const key : {"title", "description"})
            schema.erase(key);
    if (hasKind(schema, "group") || hasKind(schema, "schema"))
        addTypes(schema, {"null"});  // fields that refer to it may be left empty
    Adapter(file).adapt(schema, true);
}

void describeSteps(Json& step, const Json& definitions) {
    describeTypes(step, definitions, "steps-");
}

}  // namespace pe::format
