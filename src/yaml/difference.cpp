// SPDX-License-Identifier: MIT
#include "pe/yaml/difference.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "form.hpp"
#include "pe/yaml/matching.hpp"
#include "pe/yaml/value.hpp"
#include "shift.hpp"

namespace pe::yaml {
namespace {

// A subtree that stands on one side only; a pair of them with the same words is a move.
struct Orphan {
    NodeRef node;
    NodeRef parent;  // in the forest that has it; for a newcomer the parent in the current forest
    NodeRef after;   // newcomers only: the existing sibling it follows
};

class Differ {
public:
    Differ(const RenderedForest& current, const Tree& next, DifferencePrecision precision)
        : current_(current), next_(next), precision_(precision) {}

    void stream();
    void entry(NodeRef now, NodeRef then);
    Edit finish();

private:
    std::string_view textNow(NodeRef node) const;
    std::string_view textThen(NodeRef node) const;
    bool sameText(NodeRef now, NodeRef then) const;
    void fields(NodeRef now, NodeRef then);
    void patch(NodeRef node, Field field, const Lexeme& form);
    void children(NodeRef now, NodeRef then);
    void replaceChildren(NodeRef now, NodeRef then);
    void place(NodeRef parent, const std::vector<NodeRef>& then, const Matching& matching);
    void pairMoves();
    std::optional<Orphan> takeNewcomer(const std::string& words);

    const RenderedForest& current_;
    const Tree& next_;
    DifferencePrecision precision_;
    Edit edit_;
    std::vector<Orphan> gone_;
    std::vector<Orphan> newcomers_;
    std::unordered_map<std::string, std::vector<std::size_t>> newcomersByWords_;
    std::vector<char> moved_;
};

std::string_view Differ::textNow(NodeRef node) const {
    const Span span = current_.entries[node];
    return current_.text.substr(span.begin, span.end - span.begin);
}

std::string_view Differ::textThen(NodeRef node) const {
    const Span span = next_.entrySpan(node);
    return std::string_view(next_.text()).substr(span.begin, span.end - span.begin);
}

bool Differ::sameText(NodeRef now, NodeRef then) const {
    return precision_ == DifferencePrecision::Lines && textNow(now) == textThen(then);
}

// The words of an entry whatever its indentation and the blank lines and break around it.
std::string wordsOf(std::string_view text) {
    std::string words;
    bool lineStart = true;
    for (const char c : text) {
        if (c == '\n' || c == '\r') {
            lineStart = true;
            continue;
        }
        if (lineStart && c == ' ')
            continue;
        if (lineStart && !words.empty())
            words += '\n';
        lineStart = false;
        words += c;
    }
    return words;
}

// The text as it stands when its entry is `delta` columns further right.
std::string movedBy(int delta, std::string_view text, bool startsLine) {
    std::string out;
    if (!startsLine) {
        appendShifted(out, text, delta);
        return out;
    }
    while (!text.empty())
        appendShiftedLine(out, takeLine(text), delta);
    return out;
}

std::string movedBlock(int delta, const Lexeme& block) {
    std::string out;
    appendShiftedBlock(out, block.raw, block.column + block.offset, delta);
    return out;
}

void Differ::stream() {
    const Lexeme now = current_.forest.lexeme(kStream);
    const Lexeme then = next_.lexeme(kStream);
    if (now.open != then.open)
        patch(kStream, Field::Value, then);
    if (now.footer != then.footer)
        patch(kStream, Field::Footer, then);
    const auto documentsNow = current_.forest.children(kStream);
    const auto documentsThen = next_.children(kStream);
    const std::size_t common = std::min(documentsNow.size(), documentsThen.size());
    for (std::size_t i = 0; i < common; ++i)
        entry(documentsNow[i], documentsThen[i]);
    for (std::size_t i = common; i < documentsNow.size(); ++i)
        gone_.push_back({documentsNow[i], kStream, kNoNode});
    const NodeRef last = common ? documentsNow[common - 1] : kNoNode;
    for (std::size_t i = common; i < documentsThen.size(); ++i)
        newcomers_.push_back({documentsThen[i], kStream, last});
}

void Differ::entry(NodeRef now, NodeRef then) {
    if (sameText(now, then))
        return;
    fields(now, then);
    children(now, then);
}

void Differ::patch(NodeRef node, Field field, const Lexeme& form) {
    Entry parts;
    parts.style = form.style;
    parts.column = form.column;
    parts.offset = form.offset;
    switch (field) {
        case Field::Prefix:
            parts.prefix = form.prefix;
            break;
        case Field::Key:
            parts.key = form.key;
            break;
        case Field::Colon:
            parts.colon = form.colon;
            break;
        case Field::Props:
            parts.props = form.props;
            break;
        case Field::Value:
            parts.open = form.open;
            parts.raw = form.raw;
            break;
        case Field::Footer:
            parts.footer = form.footer;
            break;
        case Field::Suffix:
            parts.suffix = form.suffix;
            break;
        case Field::Column:
            break;
    }
    edit_.patches.push_back({node, field, std::move(parts)});
}

void Differ::fields(NodeRef now, NodeRef then) {
    const Lexeme a = current_.forest.lexeme(now);
    const Lexeme b = next_.lexeme(then);
    const int delta = b.column - a.column;
    const auto same = [delta](std::string_view was, std::string_view is, bool startsLine) {
        return delta == 0 ? was == is : movedBy(delta, was, startsLine) == is;
    };
    const bool sameRaw = delta == 0 || !isBlockScalar(a.style) ? same(a.raw, b.raw, false)
                                                               : movedBlock(delta, a) == b.raw;
    const bool sameValue =
        a.style == b.style && a.offset == b.offset && same(a.open, b.open, false) && sameRaw;
    const bool differs[kFieldCount] = {!same(a.prefix, b.prefix, true),
                                       !same(a.key, b.key, false),
                                       !same(a.colon, b.colon, false),
                                       !same(a.props, b.props, false),
                                       !sameValue,
                                       !same(a.footer, b.footer, isBlockCollection(a.style)),
                                       !same(a.suffix, b.suffix, false),
                                       precision_ == DifferencePrecision::Bytes && delta != 0};
    bool any = false;
    for (const bool one : differs)
        any = any || one;
    if (!any)
        return;
    // Texts written for another column than the entry's own would not shift right: then all are set
    // anew.
    const bool rebase = delta != 0;
    for (std::size_t i = 0; i < kFieldCount; ++i)
        if (differs[i] || rebase)
            patch(now, static_cast<Field>(i), b);
}

void Differ::replaceChildren(NodeRef now, NodeRef then) {
    for (const NodeRef child : current_.forest.children(now))
        gone_.push_back({child, now, kNoNode});
    for (const NodeRef child : next_.children(then))
        newcomers_.push_back({child, now, kNoNode});
}

void Differ::children(NodeRef now, NodeRef then) {
    const Lexeme a = current_.forest.lexeme(now);
    const Lexeme b = next_.lexeme(then);
    const auto childrenNow = current_.forest.children(now);
    const auto childrenThen = next_.children(then);
    if (childrenNow.empty() && childrenThen.empty())
        return;
    if (isMapping(a.style) != isMapping(b.style) || isSequence(a.style) != isSequence(b.style)) {
        replaceChildren(now, then);
        return;
    }
    std::vector<Candidate> left;
    std::vector<Candidate> right;
    left.reserve(childrenNow.size());
    right.reserve(childrenThen.size());
    for (const NodeRef child : childrenNow)
        left.push_back({textNow(child), &current_.forest, child});
    for (const NodeRef child : childrenThen)
        right.push_back({textThen(child), &next_, child});
    const Matching matching = matchSiblings(left, right);
    const std::vector<NodeRef> order(childrenThen.begin(), childrenThen.end());
    for (std::size_t i = 0; i < childrenNow.size(); ++i)
        if (!matching.matchedLeft[i])
            gone_.push_back({childrenNow[i], now, kNoNode});
    place(now, order, matching);
    for (std::size_t i = 0; i < order.size(); ++i)
        if (matching.left[i] != kUnmatched)
            entry(childrenNow[matching.left[i]], order[i]);
}

// Says where the matched siblings stand, in the order of the text, and which are new between them.
void Differ::place(NodeRef parent, const std::vector<NodeRef>& then, const Matching& matching) {
    const auto childrenNow = current_.forest.children(parent);
    NodeRef after = kNoNode;
    for (std::size_t i = 0; i < then.size(); ++i) {
        if (matching.left[i] == kUnmatched) {
            newcomers_.push_back({then[i], parent, after});
            continue;
        }
        const NodeRef sibling = childrenNow[matching.left[i]];
        if (matching.displaced[i])
            edit_.relocations.push_back({sibling, parent, after});
        after = sibling;
    }
}

std::optional<Orphan> Differ::takeNewcomer(const std::string& words) {
    const auto found = newcomersByWords_.find(words);
    if (found == newcomersByWords_.end() || found->second.empty())
        return std::nullopt;
    const std::size_t index = found->second.front();
    found->second.erase(found->second.begin());
    moved_[index] = 1;
    return newcomers_[index];
}

// What vanished here and appeared word for word elsewhere is the same entry, moved.
void Differ::pairMoves() {
    moved_.assign(newcomers_.size(), 0);
    if (gone_.empty() || newcomers_.empty())
        return;
    for (std::size_t i = 0; i < newcomers_.size(); ++i)
        newcomersByWords_[wordsOf(textThen(newcomers_[i].node))].push_back(i);
    std::vector<Orphan> stillGone;
    std::vector<std::pair<NodeRef, NodeRef>> pairs;
    for (const Orphan& orphan : gone_) {
        const std::string words = wordsOf(textNow(orphan.node));
        // A lone word moves nowhere: it would tie together things that only look alike.
        const bool telling = words.size() > 8;
        const auto target = telling ? takeNewcomer(words) : std::nullopt;
        if (!target) {
            stillGone.push_back(orphan);
            continue;
        }
        edit_.relocations.push_back({orphan.node, target->parent, target->after});
        pairs.emplace_back(orphan.node, target->node);
    }
    gone_ = std::move(stillGone);
    for (const auto& [now, then] : pairs)
        entry(now, then);
}

Edit Differ::finish() {
    pairMoves();
    for (const Orphan& orphan : gone_)
        edit_.removals.push_back(orphan.node);
    for (std::size_t i = 0; i < newcomers_.size(); ++i)
        if (i >= moved_.size() || !moved_[i])
            edit_.insertions.push_back(
                {newcomers_[i].parent, newcomers_[i].after, entryFrom(next_, newcomers_[i].node)});
    return std::move(edit_);
}

}  // namespace

Entry entryFrom(const Forest& forest, NodeRef node) {
    Entry entry = formOf(forest.lexeme(node));
    const auto children = forest.children(node);
    entry.children.reserve(children.size());
    for (const NodeRef child : children)
        entry.children.push_back(entryFrom(forest, child));
    return entry;
}

Edit difference(const RenderedForest& current, const Tree& next, DifferencePrecision precision) {
    Differ differ(current, next, precision);
    differ.stream();
    return differ.finish();
}

Edit entryDifference(const RenderedForest& current, NodeRef entry, const Tree& next,
                     NodeRef nextEntry) {
    Differ differ(current, next, DifferencePrecision::Lines);
    differ.entry(entry, nextEntry);
    return differ.finish();
}

}  // namespace pe::yaml
