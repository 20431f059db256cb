// SPDX-License-Identifier: MIT
// Commands: what a user wants done to a Document. One command is one gesture, one group of
// operations and one undo step. NodeRefs are those of Document::forest().
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "pe/yaml/edit.hpp"
#include "pe/yaml/forest.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {

// Gives an existing entry another value, keeping style, comments and place.
struct SetValue {
    yaml::NodeRef node = yaml::kNoNode;
    yaml::Value value;
};

// Adds an entry to a mapping (`key`) or a list, after a sibling; kNoNode puts it first.
struct Insert {
    yaml::NodeRef parent = yaml::kNoNode;
    yaml::NodeRef after = yaml::kNoNode;
    std::string key;
    yaml::Value value;
};

// Sets the field `key` of a mapping, adding it at the end if it is not there.
struct SetField {
    yaml::NodeRef mapping = yaml::kNoNode;
    std::string key;
    yaml::Value value;
};

struct Remove {
    yaml::NodeRef node = yaml::kNoNode;
};

struct Move {
    yaml::NodeRef node = yaml::kNoNode;
    yaml::NodeRef parent = yaml::kNoNode;
    yaml::NodeRef after = yaml::kNoNode;
    std::optional<std::string> key;
    // Keys that lead from `parent` to the list or, with a `key`, the mapping that is meant. What is
    // missing on the way, or has no value yet, is added.
    std::vector<std::string> path = {};
};

// Adds items to a list, given as YAML text whose comments and formatting stay. `parent` and `path`
// as in Move.
struct InsertText {
    yaml::NodeRef parent = yaml::kNoNode;
    yaml::NodeRef after = yaml::kNoNode;
    std::string text;
    std::vector<std::string> path = {};
};

// A copy after the original. If the copy is a mapping with a `name`, the copy's name is made
// unique.
struct Duplicate {
    yaml::NodeRef node = yaml::kNoNode;
};

// A value of its own for an alias: a copy of what it stands for.
struct CopyAlias {
    yaml::NodeRef node = yaml::kNoNode;
};

struct RenameKey {
    yaml::NodeRef node = yaml::kNoNode;
    std::string key;
};

// Replaces part of a text value: positions and lengths in code points of the decoded text.
struct SpliceText {
    yaml::NodeRef node = yaml::kNoNode;
    std::size_t at = 0;
    std::size_t remove = 0;
    std::string insert;
};

// The comment lines directly above an entry, without `#`.
struct SetComment {
    yaml::NodeRef node = yaml::kNoNode;
    std::string comment;
};

// Renames a step and every reference to it.
struct RenameStep {
    yaml::NodeRef step = yaml::kNoNode;
    std::string name;
};

// Moves steps that follow one another in one list into the inline pipeline of a new step in their
// place; see extraction.hpp.
struct ExtractSteps {
    std::vector<yaml::NodeRef> steps;
    std::string name;
};

// Puts the steps of an inline pipeline in the place of its step: the inverse.
struct InlinePipeline {
    yaml::NodeRef step = yaml::kNoNode;
};

struct Command;

// Several commands as one gesture. Each sees the result of those before it.
struct Batch {
    std::vector<Command> commands;
};

struct Command {
    std::variant<SetValue, Insert, SetField, Remove, Move, Duplicate, CopyAlias, RenameKey,
                 SpliceText, SetComment, RenameStep, InsertText, ExtractSteps, InlinePipeline,
                 Batch>
        what;
    std::string label;         // for the undo menu; empty: a default of the kind
    std::uint32_t source = 0;  // see ChangeSet::source
    // Whether values change that stand in several places; those inside a Batch say so themselves.
    yaml::Sharing sharing = yaml::Sharing::Refuse;
};

}  // namespace pe::document
