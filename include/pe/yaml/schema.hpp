// SPDX-License-Identifier: MIT
// Schema: how the unquoted scalars of a document are read. The engine's reader follows YAML 1.2
// unless the document begins with `%YAML 1.1`; then `yes` is true, 010 is 8 and 1:30 is 90.
#pragma once

#include <cstdint>
#include <string_view>

#include "pe/yaml/forest.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {

enum class Schema : std::uint8_t { Core, Yaml11 };

// Of the document that holds the node; of the stream: of its last document.
Schema schemaOf(const Forest& forest, NodeRef node);

Value resolvePlain(std::string_view text, Schema schema);
// What it is by the core schema, without building the value.
Value::Kind plainKind(std::string_view text);

// Whether the two schemas can read the text differently; costs one look at its first character for
// nearly every text.
bool dependsOnSchema(std::string_view text);

}  // namespace pe::yaml
