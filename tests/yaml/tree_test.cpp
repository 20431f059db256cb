// SPDX-License-Identifier: MIT
// Which bytes belong to which entry.
#include "pe/yaml/tree.hpp"

#include <gtest/gtest.h>

#include "parse_ownership.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::yaml {
namespace {

Lexeme at(const Tree& tree, std::string_view pointer) {
    const auto node = resolve(tree, pointer);
    EXPECT_TRUE(node) << pointer;
    return tree.lexeme(node.value_or(kStream));
}

TEST(Tree, ACommentAboveAnEntryIsItsPrefixAndOneBehindItsSuffix) {
    const Tree tree = parse("a: 1\n# above\n\n# close\nb: 2 # behind\n");
    EXPECT_EQ(at(tree, "/b").prefix, "# above\n\n# close\n");
    EXPECT_EQ(at(tree, "/b").key, "b");
    EXPECT_EQ(at(tree, "/b").colon, ": ");
    EXPECT_EQ(at(tree, "/b").raw, "2");
    EXPECT_EQ(at(tree, "/b").suffix, " # behind\n");
}

TEST(Tree, HeadCommentsBeforeABlankLineBelongToTheDocument) {
    const Tree tree = parse("# license\n\n# about a\na: 1\n");
    EXPECT_EQ(at(tree, "").prefix, "# license\n\n");
    EXPECT_EQ(at(tree, "/a").prefix, "# about a\n");
}

TEST(Tree, AHeaderCommentStaysWithTheKeyAndLinesBelowWithTheFirstEntry) {
    const Tree tree = parse("steps: # all\n  # first\n  - x\n");
    EXPECT_EQ(at(tree, "/steps").colon, ": # all\n");
    EXPECT_EQ(at(tree, "/steps").offset, 2);
    EXPECT_EQ(at(tree, "/steps/0").prefix, "  # first\n");
    EXPECT_EQ(at(tree, "/steps/0").key, "-");
    EXPECT_EQ(at(tree, "/steps/0").colon, " ");
}

TEST(Tree, ADeepCommentAtTheEndOfABlockIsItsFooter) {
    const Tree tree =
        parse("s:\n  - a: 1\n    # of the item\n  # of the list\n# of the next\nz: 1\n");
    EXPECT_EQ(at(tree, "/s/0").footer, "    # of the item\n");
    EXPECT_EQ(at(tree, "/s").footer, "  # of the list\n");
    EXPECT_EQ(at(tree, "/z").prefix, "# of the next\n");
}

TEST(Tree, ACommentBetweenItemsAtTheirColumnGoesWithTheNext) {
    const Tree tree = parse("- a\n# old\n\n- b\n");
    EXPECT_EQ(at(tree, "/1").prefix, "# old\n\n");
}

TEST(Tree, CommentsAtTheEndOfTheFileFollowTheDocument) {
    const Tree tree = parse("s:\n  - a\n\n# end\n");
    EXPECT_EQ(at(tree, "/s/0").suffix, "\n");
    EXPECT_EQ(at(tree, "/s").footer, "");
    EXPECT_EQ(at(tree, "").suffix, "\n# end\n");
}

TEST(Tree, BlankLinesAfterABlockScalarBelongToTheNextEntry) {
    const Tree tree = parse("- p: |\n    x\n\n- q\n");
    EXPECT_EQ(at(tree, "/0/p").open, "|\n");
    EXPECT_EQ(at(tree, "/0/p").raw, "    x\n");
    EXPECT_EQ(at(tree, "/0/p").offset, 2);
    EXPECT_EQ(at(tree, "/1").prefix, "\n");
}

TEST(Tree, WhiteLinesLongerThanTheTextAreItsContent) {
    const Tree tree = parse("p: |\n  x\n    \nq: 1\n");
    EXPECT_EQ(at(tree, "/p").raw, "  x\n    \n");
}

TEST(Tree, AKeepingBlockScalarOwnsItsBlankLines) {
    const Tree tree = parse("p: |+ # keep\n  x\n\n\nq: 1\n");
    EXPECT_EQ(at(tree, "/p").open, "|+ # keep\n");
    EXPECT_EQ(at(tree, "/p").raw, "  x\n\n\n");
    EXPECT_EQ(at(tree, "/q").prefix, "");
}

TEST(Tree, AnEmptyValueKeepsTheRestOfItsLine) {
    const Tree tree = parse("a:  # none\nb: 1\n");
    EXPECT_EQ(at(tree, "/a").style, Style::Empty);
    EXPECT_EQ(at(tree, "/a").colon, ":");
    EXPECT_EQ(at(tree, "/a").suffix, "  # none\n");
}

TEST(Tree, PropertiesStandBetweenColonAndValue) {
    const Tree tree = parse("a: &x !!map # c\n  b: &y 1\n");
    EXPECT_EQ(at(tree, "/a").colon, ": ");
    EXPECT_EQ(at(tree, "/a").props, "&x !!map # c\n");
    EXPECT_EQ(at(tree, "/a/b").props, "&y ");
    EXPECT_EQ(at(tree, "/a/b").raw, "1");
}

TEST(Tree, FlowEntriesOwnCommaAndWhiteSpace) {
    const Tree tree = parse("a: [x , # one\n  y,\n  ] # end\n");
    const Lexeme list = at(tree, "/a");
    EXPECT_EQ(list.open, "[,");
    EXPECT_EQ(list.footer, "\n  ]");
    EXPECT_EQ(list.suffix, " # end\n");
    EXPECT_EQ(at(tree, "/a/0").suffix, " , # one");
    EXPECT_EQ(at(tree, "/a/1").prefix, "\n  ");
    EXPECT_EQ(at(tree, "/a/1").suffix, "");
}

TEST(Tree, ALastFlowEntryOwnsTheCommentOnItsLineOnly) {
    const Tree tree = parse("a: [\n  x # one\n]\nb: [ y ]\n");
    EXPECT_EQ(at(tree, "/a/0").suffix, " # one");
    EXPECT_EQ(at(tree, "/a").footer, "\n]");
    EXPECT_EQ(at(tree, "/b/0").suffix, "");
    EXPECT_EQ(at(tree, "/b").footer, " ]");
}

TEST(Tree, APairInAListIsAMappingWithoutBraces) {
    const Tree tree = parse("a: [days: -30, b]\n");
    EXPECT_EQ(at(tree, "/a/0").style, Style::FlowMapping);
    EXPECT_EQ(at(tree, "/a/0").open, "");
    EXPECT_EQ(at(tree, "/a/0/days").raw, "-30");
}

TEST(Tree, ListsAtTheColumnOfTheirKeyHaveOffsetZero) {
    const Tree tree = parse("s:\n- a\n-\n- b\nz: 1\n");
    EXPECT_EQ(at(tree, "/s").offset, 0);
    EXPECT_EQ(at(tree, "/s/2").raw, "b");
    EXPECT_EQ(at(tree, "/z").raw, "1");
}

TEST(Tree, ExplicitKeysKeepTheirText) {
    const Tree tree = parse("? a # note\n: 1\n? b\n");
    EXPECT_EQ(at(tree, "/a").key, "? a");
    EXPECT_EQ(at(tree, "/a").colon, " # note\n: ");
    EXPECT_EQ(at(tree, "/b").key, "? b");
    EXPECT_TRUE(tree.editable());
}

TEST(Tree, DocumentsOwnTheirMarkers) {
    const Tree tree = parse("# h\n---\na: 1\n... # end\n# between\n---\nb: 2\n");
    const auto documents = tree.children(kStream);
    ASSERT_EQ(documents.size(), 2u);
    EXPECT_EQ(tree.lexeme(documents[0]).prefix, "# h\n---\n");
    EXPECT_EQ(tree.lexeme(documents[0]).suffix, "... # end\n");
    EXPECT_EQ(tree.lexeme(documents[1]).prefix, "# between\n---\n");
}

TEST(Tree, AFileOfCommentsHasNoDocument) {
    const Tree tree = parse("\xEF\xBB\xBF# only\n\n");
    EXPECT_TRUE(tree.children(kStream).empty());
    EXPECT_EQ(tree.lexeme(kStream).open, "\xEF\xBB\xBF");
    EXPECT_EQ(tree.lexeme(kStream).footer, "# only\n\n");
}

TEST(Tree, SpansPointAtKeysAndValues) {
    const std::string text = "s:\n  - name: 'x' # c\n    p: |\n      t\n";
    const Tree tree = parse(text);
    const auto slice = [&](Span span) { return text.substr(span.begin, span.end - span.begin); };
    const NodeRef name = *resolve(tree, "/s/0/name");
    EXPECT_EQ(slice(tree.keySpan(name)), "name");
    EXPECT_EQ(slice(tree.valueSpan(name)), "'x'");
    EXPECT_EQ(slice(tree.entrySpan(name)), "name: 'x' # c\n");
    EXPECT_EQ(slice(tree.valueSpan(*resolve(tree, "/s/0"))), text.substr(7));
    EXPECT_EQ(slice(tree.keySpan(*resolve(tree, "/s/0"))), "");
}

}  // namespace
}  // namespace pe::yaml
