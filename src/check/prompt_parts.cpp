// SPDX-License-Identifier: MIT
#include "prompt_parts.hpp"

namespace pe::check {

bool isLenient(const yaml::Forest& forest, yaml::NodeRef part) {
    const auto strict = scalarOf(forest, entryOf(forest, part, "strict"));
    return strict && strict->kind == yaml::Value::Kind::Boolean && !strict->boolean;
}

}  // namespace pe::check
