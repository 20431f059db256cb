// SPDX-License-Identifier: MIT
#include <cstring>
#include <string_view>

#include "parser_checks.hpp"
#include "pe/base/utf8.hpp"

namespace pe::yaml {
namespace {

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
    // True if eight bytes are all line feeds or in 0x20..0x7E.
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
    constexpr std::uint64_t kHigh = 0x8080808080808080ULL;
    const std::uint64_t other = word ^ (kOnes * '\n');  // 0 where a line feed is
    const std::uint64_t feeds = ~(((other & ~kHigh) + ~kHigh) | other | ~kHigh);
    word |= feeds >> 1;  // becomes a letter
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
        const utf8::CodePoint point = utf8::decode(text.substr(i));
        if (point.isDamaged())
            report("yaml.invalid-utf8", "This byte is no valid UTF-8; save the file in UTF-8.", i);
        else if (isControl(text, i))
            report("yaml.control-character",
                   "An invisible control character stands here; delete it, or write it as an "
                   "escape in double quotes.",
                   i);
        i += point.length;
    }
}

}  // namespace pe::yaml
