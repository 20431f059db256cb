// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstring>
#include <string_view>

#include "parser_checks.hpp"

namespace pe::yaml {
namespace {

// Length of the valid UTF-8 sequence at an offset, 0 if there is none.
std::size_t sequenceLength(std::string_view text, std::size_t i) {
    const auto byte = [&](std::size_t k) {
        return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0u;
    };
    const auto continues = [&](std::size_t k) { return (byte(k) & 0xC0) == 0x80; };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return continues(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool overlong = first == 0xE0 && byte(1) < 0xA0;
        const bool surrogate = first == 0xED && byte(1) > 0x9F;
        return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool overlong = first == 0xF0 && byte(1) < 0x90;
        const bool beyond = first == 0xF4 && byte(1) > 0x8F;
        return continues(1) && continues(2) && continues(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

bool isControl(std::string_view text, std::size_t i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20)
        return c != '\t' && c != '\n' && c != '\r';
    if (c == 0x7F)
        return true;
    // C1 but for U+0085, and the two code points that are no characters.
    if (c == 0xC2 && i + 1 < text.size()) {
        const auto next = static_cast<unsigned char>(text[i + 1]);
        return next < 0xA0 && next != 0x85;
    }
    return c == 0xEF &&
           (text.compare(i, 3, "\xEF\xBF\xBE") == 0 || text.compare(i, 3, "\xEF\xBF\xBF") == 0);
}

bool isQuick(const char* bytes) {
    // True if eight bytes are all in 0x20..0x7E.
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
    constexpr std::uint64_t kHigh = 0x8080808080808080ULL;
    const std::uint64_t belowSpace = (word - kOnes * 0x20) & ~word;
    const std::uint64_t aboveTilde = word + kOnes;
    return ((belowSpace | aboveTilde | word) & kHigh) == 0;
}

}  // namespace

void checkBytes(ParsedText& parsed, std::size_t maxProblems) {
    const std::string_view text = parsed.text;
    const auto report = [&](const char* code, const char* message, std::size_t at) {
        parsed.editable = false;
        if (parsed.problems.size() < maxProblems)
            parsed.problems.push_back({code, Severity::Error, message, at, at + 1});
    };
    for (std::size_t i = 0; i < text.size();) {
        if (i + 8 <= text.size() && isQuick(text.data() + i)) {
            i += 8;
            continue;
        }
        const std::size_t length = sequenceLength(text, i);
        if (length == 0)
            report("yaml.invalid-utf8", "This byte is no valid UTF-8; save the file in UTF-8.", i);
        else if (isControl(text, i))
            report("yaml.control-character",
                   "An invisible control character stands here; delete it, or write it as an "
                   "escape in double quotes.",
                   i);
        i += std::max<std::size_t>(length, 1);
    }
}

}  // namespace pe::yaml
