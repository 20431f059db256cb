// SPDX-License-Identifier: MIT
#include "command_writer.hpp"

#include <algorithm>
#include <set>

#include "pe/base/utf8.hpp"
#include "pe/format/graph.hpp"
#include "pe/format/resolution.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"
#include "step_names.hpp"

namespace pe::document {
namespace {

using yaml::kNoNode;
using yaml::NodeRef;

NodeRef lastChild(const yaml::Forest& forest, NodeRef node) {
    const auto children = forest.children(node);
    return children.empty() ? kNoNode : children.back();
}

// The value that is `innermost` below the keys of `path`.
yaml::Value nested(std::span<const std::string> path, yaml::Value innermost) {
    for (; !path.empty(); path = path.first(path.size() - 1))
        innermost =
            yaml::Value::mapping({{yaml::Value::ofString(path.back()), std::move(innermost)}});
    return innermost;
}

}  // namespace

Result<void> CommandWriter::write(const Command& command) {
    sharing_ = command.sharing;
    return std::visit([this](const auto& each) { return (*this)(each); }, command.what);
}

Result<void> CommandWriter::make(Result<yaml::Edit> edit) {
    if (!edit)
        return tl::unexpected(edit.error());
    if (onEdit)
        onEdit(*edit);
    writer_.write(*edit);
    if (writer_.failed())
        return fail(ErrorCode::Refused, "This edit is not possible here.");
    return {};
}

// A view may hold a node that somebody else deleted a moment ago.
Result<void> CommandWriter::known(NodeRef node) const {
    for (NodeRef at = node; at != yaml::kStream; at = forest_.parent(at)) {
        const NodeRef parent = at == kNoNode ? kNoNode : forest_.parent(at);
        if (parent == kNoNode)
            return fail(ErrorCode::NotFound, "This entry does not exist any more.");
        const auto siblings = forest_.children(parent);
        if (std::find(siblings.begin(), siblings.end(), at) == siblings.end())
            return fail(ErrorCode::NotFound, "This entry was deleted in the meantime.");
    }
    return {};
}

Result<void> CommandWriter::operator()(const SetValue& command) {
    PE_TRY(known(command.node));
    return make(yaml::setValue(forest_, command.node, command.value, sharing_));
}

Result<void> CommandWriter::operator()(const Insert& command) {
    PE_TRY(known(command.parent));
    if (command.after != kNoNode)
        PE_TRY(known(command.after));
    return make(yaml::insertEntry(forest_, command.parent, command.after, command.key,
                                  command.value, sharing_));
}

Result<void> CommandWriter::operator()(const SetField& command) {
    PE_TRY(known(command.mapping));
    const NodeRef field = yaml::child(forest_, command.mapping, command.key);
    if (field != kNoNode)
        return make(yaml::setValue(forest_, field, command.value, sharing_));
    return make(yaml::insertEntry(forest_, command.mapping, lastChild(forest_, command.mapping),
                                  command.key, command.value, sharing_));
}

Result<void> CommandWriter::operator()(const Remove& command) {
    PE_TRY(known(command.node));
    return make(yaml::removeEntry(forest_, command.node, sharing_));
}

Result<void> CommandWriter::operator()(const Move& command) {
    PE_TRY(known(command.node));
    for (NodeRef at = command.parent; at != kNoNode; at = forest_.parent(at))
        if (at == command.node)
            return fail(ErrorCode::Refused, "An entry cannot be moved into itself.");
    PE_TRY_ASSIGN(const NodeRef target,
                  opened(command.parent, command.path,
                         command.key ? yaml::Value::mapping() : yaml::Value::sequence()));
    std::optional<std::string_view> key;
    if (command.key)
        key = *command.key;
    return make(yaml::moveEntry(forest_, command.node, target, command.after, key, sharing_));
}

Result<void> CommandWriter::operator()(const Duplicate& command) {
    PE_TRY(known(command.node));
    const std::set<std::string> taken = stepNames(forest_);
    PE_TRY(make(yaml::duplicateEntry(forest_, command.node)));
    if (writer_.created().empty())
        return {};
    const NodeRef copy = writer_.created().back();
    const NodeRef name =
        yaml::isMapping(forest_.style(copy)) ? yaml::child(forest_, copy, "name") : kNoNode;
    if (name == kNoNode)
        return {};
    const std::string unique = uniqueName(yaml::scalarText(forest_, name), taken);
    return make(yaml::setValue(forest_, name, yaml::Value::ofString(unique)));
}

Result<void> CommandWriter::operator()(const CopyAlias& command) {
    PE_TRY(known(command.node));
    return make(yaml::copyAlias(forest_, command.node));
}

Result<void> CommandWriter::operator()(const RenameKey& command) {
    PE_TRY(known(command.node));
    return make(yaml::renameKey(forest_, command.node, command.key, sharing_));
}

Result<void> CommandWriter::operator()(const SpliceText& command) {
    PE_TRY(known(command.node));
    const yaml::Style style = forest_.style(command.node);
    if (yaml::isCollection(style))
        return fail(ErrorCode::InvalidArgument, "This entry holds other entries, not a text.",
                    yaml::pointerTo(forest_, command.node));
    std::string text = yaml::scalarText(forest_, command.node);
    const std::size_t begin = utf8::offsetOf(text, command.at);
    const std::size_t end =
        begin == std::string::npos ? begin : utf8::offsetOf(text, command.at + command.remove);
    if (begin == std::string::npos || end == std::string::npos)
        return fail(ErrorCode::InvalidArgument,
                    "The text is shorter than the place to change in it.",
                    yaml::pointerTo(forest_, command.node));
    text.replace(begin, end - begin, command.insert);
    return make(yaml::setTypedText(forest_, command.node, text, sharing_));
}

Result<void> CommandWriter::operator()(const SetComment& command) {
    PE_TRY(known(command.node));
    return make(yaml::setCommentAbove(forest_, command.node, command.comment));
}

Result<void> CommandWriter::operator()(const RenameStep& command) {
    PE_TRY(known(command.step));
    PE_TRY_ASSIGN(const auto renames, stepRenames(forest_, types_, command.step, command.name));
    if (renames.empty())
        return {};
    const auto meanings = [this] {
        return format::resolvedReferences(forest_, format::deriveGraph(forest_, types_));
    };
    const auto before = meanings();
    for (const auto& [node, text] : renames)
        PE_TRY(make(
            yaml::setValue(forest_, node, yaml::Value::ofString(text), yaml::Sharing::Everywhere)));
    const NodeRef changed = format::changedMeaning(before, meanings(), renames.front().first);
    if (changed == kNoNode)
        return {};
    const bool known = changed != yaml::kStream;
    return fail(ErrorCode::Conflict,
                "With the name '" + command.name + "', " +
                    (known ? "this place" : "one of the places") +
                    " would mean something else than now. Choose another name.",
                known ? yaml::pointerTo(forest_, changed) : std::string());
}

Result<void> CommandWriter::operator()(const InsertText& command) {
    PE_TRY_ASSIGN(const NodeRef list,
                  opened(command.parent, command.path, yaml::Value::sequence()));
    if (command.after != kNoNode)
        PE_TRY(known(command.after));
    return make(yaml::insertItems(forest_, list, command.after, command.text));
}

Result<NodeRef> CommandWriter::opened(NodeRef parent, const std::vector<std::string>& path,
                                      const yaml::Value& empty) {
    PE_TRY(known(parent));
    for (std::size_t i = 0; i <= path.size(); ++i) {
        PE_TRY(makeRoom(parent, std::span(path).subspan(i), empty));
        if (i == path.size())
            break;
        const NodeRef next = yaml::child(forest_, parent, path[i]);
        if (next == kNoNode)
            return fail(ErrorCode::Refused, "This edit is not possible here.");
        parent = next;
    }
    return parent;
}

// What is missing on the way is made at once: in an empty pair of brackets the next part would
// be written in brackets too, where no comment can stand.
Result<void> CommandWriter::makeRoom(NodeRef parent, std::span<const std::string> path,
                                     const yaml::Value& empty) {
    const yaml::Value missing = nested(path, empty);
    const yaml::Style style = forest_.style(parent);
    if (!yaml::isCollection(style)) {
        PE_TRY_ASSIGN(const yaml::Value present, yaml::valueOf(forest_, parent));
        return present.isNull() ? make(yaml::setValue(forest_, parent, missing, sharing_))
                                : Result<void>{};
    }
    if (path.empty() || yaml::child(forest_, parent, path.front()) != kNoNode)
        return {};
    if (style == yaml::Style::FlowMapping && forest_.children(parent).empty()) {
        PE_TRY(make(yaml::setValue(forest_, parent, yaml::Value::null(), sharing_)));
        return make(yaml::setValue(forest_, parent, missing, sharing_));
    }
    return make(yaml::insertEntry(forest_, parent, lastChild(forest_, parent), path.front(),
                                  nested(path.subspan(1), empty), sharing_));
}

Result<void> CommandWriter::operator()(const Batch& command) {
    for (const Command& each : command.commands)
        PE_TRY(write(each));
    return {};
}

std::string defaultLabel(const Command& command) {
    static constexpr const char* kLabels[] = {
        "Change value",      "Add entry",       "Change field",
        "Delete entry",      "Move entry",      "Duplicate entry",
        "Copy a value here", "Rename key",      "Change text",
        "Change comment",    "Rename step",     "Insert entries",
        "Extract steps",     "Inline pipeline", "Change"};
    return kLabels[command.what.index()];
}

}  // namespace pe::document
