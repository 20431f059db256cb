// SPDX-License-Identifier: MIT
// Text: a replicated sequence of elements, to be read. Concurrent insertions are ordered by
// FugueMax: runs of one author never interleave with those of another. Positions count visible
// elements. Owned by the tree; written through a Transaction.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "pe/crdt/ids.hpp"

namespace pe::crdt {

class TextStore;

// The side an anchor sticks to when somebody inserts exactly where it stands.
enum class Bias : std::uint8_t { Before, After };

// A position that moves with the text around it. A null element is the start (Before) or end
// (After).
struct Anchor {
    OpId element;
    Bias bias =
        Bias::Before;  // Before: the place in front of the element; After: the one behind it
    friend bool operator==(const Anchor&, const Anchor&) = default;
};

class Text {
public:
    Text();
    ~Text();
    Text(Text&&) noexcept;
    Text& operator=(Text&&) noexcept;

    std::uint32_t length() const;
    bool empty() const { return length() == 0; }
    Elements elements() const;
    Elements slice(std::uint32_t position, std::uint32_t count) const;
    Element at(std::uint32_t position) const;

    // The anchor of a position: Bias::After sticks to the element on its left, Before to its right.
    Anchor anchorAt(std::uint32_t position, Bias bias) const;
    // Where the anchor is now; where the element was, if it is deleted. An unknown element is the
    // end.
    std::uint32_t positionOf(Anchor anchor) const;

    // How many runs the sequence is stored as: a measure of its history, for diagnostics.
    std::uint32_t runCount() const;
    OpId idAt(std::uint32_t position) const;

    TextStore& store() { return *store_; }
    const TextStore& store() const { return *store_; }

private:
    std::unique_ptr<TextStore> store_;
};

}  // namespace pe::crdt
