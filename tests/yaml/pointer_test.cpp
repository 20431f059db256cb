// SPDX-License-Identifier: MIT
#include "pe/yaml/pointer.hpp"

#include <gtest/gtest.h>

#include "pe/testing/corpus.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {
namespace {

TEST(Pointer, SplitsAndUnescapes) {
    EXPECT_TRUE(parsePointer("")->empty());
    EXPECT_EQ(*parsePointer("/a~1b/~0/"), (std::vector<std::string>{"a/b", "~", ""}));
    EXPECT_EQ(escapePointerToken("a/~b"), "a~1~0b");
    EXPECT_FALSE(parsePointer("a"));
    EXPECT_FALSE(parsePointer("/~2"));
}

TEST(Pointer, ResolvesKeysOfAllFormsAndItems) {
    const Tree tree = parse("'a b': [x, {k: v}]\n\"c/d\":\n  - e: 1\n? f\n: 2\n");
    const auto raw = [&](std::string_view pointer) {
        return std::string(tree.lexeme(resolve(tree, pointer).value()).raw);
    };
    EXPECT_EQ(raw("/a b/0"), "x");
    EXPECT_EQ(raw("/a b/1/k"), "v");
    EXPECT_EQ(raw("/c~1d/0/e"), "1");
    EXPECT_EQ(raw("/f"), "2");
    for (const char* missing : {"/x", "/a b/2", "/a b/00", "/a b/-", "/a b/0/y"}) {
        const auto node = resolve(tree, missing);
        ASSERT_FALSE(node) << missing;
        EXPECT_EQ(node.error().code, ErrorCode::NotFound);
    }
}

TEST(Pointer, AddressesTheLastDocumentAndTheFirstOfEqualKeys) {
    const Tree tree = parse("a: 1\n---\nb: 2\nb: 3\n");
    EXPECT_EQ(tree.lexeme(*resolve(tree, "/b")).raw, "2");
    EXPECT_FALSE(resolve(tree, "/a"));
    EXPECT_FALSE(resolve(parse(""), ""));
}

TEST(Pointer, LeadsBackToEveryNodeOfTheCorpus) {
    const auto files = pe::testing::corpusFiles("pipelines");
    if (files.empty())
        GTEST_SKIP() << "no corpus beside this checkout";
    for (const auto& file : files) {
        const Tree tree = parse(pe::testing::readFile(file));
        for (NodeRef node = 1; node < tree.size(); ++node) {
            const auto found = resolve(tree, pointerTo(tree, node));
            ASSERT_TRUE(found) << file << pointerTo(tree, node);
            EXPECT_EQ(*found, node) << file << pointerTo(tree, node);
        }
    }
}

}  // namespace
}  // namespace pe::yaml
