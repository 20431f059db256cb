// SPDX-License-Identifier: MIT
#include "resolve.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <system_error>
#include <vector>

#include "pe/yaml/schema.hpp"

namespace pe::yaml {
namespace {

// Converting base 16 takes quadratic time; nobody writes longer numbers than this.
constexpr std::size_t kMostBaseDigits = 4096;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool allDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

int digitValue(char c) {
    if (isDigit(c))
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

std::string withoutLeadingZeros(std::string_view digits) {
    const auto first = digits.find_first_not_of('0');
    return first == std::string_view::npos ? "0" : std::string(digits.substr(first));
}

// Decimal digits of a number written in base 8 or 16, of any size.
std::string decimalOf(std::string_view digits, std::uint32_t base) {
    constexpr std::uint64_t kLimb = 1'000'000'000;
    std::vector<std::uint64_t> limbs{0};
    for (const char c : digits) {
        auto carry = static_cast<std::uint64_t>(digitValue(c));
        for (std::uint64_t& limb : limbs) {
            const std::uint64_t sum = limb * base + carry;
            limb = sum % kLimb;
            carry = sum / kLimb;
        }
        if (carry > 0)
            limbs.push_back(carry);
    }
    std::string text = std::to_string(limbs.back());
    for (auto limb = limbs.rbegin() + 1; limb != limbs.rend(); ++limb) {
        const std::string part = std::to_string(*limb);
        text += std::string(9 - part.size(), '0') + part;
    }
    return text;
}

std::optional<std::string> magnitudeText(std::string_view text) {
    if (allDigits(text))
        return withoutLeadingZeros(text);
    if (text.size() < 2 || text[0] != '0' || (text[1] != 'x' && text[1] != 'o'))
        return std::nullopt;
    const int base = text[1] == 'x' ? 16 : 8;
    const std::string_view digits = text.substr(2);
    const auto fits = [base](char c) { return digitValue(c) < base; };
    if (digits.size() > kMostBaseDigits || !std::all_of(digits.begin(), digits.end(), fits))
        return std::nullopt;
    return decimalOf(digits, static_cast<std::uint32_t>(base));
}

// [-+]? ( . digits | digits ( . digits? )? ) ( [eE] [-+]? digits )?
bool hasFloatForm(std::string_view text) {
    const auto takeDigits = [&text] {
        const auto end = std::find_if_not(text.begin(), text.end(), isDigit);
        const auto count = static_cast<std::size_t>(end - text.begin());
        text.remove_prefix(count);
        return count;
    };
    const auto take = [&text](std::string_view any) {
        const bool found = !text.empty() && any.find(text.front()) != std::string_view::npos;
        if (found)
            text.remove_prefix(1);
        return found;
    };
    take("+-");
    const std::size_t whole = takeDigits();
    const bool hasPoint = take(".");
    const std::size_t fraction = hasPoint ? takeDigits() : 0;
    if (whole + fraction == 0)
        return false;
    if (take("eE")) {
        take("+-");
        if (takeDigits() == 0)
            return false;
    }
    return text.empty();
}

std::string_view atomText(std::string_view text) {
    const bool negative = text.starts_with('-');
    const bool isSigned = negative || text.starts_with('+');
    const std::string_view word = isSigned ? text.substr(1) : text;
    if (word == ".inf" || word == ".Inf" || word == ".INF")
        return negative ? "-inf" : "+inf";
    if (!isSigned && (word == ".nan" || word == ".NaN" || word == ".NAN"))
        return "nan";
    return {};
}

// Nearly every plain scalar is text, and says so by its first letter.
bool isText(std::string_view text) {
    if (text.empty())
        return false;
    switch (text.front()) {
        case '~':
        case 'n':
        case 'N':
            return !isNullText(text);
        case 't':
        case 'T':
        case 'f':
        case 'F':
            return !booleanOf(text);
        case '+':
        case '-':
        case '.':
            return false;
        default:
            return !isDigit(text.front());
    }
}

}  // namespace

bool isNullText(std::string_view text) {
    return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

std::optional<bool> booleanOf(std::string_view text) {
    if (text == "true" || text == "True" || text == "TRUE")
        return true;
    if (text == "false" || text == "False" || text == "FALSE")
        return false;
    return std::nullopt;
}

std::optional<std::string> integerText(std::string_view text) {
    const bool negative = text.starts_with('-');
    const bool isSigned = negative || text.starts_with('+');
    auto digits = magnitudeText(isSigned ? text.substr(1) : text);
    if (digits && negative && *digits != "0")
        digits->insert(0, "-");
    return digits;
}

std::optional<std::string> floatText(std::string_view text) {
    if (!hasFloatForm(text))
        return std::nullopt;
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec == std::errc::result_out_of_range) {
        // Too small is zero, too large is no number.
        const auto exponent = text.find_first_of("eE");
        if (exponent == std::string_view::npos || text.substr(exponent + 1).front() != '-')
            return std::nullopt;
        value = text.starts_with('-') ? -0.0 : 0.0;
    }
    const double size = std::fabs(value);
    const bool fixed = size == 0 || (size >= 1e-4 && size < 1e16);
    char buffer[64];
    const auto written =
        std::to_chars(buffer, buffer + sizeof buffer, value,
                      fixed ? std::chars_format::fixed : std::chars_format::scientific);
    std::string result(buffer, written.ptr);
    if (fixed && result.find('.') == std::string::npos)
        result += ".0";
    return result;
}

Value::Kind plainKind(std::string_view text) {
    return isText(text) ? Value::Kind::String : resolvePlain(text).kind;
}

Value resolvePlain(std::string_view text) {
    if (isText(text))
        return Value::ofString(std::string(text));
    if (isNullText(text))
        return Value::null();
    if (const auto boolean = booleanOf(text))
        return Value::ofBoolean(*boolean);
    if (auto integer = integerText(text))
        return Value::ofInteger(std::move(*integer));
    if (auto number = floatText(text))
        return Value::ofFloat(std::move(*number));
    if (const auto atom = atomText(text); !atom.empty()) {
        Value value;
        value.kind = Value::Kind::Atom;
        value.text = atom;
        return value;
    }
    return Value::ofString(std::string(text));
}

}  // namespace pe::yaml
