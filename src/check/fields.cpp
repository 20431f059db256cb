// SPDX-License-Identifier: MIT
#include "fields.hpp"

#include "pe/yaml/pointer.hpp"
#include "pe/yaml/schema.hpp"

namespace pe::check {
namespace {

using yaml::NodeRef;

constexpr std::size_t kShownLetters = 40;

// True for keys that stand for themselves.
bool isSimpleKey(std::string_view key) {
    if (key.empty())
        return true;
    switch (key.front()) {
        case '"':
        case '\'':
        case '?':
        case '&':
        case '!':
        case '*':
        case '[':
        case '{':
            return false;
        default:
            return key.back() != ' ' && key.back() != '\t' &&
                   key.find('\n') == std::string_view::npos;
    }
}

std::string_view anchorIn(std::string_view props) {
    const std::size_t begin = props.find('&');
    if (begin == std::string_view::npos)
        return {};
    const std::size_t end = props.find_first_of(" \t\r\n", begin);
    return props.substr(begin + 1, end == std::string_view::npos ? end : end - begin - 1);
}

// The last entry before `alias` in the document that has the anchor.
class AnchorSearch {
public:
    AnchorSearch(const yaml::Forest& forest, NodeRef alias)
        : forest_(forest), alias_(alias), name_(forest.lexeme(alias).raw.substr(1)) {}

    NodeRef find() {
        NodeRef document = alias_;
        while (forest_.parent(document) != yaml::kStream &&
               forest_.parent(document) != yaml::kNoNode)
            document = forest_.parent(document);
        walk(document);
        return found_;
    }

private:
    bool walk(NodeRef node) {
        if (node == alias_)
            return false;
        if (anchorIn(forest_.lexeme(node).props) == name_)
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
    const std::string_view written = forest.lexeme(entry).key;
    if (isSimpleKey(written))
        return written == key;
    if (written.size() < key.size())
        return false;
    return yaml::keyText(forest, entry) == key;
}

std::string keyOf(const yaml::Forest& forest, NodeRef entry) {
    const std::string_view written = forest.lexeme(entry).key;
    return isSimpleKey(written) ? std::string(written) : yaml::keyText(forest, entry);
}

NodeRef entryOf(const yaml::Forest& forest, NodeRef mapping, std::string_view key) {
    if (mapping == yaml::kNoNode || !yaml::isMapping(forest.lexeme(mapping).style))
        return yaml::kNoNode;
    for (const NodeRef child : forest.children(mapping))
        if (keyIs(forest, child, key))
            return child;
    return yaml::kNoNode;
}

NodeRef valueBehind(const yaml::Forest& forest, NodeRef node) {
    if (node == yaml::kNoNode || forest.lexeme(node).style != yaml::Style::Alias)
        return node;
    const NodeRef target = AnchorSearch(forest, node).find();
    if (target == yaml::kNoNode || forest.lexeme(target).style == yaml::Style::Alias)
        return yaml::kNoNode;
    return target;
}

NodeRef mappingBehind(const yaml::Forest& forest, NodeRef node) {
    const NodeRef value = valueBehind(forest, node);
    const bool mapping = value != yaml::kNoNode && yaml::isMapping(forest.lexeme(value).style);
    return mapping ? value : yaml::kNoNode;
}

std::optional<yaml::Value> scalarOf(const yaml::Forest& forest, NodeRef node) {
    const NodeRef value = valueBehind(forest, node);
    if (value == yaml::kNoNode)
        return std::nullopt;
    const yaml::Lexeme lexeme = forest.lexeme(value);
    if (yaml::isCollection(lexeme.style) || lexeme.style == yaml::Style::Opaque)
        return std::nullopt;
    if (lexeme.props.empty() && lexeme.style == yaml::Style::Plain &&
        lexeme.raw.find('\n') == std::string_view::npos && !yaml::dependsOnSchema(lexeme.raw))
        return yaml::resolvePlain(lexeme.raw);
    auto read = yaml::valueOf(forest, value);
    return read ? std::optional(std::move(*read)) : std::nullopt;
}

bool isNull(const yaml::Forest& forest, NodeRef node) {
    if (node == yaml::kNoNode)
        return true;
    const auto value = scalarOf(forest, node);
    return value && value->isNull();
}

std::optional<std::string> textOf(const yaml::Forest& forest, NodeRef node) {
    if (node == yaml::kNoNode)
        return std::nullopt;
    auto value = scalarOf(forest, node);
    if (!value || !value->isString())
        return std::nullopt;
    return std::move(value->text);
}

std::string shortened(std::string_view text) {
    const std::size_t line = text.find_first_of("\r\n");
    std::string shown;
    std::size_t letters = 0;
    for (const char c : text.substr(0, line)) {
        const bool starts = (static_cast<unsigned char>(c) & 0xc0) != 0x80;
        if (starts && letters++ == kShownLetters)
            return shown + "…";
        shown += c;
    }
    return line == std::string_view::npos ? shown : shown + "…";
}

}  // namespace pe::check
