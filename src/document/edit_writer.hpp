// SPDX-License-Identifier: MIT
// EditWriter: turns a yaml::Edit into operations of one transaction, field by field, so that what
// an edit does not name is not touched.
#pragma once

#include <map>
#include <utility>

#include "pe/crdt/transaction.hpp"
#include "pe/crdt/tree.hpp"
#include "pe/yaml/edit.hpp"
#include "replicated_forest.hpp"

namespace pe::document {

class EditWriter {
public:
    EditWriter(const crdt::ReplicatedTree& tree, ReplicatedForest& forest,
               crdt::Transaction& transaction)
        : tree_(tree), forest_(forest), transaction_(transaction) {}

    void write(const yaml::Edit& edit);
    bool failed() const { return transaction_.failed(); }
    // The nodes that the insertions of the edits so far created, in their order.
    const std::vector<yaml::NodeRef>& created() const { return created_; }
    yaml::NodeRef create(yaml::NodeRef parent, yaml::NodeRef after, const yaml::Entry& entry);
    // Creates a copy of an entry of another forest, with all below it.
    yaml::NodeRef copy(yaml::NodeRef parent, yaml::NodeRef after, const yaml::Forest& from,
                       yaml::NodeRef node);

private:
    yaml::NodeRef createOne(yaml::NodeRef parent, yaml::NodeRef after, const yaml::Lexeme& lexeme);
    void adopt(yaml::NodeRef node);
    void patch(const yaml::FieldPatch& patch);
    void setBlockText(yaml::NodeRef node, const yaml::Entry& form);

    const crdt::ReplicatedTree& tree_;
    ReplicatedForest& forest_;
    crdt::Transaction& transaction_;
    std::vector<yaml::NodeRef> created_;
};

}  // namespace pe::document
