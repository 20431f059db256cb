// SPDX-License-Identifier: MIT
// JSON of the protocol. Reading never throws: what is missing or of the wrong kind is reported as
// invalid parameters.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "open_file.hpp"
#include "pe/base/result.hpp"
#include "pe/language/text_edit.hpp"

namespace pe::lsp {

using Json = nlohmann::ordered_json;

// A member of an object; null where it is absent or `object` is none.
const Json& member(const Json& object, const char* key);
Result<std::string> textMember(const Json& object, const char* key);
std::optional<std::size_t> sizeOf(const Json& number);
Result<Position> positionOf(const Json& json);

Json toJson(Position position);
Json toJson(const Positions& positions, yaml::Span span);
Json toJson(const Positions& positions, const std::vector<language::TextEdit>& edits);
Json markdown(const std::string& text);

// The message with U+FFFD for every escape of half a surrogate pair: clients send what their users
// type, and the JSON library refuses such a message as a whole.
std::string withoutHalfPairs(std::string message);

// One line, whatever bytes are in it: invalid UTF-8 is replaced.
std::string dumped(const Json& json);

}  // namespace pe::lsp
