// SPDX-License-Identifier: MIT
// Laws of typing: whatever is typed where, the text is what was typed, the forest is what the text
// says, and undoing everything gives the first text back.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "pe/base/random.hpp"
#include "pe/base/utf8.hpp"
#include "pe/document/document.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/render.hpp"
#include "pe/yaml/value.hpp"
#include "verification.hpp"

namespace pe::document {
namespace {

constexpr const char* kPieces[] = {"x",  " ",   "\n",  "  ",     ": ",  "- ",     "#",
                                   "\"", "'",   "|\n", "[]",     "é",   "\n    ", "a: b",
                                   ",",  "{x}", "\t",  "key:\n", "&a ", "*a",     "\x07"};

constexpr const char* kStart =
    "# About.\nworkflow:\n  name: n\n  steps:\n  - name: one\n    tools: [a, b]  # few\n"
    "    prompt: |\n      first\n        \n      last\n\n  # Two.\n  - name: two\n    note: >-\n"
    "      folded\n      text\n\nother: {k: v}\n";

struct Typist {
    Document& document;
    Random& random;

    void type() {
        const std::string& text = document.text();
        std::size_t begin = random.below(text.size() + 1);
        while (!utf8::isBoundary(text, begin))
            ++begin;
        std::size_t end = std::min<std::size_t>(text.size(), begin + random.below(4));
        while (!utf8::isBoundary(text, end))
            ++end;
        if (random.below(2))
            end = begin;
        const std::string piece = kPieces[random.below(std::size(kPieces))];
        std::string expected = text;
        expected.replace(begin, end - begin, piece);
        const auto typed = document.replaceText(begin, end - begin, piece, 1);
        RC_ASSERT(bool(typed));
        RC_ASSERT(document.text() == expected);
    }
};

void check(const Document& document) {
    const auto problems = yaml::parse(document.text()).problems();
    RC_ASSERT(document.problems().size() == problems.size());
    for (std::size_t i = 0; i < problems.size(); ++i) {
        RC_ASSERT(document.problems()[i].code == problems[i].code);
        RC_ASSERT(document.problems()[i].begin == problems[i].begin);
    }
    if (document.hasDraft())
        return;
    RC_ASSERT(yaml::renderText(document.forest()) == document.text());
    const yaml::Tree tree = yaml::parse(document.text());
    RC_ASSERT(sameMeaning(document.forest(), yaml::kStream, tree, yaml::kStream));
}

TEST(Typing, TheTextIsAlwaysWhatWasTyped) {
    EXPECT_TRUE(rc::check([] {
        SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
        FakeClock clock;
        const auto document = Document::open(1, kStart, clock);
        std::string mirrored = document->text();
        const auto subscription = document->changed.connect([&](const ChangeSet& changes) {
            for (const TextPatch& patch : changes.patches)
                mirrored.replace(patch.offset, patch.removed, patch.inserted);
        });
        Typist typist{*document, random};
        for (int i = 0; i < 25; ++i) {
            clock.advance(2000);
            typist.type();
            RC_ASSERT(mirrored == document->text());
            check(*document);
        }
    }));
}

TEST(Typing, UndoingEverythingGivesTheFirstTextBack) {
    EXPECT_TRUE(rc::check([] {
        SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
        FakeClock clock;
        const auto document = Document::open(1, kStart, clock);
        Typist typist{*document, random};
        for (int i = 0; i < 12; ++i) {
            clock.advance(2000);
            typist.type();
        }
        const std::string last = document->text();
        int steps = 0;
        while (document->canUndo() && ++steps < 100)
            RC_ASSERT(bool(document->undo()));
        RC_ASSERT(document->text() == kStart);
        check(*document);
    }));
}

TEST(Typing, SpansFollowEveryKeystroke) {
    EXPECT_TRUE(rc::check([] {
        SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
        FakeClock clock;
        const auto document = Document::open(1, kStart, clock);
        Typist typist{*document, random};
        for (int i = 0; i < 15; ++i)
            typist.type();
        if (document->hasDraft())
            return;
        const yaml::Rendering fresh = yaml::render(document->forest());
        std::vector<yaml::NodeRef> open{yaml::kStream};
        while (!open.empty()) {
            const yaml::NodeRef node = open.back();
            open.pop_back();
            RC_ASSERT(document->entrySpan(node) == fresh.entries[node]);
            RC_ASSERT(document->valueSpan(node) == fresh.values[node]);
            for (const yaml::NodeRef child : document->forest().children(node))
                open.push_back(child);
        }
    }));
}

TEST(Typing, ACommentWithAColonBehindADashKeepsTheItem) {
    FakeClock clock;
    const std::string text = "steps:\n- name: one\n  type: x\n- name: two\n";
    const auto document = Document::open(1, text, clock);
    ASSERT_TRUE(document->replaceText(text.find("name"), 0, "#", 1));
    EXPECT_EQ(document->text(), "steps:\n- #name: one\n  type: x\n- name: two\n");
    EXPECT_FALSE(document->hasDraft());
}

TEST(Typing, ADeepCommentAtTheEndStaysOneBehindATextThatNowHasLines) {
    FakeClock clock;
    const auto document =
        Document::open(1, "top:\n  \"key\": \"a [b\"\n\n\n        # deep\n", clock);
    const yaml::NodeRef node = *yaml::resolve(document->forest(), "/top/key");
    ASSERT_TRUE(document->execute({SpliceText{node, 1, 0, "\nmore "}, {}, 0}));
    EXPECT_EQ(document->text(), yaml::renderText(document->forest()));
    check(*document);
    EXPECT_EQ(yaml::scalarText(document->forest(), node), "a\nmore  [b");
    ASSERT_TRUE(document->undo());
    EXPECT_EQ(document->text(), "top:\n  \"key\": \"a [b\"\n\n\n        # deep\n");
}

TEST(Typing, AnAliasIsNotLeftWithoutTheAnchorThatATypedNameTakesAway) {
    FakeClock clock;
    for (const char* text : {"a:\n  &p name: n\nb: *p\nc: &p 2\n", "a:\n  &p name: n\nb: *p\n",
                             "a:\n  name: &p n\nb: *p\nc: &p 2\n"}) {
        const auto document = Document::open(1, text, clock);
        ASSERT_FALSE(document->hasDraft()) << text;
        ASSERT_TRUE(document->replaceText(document->text().find("&p") + 1, 0, "x", 1));
        ASSERT_TRUE(document->hasDraft()) << text;
        EXPECT_EQ(document->obstacle()->code, "yaml.undefined-alias") << text;
        ASSERT_TRUE(document->replaceText(document->text().find("&xp") + 1, 1, "", 1));
        EXPECT_FALSE(document->hasDraft()) << text;
        EXPECT_EQ(document->text(), text);
    }
}

}  // namespace
}  // namespace pe::document
