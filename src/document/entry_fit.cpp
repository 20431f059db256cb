// SPDX-License-Identifier: MIT
// How entries are shown that edits of several people together left in a form that does not fit.
// Nothing here applies to what one person wrote: a text that was parsed always fits.
#include <algorithm>

#include "pe/yaml/fit.hpp"
#include "pe/yaml/render.hpp"
#include "replicated_forest.hpp"

namespace pe::document {
namespace {

using yaml::Lexeme;
using yaml::NodeRef;
using yaml::Style;

// A colon in a comment behind the dash is none of the entry's.
bool isItem(std::string_view key, std::string_view colon) {
    const std::size_t next = colon.find_first_not_of(" \t");
    return key == "-" && (next == std::string_view::npos || colon[next] != ':');
}

bool hasLine(std::string_view text, std::string_view mark) {
    for (std::size_t at = text.find(mark); at != std::string_view::npos;
         at = text.find(mark, at + 1))
        if (at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r')
            return true;
    return false;
}

}  // namespace

Style ReplicatedForest::styleOf(NodeRef node) const {
    if (node == yaml::kStream)
        return Style::Stream;
    if (const auto found = standIns_.find(node); found != standIns_.end())
        return found->second.style;
    const std::string_view value = field(node, kValue);
    const auto style = value.empty() ? 0 : static_cast<unsigned char>(value.front());
    return style <= static_cast<unsigned char>(Style::Opaque) ? static_cast<Style>(style)
                                                              : Style::Opaque;
}

Style ReplicatedForest::shownStyle(NodeRef node) const {
    const yaml::Entry* const form = shownForm(node);
    return form ? form->style : styleOf(node);
}

yaml::Surroundings ReplicatedForest::surroundings(NodeRef node) const {
    const NodeRef above = parent(node);
    yaml::Surroundings around;
    around.above = shownStyle(above);
    const auto siblings = children(above);
    around.first = !siblings.empty() && siblings.front() == node;
    around.children = children(node).size();
    around.lineBreak = lineBreak_;
    return around;
}

// What holds an entry must have been fitted before.
void ReplicatedForest::refitEntry(NodeRef node) {
    const NodeRef above = parent(node);
    if (above == yaml::kStream || above == yaml::kNoNode)
        return;
    const yaml::Surroundings around = surroundings(node);
    if (!yaml::fits(written(node, false), around))
        showAs(node, yaml::fittedForm(written(node), around));
    if (!lacksBreak(node))
        return;
    yaml::Entry form = yaml::formOf(lexeme(node));
    form.raw += lineBreak_;
    showAs(node, std::move(form));
}

// A text that ended the file without a line break has one where something follows.
bool ReplicatedForest::lacksBreak(NodeRef node) const {
    if (!yaml::isBlockScalar(shownStyle(node)))
        return false;
    const Lexeme shown = lexeme(node);
    const bool ended = shown.raw.empty() || shown.raw.ends_with('\n') || shown.raw.ends_with('\r');
    return !ended && !yaml::endsText(*this, node);
}

// What was put into a document that somebody else replaced ends up beside the new one, where it is
// no document: only one can begin without a mark of its own.
std::vector<NodeRef> ReplicatedForest::documents() const {
    std::vector<NodeRef> all;
    std::size_t unmarked = 0;
    for (const NodeRef child : tree_->children(yaml::kStream)) {
        if (!field(child, kKey).empty() || !field(child, kColon).empty())
            continue;
        const bool open = !all.empty() && hasLine(field(all.back(), kSuffix), "...");
        all.push_back(child);
        unmarked += open || hasLine(field(child, kPrefix), "---") ? 0 : 1;
    }
    if (unmarked < 2)
        return all;
    const auto size = [this](NodeRef child) { return tree_->children(child).size(); };
    NodeRef largest = yaml::kNoNode;
    for (const NodeRef child : all)
        if (!hasLine(field(child, kPrefix), "---") &&
            (largest == yaml::kNoNode || size(child) > size(largest)))
            largest = child;
    std::erase_if(all, [&](NodeRef child) {
        return child != largest && !hasLine(field(child, kPrefix), "---");
    });
    return all;
}

// Items stand in lists, entries with a key in mappings.
bool ReplicatedForest::isChildOf(Style style, NodeRef child) const {
    if (styleOf(child) == Style::Opaque)
        return yaml::isCollection(style);
    const std::string_view key = field(child, kKey);
    const bool item = isItem(key, field(child, kColon));
    if (yaml::isSequence(style))
        return item || key.empty();
    return yaml::isMapping(style) && !item && !key.empty();
}

void ReplicatedForest::refitChildren(NodeRef node) {
    const auto children = held(node);
    const Style style = styleOf(node);
    if (style == Style::Stream) {
        if (auto shown = documents(); shown.size() != children.size())
            shown_[node] = std::move(shown);
        return;
    }
    const auto fits = [&](NodeRef child) { return isChildOf(style, child); };
    if (std::all_of(children.begin(), children.end(), fits))
        return;
    auto& shown = shown_[node];
    std::copy_if(children.begin(), children.end(), std::back_inserter(shown), fits);
}

void ReplicatedForest::refitAll() {
    forms_.clear();
    shown_.clear();
    standIns_.clear();
    borrowed_.clear();
    lent_.clear();
    mayHaveAliases_ = false;
    lineBreak_ = yaml::lineBreakOf(*this);
    refitBelow(yaml::kStream);
}

void ReplicatedForest::refitBelow(NodeRef top) {
    std::vector<NodeRef> open{top};
    while (!open.empty()) {
        const NodeRef node = open.back();
        open.pop_back();
        refitChildren(node);
        refitEntry(node);
        mayHaveAliases_ = mayHaveAliases_ || isAlias(node);
        const auto shown = children(node);
        open.insert(open.end(), shown.begin(), shown.end());
    }
}

bool ReplicatedForest::fitsAsWritten(NodeRef top) const {
    const NodeRef parent = tree_->parent(top);
    if (hasMisfits() || !tree_->isLive(top) || parent == yaml::kStream || parent == yaml::kNoNode)
        return false;
    if (yaml::lineBreakOf(*this) != lineBreak_ || !isChildOf(styleOf(parent), top))
        return false;
    std::vector<NodeRef> open{top};
    while (!open.empty()) {
        const NodeRef node = open.back();
        open.pop_back();
        if (!yaml::fits(written(node, false), surroundings(node)) || lacksBreak(node))
            return false;
        const Style style = styleOf(node);
        for (const NodeRef child : tree_->children(node)) {
            if (!isChildOf(style, child))
                return false;
            open.push_back(child);
        }
    }
    return true;
}

std::vector<NodeRef> ReplicatedForest::hidden() const {
    std::vector<NodeRef> hidden;
    for (const auto& [node, shown] : shown_) {
        if (!tree_->isLive(node) || borrowedFrom(node) != yaml::kNoNode)
            continue;
        for (const NodeRef child : held(node))
            if (std::find(shown.begin(), shown.end(), child) == shown.end())
                hidden.push_back(child);
    }
    std::sort(hidden.begin(), hidden.end());
    return hidden;
}

}  // namespace pe::document
