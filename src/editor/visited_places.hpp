// SPDX-License-Identifier: MIT
// VisitedPlaces: the places in a text that somebody jumped away from, for the way back and forth
// again. Bytes of the text as it was then.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace pe::editor {

class VisitedPlaces {
public:
    // Somebody goes from here to another place.
    void leave(std::size_t from) {
        if (!back_.empty() && back_.back() == from)
            return;
        if (back_.size() == kMost)
            back_.erase(back_.begin());
        back_.push_back(from);
        ahead_.clear();
    }
    // Where to go from here; nothing if there is no such place.
    std::optional<std::size_t> back(std::size_t from) { return step(back_, ahead_, from); }
    std::optional<std::size_t> forward(std::size_t from) { return step(ahead_, back_, from); }

private:
    static constexpr std::size_t kMost = 100;

    static std::optional<std::size_t> step(std::vector<std::size_t>& out,
                                           std::vector<std::size_t>& in, std::size_t from) {
        if (out.empty())
            return std::nullopt;
        const std::size_t to = out.back();
        out.pop_back();
        in.push_back(from);
        return to;
    }

    std::vector<std::size_t> back_;
    std::vector<std::size_t> ahead_;
};

}  // namespace pe::editor
