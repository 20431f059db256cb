// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "pe/yaml/value.hpp"
#include "shared_documents.hpp"

namespace pe::document {
namespace {

constexpr const char* kText =
    "workflow:\n"
    "  name: review\n"
    "  steps:\n"
    "    # Plans.\n"
    "    - name: plan\n"
    "      type: claude\n"
    "      prompt: |\n"
    "        Read the files.\n"
    "        List the risks.\n"
    "    - name: write\n"
    "      type: gemini\n"
    "      tools: [read, grep]\n"
    "      options:\n"
    "        turns: 3\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    return text;
}

TEST(Peers, OwnChangesArePendingUntilTheyComeBack) {
    SharedDocuments peers(kText, 2);
    peers.set(0, "/workflow/name", "audit");
    EXPECT_EQ(peers[0].pendingChanges().size(), 1U);
    EXPECT_EQ(peers[0].sequence(), 1U);
    peers.send(0);
    peers.deliver(1);
    EXPECT_EQ(peers[1].text(), replaced(kText, "review", "audit"));
    EXPECT_EQ(peers[0].pendingChanges().size(), 1U);
    peers.deliver(0);
    EXPECT_TRUE(peers[0].pendingChanges().empty());
    EXPECT_EQ(peers[0].sequence(), 2U);
    peers.settleAlike();
}

TEST(Peers, WhatOthersDoReachesViewsAsTheSmallestPatches) {
    SharedDocuments peers(kText, 2);
    peers.set(0, "/workflow/name", "audit");
    peers.set(0, "/workflow/steps/1/options/turns", "4");
    peers.send(0);
    std::vector<ChangeSet> seen;
    const auto watching =
        peers[1].changed.connect([&](const ChangeSet& changes) { seen.push_back(changes); });
    peers.deliver(1);
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].origin, Origin::Peer);
    ASSERT_EQ(seen[0].patches.size(), 2U);
    for (const TextPatch& patch : seen[0].patches)
        EXPECT_LT(patch.inserted.size() + patch.removed, 16U);
}

TEST(Peers, AMoveAndTypingInsideIt) {
    SharedDocuments peers(kText, 2);
    const auto steps = peers.at(0, "/workflow/steps");
    ASSERT_TRUE(peers[0].execute(
        {Move{peers.at(0, "/workflow/steps/1"), steps, yaml::kNoNode, std::nullopt}, {}, 0}));
    ASSERT_TRUE(peers[1].execute(
        {SpliceText{peers.at(1, "/workflow/steps/0/prompt"), 5, 3, "all"}, {}, 0}));
    peers.settleAlike();
    EXPECT_EQ(yaml::scalarText(peers[0].forest(), peers.at(0, "/workflow/steps/1/prompt")),
              "Read all files.\nList the risks.\n");
}

TEST(Peers, TypingInOnePromptMergesCharacterByCharacter) {
    SharedDocuments peers(kText, 2);
    const auto type = [&](std::size_t i, const std::string& before, const std::string& words) {
        const std::size_t place = peers[i].text().find(before);
        ASSERT_TRUE(peers[i].replaceText(place, 0, words, 1));
    };
    type(0, "files", "old ");
    type(1, "risks", "great ");
    peers.settleAlike();
    EXPECT_NE(peers[0].text().find("Read the old files.\n        List the great risks."),
              std::string::npos);
}

TEST(Peers, TwoNewStepsAreBothKept) {
    SharedDocuments peers(kText, 2);
    for (std::size_t i = 0; i < 2; ++i) {
        const std::string name = i == 0 ? "third" : "fourth";
        ASSERT_TRUE(peers[i].replaceText(peers[i].text().size(), 0,
                                         "    - name: " + name + "\n      type: claude\n", 1));
        ASSERT_FALSE(peers[i].hasDraft());
    }
    peers.settleAlike();
    EXPECT_NE(peers[0].text().find("name: third"), std::string::npos);
    EXPECT_NE(peers[0].text().find("name: fourth"), std::string::npos);
}

TEST(Peers, UndoTakesBackOnlyOwnWork) {
    SharedDocuments peers(kText, 2);
    peers.set(0, "/workflow/name", "audit");
    peers.set(1, "/workflow/steps/1/type", "claude");
    peers.settle();
    ASSERT_TRUE(peers[0].undo());
    peers.settleAlike();
    EXPECT_EQ(peers[0].text(), replaced(kText, "type: gemini", "type: claude"));
    EXPECT_FALSE(peers[0].canUndo());
}

TEST(Peers, ADraftStaysWhileOthersEditAroundIt) {
    SharedDocuments peers(kText, 2);
    const std::size_t place = peers[0].text().find("gemini");
    ASSERT_TRUE(peers[0].replaceText(place, 0, "\"", 1));
    ASSERT_TRUE(peers[0].hasDraft());
    peers.set(1, "/workflow/name", "a longer name");
    peers.set(1, "/workflow/steps/1/options/turns", "44");
    peers.settle();
    EXPECT_TRUE(peers[0].hasDraft());
    const std::string expected = replaced(replaced(kText, "name: review", "name: a longer name"),
                                          "turns: 3", "turns: \"44\"");
    const std::string shown = peers[0].text();
    EXPECT_NE(shown.find("name: a longer name"), std::string::npos);
    EXPECT_NE(shown.find("\"gemini"), std::string::npos);
    EXPECT_EQ(peers.mirrored(0), shown);
    ASSERT_TRUE(peers[0].replaceText(shown.find("gemini") + 6, 0, "\"", 1));
    EXPECT_FALSE(peers[0].hasDraft());
    peers.settleAlike();
    EXPECT_NE(peers[0].text().find("\"gemini\""), std::string::npos);
    EXPECT_NE(peers[0].text().find("a longer name"), std::string::npos);
}

TEST(Peers, PendingWorkComesBackAfterARestart) {
    SharedDocuments peers(kText, 2);
    peers.set(0, "/workflow/name", "audit");
    peers.set(1, "/workflow/steps/0/type", "gemini");
    peers.send(1);
    peers.deliver(0);
    SavedDocument saved;
    saved.log = peers[0].log();
    saved.pending = peers[0].pendingChanges();
    saved.shared = true;
    saved.syncMark = peers[0].syncMark();
    saved.undo = peers[0].undoState();
    const auto again = Document::replay(11, std::move(saved), peers.clock());
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ((*again)->text(), peers[0].text());
    EXPECT_EQ((*again)->stateHash(), peers[0].stateHash());
    EXPECT_EQ((*again)->pendingChanges(), peers[0].pendingChanges());
    ASSERT_TRUE((*again)->undo());
    EXPECT_EQ((*again)->text(), replaced(kText, "type: claude", "type: gemini"));
}

TEST(Peers, ARefusedChangeIsHandedBackAndTheRestStays) {
    SharedDocuments peers(kText, 2);
    peers.set(0, "/workflow/name", "audit");
    peers.set(0, "/workflow/steps/1/type", "claude");
    const std::string mine = peers[0].text();
    const auto first = crdt::decodeChange(std::string_view(peers[0].pendingChanges().front()));
    const auto refused = peers[0].reject(first->firstCounter);
    ASSERT_TRUE(refused) << refused.error().message;
    ASSERT_EQ(refused->changes.size(), 1U);
    EXPECT_EQ(refused->text, mine);
    EXPECT_EQ(peers[0].text(), replaced(kText, "type: gemini", "type: claude"));
    EXPECT_EQ(peers[0].history().size(), 1U);
    peers.settleAlike();
    ASSERT_TRUE(peers[0].undo());
    EXPECT_EQ(peers[0].text(), kText);
}

TEST(Peers, PendingWorkGoesOnUnderANewReplica) {
    SharedDocuments peers(kText, 2);
    peers.set(1, "/workflow/name", "audit");
    ASSERT_TRUE(peers[1].rekey(99));
    peers.settleAlike();
    EXPECT_EQ(peers[0].text(), replaced(kText, "review", "audit"));
    ASSERT_TRUE(peers[1].undo());
    peers.settleAlike();
    EXPECT_EQ(peers[0].text(), kText);
}

TEST(Peers, WhatIsBeingTypedStaysUnderANewReplica) {
    SharedDocuments peers(kText, 2);
    peers.set(1, "/workflow/name", "audit");
    ASSERT_TRUE(peers[1].replaceText(peers[1].text().find("audit"), 0, "\"", 1));
    ASSERT_TRUE(peers[1].hasDraft());
    const std::string typed = peers[1].text();
    ASSERT_TRUE(peers[1].rekey(99));
    EXPECT_TRUE(peers[1].hasDraft());
    EXPECT_EQ(peers[1].text(), typed);
    EXPECT_EQ(peers.mirrored(1), typed);
}

TEST(Peers, ACopiedJournalGoesOnUnderTheIdOfItsNewReplica) {
    SharedDocuments peers(kText, 2);
    peers.set(1, "/workflow/name", "audit");
    SavedDocument saved;
    saved.log = peers[1].log();
    saved.pending = peers[1].pendingChanges();
    saved.undo = peers[1].undoState();
    saved.shared = true;
    const auto copy = Document::replay(99, std::move(saved), peers.clock());
    ASSERT_TRUE(copy) << copy.error().message;
    const auto pending = (*copy)->pendingChanges();
    ASSERT_EQ(pending.size(), 1U);
    EXPECT_EQ(crdt::decodeChange(std::string_view(pending[0]))->replica, 99U);
    EXPECT_EQ((*copy)->text(), peers[1].text());
    ASSERT_TRUE((*copy)->undo());
    EXPECT_EQ((*copy)->text(), kText);
}

TEST(Peers, AChangeOnDiskIsSharedLikeAnyOther) {
    SharedDocuments peers(kText, 2);
    peers[0].markSynced();
    peers.set(0, "/workflow/name", "audit");
    peers.set(1, "/workflow/steps/0/type", "gemini");
    peers.send(1);
    peers.deliver(0);
    ASSERT_TRUE(peers[0].mergeDisk(replaced(kText, "turns: 3", "turns: 5")));
    peers.settleAlike();
    EXPECT_EQ(peers[1].text(),
              replaced(replaced(replaced(kText, "review", "audit"), "claude", "gemini"), "turns: 3",
                       "turns: 5"));
}

TEST(Peers, CommentsOfAFileWithNothingElseAreShared) {
    SharedDocuments peers("# One.\n", 2);
    ASSERT_TRUE(peers[0].replaceText(2, 3, "Two", 1));
    EXPECT_EQ(peers.settleAlike(), "# Two.\n");
}

TEST(Peers, AMarkOfADocumentsEndInATextMovedToTheMarginIsALineOfIt) {
    SharedDocuments peers("--- |\n  one\n  two\n", 2);
    ASSERT_TRUE(peers[0].replaceText(0, peers[0].text().size(), "--- |\none\ntwo\n", 1));
    ASSERT_TRUE(peers[1].replaceText(peers[1].text().find("  two"), 0, "  ...\n", 1));
    const yaml::Tree tree = yaml::parse(peers.settleAlike());
    ASSERT_TRUE(tree.editable()) << tree.text();
    ASSERT_EQ(tree.children(yaml::kStream).size(), 1U) << tree.text();
    EXPECT_EQ(yaml::scalarText(tree, tree.children(yaml::kStream)[0]), "one\n...\ntwo\n");
}

TEST(Peers, NothingIsReceivedTwiceOrWithAGap) {
    SharedDocuments peers(kText, 2);
    peers.set(0, "/workflow/name", "audit");
    peers.set(0, "/workflow/name", "check");
    peers.send(0);
    peers.deliver(1);
    const std::string before = peers[1].text();
    EXPECT_TRUE(peers[1].receive(peers.order(), 1));
    EXPECT_EQ(peers[1].text(), before);
    peers.set(0, "/workflow/name", "again");
    peers.send(0);
    EXPECT_FALSE(peers[1].receive({peers.order().back()}, 9));
    EXPECT_FALSE(peers[1].receive({"rubbish"}, 4));
    EXPECT_EQ(peers[1].text(), before);
    peers.settleAlike();
}

}  // namespace
}  // namespace pe::document
