// SPDX-License-Identifier: MIT
// What a pipeline can be found by: a pure function of its text.
#pragma once

#include <string>

#include "pe/storage/search_index.hpp"

namespace pe::workspace {

// `path` may be empty, `title` is what lists show. Text that does not parse gives what parses.
storage::SearchTexts searchTexts(const std::string& text, const std::string& path,
                                 const std::string& title);

}  // namespace pe::workspace
