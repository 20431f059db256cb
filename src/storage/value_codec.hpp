// SPDX-License-Identifier: MIT
// The form of bytes in the database: compressed where that helps, with a checksum, since SQLite
// itself does not notice a flipped bit inside a value.
//   method (1 byte: 0 plain, 1 deflate), CRC-32 of the bytes (4, little endian),
//   with deflate the size of the bytes (4, little endian), then the payload
#pragma once

#include <string>
#include <string_view>

#include "pe/base/result.hpp"

namespace pe::storage {

// LimitExceeded above 1 GiB.
Result<std::string> encodeValue(std::string_view bytes);

// Corrupt if it is not what encodeValue() wrote.
Result<std::string> decodeValue(std::string_view stored);

}  // namespace pe::storage
