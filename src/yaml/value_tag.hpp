// SPDX-License-Identifier: MIT
// Tags: what `!!int "5"` and the like are for the engine.
#pragma once

#include <string>
#include <string_view>

#include "pe/base/result.hpp"
#include "pe/yaml/schema.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {

// True if a collection may carry the tag.
bool isCollectionTag(std::string_view tag, bool isMapping);
// The engine's sentence for a tag it does not know.
std::string unknownTagMessage(std::string_view tag);
bool isScalarTag(std::string_view tag);
// A scalar under a tag that isScalarTag; fails with the engine's sentence.
Result<Value> taggedScalar(std::string_view tag, const std::string& text, Schema schema);

}  // namespace pe::yaml
