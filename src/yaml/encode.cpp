// SPDX-License-Identifier: MIT
#include "encode.hpp"

#include "pe/base/utf8.hpp"

namespace pe::yaml {
namespace {

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

TextTraits traitsOf(std::string_view text) {
    TextTraits traits;
    while (!text.empty()) {
        const utf8::CodePoint point = utf8::decode(text);
        text.remove_prefix(point.length);
        if (point.value == '\n')
            traits.hasBreak = true;
        else if (point.value == '\t')
            traits.hasTab = true;
        else if (isSpecial(point.value) || point.isDamaged())
            traits.hasSpecial = true;
        else if (point.value != ' ')
            traits.hasVisible = true;
    }
    return traits;
}

std::string doubleQuoted(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        const utf8::CodePoint point = utf8::decode(text);
        text.remove_prefix(point.length);
        const bool escaped = point.value == '"' || point.value == '\\' || point.value == '\n' ||
                             point.value == '\t' || isSpecial(point.value);
        if (escaped)
            appendEscape(out, point.value);
        else
            utf8::append(out, point.value);
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
