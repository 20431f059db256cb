// SPDX-License-Identifier: MIT
// Whole writes: short counts and interruptions are continued.
#pragma once

#include <string_view>

#include "system_calls.hpp"

namespace pe::storage {

// Both return 0 or an errno.
int writeAll(SystemCalls& calls, int file, std::string_view bytes);
int overwriteAll(SystemCalls& calls, int file, std::string_view bytes);  // from offset 0

}  // namespace pe::storage
