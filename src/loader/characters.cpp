// SPDX-License-Identifier: MIT
#include "characters.hpp"

namespace pe::loader {
namespace {

bool between(std::uint64_t code, std::uint64_t first, std::uint64_t last) {
    return code >= first && code <= last;
}

}  // namespace

bool isCharacter(std::uint64_t code) {
    return code <= 0x10FFFF && !between(code, 0xD800, 0xDFFF);
}

bool isPrintable(std::uint32_t code) {
    if (between(code, 0x20, 0x7F) || between(code, 0x07, 0x0D) || code == 0x1B)
        return true;
    return between(code, 0xA0, 0xD7FF) || between(code, 0xE000, 0xFFFD) ||
           between(code, 0x10000, 0x10FFFF);
}

void appendUtf8(std::string& out, std::uint32_t code) {
    const auto tail = [&](unsigned shift) {
        out += static_cast<char>(0x80 | ((code >> shift) & 0x3F));
    };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        tail(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | (code >> 12));
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0 | (code >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

bool takeCharacter(std::string_view& text, std::uint32_t& code) {
    if (text.empty())
        return false;
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (between(first, 0x80, 0xC1) || first > 0xF4 || text.size() < size)
        return false;
    constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
    code = size == 1 ? first : first & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0) != 0x80)
            return false;
        code = (code << 6) | (byte & 0x3Fu);
    }
    if (code < kLeast[size] || !isCharacter(code))
        return false;
    text.remove_prefix(size);
    return true;
}

}  // namespace pe::loader
