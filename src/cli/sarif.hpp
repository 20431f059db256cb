// SPDX-License-Identifier: MIT
// SARIF 2.1.0, the form that code hosts read findings in.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "check_output.hpp"

namespace pe::cli {

std::unique_ptr<CheckOutput> sarifOutput(std::ostream& out);

// A JSON string.
std::string quoted(std::string_view text);

}  // namespace pe::cli
