// SPDX-License-Identifier: MIT
#include "term_order.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <compare>
#include <string_view>
#include <utility>
#include <vector>

namespace pe::loader {
namespace {

using yaml::Value;

std::strong_ordering compare(const Value& left, const Value& right);

int rank(Value::Kind kind) {
    switch (kind) {
        case Value::Kind::Integer:
        case Value::Kind::Float:
            return 0;
        case Value::Kind::Null:
        case Value::Kind::Boolean:
        case Value::Kind::Atom:
            return 1;
        case Value::Kind::Mapping:
            return 2;
        case Value::Kind::Sequence:
            return 3;
        default:
            return 4;
    }
}

std::string_view atomText(const Value& value) {
    if (value.kind == Value::Kind::Boolean)
        return value.boolean ? "true" : "false";
    return value.isNull() ? "nil" : std::string_view(value.text);
}

std::strong_ordering compareIntegers(std::string_view left, std::string_view right) {
    const bool negative = left.starts_with('-');
    if (negative != right.starts_with('-'))
        return negative ? std::strong_ordering::less : std::strong_ordering::greater;
    const auto bySize = left.size() <=> right.size();
    const auto size = bySize != 0 ? bySize : left.compare(right) <=> 0;
    return negative ? 0 <=> size : size;
}

double numberOf(const Value& value) {
    double number = 0;
    const char* end = value.text.data() + value.text.size();
    const auto read = std::from_chars(value.text.data(), end, number);
    if (read.ec == std::errc::result_out_of_range)
        return value.text.starts_with('-') ? -HUGE_VAL : HUGE_VAL;
    return number;
}

std::strong_ordering compareNumbers(const Value& left, const Value& right) {
    if (left.kind == Value::Kind::Integer && right.kind == Value::Kind::Integer)
        return compareIntegers(left.text, right.text);
    const double a = numberOf(left);
    const double b = numberOf(right);
    if (a != b)
        return a < b ? std::strong_ordering::less : std::strong_ordering::greater;
    return left.kind <=> right.kind;
}

std::strong_ordering compareLists(const Value& left, const Value& right) {
    const std::size_t common = std::min(left.items.size(), right.items.size());
    for (std::size_t i = 0; i < common; ++i)
        if (const auto order = compare(left.items[i], right.items[i]); order != 0)
            return order;
    return left.items.size() <=> right.items.size();
}

std::vector<const std::pair<Value, Value>*> sortedEntries(const Value& map) {
    std::vector<const std::pair<Value, Value>*> entries;
    entries.reserve(map.entries.size());
    for (const auto& entry : map.entries)
        entries.push_back(&entry);
    std::sort(entries.begin(), entries.end(), [](const auto* left, const auto* right) {
        return compare(left->first, right->first) < 0;
    });
    return entries;
}

// By size, then by all keys, then by the values.
std::strong_ordering compareMaps(const Value& left, const Value& right) {
    if (left.entries.size() != right.entries.size())
        return left.entries.size() <=> right.entries.size();
    const auto a = sortedEntries(left);
    const auto b = sortedEntries(right);
    for (std::size_t i = 0; i < a.size(); ++i)
        if (const auto order = compare(a[i]->first, b[i]->first); order != 0)
            return order;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (const auto order = compare(a[i]->second, b[i]->second); order != 0)
            return order;
    return std::strong_ordering::equal;
}

std::strong_ordering compare(const Value& left, const Value& right) {
    if (rank(left.kind) != rank(right.kind))
        return rank(left.kind) <=> rank(right.kind);
    switch (rank(left.kind)) {
        case 0:
            return compareNumbers(left, right);
        case 1:
            return atomText(left).compare(atomText(right)) <=> 0;
        case 2:
            return compareMaps(left, right);
        case 3:
            return compareLists(left, right);
        default:
            return left.text.compare(right.text) <=> 0;
    }
}

}  // namespace

bool comesBefore(const Value& left, const Value& right) {
    return compare(left, right) < 0;
}

}  // namespace pe::loader
