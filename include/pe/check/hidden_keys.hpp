// SPDX-License-Identifier: MIT
// Hidden keys: live steps of some types store their answer under keys that are no text. Prompt
// parts find them, conditions and templates cannot name them.
#pragma once

#include <string_view>

namespace pe::check {

bool storesHiddenKeys(std::string_view type);

// A part that the results of such steps have when they run live, streamed ones too.
bool isLivePart(std::string_view type, std::string_view part);

}  // namespace pe::check
