// SPDX-License-Identifier: MIT
// Uses: the step, variable, input, constant or function that a place of the text names, where it is
// defined, and every place that names it: in prompts, conditions, templates, data sources, outputs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pe/check/checker.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/yaml/tree.hpp"

namespace pe::language {

// Input: a key below `inputs` of a step with an inline pipeline. Constant: one of `global_vars`.
enum class TargetKind { Step, Variable, Function, File, Input, Constant };

// What a name stands for.
struct Target {
    TargetKind kind = TargetKind::Step;
    std::string name;
    // The step; the key below `variables` of the first step that sets the variable; the key below
    // `gemini_functions`, `inputs` or `global_vars`; of a file the entry that names it.
    yaml::NodeRef node = yaml::kNoNode;
    yaml::Span at;  // the name under the place that was asked for
};

// Nothing where the place names nothing, or something that is not there.
std::optional<Target> targetAt(const check::Subject& subject, const format::Catalogue& catalogue,
                               std::size_t offset);

struct Use {
    yaml::Span span;                     // of the name alone, or of the alias
    yaml::NodeRef node = yaml::kNoNode;  // the entry that holds it
    bool definition = false;
};

// In the order of the text. Names behind aliases are where they are written, and an alias that
// stands for nothing but the name is a use as well.
std::vector<Use> usesOf(const check::Subject& subject, const format::Catalogue& catalogue,
                        const Target& target);

struct Definition {
    std::string file;  // as written, for a pipeline or prompt file; empty: in this text
    std::string step;  // of that file, at its top level; empty: the file itself
    yaml::Span span;  // in this text: of the definition, or of the name that leads to a file's step
};

std::optional<Definition> definitionOf(const check::Subject& subject,
                                       const format::Catalogue& catalogue, std::size_t offset);

// The name of the step of the top level that is called so; nothing if there is none.
std::optional<yaml::Span> stepNamed(const check::Subject& subject,
                                    const format::Catalogue& catalogue, std::string_view name);

}  // namespace pe::language
