// SPDX-License-Identifier: MIT
#include "form.hpp"

#include <algorithm>

#include "render_entry.hpp"

namespace pe::yaml {
namespace {

constexpr int kNodesToAsk = 400;
constexpr std::size_t kCousinsToAsk = 64;

class HabitFinder {
public:
    explicit HabitFinder(const Forest& forest) : forest_(forest) {}

    Habits find(NodeRef collection) {
        for (NodeRef scope = collection; scope != kNoNode; scope = forest_.parent(scope)) {
            budget_ = kNodesToAsk;
            visitChildren(scope);
            visit(scope);
            if (scope == kStream)
                break;
        }
        Habits habits;
        habits.lineBreak = lineBreakOf(forest_);
        if (mapping_ > 0)
            habits.mappingOffset = mapping_;
        if (sequence_ >= 0)
            habits.sequenceOffset = sequence_;
        if (text_ > 0)
            habits.textOffset = text_;
        if (single_ > double_)
            habits.quotes = Style::SingleQuoted;
        if (single_ + double_ > plain_)
            habits.strings = habits.quotes;
        return habits;
    }

private:
    void visitChildren(NodeRef node) {
        for (const NodeRef child : forest_.children(node)) {
            if (--budget_ < 0)
                return;
            visit(child);
        }
        for (const NodeRef child : forest_.children(node)) {
            if (budget_ < 0)
                return;
            if (isCollection(forest_.style(child)))
                visitChildren(child);
        }
        // Strings are judged by the nearest collection that has some.
        if (single_ + double_ + plain_ > 0)
            stringsFound_ = true;
    }

    void visit(NodeRef node) {
        const Lexeme lexeme = forest_.lexeme(node);
        const bool underKey = !isItem(lexeme) && !lexeme.key.empty();
        const bool filled = underKey && !forest_.children(node).empty();
        if (lexeme.style == Style::BlockMapping && filled && mapping_ < 0)
            mapping_ = lexeme.offset;
        if (lexeme.style == Style::BlockSequence && filled && sequence_ < 0)
            sequence_ = lexeme.offset;
        if (isBlockScalar(lexeme.style) && !lexeme.raw.empty() && text_ < 0)
            text_ = lexeme.offset;
        if (!stringsFound_)
            countString(lexeme);
    }

    void countString(const Lexeme& lexeme) {
        if (lexeme.style == Style::SingleQuoted)
            ++single_;
        if (lexeme.style == Style::DoubleQuoted)
            ++double_;
        if (lexeme.style == Style::Plain && plainIsSafe(lexeme.raw, {}))
            ++plain_;
    }

    const Forest& forest_;
    int budget_ = 0;
    int mapping_ = -1;
    int sequence_ = -1;
    int text_ = -1;
    int single_ = 0;
    int double_ = 0;
    int plain_ = 0;
    bool stringsFound_ = false;
};

}  // namespace

Habits habitsAt(const Forest& forest, NodeRef collection) {
    return HabitFinder(forest).find(collection);
}

NodeRef cousinWithKey(const Forest& forest, NodeRef mapping, std::string_view key) {
    const NodeRef list = forest.parent(mapping);
    if (list == kNoNode || list == kStream)
        return kNoNode;
    const auto siblings = forest.children(list);
    std::size_t self = 0;
    while (self < siblings.size() && siblings[self] != mapping)
        ++self;
    for (std::size_t distance = 1; distance <= kCousinsToAsk; ++distance) {
        for (const std::size_t at : {self - distance, self + distance}) {
            if (at >= siblings.size())
                continue;
            for (const NodeRef child : forest.children(siblings[at]))
                if (forest.key(child) == key)
                    return child;
        }
    }
    return kNoNode;
}

NodeRef exampleFor(const Forest& forest, NodeRef collection, std::string_view key) {
    const NodeRef cousin = cousinWithKey(forest, collection, key);
    if (cousin != kNoNode)
        return cousin;
    const auto entries = forest.children(collection);
    for (std::size_t i = 0; i < std::min(entries.size(), kCousinsToAsk); ++i)
        for (const NodeRef child : forest.children(entries[entries.size() - 1 - i]))
            if (forest.key(child) == key)
                return child;
    return kNoNode;
}

}  // namespace pe::yaml
