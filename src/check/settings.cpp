// SPDX-License-Identifier: MIT
#include "pe/check/settings.hpp"

#include <nlohmann/json.hpp>
#include <optional>

#include "nearest.hpp"
#include "pe/check/fixing.hpp"
#include "pe/check/rules.hpp"

namespace pe::check {
namespace {

using Json = nlohmann::ordered_json;

std::optional<Severity> severityNamed(std::string_view name) {
    for (const Severity each :
         {Severity::Error, Severity::Warning, Severity::Information, Severity::Hint, Severity::Off})
        if (severityName(each) == name)
            return each;
    return std::nullopt;
}

Result<void> checkPattern(const std::string& pattern) {
    std::vector<std::string_view> codes;
    for (const RuleInfo& each : rules()) {
        if (fitsPattern(pattern, each.code))
            return {};
        codes.push_back(each.code);
    }
    const std::string_view near = nearest(pattern, codes);
    return fail(ErrorCode::Unreadable,
                "There is no rule '" + pattern + "'" +
                    (near.empty() ? "; `pipeline check --rules` lists them."
                                  : "; did you mean '" + std::string(near) + "'?"),
                "/rules/" + pattern);
}

}  // namespace

Result<Settings> Settings::parse(std::string_view json) {
    Json root;
    try {
        root = Json::parse(json);
    } catch (const Json::parse_error& error) {
        return fail(ErrorCode::Unreadable,
                    "This is no JSON: the mistake is at byte " + std::to_string(error.byte) + ".",
                    std::to_string(error.byte));
    }
    if (!root.is_object())
        return fail(ErrorCode::Unreadable, "The settings must be an object with `rules`.", "");
    Settings settings;
    for (const auto& [key, value] : root.items())
        if (key != "rules" && key != "$schema")
            return fail(ErrorCode::Unreadable,
                        "There is no setting '" + key + "'; only `rules` is known.", "/" + key);
    const auto rules = root.find("rules");
    if (rules == root.end())
        return settings;
    if (!rules->is_object())
        return fail(ErrorCode::Unreadable, "`rules` must be an object of code and severity.",
                    "/rules");
    for (const auto& [pattern, value] : rules->items()) {
        PE_TRY(checkPattern(pattern));
        const auto severity = severityNamed(value.is_string() ? value.get<std::string>() : "");
        if (!severity)
            return fail(ErrorCode::Unreadable,
                        "The severity of '" + pattern +
                            "' must be error, warning, information, hint or off.",
                        "/rules/" + pattern);
        settings.patterns_[pattern] = *severity;
    }
    return settings;
}

Severity Settings::severity(std::string_view code, Severity standard) const {
    Severity severity = standard;
    std::size_t longest = 0;
    for (const auto& [pattern, value] : patterns_) {
        if (pattern.size() < longest || !fitsPattern(pattern, code))
            continue;
        longest = pattern.size();
        severity = value;
    }
    return severity;
}

}  // namespace pe::check
