// SPDX-License-Identifier: MIT
// Reading values out of a Forest.
#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "pe/yaml/entries.hpp"
#include "pe/yaml/line_breaks.hpp"
#include "pe/yaml/scalar.hpp"
#include "pe/yaml/schema.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"
#include "resolve.hpp"
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

// Whether the last key of a mapping is one of those before it.
bool repeatsKey(const Value& mapping) {
    const Value& key = mapping.entries.back().first;
    return std::any_of(mapping.entries.begin(), mapping.entries.end() - 1, [&](const auto& entry) {
        return entry.first.isString() && key.isString()
                   ? entry.first.text == key.text
                   : identityOf(entry.first) == identityOf(key);
    });
}

class Reader {
public:
    Reader(const Forest& forest, NodeRef document)
        : forest_(forest), document_(document), schema_(schemaOf(forest, document)) {}

    // Each puts what it reads into `out`, which is of kind Null before.
    Result<void> value(NodeRef node, Value& out);
    // Behind value(): fails where two anchors that were read stand before one value.
    Result<void> anchorsApart();

private:
    Result<void> key(NodeRef entry, Value& out);
    Result<void> typed(NodeRef node, Style style, std::string_view props, std::string text,
                       Value& out);
    Result<void> text(std::string text, Value& out);
    Result<void> sequence(NodeRef node, Value& out);
    Result<void> mapping(NodeRef node, Value& out);
    Result<void> target(NodeRef alias, const AnchorTarget& target, std::string_view name,
                        Value& out);
    const Anchors& anchors();
    bool count(std::size_t bytes);
    static Result<void> tooLarge() {
        return fail(ErrorCode::LimitExceeded,
                    "Aliases or nesting make this value too large to read.");
    }
    tl::unexpected<Error> refuse(NodeRef node, std::string message, bool atProps) const;
    tl::unexpected<Error> refuseAt(std::size_t offset, std::string message) const;

    const Forest& forest_;
    NodeRef document_;
    Schema schema_;
    std::optional<Anchors> anchors_;
    bool anchored_ = false;
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
tl::unexpected<Error> Reader::refuseAt(std::size_t offset, std::string message) const {
    if (const auto* tree = dynamic_cast<const Tree*>(&forest_)) {
        const Position position = LineIndex(tree->text()).position(offset);
        message += " (line: " + std::to_string(position.line) +
                   ", column: " + std::to_string(position.column) + ")";
    }
    return fail(ErrorCode::Unreadable, std::move(message));
}

tl::unexpected<Error> Reader::refuse(NodeRef node, std::string message, bool atProps) const {
    const auto* tree = dynamic_cast<const Tree*>(&forest_);
    const std::size_t begin = tree == nullptr ? 0 : tree->valueSpan(node).begin;
    return refuseAt(begin + (atProps ? 0 : forest_.lexeme(node).props.size()), std::move(message));
}

Result<void> Reader::anchorsApart() {
    if (!anchored_ || anchors().clash().node == kNoNode)
        return {};
    const auto [node, isKey] = anchors().clash();
    const Lexeme lexeme = forest_.lexeme(node);
    const auto* tree = dynamic_cast<const Tree*>(&forest_);
    std::size_t begin = (isKey ? lexeme.key : lexeme.props).find('&');
    if (tree != nullptr)
        begin += isKey ? tree->keySpan(node).begin : tree->valueSpan(node).begin;
    return refuseAt(begin,
                    "Multiple anchor properties attached to one node: the last one will be used");
}

Result<void> Reader::target(NodeRef alias, const AnchorTarget& target, std::string_view name,
                            Value& out) {
    if (target.node == kNoNode)
        return refuse(alias, "No anchor corresponds to alias \"" + std::string(name) + "\"", false);
    // An alias inside its own anchor stands for a value without end.
    if (!target.isKey && !followed_.insert(target.node).second)
        return tooLarge();
    ++depth_;
    ++aliases_;
    auto result = target.isKey ? key(target.node, out) : value(target.node, out);
    --aliases_;
    --depth_;
    if (!target.isKey)
        followed_.erase(target.node);
    return result;
}

Result<void> Reader::typed(NodeRef node, Style style, std::string_view props, std::string text,
                           Value& out) {
    const std::string_view tag = props.empty() ? props : tagOf(props);
    if (!tag.empty() && !isScalarTag(tag))
        return refuse(node, unknownTagMessage(tag), true);
    if (!tag.empty()) {
        auto value = taggedScalar(tag, text, schema_);
        if (!value)
            return refuse(node, value.error().message, false);
        out = std::move(*value);
    } else if (style == Style::Plain || style == Style::Empty) {
        out = resolvePlain(text, schema_);
    } else {
        out.kind = Value::Kind::String;
        out.text = std::move(text);
    }
    return {};
}

Result<void> Reader::text(std::string text, Value& out) {
    if (!count(text.size()))
        return tooLarge();
    out.kind = Value::Kind::String;
    out.text = std::move(text);
    return {};
}

Result<void> Reader::value(NodeRef node, Value& out) {
    if (depth_ >= kDeepest)
        return tooLarge();
    const Lexeme lexeme = forest_.lexeme(node);
    if (lexeme.style == Style::Opaque)
        return fail(ErrorCode::Unreadable, "malformed yaml");
    if (lexeme.style == Style::Alias) {
        const std::string_view name = lexeme.raw.substr(1);
        return target(node, anchors().valueTarget(node), name, out);
    }
    if (isPlainlyText(lexeme))
        return text(scalarText(lexeme), out);
    anchored_ = anchored_ || lexeme.props.find('&') != std::string_view::npos;
    if (!isCollection(lexeme.style))
        return count(lexeme.raw.size())
                   ? typed(node, lexeme.style, lexeme.props, scalarText(lexeme), out)
                   : tooLarge();
    const std::string_view tag = lexeme.props.empty() ? lexeme.props : tagOf(lexeme.props);
    if (!tag.empty() && !isCollectionTag(tag, isMapping(lexeme.style)))
        return refuse(node, unknownTagMessage(tag), true);
    if (!count(0))
        return tooLarge();
    ++depth_;
    auto result = isSequence(lexeme.style) ? sequence(node, out) : mapping(node, out);
    --depth_;
    return result;
}

Result<void> Reader::sequence(NodeRef node, Value& out) {
    out.kind = Value::Kind::Sequence;
    const auto children = forest_.children(node);
    out.items.reserve(children.size());
    for (const NodeRef child : children)
        PE_TRY(value(child, out.items.emplace_back()));
    return {};
}

Result<void> Reader::mapping(NodeRef node, Value& out) {
    out.kind = Value::Kind::Mapping;
    const auto children = forest_.children(node);
    out.entries.reserve(children.size());
    const bool few = children.size() <= kFewEntries;
    std::unordered_set<std::string> seen;
    for (const NodeRef child : children) {
        if (forest_.style(child) == Style::Opaque)
            return fail(ErrorCode::Unreadable, "malformed yaml");
        auto& [name, held] =
            out.entries.emplace_back(std::piecewise_construct, std::tuple(), std::tuple());
        PE_TRY(key(child, name));
        PE_TRY(value(child, held));
        if (few ? repeatsKey(out) : !seen.insert(identityOf(name)).second)
            out.entries.pop_back();
    }
    return {};
}

Result<void> Reader::key(NodeRef entry, Value& out) {
    const Lexeme lexeme = forest_.lexeme(entry);
    const bool bare = isBareWord(lexeme.key) && plainKind(lexeme.key) == Value::Kind::String &&
                      !dependsOnSchema(lexeme.key);
    if (bare)
        return text(std::string(lexeme.key), out);
    const SimpleKey parts = simpleKey(lexeme.key);
    if (parts.simple) {
        if (!count(parts.raw.size()))
            return tooLarge();
        anchored_ = anchored_ || parts.props.find('&') != std::string_view::npos;
        PE_TRY(typed(entry, parts.style, parts.props, decodeScalar(parts.style, {}, parts.raw, 0),
                     out));
    } else if (lexeme.key.starts_with('*')) {
        if (depth_ >= kDeepest)
            return tooLarge();
        PE_TRY(target(entry, anchors().keyTarget(entry), lexeme.key.substr(1), out));
    } else {
        const auto tree = parseKey(lexeme.key, lexeme.column);
        if (!tree)
            return fail(ErrorCode::Unreadable, "malformed yaml");
        PE_TRY_ASSIGN(out, loadValue(*tree));
    }
    if (out.isNull())
        return fail(ErrorCode::Unreadable, "malformed yaml");
    return {};
}

// Nearly every scalar says by itself what it is, wherever it stands.
std::optional<Value> plainlyRead(const Lexeme& lexeme) {
    if (isPlainlyText(lexeme))
        return Value::ofString(scalarText(lexeme));
    if (!lexeme.props.empty())
        return std::nullopt;
    const bool plain = lexeme.style == Style::Plain || lexeme.style == Style::Empty;
    if (!plain || hasBreak(lexeme.raw) || dependsOnSchema(lexeme.raw))
        return std::nullopt;
    return resolvePlain(lexeme.raw);
}

}  // namespace

bool isPlainlyText(const Lexeme& lexeme) {
    if (!lexeme.props.empty())
        return false;
    if (isBlockScalar(lexeme.style) || lexeme.style == Style::SingleQuoted ||
        lexeme.style == Style::DoubleQuoted)
        return true;
    return lexeme.style == Style::Plain && plainKind(lexeme.raw) == Value::Kind::String &&
           !hasBreak(lexeme.raw) && !dependsOnSchema(lexeme.raw);
}

Result<Value> valueOf(const Forest& forest, NodeRef node) {
    if (node == kStream)
        return loadValue(forest);
    if (auto value = plainlyRead(forest.lexeme(node)))
        return std::move(*value);
    Value result;
    PE_TRY(Reader(forest, documentOf(forest, node)).value(node, result));
    return result;
}

Result<Value> loadValue(const Forest& forest) {
    const auto documents = forest.children(kStream);
    if (documents.empty())
        return Value::mapping();
    const Lexeme last = forest.lexeme(documents.back());
    if (last.style == Style::Empty && last.props.empty())
        return Value::mapping();
    if (auto value = plainlyRead(last))
        return std::move(*value);
    Reader reader(forest, documents.back());
    Value result;
    PE_TRY(reader.value(documents.back(), result));
    PE_TRY(reader.anchorsApart());
    return result;
}

}  // namespace pe::yaml
