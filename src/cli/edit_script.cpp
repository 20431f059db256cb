// SPDX-License-Identifier: MIT
#include "edit_script.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>
#include <vector>

#include "pe/yaml/edit.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/scalar.hpp"

namespace pe::cli {
namespace {

using document::Command;
using yaml::kNoNode;
using yaml::NodeRef;
using yaml::Value;

// A place that may not be there yet: the collection that holds it and the last token.
struct Target {
    NodeRef parent = kNoNode;
    NodeRef node = kNoNode;  // what stands there now
    std::string token;
};

Error placed(Error error, const std::string& pointer) {
    if (error.where.empty())
        error.where = pointer;
    return error;
}

Result<Target> locate(const yaml::Forest& forest, const std::string& pointer) {
    PE_TRY_ASSIGN(auto tokens, yaml::parsePointer(pointer));
    Target target;
    if (tokens.empty()) {
        target.node = yaml::rootDocument(forest);
        if (target.node == kNoNode)
            return fail(ErrorCode::Refused, "the file is empty", pointer);
        return target;
    }
    target.token = tokens.back();
    const std::string parentPointer = pointer.substr(0, pointer.rfind('/'));
    auto parent = yaml::resolve(forest, parentPointer);
    if (!parent)
        return tl::unexpected(placed(parent.error(), parentPointer));
    if (!yaml::isCollection(forest.style(*parent)))
        return fail(ErrorCode::Refused, "this is no list and no mapping", parentPointer);
    target.parent = *parent;
    target.node = yaml::child(forest, *parent, target.token);
    return target;
}

// The item after which one with this index would stand; "-" is the end.
Result<NodeRef> itemBefore(std::span<const NodeRef> items, const Target& target,
                           const std::string& pointer) {
    const std::string& token = target.token;
    std::size_t index = items.size();
    const char* end = token.data() + token.size();
    const auto [stop, error] = std::from_chars(token.data(), end, index);
    const bool number = error == std::errc{} && stop == end && (token == "0" || token[0] != '0');
    if (token != "-" && (!number || index > items.size()))
        return fail(ErrorCode::Refused,
                    "the list has " + std::to_string(items.size()) +
                        " items; give an index up to that, or -",
                    pointer);
    return index == 0 ? kNoNode : items[index - 1];
}

// Whatever the reason, an edit that the document does not make is one that is not possible.
Result<void> execute(document::Document& document, const std::string& pointer,
                     const Command& command) {
    auto done = document.execute(command);
    if (done)
        return {};
    Error error = placed(done.error(), pointer);
    error.code = ErrorCode::Refused;
    return tl::unexpected(std::move(error));
}

// In a file that holds nothing but comments: the mapping that leads to the value, below them.
Result<void> setInEmpty(document::Document& document, const std::string& pointer, Value value) {
    PE_TRY_ASSIGN(const auto tokens, yaml::parsePointer(pointer));
    if (tokens.empty())
        return fail(ErrorCode::Refused, "the file is empty", pointer);
    for (std::size_t i = tokens.size(); i-- > 1;)
        value = Value::mapping({{Value::ofString(tokens[i]), std::move(value)}});
    yaml::ScalarPlace place;
    place.key = true;
    const auto key = yaml::encodeString(tokens.front(), yaml::Style::Plain, place);
    const std::string& text = document.text();
    const bool startsLine = text.empty() || text.back() == '\n' || text.back() == '\r';
    const std::string line =
        std::string(startsLine ? "" : yaml::lineBreakOf(document.forest())) + key.raw + ":\n";
    PE_TRY(document.replaceText(text.size(), 0, line, 0));
    PE_TRY_ASSIGN(const NodeRef node,
                  yaml::resolve(document.forest(), '/' + yaml::escapePointerToken(tokens.front())));
    return execute(document, pointer, {document::SetValue{node, std::move(value)}, {}, 0});
}

Result<void> set(document::Document& document, const std::string& pointer, const Value& value) {
    if (yaml::rootDocument(document.forest()) == kNoNode)
        return setInEmpty(document, pointer, value);
    PE_TRY_ASSIGN(const Target target, locate(document.forest(), pointer));
    if (target.node != kNoNode)
        return execute(document, pointer, {document::SetValue{target.node, value}, {}, 0});
    if (yaml::isSequence(document.forest().style(target.parent)))
        return fail(ErrorCode::Refused, "the list has no such item; use insert to add one",
                    pointer);
    return execute(document, pointer,
                   {document::SetField{target.parent, target.token, value}, {}, 0});
}

Result<void> insert(document::Document& document, const std::string& pointer, const Value& value,
                    const std::optional<std::string>& after) {
    const yaml::Forest& forest = document.forest();
    PE_TRY_ASSIGN(const Target target, locate(forest, pointer));
    if (target.parent == kNoNode)
        return fail(ErrorCode::Refused, "the root is there already", pointer);
    document::Insert command{target.parent, kNoNode, {}, value};
    if (yaml::isSequence(forest.style(target.parent))) {
        PE_TRY_ASSIGN(command.after, itemBefore(forest.children(target.parent), target, pointer));
    } else {
        command.key = target.token;
        const auto entries = forest.children(target.parent);
        command.after = entries.empty() ? kNoNode : entries.back();
        if (after) {
            command.after = yaml::child(forest, target.parent, *after);
            if (command.after == kNoNode)
                return fail(ErrorCode::Refused, "there is no key '" + *after + "' to follow",
                            pointer);
        }
    }
    return execute(document, pointer, {std::move(command), {}, 0});
}

Result<void> remove(document::Document& document, const std::string& pointer) {
    PE_TRY_ASSIGN(const Target target, locate(document.forest(), pointer));
    if (target.node == kNoNode || target.parent == kNoNode)
        return fail(ErrorCode::Refused, "there is nothing to remove here", pointer);
    return execute(document, pointer, {document::Remove{target.node}, {}, 0});
}

// One token of a pointer into what is left once `gone` is taken out.
NodeRef childWithout(const yaml::Forest& forest, NodeRef parent, const std::string& token,
                     NodeRef gone) {
    const NodeRef found = yaml::child(forest, parent, token);
    if (found == kNoNode || forest.parent(gone) != parent ||
        !yaml::isSequence(forest.style(parent)))
        return found == gone ? kNoNode : found;
    const auto items = forest.children(parent);
    const auto at = std::find(items.begin(), items.end(), found);
    if (at < std::find(items.begin(), items.end(), gone))
        return found;
    return at + 1 == items.end() ? kNoNode : *(at + 1);
}

// The place that `to` names in what is left once `gone` is taken out.
Result<Target> locateWithout(const yaml::Forest& forest, NodeRef gone, const std::string& to) {
    PE_TRY_ASSIGN(const auto tokens, yaml::parsePointer(to));
    if (tokens.empty())
        return fail(ErrorCode::Refused, "nothing can become the root", to);
    Target target{yaml::rootDocument(forest), kNoNode, tokens.back()};
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        target.parent = childWithout(forest, target.parent, tokens[i], gone);
        if (target.parent == kNoNode)
            return fail(ErrorCode::Refused, "there is no \"" + tokens[i] + "\" to move into", to);
    }
    if (!yaml::isCollection(forest.style(target.parent)))
        return fail(ErrorCode::Refused, "this is no list and no mapping",
                    to.substr(0, to.rfind('/')));
    return target;
}

// As in RFC 6902: the entry is taken out first, then put where `to` says in what is left.
Result<void> move(document::Document& document, const std::string& pointer, const std::string& to) {
    const yaml::Forest& forest = document.forest();
    PE_TRY_ASSIGN(const Target from, locate(forest, pointer));
    if (from.node == kNoNode || from.parent == kNoNode)
        return fail(ErrorCode::Refused, "there is nothing to move here", pointer);
    if (to.starts_with(pointer + "/"))
        return fail(ErrorCode::Refused, "something cannot be moved into itself", to);
    PE_TRY_ASSIGN(const Target target, locateWithout(forest, from.node, to));
    document::Move command{from.node, target.parent, kNoNode, std::nullopt};
    if (yaml::isSequence(forest.style(target.parent))) {
        std::vector<NodeRef> rest;
        for (const NodeRef item : forest.children(target.parent))
            if (item != from.node)
                rest.push_back(item);
        PE_TRY_ASSIGN(command.after, itemBefore(rest, target, to));
    } else {
        command.key = target.token;
        if (target.parent == from.parent)
            return execute(document, pointer,
                           {document::RenameKey{from.node, target.token}, {}, 0});
        const auto entries = forest.children(target.parent);
        command.after = entries.empty() ? kNoNode : entries.back();
    }
    return execute(document, pointer, {std::move(command), {}, 0});
}

Result<std::string> textField(const Value& edit, const char* key) {
    const Value* value = edit.find(key);
    if (!value || !value->isString())
        return fail(ErrorCode::InvalidArgument,
                    std::string("an edit needs \"") + key + "\", a text");
    return value->text;
}

Result<std::optional<std::string>> optionalText(const Value& edit, const char* key) {
    if (!edit.find(key))
        return std::nullopt;
    PE_TRY_ASSIGN(std::string text, textField(edit, key));
    return text;
}

Result<std::size_t> count(const Value& edit, const char* key) {
    const Value* value = edit.find(key);
    if (!value)
        return std::size_t{0};
    std::size_t number = 0;
    const char* end = value->text.data() + value->text.size();
    const auto [stop, error] = std::from_chars(value->text.data(), end, number);
    if (value->kind != Value::Kind::Integer || error != std::errc{} || stop != end)
        return fail(ErrorCode::InvalidArgument,
                    std::string("\"") + key + "\" is a number of characters");
    return number;
}

Result<void> splice(document::Document& document, const std::string& pointer, const Value& edit) {
    PE_TRY_ASSIGN(const NodeRef node, yaml::resolve(document.forest(), pointer));
    PE_TRY_ASSIGN(const std::size_t at, count(edit, "at"));
    PE_TRY_ASSIGN(const std::size_t gone, count(edit, "delete"));
    PE_TRY_ASSIGN(const auto text, optionalText(edit, "insert"));
    return execute(document, pointer,
                   {document::SpliceText{node, at, gone, text.value_or("")}, {}, 0});
}

Result<void> runEdit(document::Document& document, const Value& edit) {
    PE_TRY_ASSIGN(const std::string op, textField(edit, "op"));
    PE_TRY_ASSIGN(const std::string path, textField(edit, "path"));
    if (op == "remove")
        return remove(document, path);
    if (op == "splice")
        return splice(document, path, edit);
    if (op == "move") {
        PE_TRY_ASSIGN(const std::string to, textField(edit, "to"));
        return move(document, path, to);
    }
    if (op == "rename-step") {
        PE_TRY_ASSIGN(const std::string name, textField(edit, "name"));
        PE_TRY_ASSIGN(const NodeRef node, yaml::resolve(document.forest(), path));
        return execute(document, path, {document::RenameStep{node, name}, {}, 0});
    }
    if (op == "copy-alias") {
        PE_TRY_ASSIGN(const NodeRef node, yaml::resolve(document.forest(), path));
        return execute(document, path, {document::CopyAlias{node}, {}, 0});
    }
    const Value* value = edit.find("value");
    if (op != "set" && op != "insert")
        return fail(ErrorCode::InvalidArgument, "there is no edit \"" + op + "\"");
    if (!value)
        return fail(ErrorCode::InvalidArgument, "\"" + op + "\" needs a \"value\"");
    PE_TRY_ASSIGN(const auto after, optionalText(edit, "after"));
    return op == "set" ? set(document, path, *value) : insert(document, path, *value, after);
}

bool takesText(const yaml::Forest& forest, NodeRef node) {
    if (node == kNoNode)
        return false;
    const yaml::Style style = forest.style(node);
    if (yaml::isCollection(style) || style == yaml::Style::Empty)
        return false;
    return style != yaml::Style::Plain ||
           yaml::resolvePlain(yaml::scalarText(forest, node)).isString();
}

}  // namespace

Result<void> setFromText(document::Document& document, const std::string& pointer,
                         const std::string& text) {
    Target target;
    if (yaml::rootDocument(document.forest()) != kNoNode) {
        PE_TRY_ASSIGN(target, locate(document.forest(), pointer));
    }
    Value value = Value::ofString(text);
    if (!takesText(document.forest(), target.node))
        if (auto json = yaml::fromJson(text))
            value = std::move(*json);
    return set(document, pointer, value);
}

Result<void> runScript(document::Document& document, const Value& script) {
    if (script.kind != Value::Kind::Sequence)
        return fail(ErrorCode::InvalidArgument, "a script is a JSON array of edits");
    for (std::size_t i = 0; i < script.items.size(); ++i) {
        auto done = runEdit(document, script.items[i]);
        if (done)
            continue;
        Error error = done.error();
        error.message = "edit " + std::to_string(i + 1) + ": " + error.message;
        if (error.code == ErrorCode::NotFound)
            error.code = ErrorCode::Refused;
        return tl::unexpected(std::move(error));
    }
    return {};
}

}  // namespace pe::cli
