// SPDX-License-Identifier: MIT
#include "pe/format/schemas.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "embedded_files.hpp"

namespace pe::format {
namespace {

using Json = nlohmann::ordered_json;

// "steps/claude.json" -> "steps-claude": a name that needs no escaping in a reference.
std::string definitionName(const std::string& file) {
    std::string name = file.substr(0, file.size() - std::string_view(".json").size());
    for (char& each : name)
        if (each == '/')
            each = '-';
    return name;
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

// Points references into the bundle and adds what the engine does to the descriptions.
void adapt(Json& schema, const std::string& file) {
    if (schema.is_array()) {
        for (Json& each : schema)
            adapt(each, file);
        return;
    }
    if (!schema.is_object())
        return;
    schema.erase("$schema");
    if (schema.contains("$ref") && schema["$ref"].is_string())
        schema["$ref"] = bundledReference(schema["$ref"].get<std::string>(), file);
    if (schema.contains("x-engine") && schema.contains("description"))
        schema["markdownDescription"] = schema["description"].get<std::string>() +
                                        "\n\n*Engine:* " + schema["x-engine"].get<std::string>();
    for (auto& [key, value] : schema.items())
        if (key != "x-skeleton")
            adapt(value, file);
}

}  // namespace

const std::vector<SchemaFile>& builtInSchemas() {
    static const std::vector<SchemaFile> files = embeddedSchemas();
    return files;
}

Result<std::string> bundledSchema(std::string_view stepType) {
    return bundledSchema(builtInSchemas(), stepType);
}

Result<std::string> bundledSchema(const std::vector<SchemaFile>& files, std::string_view stepType) {
    const std::string wanted =
        stepType.empty() ? "workflow.json" : "steps/" + std::string(stepType) + ".json";
    Json bundle;
    bundle["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    bool found = false;
    Json definitions = Json::object();
    for (const SchemaFile& each : files) {
        Json schema = Json::parse(each.bytes, nullptr, false);
        if (!schema.is_object())
            return fail(ErrorCode::Corrupt, "The schema " + each.name + " is no JSON object.",
                        each.name);
        if (each.name == wanted) {
            found = true;
            for (const char* key : {"title", "description"})
                if (schema.contains(key))
                    bundle[key] = schema[key];
        }
        adapt(schema, each.name);
        definitions[definitionName(each.name)] = std::move(schema);
    }
    if (!found)
        return fail(ErrorCode::NotFound,
                    "There is no step type " + std::string(stepType) +
                        ". The schema of the whole format lists the types.",
                    std::string(stepType));
    bundle["$ref"] = "#/$defs/" + definitionName(wanted);
    bundle["$defs"] = std::move(definitions);
    return bundle.dump(2) + "\n";
}

}  // namespace pe::format
