// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"
#include "shared_documents.hpp"

namespace pe::document {
namespace {

constexpr const char* kText =
    "workflow:\n"
    "  name: review\n"
    "  steps:\n"
    "    - name: plan\n"
    "      type: claude\n"
    "      options:\n"
    "        turns: 3\n"
    "    - name: write\n"
    "      type: gemini\n"
    "      prompt:\n"
    "        - type: static\n"
    "          content: Go\n"
    "    - name: last\n"
    "      type: claude\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    return text;
}

const Conflict* only(const Document& document, ConflictKind kind) {
    const auto& all = document.conflicts();
    EXPECT_EQ(all.size(), 1U);
    for (const Conflict& each : all)
        if (each.kind == kind)
            return &each;
    ADD_FAILURE() << "no such conflict";
    return nullptr;
}

TEST(Conflicts, TwoValuesOfOneFieldCanBeChosenFrom) {
    SharedDocuments peers(kText, 2);
    int told = 0;
    const auto watching = peers[0].conflictsChanged.connect([&] { ++told; });
    peers.set(0, "/workflow/name", "ours");
    peers.set(1, "/workflow/name", "theirs");
    peers.settle();
    EXPECT_GT(told, 0);
    for (std::size_t i = 0; i < 2; ++i) {
        const Conflict* conflict = only(peers[i], ConflictKind::Field);
        ASSERT_TRUE(conflict);
        EXPECT_EQ(conflict->pointer, "/workflow/name");
        ASSERT_EQ(conflict->versions.size(), 2U);
        EXPECT_EQ(conflict->versions[0].value, "theirs");
        EXPECT_TRUE(conflict->versions[0].shown);
        EXPECT_EQ(conflict->versions[0].own, i == 1);
        EXPECT_EQ(conflict->versions[1].value, "ours");
    }
    EXPECT_EQ(peers[0].text(), replaced(kText, "review", "theirs"));
    ASSERT_TRUE(peers[0].choose(peers[0].conflicts()[0].id, 1));
    EXPECT_EQ(peers[0].text(), replaced(kText, "review", "ours"));
    EXPECT_TRUE(peers[0].conflicts().empty());
    peers.settle();
    EXPECT_TRUE(peers[1].conflicts().empty());
    EXPECT_EQ(peers[1].text(), peers[0].text());
    ASSERT_TRUE(peers[0].undo());
    EXPECT_EQ(peers[0].text(), replaced(kText, "review", "theirs"));
}

TEST(Conflicts, TheSameValueIsNone) {
    SharedDocuments peers(kText, 2);
    peers.set(0, "/workflow/name", "same");
    peers.set(1, "/workflow/name", "same");
    peers.settle();
    EXPECT_TRUE(peers[0].conflicts().empty());
}

TEST(Conflicts, ADismissedOneIsSettledForAll) {
    SharedDocuments peers(kText, 2);
    peers.set(0, "/workflow/name", "ours");
    peers.set(1, "/workflow/name", "theirs");
    peers.settle();
    ASSERT_TRUE(peers[0].dismiss(peers[0].conflicts()[0].id));
    peers.settle();
    EXPECT_TRUE(peers[0].conflicts().empty());
    EXPECT_TRUE(peers[1].conflicts().empty());
    EXPECT_EQ(peers[1].text(), replaced(kText, "review", "theirs"));
}

TEST(Conflicts, AnEditInsideADeletedStepCanBeBroughtBack) {
    SharedDocuments peers(kText, 2);
    ASSERT_TRUE(peers[0].execute({Remove{peers.at(0, "/workflow/steps/1")}, {}, 0}));
    peers.set(1, "/workflow/steps/1/prompt/0/content", "Go on");
    peers.settle();
    for (std::size_t i = 0; i < 2; ++i)
        ASSERT_TRUE(only(peers[i], ConflictKind::DeletedEdited));
    EXPECT_EQ(peers[0].text().find("write"), std::string::npos);
    ASSERT_TRUE(peers[1].choose(peers[1].conflicts()[0].id, 1));
    EXPECT_EQ(peers[1].text(), replaced(kText, "content: Go", "content: Go on"));
    peers.settle();
    EXPECT_EQ(peers[0].text(), peers[1].text());
    EXPECT_TRUE(peers[0].conflicts().empty());
}

TEST(Conflicts, TwoMovesOfOneStepCanBeChosenFrom) {
    SharedDocuments peers(kText, 2);
    const auto move = [&](std::size_t i, yaml::NodeRef after) {
        ASSERT_TRUE(peers[i].execute({Move{peers.at(i, "/workflow/steps/1"),
                                           peers.at(i, "/workflow/steps"), after, std::nullopt},
                                      {},
                                      0}));
    };
    move(0, yaml::kNoNode);
    move(1, peers.at(1, "/workflow/steps/2"));
    peers.settle();
    const Conflict* conflict = only(peers[0], ConflictKind::MovedTwice);
    ASSERT_TRUE(conflict);
    ASSERT_EQ(conflict->versions.size(), 2U);
    const std::size_t other = conflict->versions[0].shown ? 1 : 0;
    const std::string before = peers[0].text();
    ASSERT_TRUE(peers[0].choose(conflict->id, other));
    EXPECT_NE(peers[0].text(), before);
    peers.settle();
    EXPECT_EQ(peers[1].text(), peers[0].text());
    EXPECT_TRUE(peers[1].conflicts().empty());
}

TEST(Conflicts, OneFieldAddedTwiceIsShownAndOneKept) {
    SharedDocuments peers(kText, 2);
    for (std::size_t i = 0; i < 2; ++i)
        ASSERT_TRUE(peers[i].execute(
            {SetField{peers.at(i, "/workflow"), "version", yaml::Value::ofString(i ? "b" : "a")},
             {},
             0}));
    peers.settle();
    const Conflict* conflict = only(peers[0], ConflictKind::SameKey);
    ASSERT_TRUE(conflict);
    ASSERT_EQ(conflict->versions.size(), 2U);
    EXPECT_TRUE(yaml::parse(peers[0].text()).editable());
    ASSERT_TRUE(peers[0].choose(conflict->id, 1));
    peers.settle();
    EXPECT_TRUE(peers[1].conflicts().empty());
    EXPECT_EQ(peers[0].text(), peers[1].text());
}

TEST(Conflicts, ANewReferenceToARenamedStepCanFollow) {
    SharedDocuments peers(kText, 2);
    ASSERT_TRUE(peers[0].execute({RenameStep{peers.at(0, "/workflow/steps/0"), "outline"}, {}, 0}));
    peers.set(1, "/workflow/steps/1/prompt/0/content", "Use {{steps.plan.result}}");
    peers.settle();
    const Conflict* conflict = only(peers[1], ConflictKind::NameReference);
    ASSERT_TRUE(conflict);
    ASSERT_TRUE(peers[1].choose(conflict->id, 1));
    EXPECT_NE(peers[1].text().find("{{steps.outline.result}}"), std::string::npos);
    EXPECT_TRUE(peers[1].conflicts().empty());
}

TEST(Conflicts, AMappingThatBecomesATextHidesWhatIsAddedToIt) {
    SharedDocuments peers(kText, 2);
    peers.set(0, "/workflow/steps/0/options", "none");
    ASSERT_TRUE(peers[1].execute(
        {SetField{peers.at(1, "/workflow/steps/0/options"), "depth", yaml::Value::ofInteger("2")},
         {},
         0}));
    peers.settle();
    EXPECT_EQ(peers[0].text(), peers[1].text());
    EXPECT_TRUE(yaml::parse(peers[0].text()).editable()) << peers[0].text();
    EXPECT_FALSE(peers[0].conflicts().empty());
}

TEST(Conflicts, TheyComeBackAfterARestart) {
    SharedDocuments peers(kText, 2);
    ASSERT_TRUE(peers[0].execute({Remove{peers.at(0, "/workflow/steps/1")}, {}, 0}));
    peers.set(1, "/workflow/steps/1/type", "claude");
    peers.set(0, "/workflow/name", "ours");
    peers.set(1, "/workflow/name", "theirs");
    peers.settle();
    ASSERT_EQ(peers[0].conflicts().size(), 2U);
    SavedDocument saved;
    saved.log = peers[0].log();
    saved.shared = true;
    const auto again = Document::replay(11, std::move(saved), peers.clock());
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)->conflicts().size(), 2U);
}

}  // namespace
}  // namespace pe::document
