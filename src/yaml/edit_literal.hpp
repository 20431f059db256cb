// SPDX-License-Identifier: MIT
// New text in an existing block scalar: lines that stay keep their bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pe/yaml/forest.hpp"
#include "pe/yaml/scalar.hpp"

namespace pe::yaml {

struct BlockText {
    std::string indicators;  // `|2-`, without what follows on the header's line
    std::string raw;
    int offset = 0;
};

// The block scalar `lexeme` with `text` in it, as a literal; nothing if no literal can hold the
// text. `endsFile` says that no byte follows it: then it may end without a line break, as it did.
std::optional<BlockText> rewriteBlock(const Lexeme& lexeme, std::string_view text,
                                      const ScalarPlace& place, bool endsFile);

// The indicators of a header, and what follows them.
std::string_view headerIndicators(std::string_view open);

}  // namespace pe::yaml
