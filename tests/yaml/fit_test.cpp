// SPDX-License-Identifier: MIT
// Entries whose texts do not belong together, and the forms that make them legal.
#include "pe/yaml/fit.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "pe/testing/corpus.hpp"
#include "pe/testing/draft.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/render.hpp"
#include "pe/yaml/tree.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {
namespace {

using testing::Draft;

// Written in many ways; what stands in it is mixed below.
const std::vector<std::string> kTexts = {
    "# Above.\n"
    "plain: some words   # right\n"
    "double: \"q # no\"\n"
    "single: 'it''s'\n"
    "number: 0x1F\n"
    "nothing:\n"
    "below:   # head\n"
    "  # inner\n"
    "  of several\n"
    "  lines\n"
    "literal: |\n"
    "  text\n"
    "\n"
    "    deeper # no comment\n"
    "kept: |2+  # head\n"
    "   x\n"
    "\n"
    "folded: >-\n"
    "  a\n"
    "  b\n",
    "steps:   # two\n"
    "    - name: one\n"
    "      of: {a: 1, 'b c': [x, y], d: {}}   # short\n"
    "      # footer\n"
    "    -   - deep\n"
    "        - # empty\n"
    "    # end\n"
    "flow: [ a, \"b\" , 'c'  # why\n"
    "   , d: 1,\n"
    "   # last\n"
    "   {k: v, 'q':w}, ]\n"
    "anchored: &one !!str 12   # note\n"
    "alias: *one\n"
    "under: &two\n"
    "  x: 1\n"
    "? asked\n"
    ": answered\n",
    "a:\r\n  - b: |\r\n      t\r\n    c: [1,\r\n      2]\r\n  - null\r\n",
    "[a, {b: c, d}, [], {}, \"e\\n\", x y]\n",
};

Surroundings surroundingsOf(const Forest& forest, NodeRef node) {
    Surroundings around;
    const NodeRef parent = forest.parent(node);
    around.above = forest.style(parent);
    around.first = forest.children(parent).front() == node;
    around.children = forest.children(node).size();
    return around;
}

void checkFits(const Forest& forest, NodeRef node) {
    for (const NodeRef child : forest.children(node)) {
        if (node != kStream) {
            EXPECT_TRUE(fits(forest.lexeme(child), surroundingsOf(forest, child)))
                << forest.key(child) << '|' << forest.lexeme(child).raw;
        }
        checkFits(forest, child);
    }
}

TEST(Fit, WhatOnePersonWroteFits) {
    for (const std::string& text : kTexts) {
        const Tree tree = parse(text);
        ASSERT_TRUE(tree.editable()) << text;
        checkFits(tree, kStream);
    }
}

TEST(Fit, EveryEntryOfTheCorpusFits) {
    const auto files = testing::corpusFiles();
    if (files.empty())
        GTEST_SKIP() << "no corpus";
    for (const auto& file : files) {
        SCOPED_TRACE(file.string());
        const Tree tree = parse(testing::readFile(file));
        if (tree.editable())
            checkFits(tree, kStream);
    }
}

// All entries that the texts hold, without what is in them.
std::vector<Entry> donors() {
    std::vector<Entry> all;
    for (const std::string& text : kTexts) {
        const Tree tree = parse(text);
        for (NodeRef node = 2; node < tree.size(); ++node)
            all.push_back(formOf(tree.lexeme(node)));
    }
    return all;
}

// Fields of different entries, as a merge may put them together.
Entry mixed(const std::vector<Entry>& all) {
    const auto donor = [&] { return all[*rc::gen::inRange<std::size_t>(0, all.size())]; };
    Entry entry = donor();
    const auto maybe = [&](std::string Entry::*field) {
        if (*rc::gen::inRange(0, 3) == 0)
            entry.*field = donor().*field;
    };
    for (const auto field : {&Entry::prefix, &Entry::key, &Entry::colon, &Entry::props,
                             &Entry::footer, &Entry::suffix})
        maybe(field);
    entry.column = donor().column;
    return entry;
}

struct Place {
    const char* text;
    const char* pointer;
};

const std::vector<Place> kPlaces = {
    {"a:\n  first: 1\n  here: 2\n  last: 3\n", "/a/here"},  {"a:\n- 1\n- 2\n- 3\n", "/a/1"},
    {"a: {first: 1, here: 2, last: 3}\nb: 1\n", "/a/here"}, {"a: [1, 2, 3]\nb: 1\n", "/a/1"},
    {"a:\n  - here: 2\n    last: 3\n  - x\n", "/a/0/here"}, {"- a: {here: 2}\n- b\n", "/0/a/here"},
};

std::string said(const Forest& forest, NodeRef node) {
    const auto value = valueOf(forest, node);
    return value ? toJson(*value) : "what the engine refuses";
}

std::string wordsIn(const Forest& forest, NodeRef node) {
    std::string words;
    if (node != kStream && forest.children(node).empty())
        words = said(forest, node);
    for (const NodeRef child : forest.children(node))
        words += '/' + keyText(forest, child) + '=' + wordsIn(forest, child);
    return words;
}

TEST(Fit, AnyMixtureHasAPlainFormThatReadsAsItsValue) {
    const std::vector<Entry> all = donors();
    EXPECT_TRUE(rc::check([&] {
        const Place place = kPlaces[*rc::gen::inRange<std::size_t>(0, kPlaces.size())];
        const Tree tree = parse(place.text);
        Draft draft(tree);
        const NodeRef node = *resolve(tree, place.pointer);
        Entry entry = mixed(all);
        const bool list = isSequence(tree.style(tree.parent(node)));
        RC_PRE(list == (entry.key == "-" || entry.key.empty()));
        RC_PRE(entry.style != Style::Alias);
        draft.entry(node) = entry;
        const std::string before = said(draft, node);
        draft.entry(node) = plainForm(draft.lexeme(node), surroundingsOf(draft, node));
        RC_ASSERT(said(draft, node) == before);
        const std::string text = renderText(draft);
        RC_LOG() << text;
        const Tree read = parse(text);
        RC_ASSERT(read.editable());
        RC_ASSERT(wordsIn(read, kStream) == wordsIn(draft, kStream));
    }));
}

}  // namespace
}  // namespace pe::yaml
