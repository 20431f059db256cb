// SPDX-License-Identifier: MIT
// A folder that was copied while work waited in it: both copies go on, each under its own id, and
// what waited is in the document once, whoever sends it first.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <tuple>

#include "crowd.hpp"
#include "pe/base/derived_id.hpp"
#include "pe/yaml/render.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {
namespace {

constexpr const char* kText =
    "workflow:\n"
    "  name: n\n"
    "  steps:\n"
    "    - name: one\n"
    "      prompt: |\n"
    "        first\n";

// Member 1 has work that waits when its folder is copied: the copy is member 2.
class Copies : public testing::Test {
protected:
    Copies() : peers(kText, 2) {
        peers.set(1, "/workflow/name", "waiting");
        run(1, {InsertText{peers.at(1, "/workflow/steps"), yaml::kNoNode, "- name: new\n", {}},
                {},
                0});
        run(1, {SpliceText{peers.at(1, "/workflow/steps/1/prompt"), 0, 0, "The "}, {}, 0});
        peers.copy(1, derivedId(12, 77));
    }

    void run(std::size_t i, Command command) {
        peers.clock().advance(1);
        const auto done = peers[i].execute(std::move(command));
        ASSERT_TRUE(done) << done.error().message;
    }
    void exchange(std::size_t i) {
        peers.deliver(i);
        peers.send(i);
        peers.deliver(i);
    }

    SharedDocuments peers;
    const std::string both =
        "workflow:\n"
        "  name: waiting\n"
        "  steps:\n"
        "    - name: new\n"
        "    - name: one\n"
        "      prompt: |\n"
        "        The first\n";
};

TEST_F(Copies, WhatTheOriginalSentIsNotSentAgain) {
    exchange(1);
    exchange(2);
    EXPECT_EQ(peers.settleAlike(), both);
    EXPECT_EQ(peers.order().size(), 4U);
    EXPECT_TRUE(peers[2].conflicts().empty());
}

TEST_F(Copies, WhatTheCopySentIsNotSentAgain) {
    exchange(2);
    exchange(1);
    EXPECT_EQ(peers.settleAlike(), both);
    EXPECT_EQ(peers.order().size(), 4U);
    EXPECT_TRUE(peers[1].conflicts().empty());
}

TEST_F(Copies, WhatBothSendBeforeTheyHearOfEachOtherIsThereOnce) {
    peers.copy(1, derivedId(12, 78));
    peers.send(2);
    peers.send(3);
    peers.send(1);
    EXPECT_EQ(peers.settleAlike(), both);
    EXPECT_EQ(peers.order().size(), 4U);
}

TEST_F(Copies, WhatACopyOfACopySentIsNotSentAgain) {
    peers.copy(2, derivedId(derivedId(12, 77), 78));
    exchange(3);
    exchange(1);
    exchange(2);
    EXPECT_EQ(peers.settleAlike(), both);
    EXPECT_EQ(peers.order().size(), 4U);
}

TEST_F(Copies, UndoKnowsWhatIsWhoseAfterSeveralCameAtOnce) {
    peers.set(1, "/workflow/steps/0/name", "newer");
    exchange(2);
    peers.deliver(1);
    ASSERT_TRUE(peers[1].undo());
    EXPECT_EQ(peers.settleAlike(), both);
}

// The first that waited is refused to the original before the copy sends anything.
TEST_F(Copies, WhatCameBehindSomethingRefusedIsNotSentAgain) {
    const auto first = crdt::decodeChange(std::string_view(peers[1].pendingChanges().front()));
    ASSERT_TRUE(first);
    ASSERT_TRUE(peers[1].reject(first->firstCounter));
    exchange(1);
    exchange(2);
    EXPECT_EQ(peers.settleAlike(), both);
    EXPECT_EQ(peers.order().size(), 4U);
}

TEST_F(Copies, AFieldThatWasSetAgainBehindARefusalHasOneValue) {
    SharedDocuments others(kText, 2);
    others.set(1, "/workflow/name", "refused");
    others.set(1, "/workflow/name", "taken");
    others.copy(1, derivedId(12, 77));
    const auto first = crdt::decodeChange(std::string_view(others[1].pendingChanges().front()));
    ASSERT_TRUE(first);
    ASSERT_TRUE(others[1].reject(first->firstCounter));
    others.send(1);
    others.deliver(2);
    ASSERT_EQ(others[2].pendingChanges().size(), 1U);
    EXPECT_TRUE(others[2].reject(1));
    others.settleAlike();
    EXPECT_EQ(others.order().size(), 2U);
    EXPECT_NE(others[2].text().find("name: taken"), std::string::npos);
    EXPECT_TRUE(others[2].conflicts().empty());
}

// Of what waits, some is in the file already when the copy's word for it comes.
TEST_F(Copies, WhatIsNotInTheFileYetStaysWhenTheFileChanges) {
    peers[1].markSynced();
    const std::string saved = peers[1].text();
    peers.set(1, "/workflow/name", "unsaved");
    exchange(2);
    peers.deliver(1);
    ASSERT_TRUE(peers[1].mergeDisk("# Seen.\n" + saved));
    EXPECT_EQ(peers[1].text().substr(0, 8), "# Seen.\n");
    EXPECT_NE(peers[1].text().find("name: unsaved"), std::string::npos);
}

TEST_F(Copies, LaterWorkOfBothInWhatWaitedIsKept) {
    peers.set(1, "/workflow/steps/0/name", "newer");
    run(1, {SpliceText{peers.at(1, "/workflow/steps/1/prompt"), 4, 0, "very "}, {}, 0});
    run(2, {SetField{peers.at(2, "/workflow/steps/0"), "type", yaml::Value::ofString("claude")},
            {},
            0});
    exchange(2);
    exchange(1);
    EXPECT_EQ(peers.settleAlike(),
              "workflow:\n"
              "  name: waiting\n"
              "  steps:\n"
              "    - name: newer\n"
              "      type: claude\n"
              "    - name: one\n"
              "      prompt: |\n"
              "        The very first\n");
    ASSERT_TRUE(peers[1].undo());
    EXPECT_NE(peers.settleAlike().find("        The first\n"), std::string::npos)
        << peers.settleAlike();
}

TEST_F(Copies, WhatWaitsStillIsTheSameAfterARestart) {
    peers.set(1, "/workflow/steps/0/name", "newer");
    exchange(2);
    peers.deliver(1);
    SavedDocument saved;
    saved.log = peers[1].log();
    saved.shared = true;
    saved.pending = peers[1].pendingChanges();
    EXPECT_EQ(saved.pending.size(), 1U);
    const auto again = Document::replay(12, std::move(saved), peers.clock());
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ((*again)->text(), peers[1].text());
}

// One replica never makes two changes at one logical time.
void checkNothingTwice(const SharedDocuments& peers) {
    std::set<std::tuple<std::string, std::int64_t, std::uint32_t>> seen;
    for (const std::string& each : peers.order()) {
        const auto change = crdt::decodeChange(std::string_view(each));
        RC_ASSERT(bool(change));
        if (change->replica != 11)
            RC_ASSERT(
                seen.emplace(change->author, change->hlc.milliseconds(), change->hlc.logical())
                    .second);
    }
}

TEST(CopiesOfCrowds, SayNothingTwice) {
    EXPECT_TRUE(rc::check([] {
        SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
        SharedDocuments peers(kCrowdText, 2);
        Crowd crowd(peers, random);
        for (int i = 0; i < 25; ++i)
            crowd.act();
        for (std::size_t i = 0; i < 2; ++i)
            peers[i].discardDraft();
        peers.copy(1, derivedId(12, 77));
        peers.copy(1, derivedId(12, 78));
        for (int i = 0; i < 4; ++i) {
            const std::size_t one = 1 + random.below(3);
            if (random.below(2) == 0)
                peers.deliver(one);
            peers.send(one);
            if (random.below(2) == 0)
                peers.deliver(one, 1 + random.below(4));
        }
        peers.settle();
        checkNothingTwice(peers);
        for (std::size_t i = 0; i < 4; ++i) {
            RC_ASSERT(peers[i].text() == peers[0].text());
            RC_ASSERT(peers[i].stateHash() == peers[0].stateHash());
            RC_ASSERT(peers.mirrored(i) == peers[i].text());
        }
    }));
}

}  // namespace
}  // namespace pe::document
