// SPDX-License-Identifier: MIT
#include "fields.hpp"

#include "pe/base/utf8.hpp"
#include "pe/yaml/line_breaks.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/properties.hpp"
#include "pe/yaml/schema.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

constexpr std::size_t kShownLetters = 40;

// The last entry before `alias` in the document that has the anchor.
class AnchorSearch {
public:
    AnchorSearch(const yaml::Forest& forest, NodeRef alias)
        : forest_(forest), alias_(alias), name_(forest.lexeme(alias).raw.substr(1)) {}

    NodeRef find() {
        walk(yaml::documentOf(forest_, alias_));
        return found_;
    }

private:
    bool walk(NodeRef node) {
        if (node == alias_)
            return false;
        if (yaml::anchorOf(forest_.lexeme(node).props) == name_)
            found_ = node;
        for (const NodeRef child : forest_.children(node))
            if (!walk(child))
                return false;
        return true;
    }

    const yaml::Forest& forest_;
    NodeRef alias_;
    std::string_view name_;
    NodeRef found_ = yaml::kNoNode;
};

}  // namespace

bool keyIs(const yaml::Forest& forest, NodeRef entry, std::string_view key) {
    return yaml::DecodedText::ofKey(forest, entry).view() == key;
}

std::string keyOf(const yaml::Forest& forest, NodeRef entry) {
    return yaml::DecodedText::ofKey(forest, entry).string();
}

NodeRef valueBehind(const yaml::Forest& forest, NodeRef node) {
    if (node == yaml::kNoNode || forest.style(node) != yaml::Style::Alias)
        return node;
    const NodeRef target = AnchorSearch(forest, node).find();
    if (target == yaml::kNoNode || forest.style(target) == yaml::Style::Alias)
        return yaml::kNoNode;
    return target;
}

NodeRef mappingBehind(const yaml::Forest& forest, NodeRef node) {
    const NodeRef value = valueBehind(forest, node);
    const bool mapping = value != yaml::kNoNode && yaml::isMapping(forest.style(value));
    return mapping ? value : yaml::kNoNode;
}

NodeRef workflowBehind(const yaml::Forest& forest, NodeRef pipeline) {
    const NodeRef mapping = mappingBehind(forest, pipeline);
    const NodeRef wrapped = mappingBehind(forest, entryOf(forest, mapping, "workflow"));
    return wrapped == yaml::kNoNode ? mapping : wrapped;
}

std::optional<yaml::Value> scalarOf(const yaml::Forest& forest, NodeRef node) {
    const NodeRef value = valueBehind(forest, node);
    if (value == yaml::kNoNode)
        return std::nullopt;
    const yaml::Lexeme lexeme = forest.lexeme(value);
    if (yaml::isCollection(lexeme.style) || lexeme.style == yaml::Style::Opaque)
        return std::nullopt;
    auto read = yaml::valueOf(forest, value);
    return read ? std::optional(std::move(*read)) : std::nullopt;
}

namespace {

bool isFlag(const yaml::Forest& forest, NodeRef node, bool flag) {
    const auto value = scalarOf(forest, node);
    return value && value->kind == yaml::Value::Kind::Boolean && value->boolean == flag;
}

}  // namespace

bool isTrue(const yaml::Forest& forest, NodeRef node) {
    return isFlag(forest, node, true);
}

bool isFalse(const yaml::Forest& forest, NodeRef node) {
    return isFlag(forest, node, false);
}

bool isNull(const yaml::Forest& forest, NodeRef node) {
    if (node == yaml::kNoNode)
        return true;
    const yaml::Lexeme lexeme = forest.lexeme(node);
    if (yaml::isScalar(lexeme.style) && lexeme.props.empty())
        return lexeme.style == yaml::Style::Plain &&
               yaml::plainKind(lexeme.raw) == yaml::Value::Kind::Null;
    const auto value = scalarOf(forest, node);
    return value && value->isNull();
}

std::optional<std::string> textOf(const yaml::Forest& forest, NodeRef node) {
    if (node == yaml::kNoNode)
        return std::nullopt;
    if (const yaml::Lexeme lexeme = forest.lexeme(node); yaml::isPlainlyText(lexeme))
        return yaml::scalarText(lexeme);
    auto value = scalarOf(forest, node);
    if (!value || !value->isString())
        return std::nullopt;
    return std::move(value->text);
}

std::string shortened(std::string_view text) {
    const std::size_t line = yaml::findBreak(text);
    std::string shown;
    std::size_t letters = 0;
    for (const char c : text.substr(0, line)) {
        if (!utf8::isContinuation(c) && letters++ == kShownLetters)
            return shown + "…";
        shown += c;
    }
    return line == std::string_view::npos ? shown : shown + "…";
}

}  // namespace pe::check
