// SPDX-License-Identifier: MIT
// Hidden keys: live steps of some types store their answer under keys that are no text. Prompt
// parts find them, conditions and templates cannot name them.
#pragma once

#include <string_view>

namespace pe::check {

bool storesHiddenKeys(std::string_view type);

}  // namespace pe::check
