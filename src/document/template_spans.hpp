// SPDX-License-Identifier: MIT
// The templates `{{...}}` of a text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pe::document {

struct TemplateSpan {
    std::size_t begin = 0;   // of the opening braces
    std::size_t end = 0;     // behind the closing ones
    std::string expression;  // between them, without blanks around
};

std::vector<TemplateSpan> templatesIn(std::string_view text);

}  // namespace pe::document
