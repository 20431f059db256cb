// SPDX-License-Identifier: MIT
// JSON Pointers (RFC 6901) into a Forest. They address what the engine reads: the last document,
// and of two equal keys the first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::yaml {

// Splits and unescapes; "" is the empty list. Fails on a text that is no pointer.
Result<std::vector<std::string>> parsePointer(std::string_view pointer);
std::string escapePointerToken(std::string_view token);

// The document that pointers start from: the last of the stream, kNoNode if there is none.
NodeRef rootDocument(const Forest& forest);
// The node at a pointer; NotFound names the first token that leads nowhere.
Result<NodeRef> resolve(const Forest& forest, std::string_view pointer);
// Resolves one token below a collection; kNoNode if there is none.
NodeRef child(const Forest& forest, NodeRef collection, std::string_view token);
// The pointer of a node ("" for a document).
std::string pointerTo(const Forest& forest, NodeRef node);

}  // namespace pe::yaml
