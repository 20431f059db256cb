// SPDX-License-Identifier: MIT
// Gzip: bytes packed and unpacked by zlib.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pe/base/result.hpp"

namespace pe::cli {

bool isGzip(std::string_view bytes);
// Corrupt if the bytes are damaged, LimitExceeded if they hold more than `limit`.
Result<std::string> gunzip(std::string_view bytes, std::size_t limit);

// The zlib form, at the level storage uses.
std::string deflated(std::string_view bytes);
Result<std::string> inflated(std::string_view bytes, std::size_t limit);

}  // namespace pe::cli
