// SPDX-License-Identifier: MIT
// URIs of files.
#pragma once

#include <string>
#include <string_view>

namespace pe::lsp {

// The path of a `file:` URI; empty for every other.
std::string pathOf(std::string_view uri);
// A path that is not absolute becomes a relative reference.
std::string uriOf(std::string_view path);

}  // namespace pe::lsp
