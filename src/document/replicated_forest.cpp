// SPDX-License-Identifier: MIT
#include "replicated_forest.hpp"

#include "block_text.hpp"

namespace pe::document {
namespace {

// Whole numbers as registers and inside packed values: zigzag, seven bits a byte.
void appendNumber(std::string& out, int number) {
    auto bits =
        (static_cast<std::uint32_t>(number) << 1) ^ static_cast<std::uint32_t>(number >> 31);
    for (; bits >= 0x80; bits >>= 7)
        out += static_cast<char>(bits | 0x80);
    out += static_cast<char>(bits);
}

int takeNumber(std::string_view& bytes) {
    std::uint32_t bits = 0;
    int shift = 0;
    while (!bytes.empty() && shift < 32) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        bits |= static_cast<std::uint32_t>(byte & 0x7f) << shift;
        shift += 7;
        if (byte < 0x80)
            break;
    }
    return static_cast<int>(bits >> 1) ^ -static_cast<int>(bits & 1);
}

std::string_view takeText(std::string_view& bytes) {
    const int length = takeNumber(bytes);
    const auto size = length < 0 ? 0 : std::min<std::size_t>(bytes.size(), std::size_t(length));
    const std::string_view text = bytes.substr(0, size);
    bytes.remove_prefix(size);
    return text;
}

// Bytes from a peer may name a style that does not exist; such a value is shown as text.
yaml::Style takeStyle(std::string_view& bytes) {
    if (bytes.empty())
        return yaml::Style::Empty;
    const auto style = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    return style <= static_cast<unsigned char>(yaml::Style::Opaque)
               ? static_cast<yaml::Style>(style)
               : yaml::Style::Opaque;
}

}  // namespace

std::string packNumber(int number) {
    std::string out;
    appendNumber(out, number);
    return out;
}

std::string packValue(const yaml::Lexeme& lexeme) {
    const bool hasRaw = !yaml::isBlockScalar(lexeme.style);
    std::string out;
    out.reserve(8 + lexeme.open.size() + (hasRaw ? lexeme.raw.size() : 0));
    out += static_cast<char>(lexeme.style);
    appendNumber(out, lexeme.offset);
    appendNumber(out, static_cast<int>(lexeme.open.size()));
    out += lexeme.open;
    if (hasRaw)
        out += lexeme.raw;
    return out;
}

yaml::Lexeme unpackValue(std::string_view bytes) {
    yaml::Lexeme value;
    value.style = takeStyle(bytes);
    value.offset = takeNumber(bytes);
    value.open = takeText(bytes);
    value.raw = bytes;
    return value;
}

std::string_view ReplicatedForest::field(yaml::NodeRef node, crdt::RegisterKey key) const {
    return tree_->reg(node, key);
}

std::string_view ReplicatedForest::blockText(yaml::NodeRef node, int column) const {
    const auto known = blocks_.find(node);
    if (known != blocks_.end())
        return known->second;
    const crdt::Text* text = tree_->text(node, kBlockText);
    std::string raw = text ? toRaw(text->elements(), column) : std::string{};
    return blocks_.emplace(node, std::move(raw)).first->second;
}

const yaml::Entry* ReplicatedForest::shownForm(yaml::NodeRef node) const {
    if (forms_.empty())
        return nullptr;
    const auto found = forms_.find(node);
    return found == forms_.end() ? nullptr : &found->second;
}

yaml::Lexeme ReplicatedForest::lexeme(yaml::NodeRef node) const {
    const yaml::Entry* const form = shownForm(node);
    return form ? lexemeOf(*form) : written(node);
}

yaml::Style ReplicatedForest::style(yaml::NodeRef node) const {
    if (hasMisfits())
        return lexeme(node).style;
    std::string_view value = field(node, kValue);
    return node == yaml::kStream ? yaml::Style::Stream : takeStyle(value);
}

std::string_view ReplicatedForest::key(yaml::NodeRef node) const {
    return hasMisfits() ? lexeme(node).key : field(node, kKey);
}

yaml::Lexeme ReplicatedForest::written(yaml::NodeRef node, bool withText) const {
    if (!standIns_.empty())
        if (const auto found = standIns_.find(node); found != standIns_.end())
            return lexemeOf(found->second);
    yaml::Lexeme lexeme;
    std::string_view column = field(node, kColumn);
    lexeme.column = takeNumber(column);
    lexeme.prefix = field(node, kPrefix);
    lexeme.key = field(node, kKey);
    lexeme.colon = field(node, kColon);
    lexeme.props = field(node, kProps);
    lexeme.footer = field(node, kFooter);
    lexeme.suffix = field(node, kSuffix);
    std::string_view value = field(node, kValue);
    lexeme.style = node == yaml::kStream ? yaml::Style::Stream : takeStyle(value);
    if (node == yaml::kStream && !value.empty())
        value.remove_prefix(1);
    lexeme.offset = takeNumber(value);
    lexeme.open = takeText(value);
    if (!yaml::isBlockScalar(lexeme.style))
        lexeme.raw = value;
    else if (withText)
        lexeme.raw = blockText(node, lexeme.column + lexeme.offset);
    return lexeme;
}

std::span<const yaml::NodeRef> ReplicatedForest::children(yaml::NodeRef node) const {
    if (!shown_.empty())
        if (const auto shown = shown_.find(node); shown != shown_.end())
            return shown->second;
    return held(node);
}

// What is in an entry, whether or not all of it is shown.
std::span<const yaml::NodeRef> ReplicatedForest::held(yaml::NodeRef node) const {
    if (lentTo(node) != yaml::kNoNode)
        return {};
    const yaml::NodeRef from = borrowedFrom(node);
    return tree_->children(from == yaml::kNoNode ? node : from);
}

yaml::NodeRef ReplicatedForest::parent(yaml::NodeRef node) const {
    const yaml::NodeRef parent = tree_->parent(node);
    const yaml::NodeRef alias = lentTo(parent);
    return alias == yaml::kNoNode ? parent : alias;
}

}  // namespace pe::document
