// SPDX-License-Identifier: MIT
#include "pe/base/utf8.hpp"

namespace pe::utf8 {
namespace {

struct Lead {
    std::size_t length;  // 0: no sequence begins so
    char32_t bits;
    char32_t least;  // what is smaller has a shorter form, which is the only valid one
};

Lead leadOf(unsigned char byte) {
    if (byte >= 0xC2 && byte < 0xE0)
        return {2, byte & 0x1Fu, 0x80};
    if (byte >= 0xE0 && byte < 0xF0)
        return {3, byte & 0x0Fu, 0x800};
    if (byte >= 0xF0 && byte < 0xF5)
        return {4, byte & 0x07u, 0x10000};
    return {0, 0, 0};
}

void appendTail(std::string& out, char32_t value, int shift) {
    for (; shift >= 0; shift -= 6)
        out += static_cast<char>(0x80 | (value >> shift & 0x3F));
}

}  // namespace

std::size_t count(std::string_view text) {
    std::size_t points = 0;
    for (const char each : text)
        points += isContinuation(each) ? 0 : 1;
    return points;
}

std::size_t offsetOf(std::string_view text, std::size_t points) {
    std::size_t at = 0;
    for (; points > 0 && at < text.size(); --points) {
        ++at;
        while (!isBoundary(text, at))
            ++at;
    }
    return points == 0 ? at : std::string_view::npos;
}

CodePoint decodeLong(std::string_view text) {
    const Lead lead = leadOf(static_cast<unsigned char>(text.front()));
    if (lead.length == 0 || text.size() < lead.length)
        return {};
    char32_t value = lead.bits;
    for (const char each : text.substr(1, lead.length - 1)) {
        if (!isContinuation(each))
            return {};
        value = value << 6 | (static_cast<unsigned char>(each) & 0x3Fu);
    }
    if (value < lead.least || !isCodePoint(value))
        return {};
    return {value, lead.length};
}

void append(std::string& out, char32_t value) {
    if (!isCodePoint(value))
        value = kReplacement;
    if (value < 0x80) {
        out += static_cast<char>(value);
    } else if (value < 0x800) {
        out += static_cast<char>(0xC0 | value >> 6);
        appendTail(out, value, 0);
    } else if (value < 0x10000) {
        out += static_cast<char>(0xE0 | value >> 12);
        appendTail(out, value, 6);
    } else {
        out += static_cast<char>(0xF0 | value >> 18);
        appendTail(out, value, 12);
    }
}

}  // namespace pe::utf8
