// SPDX-License-Identifier: MIT
#include "shared_value.hpp"

#include <algorithm>
#include <type_traits>

#include "pe/yaml/properties.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

template <class One, class... Some>
constexpr bool kIsOneOf = (std::is_same_v<One, Some> || ...);

// The entry whose value, or whose entries, a command changes; kNoNode for those that find their
// places themselves.
template <class What>
NodeRef changedBy(const What& command) {
    if constexpr (kIsOneOf<What, document::SetValue, document::SpliceText, document::RenameKey,
                           document::Remove, document::Move>)
        return command.node;
    else if constexpr (kIsOneOf<What, document::Insert>)
        return command.parent;
    else if constexpr (kIsOneOf<What, document::SetField>)
        return command.mapping;
    else
        return yaml::kNoNode;
}

}  // namespace

bool SharedValues::admit(Fix& fix) {
    auto* command = std::get_if<document::Command>(&fix.action);
    return command == nullptr || admit(*command, fix);
}

bool SharedValues::admit(document::Command& command, Fix& fix) {
    if (auto* batch = std::get_if<document::Batch>(&command.what))
        return std::all_of(batch->commands.begin(), batch->commands.end(),
                           [&](document::Command& each) { return admit(each, fix); });
    const NodeRef node = std::visit([](const auto& what) { return changedBy(what); }, command.what);
    if (node == yaml::kNoNode)
        return true;
    const bool value = std::holds_alternative<document::SetValue>(command.what) ||
                       std::holds_alternative<document::SpliceText>(command.what);
    const bool goes = std::holds_alternative<document::Remove>(command.what) ||
                      std::holds_alternative<document::Move>(command.what);
    if (goes ? holdsAnchor(node) : value && holdsAnchorBelow(node))
        return false;
    std::string where;
    if (const std::string_view anchor = anchorAround(node); !anchor.empty())
        where = ", wherever `&" + std::string(anchor) + "` is used";
    else if (value && forest_.style(node) == yaml::Style::Alias)
        where = ", in place of `" + std::string(forest_.lexeme(node).raw) + "`";
    if (where.empty())
        return true;
    command.sharing = yaml::Sharing::Everywhere;
    fix.safe = false;
    if (fix.title.find(where) == std::string::npos)
        fix.title += where;
    return true;
}

std::string_view SharedValues::anchorAround(NodeRef node) {
    for (NodeRef at = node; at != yaml::kStream && at != yaml::kNoNode; at = forest_.parent(at)) {
        const std::string_view anchor = yaml::anchorOf(forest_.lexeme(at).props);
        if (!anchor.empty() && isAliased(anchor))
            return anchor;
    }
    return {};
}

bool SharedValues::holdsAnchor(NodeRef node) {
    const std::string_view anchor = yaml::anchorOf(forest_.lexeme(node).props);
    return (!anchor.empty() && isAliased(anchor)) || holdsAnchorBelow(node);
}

bool SharedValues::holdsAnchorBelow(NodeRef node) {
    const auto children = forest_.children(node);
    return std::any_of(children.begin(), children.end(),
                       [this](NodeRef child) { return holdsAnchor(child); });
}

bool SharedValues::isAliased(std::string_view anchor) {
    if (!names_) {
        names_.emplace();
        collect(yaml::kStream);
    }
    return names_->contains(anchor);
}

void SharedValues::collect(NodeRef node) {
    for (const NodeRef child : forest_.children(node)) {
        const yaml::Lexeme lexeme = forest_.lexeme(child);
        if (lexeme.style == yaml::Style::Alias && lexeme.raw.size() > 1)
            names_->emplace(lexeme.raw.substr(1));
        collect(child);
    }
}

}  // namespace pe::check
