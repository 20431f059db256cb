// SPDX-License-Identifier: MIT
#include "pe/check/diagnostic.hpp"

namespace pe::check {

std::string_view severityName(Severity severity) {
    switch (severity) {
        case Severity::Error:
            return "error";
        case Severity::Warning:
            return "warning";
        case Severity::Information:
            return "information";
        case Severity::Hint:
            return "hint";
        case Severity::Off:
            break;
    }
    return "off";
}

}  // namespace pe::check
