// SPDX-License-Identifier: MIT
// The conflicts of a step tree, and what must come of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pe/crdt/snapshot.hpp"
#include "pe/testing/sequencer.hpp"

namespace pe::crdt {
namespace {

using pe::testing::Sequencer;
using ::testing::ElementsAre;

constexpr RegisterKey kName = 1;
constexpr TextKey kPrompt = 0;

// Two people on one document, offline from each other until they sync.
class Conflicts : public ::testing::Test {
protected:
    std::int64_t tick() { return now_ += 1000; }

    template <class Act>
    SharedChange edit(ReplicatedTree& tree, Act act) {
        Transaction gesture = tree.begin(tick());
        act(gesture);
        auto change = gesture.commit();
        EXPECT_TRUE(change.has_value()) << (change ? "" : change.error().message);
        return change ? *change : nullptr;
    }

    // A child of the root (or of `parent`) that everybody knows.
    NodeId shared(std::string_view name, NodeId parent = kRootId, ElementsView prompt = {}) {
        NodeId id;
        edit(a, [&](Transaction& gesture) {
            const NodeHandle under = a.find(parent);
            std::vector<InitialText> texts;
            if (!prompt.empty())
                texts.push_back({kPrompt, Elements(prompt)});
            id =
                a.id(gesture.create(under, a.lastChild(under), RegisterPack{{kName, name}}, texts));
        });
        syncAll();
        return id;
    }

    void syncAll() {
        sequencer.push(a);
        sequencer.push(b);
        ASSERT_TRUE(sequencer.pull(a).has_value());
        ASSERT_TRUE(sequencer.pull(b).has_value());
        ASSERT_EQ(a.stateHash(), b.stateHash());
    }

    // The same, with the other one first.
    void syncAllOtherFirst() {
        sequencer.push(b);
        syncAll();
    }

    static std::vector<std::string> names(const ReplicatedTree& tree, NodeId parent) {
        std::vector<std::string> names;
        for (const NodeHandle child : tree.children(tree.find(parent)))
            names.emplace_back(tree.reg(child, kName));
        return names;
    }

    static Elements prompt(const ReplicatedTree& tree, NodeId id) {
        const Text* const text = tree.text(tree.find(id), kPrompt);
        return text == nullptr ? Elements() : text->elements();
    }

    static bool saw(const Effects& effects, EffectKind kind, NodeHandle node) {
        return std::any_of(effects.begin(), effects.end(), [&](const Effect& each) {
            return each.kind == kind && each.node == node;
        });
    }

    void move(ReplicatedTree& tree, NodeId node, NodeId parent) {
        edit(tree, [&](Transaction& gesture) {
            gesture.move(tree.find(node), tree.find(parent), tree.lastChild(tree.find(parent)));
        });
    }

    ReplicatedTree a{10};
    ReplicatedTree b{20};
    Sequencer sequencer;
    std::int64_t now_ = 1'000'000;
};

TEST_F(Conflicts, AStepThatTwoPeopleMoveIsOneStep) {
    const NodeId step = shared("step");
    const NodeId left = shared("left");
    const NodeId right = shared("right");
    move(a, step, left);
    move(b, step, right);
    syncAll();
    EXPECT_EQ(names(a, left).size() + names(a, right).size(), 1U);
    EXPECT_THAT(names(b, kRootId), ElementsAre("left", "right"));
}

TEST_F(Conflicts, TypingInAStepThatIsMovedIsKept) {
    const NodeId step = shared("step", kRootId, U"hello");
    const NodeId group = shared("group");
    move(a, step, group);
    edit(b, [&](Transaction& gesture) { gesture.insertText(b.find(step), kPrompt, 5, U" world"); });
    syncAll();
    EXPECT_EQ(prompt(a, step), U"hello world");
    EXPECT_THAT(names(b, group), ElementsAre("step"));
}

TEST_F(Conflicts, GroupsMovedIntoEachOtherLoseNothing) {
    const NodeId one = shared("one");
    const NodeId two = shared("two");
    for (const NodeId group : {one, two})
        for (const char* name : {"x", "y", "z"})
            shared(name, group);
    shared("last");
    ASSERT_EQ(a.size().nodes, 9U);
    move(a, one, two);
    move(b, two, one);
    (void)b.takeEffects();
    syncAll();
    EXPECT_EQ(a.size().nodes, 9U);
    EXPECT_EQ(b.size().nodes, 9U);
    EXPECT_THAT(names(b, kRootId), ElementsAre("two", "last"));
    const Effects effects = b.takeEffects();
    EXPECT_TRUE(std::any_of(effects.begin(), effects.end(), [](const Effect& each) {
        return each.kind == EffectKind::NoEffect && each.reason == NoEffectReason::Cycle;
    }));
}

TEST_F(Conflicts, AStepMovedIntoADeletedGroupIsLiftedOut) {
    const NodeId before = shared("before");
    const NodeId group = shared("group");
    const NodeId after = shared("after");
    const NodeId step = shared("step");
    edit(a, [&](Transaction& gesture) { gesture.remove(a.find(group)); });
    move(b, step, group);
    (void)b.takeEffects();
    syncAll();
    EXPECT_THAT(names(a, kRootId), ElementsAre("before", "step", "after"));
    EXPECT_TRUE(saw(b.takeEffects(), EffectKind::LiftedOut, b.find(step)));
    EXPECT_TRUE(a.isLive(a.find(step)));
    (void)before;
    (void)after;
}

TEST_F(Conflicts, AStepMovedInBeforeTheDeletionArrivesIsLiftedOutToo) {
    shared("before");
    const NodeId group = shared("group");
    shared("after");
    const NodeId step = shared("step");
    edit(a, [&](Transaction& gesture) { gesture.remove(a.find(group)); });
    move(b, step, group);
    syncAllOtherFirst();
    EXPECT_THAT(names(a, kRootId), ElementsAre("before", "step", "after"));
}

TEST_F(Conflicts, AStepCreatedInADeletedGroupStaysVisible) {
    const NodeId group = shared("group");
    edit(a, [&](Transaction& gesture) { gesture.remove(a.find(group)); });
    edit(b, [&](Transaction& gesture) {
        const NodeHandle one = gesture.create(b.find(group), kNoNode, RegisterPack{{kName, "1"}});
        gesture.create(b.find(group), one, RegisterPack{{kName, "2"}});
    });
    syncAll();
    EXPECT_THAT(names(a, kRootId), ElementsAre("1", "2"));
}

TEST_F(Conflicts, UndoingADeletionBringsBackWhatWasTypedMeanwhile) {
    const NodeId step = shared("step", kRootId, U"hello");
    const auto deletion = edit(a, [&](Transaction& gesture) { gesture.remove(a.find(step)); });
    edit(b, [&](Transaction& gesture) { gesture.insertText(b.find(step), kPrompt, 5, U" world"); });
    syncAll();
    EXPECT_FALSE(a.isLive(a.find(step)));
    ASSERT_TRUE(a.undo(*deletion, tick()).has_value());
    syncAll();
    EXPECT_EQ(prompt(b, step), U"hello world");
    EXPECT_THAT(names(b, kRootId), ElementsAre("step"));
}

TEST_F(Conflicts, UndoLeavesAValueThatSomebodyElseSetSinceAndSaysWho) {
    const NodeId step = shared("step");
    const auto mine =
        edit(a, [&](Transaction& gesture) { gesture.set(a.find(step), kName, "from a"); });
    syncAll();
    edit(b, [&](Transaction& gesture) { gesture.set(b.find(step), kName, "from b"); });
    syncAll();
    const auto undone = a.undo(*mine, tick());
    ASSERT_TRUE(undone.has_value());
    EXPECT_TRUE(undone->change->operations.empty());
    ASSERT_EQ(undone->skipped.size(), 1U);
    EXPECT_EQ(undone->skipped[0].by, 20U);
    EXPECT_EQ(a.reg(a.find(step), kName), "from b");
}

TEST_F(Conflicts, UndoLeavesAStepWhereSomebodyElseMovedItOn) {
    const NodeId step = shared("step");
    const NodeId one = shared("one");
    const NodeId two = shared("two");
    const auto mine =
        edit(a, [&](Transaction& gesture) { gesture.move(a.find(step), a.find(one), kNoNode); });
    syncAll();
    move(b, step, two);
    syncAll();
    const auto undone = a.undo(*mine, tick());
    ASSERT_TRUE(undone.has_value());
    ASSERT_EQ(undone->skipped.size(), 1U);
    EXPECT_EQ(undone->skipped[0].by, 20U);
    EXPECT_THAT(names(a, two), ElementsAre("step"));
}

TEST_F(Conflicts, TheLosingValueOfAFieldCanBeReadAndChosen) {
    const NodeId step = shared("step");
    edit(a, [&](Transaction& gesture) { gesture.set(a.find(step), kName, "older"); });
    edit(b, [&](Transaction& gesture) { gesture.set(b.find(step), kName, "newer"); });
    syncAll();
    const auto versions = a.versions(a.find(step), kName);
    ASSERT_EQ(versions.size(), 2U);
    EXPECT_EQ(versions[0].value, "newer");
    EXPECT_EQ(versions[1].value, "older");
    EXPECT_TRUE(b.hasConflict(b.find(step), kName));
    edit(b, [&](Transaction& gesture) { gesture.set(b.find(step), kName, "older"); });
    syncAll();
    EXPECT_EQ(a.reg(a.find(step), kName), "older");
    EXPECT_FALSE(a.hasConflict(a.find(step), kName));
}

TEST_F(Conflicts, SettlingDismissesTheLosers) {
    const NodeId step = shared("step");
    edit(a, [&](Transaction& gesture) { gesture.set(a.find(step), kName, "older"); });
    edit(b, [&](Transaction& gesture) { gesture.set(b.find(step), kName, "newer"); });
    syncAll();
    edit(a, [&](Transaction& gesture) { gesture.settle(a.find(step), kName); });
    syncAll();
    EXPECT_EQ(b.reg(b.find(step), kName), "newer");
    EXPECT_FALSE(b.hasConflict(b.find(step), kName));
}

TEST_F(Conflicts, TwoOfflineCreatorsOfOnePromptMeetInOneText) {
    const NodeId step = shared("step");
    edit(a,
         [&](Transaction& gesture) { gesture.insertText(a.find(step), kPrompt, 0, U"from a. "); });
    edit(b,
         [&](Transaction& gesture) { gesture.insertText(b.find(step), kPrompt, 0, U"from b. "); });
    syncAll();
    EXPECT_EQ(prompt(a, step), U"from a. from b. ");
    EXPECT_EQ(prompt(b, step), prompt(a, step));
}

TEST_F(Conflicts, TwoLinesTypedBackwardsAtOnePlaceDoNotMix) {
    const NodeId step = shared("step", kRootId, U"[]");
    const auto backwards = [&](ReplicatedTree& tree, ElementsView letters) {
        for (const Element each : letters)
            edit(tree, [&](Transaction& gesture) {
                gesture.insertText(tree.find(step), kPrompt, 1, Elements(1, each));
            });
    };
    backwards(a, U"olleh");
    backwards(b, U"dlrow");
    syncAll();
    EXPECT_EQ(prompt(a, step), U"[helloworld]");
}

TEST_F(Conflicts, StepsInsertedInARowByTwoPeopleDoNotMixInEitherDirection) {
    const NodeId group = shared("group");
    shared("first", group);
    shared("last", group);
    for (const char* name : {"a1", "a2", "a3"})
        edit(a, [&](Transaction& gesture) {
            const NodeHandle under = a.find(group);
            const auto children = a.children(under);
            gesture.create(under, children[children.size() - 2], RegisterPack{{kName, name}});
        });
    for (const char* name : {"b3", "b2", "b1"})
        edit(b, [&](Transaction& gesture) {
            const NodeHandle under = b.find(group);
            gesture.create(under, b.children(under)[0], RegisterPack{{kName, name}});
        });
    for (int i = 0; i < 3; ++i) {
        sequencer.push(a, 1);
        sequencer.push(b, 1);
    }
    syncAll();
    EXPECT_THAT(names(a, group), ElementsAre("first", "b1", "b2", "b3", "a1", "a2", "a3", "last"));
}

TEST_F(Conflicts, EditsMadeOfflineMergeAfterTheOthersStartedFromASnapshot) {
    const NodeId step = shared("step", kRootId, U"The old prompt.");
    edit(b, [&](Transaction& gesture) { gesture.insertText(b.find(step), kPrompt, 8, U"long "); });
    edit(a, [&](Transaction& gesture) { gesture.eraseText(a.find(step), kPrompt, 0, 15); });
    ASSERT_TRUE(sequencer.sync(a).has_value());
    auto fresh = decodeSnapshot(encodeSnapshot(a), 30);
    ASSERT_TRUE(fresh.has_value());
    sequencer.push(b);
    ASSERT_TRUE(sequencer.pull(*fresh).has_value());
    ASSERT_TRUE(sequencer.pull(b).has_value());
    EXPECT_EQ(prompt(*fresh, step), U"long ");
    EXPECT_EQ(fresh->stateHash(), b.stateHash());
}

TEST_F(Conflicts, OneReplicaIdOnTwoMachinesIsFoundAndStampedAnew) {
    const NodeId step = shared("step", kRootId, U"text");
    auto copy = decodeSnapshot(encodeSnapshot(a), 10);
    ASSERT_TRUE(copy.has_value());
    edit(a, [&](Transaction& gesture) { gesture.set(a.find(step), kName, "original"); });
    NodeHandle made = kNoNode;
    edit(*copy, [&](Transaction& gesture) {
        made = gesture.create(kRootHandle, kNoNode, RegisterPack{{kName, "copied"}});
        gesture.insertText(copy->find(step), kPrompt, 4, U"!");
        gesture.set(made, kName, "from the copy");
    });
    ASSERT_TRUE(sequencer.sync(a).has_value());
    const auto pulled = sequencer.pull(*copy);
    ASSERT_FALSE(pulled.has_value());
    EXPECT_EQ(pulled.error().code, ErrorCode::Conflict);
    const auto fresh = copy->rekey(99, tick());
    ASSERT_TRUE(fresh.has_value());
    EXPECT_EQ(fresh->size(), 1U);
    EXPECT_EQ(copy->id(made).replica, 99U);
    ASSERT_TRUE(sequencer.pull(*copy).has_value());
    ASSERT_TRUE(sequencer.sync(*copy).has_value());
    syncAll();
    EXPECT_EQ(copy->stateHash(), a.stateHash());
    EXPECT_THAT(names(a, kRootId), ElementsAre("from the copy", "original"));
    EXPECT_EQ(prompt(a, step), U"text!");
}

TEST_F(Conflicts, AThousandInsertsInOneGapGrowNoKeys) {
    const NodeId group = shared("group");
    shared("first", group);
    std::size_t largest = 0;
    CodecContext context;
    for (int i = 0; i < 1000; ++i) {
        const auto change = edit(a, [&](Transaction& gesture) {
            const NodeHandle under = a.find(group);
            gesture.create(under, a.children(under)[0]);
        });
        std::string bytes;
        encodeChange(*change, context, bytes);
        if (i > 0)
            largest = std::max(largest, bytes.size());
    }
    EXPECT_LE(largest, 24U);
}

TEST_F(Conflicts, ADeletedStepMovedBySomebodyElseComesBackAtTheNewPlace) {
    const NodeId step = shared("step");
    const NodeId group = shared("group");
    const auto deletion = edit(a, [&](Transaction& gesture) { gesture.remove(a.find(step)); });
    move(b, step, group);
    syncAll();
    EXPECT_FALSE(b.isLive(b.find(step)));
    ASSERT_TRUE(a.undo(*deletion, tick()).has_value());
    syncAll();
    EXPECT_THAT(names(b, group), ElementsAre("step"));
}

TEST_F(Conflicts, ChildrenTheDeleterSawGoWithTheGroup) {
    const NodeId group = shared("group");
    const NodeId seen = shared("seen", group);
    const auto deletion = edit(a, [&](Transaction& gesture) { gesture.remove(a.find(group)); });
    syncAll();
    EXPECT_FALSE(b.isLive(b.find(seen)));
    EXPECT_TRUE(names(b, kRootId).empty());
    ASSERT_TRUE(a.undo(*deletion, tick()).has_value());
    syncAll();
    EXPECT_THAT(names(b, group), ElementsAre("seen"));
}

TEST_F(Conflicts, AnAnchorThatMovedAwayStillTellsWhereItWas) {
    shared("one");
    const NodeId two = shared("two");
    shared("three");
    const NodeId group = shared("group");
    move(a, two, group);
    edit(b, [&](Transaction& gesture) {
        gesture.create(kRootHandle, b.find(two), RegisterPack{{kName, "new"}});
    });
    syncAll();
    EXPECT_THAT(names(a, kRootId), ElementsAre("one", "new", "three", "group"));
}

}  // namespace
}  // namespace pe::crdt
