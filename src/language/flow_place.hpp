// SPDX-License-Identifier: MIT
// FlowScan: where between the brackets of a flow collection a byte stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "place.hpp"

namespace pe::language {

class FlowScan {
public:
    // From the opening bracket at `begin` up to `offset`.
    FlowScan(std::string_view text, std::size_t begin, std::size_t offset);

    bool inside() const { return !frames_.empty(); }
    // Completes a place whose path ends at the entry that holds the collection.
    void describe(Place& place) const;

private:
    struct Frame {
        bool mapping = false;
        bool value = false;     // behind a colon
        std::size_t entry = 0;  // where the item or key may begin
        std::size_t begin = 0;  // of the item, key or value
        std::string key;
        std::vector<KeyLine> keys;
    };

    void scan(std::size_t at);
    std::size_t take(std::size_t at);
    void closeEntry(std::size_t at);
    std::string_view token(const Frame& frame, std::size_t end) const;
    std::size_t pastSpace(std::size_t at, std::size_t end) const;

    std::string_view text_;
    std::size_t offset_;
    std::size_t openQuote_ = std::string_view::npos;
    std::vector<Frame> frames_;
};

}  // namespace pe::language
