// SPDX-License-Identifier: MIT
#include "pe/check/hidden_keys.hpp"

namespace pe::check {

bool storesHiddenKeys(std::string_view type) {
    return type == "claude" || type == "gemini" || type == "parallel_claude";
}

}  // namespace pe::check
