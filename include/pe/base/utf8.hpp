// SPDX-License-Identifier: MIT
// UTF-8: the one place that knows how bytes make code points. Pure functions of bytes that may come
// from anywhere: what is no UTF-8 is read byte by byte and never past the end of a text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pe::utf8 {

inline constexpr char32_t kReplacement = 0xFFFD;

// Whether a number is a code point that UTF-8 can hold: no surrogate, and not beyond the last.
constexpr bool isCodePoint(std::uint64_t number) {
    return number < 0xD800 || (number > 0xDFFF && number <= 0x10FFFF);
}

// Whether a byte goes on with the code point that an earlier one began.
constexpr bool isContinuation(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// Whether a text can be cut before the byte at `at` without cutting a code point. Both ends are
// boundaries, and so is all that lies beyond them.
constexpr bool isBoundary(std::string_view text, std::size_t at) {
    return at == 0 || at >= text.size() || !isContinuation(text[at]);
}

// The last boundary that is not after `at`.
constexpr std::size_t boundaryBefore(std::string_view text, std::size_t at) {
    while (!isBoundary(text, at))
        --at;
    return at;
}

// Code points of a text; bytes that go on with nothing are not counted.
std::size_t count(std::string_view text);

// The byte at which code point number `points` begins, or npos if the text has fewer. Its end is
// where the next one would begin.
std::size_t offsetOf(std::string_view text, std::size_t points);

struct CodePoint {
    char32_t value = kReplacement;
    std::size_t length = 1;  // bytes taken from the text

    // The byte is no UTF-8. A U+FFFD that the text does hold has three bytes.
    constexpr bool isDamaged() const { return value == kReplacement && length == 1; }
};

// As decode, for bytes that are not ASCII.
CodePoint decodeLong(std::string_view text);

// The code point at the start of a text, which must not be empty. A byte that begins no valid UTF-8
// stands alone and reads as U+FFFD.
inline CodePoint decode(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    return first < 0x80 ? CodePoint{first, 1} : decodeLong(text);
}

// What is no code point is appended as U+FFFD.
void append(std::string& out, char32_t value);

}  // namespace pe::utf8
