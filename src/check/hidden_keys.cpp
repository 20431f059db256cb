// SPDX-License-Identifier: MIT
#include "pe/check/hidden_keys.hpp"

#include <algorithm>
#include <array>

namespace pe::check {

bool storesHiddenKeys(std::string_view type) {
    return type == "claude" || type == "gemini" || type == "parallel_claude";
}

bool isLivePart(std::string_view type, std::string_view part) {
    if (type == "parallel_claude")
        return part == "combined_results" || part == "individual_results";
    static constexpr std::array<std::string_view, 11> kAnswerParts = {
        "text",           "success",    "cost", "model",     "tokens",     "content",
        "function_calls", "session_id", "type", "stream_id", "stream_info"};
    return std::find(kAnswerParts.begin(), kAnswerParts.end(), part) != kAnswerParts.end();
}

}  // namespace pe::check
