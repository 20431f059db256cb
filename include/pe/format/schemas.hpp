// SPDX-License-Identifier: MIT
// The JSON Schemas of the format as files, and bundled into one for editors that read JSON Schema.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/format/catalogue.hpp"

namespace pe::format {

// The files of schemas/ compiled into the program, sorted by name.
const std::vector<SchemaFile>& builtInSchemas();

// One self-contained schema (2020-12, indented by two) in which every reference points into itself:
// of a whole file, or of one step if `stepType` is not empty. Descriptions carry what the engine
// really does. NotFound for an unknown step type.
Result<std::string> bundledSchema(std::string_view stepType = {});
// The same of other files than those compiled in, for example with a team's step types.
Result<std::string> bundledSchema(const std::vector<SchemaFile>& files,
                                  std::string_view stepType = {});

}  // namespace pe::format
