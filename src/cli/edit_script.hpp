// SPDX-License-Identifier: MIT
// Edit scripts: the JSON form of edits, turned into commands of a document one after the other.
#pragma once

#include <string>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/document/document.hpp"
#include "pe/yaml/value.hpp"

namespace pe::cli {

// `text` of --set for the place it goes to: a text field takes it as it stands; a number, a
// boolean, null, a collection or a new field takes JSON where it is JSON.
Result<void> setFromText(document::Document& document, const std::string& pointer,
                         const std::string& text);

// Runs a script; the first edit that is not possible ends it with an error that names its number.
Result<void> runScript(document::Document& document, const yaml::Value& script);

}  // namespace pe::cli
