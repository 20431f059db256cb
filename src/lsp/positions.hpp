// SPDX-License-Identifier: MIT
// Positions: between bytes of a UTF-8 text and the protocol's lines and UTF-16 units, both from 0.
// Line breaks are LF, CRLF and CR. Positions outside the text mean its nearest place.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "pe/yaml/tree.hpp"

namespace pe::lsp {

struct Position {
    std::size_t line = 0;
    std::size_t character = 0;
    bool operator==(const Position&) const = default;
};

class Positions {
public:
    explicit Positions(std::string_view text);  // borrowed

    Position position(std::size_t offset) const;
    std::size_t offset(Position position) const;

private:
    // The end of a line without its break.
    std::size_t lineEnd(std::size_t line) const;

    // A place inside a long line where counting can begin: a JSON file may be a single line.
    struct Mark {
        std::size_t offset = 0;
        std::size_t units = 0;  // from the beginning of the line
    };
    std::span<const Mark> marksOf(std::size_t line) const;
    // The last place of the line, between characters, that `fits` as all before it do.
    template <class Fits>
    Mark lastPlace(std::size_t line, Fits fits) const;

    std::string_view text_;
    std::vector<std::size_t> starts_;
    std::vector<Mark> marks_;  // sorted by offset
};

}  // namespace pe::lsp
