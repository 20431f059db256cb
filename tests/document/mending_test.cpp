// SPDX-License-Identifier: MIT
// Entries whose fields come from several people, and how they are shown.
#include "mending.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "edit_writer.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/render.hpp"
#include "pe/yaml/tree.hpp"
#include "verification.hpp"

namespace pe::document {
namespace {

using yaml::NodeRef;

// A tree with the entries of a text, whose registers are then set one by one.
class Mixture {
public:
    explicit Mixture(const std::string& text) : tree_(1), forest_(tree_) {
        const yaml::Tree parsed = yaml::parse(text);
        crdt::Transaction transaction = tree_.begin(1);
        EditWriter writer(tree_, forest_, transaction);
        NodeRef after = yaml::kNoNode;
        for (const NodeRef node : parsed.children(yaml::kStream))
            after = writer.copy(yaml::kStream, after, parsed, node);
        EXPECT_TRUE(transaction.commit());
    }

    NodeRef at(const std::string& pointer) const {
        return yaml::resolve(forest_, pointer).value_or(yaml::kNoNode);
    }
    yaml::Lexeme lexeme(NodeRef node) const { return forest_.lexeme(node); }

    void set(NodeRef node, crdt::RegisterKey key, std::string value) {
        crdt::Transaction transaction = tree_.begin(2);
        transaction.set(node, key, std::move(value));
        EXPECT_TRUE(transaction.commit());
    }
    void move(NodeRef node, NodeRef parent) {
        crdt::Transaction transaction = tree_.begin(2);
        transaction.move(node, parent, tree_.lastChild(parent));
        EXPECT_TRUE(transaction.commit());
    }

    std::string shown() {
        forest_.forgetAll();
        mend(forest_);
        const std::string text = yaml::renderText(forest_);
        EXPECT_TRUE(verifyRendering(forest_, yaml::kStream, text)) << text;
        return text;
    }
    const ReplicatedForest& forest() const { return forest_; }

private:
    crdt::ReplicatedTree tree_;
    ReplicatedForest forest_;
};

TEST(Mending, WhatFitsIsShownAsItIsWritten) {
    const std::string text = "a: |  # c\n  x\nb: [1,  {k: v}]\n";
    Mixture mixture(text);
    EXPECT_EQ(mixture.shown(), text);
    EXPECT_FALSE(mixture.forest().hasMisfits());
}

TEST(Mending, ABlockTextInBracketsIsQuoted) {
    Mixture mixture("text: |\n  one\n  two\nlist: [a, b]\n");
    const NodeRef text = mixture.at("/text");
    mixture.set(text, kKey, "-");
    mixture.set(text, kColon, " ");
    mixture.move(text, mixture.at("/list"));
    EXPECT_EQ(mixture.shown(), "list: [a, b, \"one\\ntwo\\n\"]\n");
}

TEST(Mending, AListOfLinesInBracketsIsWrittenInBrackets) {
    Mixture mixture("# Why.\nlines:\n  - a\n  - k: v  # note\nmap: {x: 1}\n");
    mixture.move(mixture.at("/lines"), mixture.at("/map"));
    EXPECT_EQ(mixture.shown(),
              "map: {x: 1,\n"
              "  # Why.\n"
              "  lines: [a, {k: v # note\n"
              "  }]}\n");
}

TEST(Mending, AnItemOfBracketsBehindADashLosesItsComma) {
    Mixture mixture("flow: [a, b]\nlines:\n  - c\n");
    mixture.move(mixture.at("/flow/0"), mixture.at("/lines"));
    EXPECT_EQ(mixture.shown(), "flow: [ b]\nlines:\n  - c\n  - a\n");
}

TEST(Mending, AScalarDoesNotStandBehindTheBreakOfAList) {
    Mixture mixture("list:   # of two\n  - a\nlast: 1\n");
    yaml::Lexeme value;
    value.style = yaml::Style::Plain;
    value.raw = "now a text";
    mixture.set(mixture.at("/list"), kValue, packValue(value));
    EXPECT_EQ(mixture.shown(), "list: now a text # of two\nlast: 1\n");
    EXPECT_EQ(mixture.forest().hidden().size(), 1U);
}

TEST(Mending, TheEndOfBracketsDoesNotFollowABlock) {
    Mixture mixture("a:\n  k: v\n  # end\nb: 1\n");
    mixture.set(mixture.at("/a"), kFooter, "\n  # kept\n  }");
    EXPECT_EQ(mixture.shown(), "a:\n  k: v\n  # kept\nb: 1\n");
}

TEST(Mending, ATextWithoutALastBreakGetsOneWhereSomethingFollows) {
    Mixture mixture("a: |\n  x");
    Mixture longer("a: |\n  x\nb: 1\n");
    EXPECT_EQ(mixture.shown(), "a: |\n  x");
    const NodeRef text = mixture.at("/a");
    EXPECT_FALSE(mixture.forest().shownForm(text));
    EXPECT_EQ(longer.shown(), "a: |\n  x\nb: 1\n");
}

TEST(Mending, WhatWasLiftedBesideTheDocumentIsHidden) {
    Mixture mixture("a:\n  k: v\nb: 1\n");
    mixture.move(mixture.at("/a/k"), yaml::kStream);
    EXPECT_EQ(mixture.shown(), "a: {}\nb: 1\n");
    EXPECT_EQ(mixture.forest().hidden().size(), 1U);
}

TEST(Mending, AnyMixtureOfFieldsCanBeRead) {
    static const std::string kText =
        "# A.\n"
        "a: |  # head\n"
        "  x\n"
        "b: [1, {k: 'v'}, \"q\"   # in\n"
        "  , last]\n"
        "c:   # under\n"
        "  - d: &n e\n"
        "    f:\n"
        "      - g\n"
        "  - h # i\n"
        "  # foot\n"
        "j: {k: l, m: [n, o]}\n"
        "p: >-\n"
        "  q\n";
    EXPECT_TRUE(rc::check([] {
        Mixture mixture(kText);
        const yaml::Tree parsed = yaml::parse(kText);
        const auto any = [&] {
            return *rc::gen::inRange<NodeRef>(2, static_cast<NodeRef>(parsed.size()));
        };
        for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
            const NodeRef node = any();
            const yaml::Lexeme donor = mixture.lexeme(any());
            switch (*rc::gen::inRange(0, 6)) {
                case 0:
                    mixture.set(node, kPrefix, std::string(donor.prefix));
                    break;
                case 1:
                    mixture.set(node, kColon, std::string(donor.colon));
                    break;
                case 2:
                    mixture.set(node, kFooter, std::string(donor.footer));
                    break;
                case 3:
                    mixture.set(node, kSuffix, std::string(donor.suffix));
                    break;
                case 4:
                    mixture.set(node, kProps, std::string(donor.props));
                    break;
                default:
                    if (donor.style != yaml::Style::Alias)
                        mixture.set(node, kValue, packValue(donor));
            }
        }
        const std::string text = mixture.shown();
        RC_LOG() << text;
        RC_ASSERT(verifyRendering(mixture.forest(), yaml::kStream, text).has_value());
    }));
}

}  // namespace
}  // namespace pe::document
