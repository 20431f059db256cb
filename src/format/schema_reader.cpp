// SPDX-License-Identifier: MIT
#include "schema_reader.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

namespace pe::format {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kMaxDepth = 12;

constexpr std::array kKinds = {
    std::pair{"text", FieldKind::Text},
    std::pair{"long_text", FieldKind::LongText},
    std::pair{"integer", FieldKind::Integer},
    std::pair{"number", FieldKind::Number},
    std::pair{"boolean", FieldKind::Boolean},
    std::pair{"choice", FieldKind::Choice},
    std::pair{"text_list", FieldKind::TextList},
    std::pair{"prompt", FieldKind::Prompt},
    std::pair{"condition", FieldKind::Condition},
    std::pair{"step_reference", FieldKind::StepReference},
    std::pair{"file_path", FieldKind::FilePath},
    std::pair{"step_list", FieldKind::StepList},
    std::pair{"case_map", FieldKind::CaseMap},
    std::pair{"task_list", FieldKind::TaskList},
    std::pair{"pipeline", FieldKind::Pipeline},
    std::pair{"group", FieldKind::Group},
    std::pair{"group_list", FieldKind::GroupList},
    std::pair{"map", FieldKind::Map},
    std::pair{"schema", FieldKind::Schema},
    std::pair{"schema_map", FieldKind::SchemaMap},
    std::pair{"schema_list", FieldKind::SchemaList},
    std::pair{"any", FieldKind::Any},
};

std::string textAt(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

int orderOf(const Json& schema) {
    const auto found = schema.find("x-order");
    return found != schema.end() && found->is_number_integer() ? found->get<int>() : 1 << 20;
}

// The default as a person would type it.
std::string defaultOf(const Json& schema) {
    if (std::string text = textAt(schema, "x-default"); !text.empty())
        return text;
    const auto found = schema.find("default");
    if (found == schema.end())
        return {};
    if (found->is_string())
        return found->get<std::string>();
    if (!found->is_array())
        return found->dump();
    std::string joined;
    for (const Json& each : *found) {
        if (!joined.empty())
            joined += ", ";
        joined += each.is_string() ? each.get<std::string>() : each.dump();
    }
    return joined;
}

std::vector<std::string> wordsAt(const Json& schema, const char* key) {
    std::vector<std::string> words;
    const auto found = schema.find(key);
    if (found != schema.end() && found->is_array())
        for (const Json& each : *found)
            if (each.is_string())
                words.push_back(each.get<std::string>());
    return words;
}

std::vector<std::string> choicesOf(const Json& schema) {
    for (const Json* where : {&schema, schema.contains("items") ? &schema["items"] : nullptr}) {
        if (where == nullptr || !where->is_object())
            continue;
        for (const char* key : {"enum", "examples"})
            if (where->contains(key) && where->at(key).is_array())
                return wordsAt(*where, key);
    }
    return {};
}

// True if nothing is said.
bool isTrue(const Json& schema, const char* key) {
    const auto found = schema.find(key);
    return found == schema.end() || *found != Json(false);
}

std::optional<double> numberAt(const Json& schema, const char* key) {
    const auto found = schema.find(key);
    if (found == schema.end() || !found->is_number())
        return std::nullopt;
    return found->get<double>();
}

bool isRequired(const Json& object, const std::string& key) {
    const auto required = object.find("required");
    return required != object.end() && required->is_array() &&
           std::find(required->begin(), required->end(), Json(key)) != required->end();
}

// A key of each entry: the properties of the object schema itself, or of the object among
// alternatives.
const Json* objectSchema(const Json& schema) {
    if (schema.contains("properties"))
        return &schema;
    const auto alternatives = schema.find("anyOf");
    if (alternatives == schema.end())
        return nullptr;
    for (const Json& each : *alternatives)
        if (each.is_object() && each.contains("properties"))
            return &each;
    return nullptr;
}

bool nests(const StepType& type) {
    return std::any_of(type.fields.begin(), type.fields.end(), [](const FieldSpec& field) {
        return field.required &&
               (field.kind == FieldKind::StepList || field.kind == FieldKind::CaseMap ||
                field.kind == FieldKind::TaskList);
    });
}

ResultKind resultKindOf(const Json& field, const char* key) {
    constexpr std::array kResultKinds = {
        std::pair{"string", ResultKind::Text},  std::pair{"number", ResultKind::Number},
        std::pair{"boolean", ResultKind::Flag}, std::pair{"object", ResultKind::Mapping},
        std::pair{"array", ResultKind::List},
    };
    const std::string type = textAt(field, key);
    if (type == "array" && textAt(field, "items") == "object")
        return ResultKind::MappingList;
    for (const auto& [name, kind] : kResultKinds)
        if (type == name)
            return kind;
    return ResultKind::Any;
}

// `null` among the values: it may not be there.
ResultField resultOf(const Json& schema) {
    ResultField result{textAt(schema, "path"), textAt(schema, "description"),
                       resultKindOf(schema, "type"), wordsAt(schema, "operations")};
    result.field = textAt(schema, "field");
    result.items = resultKindOf(schema, "items");
    result.keys = wordsAt(schema, "keys");
    const auto values = schema.find("enum");
    if (values == schema.end() || !values->is_array())
        return result;
    for (const Json& each : *values)
        if (!each.is_null())
            result.values.push_back(each.is_string() ? each.get<std::string>() : each.dump());
    result.mayLack = std::find(values->begin(), values->end(), Json()) != values->end();
    return result;
}

std::vector<ResultField> resultsOf(const Json& schema) {
    std::vector<ResultField> results;
    const auto found = schema.find("x-results");
    if (found == schema.end() || !found->is_array())
        return results;
    for (const Json& each : *found)
        if (each.is_object() && !textAt(each, "path").empty())
            results.push_back(resultOf(each));
    return results;
}

tl::unexpected<Error> schemaError(const std::string& file, const std::string& path,
                                  std::string what) {
    return fail(ErrorCode::Corrupt, "The schema " + file + " cannot be used: " + std::move(what),
                file + "#" + path);
}

}  // namespace

Result<void> SchemaReader::parseFiles() {
    for (const SchemaFile& each : files_) {
        try {
            parsed_[each.name] = Json::parse(each.bytes);
        } catch (const Json::exception& problem) {
            return schemaError(each.name, "", std::string("it is no JSON: ") + problem.what());
        }
        if (!parsed_[each.name].is_object())
            return schemaError(each.name, "", "it is no JSON object.");
    }
    return {};
}

Result<const SchemaReader::Json*> SchemaReader::file(const std::string& name) const {
    const auto found = parsed_.find(name);
    if (found == parsed_.end())
        return fail(ErrorCode::NotFound, "The schema " + name + " is missing.", name);
    return &found->second;
}

Result<const SchemaReader::Json*> SchemaReader::follow(const std::string& reference,
                                                       const Place& from, Place& to) const {
    const std::size_t hash = reference.find('#');
    const std::string relative = reference.substr(0, hash);
    to.path = hash == std::string::npos ? "" : reference.substr(hash + 1);
    to.file = relative.empty() ? from.file
                               : (std::filesystem::path(from.file).parent_path() / relative)
                                     .lexically_normal()
                                     .string();
    const auto found = parsed_.find(to.file);
    if (found == parsed_.end())
        return schemaError(from.file, from.path, reference + " leads to no file.");
    try {
        return &found->second.at(Json::json_pointer(to.path));
    } catch (const Json::exception&) {
        return schemaError(from.file, from.path, reference + " leads nowhere.");
    }
}

Result<std::vector<FieldSpec>> SchemaReader::nestedFields(const FieldSpec& spec, const Json& schema,
                                                          const Place& place, int depth) {
    const Json* inner = &schema;
    Place at = place;
    if (spec.kind == FieldKind::GroupList || spec.kind == FieldKind::TaskList) {
        if (schema.contains("items"))
            inner = &schema["items"];
    } else if (spec.kind == FieldKind::Map) {
        if (schema.contains("additionalProperties"))
            inner = &schema["additionalProperties"];
    } else if (spec.kind != FieldKind::Group) {
        return std::vector<FieldSpec>();
    }
    if (const std::string reference = textAt(*inner, "$ref"); !reference.empty()) {
        PE_TRY_ASSIGN(inner, follow(reference, place, at));
    }
    const Json* object = inner->is_object() ? objectSchema(*inner) : nullptr;
    if (object == nullptr)
        return std::vector<FieldSpec>();
    return fields(*object, at, depth + 1);
}

Result<FieldSpec> SchemaReader::field(const std::string& key, const Json& schema,
                                      const Place& place, int depth) {
    if (!schema.is_object())
        return schemaError(place.file, place.path, "a field is no object.");
    FieldSpec spec;
    spec.key = key;
    spec.title = textAt(schema, "title");
    spec.documentation = textAt(schema, "description");
    spec.engineNote = textAt(schema, "x-engine");
    spec.group = textAt(schema, "x-group");
    spec.defaultText = defaultOf(schema);
    spec.alsoTaken = wordsAt(schema, "x-also");
    spec.choices = choicesOf(schema);
    spec.closed = schema.contains("enum");
    spec.minimum = numberAt(schema, "minimum");
    spec.maximum = numberAt(schema, "maximum");
    spec.effective = isTrue(schema, "x-effective");
    const std::string kind = textAt(schema, "x-kind");
    const auto known = std::find_if(kKinds.begin(), kKinds.end(),
                                    [&](const auto& each) { return kind == each.first; });
    if (known == kKinds.end())
        return schemaError(
            place.file, place.path,
            kind.empty() ? "the field has no x-kind." : "x-kind " + kind + " is unknown.");
    spec.kind = known->second;
    spec.list = spec.kind == FieldKind::Any && textAt(schema, "type") == "array";
    PE_TRY_ASSIGN(spec.fields, nestedFields(spec, schema, place, depth));
    return spec;
}

Result<std::vector<FieldSpec>> SchemaReader::fields(const Json& object, const Place& place,
                                                    int depth) {
    if (depth > kMaxDepth)
        return schemaError(place.file, place.path, "it nests too deep, or refers to itself.");
    std::vector<std::pair<int, FieldSpec>> ordered;
    const auto properties = object.find("properties");
    if (properties != object.end()) {
        for (const auto& [key, schema] : properties->items()) {
            if (schema.is_object() && schema.contains("const"))
                continue;
            const Place inner{place.file, place.path + "/properties/" + key};
            PE_TRY_ASSIGN(FieldSpec spec, field(key, schema, inner, depth));
            spec.required = isRequired(object, key);
            ordered.emplace_back(orderOf(schema), std::move(spec));
        }
    }
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<FieldSpec> result;
    result.reserve(ordered.size());
    for (auto& each : ordered)
        result.push_back(std::move(each.second));
    return result;
}

Result<StepType> SchemaReader::stepType(const std::string& name, const Json& schema) {
    StepType type;
    type.id = std::filesystem::path(name).stem().string();
    type.title = textAt(schema, "title");
    type.category = textAt(schema, "x-category");
    type.documentation = textAt(schema, "description");
    type.engineNote = textAt(schema, "x-engine");
    type.icon = textAt(schema, "x-icon");
    type.color = textAt(schema, "x-color");
    type.darkColor = textAt(schema, "x-color-dark");
    type.loadable = isTrue(schema, "x-loadable");
    type.inLoops = isTrue(schema, "x-in-loops");
    if (type.title.empty() || type.category.empty())
        return schemaError(name, "", "a step type needs a title and an x-category.");
    if (!schema.contains("x-skeleton") || !schema["x-skeleton"].is_object())
        return schemaError(name, "", "a step type needs an x-skeleton.");
    type.skeleton = schema["x-skeleton"].dump();
    PE_TRY_ASSIGN(type.fields, fields(schema, Place{name, ""}, 0));
    type.results = resultsOf(schema);
    type.nests = nests(type);
    return type;
}

Result<std::vector<FieldSpec>> SchemaReader::promptParts() {
    const std::string name = "prompt-parts.json";
    PE_TRY_ASSIGN(const Json* schema, file(name));
    if (!schema->contains("$defs"))
        return schemaError(name, "", "it has no $defs.");
    std::vector<FieldSpec> parts;
    for (const auto& [key, part] : (*schema)["$defs"].items()) {
        FieldSpec spec;
        spec.key = key;
        spec.title = textAt(part, "title");
        spec.documentation = textAt(part, "description");
        spec.engineNote = textAt(part, "x-engine");
        spec.kind = FieldKind::Group;
        spec.effective = isTrue(part, "x-effective");
        PE_TRY_ASSIGN(spec.fields, fields(part, Place{name, "/$defs/" + key}, 0));
        parts.push_back(std::move(spec));
    }
    return parts;
}

Result<Catalogue> SchemaReader::read() {
    PE_TRY(parseFiles());
    Catalogue catalogue;
    std::vector<std::pair<int, StepType>> types;
    for (const auto& [name, schema] : parsed_) {
        if (name.rfind("steps/", 0) != 0)
            continue;
        PE_TRY_ASSIGN(StepType type, stepType(name, schema));
        types.emplace_back(orderOf(schema), std::move(type));
    }
    if (types.empty())
        return fail(ErrorCode::NotFound, "There is no schema of any step type.", "steps/");
    std::stable_sort(types.begin(), types.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& each : types) {
        catalogue.byId_[each.second.id] = catalogue.stepTypes_.size();
        catalogue.stepTypes_.push_back(std::move(each.second));
    }
    PE_TRY_ASSIGN(const Json* common, file("common.json"));
    PE_TRY_ASSIGN(catalogue.commonFields_, fields(*common, Place{"common.json", ""}, 0));
    Place at;
    PE_TRY_ASSIGN(const Json* workflow, follow("#/$defs/workflow", Place{"workflow.json", ""}, at));
    PE_TRY_ASSIGN(catalogue.workflowFields_, fields(*workflow, at, 0));
    PE_TRY_ASSIGN(catalogue.promptParts_, promptParts());
    PE_TRY_ASSIGN(const Json* keywords, file("output-schema.json"));
    PE_TRY_ASSIGN(catalogue.schemaKeywords_, fields(*keywords, Place{"output-schema.json", ""}, 0));
    return catalogue;
}

}  // namespace pe::format
