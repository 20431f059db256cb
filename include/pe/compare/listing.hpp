// SPDX-License-Identifier: MIT
// Listing: a pipeline as lines that say what it means and not how it is written, for tools that
// compare lines: one step after the other, fields sorted by name, every value on lines of its own.
#pragma once

#include <string>

#include "pe/format/catalogue.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::compare {

std::string listing(const yaml::Forest& forest, const format::Catalogue& catalogue);

}  // namespace pe::compare
