// SPDX-License-Identifier: MIT
#include "grafted_forest.hpp"

#include <utility>

namespace pe::document {

using yaml::NodeRef;

GraftedForest::GraftedForest(const Run& place, const Run& guests, std::string prefix)
    : host_(place.forest),
      guest_(guests.forest),
      list_(place.list),
      guestList_(guests.list),
      firstGuest_(guests.forest.children(guests.list)[guests.first] + kGuest),
      prefix_(std::move(prefix)) {
    const auto own = host_.children(list_);
    const auto theirs = guest_.children(guestList_);
    items_.assign(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(place.first));
    for (std::size_t i = 0; i < guests.count; ++i)
        items_.push_back(theirs[guests.first + i] + kGuest);
    items_.insert(items_.end(),
                  own.begin() + static_cast<std::ptrdiff_t>(place.first + place.count), own.end());
}

yaml::Lexeme GraftedForest::lexeme(NodeRef node) const {
    if (!isGuest(node))
        return host_.lexeme(node);
    yaml::Lexeme lexeme = guest_.lexeme(node - kGuest);
    if (node == firstGuest_)
        lexeme.prefix = prefix_;
    return lexeme;
}

std::span<const NodeRef> GraftedForest::children(NodeRef node) const {
    if (node == list_)
        return items_;
    if (!isGuest(node))
        return host_.children(node);
    const auto [known, isNew] = guestChildren_.try_emplace(node);
    if (isNew)
        for (const NodeRef child : guest_.children(node - kGuest))
            known->second.push_back(child + kGuest);
    return known->second;
}

NodeRef GraftedForest::parent(NodeRef node) const {
    if (!isGuest(node))
        return host_.parent(node);
    const NodeRef parent = guest_.parent(node - kGuest);
    return parent == guestList_ ? list_ : parent + kGuest;
}

}  // namespace pe::document
