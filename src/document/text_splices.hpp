// SPDX-License-Identifier: MIT
// The smallest splices that turn one text into another: line by line first, then character by
// character inside what differs, so that two changed lines do not drag along what stands between
// them.
#pragma once

#include <cstdint>
#include <vector>

#include "block_text.hpp"

namespace pe::document {

struct ElementSplice {
    std::uint32_t position = 0;  // in the text as the splices before it left it
    std::uint32_t removed = 0;
    Elements inserted;
};

std::vector<ElementSplice> splicesBetween(const Elements& from, const Elements& to);

}  // namespace pe::document
