// SPDX-License-Identifier: MIT
#include "merge_gaps.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "merge_text.hpp"
#include "pe/document/text_patches.hpp"
#include "pe/yaml/fit.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::document {
namespace {

using yaml::NodeRef;

std::string gapOf(const yaml::Forest& forest, NodeRef item) {
    const std::string_view prefix = forest.lexeme(item).prefix;
    return std::string(prefix.substr(0, blankLinesOf(prefix)));
}

bool sameHeight(const std::string& left, const std::string& right) {
    return linesOf(left).size() == linesOf(right).size();
}

struct Spacing {
    std::string first;
    std::optional<std::string> between;  // nothing in a list of one
    bool agreed = true;

    void meet(const Spacing& other) {
        if (!sameHeight(first, other.first))
            agreed = false;
        if (between && other.between && !sameHeight(*between, *other.between))
            agreed = false;
        if (!between)
            between = other.between;
    }
};

// Nothing if the list is not evenly spaced.
std::optional<Spacing> spacingOf(const yaml::Forest& forest, NodeRef list) {
    const auto items = forest.children(list);
    Spacing spacing;
    if (items.empty())
        return std::nullopt;
    spacing.first = gapOf(forest, items.front());
    for (std::size_t i = 1; i < items.size(); ++i) {
        const std::string gap = gapOf(forest, items[i]);
        if (spacing.between && !sameHeight(*spacing.between, gap))
            return std::nullopt;
        spacing.between = spacing.between.value_or(gap);
    }
    return spacing;
}

// The list with the same keys above it.
NodeRef counterpart(const yaml::Forest& forest, const std::vector<std::string>& keys) {
    NodeRef node = yaml::rootDocument(forest);
    for (const std::string& key : keys)
        if (node != yaml::kNoNode)
            node = yaml::child(forest, node, key);
    return node != yaml::kNoNode && forest.style(node) == yaml::Style::BlockSequence
               ? node
               : yaml::kNoNode;
}

void even(const yaml::Forest& forest, NodeRef list, const Spacing& wanted, yaml::Edit& edit) {
    const auto items = forest.children(list);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto gap = i == 0 ? std::optional(wanted.first) : wanted.between;
        const std::string stands = gapOf(forest, items[i]);
        if (!gap || sameHeight(*gap, stands))
            continue;
        yaml::Entry form = yaml::formOf(forest.lexeme(items[i]));
        form.prefix.replace(0, stands.size(), *gap);
        edit.patches.push_back({items[i], yaml::Field::Prefix, std::move(form)});
    }
}

// Nothing if one of the texts has no such list, or an unevenly spaced one.
std::optional<Spacing> commonSpacing(const std::vector<const yaml::Tree*>& texts,
                                     const std::vector<std::string>& keys) {
    std::optional<Spacing> common;
    for (const yaml::Tree* tree : texts) {
        const NodeRef list = counterpart(*tree, keys);
        const auto spacing = list == yaml::kNoNode ? std::nullopt : spacingOf(*tree, list);
        if (!spacing)
            return std::nullopt;
        if (common)
            common->meet(*spacing);
        else
            common = spacing;
    }
    return common;
}

}  // namespace

yaml::Edit evenGaps(const yaml::Forest& merged, const yaml::Tree& base, const yaml::Tree& ours,
                    const yaml::Tree& theirs) {
    yaml::Edit edit;
    const std::vector<std::string> places[] = {{"workflow", "steps"}, {"steps"}};
    for (const auto& keys : places) {
        const NodeRef list = counterpart(merged, keys);
        const auto wanted = commonSpacing({&base, &ours, &theirs}, keys);
        if (list != yaml::kNoNode && wanted && wanted->agreed)
            even(merged, list, *wanted, edit);
    }
    return edit;
}

}  // namespace pe::document
