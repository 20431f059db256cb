// SPDX-License-Identifier: MIT
#include "entry_comparison.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "pe/yaml/matching.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"
#include "sentences.hpp"

namespace pe::compare {
namespace {

using yaml::kNoNode;
using yaml::Lexeme;
using yaml::NodeRef;

// Entries to match, with what they mean in place of their text, so that formatting says nothing.
struct Siblings {
    template <class Meaning>
    Siblings(const Version& version, NodeRef parent, bool keyed, Meaning meaningOf) {
        for (const NodeRef child : version.forest().children(parent)) {
            if (version.indexOf(child) != format::kNoGraphNode)
                continue;
            nodes.push_back(child);
            const std::string key = keyed ? yaml::keyText(version.forest(), child) : "";
            meanings.push_back(key + '\n' + meaningOf(child));
        }
        for (std::size_t i = 0; i < nodes.size(); ++i)
            candidates.push_back({meanings[i], &version.forest(), nodes[i]});
    }
    std::vector<NodeRef> nodes;
    std::vector<std::string> meanings;
    std::vector<yaml::Candidate> candidates;
};

std::string joined(const std::string& field, const std::string& key) {
    return field.empty() ? key : field + '.' + key;
}

std::string itemName(const std::string& field, std::size_t index) {
    return field + '[' + std::to_string(index) + ']';
}

bool holdsCollections(const yaml::Forest& forest, NodeRef list) {
    const auto items = forest.children(list);
    return std::any_of(items.begin(), items.end(),
                       [&](NodeRef item) { return yaml::isCollection(forest.style(item)); });
}

bool sameForm(const Lexeme& was, const Lexeme& is) {
    return was.style == is.style && was.column == is.column && was.offset == is.offset &&
           was.prefix == is.prefix && was.key == is.key && was.colon == is.colon &&
           was.props == is.props && was.open == is.open && was.raw == is.raw &&
           was.footer == is.footer && was.suffix == is.suffix;
}

// Written alike with all below them.
bool isIdentical(const yaml::Forest& before, NodeRef was, const yaml::Forest& after, NodeRef is) {
    const auto left = before.children(was);
    const auto right = after.children(is);
    if (left.size() != right.size() || !sameForm(before.lexeme(was), after.lexeme(is)))
        return false;
    for (std::size_t i = 0; i < left.size(); ++i)
        if (!isIdentical(before, left[i], after, right[i]))
            return false;
    return true;
}

}  // namespace

void EntryComparison::tell(Difference difference) {
    difference.step = report_.step;
    if (difference.sentence.empty())
        difference.sentence = fieldSentence(difference, report_.owner);
    report_.found.push_back(std::move(difference));
}

void EntryComparison::add(DifferenceKind kind, NodeRef was, NodeRef is, const std::string& field,
                          std::string sentence) {
    Difference difference;
    difference.sentence = std::move(sentence);
    difference.kind = kind;
    difference.field = field;
    if (was != kNoNode) {
        difference.pathBefore = yaml::pointerTo(before_.forest(), was);
        difference.before = before_.meaning(was);
    }
    if (is != kNoNode) {
        difference.pathAfter = yaml::pointerTo(after_.forest(), is);
        difference.after = after_.meaning(is);
    }
    tell(std::move(difference));
}

// What belongs to the entry itself: its comments, and how it is written.
void EntryComparison::compareOwnText(NodeRef was, NodeRef is, const std::string& field) {
    const Lexeme now = after_.forest().lexeme(is);
    if (sameForm(before_.forest().lexeme(was), now))
        return;
    report_.isFormatted = true;
    Difference difference;
    difference.before = before_.comments(was);
    difference.after = after_.comments(is);
    if (difference.before == difference.after)
        return;
    difference.kind = DifferenceKind::CommentChanged;
    difference.field = field;
    difference.pathBefore = yaml::pointerTo(before_.forest(), was);
    difference.pathAfter = yaml::pointerTo(after_.forest(), is);
    tell(std::move(difference));
}

void EntryComparison::compare(NodeRef was, NodeRef is, const std::string& field) {
    if (isIdentical(before_.forest(), was, after_.forest(), is))
        return;
    const yaml::Style styleWas = before_.forest().style(was);
    const yaml::Style style = after_.forest().style(is);
    if (yaml::isMapping(styleWas) && yaml::isMapping(style)) {
        compareEntries(was, is, field, {});
        return;
    }
    const bool isNested =
        yaml::isSequence(styleWas) && yaml::isSequence(style) &&
        (holdsCollections(before_.forest(), was) || holdsCollections(after_.forest(), is));
    if (isNested) {
        compareItems(was, is, field);
        return;
    }
    if (names_.explains(was, is))
        names_.note(was, is);
    else if (before_.meaning(was) != after_.meaning(is))
        add(DifferenceKind::FieldChanged, was, is, field);
    compareOwnText(was, is, field);
    const auto children = before_.forest().children(was);
    const auto childrenNow = after_.forest().children(is);
    for (std::size_t i = 0; i < std::min(children.size(), childrenNow.size()); ++i)
        compareOwnText(children[i], childrenNow[i], itemName(field, i));
}

void EntryComparison::compareEntries(NodeRef was, NodeRef is, const std::string& field,
                                     const std::vector<std::string>& except) {
    if (isIdentical(before_.forest(), was, after_.forest(), is))
        return;
    compareOwnText(was, is, field);
    const Siblings left(before_, was, true, [&](NodeRef each) { return names_.meaning(each); });
    const Siblings right(after_, is, true, [&](NodeRef each) { return after_.meaning(each); });
    const yaml::Matching matching = yaml::matchSiblings(left.candidates, right.candidates);
    const auto isTold = [&](const std::string& key) {
        return std::find(except.begin(), except.end(), key) != except.end();
    };
    std::vector<char> isKept(left.nodes.size(), 0);
    for (std::size_t i = 0; i < right.nodes.size(); ++i) {
        const std::string key = yaml::keyText(after_.forest(), right.nodes[i]);
        const std::size_t old = matching.left[i];
        // Another key is another field, however alike the places are.
        const bool isSame =
            old != yaml::kUnmatched && yaml::keyText(before_.forest(), left.nodes[old]) == key;
        if (isSame)
            isKept[old] = 1;
        if (isSame && isTold(key))
            compareOwnText(left.nodes[old], right.nodes[i], joined(field, key));
        else if (isSame)
            compare(left.nodes[old], right.nodes[i], joined(field, key));
        else if (!isTold(key) && !after_.holdsNodes(right.nodes[i]))
            add(DifferenceKind::FieldAdded, kNoNode, right.nodes[i], joined(field, key));
        report_.isFormatted = report_.isFormatted || matching.displaced[i];
    }
    for (std::size_t i = 0; i < left.nodes.size(); ++i) {
        const std::string key = yaml::keyText(before_.forest(), left.nodes[i]);
        if (!isKept[i] && !isTold(key) && !before_.holdsNodes(left.nodes[i]))
            add(DifferenceKind::FieldRemoved, left.nodes[i], kNoNode, joined(field, key));
    }
}

void EntryComparison::compareItems(NodeRef was, NodeRef is, const std::string& field) {
    compareOwnText(was, is, field);
    const Siblings left(before_, was, false, [&](NodeRef each) { return names_.meaning(each); });
    const Siblings right(after_, is, false, [&](NodeRef each) { return after_.meaning(each); });
    const yaml::Matching matching = yaml::matchSiblings(left.candidates, right.candidates);
    for (std::size_t i = 0; i < left.nodes.size(); ++i)
        if (!matching.matchedLeft[i])
            add(DifferenceKind::FieldRemoved, left.nodes[i], kNoNode, itemName(field, i));
    for (std::size_t i = 0; i < right.nodes.size(); ++i) {
        const std::size_t old = matching.left[i];
        if (old == yaml::kUnmatched) {
            add(DifferenceKind::FieldAdded, kNoNode, right.nodes[i], itemName(field, i));
            continue;
        }
        if (matching.displaced[i])
            add(DifferenceKind::FieldMoved, left.nodes[old], right.nodes[i], itemName(field, i),
                "moved `" + itemName(field, old) + "` of " + report_.owner + " to place " +
                    std::to_string(i + 1));
        compare(left.nodes[old], right.nodes[i], itemName(field, i));
    }
}

}  // namespace pe::compare
