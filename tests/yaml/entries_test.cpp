// SPDX-License-Identifier: MIT
#include "pe/yaml/entries.hpp"

#include <gtest/gtest.h>

#include "pe/testing/corpus.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {
namespace {

NodeRef at(const Tree& tree, const std::string& pointer) {
    return *resolve(tree, pointer);
}

TEST(EntryOf, ComparesKeysAsTheyAreRead) {
    const Tree tree =
        parse("plain: 1\n\"quo\\x74ed\": 2\n'it''s': 3\n&a named: 4\n? long\n: 5\n1: 6\n");
    const NodeRef root = rootDocument(tree);
    for (const auto& [key, value] : {std::pair("plain", "1"),
                                     {"quoted", "2"},
                                     {"it's", "3"},
                                     {"named", "4"},
                                     {"long", "5"},
                                     {"1", "6"}}) {
        const NodeRef entry = entryOf(tree, root, key);
        ASSERT_NE(entry, kNoNode) << key;
        EXPECT_EQ(scalarText(tree, entry), value) << key;
    }
    EXPECT_EQ(entryOf(tree, root, "\"quoted\""), kNoNode);
}

TEST(EntryOf, OfEqualKeysTheFirstCounts) {
    const Tree tree = parse("a: 1\n'a': 2\n");
    EXPECT_EQ(scalarText(tree, entryOf(tree, rootDocument(tree), "a")), "1");
}

TEST(EntryOf, FindsNothingInWhatIsNoMapping) {
    const Tree tree = parse("a: [b, c]\nb: text\n? \n: d\n");
    const NodeRef root = rootDocument(tree);
    EXPECT_EQ(entryOf(tree, kNoNode, "a"), kNoNode);
    EXPECT_EQ(entryOf(tree, at(tree, "/a"), "0"), kNoNode);
    EXPECT_EQ(entryOf(tree, at(tree, "/b"), "text"), kNoNode);
    EXPECT_EQ(entryOf(tree, root, "c"), kNoNode);
}

TEST(DecodedText, IsWhatTheSlowWayReads) {
    const auto paths = testing::corpusFiles();
    if (paths.empty())
        GTEST_SKIP() << "no corpus at " << testing::corpusDir();
    for (const auto& path : paths) {
        const Tree tree = parse(testing::readFile(path));
        for (NodeRef node = 1; node < tree.size(); ++node) {
            EXPECT_EQ(DecodedText::ofKey(tree, node).view(), keyText(tree, node)) << path;
            if (isScalar(tree.style(node))) {
                EXPECT_EQ(DecodedText::ofScalar(tree, node).view(), scalarText(tree, node)) << path;
            }
        }
    }
}

TEST(Entries, KnowTheirDocumentTheirNeighbourAndWhatIsAroundThem) {
    const Tree tree = parse("first: 1\n---\na: {b: 1, c: [x, y]}\n");
    const NodeRef inner = at(tree, "/a/c/1");
    EXPECT_EQ(documentOf(tree, inner), rootDocument(tree));
    EXPECT_EQ(documentOf(tree, rootDocument(tree)), rootDocument(tree));
    EXPECT_EQ(previousOf(tree, inner), at(tree, "/a/c/0"));
    EXPECT_EQ(previousOf(tree, at(tree, "/a/c/0")), kNoNode);
    EXPECT_EQ(previousOf(tree, at(tree, "/a/c")), at(tree, "/a/b"));
    EXPECT_TRUE(isWithin(tree, inner, at(tree, "/a")));
    EXPECT_TRUE(isWithin(tree, inner, inner));
    EXPECT_FALSE(isWithin(tree, at(tree, "/a"), inner));
    EXPECT_FALSE(isWithin(tree, at(tree, "/a/b"), at(tree, "/a/c")));
}

}  // namespace
}  // namespace pe::yaml
