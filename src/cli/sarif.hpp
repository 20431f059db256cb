// SPDX-License-Identifier: MIT
// SARIF 2.1.0, the form that code hosts read findings in.
#pragma once

#include <memory>

#include "check_output.hpp"

namespace pe::cli {

std::unique_ptr<CheckOutput> sarifOutput();

}  // namespace pe::cli
