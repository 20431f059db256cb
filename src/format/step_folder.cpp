// SPDX-License-Identifier: MIT
#include "pe/format/step_folder.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "pe/format/schemas.hpp"

namespace pe::format {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kEnding = ".json";
constexpr std::size_t kMaxTypes = 1000;

bool isSchemaName(const std::string& name) {
    return name.size() > kEnding.size() && name.ends_with(kEnding) && name.front() != '.';
}

// `if the type is this, then the fields of its file`, as in step.json.
Json choiceOf(const std::string& type) {
    Json choice;
    choice["if"] = {{"required", Json::array({"type"})},
                    {"properties", {{"type", {{"const", type}}}}}};
    choice["then"] = {{"$ref", "steps/" + type + ".json"}};
    return choice;
}

// Lets step.json know the type.
void announce(Json& step, const std::string& type, const Json& schema) {
    Json& known = step["properties"]["type"];
    known["enum"].push_back(type);
    known["x-descriptions"][type] = schema.value("description", "");
    step["allOf"].push_back(choiceOf(type));
}

Result<std::string> readOne(const std::string& path, const FolderReader& reader) {
    auto bytes = reader.read(path);
    if (!bytes)
        return fail(bytes.error().code, "The step type cannot be read: " + bytes.error().message,
                    path);
    return bytes;
}

}  // namespace

Result<std::vector<SchemaFile>> schemasWith(const std::vector<SchemaFile>& types) {
    std::vector<SchemaFile> files = builtInSchemas();
    if (types.empty())
        return files;
    const auto step = std::find_if(files.begin(), files.end(),
                                   [](const SchemaFile& each) { return each.name == "step.json"; });
    if (step == files.end())
        return fail(ErrorCode::Internal, "The schema of a step is missing.");
    const std::size_t stepAt = static_cast<std::size_t>(step - files.begin());
    Json stepSchema = Json::parse(step->bytes);
    for (const SchemaFile& each : types) {
        const Json schema = Json::parse(each.bytes, nullptr, false);
        if (!schema.is_object())
            return fail(ErrorCode::Corrupt, "The step type is no JSON object.", each.name);
        const std::string name = "steps/" + each.name;
        if (std::any_of(files.begin(), files.end(),
                        [&](const SchemaFile& known) { return known.name == name; }))
            return fail(ErrorCode::Conflict,
                        "There is a step type of this name already; give the file another name.",
                        each.name);
        announce(stepSchema, each.name.substr(0, each.name.size() - kEnding.size()), schema);
        files.push_back({name, each.bytes});
    }
    files[stepAt].bytes = stepSchema.dump(2);
    std::sort(files.begin(), files.end(),
              [](const SchemaFile& a, const SchemaFile& b) { return a.name < b.name; });
    return files;
}

Result<std::vector<SchemaFile>> readStepFolder(const std::string& folder,
                                               const FolderReader& reader) {
    PE_TRY_ASSIGN(const std::vector<std::string> names, reader.list(folder));
    std::vector<SchemaFile> files;
    for (const std::string& name : names) {
        if (!isSchemaName(name))
            continue;
        if (files.size() == kMaxTypes)
            return fail(ErrorCode::LimitExceeded,
                        "More than " + std::to_string(kMaxTypes) + " step types in one folder.",
                        folder);
        PE_TRY_ASSIGN(std::string bytes,
                      readOne((std::filesystem::path(folder) / name).string(), reader));
        files.push_back({name, std::move(bytes)});
    }
    return files;
}

std::string stepFolderFor(const std::string& pipelineFile, const FolderReader& reader) {
    if (pipelineFile.empty())
        return {};
    std::filesystem::path at = std::filesystem::path(pipelineFile).lexically_normal().parent_path();
    for (;; at = at.parent_path()) {
        const std::string folder = (at / kStepFolder).string();
        if (reader.list(folder))
            return folder;
        if (at.empty() || at == at.parent_path())
            return {};
    }
}

Result<std::vector<SchemaFile>> schemasFor(const std::string& pipelineFile,
                                           const std::string& folder, const FolderReader& reader) {
    const std::string used = folder.empty() ? stepFolderFor(pipelineFile, reader) : folder;
    if (used.empty())
        return builtInSchemas();
    PE_TRY_ASSIGN(const std::vector<SchemaFile> types, readStepFolder(used, reader));
    return schemasWith(types);
}

Result<Catalogue> catalogueFor(const std::string& pipelineFile, const std::string& folder,
                               const FolderReader& reader) {
    PE_TRY_ASSIGN(const std::vector<SchemaFile> files, schemasFor(pipelineFile, folder, reader));
    return Catalogue::load(files);
}

const StepType* teamType(const Catalogue& catalogue, std::string_view type) {
    const Catalogue& builtIn = Catalogue::builtIn();
    if (&catalogue == &builtIn || builtIn.find(type) != nullptr)
        return nullptr;
    return catalogue.find(type);
}

}  // namespace pe::format
