// SPDX-License-Identifier: MIT
// Laws of one tree: what leaves no trace, what comes back, and that effects tell everything.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "pe/crdt/codec.hpp"
#include "pe/crdt/snapshot.hpp"
#include "pe/testing/sequencer.hpp"
#include "random_edits.hpp"

namespace pe::crdt {
namespace {

using pe::testing::Sequencer;

constexpr std::int64_t kNow = 1'000'000;

// Everything that is shown, as text.
std::string dump(const ReplicatedTree& tree, NodeHandle node = kRootHandle) {
    std::string out = "(";
    for (const RegisterKey key : tree.registerKeys(node))
        out += std::to_string(key) + "=" + std::string(tree.reg(node, key)) + ";";
    for (const TextKey key : tree.textKeys(node)) {
        if (tree.text(node, key)->empty())
            continue;
        out += "t" + std::to_string(key) + ":";
        for (const Element each : tree.text(node, key)->elements())
            out += std::to_string(each) + ",";
    }
    for (const NodeHandle child : tree.children(node)) {
        const OpId id = tree.id(child);
        out += " " + std::to_string(id.replica) + "." + std::to_string(id.counter);
        out += dump(tree, child);
    }
    return out + ")";
}

// A tree with a past of its own and of somebody else, partly pending.
struct Past {
    explicit Past(std::uint64_t seed) : random(seed) {
        for (int i = 0; i < 25; ++i) {
            ReplicatedTree& one = random.below(2) == 0 ? tree : other;
            (void)testing::randomGesture(random, one, kNow + i);
            if (random.below(3) == 0)
                RC_ASSERT(sequencer.sync(one).has_value());
        }
        sequencer.push(other);
    }
    SeededRandom random;
    ReplicatedTree tree{1};
    ReplicatedTree other{2};
    Sequencer sequencer;
};

RC_GTEST_PROP(TreeLaws, ARolledBackGestureLeavesNoTrace, ()) {
    Past past(*rc::gen::arbitrary<std::uint64_t>());
    const std::string before = dump(past.tree);
    const std::uint64_t hash = past.tree.stateHash();
    {
        Transaction gesture = past.tree.begin(kNow + 1000);
        for (int i = 0; i < 10; ++i)
            testing::randomOperation(past.random, past.tree, gesture);
    }
    RC_ASSERT(dump(past.tree) == before);
    RC_ASSERT(past.tree.stateHash() == hash);
}

RC_GTEST_PROP(TreeLaws, HashingAndSnapshotsChangeNothingThatIsShown, ()) {
    Past past(*rc::gen::arbitrary<std::uint64_t>());
    const std::string before = dump(past.tree);
    (void)past.tree.stateHash();
    (void)encodeSnapshot(past.tree);
    RC_ASSERT(dump(past.tree) == before);
}

RC_GTEST_PROP(TreeLaws, ARejectedChangeIsAsIfItWasNeverMade, ()) {
    Past past(*rc::gen::arbitrary<std::uint64_t>());
    const std::string before = dump(past.tree);
    const auto change = testing::randomGesture(past.random, past.tree, kNow + 1000);
    RC_PRE(change && !change->operations.empty());
    const auto out = past.tree.reject(change->firstCounter);
    RC_ASSERT(out.has_value());
    RC_ASSERT(out->size() == 1U);
    RC_ASSERT(dump(past.tree) == before);
    RC_ASSERT(past.sequencer.sync(past.tree).has_value());
}

RC_GTEST_PROP(TreeLaws, WithoutARejectedChangeTheRestStillConverges, ()) {
    Past past(*rc::gen::arbitrary<std::uint64_t>());
    const auto pending = past.tree.pending();
    RC_PRE(!pending.empty());
    const auto& victim = pending[past.random.below(pending.size())];
    const auto out = past.tree.reject(victim->firstCounter);
    RC_ASSERT(out.has_value());
    RC_ASSERT(past.tree.pending().size() + out->size() == pending.size());
    for (std::size_t i = 0; pending[i] != victim; ++i)
        RC_ASSERT(encodeChange(*past.tree.pending()[i]) == encodeChange(*pending[i]));
    RC_ASSERT(past.sequencer.sync(past.tree).has_value());
    ReplicatedTree fresh(9);
    RC_ASSERT(past.sequencer.pull(fresh).has_value());
    RC_ASSERT(fresh.stateHash() == past.tree.stateHash());
}

// The order may hold it already, and knows it again by its bytes.
TEST(Rejection, LeavesWhatWasMadeBeforeAsItIsToTheByte) {
    ReplicatedTree tree(1);
    const auto make = [&](auto act) {
        Transaction gesture = tree.begin(kNow);
        act(gesture);
        return *gesture.commit();
    };
    const auto apart =
        make([](Transaction& gesture) { gesture.insertText(kRootHandle, 0, 0, U"xy"); });
    make([](Transaction& gesture) { gesture.insertText(kRootHandle, 0, 1, U"m"); });
    ASSERT_TRUE(tree.undo(*apart, kNow).has_value());
    const std::string sent = encodeChange(*tree.pending().back());
    const auto refused = make([](Transaction& gesture) { gesture.set(kRootHandle, 1, "value"); });
    ASSERT_TRUE(tree.reject(refused->firstCounter).has_value());
    EXPECT_EQ(encodeChange(*tree.pending().back()), sent);
}

// Who superseded a value that is refused has seen what that one superseded.
TEST(Rejection, LeavesOneValueOfWhatOneAuthorSet) {
    ReplicatedTree tree(1);
    const auto set = [&](const char* value) {
        Transaction gesture = tree.begin(kNow);
        gesture.set(kRootHandle, 1, value);
        return *gesture.commit();
    };
    set("first");
    const auto refused = set("second");
    set("third");
    set("fourth");
    ASSERT_TRUE(tree.reject(refused->firstCounter).has_value());
    EXPECT_EQ(tree.versions(kRootHandle, 1).size(), 1U);
    EXPECT_EQ(tree.reg(kRootHandle, 1), "fourth");
    // Undo goes back past what was refused.
    const auto pending = tree.pending();
    ASSERT_EQ(pending.size(), 3U);
    ASSERT_TRUE(tree.undo(*pending[2], kNow).has_value());
    EXPECT_EQ(tree.reg(kRootHandle, 1), "third");
    ASSERT_TRUE(tree.undo(*pending[1], kNow).has_value());
    EXPECT_EQ(tree.reg(kRootHandle, 1), "first");
    Sequencer sequencer;
    ASSERT_TRUE(sequencer.sync(tree));
    EXPECT_EQ(tree.versions(kRootHandle, 1).size(), 1U);
}

RC_GTEST_PROP(TreeLaws, ARekeyedReplicaConvergesWithAllItsWork, ()) {
    Past past(*rc::gen::arbitrary<std::uint64_t>());
    const std::size_t pending = past.tree.pending().size();
    const auto fresh = past.tree.rekey(77, kNow + 1000);
    RC_ASSERT(fresh.has_value());
    RC_ASSERT(fresh->size() == pending);
    RC_ASSERT(past.sequencer.sync(past.tree).has_value());
    ReplicatedTree replay(9);
    RC_ASSERT(past.sequencer.pull(replay).has_value());
    RC_ASSERT(replay.stateHash() == past.tree.stateHash());
    RC_ASSERT(dump(replay) == dump(past.tree));
}

RC_GTEST_PROP(TreeLaws, SnapshotAndTailEqualReplay, ()) {
    Past past(*rc::gen::arbitrary<std::uint64_t>());
    ReplicatedTree replay(9);
    RC_ASSERT(past.sequencer.pull(replay, past.random.below(30)).has_value());
    auto loaded = decodeSnapshot(encodeSnapshot(replay), 8);
    RC_ASSERT(loaded.has_value());
    RC_ASSERT(loaded->stateHash() == replay.stateHash());
    RC_ASSERT(past.sequencer.pull(replay).has_value());
    RC_ASSERT(past.sequencer.pull(*loaded).has_value());
    RC_ASSERT(loaded->stateHash() == replay.stateHash());
    RC_ASSERT(dump(*loaded) == dump(replay));
    const Snapshot one = encodeSnapshot(replay);
    const Snapshot two = encodeSnapshot(*loaded);
    RC_ASSERT(one.parts.size() == two.parts.size());
    for (std::size_t i = 0; i < one.parts.size(); ++i)
        RC_ASSERT(one.parts[i].bytes == two.parts[i].bytes);
}

RC_GTEST_PROP(TreeLaws, UndoThenRedoIsTheIdentityIfNobodyElseTouchedIt, ()) {
    Past past(*rc::gen::arbitrary<std::uint64_t>());
    const std::string before = dump(past.tree);
    const auto change = testing::randomGesture(past.random, past.tree, kNow + 1000);
    RC_PRE(change && !change->operations.empty());
    const std::string after = dump(past.tree);
    const auto undone = past.tree.undo(*change, kNow + 2000);
    RC_ASSERT(undone.has_value());
    RC_PRE(undone->skipped.empty());
    RC_ASSERT(dump(past.tree) == before);
    const auto redone = past.tree.undo(*undone->change, kNow + 3000);
    RC_ASSERT(redone.has_value());
    RC_ASSERT(redone->skipped.empty());
    RC_ASSERT(dump(past.tree) == after);
}

// One's gestures as an undo stack holds them, with what was shown before and after each.
class UndoStack {
public:
    explicit UndoStack(ReplicatedTree& tree) : tree_(tree), states_{dump(tree)} {}

    void push(SharedChange change) {
        if (!change || change->operations.empty())
            return;
        changes_.push_back(std::move(change));
        states_.push_back(dump(tree_));
        ++done_;
    }
    bool canUndo() const { return done_ > 0; }
    bool canRedo() const { return done_ < changes_.size(); }
    void undo() {
        invert(done_ - 1);
        --done_;
        RC_ASSERT(dump(tree_) == states_[done_]);
    }
    void redo() {
        invert(done_);
        ++done_;
        RC_ASSERT(dump(tree_) == states_[done_]);
    }

private:
    void invert(std::size_t index) {
        const auto inverse = tree_.undo(*changes_[index], kNow + 100);
        RC_ASSERT(inverse.has_value());
        RC_ASSERT(inverse->skipped.empty());
        changes_[index] = inverse->change;
    }

    ReplicatedTree& tree_;
    std::vector<SharedChange> changes_;
    std::vector<std::string> states_;
    std::size_t done_ = 0;
};

RC_GTEST_PROP(TreeLaws, UndoAndRedoOfAnyDepthShowWhatWasShown, ()) {
    SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
    ReplicatedTree tree(1);
    UndoStack stack(tree);
    for (int i = 0; i < 15; ++i)
        stack.push(testing::randomGesture(random, tree, kNow + i));
    while (stack.canUndo())
        stack.undo();
    while (stack.canRedo())
        stack.redo();
    for (int i = 0; i < 20; ++i) {
        if (stack.canUndo() && (random.below(2) == 0 || !stack.canRedo()))
            stack.undo();
        else if (stack.canRedo())
            stack.redo();
    }
}

RC_GTEST_PROP(TreeLaws, ABacklogAtOnceEqualsItsChangesOneByOne, ()) {
    Past past(*rc::gen::arbitrary<std::uint64_t>());
    auto twin = decodeSnapshot(encodeSnapshot(past.tree), 1);
    RC_ASSERT(twin.has_value());
    for (const SharedChange& change : past.tree.pending())
        RC_ASSERT(twin->resume(change).has_value());
    past.sequencer.push(past.tree, 3);
    past.sequencer.push(past.other);
    std::vector<SharedChange> backlog;
    for (std::size_t i = past.tree.sequence(); i < past.sequencer.log().size(); ++i)
        backlog.push_back(std::make_shared<const Change>(*decodeChange(past.sequencer.log()[i])));
    RC_ASSERT(twin->apply(backlog, twin->sequence() + 1).has_value());
    RC_ASSERT(past.sequencer.pull(past.tree).has_value());
    RC_ASSERT(dump(*twin) == dump(past.tree));
    RC_ASSERT(twin->stateHash() == past.tree.stateHash());
    RC_ASSERT(twin->pending().size() == past.tree.pending().size());
}

RC_GTEST_PROP(TreeLaws, AJournalPutsPendingWorkBack, ()) {
    Past past(*rc::gen::arbitrary<std::uint64_t>());
    auto restarted = decodeSnapshot(encodeSnapshot(past.tree), 1);
    RC_ASSERT(restarted.has_value());
    for (const SharedChange& change : past.tree.pending())
        RC_ASSERT(restarted->resume(change).has_value());
    RC_ASSERT(dump(*restarted) == dump(past.tree));
    RC_ASSERT(restarted->stateHash() == past.tree.stateHash());
}

TEST(TreeLaws, UndoPutsMovedAndDeletedNeighboursBackInTheirOldOrder) {
    ReplicatedTree tree(1);
    Transaction first = tree.begin(kNow);
    const NodeHandle a = first.create(kRootHandle, kNoNode);
    const NodeHandle b = first.create(kRootHandle, a);
    const NodeHandle c = first.create(kRootHandle, b);
    ASSERT_TRUE(first.commit().has_value());
    Transaction second = tree.begin(kNow);
    second.remove(a);
    second.move(b, kRootHandle, c);
    const auto change = second.commit();
    ASSERT_TRUE(change.has_value());
    ASSERT_TRUE(tree.undo(**change, kNow).has_value());
    const auto children = tree.children(kRootHandle);
    EXPECT_EQ(std::vector<NodeHandle>(children.begin(), children.end()),
              (std::vector<NodeHandle>{a, b, c}));
}

// More moves than a parent keeps traces of.
TEST(TreeLaws, WhatWasDeletedLongAgoComesBackToItsPlace) {
    ReplicatedTree tree(1);
    std::vector<NodeHandle> nodes;
    Transaction building = tree.begin(kNow);
    for (int i = 0; i < 5; ++i)
        nodes.push_back(building.create(kRootHandle, i == 0 ? kNoNode : nodes.back()));
    ASSERT_TRUE(building.commit());
    Transaction deleting = tree.begin(kNow);
    deleting.remove(nodes[2]);
    ASSERT_TRUE(deleting.commit());
    for (std::size_t i = 0; i < 2 * Limits::kGhosts + 2; ++i) {
        Transaction moving = tree.begin(kNow);
        moving.move(nodes[4], kRootHandle, i % 2 == 0 ? kNoNode : nodes[3]);
        ASSERT_TRUE(moving.commit());
    }
    Transaction restoring = tree.begin(kNow);
    restoring.restore(nodes[2]);
    ASSERT_TRUE(restoring.commit());
    const auto children = tree.children(kRootHandle);
    EXPECT_EQ(std::vector<NodeHandle>(children.begin(), children.end()), nodes);
}

TEST(TreeLaws, AGapAndAForkAreRefusedAndARepetitionIsIgnored) {
    ReplicatedTree tree(1);
    const auto named = [](std::uint32_t counter, const char* name) {
        Change change;
        change.replica = 2;
        change.firstCounter = counter;
        change.operations.push_back(Create{{}, RegisterPack{{1, name}}, {}});
        return change;
    };
    ASSERT_TRUE(tree.apply(named(1, "one"), 1).has_value());
    EXPECT_TRUE(tree.apply(named(1, "one"), 1).has_value());
    EXPECT_EQ(tree.size().nodes, 1U);
    EXPECT_EQ(tree.apply(named(1, "other"), 1).error().code, ErrorCode::Conflict);
    EXPECT_EQ(tree.apply(named(3, "three"), 2).error().code, ErrorCode::Refused);
    EXPECT_EQ(tree.apply(named(2, "two"), 3).error().code, ErrorCode::Refused);
    EXPECT_TRUE(tree.apply(named(2, "two"), 2).has_value());
}

TEST(TreeLaws, AChangeThatRefersToNothingIsRefusedWhole) {
    ReplicatedTree tree(1);
    Change change;
    change.replica = 2;
    change.firstCounter = 1;
    change.operations.push_back(Create{});
    change.operations.push_back(Move{{2, 1}, {{3, 9}, {}, {}}, {}});
    EXPECT_EQ(tree.apply(change, 1).error().code, ErrorCode::Corrupt);
    EXPECT_EQ(tree.size().nodes, 0U);
    EXPECT_EQ(tree.sequence(), 0U);
}

// The deletion reaches over letters of which the first are confirmed and the others are not.
TEST(TreeLaws, ADeletionAcrossConfirmedAndPendingLettersGetsANewIdentityWhole) {
    ReplicatedTree tree(1);
    Transaction first = tree.begin(1);
    const NodeHandle node = first.create(kRootHandle, kNoNode);
    first.insertText(node, 0, 0, U"ab");
    ASSERT_TRUE(tree.apply(**first.commit(), 1).has_value());
    Transaction typing = tree.begin(2);
    typing.insertText(node, 0, 2, U"cd");
    ASSERT_TRUE(typing.commit().has_value());
    Transaction erasing = tree.begin(3);
    erasing.eraseText(node, 0, 1, 2);
    ASSERT_TRUE(erasing.commit().has_value());
    const auto fresh = tree.rekey(9, 4);
    ASSERT_TRUE(fresh.has_value());
    EXPECT_EQ(tree.text(node, 0)->elements(), U"ad");
    const auto& erase = std::get<TextDelete>(fresh->back()->operations.front());
    EXPECT_EQ(erase.ranges, (std::vector<ElementRange>{{{1, 3}, 1}, {{9, 1}, 1}}));
}

TEST(TreeLaws, ARefusedInsertionTakesADeletionThatReachesIntoItWithIt) {
    ReplicatedTree tree(1);
    Transaction first = tree.begin(1);
    const NodeHandle node = first.create(kRootHandle, kNoNode);
    first.insertText(node, 0, 0, U"ab");
    ASSERT_TRUE(tree.apply(**first.commit(), 1).has_value());
    Transaction typing = tree.begin(2);
    typing.insertText(node, 0, 2, U"cd");
    const SharedChange refused = *typing.commit();
    Transaction erasing = tree.begin(3);
    erasing.eraseText(node, 0, 1, 2);
    ASSERT_TRUE(erasing.commit().has_value());
    const auto out = tree.reject(refused->firstCounter);
    ASSERT_TRUE(out.has_value());
    EXPECT_EQ(out->size(), 2U);
    EXPECT_EQ(tree.text(node, 0)->elements(), U"ab");
}

TEST(TreeLaws, AMoveBesideItselfIsRefused) {
    ReplicatedTree tree(1);
    Change change;
    change.replica = 2;
    change.firstCounter = 1;
    change.operations.push_back(Create{});
    change.operations.push_back(Move{{2, 1}, {{}, {2, 1}, {}}, {}});
    EXPECT_EQ(tree.apply(change, 1).error().code, ErrorCode::Corrupt);
    change.operations[1] = Move{{2, 1}, {{}, {}, {2, 1}}, {}};
    EXPECT_EQ(tree.apply(change, 1).error().code, ErrorCode::Corrupt);
    EXPECT_EQ(tree.size().nodes, 0U);
}

TEST(TreeLaws, ARegisterThatNoReaderWouldTakeIsNotCreated) {
    ReplicatedTree tree(1);
    const std::string large(Limits::kValueBytes + 1, 'x');
    Transaction gesture = tree.begin(1);
    EXPECT_EQ(gesture.create(kRootHandle, kNoNode, RegisterPack{{1, "small"}, {2, large}}),
              kNoNode);
    EXPECT_EQ(gesture.commit().error().code, ErrorCode::LimitExceeded);
    EXPECT_EQ(tree.size().nodes, 0U);
}

TEST(TreeLaws, TypingOnInOneGestureIsOneOperation) {
    ReplicatedTree tree(1);
    Transaction gesture = tree.begin(1);
    const NodeHandle node = gesture.create(kRootHandle, kNoNode);
    gesture.insertText(node, 0, 0, U"ab");
    gesture.insertText(node, 0, 2, U"c");
    gesture.insertText(node, 0, 3, U"d");
    gesture.insertText(node, 0, 0, U"x");
    const auto change = gesture.commit();
    ASSERT_TRUE(change.has_value());
    ASSERT_EQ((*change)->operations.size(), 3U);
    EXPECT_EQ(std::get<TextInsert>((*change)->operations[1]).elements, U"abcd");
    EXPECT_EQ((*change)->lastCounter(), 6U);
    ReplicatedTree other(2);
    ASSERT_TRUE(other.apply(**change, 1).has_value());
    EXPECT_EQ(other.text(other.children(kRootHandle)[0], 0)->elements(), U"xabcd");
    ASSERT_TRUE(tree.apply(**change, 1).has_value());
    EXPECT_EQ(tree.stateHash(), other.stateHash());
}

TEST(TreeLaws, AGestureOfTooManyOperationsIsTakenBack) {
    ReplicatedTree tree(1);
    Transaction gesture = tree.begin(1);
    const NodeHandle node = gesture.create(kRootHandle, kNoNode);
    for (std::size_t i = 0; i < Limits::kOperations; ++i)
        gesture.insertText(node, i % 2, static_cast<std::uint32_t>(i / 2), U"x");
    EXPECT_EQ(gesture.commit().error().code, ErrorCode::LimitExceeded);
    EXPECT_EQ(tree.size().nodes, 0U);
    EXPECT_EQ(tree.size().pending, 0U);
}

TEST(TreeLaws, ASnapshotWithAnyDamagedByteIsAnErrorOrRefusedByItsHash) {
    Past past(4);
    const Snapshot snapshot = encodeSnapshot(past.tree);
    for (std::size_t part = 0; part < snapshot.parts.size(); ++part) {
        for (std::size_t at = 0; at < snapshot.parts[part].bytes.size(); ++at) {
            Snapshot damaged = snapshot;
            auto& bytes = damaged.parts[part].bytes;
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
            EXPECT_FALSE(decodeSnapshot(damaged, 5).has_value());
            damaged.parts[part].hash = hashBytes(bytes);
            (void)decodeSnapshot(damaged, 5);
            bytes.resize(at);
            damaged.parts[part].hash = hashBytes(bytes);
            (void)decodeSnapshot(damaged, 5);
        }
    }
}

// A view that knows nothing but effects, and asks the tree only about nodes that effects named.
class Mirror {
public:
    void follow(ReplicatedTree& tree) {
        std::vector<NodeHandle> placed;
        for (const Effect& effect : tree.takeEffects()) {
            switch (effect.kind) {
                case EffectKind::Removed:
                    take(effect.node);
                    break;
                case EffectKind::Created:
                case EffectKind::Restored:
                case EffectKind::Moved:
                case EffectKind::LiftedOut:
                    placed.push_back(effect.node);
                    break;
                case EffectKind::TextChanged:
                    splice(tree, effect);
                    break;
                default:
                    break;
            }
        }
        for (const NodeHandle node : placed)
            if (children.count(node) > 0)
                cut(node);
        std::sort(placed.begin(), placed.end(), [&](NodeHandle left, NodeHandle right) {
            return key(tree, left) < key(tree, right);
        });
        for (const NodeHandle node : placed)
            if (tree.isLive(node))
                add(tree, node);
    }

    void compare(const ReplicatedTree& tree, NodeHandle node = kRootHandle) {
        const auto actual = tree.children(node);
        RC_ASSERT(children[node] == std::vector<NodeHandle>(actual.begin(), actual.end()));
        for (const TextKey textKey : tree.textKeys(node)) {
            const auto at = texts.find({node, textKey});
            if (at != texts.end())
                RC_ASSERT(at->second == tree.text(node, textKey)->length());
        }
        for (const NodeHandle child : actual)
            compare(tree, child);
    }

private:
    static std::pair<NodeHandle, std::uint32_t> key(const ReplicatedTree& tree, NodeHandle node) {
        return tree.isLive(node) ? std::pair(tree.parent(node), tree.indexInParent(node))
                                 : std::pair(kNoNode, 0U);
    }
    void cut(NodeHandle node) {
        for (auto& [parent, list] : children)
            std::erase(list, node);
    }
    void take(NodeHandle node) {
        cut(node);
        const auto inside = children[node];
        for (const NodeHandle child : inside)
            take(child);
        children.erase(node);
    }
    void add(const ReplicatedTree& tree, NodeHandle node) {
        auto& siblings = children[tree.parent(node)];
        if (std::find(siblings.begin(), siblings.end(), node) == siblings.end()) {
            const std::size_t index =
                std::min<std::size_t>(tree.indexInParent(node), siblings.size());
            siblings.insert(siblings.begin() + static_cast<std::ptrdiff_t>(index), node);
        }
        if (children.count(node) > 0)
            return;
        fill(tree, node);
    }
    void fill(const ReplicatedTree& tree, NodeHandle node) {
        const auto inside = tree.children(node);
        children[node].assign(inside.begin(), inside.end());
        for (const NodeHandle child : inside)
            if (children.count(child) == 0)
                fill(tree, child);
    }
    void splice(const ReplicatedTree& tree, const Effect& effect) {
        const auto at = texts.find({effect.node, effect.key});
        if (at == texts.end()) {
            texts[{effect.node, effect.key}] = tree.text(effect.node, effect.key)->length();
            fresh.insert({{effect.node, effect.key}, true});
            return;
        }
        if (fresh.count({effect.node, effect.key}) > 0)
            return;
        RC_ASSERT(effect.splice.position + effect.splice.removed <= at->second);
        at->second += effect.splice.inserted - effect.splice.removed;
    }

public:
    void endDrain() { fresh.clear(); }
    std::map<NodeHandle, std::vector<NodeHandle>> children{{kRootHandle, {}}};
    std::map<std::pair<NodeHandle, TextKey>, std::uint32_t> texts;
    std::map<std::pair<NodeHandle, TextKey>, bool> fresh;
};

RC_GTEST_PROP(TreeLaws, EffectsTellEverythingThatAViewMustKnow, ()) {
    SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
    const int steps = *rc::gen::inRange(1, 60);
    ReplicatedTree mine(1);
    ReplicatedTree theirs(2);
    Sequencer sequencer;
    Mirror mirror;
    std::vector<SharedChange> done;
    for (int i = 0; i < steps; ++i) {
        switch (random.below(5)) {
            case 0:
                RC_ASSERT(sequencer.sync(theirs).has_value());
                break;
            case 1:
                sequencer.push(mine, random.below(3));
                RC_ASSERT(sequencer.pull(mine, random.below(4)).has_value());
                break;
            case 2:
                (void)testing::randomGesture(random, theirs, kNow + i);
                break;
            default:
                if (!done.empty() && random.below(4) == 0)
                    (void)mine.undo(*done[random.below(done.size())], kNow + i);
                else if (auto change = testing::randomGesture(random, mine, kNow + i))
                    if (!change->operations.empty())
                        done.push_back(change);
        }
        mirror.follow(mine);
        mirror.endDrain();
        mirror.compare(mine);
    }
}

}  // namespace
}  // namespace pe::crdt
