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

bool SharedValues::concern(const Fix& fix) {
    const auto* command = std::get_if<document::Command>(&fix.action);
    return command != nullptr && concernCommand(*command);
}

bool SharedValues::concernCommand(const document::Command& command) {
    if (const auto* batch = std::get_if<document::Batch>(&command.what))
        return std::any_of(batch->commands.begin(), batch->commands.end(),
                           [&](const document::Command& each) { return concernCommand(each); });
    return std::visit(
        [&](const auto& what) {
            const NodeRef node = changedBy(what);
            // An alias gives way to another entry, but has no value of its own.
            constexpr bool value =
                kIsOneOf<std::decay_t<decltype(what)>, document::SetValue, document::SpliceText>;
            return node != yaml::kNoNode &&
                   ((value && forest_.style(node) == yaml::Style::Alias) || isShared(node));
        },
        command.what);
}

bool SharedValues::isShared(NodeRef node) {
    for (NodeRef at = node; at != yaml::kStream && at != yaml::kNoNode; at = forest_.parent(at)) {
        const yaml::Lexeme lexeme = forest_.lexeme(at);
        const std::string_view anchor = yaml::anchorOf(lexeme.props);
        if (!anchor.empty() && isAliased(anchor))
            return true;
    }
    return false;
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
