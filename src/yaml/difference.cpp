// SPDX-License-Identifier: MIT
#include "pe/yaml/difference.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "form.hpp"
#include "moves.hpp"
#include "pe/yaml/matching.hpp"
#include "pe/yaml/value.hpp"
#include "shift.hpp"

namespace pe::yaml {
namespace {

// A subtree of the tree that has no counterpart among the siblings in the current forest.
struct Newcomer {
    NodeRef then;
    NodeRef parent;         // in the current forest
    NodeRef after;          // the sibling there that it follows, with the newcomers before it
    NodeRef now = kNoNode;  // in the current forest, if it comes from elsewhere
};

class Differ {
public:
    Differ(const RenderedForest& current, const Tree& next, DifferencePrecision precision)
        : current_(current), next_(next), precision_(precision) {}

    void stream();
    void entry(NodeRef now, NodeRef then);
    Edit finish();

private:
    bool sameText(NodeRef now, NodeRef then) const;
    void fields(NodeRef now, NodeRef then);
    void patch(NodeRef node, Field field, const Lexeme& form);
    void children(NodeRef now, NodeRef then);
    void replaceChildren(NodeRef now, NodeRef then);
    void place(NodeRef parent, const std::vector<NodeRef>& then, const Matching& matching);
    void pairMoves();
    void settleMove(const Move& move);
    Entry newcomer(NodeRef then) const;
    NodeRef placeOf(const Newcomer& each, const Entry& entry) const;

    const RenderedForest& current_;
    const Tree& next_;
    DifferencePrecision precision_;
    Edit edit_;
    std::vector<NodeRef> gone_;
    std::vector<Newcomer> newcomers_;
    // What a newcomer carries in: by its place in the tree, what it is in the current forest.
    std::unordered_map<NodeRef, NodeRef> carried_;
};

bool Differ::sameText(NodeRef now, NodeRef then) const {
    return precision_ == DifferencePrecision::Lines &&
           current_.entryText(now) == next_.entryText(then);
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
        gone_.push_back(documentsNow[i]);
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
        gone_.push_back(child);
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
        left.push_back({current_.entryText(child), &current_.forest, child});
    for (const NodeRef child : childrenThen)
        right.push_back({next_.entryText(child), &next_, child});
    const Matching matching = matchSiblings(left, right);
    const std::vector<NodeRef> order(childrenThen.begin(), childrenThen.end());
    for (std::size_t i = 0; i < childrenNow.size(); ++i)
        if (!matching.matchedLeft[i])
            gone_.push_back(childrenNow[i]);
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

void Differ::pairMoves() {
    std::vector<NodeRef> then;
    then.reserve(newcomers_.size());
    for (const Newcomer& each : newcomers_)
        then.push_back(each.then);
    const std::vector<Move> moves = MoveFinder(current_, next_).find(gone_, then);
    for (const Move& each : moves)
        settleMove(each);
    for (const Move& each : moves)
        entry(each.now, each.then);
}

void Differ::settleMove(const Move& move) {
    std::erase(gone_, move.now);
    const auto whole = std::find_if(newcomers_.begin(), newcomers_.end(),
                                    [&](const Newcomer& each) { return each.then == move.then; });
    if (whole == newcomers_.end())
        carried_[move.then] = move.now;
    else
        whole->now = move.now;
}

// What is put around an entry takes its place: it stands behind that entry, which goes into it.
NodeRef Differ::placeOf(const Newcomer& each, const Entry& entry) const {
    const auto carried = carriedBy(entry);
    if (carried.empty() || current_.forest.parent(carried.front()) != each.parent)
        return each.after;
    // Where others come and go the place is not the same any more.
    const bool busy = std::any_of(edit_.relocations.begin(), edit_.relocations.end(),
                                  [&](const Relocation& move) {
                                      return move.parent == each.parent &&
                                             (move.after == each.after || move.node == each.after);
                                  });
    if (busy)
        return each.after;
    const auto leaves = [this](NodeRef node) {
        const auto goes = [node](const auto& one) { return one.second == node; };
        return std::find(gone_.begin(), gone_.end(), node) != gone_.end() ||
               std::any_of(carried_.begin(), carried_.end(), goes);
    };
    const auto siblings = current_.forest.children(each.parent);
    auto at = std::find(siblings.begin(), siblings.end(), carried.front());
    while (at != siblings.begin() && leaves(*(at - 1)))
        --at;
    const NodeRef before = at == siblings.begin() ? kNoNode : *(at - 1);
    return before == each.after ? carried.front() : each.after;
}

Entry Differ::newcomer(NodeRef then) const {
    Entry entry;
    if (const auto carried = carried_.find(then); carried != carried_.end()) {
        entry.carried = carried->second;
        return entry;
    }
    entry = formOf(next_.lexeme(then));
    for (const NodeRef child : next_.children(then))
        entry.children.push_back(newcomer(child));
    return entry;
}

Edit Differ::finish() {
    pairMoves();
    // What comes to one place stands there in the order of the text.
    std::map<std::pair<NodeRef, NodeRef>, NodeRef> lastAt;
    for (const Newcomer& each : newcomers_) {
        auto& last = lastAt.try_emplace({each.parent, each.after}, each.after).first->second;
        if (each.now == kNoNode) {
            Entry entry = newcomer(each.then);
            if (last == each.after)
                last = placeOf(each, entry);
            edit_.insertions.push_back({each.parent, last, std::move(entry)});
        } else {
            edit_.relocations.push_back({each.now, each.parent, last});
            last = each.now;
        }
    }
    edit_.removals = std::move(gone_);
    return std::move(edit_);
}

void collectCarried(const Entry& entry, std::vector<NodeRef>& nodes) {
    if (entry.carried != kNoNode)
        nodes.push_back(entry.carried);
    for (const Entry& child : entry.children)
        collectCarried(child, nodes);
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

std::vector<NodeRef> carriedBy(const Entry& entry) {
    std::vector<NodeRef> nodes;
    collectCarried(entry, nodes);
    return nodes;
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
