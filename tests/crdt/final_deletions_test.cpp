// SPDX-License-Identifier: MIT
// Snapshots that leave the characters of long deleted text out.
#include <gtest/gtest.h>

#include "pe/crdt/snapshot.hpp"
#include "pe/testing/sequencer.hpp"

namespace pe::crdt {
namespace {

class FinalDeletions : public ::testing::Test {
protected:
    FinalDeletions() {
        Transaction first = mine.begin(1);
        node = mine.id(first.create(kRootHandle, kNoNode, {}, {{0, U"keep secret keep"}}));
        EXPECT_TRUE(first.commit().has_value());
        EXPECT_TRUE(sequencer.sync(mine).has_value());
        EXPECT_TRUE(sequencer.sync(yours).has_value());
    }

    SharedChange erase(ReplicatedTree& tree, std::uint32_t at, std::uint32_t count) {
        Transaction gesture = tree.begin(2);
        gesture.eraseText(tree.find(node), 0, at, count);
        return *gesture.commit();
    }

    ReplicatedTree compacted() {
        auto loaded = decodeSnapshot(encodeSnapshot(mine, {mine.sequence()}), 9);
        EXPECT_TRUE(loaded.has_value());
        return std::move(*loaded);
    }

    Elements textOf(const ReplicatedTree& tree) const {
        return tree.text(tree.find(node), 0)->elements();
    }

    bool holds(const Snapshot& snapshot, std::string_view text) const {
        for (const SnapshotPart& each : snapshot.parts)
            if (each.bytes.find(text) != std::string::npos)
                return true;
        return false;
    }

    ReplicatedTree mine{1};
    ReplicatedTree yours{2};
    testing::Sequencer sequencer;
    NodeId node;
};

TEST_F(FinalDeletions, TheCharactersAreGoneAndTheStateIsTheSame) {
    erase(mine, 5, 7);
    ASSERT_TRUE(sequencer.sync(mine).has_value());
    EXPECT_TRUE(holds(encodeSnapshot(mine), "secret"));
    EXPECT_FALSE(holds(encodeSnapshot(mine, {mine.sequence()}), "secret"));
    ReplicatedTree loaded = compacted();
    EXPECT_EQ(textOf(loaded), U"keep keep");
    EXPECT_EQ(loaded.stateHash(), mine.stateHash());
    ReplicatedTree again = *decodeSnapshot(encodeSnapshot(loaded), 10);
    EXPECT_EQ(again.stateHash(), mine.stateHash());
}

TEST_F(FinalDeletions, AnEditFromBeforeTheDeletionStillMerges) {
    Transaction offline = yours.begin(2);
    offline.insertText(yours.find(node), 0, 8, U"RET");
    ASSERT_TRUE(offline.commit().has_value());
    erase(mine, 5, 7);
    ASSERT_TRUE(sequencer.sync(mine).has_value());
    ReplicatedTree loaded = compacted();
    ASSERT_TRUE(sequencer.sync(yours).has_value());
    ASSERT_TRUE(sequencer.pull(loaded).has_value());
    ASSERT_TRUE(sequencer.pull(mine).has_value());
    EXPECT_EQ(textOf(loaded), U"keep RETkeep");
    EXPECT_EQ(loaded.stateHash(), mine.stateHash());
    EXPECT_EQ(loaded.stateHash(), yours.stateHash());
}

TEST_F(FinalDeletions, WhoeverLeftThemOutRefusesToBringThemBack) {
    const SharedChange deletion = erase(mine, 5, 7);
    ASSERT_TRUE(sequencer.sync(mine).has_value());
    ReplicatedTree loaded = compacted();
    const auto undone = mine.undo(*deletion, 3);
    ASSERT_TRUE(undone.has_value());
    ASSERT_EQ(undone->skipped.size(), 1U);
    EXPECT_EQ(undone->skipped[0].kind, GuardKind::NoHistory);
    Change undelete;
    undelete.replica = 2;
    undelete.firstCounter = 1;
    undelete.operations.push_back(TextUndelete{node, 0, {1, deletion->firstCounter}});
    EXPECT_EQ(loaded.apply(undelete, loaded.sequence() + 1).error().code, ErrorCode::Refused);
}

TEST_F(FinalDeletions, ADeletionThatWasRevokedBeforeKeepsItsCharacters) {
    const SharedChange deletion = erase(mine, 5, 7);
    ASSERT_TRUE(mine.undo(*deletion, 3).has_value());
    ASSERT_TRUE(sequencer.sync(mine).has_value());
    ReplicatedTree loaded = compacted();
    EXPECT_EQ(textOf(loaded), U"keep secret keep");
    EXPECT_EQ(loaded.stateHash(), mine.stateHash());
}

TEST_F(FinalDeletions, LaterDeletionsCanStillBeRevoked) {
    erase(mine, 5, 7);
    ASSERT_TRUE(sequencer.sync(mine).has_value());
    const Sequence final = mine.sequence();
    const SharedChange late = erase(mine, 0, 5);
    ASSERT_TRUE(sequencer.sync(mine).has_value());
    auto loaded = decodeSnapshot(encodeSnapshot(mine, {final}), 9);
    ASSERT_TRUE(loaded.has_value());
    ASSERT_TRUE(mine.undo(*late, 4)->skipped.empty());
    ASSERT_TRUE(sequencer.sync(mine).has_value());
    ASSERT_TRUE(sequencer.pull(*loaded).has_value());
    EXPECT_EQ(textOf(*loaded), U"keep keep");
    EXPECT_EQ(loaded->stateHash(), mine.stateHash());
}

}  // namespace
}  // namespace pe::crdt
