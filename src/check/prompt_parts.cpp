// SPDX-License-Identifier: MIT
#include "prompt_parts.hpp"

namespace pe::check {

bool isLenient(const yaml::Forest& forest, yaml::NodeRef part) {
    return isFalse(forest, entryOf(forest, part, "strict"));
}

}  // namespace pe::check
