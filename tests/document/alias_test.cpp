// SPDX-License-Identifier: MIT
// Anchors and aliases of several people: an alias always has an anchor in front of it, and what is
// shown says what its author meant, or is listed.
#include <gtest/gtest.h>

#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"
#include "shared_documents.hpp"

namespace pe::document {
namespace {

constexpr const char* kText =
    "shared:\n"
    "  base: &x   # of all\n"
    "    model: opus\n"
    "    turns: 3\n"
    "  limit: &n 5\n"
    "  last: 1\n"
    "steps:\n"
    "  - name: one\n"
    "    options: none   # soon\n"
    "  - name: two\n"
    "    options: none\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

void type(Document& document, const std::string& from, const std::string& to) {
    const std::size_t at = document.text().find(from);
    ASSERT_NE(at, std::string::npos) << from;
    ASSERT_TRUE(document.replaceText(at, from.size(), to, 1));
    ASSERT_FALSE(document.hasDraft()) << document.text();
}

class Aliases : public testing::Test {
protected:
    explicit Aliases(const std::string& text = kText) : peers(text, 2) {}

    void remove(std::size_t i, const std::string& pointer) {
        ASSERT_TRUE(peers[i].execute({Remove{peers.at(i, pointer)}, {}, 0}));
    }
    // What both see, after it was found to be readable.
    const std::string& settled() {
        peers.settle();
        EXPECT_EQ(peers[0].text(), peers[1].text());
        EXPECT_EQ(peers.mirrored(1), peers[1].text());
        EXPECT_TRUE(yaml::parse(peers[0].text()).editable()) << peers[0].text();
        return peers[0].text();
    }
    const Conflict* only(std::size_t i, ConflictKind kind) {
        const auto& all = peers[i].conflicts();
        EXPECT_EQ(all.size(), 1U);
        return all.size() == 1 && all[0].kind == kind ? &all[0] : nullptr;
    }

    SharedDocuments peers;
};

TEST_F(Aliases, ADeletedValueStandsWhereItIsUsed) {
    remove(0, "/shared/base");
    type(peers[1], "none   # soon", "*x   # soon");
    EXPECT_EQ(settled(),
              "shared:\n"
              "  limit: &n 5\n"
              "  last: 1\n"
              "steps:\n"
              "  - name: one\n"
              "    # of all\n"
              "    options: &x # soon\n"
              "      model: opus\n"
              "      turns: 3\n"
              "  - name: two\n"
              "    options: none\n");
}

TEST_F(Aliases, ADeletedScalarStandsWhereItIsUsedFirst) {
    remove(0, "/shared/limit");
    type(peers[1], "none   # soon", "*n   # soon");
    type(peers[1], "options: none\n", "options: *n\n");
    EXPECT_EQ(settled(), replaced(replaced(replaced(kText, "  limit: &n 5\n", ""), "none   # soon",
                                           "&n 5   # soon"),
                                  "none\n", "*n\n"));
}

TEST_F(Aliases, ADeletedAnchorIsListedAndCanBePutBack) {
    remove(0, "/shared");
    type(peers[1], "none   # soon", "*x   # soon");
    settled();
    for (std::size_t i = 0; i < 2; ++i)
        ASSERT_TRUE(only(i, ConflictKind::LostAnchor));
    EXPECT_EQ(peers[0].conflicts()[0].pointer, "/steps/0/options");
    ASSERT_TRUE(peers[0].choose(peers[0].conflicts()[0].id, 1));
    EXPECT_EQ(settled(), replaced(kText, "none   # soon", "*x   # soon"));
    EXPECT_TRUE(peers[1].conflicts().empty());
    ASSERT_TRUE(peers[0].undo());
    EXPECT_EQ(settled().find("shared"), std::string::npos);
}

TEST_F(Aliases, ADeletedValueCanStayWhereItIsUsed) {
    remove(0, "/shared/base");
    type(peers[1], "none   # soon", "*x   # soon");
    const std::string shown = settled();
    ASSERT_TRUE(only(1, ConflictKind::LostAnchor));
    ASSERT_TRUE(peers[1].choose(peers[1].conflicts()[0].id, 0));
    EXPECT_EQ(settled(), shown);
    EXPECT_TRUE(peers[0].conflicts().empty());
    peers.set(0, "/steps/0/options/model", "sonnet");
    EXPECT_EQ(settled(), replaced(shown, "opus", "sonnet"));
}

TEST_F(Aliases, ABorrowedValueCanBeEditedAndTheEditUndone) {
    remove(0, "/shared/base");
    type(peers[1], "none   # soon", "*x   # soon");
    const std::string shown = settled();
    peers.set(0, "/steps/0/options/model", "sonnet");
    EXPECT_EQ(settled(), replaced(shown, "opus", "sonnet"));
    ASSERT_TRUE(peers[0].undo());
    EXPECT_EQ(settled(), shown);
}

TEST_F(Aliases, ABorrowedValueGoesBackWhenItsEntryComesBack) {
    remove(0, "/shared/base");
    type(peers[1], "none   # soon", "*x   # soon");
    settled();
    ASSERT_TRUE(peers[0].undo());
    EXPECT_EQ(settled(), replaced(kText, "none   # soon", "*x   # soon"));
    EXPECT_TRUE(peers[0].conflicts().empty());
}

TEST_F(Aliases, TheyAreTheSameAfterARestart) {
    remove(0, "/shared/base");
    type(peers[1], "none   # soon", "*x   # soon");
    const std::string shown = settled();
    SavedDocument saved;
    saved.log = peers[0].log();
    saved.shared = true;
    const auto again = Document::replay(11, std::move(saved), peers.clock());
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)->text(), shown);
    EXPECT_EQ((*again)->conflicts().size(), 1U);
}

TEST_F(Aliases, AnAliasFollowsAnAnchorThatGotAnotherName) {
    type(peers[0], "&n 5", "&most 5");
    type(peers[1], "none   # soon", "*n   # soon");
    EXPECT_EQ(settled(),
              replaced(replaced(kText, "&n 5", "&most 5"), "none   # soon", "*most   # soon"));
    EXPECT_TRUE(peers[0].conflicts().empty());
}

TEST_F(Aliases, AnAnchorThatSomebodyCameToUseStays) {
    type(peers[0], "&n 5", "5");
    type(peers[1], "none   # soon", "*n   # soon");
    EXPECT_EQ(settled(), replaced(kText, "none   # soon", "*n   # soon"));
}

TEST_F(Aliases, AKeyWithoutItsAnchorIsItsText) {
    remove(0, "/shared/limit");
    type(peers[1], "options: none   # soon", "options: none\n    *n : 1");
    EXPECT_NE(settled().find("    5 : 1\n"), std::string::npos) << settled();
}

class KeyAliases : public Aliases {
protected:
    KeyAliases() : Aliases("&q name: 1\nodd:   2   # kept\nlast: 3\n") {}
};

TEST_F(KeyAliases, WhatStandsInTheTextOfAKeyIsNoAnchor) {
    type(peers[0], "&q name", "!!t z &q name");
    type(peers[1], "last: 3", "last: *q");
    EXPECT_NE(settled().find("odd:   2   # kept\n"), std::string::npos) << settled();
    EXPECT_TRUE(yaml::parse(settled()).editable()) << settled();
}

TEST_F(KeyAliases, TheAnchorOfAKeyDoesNotGoIntoAListWhileItIsUsed) {
    type(peers[0], "last: 3", "last: [3]");
    Move move;
    move.node = peers.at(0, "/name");
    move.parent = peers.at(0, "/last");
    EXPECT_TRUE(peers[0].execute({move, {}, 0}));
    ASSERT_TRUE(peers[0].undo());
    type(peers[0], "odd:   2", "odd:   *q");
    const std::string text = peers[0].text();
    EXPECT_FALSE(peers[0].execute({move, {}, 0}));
    EXPECT_EQ(peers[0].text(), text);
}

class MovedAliases : public Aliases {
protected:
    MovedAliases()
        : Aliases(
              "list:\n"
              "  - &x  # of all\n"
              "    model: opus\n"
              "  - one\n"
              "  - two\n"
              "  - *x\n") {}

    // Each of them leaves the alias behind its anchor.
    const std::string& movedByBoth() {
        move(0, 0, 2);
        move(1, 3, 1);
        return settled();
    }

    void move(std::size_t i, std::size_t from, std::size_t after) {
        const auto items = peers[i].forest().children(peers.at(i, "/list"));
        ASSERT_TRUE(peers[i].execute(
            {Move{items[from], peers.at(i, "/list"), items[after], std::nullopt}, {}, 0}));
    }
};

TEST_F(MovedAliases, TheValueStandsAtTheFirstUseAndCanBeCopiedThere) {
    EXPECT_EQ(movedByBoth(),
              "list:\n"
              "  - one\n"
              "  - &x # of all\n"
              "    model: opus\n"
              "  - two\n"
              "  - *x\n");
    ASSERT_TRUE(only(0, ConflictKind::LostAnchor));
    ASSERT_TRUE(peers[0].choose(peers[0].conflicts()[0].id, 1));
    EXPECT_EQ(settled(),
              "list:\n"
              "  - one\n"
              "  - # of all\n"
              "    model: opus\n"
              "  - two\n"
              "  - &x  # of all\n"
              "    model: opus\n");
    EXPECT_TRUE(peers[1].conflicts().empty());
}

TEST_F(MovedAliases, TheValueKeepsItsEntriesWhenItStaysThere) {
    const std::string shown = movedByBoth();
    const yaml::NodeRef model = peers.at(0, "/list/1/model");
    ASSERT_TRUE(peers[0].choose(peers[0].conflicts()[0].id, 0));
    EXPECT_EQ(settled(), shown);
    EXPECT_EQ(peers.at(0, "/list/1/model"), model);
    EXPECT_TRUE(peers[1].conflicts().empty());
    ASSERT_TRUE(peers[0].undo());
    EXPECT_EQ(settled(), shown);
}

TEST_F(Aliases, OneNameForTwoEntriesIsListedWhereAnAliasMeansAnother) {
    type(peers[0], "last: 1", "last: &y 1");
    type(peers[0], "none   # soon", "*y   # soon");
    type(peers[1], "name: one", "name: &y one");
    type(peers[1], "options: none\n", "options: *y\n");
    const std::string shown = settled();
    for (std::size_t i = 0; i < 2; ++i)
        ASSERT_TRUE(only(i, ConflictKind::SameAnchor));
    ASSERT_TRUE(peers[1].choose(peers[1].conflicts()[0].id, 1));
    EXPECT_EQ(settled(),
              replaced(replaced(shown, "&y 1", "&y_2 1"), "*y   # soon", "*y_2   # soon"));
    EXPECT_TRUE(peers[0].conflicts().empty());
}

TEST_F(Aliases, ATypeAndAnotherValueAreListedWhereTheyDoNotGoTogether) {
    type(peers[0], "last: 1", "last: !!int 1");
    type(peers[1], "last: 1", "last: [a, b]");
    EXPECT_EQ(settled(), replaced(kText, "last: 1", "last: !!int [a, b]"));
    ASSERT_TRUE(only(1, ConflictKind::TagAndValue));
    ASSERT_TRUE(peers[1].choose(peers[1].conflicts()[0].id, 1));
    EXPECT_EQ(settled(), replaced(kText, "last: 1", "last: [a, b]"));
    EXPECT_TRUE(peers[0].conflicts().empty());
}

TEST_F(Aliases, ATypeOfAMappingThatBecameTextIsListed) {
    type(peers[0], "base: &x   # of all\n", "base: !!map &x   # of all\n");
    peers.set(1, "/shared/base", "none");
    settled();
    EXPECT_EQ(peers[0].conflicts().size(), 1U) << peers[0].text();
}

TEST_F(Aliases, ATypeAndAValueThatGoTogetherAreNoConflict) {
    type(peers[0], "last: 1", "last: !!str 1");
    type(peers[1], "last: 1", "last: 2");
    EXPECT_EQ(settled(), replaced(kText, "last: 1", "last: !!str 2"));
    EXPECT_TRUE(peers[0].conflicts().empty());
}

}  // namespace
}  // namespace pe::document
