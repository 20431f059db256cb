// SPDX-License-Identifier: MIT
#include "inspect.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "characters.hpp"
#include "interpolate.hpp"
#include "pe/base/utf8.hpp"
#include "term_order.hpp"

namespace pe::loader {
namespace {

using yaml::Value;

constexpr std::size_t kMostItems = 50;
constexpr std::size_t kMostCharacters = 4096;

// Characters that cannot be told from others, or from nothing, are shown by their number.
bool isConfusing(std::uint32_t code) {
    constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 11> kRanges{{
        {0xA0, 0xA0},
        {0x34F, 0x34F},
        {0x61C, 0x61C},
        {0x2000, 0x200F},
        {0x2028, 0x2029},
        {0x202A, 0x202E},
        {0x205F, 0x205F},
        {0x2060, 0x2064},
        {0x2066, 0x2069},
        {0xFEFF, 0xFEFF},
        {0xFFF9, 0xFFFC},
    }};
    return std::any_of(kRanges.begin(), kRanges.end(), [code](const auto& range) {
        return code >= range.first && code <= range.second;
    });
}

std::string_view namedEscape(std::uint32_t code) {
    constexpr std::array<std::string_view, 7> kControls{"\\a", "\\b", "\\t", "\\n",
                                                        "\\v", "\\f", "\\r"};
    if (code >= 0x07 && code <= 0x0D)
        return kControls[code - 0x07];
    switch (code) {
        case 0x1B:
            return "\\e";
        case 0x7F:
            return "\\d";
        case '\\':
            return "\\\\";
        case '"':
            return "\\\"";
        default:
            return {};
    }
}

void appendEscaped(std::string& out, std::uint32_t code) {
    if (const auto name = namedEscape(code); !name.empty()) {
        out += name;
    } else if (isConfusing(code)) {
        constexpr std::string_view kHex = "0123456789ABCDEF";
        out += "\\u";
        for (int shift = 12; shift >= 0; shift -= 4)
            out += kHex[(code >> shift) & 0xF];
    } else {
        utf8::append(out, code);
    }
}

// Whether the text can stand between quotes, as far as it would be shown.
bool isReadable(std::string_view text) {
    std::uint32_t code = 0;
    for (std::size_t count = 0; !text.empty() && count < kMostCharacters; ++count)
        if (!takeCharacter(text, code) || !isPrintable(code))
            return false;
    return true;
}

std::string quoted(std::string_view opening, std::string_view text, std::string_view more) {
    std::string out(opening);
    std::uint32_t code = 0;
    for (std::size_t count = 0; !text.empty() && count < kMostCharacters; ++count) {
        if (text.starts_with("#{")) {
            out += "\\#{";
            text.remove_prefix(2);
        } else if (takeCharacter(text, code)) {
            appendEscaped(out, code);
        } else {
            break;
        }
    }
    out += '"';
    if (!text.empty())
        out += more;
    return out;
}

std::string bytes(std::string_view text, std::size_t limit) {
    std::string out = "<<";
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0)
            out += ", ";
        if (i == limit)
            return out + "...>>";
        out += std::to_string(static_cast<unsigned char>(text[i]));
    }
    return out + ">>";
}

std::string inspectedFloat(const std::string& number) {
    double value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    const double size = std::fabs(value);
    if (size < 1.0 || size >= 1.0e16 || std::trunc(value) != value)
        return shortFloat(number);
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
    return std::string(buffer, end.ptr) + ".0";
}

std::string atomName(const Value& value) {
    if (value.kind == Value::Kind::Boolean)
        return value.boolean ? "true" : "false";
    if (value.isNull())
        return "nil";
    return value.text == "nan" ? value.text : '"' + value.text + '"';
}

bool isAtom(const Value& value) {
    return value.isNull() || value.kind == Value::Kind::Boolean || value.kind == Value::Kind::Atom;
}

std::string inspectedWithin(const Value& value, std::size_t limit);

// A list of nothing but letters and signs is taken for a text.
bool isCharacterText(const Value& list, std::string& text) {
    for (const Value& item : list.items) {
        unsigned code = 0;
        const char* end = item.text.data() + item.text.size();
        if (text.size() == kMostCharacters)
            return true;
        if (item.kind != Value::Kind::Integer ||
            std::from_chars(item.text.data(), end, code).ptr != end || code >= 0x7F ||
            !isPrintable(code))
            return false;
        text += static_cast<char>(code);
    }
    return true;
}

std::string inspectedList(const Value& list, std::size_t limit) {
    if (list.items.empty())
        return "[]";
    std::string text;
    if (isCharacterText(list, text))
        return quoted("~c\"", text, list.items.size() > kMostCharacters ? " ++ ..." : "");
    std::string out = "[";
    for (const Value& item : list.items) {
        if (out.size() > 1)
            out += ", ";
        if (limit == 0)
            return out + "...]";
        out += inspectedWithin(item, --limit);
    }
    return out + ']';
}

std::string inspectedMap(const Value& map, std::size_t limit) {
    std::vector<const std::pair<Value, Value>*> entries;
    entries.reserve(map.entries.size());
    for (const auto& entry : map.entries)
        entries.push_back(&entry);
    std::sort(entries.begin(), entries.end(), [](const auto* left, const auto* right) {
        return comesBefore(left->first, right->first);
    });
    const bool allAtoms = std::all_of(entries.begin(), entries.end(),
                                      [](const auto* entry) { return isAtom(entry->first); });
    std::string out = "%{";
    for (const auto* entry : entries) {
        if (out.size() > 2)
            out += ", ";
        if (limit == 0)
            return out + "...}";
        --limit;
        out += allAtoms ? atomName(entry->first) + ": "
                        : inspectedWithin(entry->first, limit) + " => ";
        out += inspectedWithin(entry->second, limit);
    }
    return out + '}';
}

std::string inspectedWithin(const Value& value, std::size_t limit) {
    switch (value.kind) {
        case Value::Kind::String:
            return isReadable(value.text) ? quoted("\"", value.text, " <> ...")
                                          : bytes(value.text, limit);
        case Value::Kind::Integer:
            return value.text;
        case Value::Kind::Float:
            return inspectedFloat(value.text);
        case Value::Kind::Atom:
            return ':' + atomName(value);
        case Value::Kind::Sequence:
            return inspectedList(value, limit);
        case Value::Kind::Mapping:
            return inspectedMap(value, limit);
        default:
            return atomName(value);
    }
}

}  // namespace

std::string inspected(const Value& value) {
    return inspectedWithin(value, kMostItems);
}

}  // namespace pe::loader
