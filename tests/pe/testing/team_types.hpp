// SPDX-License-Identifier: MIT
// A catalogue with a step type that a team has described: `deploy`, with every kind of field that
// can name a step, at the step and in groups.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "pe/format/step_folder.hpp"

namespace pe::testing {

inline const std::string kTeamTypeHead = R"({
  "title": "Deploy", "description": "Puts a build on a server.", "type": "object",
  "allOf": [{"$ref": "../common.json"}],
  "required": ["server"],
  "properties": {
    "type": {"const": "deploy"},
)";

inline const std::string& teamTypeSchema() {
    static const std::string kSchema =
        kTeamTypeHead + R"(    "server": {"title": "Server", "type": "string", "x-kind": "text"},
    "build": {"title": "Build", "type": "string", "x-kind": "step_reference"},
    "only_if": {"title": "Only if", "x-kind": "condition"},
    "notes": {"title": "Notes", "type": "array", "x-kind": "prompt"},
    "target": {"title": "Target", "type": "object", "x-kind": "group", "properties": {
      "after": {"title": "After", "type": "string", "x-kind": "step_reference"},
      "label": {"title": "Label", "type": "string", "x-kind": "text"}}},
    "checks": {"title": "Checks", "type": "array", "x-kind": "group_list", "items": {
      "type": "object", "properties": {
        "step": {"title": "Step", "type": "string", "x-kind": "step_reference"},
        "holds": {"title": "Holds", "x-kind": "condition"}}}},
    "regions": {"title": "Regions", "type": "object", "x-kind": "map", "additionalProperties": {
      "type": "object", "properties": {
        "from": {"title": "From", "type": "string", "x-kind": "step_reference"}}}}
  },
  "x-category": "Team", "x-skeleton": {"type": "deploy", "server": "blue"}
})";
    return kSchema;
}

// The same step type, as short as a team would write it.
inline const std::string& shortTeamTypeSchema() {
    static const std::string kSchema =
        kTeamTypeHead +
        R"(    "server": {"title": "Server", "description": "Where to.", "type": "string",
               "x-kind": "choice", "enum": ["blue", "green"]}
  },
  "x-category": "Team", "x-skeleton": {"type": "deploy", "server": "blue"},
  "x-results": [{"path": "url", "description": "Where it runs."}]
})";
    return kSchema;
}

inline const format::Catalogue& teamCatalogue() {
    static const Result<format::Catalogue> kCatalogue = [] {
        auto files = format::schemasWith({{"deploy.json", teamTypeSchema()}});
        return files ? format::Catalogue::load(*files)
                     : Result<format::Catalogue>(tl::unexpected(files.error()));
    }();
    EXPECT_TRUE(kCatalogue) << (kCatalogue ? "" : kCatalogue.error().message);
    return *kCatalogue;
}

}  // namespace pe::testing
