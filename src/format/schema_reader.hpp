// SPDX-License-Identifier: MIT
// SchemaReader: from JSON Schema files with `x-` annotations to a Catalogue. One use per reader.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/format/catalogue.hpp"

namespace pe::format {

class SchemaReader {
public:
    explicit SchemaReader(const std::vector<SchemaFile>& files) : files_(files) {}
    Result<Catalogue> read();

private:
    using Json = nlohmann::ordered_json;
    // Where a schema stands: relative references start from its file.
    struct Place {
        std::string file;
        std::string path;  // inside the file, for messages
    };

    Result<void> parseFiles();
    Result<const Json*> file(const std::string& name) const;
    Result<const Json*> follow(const std::string& reference, const Place& from, Place& to) const;
    Result<StepType> stepType(const std::string& name, const Json& schema);
    Result<std::vector<FieldSpec>> fields(const Json& object, const Place& place, int depth);
    Result<FieldSpec> field(const std::string& key, const Json& schema, const Place& place,
                            int depth);
    Result<std::vector<FieldSpec>> nestedFields(const FieldSpec& spec, const Json& schema,
                                                const Place& place, int depth);
    Result<std::vector<FieldSpec>> promptParts();

    const std::vector<SchemaFile>& files_;
    std::map<std::string, Json> parsed_;
};

}  // namespace pe::format
