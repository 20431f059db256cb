// SPDX-License-Identifier: MIT
// Fit: whether an entry, as it is written, can stand where it has come to stand. What one person
// writes always fits. Edits of several people, each right by itself, can leave an entry with the
// texts of one form and the place of another: lines of a prompt inside brackets, an item of a list
// in brackets behind a dash, a comment where a value begins. The forms here say the same value,
// with the same comments, in a way that is legal at the place.
#pragma once

#include <cstddef>
#include <string_view>

#include "pe/yaml/edit.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::yaml {

// Where an entry stands.
struct Surroundings {
    Style above = Style::BlockMapping;  // of what holds it, as it is shown
    bool first = false;                 // in what holds it
    std::size_t children = 0;           // as many are shown
    std::string_view lineBreak = "\n";  // for new lines
};

// The fields of a lexeme as an Entry without children, and back.
Entry formOf(const Lexeme& lexeme);
inline Lexeme lexemeOf(const Entry& entry) {
    return {entry.style, entry.column, entry.offset, entry.prefix, entry.key,   entry.colon,
            entry.props, entry.open,   entry.raw,    entry.footer, entry.suffix};
}

// False only if no text that could be read holds such an entry at such a place. True for every
// entry of a text without errors.
bool fits(const Lexeme& lexeme, const Surroundings& around);

// The entry in a form that fits, with as much of its text as possible. Without its children.
Entry fittedForm(const Lexeme& lexeme, const Surroundings& around);

// The entry in the plainest form: its value is written anew on one line or below its key, its
// comments stand above it or behind it. Without its children.
Entry plainForm(const Lexeme& lexeme, const Surroundings& around);

}  // namespace pe::yaml
