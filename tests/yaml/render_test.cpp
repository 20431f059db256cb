// SPDX-License-Identifier: MIT
#include "pe/yaml/render.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>

#include "edit_check.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/testing/draft.hpp"

namespace pe::yaml {
namespace {

using testing::Draft;

// The text after moving, removing or inserting in a Draft of `text`.
class Render : public ::testing::Test {
protected:
    void read(const std::string& text) {
        tree_ = std::make_unique<Tree>(parse(text));
        draft_ = std::make_unique<Draft>(*tree_);
    }
    // By positions from the first document's root value.
    NodeRef at(std::initializer_list<std::size_t> path) const {
        NodeRef node = draft_->children(kStream).front();
        for (const std::size_t step : path)
            node = draft_->children(node)[step];
        return node;
    }
    std::string text() const { return renderText(*draft_); }

    std::unique_ptr<Tree> tree_;
    std::unique_ptr<Draft> draft_;
};

TEST_F(Render, AParsedTextComesOutByteForByte) {
    for (const auto& path : testing::corpusFiles()) {
        const std::string text = testing::readFile(path);
        for (const std::string& copy :
             {text, testing::withCrlf(text), testing::withoutFinalNewline(text)})
            EXPECT_EQ(renderText(parse(copy)), copy) << path;
    }
}

TEST_F(Render, AFlowValueThatTouchesItsColonStillDoes) {
    for (const char* text : {"a: {b:[1], c: {d:{}}}\n", "a: {\"b\":1, 'c':x}\n", "[b:[1]]\n"})
        EXPECT_EQ(renderText(parse(text)), text);
}

TEST_F(Render, BracesThatTouchTheirAnchorStillDoInAFlowCollection) {
    const std::string text = "a: {b: &one{c: 1}, d: [&two[]]}\n";
    EXPECT_EQ(renderText(parse(text)), text);
}

TEST_F(Render, LinesThatAreNoYamlStandWhereTheyStood) {
    for (const char* text : {"- name: x\n  # in\n  no colon here\n  name: z\n",
                             "a:\n    b: 1\n    word\n    c: 2\n", "? a b\n\xff\n"})
        EXPECT_EQ(renderText(parse(text)), text);
}

TEST_F(Render, AKeyThatIsADashIsNoItem) {
    for (const char* text : {"-:\n- a\n", "-:\n  b: 1\n", "x:\n  - : [1]\n", "x:\n  -: [1]\n"})
        EXPECT_EQ(renderText(parse(text)), text);
}

TEST_F(Render, SpansAreThoseOfTheParse) {
    const Tree tree = parse("# c\na: [x, {k: v}]  # d\nb:\n  - n: |\n      t\n\n  - &q m: 'r'\n");
    const Rendering rendering = render(tree);
    for (NodeRef node = 1; node < tree.size(); ++node) {
        EXPECT_EQ(rendering.entries[node], tree.entrySpan(node)) << node;
        EXPECT_EQ(rendering.keys[node], tree.keySpan(node)) << node;
        EXPECT_EQ(rendering.values[node], tree.valueSpan(node)) << node;
    }
}

TEST_F(Render, AMovedEntryShiftsItsLinesByOneDelta) {
    read("a:\n  # c\n  p: |\n    x\n\n      y\n  q: 1\nb:\n    - c:\n        z: 1\n");
    draft_->move(at({0, 0}), at({1, 0, 0}), at({1, 0, 0, 0}));
    EXPECT_EQ(text(),
              "a:\n  q: 1\nb:\n    - c:\n        z: 1\n        # c\n        p: |\n          x\n\n"
              "            y\n");
}

TEST_F(Render, ATopLevelCommentClampsAtTheLeftMargin) {
    read("a:\n  b:\n# low\n    c: 1\nd: 2\n");
    draft_->move(at({0, 0, 0}), at({}), at({1}));
    EXPECT_EQ(text().find(" # low"), std::string::npos);
    EXPECT_NE(text().find("\n# low\nc: 1\n"), std::string::npos);
}

TEST_F(Render, WhiteLinesBehindABlockTextAreCutToItsIndent) {
    read("a: |\n  x\nb: 1\n      \nc: 2\n");
    draft_->remove(at({1}));
    EXPECT_EQ(text(), "a: |\n  x\n  \nc: 2\n");
}

TEST_F(Render, BlankLinesBehindAKeptTextAreDropped) {
    read("a: |+\n  x\nb: 1\n\nc: 2\n");
    draft_->remove(at({1}));
    EXPECT_EQ(text(), "a: |+\n  x\nc: 2\n");
}

TEST_F(Render, ACommentBehindABlockTextDoesNotBecomeText) {
    read("a: |\n  x\nb: 1\n    # deep\nc: 2\n");
    draft_->remove(at({1}));
    EXPECT_EQ(text(), "a: |\n  x\n# deep\nc: 2\n");
}

TEST_F(Render, AMissingLineBreakIsWrittenAsTheFileWritesThem) {
    read("a: 1\r\nb: 2");
    draft_->move(at({1}), at({}), kNoNode);
    EXPECT_EQ(text(), "b: 2\r\na: 1\r\n");
}

TEST_F(Render, ALineWithATabBehindATextThatKeepsItsBlankLinesStays) {
    for (const char* each : {"a: |+\n\t\n\nb: 1\n", "a: |+\n  x\n\n \t\n\nb: 1\n"}) {
        read(each);
        EXPECT_EQ(text(), each);
    }
}

TEST_F(Render, ATextThatEndedTheFileKeepsItsBytesWhenSomethingFollows) {
    read("a: 1\np: |\n  x");
    draft_->move(at({1}), at({}), kNoNode);
    EXPECT_EQ(text(), "p: |\n  x\na: 1\n");
}

TEST_F(Render, TheFirstEntryOfACompactItemStandsOnTheDashLine) {
    read("- a: 1\n  # about b\n  b: 2\n");
    draft_->move(at({0, 1}), at({0}), kNoNode);
    EXPECT_EQ(text(), "# about b\n- b: 2\n  a: 1\n");
}

TEST_F(Render, AnEmptiedCollectionStaysACollectionBeforeItsComment) {
    read("a: # note\n  b: 1\nc:\n- 1\n- d: 2\ne: &x\n  f: 1\n");
    draft_->remove(at({0, 0}));
    draft_->remove(at({1, 1, 0}));
    draft_->remove(at({1, 0}));
    draft_->remove(at({2, 0}));
    EXPECT_EQ(text(), "a: {} # note\nc:\n- {}\ne: &x {}\n");
}

TEST_F(Render, AnEmptiedCollectionStandsBehindPropertiesOnSeveralLines) {
    read("a: !m # note\n  &x\n  b: 1\nc: *x\n");
    draft_->remove(at({0, 0}));
    EXPECT_EQ(text(), "a: !m # note\n  &x {}\nc: *x\n");
}

TEST_F(Render, FlowSeparatorsFollowFromTheOrder) {
    read("a: [x, y, z]\nb: [p, q, ]\n");
    draft_->remove(at({0, 2}));
    draft_->remove(at({1, 1}));
    EXPECT_EQ(text(), "a: [x, y]\nb: [p, ]\n");
    draft_->move(at({1, 0}), at({0}), at({0, 1}));
    EXPECT_EQ(text(), "a: [x, y,p]\nb: [ ]\n");
}

TEST_F(Render, NothingFollowsACommentOnItsLineInAFlowCollection) {
    read("a: [x, # one\n  y]\n");
    draft_->remove(at({0, 1}));
    const auto value = loadValue(parse(text()));
    ASSERT_TRUE(value) << text();
    EXPECT_EQ(toJson(*value), R"({"a": ["x"]})");
}

TEST_F(Render, ATextThatBeginsWithABlankGetsAnIndicator) {
    read("a:\n  p: |\n    x\n    y\n");
    draft_->entry(at({0, 0})).raw = "      x\n    y\n";
    EXPECT_EQ(text(), "a:\n  p: |2\n      x\n    y\n");
}

TEST_F(Render, ACollectionBelowAKeyGetsALineOfItsOwn) {
    read("a: 1\nb:\n  c: 2\n");
    draft_->entry(at({0})).style = Style::BlockMapping;
    draft_->entry(at({0})).offset = 2;
    draft_->entry(at({0})).raw.clear();
    draft_->entry(at({0})).suffix.clear();
    draft_->move(at({1, 0}), at({0}), kNoNode);
    EXPECT_EQ(text(), "a:\n  c: 2\nb: {}\n");
}

TEST_F(Render, AnEntryRendersAloneAsItDoesInTheWhole) {
    read("# h\na:\n  - b: |\n      x\n\n    c: [1, {d: 2}, 3]\n  # e\n  - f\ng: |+\n  y\n\nh: 1\n");
    const Rendering whole = render(*draft_);
    for (NodeRef node = 1; node < draft_->size(); ++node) {
        RenderContext context = contextBefore(*draft_, node);
        std::string part;
        renderEntry(*draft_, node, context, part);
        const Span span = whole.entries[node];
        EXPECT_EQ(part, whole.text.substr(span.begin, span.end - span.begin)) << node;
    }
}

}  // namespace
}  // namespace pe::yaml
