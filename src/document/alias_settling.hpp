// SPDX-License-Identifier: MIT
// What people who use anchors have to decide, and how it is done.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "conflict_book.hpp"
#include "edit_writer.hpp"
#include "pe/crdt/transaction.hpp"

namespace pe::document {

// The aliases that are shown otherwise than they are written.
std::vector<AliasConflict> aliasConflicts(const ReplicatedForest& forest);

// One name for two entries, and aliases that mean another one than their author meant.
struct MistakenAnchor {
    yaml::NodeRef meant = yaml::kNoNode;    // by those who wrote the aliases
    yaml::NodeRef nearest = yaml::kNoNode;  // what they mean as the text stands
    std::string name;
    std::vector<yaml::NodeRef> mistaken;
    std::vector<yaml::NodeRef> others;  // aliases that mean the first as they should
};
std::optional<MistakenAnchor> mistakenAnchor(const AnchorConflict& matter,
                                             const ReplicatedForest& forest);

// Whether nobody can read the value as what its tag says.
bool isMistagged(const TagConflict& matter, const ReplicatedForest& forest);

struct SettlingTools {
    ReplicatedForest& forest;
    crdt::Transaction& transaction;
    EditWriter& writer;
};
void settle(const AliasConflict& matter, std::size_t version, const SettlingTools& tools);
void settle(const AnchorConflict& matter, std::size_t version, const SettlingTools& tools);
void settle(const TagConflict& matter, std::size_t version, const SettlingTools& tools);

}  // namespace pe::document
