// SPDX-License-Identifier: MIT
// PrintedSchema: a file of schemas/ as the schema tools of other editors take it best. They know
// only what JSON Schema says and show whatever it refuses as an error; so what is printed refuses
// only what `pipeline check` warns of. Pure functions.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace pe::format {

// "steps/claude.json" -> "steps-claude": a name that needs no escaping in a reference.
std::string definitionName(const std::string& file);

// Of the file with this name: its references lead to definitions of the bundle, and none of our own
// keys is left.
void adaptForPrint(nlohmann::ordered_json& schema, const std::string& file);

// Before that, of step.json: says of every type what it is. `definitions`: all files, by their
// names in the bundle.
void describeSteps(nlohmann::ordered_json& step, const nlohmann::ordered_json& definitions);

}  // namespace pe::format
