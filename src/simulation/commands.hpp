// SPDX-License-Identifier: MIT
// Commands: what a person does to a shown pipeline through forms and tools, drawn at random, of
// every kind. Many make no sense where they are tried; a document refuses those.
#pragma once

#include "pe/base/random.hpp"
#include "pe/document/document.hpp"

namespace pe::simulation {

document::Command drawCommand(Random& random, const document::Document& document);

}  // namespace pe::simulation
