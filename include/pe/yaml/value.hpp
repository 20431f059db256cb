// SPDX-License-Identifier: MIT
// Value: what the engine's loader (yaml_elixir over yamerl) reads from a text. Its oddities are
// rules here: the last document wins, the first of two equal keys wins, `<<` is an ordinary key,
// `yes` is text, 017 is 17, and so on. Numbers keep a canonical decimal text, so that no digit is
// ever lost.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pe/base/result.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::yaml {

struct Value {
    enum class Kind { Null, Boolean, Integer, Float, String, Sequence, Mapping, Atom };
    Kind kind = Kind::Null;
    bool boolean = false;
    std::string
        text;  // String: the text. Integer, Float: JSON number. Atom: "+inf", "-inf", "nan".
    std::vector<Value> items;  // Sequence
    std::vector<std::pair<Value, Value>>
        entries;  // Mapping, in file order, first of equal keys only

    static Value null() { return {}; }
    static Value ofBoolean(bool value);
    static Value ofInteger(std::string digits);
    static Value ofFloat(std::string number);
    static Value ofString(std::string text);
    static Value sequence(std::vector<Value> items = {});
    static Value mapping(std::vector<std::pair<Value, Value>> entries = {});

    bool isNull() const { return kind == Kind::Null; }
    bool isString() const { return kind == Kind::String; }
    const Value* find(std::string_view key) const;  // in a mapping, by text key; null if absent
    // Equal as values; the order of mapping entries does not count.
    bool operator==(const Value& other) const;
};

// The value of one node (its subtree) as the engine reads it; aliases are followed. A subtree that
// the engine cannot read (unknown alias, invalid scalar of a tag, expansion beyond the bound) is an
// error that carries the engine's own message where that is known.
Result<Value> valueOf(const Forest& forest, NodeRef node);

// What the loader returns for the whole stream: the last document, an empty mapping for an empty
// stream.
Result<Value> loadValue(const Forest& forest);

// The text of a scalar node as decoded from its style, before any type is given to it.
std::string scalarText(const Lexeme& lexeme);
std::string scalarText(const Forest& forest, NodeRef node);
// The key of a mapping entry, decoded; the raw text for keys that are no scalars. `column` is where
// the key stands.
std::string keyText(std::string_view key, int column);
std::string keyText(const Forest& forest, NodeRef node);
// Whether a scalar says by itself that it is text, whatever the schema: nearly every text does.
bool isPlainlyText(const Lexeme& lexeme);
// What a plain scalar is for the engine: Null, Boolean, Integer, Float, Atom or String, with its
// text.
Value resolvePlain(std::string_view text);

// JSON text of a value in the form of `pipeline value`: keys that are no text as "\u0001key:1",
// special numbers as "\u0001atom:+inf", bytes that are no text as "\u0001bytes:ff00". No line
// breaks in it.
std::string toJson(const Value& value);
// Appends a text as JSON string.
void appendJson(std::string& out, std::string_view text);
// Reads JSON; fails with the position. Numbers without fraction or exponent are integers.
Result<Value> fromJson(std::string_view json);

}  // namespace pe::yaml
