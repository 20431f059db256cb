// SPDX-License-Identifier: MIT
#include "encode.hpp"

namespace pe::yaml {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Lead {
    std::size_t length;
    char32_t bits;
    char32_t least;
};

Lead leadOf(unsigned char byte) {
    if (byte < 0x80)
        return {1, byte, 0};
    if (byte >= 0xC2 && byte < 0xE0)
        return {2, byte & 0x1Fu, 0x80};
    if (byte >= 0xE0 && byte < 0xF0)
        return {3, byte & 0x0Fu, 0x800};
    if (byte >= 0xF0 && byte < 0xF5)
        return {4, byte & 0x07u, 0x10000};
    return {0, 0, 0};
}

// Line and paragraph separators and U+0085 are line breaks for YAML 1.1.
bool isSpecial(char32_t value) {
    if (value < 0x20)
        return value != '\n' && value != '\t';
    if (value >= 0x7F && value < 0xA0)
        return true;
    if (value == 0x2028 || value == 0x2029 || value == 0xFEFF)
        return true;
    return (value & 0xFFFE) == 0xFFFE;
}

void appendHex(std::string& out, char32_t value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        out += "0123456789ABCDEF"[(value >> shift) & 0xF];
}

void appendEscape(std::string& out, char32_t value) {
    switch (value) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\t':
            out += "\\t";
            return;
        case '\r':
            out += "\\r";
            return;
        default:
            break;
    }
    if (value < 0x100) {
        out += "\\x";
        appendHex(out, value, 2);
    } else if (value < 0x10000) {
        out += "\\u";
        appendHex(out, value, 4);
    } else {
        out += "\\U";
        appendHex(out, value, 8);
    }
}

}  // namespace

CodePoint codePointAt(std::string_view text, std::size_t at) {
    const Lead lead = leadOf(static_cast<unsigned char>(text[at]));
    if (lead.length == 0 || at + lead.length > text.size())
        return {kReplacement, 1};
    char32_t value = lead.bits;
    for (std::size_t i = 1; i < lead.length; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xC0) != 0x80)
            return {kReplacement, 1};
        value = value << 6 | (byte & 0x3Fu);
    }
    const bool surrogate = value >= 0xD800 && value < 0xE000;
    if (value < lead.least || surrogate || value > 0x10FFFF)
        return {kReplacement, 1};
    return {value, lead.length};
}

void appendUtf8(std::string& out, char32_t value) {
    const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
    if (value < 0x80) {
        put(value);
    } else if (value < 0x800) {
        put(0xC0 | value >> 6);
        put(0x80 | (value & 0x3F));
    } else if (value < 0x10000) {
        put(0xE0 | value >> 12);
        put(0x80 | (value >> 6 & 0x3F));
        put(0x80 | (value & 0x3F));
    } else {
        put(0xF0 | value >> 18);
        put(0x80 | (value >> 12 & 0x3F));
        put(0x80 | (value >> 6 & 0x3F));
        put(0x80 | (value & 0x3F));
    }
}

TextTraits traitsOf(std::string_view text) {
    TextTraits traits;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = codePointAt(text, at);
        at += point.length;
        if (point.value == '\n')
            traits.hasBreak = true;
        else if (point.value == '\t')
            traits.hasTab = true;
        else if (isSpecial(point.value) || (point.value == kReplacement && point.length == 1))
            traits.hasSpecial = true;
        else if (point.value != ' ')
            traits.hasVisible = true;
    }
    return traits;
}

std::string doubleQuoted(std::string_view text) {
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = codePointAt(text, at);
        at += point.length;
        const bool escaped = point.value == '"' || point.value == '\\' || point.value == '\n' ||
                             point.value == '\t' || isSpecial(point.value);
        if (escaped)
            appendEscape(out, point.value);
        else
            appendUtf8(out, point.value);
    }
    return out += '"';
}

std::string singleQuoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'')
            out += '\'';
        out += c;
    }
    return out += '\'';
}

}  // namespace pe::yaml
