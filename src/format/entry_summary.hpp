// SPDX-License-Identifier: MIT
// EntrySummary: what a graph needs to know of one step or task, read from its own fields alone.
#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "field_role.hpp"
#include "pe/format/references.hpp"

namespace pe::format {

struct EntrySummary {
    std::string name;
    std::string type;
    std::string preview;                                      // empty in a memory
    std::vector<std::pair<FieldRole, yaml::NodeRef>> nested;  // fields that hold nodes
    bool conditional = false;
    bool isAlias = false;  // read from what it stands for
};

struct EntrySummaries {
    std::unordered_map<yaml::NodeRef, EntrySummary> byEntry;
    // None of an entry with aliases: what they stand for may change without it.
    std::unordered_map<yaml::NodeRef, std::vector<Reference>> references;
    std::vector<std::string> unusual;  // the names that `references` was read with
};

}  // namespace pe::format
