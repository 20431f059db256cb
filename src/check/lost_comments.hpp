// SPDX-License-Identifier: MIT
// LostComments: whether a fix takes comments away with what it replaces or removes. Such a fix is
// for its author to choose.
#pragma once

#include "pe/document/command.hpp"

namespace pe::check {

bool losesComments(const yaml::Forest& forest, const document::Command& command);

}  // namespace pe::check
