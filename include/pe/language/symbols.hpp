// SPDX-License-Identifier: MIT
// Symbols: the outline of a pipeline: the workflow, its functions and steps, with what is nested in
// them.
#pragma once

#include <string>
#include <vector>

#include "pe/check/checker.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::language {

enum class SymbolKind { Workflow, Step, Branch, Task, Variable, Function };

struct Symbol {
    SymbolKind kind = SymbolKind::Step;
    std::string name;
    std::string detail;   // the type of a step
    yaml::Span span;      // the whole entry, without the comments above it
    yaml::Span nameSpan;  // what to select: its name, else its key or its first line
    yaml::NodeRef node = yaml::kNoNode;
    std::vector<Symbol> children;
};

std::vector<Symbol> symbols(const check::Subject& subject, const format::Catalogue& catalogue);

}  // namespace pe::language
