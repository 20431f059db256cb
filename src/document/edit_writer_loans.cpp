// SPDX-License-Identifier: MIT
// Edits in a value that an alias borrows.
#include "edit_writer.hpp"
#include "property_words.hpp"

namespace pe::document {

using yaml::kNoNode;
using yaml::NodeRef;

yaml::Edit EditWriter::withOwnValues(const yaml::Edit& edit) {
    for (const NodeRef node : edit.removals)
        keepLoanAround(forest_.parent(node));
    for (const yaml::Relocation& move : edit.relocations) {
        keepLoanAround(forest_.parent(move.node));
        keepLoanAround(move.parent);
    }
    for (const yaml::Insertion& insertion : edit.insertions) {
        keepLoanAround(insertion.parent);
        for (const NodeRef carried : yaml::carriedBy(insertion.entry))
            keepLoanAround(forest_.parent(carried));
    }
    for (const yaml::FieldPatch& patch : edit.patches)
        keepLoanAround(patch.node);
    yaml::Edit own = edit;
    for (NodeRef& node : own.removals)
        node = now(node);
    for (yaml::Relocation& move : own.relocations)
        move = {now(move.node), now(move.parent), now(move.after)};
    for (yaml::Insertion& insertion : own.insertions) {
        insertion.parent = now(insertion.parent);
        insertion.after = now(insertion.after);
        followCopies(insertion.entry);
    }
    for (yaml::FieldPatch& patch : own.patches)
        patch.node = now(patch.node);
    return own;
}

void EditWriter::followCopies(yaml::Entry& entry) const {
    entry.carried = now(entry.carried);
    for (yaml::Entry& child : entry.children)
        followCopies(child);
}

NodeRef EditWriter::now(NodeRef node) const {
    const auto found = copies_.find(node);
    return found == copies_.end() ? node : found->second;
}

// From the inside: an alias in a borrowed value may borrow itself.
void EditWriter::keepLoanAround(NodeRef node) {
    if (const NodeRef alias = forest_.lentTo(node); alias != kNoNode)
        keepLoan(alias);
    for (NodeRef at = now(node); at != yaml::kStream && at != kNoNode && !failed();) {
        const NodeRef above = forest_.parent(at);
        if (forest_.borrowedFrom(at) != kNoNode) {
            keepLoan(at);
            at = now(at);
        } else {
            at = above;
        }
    }
}

void EditWriter::keepShown(NodeRef node) {
    if (forest_.borrowedFrom(node) != kNoNode)
        keepLoan(node);
    else
        adopt(node);
}

void EditWriter::copyLoan(NodeRef alias) {
    const auto shown = forest_.children(alias);
    copyInto(alias, {shown.begin(), shown.end()});
    forest_.endLoan(alias);
    adopt(alias);
    setProps(alias, withAnchor(forest_.written(alias).props, {}));
}

void EditWriter::setProps(NodeRef node, std::string props) {
    adopt(node);
    yaml::Entry form = yaml::formOf(forest_.written(node));
    const std::string colon = form.colon;
    form.props = std::move(props);
    // The line break in front of the lines of a collection stands behind the properties, if any.
    if (yaml::isBlockCollection(form.style))
        form = yaml::fittedForm(lexemeOf(form), forest_.surroundings(node));
    patch({node, yaml::Field::Props, form});
    if (form.colon != colon)
        patch({node, yaml::Field::Colon, form});
}

void EditWriter::keepLoan(NodeRef alias) {
    const NodeRef from = forest_.borrowedFrom(alias);
    // An alias inside of something borrowed and deleted is copied with it.
    const NodeRef above = forest_.parent(alias);
    if (!tree_.isLive(alias)) {
        keepLoanAround(above);
        return;
    }
    const auto shown = forest_.children(alias);
    const std::vector<NodeRef> children(shown.begin(), shown.end());
    const bool live = tree_.isLive(from);
    if (!live)
        copyInto(alias, children);
    forest_.endLoan(alias);
    adopt(alias);
    if (!live)
        return;
    NodeRef after = kNoNode;
    for (const NodeRef child : children) {
        transaction_.move(child, alias, after);
        after = child;
    }
    adopt(from);
}

void EditWriter::copyInto(NodeRef alias, const std::vector<NodeRef>& children) {
    NodeRef after = kNoNode;
    for (const NodeRef child : children) {
        after = copy(alias, after, forest_, child);
        if (transaction_.failed())
            return;
        noteCopies(child, after);
    }
}

void EditWriter::noteCopies(NodeRef from, NodeRef made) {
    copies_[from] = made;
    const auto children = forest_.children(from);
    const auto copies = tree_.children(made);
    for (std::size_t i = 0; i < children.size() && i < copies.size(); ++i)
        noteCopies(children[i], copies[i]);
}

}  // namespace pe::document
