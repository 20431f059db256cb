// SPDX-License-Identifier: MIT
#include "pe/loader/verdict.hpp"

#include <optional>
#include <utility>

#include "pe/yaml/pointer.hpp"
#include "readable.hpp"
#include "rules.hpp"

namespace pe::loader {
namespace {

using yaml::Value;

// The pointer of a value that stands somewhere below `from`.
std::optional<std::string> pointerTo(const Value& from, const Value* sought) {
    if (&from == sought)
        return std::string();
    for (std::size_t i = 0; i < from.items.size(); ++i)
        if (const auto rest = pointerTo(from.items[i], sought))
            return '/' + std::to_string(i) + *rest;
    for (const auto& [key, value] : from.entries)
        if (const auto rest = pointerTo(value, sought))
            return '/' + yaml::escapePointerToken(key.text) + *rest;
    return std::nullopt;
}

Verdict verdictOf(const Value& root, Check complaint) {
    if (!complaint)
        return {};
    return {complaint->outcome, std::move(complaint->message),
            pointerTo(root, complaint->about).value_or("")};
}

}  // namespace

std::string_view outcomeName(Outcome outcome) {
    switch (outcome) {
        case Outcome::Accept:
            return "accept";
        case Outcome::Reject:
            return "reject";
        case Outcome::ParseError:
            return "parse-error";
        case Outcome::Crash:
            return "crash";
    }
    return "crash";
}

Verdict configVerdict(const Value& root) {
    return verdictOf(root, checkConfig(root));
}

Verdict enhancedVerdict(const Value& root) {
    return verdictOf(root, checkEnhanced(root));
}

Verdicts verdicts(const yaml::Tree& tree) {
    auto root = readable(tree);
    if (!root) {
        const Verdict unreadable{Outcome::ParseError, root.error().message, {}};
        return {false, unreadable, unreadable, nullptr};
    }
    auto read = std::make_shared<const Value>(std::move(*root));
    return {true, configVerdict(*read), enhancedVerdict(*read), read};
}

}  // namespace pe::loader
