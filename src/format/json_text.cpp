// SPDX-License-Identifier: MIT
#include "json_text.hpp"

#include <algorithm>

#include "pe/base/utf8.hpp"

namespace pe::format {
namespace {

void escape(char c, std::string& out) {
    static constexpr char kHex[] = "0123456789abcdef";
    switch (c) {
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
            out += "\\u00";
            out += kHex[static_cast<unsigned char>(c) >> 4];
            out += kHex[static_cast<unsigned char>(c) & 15];
    }
}

bool isOrdinary(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
}

}  // namespace

JsonText& JsonText::text(std::string_view value) {
    out_ += '"';
    while (!value.empty()) {
        const auto plain = static_cast<std::size_t>(
            std::find_if_not(value.begin(), value.end(), isOrdinary) - value.begin());
        out_ += value.substr(0, plain);
        value.remove_prefix(plain);
        if (value.empty())
            break;
        const utf8::CodePoint point = utf8::decode(value);
        if (point.value < 0x80)
            escape(value.front(), out_);
        else
            utf8::append(out_, point.value);
        value.remove_prefix(point.length);
    }
    out_ += '"';
    return *this;
}

std::string jsonString(std::string_view text) {
    return JsonText().text(text).take();
}

}  // namespace pe::format
