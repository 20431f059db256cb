// SPDX-License-Identifier: MIT
#include "pe/check/single_parts.hpp"

#include <algorithm>
#include <array>

namespace pe::check {

bool isSinglePart(const format::StepType* type, std::string_view path) {
    static constexpr std::array<std::string_view, 7> kSingle = {
        "text", "success", "cost", "model", "total_items", "completed_items", "condition_met"};
    return type != nullptr &&
           std::any_of(type->results.begin(), type->results.end(),
                       [&](const format::ResultField& each) { return each.path == path; }) &&
           (type->id == "while_loop" ||
            std::find(kSingle.begin(), kSingle.end(), path) != kSingle.end());
}

}  // namespace pe::check
