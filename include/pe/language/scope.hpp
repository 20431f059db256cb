// SPDX-License-Identifier: MIT
// Scope: what can be named at a place of a pipeline: the steps that have run by then, variables,
// inputs, items of loops, constants, functions, and what the result of each step holds.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pe/check/checker.hpp"
#include "pe/format/catalogue.hpp"

namespace pe::language {

enum class NameKind { Step, Variable, Input, LoopItem, Constant, Function };

struct Name {
    NameKind kind = NameKind::Step;
    std::string name;
    std::string type;           // of a step
    std::string documentation;  // one line: how the step's prompt begins, the variable's value
    std::vector<format::ResultField> results;  // of a step
    yaml::NodeRef node = yaml::kNoNode;        // where it is defined
};

// Steps are the nearest first, the rest in the order of the text; no name of a kind twice. `files`
// tell what the pipelines that steps run hand back; null: nothing is known of them.
std::vector<Name> scopeAt(const check::Subject& subject, const format::Catalogue& catalogue,
                          std::size_t offset, const check::FileLookup* files = nullptr);

}  // namespace pe::language
