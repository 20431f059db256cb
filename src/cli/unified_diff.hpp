// SPDX-License-Identifier: MIT
// Two versions of a text as a unified diff that `git apply` takes.
#pragma once

#include <string>
#include <string_view>

namespace pe::cli {

// Empty if the texts are equal. `path` follows a/ and b/, without the slashes it begins with.
std::string unifiedDiff(std::string_view before, std::string_view after, std::string_view path);

}  // namespace pe::cli
