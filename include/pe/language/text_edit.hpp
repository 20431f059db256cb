// SPDX-License-Identifier: MIT
// TextEdit: bytes of a text and what takes their place. A list of them is made against one and the
// same text, sorted and without overlap, as previews and the Language Server Protocol want it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pe/document/change_set.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::language {

struct TextEdit {
    yaml::Span span;
    std::string text;
    bool operator==(const TextEdit&) const = default;
};

// What patches that follow one another (offsets of each count in the text after those before it)
// change in the first text.
std::vector<TextEdit> editsOf(std::string_view text,
                              const std::vector<document::TextPatch>& patches);
std::string applied(std::string_view text, const std::vector<TextEdit>& edits);

}  // namespace pe::language
