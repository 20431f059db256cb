// SPDX-License-Identifier: MIT
// Settings: the severity a team gives to rules, from a `.pipeline-check.json` that it keeps in git:
// {"rules": {"field.unknown": "error", "style.*": "off"}}. The nearest file upwards from the
// pipeline counts. Plain values.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "pe/base/result.hpp"
#include "pe/check/diagnostic.hpp"

namespace pe::check {

inline constexpr std::string_view kSettingsFile = ".pipeline-check.json";

class Settings {
public:
    // Unreadable with the place in the text: no JSON, an unknown rule (with the nearest name), an
    // unknown severity.
    static Result<Settings> parse(std::string_view json);
    // The longest pattern that fits decides; without one, `standard`.
    Severity severity(std::string_view code, Severity standard) const;

private:
    std::map<std::string, Severity, std::less<>> patterns_;
};

}  // namespace pe::check
