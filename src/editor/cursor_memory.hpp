// SPDX-License-Identifier: MIT
// CursorMemory: where the cursor stood before and after what was typed, so that undo and redo put
// it back there. A patch alone does not tell: of two equal lines, either may be the new one.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>

#include "pe/document/change_set.hpp"

namespace pe::editor {

class CursorMemory {
public:
    // A cursor in a text of so many bytes, and the other end of the selection.
    struct Place {
        std::size_t size = 0;
        std::size_t cursor = 0;
        std::size_t anchor = 0;
    };

    // At a byte of both texts.
    void typed(std::size_t offset, Place before, Place after);
    // The place in the text of `size` bytes that a step back (else: forth) has given by `patch`.
    std::optional<Place> placeAfter(const document::TextPatch& patch, std::size_t size,
                                    bool back) const;

private:
    struct Typed {
        std::size_t offset = 0;
        Place before;
        Place after;
    };
    std::deque<Typed> typed_;
};

}  // namespace pe::editor
