// SPDX-License-Identifier: MIT
#include "cursor_memory.hpp"

#include <algorithm>

namespace pe::editor {
namespace {

constexpr std::size_t kMost = 2000;

}  // namespace

void CursorMemory::typed(std::size_t offset, Place before, Place after) {
    if (typed_.size() == kMost)
        typed_.pop_front();
    typed_.push_back({offset, before, after});
}

std::optional<CursorMemory::Place> CursorMemory::placeAfter(const document::TextPatch& patch,
                                                            std::size_t size, bool back) const {
    const std::size_t reach = patch.removed + patch.inserted.size();
    const auto found = std::find_if(typed_.rbegin(), typed_.rend(), [&](const Typed& each) {
        const Place& place = back ? each.before : each.after;
        return place.size == size && each.offset + reach >= patch.offset &&
               each.offset <= patch.offset + reach;
    });
    if (found == typed_.rend())
        return std::nullopt;
    return back ? found->before : found->after;
}

}  // namespace pe::editor
