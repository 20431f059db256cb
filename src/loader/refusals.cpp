// SPDX-License-Identifier: MIT
#include "refusals.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "readable.hpp"

namespace pe::loader {
namespace {

using yaml::Forest;
using yaml::kNoNode;
using yaml::Lexeme;
using yaml::NodeRef;
using yaml::Style;

bool isExplicit(std::string_view key) {
    return key.starts_with('?') &&
           (key.size() == 1 || key[1] == ' ' || key[1] == '\t' || key[1] == '\n' || key[1] == '\r');
}

bool isBlank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool isPlainKeyed(const Lexeme& lexeme) {
    return !lexeme.key.empty() && lexeme.key != "-" && !isExplicit(lexeme.key);
}

bool holdsNothing(const Forest& forest, NodeRef node) {
    const Lexeme lexeme = forest.lexeme(node);
    if (lexeme.style == Style::Empty && lexeme.props.empty())
        return true;
    const auto children = forest.children(node);
    return std::any_of(children.begin(), children.end(),
                       [&](NodeRef child) { return holdsNothing(forest, child); });
}

// Whether an entry may be one of those that only a full reading can judge: aliases, which may
// stand for too much, tags, keys that are no words, tabs between entries.
bool needsReading(const Lexeme& lexeme) {
    constexpr std::array<std::string_view, 4> kNulls{"~", "null", "Null", "NULL"};
    if (lexeme.style == Style::Alias || lexeme.props.find('!') != std::string_view::npos ||
        lexeme.prefix.find('\t') != std::string_view::npos)
        return true;
    if (lexeme.key.empty())
        return lexeme.colon.starts_with(':');
    return std::string_view("?*!&").find(lexeme.key.front()) != std::string_view::npos ||
           std::find(kNulls.begin(), kNulls.end(), lexeme.key) != kNulls.end();
}

// Walks the entries in their order, with the entry that follows each and all that is in it.
class Search {
public:
    // Of only some entries, if `only` is not null.
    Search(const Forest& forest, const std::unordered_set<NodeRef>* only)
        : forest_(forest), only_(only) {}

    std::optional<Refusal> run() {
        for (const NodeRef document : forest_.children(yaml::kStream))
            if (auto refusal = below(document, kNoNode))
                return refusal;
        return std::nullopt;
    }
    bool unsure() const { return unsure_; }

private:
    std::optional<Refusal> below(NodeRef node, NodeRef following) {
        const auto children = forest_.children(node);
        for (std::size_t i = 0; i < children.size(); ++i) {
            const NodeRef sibling = i + 1 < children.size() ? children[i + 1] : kNoNode;
            const NodeRef next = sibling == kNoNode ? following : sibling;
            if (only_ != nullptr && only_->count(children[i]) == 0 && only_->count(next) == 0)
                continue;
            const Lexeme lexeme = forest_.lexeme(children[i]);
            unsure_ = unsure_ || needsReading(lexeme);
            std::optional<Refusal> refusal = loneKey(children[i], lexeme, sibling);
            if (!refusal)
                refusal = emptyItem(children[i], lexeme, next);
            if (!refusal)
                refusal = below(children[i], next);
            if (refusal)
                return refusal;
        }
        return std::nullopt;
    }

    // `? key` without a colon, and then a key of another kind.
    std::optional<Refusal> loneKey(NodeRef node, const Lexeme& lexeme, NodeRef sibling) const {
        if (!isExplicit(lexeme.key))
            return std::nullopt;
        if (isBlank(lexeme.key.substr(1)))
            return Refusal{
                "The engine does not read a key that is nothing; write one after the "
                "`?`.",
                node};
        if (lexeme.colon.find(':') != std::string_view::npos || sibling == kNoNode ||
            !isPlainKeyed(forest_.lexeme(sibling)))
            return std::nullopt;
        return Refusal{
            "The engine reads no `? key` without a value before other keys; add `: ` "
            "and the value.",
            node};
    }

    // An item of a list, before a key, that is an anchor or a tag alone, or a flow collection with
    // an empty value in it.
    std::optional<Refusal> emptyItem(NodeRef node, const Lexeme& lexeme, NodeRef next) const {
        if (lexeme.key != "-" || next == kNoNode || !isPlainKeyed(forest_.lexeme(next)))
            return std::nullopt;
        if (lexeme.style == Style::Empty && !lexeme.props.empty())
            return Refusal{
                "The engine does not read a list item that is an anchor or a tag alone before "
                "another key; write null behind it.",
                node};
        if (!yaml::isFlowCollection(lexeme.style) || !holdsNothing(forest_, node))
            return std::nullopt;
        return Refusal{
            "The engine does not read a list item in braces with an empty value in it "
            "before another key; write null.",
            node};
    }

    const Forest& forest_;
    const std::unordered_set<NodeRef>* only_;
    bool unsure_ = false;
};

}  // namespace

std::optional<Refusal> entryRefusal(const Forest& forest) {
    return Search(forest, nullptr).run();
}

std::optional<Refusal> ReaderOpinion::refusalOf(const Forest& forest, std::string_view text,
                                                const std::unordered_set<NodeRef>* changed) {
    Search search(forest, taken_ ? changed : nullptr);
    auto refusal = search.run();
    taken_ = !refusal && !search.unsure();
    if (refusal)
        return refusal;
    const bool marked = text.find("\xEF\xBB\xBF", 1) != std::string_view::npos;
    if (taken_ && !marked)
        return std::nullopt;
    auto read = readable(yaml::parse(std::string(text)));
    return read ? std::nullopt : std::optional(Refusal{std::move(read.error().message), kNoNode});
}

}  // namespace pe::loader
