// SPDX-License-Identifier: MIT
// ElementBuffer: elements in one, two or four bytes each, as wide as the widest so far needs.
// Prompts in a Latin script cost a byte a letter this way.
#pragma once

#include <cstdint>
#include <vector>

#include "pe/crdt/ids.hpp"

namespace pe::crdt {

class ElementBuffer {
public:
    std::uint32_t size() const { return static_cast<std::uint32_t>(bytes_.size() / width_); }
    Element at(std::uint32_t index) const;
    void append(ElementsView elements);
    void truncate(std::uint32_t size) { bytes_.resize(std::size_t{size} * width_); }
    // Appends elements [index, index + count) to `out`.
    void copy(std::uint32_t index, std::uint32_t count, Elements& out) const;

private:
    void widen(std::uint32_t width);
    void put(Element element);

    std::vector<std::uint8_t> bytes_;
    std::uint32_t width_ = 1;
};

}  // namespace pe::crdt
