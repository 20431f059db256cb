// SPDX-License-Identifier: MIT
#include "pe/format/schemas.hpp"

#include <nlohmann/json.hpp>

#include "embedded_files.hpp"
#include "printed_schema.hpp"

namespace pe::format {
namespace {

using Json = nlohmann::ordered_json;

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
    Json definitions = Json::object();
    for (const SchemaFile& each : files) {
        Json schema = Json::parse(each.bytes, nullptr, false);
        if (!schema.is_object())
            return fail(ErrorCode::Corrupt, "The schema " + each.name + " is no JSON object.",
                        each.name);
        definitions[definitionName(each.name)] = std::move(schema);
    }
    if (!definitions.contains(definitionName(wanted)))
        return fail(ErrorCode::NotFound,
                    "There is no step type " + std::string(stepType) +
                        ". The schema of the whole format lists the types.",
                    std::string(stepType));
    Json bundle;
    bundle["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    for (const char* key : {"title", "description"})
        if (const Json& top = definitions[definitionName(wanted)]; top.contains(key))
            bundle[key] = top[key];
    if (definitions.contains("step"))
        describeSteps(definitions["step"], definitions);
    for (const SchemaFile& each : files)
        adaptForPrint(definitions[definitionName(each.name)], each.name);
    bundle["$ref"] = "#/$defs/" + definitionName(wanted);
    bundle["$defs"] = std::move(definitions);
    return bundle.dump(2) + "\n";
}

}  // namespace pe::format
