// SPDX-License-Identifier: MIT
#include "characters.hpp"

#include "pe/base/utf8.hpp"

namespace pe::loader {
namespace {

bool between(std::uint32_t code, std::uint32_t first, std::uint32_t last) {
    return code >= first && code <= last;
}

}  // namespace

bool isPrintable(std::uint32_t code) {
    if (between(code, 0x20, 0x7F) || between(code, 0x07, 0x0D) || code == 0x1B)
        return true;
    return between(code, 0xA0, 0xD7FF) || between(code, 0xE000, 0xFFFD) ||
           between(code, 0x10000, 0x10FFFF);
}

bool takeCharacter(std::string_view& text, std::uint32_t& code) {
    if (text.empty())
        return false;
    const utf8::CodePoint point = utf8::decode(text);
    if (point.isDamaged())
        return false;
    code = point.value;
    text.remove_prefix(point.length);
    return true;
}

}  // namespace pe::loader
