// SPDX-License-Identifier: MIT
// The text against FugueMax as the tree of its definition, rebuilt after every element.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "pe/base/random.hpp"
#include "text_store.hpp"

namespace pe::crdt {
namespace {

// An element is the right child of its left origin, or, where its right origin already is below
// that, the left child of its right origin. Left children go by id; right children by right origin,
// furthest first, then by id.
class Oracle {
public:
    void insert(OpId id, OpId left, OpId right, Element element) {
        nodes_[id] = {left, right, element, false};
        const bool isLeftChild = right && isBelow(right, left);
        auto& siblings = isLeftChild ? leftOf_[right] : rightOf_[left];
        siblings.push_back(id);
        std::sort(siblings.begin(), siblings.end(), [&](OpId one, OpId two) {
            if (!isLeftChild) {
                const std::size_t first = position(nodes_[one].right);
                const std::size_t second = position(nodes_[two].right);
                if (first != second)
                    return first > second;
            }
            return one < two;
        });
        order_.clear();
        for (const OpId each : rightOf_[OpId{}])
            visit(each);
    }
    void erase(OpId id) { nodes_[id].erased = true; }

    Elements text() {
        Elements out;
        for (const OpId each : order_)
            if (!nodes_[each].erased)
                out.push_back(nodes_[each].element);
        return out;
    }

private:
    struct Node {
        OpId left;
        OpId right;
        Element element;
        bool erased;
    };

    bool isBelow(OpId node, OpId ancestor) {
        if (!ancestor)
            return hasLeftmost(node);
        for (const auto& child : rightOf_[ancestor])
            if (contains(child, node))
                return true;
        return false;
    }
    // Everything is below the start.
    bool hasLeftmost(OpId node) { return nodes_.count(node) > 0; }
    bool contains(OpId root, OpId node) {
        if (root == node)
            return true;
        for (const auto* side : {&leftOf_, &rightOf_}) {
            const auto at = side->find(root);
            if (at == side->end())
                continue;
            for (const OpId child : at->second)
                if (contains(child, node))
                    return true;
        }
        return false;
    }
    std::size_t position(OpId id) const {
        return static_cast<std::size_t>(std::find(order_.begin(), order_.end(), id) -
                                        order_.begin());
    }
    void visit(OpId id) {
        for (const OpId child : leftOf_[id])
            visit(child);
        order_.push_back(id);
        for (const OpId child : rightOf_[id])
            visit(child);
    }

    std::map<OpId, Node> nodes_;
    std::map<OpId, std::vector<OpId>> leftOf_;
    std::map<OpId, std::vector<OpId>> rightOf_;
    std::vector<OpId> order_;
};

struct TextOp {
    OpId op;
    OpId left;
    OpId right;
    Elements elements;  // empty: a deletion of `ranges`, or of none: an undelete of `deletion`
    std::vector<ElementRange> ranges;
    OpId deletion;
};

struct Author {
    ReplicaId replica;
    TextStore store;
    std::uint32_t next = 1;
    std::size_t delivered = 0;
};

void apply(TextStore& store, const TextOp& op) {
    std::vector<Splice> splices;
    if (!op.elements.empty())
        store.insert(op.op, op.left, op.right, op.elements, splices);
    else if (!op.ranges.empty())
        store.erase(op.op, op.ranges, splices);
    else
        store.undelete(op.deletion, splices);
}

TextOp make(Random& random, Author& author, const std::vector<TextOp>& log) {
    TextOp op;
    op.op = {author.replica, author.next};
    const std::uint32_t length = author.store.length();
    if (length > 2 && random.below(4) == 0) {
        op.ranges = author.store.rangesAt(static_cast<std::uint32_t>(random.below(length)), 2);
        ++author.next;
        return op;
    }
    if (!log.empty() && random.below(12) == 0) {
        const TextOp& old = log[random.below(author.delivered + 1) % log.size()];
        if (!old.ranges.empty() && old.op.replica == author.replica) {
            op.deletion = old.op;
            ++author.next;
            return op;
        }
    }
    const auto position = static_cast<std::uint32_t>(random.below(length + 1));
    std::tie(op.left, op.right) = author.store.originsAt(position);
    for (std::uint64_t i = random.below(3) + 1; i > 0; --i)
        op.elements.push_back(U'a' + static_cast<Element>(random.below(26)));
    author.next += static_cast<std::uint32_t>(op.elements.size());
    return op;
}

// Deletes that stand, applied to the oracle at the end.
Elements oracleText(const std::vector<TextOp>& log) {
    Oracle oracle;
    for (const TextOp& op : log) {
        OpId id = op.op;
        OpId left = op.left;
        for (const Element each : op.elements) {
            oracle.insert(id, left, op.right, each);
            left = id;
            ++id.counter;
        }
    }
    for (const TextOp& op : log) {
        const bool revoked = std::any_of(log.begin(), log.end(), [&](const TextOp& each) {
            return each.deletion && each.deletion == op.op;
        });
        if (revoked)
            continue;
        for (const ElementRange& range : op.ranges)
            for (std::uint32_t i = 0; i < range.count; ++i)
                oracle.erase({range.first.replica, range.first.counter + i});
    }
    return oracle.text();
}

// Authors write to a log at moments of their choosing and read it at others, so all see it in one
// order but with their own pending work in front of it.
RC_GTEST_PROP(TextMerge, AgreesWithFugueMaxByDefinition, ()) {
    SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
    const int steps = *rc::gen::inRange(1, 60);
    std::vector<Author> authors(3);
    std::vector<std::vector<TextOp>> unsent(3);
    for (std::size_t i = 0; i < 3; ++i)
        authors[i].replica = 5 + i;
    std::vector<TextOp> log;
    const auto read = [&](Author& author, std::size_t until) {
        for (; author.delivered < until; ++author.delivered)
            if (log[author.delivered].op.replica != author.replica)
                apply(author.store, log[author.delivered]);
    };
    for (int i = 0; i < steps; ++i) {
        const std::size_t who = random.below(3);
        if (random.below(4) == 0) {
            read(authors[who],
                 authors[who].delivered + random.below(log.size() - authors[who].delivered + 1));
            continue;
        }
        if (random.below(3) == 0) {
            log.insert(log.end(), unsent[who].begin(), unsent[who].end());
            unsent[who].clear();
            continue;
        }
        const TextOp op = make(random, authors[who], log);
        apply(authors[who].store, op);
        unsent[who].push_back(op);
    }
    for (const auto& rest : unsent)
        log.insert(log.end(), rest.begin(), rest.end());
    const Elements expected = oracleText(log);
    for (Author& author : authors) {
        read(author, log.size());
        RC_ASSERT(author.store.slice(0, author.store.length()) == expected);
    }
}

TEST(TextMerge, TypingInOneGoIsOneRun) {
    TextStore store;
    std::vector<Splice> splices;
    for (std::uint32_t i = 0; i < 100; ++i) {
        const auto [left, right] = store.originsAt(i);
        store.insert({1, i + 1}, left, right, U"x", splices);
    }
    EXPECT_EQ(store.runCount(), 1U);
    EXPECT_EQ(store.length(), 100U);
}

TEST(TextMerge, DeletingOnInEitherDirectionIsOneDeletedRun) {
    TextStore store;
    std::vector<Splice> splices;
    store.insert({1, 1}, {}, {}, U"abcdefghij", splices);
    std::uint32_t counter = 11;
    const auto erase = [&](std::uint32_t position) {
        store.erase({1, counter++}, store.rangesAt(position, 1), splices);
        return splices.back();
    };
    EXPECT_EQ(erase(6), (Splice{6, 1, 0}));
    EXPECT_EQ(erase(5), (Splice{5, 1, 0}));
    EXPECT_EQ(erase(4), (Splice{4, 1, 0}));
    EXPECT_EQ(erase(4), (Splice{4, 1, 0}));
    EXPECT_EQ(store.slice(0, 9), U"abcdij");
    EXPECT_EQ(store.runCount(), 3U);
    EXPECT_EQ(store.positionOf(OpId{1, 9}), 4U);
    store.undelete({1, 14}, splices);
    EXPECT_EQ(splices.back(), (Splice{4, 0, 1}));
    EXPECT_EQ(store.slice(0, 9), U"abcdhij");
    store.undelete({1, 13}, splices);
    EXPECT_EQ(splices.back(), (Splice{4, 0, 1}));
    EXPECT_EQ(store.slice(0, 9), U"abcdehij");
    EXPECT_EQ(store.runCount(), 3U);
}

TEST(TextMerge, ADeletionThatIsRevokedLeavesOneRunAgain) {
    TextStore store;
    std::vector<Splice> splices;
    store.insert({1, 1}, {}, {}, U"abcdef", splices);
    store.erase({1, 7}, store.rangesAt(2, 2), splices);
    EXPECT_EQ(store.slice(0, 9), U"abef");
    EXPECT_EQ(store.runCount(), 3U);
    store.undelete({1, 7}, splices);
    EXPECT_EQ(store.slice(0, 9), U"abcdef");
    EXPECT_EQ(store.runCount(), 1U);
}

TEST(TextMerge, AnElementThatTwoPeopleDeletedComesBackOnlyWhenBothTakeItBack) {
    TextStore store;
    std::vector<Splice> splices;
    store.insert({1, 1}, {}, {}, U"abc", splices);
    const auto middle = store.rangesAt(1, 1);
    store.erase({1, 4}, middle, splices);
    store.erase({2, 1}, middle, splices);
    store.undelete({1, 4}, splices);
    EXPECT_EQ(store.slice(0, 9), U"ac");
    store.undelete({2, 1}, splices);
    EXPECT_EQ(store.slice(0, 9), U"abc");
}

TEST(TextMerge, LongTextsWithManyRunsKeepTheirPositions) {
    SeededRandom random(7);
    TextStore store;
    std::vector<Splice> splices;
    Elements expected;
    std::uint32_t counter = 1;
    for (int i = 0; i < 4000; ++i) {
        const auto length = static_cast<std::uint32_t>(expected.size());
        const auto at = static_cast<std::uint32_t>(random.below(length + 1));
        if (length > 0 && random.below(3) == 0) {
            const auto count = static_cast<std::uint32_t>(std::min<std::uint64_t>(3, length - at));
            if (count == 0)
                continue;
            store.erase({1, counter++}, store.rangesAt(at, count), splices);
            expected.erase(at, count);
            continue;
        }
        const Elements more(random.below(4) + 1, U'a' + static_cast<Element>(random.below(26)));
        const auto [left, right] = store.originsAt(at);
        store.insert({1, counter}, left, right, more, splices);
        counter += static_cast<std::uint32_t>(more.size());
        expected.insert(at, more);
    }
    EXPECT_EQ(store.slice(0, store.length()), expected);
    for (std::uint32_t at = 0; at < store.length(); at += 97)
        EXPECT_EQ(store.positionOf(store.idAt(at)), at);
}

// One author at a cursor that seldom jumps, as people write: typing, backspace and delete.
RC_GTEST_PROP(TextMerge, WritingAndCorrectingGivesTheTextThatWasMeant, ()) {
    SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
    TextStore store;
    std::vector<Splice> splices;
    Elements expected;
    Elements spliced;
    std::uint32_t counter = 1;
    std::uint32_t cursor = 0;
    for (int i = 0; i < 600; ++i) {
        const auto length = static_cast<std::uint32_t>(expected.size());
        if (random.below(12) == 0)
            cursor = static_cast<std::uint32_t>(random.below(length + 1));
        splices.clear();
        const std::uint64_t key = random.below(i % 100 < 60 ? 10 : 4);
        if (key < 3 && cursor < length) {
            store.erase({1, counter++}, store.rangesAt(cursor, 1), splices);
            expected.erase(cursor, 1);
        } else if (key < 3 && cursor > 0) {
            store.erase({1, counter++}, store.rangesAt(--cursor, 1), splices);
            expected.erase(cursor, 1);
        } else {
            const Element letter = U'a' + static_cast<Element>(i % 26);
            const auto [left, right] = store.originsAt(cursor);
            store.insert({1, counter++}, left, right, Elements(1, letter), splices);
            expected.insert(cursor++, 1, letter);
        }
        RC_ASSERT(splices.size() == 1U);
        spliced.erase(splices[0].position, splices[0].removed);
        spliced.insert(splices[0].position, store.slice(splices[0].position, splices[0].inserted));
        RC_ASSERT(spliced == expected);
    }
    RC_ASSERT(store.slice(0, store.length()) == expected);
    for (std::uint32_t at = 0; at < store.length(); ++at)
        RC_ASSERT(store.positionOf(store.idAt(at)) == at);
}

}  // namespace
}  // namespace pe::crdt
