// SPDX-License-Identifier: MIT
#include "pe/yaml/edit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "edit_check.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::yaml {
namespace {

class Editing : public ::testing::Test {
protected:
    void read(const std::string& text) { tree_ = std::make_unique<Tree>(parse(text)); }
    NodeRef at(const std::string& pointer) const {
        const auto node = resolve(*tree_, pointer);
        EXPECT_TRUE(node) << pointer;
        return node ? *node : kNoNode;
    }
    std::string after(const Result<Edit>& edit) const {
        if (!edit)
            return "refused: " + edit.error().message;
        return testing::applied(*tree_, *edit);
    }
    std::string set(const std::string& pointer, const Value& value) const {
        return after(setValue(*tree_, at(pointer), value));
    }
    std::unique_ptr<Tree> tree_;
};

Value text(std::string value) {
    return Value::ofString(std::move(value));
}

TEST_F(Editing, AScalarKeepsItsStyleWhileThatIsLegal) {
    read("a: x  # c\nb: 'y'\nc: \"z\"\n");
    EXPECT_EQ(set("/a", text("n m")), "a: n m  # c\nb: 'y'\nc: \"z\"\n");
    EXPECT_EQ(set("/a", text("n: m")), "a: \"n: m\"  # c\nb: 'y'\nc: \"z\"\n");
    EXPECT_EQ(set("/b", text("it's")), "a: x  # c\nb: 'it''s'\nc: \"z\"\n");
    EXPECT_EQ(set("/c", text("1")), "a: x  # c\nb: 'y'\nc: \"1\"\n");
}

TEST_F(Editing, AValueKeepsTheTypeItIsGiven) {
    read("a: 1\nb: \"2\"\nc:\n");
    EXPECT_EQ(set("/a", text("1")), "a: \"1\"\nb: \"2\"\nc:\n");
    EXPECT_EQ(set("/b", Value::ofInteger("2")), "a: 1\nb: 2\nc:\n");
    EXPECT_EQ(set("/c", Value::ofBoolean(true)), "a: 1\nb: \"2\"\nc: true\n");
}

TEST_F(Editing, ATagStaysWhereItSaysWhatTheNewValueIs) {
    read("a: !!str x\nb: !!int 1\n");
    EXPECT_EQ(set("/a", text("z")), "a: !!str z\nb: !!int 1\n");
    EXPECT_EQ(set("/a", text("1")), "a: !!str \"1\"\nb: !!int 1\n");
    EXPECT_EQ(set("/a", Value::ofInteger("1")), "a: 1\nb: !!int 1\n");
    EXPECT_EQ(set("/b", text("z")), "a: !!str x\nb: z\n");
}

TEST_F(Editing, SettingWhatIsThereChangesNothing) {
    read("a: >\n  x\n  y\nb: 0x10\n");
    const auto same = setValue(*tree_, at("/a"), text("x y\n"));
    ASSERT_TRUE(same);
    EXPECT_TRUE(same->empty());
}

TEST_F(Editing, AKeyThatIsADashIsNoItem) {
    read("a: x\n-:\n- 1\n- 2\n");
    EXPECT_EQ(set("/-", text("z")), "a: x\n-: z\n");
    EXPECT_EQ(after(moveEntry(*tree_, at("/a"), at("/-"), kNoNode, {})), "-:\n- x\n- 1\n- 2\n");
    read("b: {}\n-: 1\n");
    EXPECT_EQ(after(moveEntry(*tree_, at("/-"), at("/b"), kNoNode, {})), "b:\n  \"-\": 1\n");
}

TEST_F(Editing, OneChangedLineOfATextIsOneChangedLine) {
    read("p: |  # note\n  one  \n \n  two\n     \n\n  three\nq: 1\n");
    EXPECT_EQ(set("/p", text("one  \n\n2\n   \n\nthree\n")),
              "p: |  # note\n  one  \n \n  2\n     \n\n  three\nq: 1\n");
    EXPECT_EQ(set("/p", text("one  \n\ntwo\n   \n\nthree")),
              "p: |-  # note\n  one  \n \n  two\n     \n\n  three\nq: 1\n");
}

TEST_F(Editing, ATextOfSeveralLinesBecomesALiteralAndBack) {
    read("a: x  # c\nb: 1\n");
    EXPECT_EQ(set("/a", text("x\ny\n")), "a: |  # c\n  x\n  y\nb: 1\n");
    read("a: |-  # c\n  x\n  y\nb: 1\n");
    EXPECT_EQ(set("/a", Value::ofInteger("3")), "a: 3  # c\nb: 1\n");
}

TEST_F(Editing, AScalarBecomesACollectionInTheHabitOfTheFile) {
    read("l:\n- 1\na: x  # c\n");
    EXPECT_EQ(set("/a", Value::sequence({text("p"), text("q")})), "l:\n- 1\na:  # c\n- p\n- q\n");
    EXPECT_EQ(set("/a", Value::mapping({{text("k"), text("v")}})), "l:\n- 1\na:  # c\n  k: v\n");
    EXPECT_EQ(set("/l", Value::sequence()), "l: []\na: x  # c\n");
}

TEST_F(Editing, ATextThatMovesIntoACollectionKeepsItsStyleAndItsLines) {
    using Entries = std::vector<std::pair<Value, Value>>;
    const auto wrapped = [&](const std::string& source, bool last = true) {
        read("k:\n  p:" + source);
        const Value old = valueOf(*tree_, at("/k/p")).value_or(Value());
        Entries entries{{text("c"), old}};
        entries.insert(last ? entries.begin() : entries.end(), {text("t"), text("s")});
        return set("/k/p", Value::sequence({Value::mapping(std::move(entries))}));
    };
    EXPECT_EQ(wrapped(" > # why\n    x\n    y\n\n      z\n  # below\n  q: 1\n"),
              "k:\n  p: # why\n    - t: s\n      c: >\n        x\n        y\n\n          z\n"
              "  # below\n  q: 1\n");
    EXPECT_EQ(wrapped(" |2-\n       x\n    y\n"),
              "k:\n  p:\n    - t: s\n      c: |2-\n           x\n        y\n");
    EXPECT_EQ(wrapped(" \"x\n    \\ty\"  # why\n"),
              "k:\n  p:  # why\n    - t: \"s\"\n      c: \"x\n        \\ty\"\n");
    EXPECT_EQ(wrapped(" 'x'\n"), "k:\n  p:\n    - t: 's'\n      c: 'x'\n");
    EXPECT_EQ(wrapped("\n    x\n    y\n"),
              "k:\n  p:\n    - t: s\n      c:\n        x\n        y\n");
    // What ends the file without a line break can end it only.
    EXPECT_EQ(wrapped(" >\n    x\n    y"),
              "k:\n  p:\n    - t: s\n      c: >\n        x\n        y");
    EXPECT_EQ(wrapped(" >\n    x\n    y", false), "k:\n  p:\n    - c: x y\n      t: s");
    // Comments stay, and a tag leaves its value behind.
    EXPECT_EQ(wrapped(" # on\n    # above\n    x # behind\n"),
              "k:\n  p: # on\n    # above\n    # behind\n    - t: s\n      c: x\n");
    EXPECT_EQ(wrapped("\n\n    # above\n    x # behind\n  q: 1\n"),
              "k:\n  p: # behind\n    # above\n    - t: s\n      c: x\n  q: 1\n");
    EXPECT_EQ(wrapped(" !!str 123\n"), "k:\n  p:\n    - t: s\n      c: \"123\"\n");
    read("{p: 'x', q: \"a\\tb\"}\n");
    EXPECT_EQ(set("/p", Value::sequence({text("x")})), "{p: ['x'], q: \"a\\tb\"}\n");
    EXPECT_EQ(set("/q", Value::sequence({text("a\tb")})), "{p: 'x', q: [\"a\\tb\"]}\n");
}

TEST_F(Editing, ACollectionOfTheSameKindChangesOnlyWhereItDiffers) {
    read("a:\n  k: 1  # one\n  l: [x, y]\n  m: 3\n");
    EXPECT_EQ(set("/a", Value::mapping({{text("k"), Value::ofInteger("1")},
                                        {text("l"), Value::sequence({text("x"), text("z")})},
                                        {text("new"), Value::null()}})),
              "a:\n  k: 1  # one\n  l: [x, z]\n  new: null\n");
}

TEST_F(Editing, ANewEntryImitatesItsSiblings) {
    read("steps:\n  - name: \"a\"\n    tools: [x]\n\n  - name: \"b\"\n");
    EXPECT_EQ(after(insertEntry(*tree_, at("/steps/1"), at("/steps/1/name"), "tools",
                                Value::sequence({text("y"), text("z")}))),
              "steps:\n  - name: \"a\"\n    tools: [x]\n\n  - name: \"b\"\n    tools: [\"y\", "
              "\"z\"]\n");
    EXPECT_EQ(after(insertEntry(*tree_, at("/steps"), at("/steps/1"), "",
                                Value::mapping({{text("name"), text("c")}}))),
              "steps:\n  - name: \"a\"\n    tools: [x]\n\n  - name: \"b\"\n\n  - name: \"c\"\n");
}

TEST_F(Editing, AnEntryAppendedToAFileWithoutFinalNewlineLeavesItWithout) {
    read("a: 1\nb: 2");
    EXPECT_EQ(after(insertEntry(*tree_, at(""), at("/b"), "c", text("x"))), "a: 1\nb: 2\nc: x");
}

TEST_F(Editing, AnExistingKeyIsAConflict) {
    read("a: 1\nb: 2\n");
    const auto inserted = insertEntry(*tree_, at(""), kNoNode, "a", text("x"));
    ASSERT_FALSE(inserted);
    EXPECT_EQ(inserted.error().code, ErrorCode::Conflict);
    const auto renamed = renameKey(*tree_, at("/a"), "b");
    ASSERT_FALSE(renamed);
    EXPECT_EQ(renamed.error().code, ErrorCode::Conflict);
}

TEST_F(Editing, AnEmptyFlowListStaysFlowForScalarsOnly) {
    read("a: []  # c\nb: 1\n");
    EXPECT_EQ(after(insertEntry(*tree_, at("/a"), kNoNode, "", text("x"))), "a: [x]  # c\nb: 1\n");
    EXPECT_EQ(
        after(insertEntry(*tree_, at("/a"), kNoNode, "", Value::mapping({{text("k"), text("v")}}))),
        "a:  # c\n  - k: v\nb: 1\n");
}

TEST_F(Editing, FlowEntriesKeepTheSpacingOfTheirList) {
    read("a: [ x, y ]\nb: [\n  p,\n  q\n]\n");
    EXPECT_EQ(after(insertEntry(*tree_, at("/a"), at("/a/1"), "", text("z"))),
              "a: [ x, y, z ]\nb: [\n  p,\n  q\n]\n");
    EXPECT_EQ(after(insertEntry(*tree_, at("/b"), at("/b/1"), "", text("r"))),
              "a: [ x, y ]\nb: [\n  p,\n  q,\n  r\n]\n");
    EXPECT_EQ(after(removeEntry(*tree_, at("/a/0"))), "a: [ y ]\nb: [\n  p,\n  q\n]\n");
}

TEST_F(Editing, RemovingTakesTheCommentsOfTheEntryAlong) {
    read("a: 1\n# about b\nb: 2  # two\nc: 3\n");
    EXPECT_EQ(after(removeEntry(*tree_, at("/b"))), "a: 1\nc: 3\n");
}

TEST_F(Editing, MovingCarriesLinesAndCommentsToAnotherColumn) {
    read("s:\n  # one\n  - n: a  # x\n    p: |\n      t\nl:\n- n: b\n");
    EXPECT_EQ(after(moveEntry(*tree_, at("/s/0"), at("/l"), at("/l/0"))),
              "s: []\nl:\n- n: b\n# one\n- n: a  # x\n  p: |\n    t\n");
}

TEST_F(Editing, AnItemMovedIntoAMappingNeedsAKey) {
    read("s:\n  - n: a\nm:\n  k: 1\n");
    EXPECT_FALSE(moveEntry(*tree_, at("/s/0"), at("/m"), kNoNode));
    EXPECT_EQ(after(moveEntry(*tree_, at("/s/0"), at("/m"), at("/m/k"), "new")),
              "s: []\nm:\n  k: 1\n  new:\n    n: a\n");
}

TEST_F(Editing, ABlockEntryMovedIntoAFlowListTakesFlowStyle) {
    read("s:\n  - n: a b\n    l:\n      - \"q\"\nf: [x]\n");
    EXPECT_EQ(after(moveEntry(*tree_, at("/s/0"), at("/f"), at("/f/0"))),
              "s: []\nf: [x, {n: a b, l: [\"q\"]}]\n");
}

TEST_F(Editing, LinesOfATextThatLeavesBracketsStandToTheRightOfItsKey) {
    read("a: {k: one\ntwo, l: 'x\n\n\ty'}\n");
    EXPECT_EQ(after(moveEntry(*tree_, at("/a/k"), at(""), at("/a"), {})),
              "a: {l: 'x\n\n\ty'}\nk: one\n  two\n");
    EXPECT_EQ(after(moveEntry(*tree_, at("/a/l"), at(""), at("/a"), {})),
              "a: {k: one\ntwo}\nl: 'x\n\n  y'\n");
}

TEST_F(Editing, AnAnchorWithItsValueOnTheNextLineLeavesBracketsAndIsCopied) {
    read("a: [x, &p\ny, !t &q # why\n  z]\n");
    EXPECT_EQ(after(moveEntry(*tree_, at("/a/1"), at(""), at("/a"), "k")),
              "a: [x, !t &q # why\n  z]\nk: &p y\n");
    EXPECT_EQ(after(moveEntry(*tree_, at("/a/2"), at(""), at("/a"), "k")),
              "a: [x, &p\ny]\nk: !t &q # why\n  z\n");
    EXPECT_EQ(after(duplicateEntry(*tree_, at("/a/1"))), "a: [x, &p\ny, y, !t &q # why\n  z]\n");
}

TEST_F(Editing, ANameWithABracketDoesNotMoveIntoBrackets) {
    read("a: &x] 1\nb: {k: 2}\n");
    EXPECT_EQ(after(moveEntry(*tree_, at("/a"), at("/b"), kNoNode, {})).substr(0, 8), "refused:");
}

TEST_F(Editing, NothingMovesIntoItself) {
    read("a:\n  b:\n    c: 1\n");
    EXPECT_FALSE(moveEntry(*tree_, at("/a"), at("/a/b"), kNoNode));
}

TEST_F(Editing, AliasesAndTheirAnchorsAreProtected) {
    read("d: &base\n  t: 1\nl: *base\nm: 2\n");
    for (const auto& edit :
         {setValue(*tree_, at("/l"), text("x")), setValue(*tree_, at("/d/t"), text("x")),
          removeEntry(*tree_, at("/d")), removeEntry(*tree_, at("/d/t")),
          moveEntry(*tree_, at("/d"), at(""), at("/m"))}) {
        ASSERT_FALSE(edit);
        EXPECT_EQ(edit.error().code, ErrorCode::Refused);
        EXPECT_NE(edit.error().message.find("base"), std::string::npos) << edit.error().message;
    }
    EXPECT_EQ(after(removeEntry(*tree_, at("/l"))), "d: &base\n  t: 1\nm: 2\n");
}

TEST_F(Editing, ARenamedKeyKeepsItsQuotes) {
    read("\"a\": 1\nb: 2\n");
    EXPECT_EQ(after(renameKey(*tree_, at("/a"), "c")), "\"c\": 1\nb: 2\n");
    EXPECT_EQ(after(renameKey(*tree_, at("/b"), "no")), "\"a\": 1\n\"no\": 2\n");
}

TEST_F(Editing, ACopyStandsBehindItsOriginalWithItsComments) {
    read("s:\n  # c\n  - n: &x a  # d\n    p: 1\n");
    EXPECT_EQ(after(duplicateEntry(*tree_, at("/s/0"))),
              "s:\n  # c\n  - n: &x a  # d\n    p: 1\n  # c\n  - n: a  # d\n    p: 1\n");
}

TEST_F(Editing, TheCommentAboveCanBeReadAndWritten) {
    read("a: 1\n# section\n\n  # one\n  #two\nb:\n  - c: 1\n");
    EXPECT_EQ(commentAbove(*tree_, at("/b")), "one\ntwo");
    EXPECT_EQ(after(setCommentAbove(*tree_, at("/b"), "new")),
              "a: 1\n# section\n\n# new\nb:\n  - c: 1\n");
    EXPECT_EQ(after(setCommentAbove(*tree_, at("/b/0/c"), "x\n\ny")),
              "a: 1\n# section\n\n  # one\n  #two\nb:\n  # x\n  #\n  # y\n  - c: 1\n");
    EXPECT_EQ(after(setCommentAbove(*tree_, at("/b"), "")), "a: 1\n# section\n\nb:\n  - c: 1\n");
}

TEST_F(Editing, AFirstLineBreakThatIsTypedTurnsAQuotedTextIntoALiteral) {
    read("a:\n  p: \"one\"  # note\n  q: 1\n");
    EXPECT_EQ(after(setTypedText(*tree_, at("/a/p"), "one\ntwo\n")),
              "a:\n  p: |  # note\n    one\n    two\n  q: 1\n");
    EXPECT_EQ(set("/a/p", Value::ofString("one\ntwo\n")),
              "a:\n  p: \"one\\ntwo\\n\"  # note\n  q: 1\n");
}

// The text is right without them, too, but not what is written in the entry: where others have
// edited as well, it would be shown in a form of our own.
TEST_F(Editing, APairThatIsNoneAnyMoreGetsBraces) {
    read("a: [k: v\n , b]\nc: []\n");
    for (const auto& edit :
         {removeEntry(*tree_, at("/a/0/k")), moveEntry(*tree_, at("/a/0/k"), at("/c"), kNoNode, ""),
          duplicateEntry(*tree_, at("/a/0/k"))}) {
        ASSERT_TRUE(edit);
        const auto given =
            std::find_if(edit->patches.begin(), edit->patches.end(), [&](const FieldPatch& each) {
                return each.node == at("/a/0") && each.field == Field::Value;
            });
        ASSERT_NE(given, edit->patches.end());
        EXPECT_EQ(given->form.open, "{");
    }
    EXPECT_EQ(after(removeEntry(*tree_, at("/a/0/k"))), "a: [{}\n , b]\nc: []\n");
    EXPECT_EQ(after(duplicateEntry(*tree_, at("/a/0/k"))), "a: [{k: v, k_2: v}\n , b]\nc: []\n");
}

TEST_F(Editing, ADocumentThatIsOpenedKeepsTheCommentBelowOnALineOfItsOwn) {
    for (const std::string comment : {"#no", "# no\n", ""}) {
        read("{}\n" + comment);
        EXPECT_EQ(after(insertEntry(*tree_, at(""), kNoNode, "k", text("two\nlines"))),
                  "k: |-\n  two\n  lines\n" + comment);
    }
    read("{}");
    EXPECT_EQ(after(insertEntry(*tree_, at(""), kNoNode, "k", text("two\nlines"))),
              "k: |-\n  two\n  lines");
}

TEST_F(Editing, InAFlowMappingAValueTouchesTheColonOfAQuotedKeyOnly) {
    read("a: {b': }\n");
    EXPECT_EQ(set("/a/b'", text("x")), "a: {b': x }\n");
    read("a: {\"b\":}\n");
    EXPECT_EQ(set("/a/b", text("x")), "a: {\"b\":x}\n");
    read("a: {? b' : , &k 'c' :}\n");
    EXPECT_EQ(set("/a/b'", text("x")), "a: {? b' : x , &k 'c' :}\n");
}

TEST_F(Editing, InsideAFlowCollectionATypedTextStaysQuoted) {
    read("a: {p: \"one\"}\n");
    EXPECT_EQ(after(setTypedText(*tree_, at("/a/p"), "one\ntwo")), "a: {p: \"one\\ntwo\"}\n");
}

}  // namespace
}  // namespace pe::yaml
