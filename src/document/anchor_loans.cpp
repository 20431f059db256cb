// SPDX-License-Identifier: MIT
// Loans: the value of an anchor, shown at an alias.
#include "merge_text.hpp"
#include "pe/yaml/properties.hpp"
#include "replicated_forest.hpp"

namespace pe::document {
namespace {

using yaml::Entry;
using yaml::Lexeme;
using yaml::NodeRef;
using yaml::Style;

NodeRef partner(const std::map<NodeRef, NodeRef>& partners, NodeRef node) {
    if (partners.empty())
        return yaml::kNoNode;
    const auto found = partners.find(node);
    return found == partners.end() ? yaml::kNoNode : found->second;
}

// The value of one entry at the place of another.
Entry valueAt(const Lexeme& place, const Lexeme& value) {
    const int delta = place.column - value.column;
    Entry form = yaml::formOf(place);
    form.style = value.style;
    form.offset = value.offset;
    form.props = shiftedLines(value.props, delta, false);
    form.open = shiftedLines(value.open, delta, false);
    form.footer = shiftedLines(value.footer, delta, yaml::isBlockCollection(value.style));
    form.raw = yaml::isBlockScalar(value.style)
                   ? blockAt(value.raw, value.column + value.offset, place.column + value.offset)
                   : shiftedLines(value.raw, delta, false);
    return form;
}

Entry aliasAt(const Lexeme& place, std::string_view name, std::string_view lineBreak) {
    Entry form = yaml::formOf(place);
    form.style = Style::Alias;
    form.offset = 0;
    form.props.clear();
    form.open.clear();
    form.footer.clear();
    form.raw = "*" + std::string(name);
    if (yaml::isBlockCollection(place.style) || yaml::isBlockScalar(place.style))
        form.suffix = lineBreak;
    return form;
}

}  // namespace

NodeRef ReplicatedForest::borrowedFrom(NodeRef alias) const {
    return partner(borrowed_, alias);
}

NodeRef ReplicatedForest::lentTo(NodeRef from) const {
    return partner(lent_, from);
}

bool ReplicatedForest::isAlias(NodeRef node) const {
    return styleOf(node) == Style::Alias || field(node, kKey).starts_with('*');
}

void ReplicatedForest::forget(NodeRef node) {
    blocks_.erase(node);
    mayHaveAliases_ = mayHaveAliases_ || isAlias(node);
}

void ReplicatedForest::noteAliases(NodeRef top) {
    std::vector<NodeRef> open{top};
    while (!open.empty() && !mayHaveAliases_) {
        const NodeRef node = open.back();
        open.pop_back();
        mayHaveAliases_ = isAlias(node);
        const auto inside = tree_->children(node);
        open.insert(open.end(), inside.begin(), inside.end());
    }
}

void ReplicatedForest::standIn(NodeRef node, Entry form) {
    // Properties and the lines of a collection below them: a form that is always written anew.
    if (yaml::isBlockCollection(form.style) && !form.props.empty())
        form = yaml::fittedForm(lexemeOf(form), surroundings(node));
    forms_[node] = form;
    standIns_[node] = std::move(form);
    refitEntry(node);
}

void ReplicatedForest::lend(NodeRef alias, NodeRef from, std::string_view name) {
    const Lexeme lender = written(from);
    Entry value = valueAt(written(alias), lender);
    if (yaml::anchorOf(value.props).empty())
        value.props.insert(0, "&" + std::string(name) + " ");
    Entry reference = aliasAt(lender, name, lineBreak_);
    for (const NodeRef child : held(from))
        dropForms(child);
    borrowed_[alias] = from;
    lent_[from] = alias;
    standIn(alias, std::move(value));
    refitBelow(alias);
    shown_.erase(from);
    standIn(from, std::move(reference));
}

void ReplicatedForest::dropForms(NodeRef top) {
    std::vector<NodeRef> open{top};
    while (!open.empty()) {
        const NodeRef node = open.back();
        open.pop_back();
        const bool stands = standIns_.count(node) != 0;
        if (!stands) {
            forms_.erase(node);
            shown_.erase(node);
        }
        const auto inside = held(node);
        open.insert(open.end(), inside.begin(), inside.end());
    }
}

void ReplicatedForest::endLoan(NodeRef alias) {
    const NodeRef from = borrowedFrom(alias);
    standIns_.erase(alias);
    standIns_.erase(from);
    shown_.erase(alias);
    lent_.erase(from);
    borrowed_.erase(alias);
}

}  // namespace pe::document
