// SPDX-License-Identifier: MIT
// EditWriter: turns a yaml::Edit into operations of one transaction, field by field, so that what
// an edit does not name is not touched.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

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
    // The form in which an entry is shown becomes its own, with a value that it borrows; who lent
    // that becomes the alias.
    void keepShown(yaml::NodeRef node);
    // An alias gets a copy of the value that it borrows, without the anchor.
    void copyLoan(yaml::NodeRef alias);
    // What stands in front of a value, whatever the value is.
    void setProps(yaml::NodeRef node, std::string props);
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
    std::set<yaml::NodeRef> leftBy(const yaml::Edit& edit) const;
    // What is edited at an alias that shows a borrowed value becomes the alias's own.
    yaml::Edit withOwnValues(const yaml::Edit& edit);
    void keepLoanAround(yaml::NodeRef node);
    void keepLoan(yaml::NodeRef alias);
    void copyInto(yaml::NodeRef alias, const std::vector<yaml::NodeRef>& children);
    void noteCopies(yaml::NodeRef from, yaml::NodeRef made);
    void followCopies(yaml::Entry& entry) const;
    yaml::NodeRef now(yaml::NodeRef node) const;
    void noteFormerAnchor(yaml::NodeRef node, const std::string& props);
    void patch(const yaml::FieldPatch& patch);
    void setBlockText(yaml::NodeRef node, const yaml::Entry& form);

    const crdt::ReplicatedTree& tree_;
    ReplicatedForest& forest_;
    crdt::Transaction& transaction_;
    std::vector<yaml::NodeRef> created_;
    // Where a borrowed value was copied because nothing can be moved out of what is deleted.
    std::map<yaml::NodeRef, yaml::NodeRef> copies_;
};

}  // namespace pe::document
