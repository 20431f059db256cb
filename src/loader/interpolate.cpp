// SPDX-License-Identifier: MIT
#include "interpolate.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>

#include "pe/base/utf8.hpp"

namespace pe::loader {
namespace {

using yaml::Value;

constexpr std::int64_t kLargestSmallInteger = (std::int64_t{1} << 59) - 1;
constexpr double kExactIntegers = 9007199254740992.0;  // 2 to the 53rd

// Integers beyond a machine word are no characters at all, not even wrong ones.
bool isCharacterCandidate(const Value& value, std::int64_t& code) {
    if (value.kind != Value::Kind::Integer)
        return false;
    const char* end = value.text.data() + value.text.size();
    const auto read = std::from_chars(value.text.data(), end, code);
    return read.ec == std::errc{} && read.ptr == end && code <= kLargestSmallInteger &&
           code >= -kLargestSmallInteger - 1;
}

bool isCharacterList(const Value& list) {
    for (const Value& item : list.items) {
        std::int64_t code = 0;
        const bool isPart = item.isString() || isCharacterCandidate(item, code) ||
                            (item.kind == Value::Kind::Sequence && isCharacterList(item));
        if (!isPart)
            return false;
    }
    return true;
}

// Appends the characters; false with the reason at the first that is none.
bool appendCharacters(const Value& list, std::string& out, std::string& reason) {
    for (const Value& item : list.items) {
        std::int64_t code = 0;
        if (item.kind == Value::Kind::Sequence) {
            if (!appendCharacters(item, out, reason))
                return false;
        } else if (item.isString()) {
            out += item.text;
        } else if (isCharacterCandidate(item, code)) {
            if (code < 0 || !utf8::isCodePoint(static_cast<std::uint64_t>(code))) {
                reason = "UnicodeConversionError: invalid code point " + item.text;
                return false;
            }
            utf8::append(out, static_cast<char32_t>(code));
        }
    }
    return true;
}

tl::expected<std::string, std::string> characterList(const Value& list) {
    if (!isCharacterList(list))
        return tl::unexpected<std::string>(
            "ArgumentError: cannot convert the given list to a string.");
    std::string text;
    std::string reason;
    if (!appendCharacters(list, text, reason))
        return tl::unexpected(reason);
    return text;
}

// Digits and the place of the point after the first `place` of them.
std::string withPoint(const std::string& digits, int place, bool isExact) {
    const int length = static_cast<int>(digits.size());
    const std::string exponent = std::to_string(place - 1);
    const int cost = static_cast<int>(exponent.size()) + 1 + (length == 1 ? 2 : 1);
    const auto scientific = [&] {
        const std::string rest = length == 1 ? "0" : digits.substr(1);
        return digits.substr(0, 1) + '.' + rest + 'e' + exponent;
    };
    if (!isExact)
        return scientific();
    if (place > 0 && place < length)
        return digits.substr(0, static_cast<std::size_t>(place)) + '.' +
               digits.substr(static_cast<std::size_t>(place));
    if (place <= 0)
        return place == 0 || 2 - place <= cost
                   ? "0." + std::string(static_cast<std::size_t>(-place), '0') + digits
                   : scientific();
    return place - length + 2 <= cost
               ? digits + std::string(static_cast<std::size_t>(place - length), '0') + ".0"
               : scientific();
}

}  // namespace

std::string shortFloat(const std::string& number) {
    double value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    const std::string sign = std::signbit(value) ? "-" : "";
    const double size = std::fabs(value);
    if (size == 0)
        return sign + "0.0";
    char buffer[64];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, size, std::chars_format::scientific).ptr;
    const std::string text(buffer, end);
    const auto mark = text.find('e');
    std::string digits = text.substr(0, 1);
    if (mark > 2)
        digits += text.substr(2, mark - 2);
    const bool isLarge = text[mark + 1] == '+';
    int exponent = 0;
    std::from_chars(text.data() + mark + (isLarge ? 2 : 1), text.data() + text.size(), exponent);
    return sign + withPoint(digits, exponent + 1, size < kExactIntegers);
}

tl::expected<std::string, std::string> interpolated(const Value& value) {
    switch (value.kind) {
        case Value::Kind::Null:
            return std::string();
        case Value::Kind::Boolean:
            return std::string(value.boolean ? "true" : "false");
        case Value::Kind::Float:
            return shortFloat(value.text);
        case Value::Kind::Sequence:
            return characterList(value);
        case Value::Kind::Mapping:
            return tl::unexpected<std::string>(
                "Protocol.UndefinedError: protocol String.Chars not implemented for type Map");
        default:
            return value.text;
    }
}

}  // namespace pe::loader
