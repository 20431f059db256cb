// SPDX-License-Identifier: MIT
// Reading values out of a Forest.
#include <algorithm>
#include <optional>
#include <unordered_set>

#include "pe/yaml/entries.hpp"
#include "pe/yaml/scalar.hpp"
#include "pe/yaml/schema.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"
#include "value_anchors.hpp"
#include "value_key.hpp"
#include "value_tag.hpp"

namespace pe::yaml {
namespace {

// Aliases can make a small text stand for a huge value; this much is read through them at most.
constexpr std::size_t kMostNodes = 500'000;
constexpr std::size_t kMostBytes = std::size_t{256} << 20;
constexpr std::size_t kDeepest = 2100;
constexpr std::size_t kFewEntries = 16;  // so few that looking through them is the fastest

std::string identityOf(const Value& key) {
    return key.isString() ? key.text : '\x01' + toJson(key);
}

bool holdsKey(const Value& mapping, const Value& key) {
    return std::any_of(mapping.entries.begin(), mapping.entries.end(), [&](const auto& entry) {
        return entry.first.isString() && key.isString()
                   ? entry.first.text == key.text
                   : identityOf(entry.first) == identityOf(key);
    });
}

// Nearly every key is such a word, which stands for itself.
bool isBareWord(std::string_view key) {
    return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || c == '_' || (c >= 'A' && c <= 'Z') ||
               (c >= '0' && c <= '9');
    });
}

class Reader {
public:
    Reader(const Forest& forest, NodeRef document)
        : forest_(forest), document_(document), schema_(schemaOf(forest, document)) {}

    Result<Value> value(NodeRef node);
    Result<Value> key(NodeRef entry);

private:
    Result<Value> scalar(NodeRef node, const Lexeme& lexeme);
    Result<Value> typed(NodeRef node, Style style, std::string_view props, std::string text);
    Result<Value> sequence(NodeRef node);
    Result<Value> mapping(NodeRef node);
    Result<Value> target(NodeRef alias, const AnchorTarget& target, std::string_view name);
    const Anchors& anchors();
    bool count(std::size_t bytes);
    static Result<Value> tooLarge() {
        return fail(ErrorCode::LimitExceeded,
                    "Aliases or nesting make this value too large to read.");
    }
    tl::unexpected<Error> refuse(NodeRef node, std::string message, bool atProps) const;

    const Forest& forest_;
    NodeRef document_;
    Schema schema_;
    std::optional<Anchors> anchors_;
    std::size_t aliases_ = 0;               // being followed now
    std::unordered_set<NodeRef> followed_;  // the values they stand for
    std::size_t nodes_ = 0;                 // read through aliases
    std::size_t bytes_ = 0;
    std::size_t depth_ = 0;
};

const Anchors& Reader::anchors() {
    if (!anchors_)
        anchors_.emplace(forest_, document_);
    return *anchors_;
}

// False when aliases have led to more than can be read.
bool Reader::count(std::size_t bytes) {
    if (aliases_ == 0)
        return true;
    bytes_ += bytes;
    return ++nodes_ <= kMostNodes && bytes_ <= kMostBytes;
}

// A tree knows where its nodes stand, and so the sentence ends as the engine's does.
tl::unexpected<Error> Reader::refuse(NodeRef node, std::string message, bool atProps) const {
    if (const auto* tree = dynamic_cast<const Tree*>(&forest_)) {
        std::size_t offset = tree->valueSpan(node).begin;
        if (!atProps)
            offset += forest_.lexeme(node).props.size();
        const Position position = LineIndex(tree->text()).position(offset);
        message += " (line: " + std::to_string(position.line) +
                   ", column: " + std::to_string(position.column) + ")";
    }
    return fail(ErrorCode::Unreadable, std::move(message));
}

Result<Value> Reader::target(NodeRef alias, const AnchorTarget& target, std::string_view name) {
    if (target.node == kNoNode)
        return refuse(alias, "No anchor corresponds to alias \"" + std::string(name) + "\"", false);
    // An alias inside its own anchor stands for a value without end.
    if (!target.isKey && !followed_.insert(target.node).second)
        return tooLarge();
    ++depth_;
    ++aliases_;
    auto result = target.isKey ? key(target.node) : value(target.node);
    --aliases_;
    --depth_;
    if (!target.isKey)
        followed_.erase(target.node);
    return result;
}

Result<Value> Reader::typed(NodeRef node, Style style, std::string_view props, std::string text) {
    const std::string_view tag = props.empty() ? props : tagOf(props);
    if (!tag.empty() && !isScalarTag(tag))
        return refuse(node, unknownTagMessage(tag), true);
    if (!tag.empty()) {
        auto value = taggedScalar(tag, text, schema_);
        return value ? std::move(value) : refuse(node, value.error().message, false);
    }
    if (style == Style::Plain || style == Style::Empty)
        return resolvePlain(text, schema_);
    return Value::ofString(std::move(text));
}

Result<Value> Reader::scalar(NodeRef node, const Lexeme& lexeme) {
    if (!count(lexeme.raw.size()))
        return tooLarge();
    return typed(
        node, lexeme.style, lexeme.props,
        decodeScalar(lexeme.style, lexeme.open, lexeme.raw, lexeme.column + lexeme.offset));
}

Result<Value> Reader::value(NodeRef node) {
    if (depth_ >= kDeepest)
        return tooLarge();
    const Lexeme lexeme = forest_.lexeme(node);
    if (lexeme.style == Style::Opaque)
        return fail(ErrorCode::Unreadable, "malformed yaml");
    if (lexeme.style == Style::Alias) {
        const std::string_view name = lexeme.raw.substr(1);
        return target(node, anchors().valueTarget(node), name);
    }
    if (!isCollection(lexeme.style))
        return scalar(node, lexeme);
    const std::string_view tag = lexeme.props.empty() ? lexeme.props : tagOf(lexeme.props);
    if (!tag.empty() && !isCollectionTag(tag, isMapping(lexeme.style)))
        return refuse(node, unknownTagMessage(tag), true);
    if (!count(0))
        return tooLarge();
    ++depth_;
    auto result = isSequence(lexeme.style) ? sequence(node) : mapping(node);
    --depth_;
    return result;
}

Result<Value> Reader::sequence(NodeRef node) {
    Value result = Value::sequence();
    const auto children = forest_.children(node);
    result.items.reserve(children.size());
    for (const NodeRef child : children) {
        PE_TRY_ASSIGN(Value item, value(child));
        result.items.push_back(std::move(item));
    }
    return result;
}

Result<Value> Reader::mapping(NodeRef node) {
    Value result = Value::mapping();
    const auto children = forest_.children(node);
    result.entries.reserve(children.size());
    const bool few = children.size() <= kFewEntries;
    std::unordered_set<std::string> seen;
    for (const NodeRef child : children) {
        if (forest_.lexeme(child).style == Style::Opaque)
            return fail(ErrorCode::Unreadable, "malformed yaml");
        PE_TRY_ASSIGN(Value name, key(child));
        PE_TRY_ASSIGN(Value held, value(child));
        const bool isNew = few ? !holdsKey(result, name) : seen.insert(identityOf(name)).second;
        if (isNew)
            result.entries.emplace_back(std::move(name), std::move(held));
    }
    return result;
}

Result<Value> Reader::key(NodeRef entry) {
    const Lexeme lexeme = forest_.lexeme(entry);
    Result<Value> result = Value::null();
    const SimpleKey parts = isBareWord(lexeme.key) ? SimpleKey{} : simpleKey(lexeme.key);
    if (isBareWord(lexeme.key)) {
        if (!count(lexeme.key.size()))
            return tooLarge();
        result = resolvePlain(lexeme.key, schema_);
    } else if (parts.simple) {
        if (!count(parts.raw.size()))
            return tooLarge();
        result =
            typed(entry, parts.style, parts.props, decodeScalar(parts.style, {}, parts.raw, 0));
    } else if (lexeme.key.starts_with('*')) {
        result = depth_ < kDeepest ? target(entry, anchors().keyTarget(entry), lexeme.key.substr(1))
                                   : tooLarge();
    } else {
        const auto tree = parseKey(lexeme.key, lexeme.column);
        result = tree ? loadValue(*tree) : fail(ErrorCode::Unreadable, "malformed yaml");
    }
    if (result && result->isNull())
        return fail(ErrorCode::Unreadable, "malformed yaml");
    return result;
}

}  // namespace

Result<Value> valueOf(const Forest& forest, NodeRef node) {
    if (node == kStream)
        return loadValue(forest);
    return Reader(forest, documentOf(forest, node)).value(node);
}

Result<Value> loadValue(const Forest& forest) {
    const auto documents = forest.children(kStream);
    if (documents.empty())
        return Value::mapping();
    const Lexeme last = forest.lexeme(documents.back());
    if (last.style == Style::Empty && last.props.empty())
        return Value::mapping();
    return valueOf(forest, documents.back());
}

}  // namespace pe::yaml
