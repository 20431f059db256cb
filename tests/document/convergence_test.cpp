// SPDX-License-Identifier: MIT
// Laws of shared documents: whatever people do at the same time, and however it arrives, all see
// the same, it can be read, and what nobody touched is as it was.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "crowd.hpp"
#include "pe/yaml/render.hpp"

namespace pe::document {
namespace {

// Where entries stand, as a fresh rendering says.
void checkSpans(const Document& document) {
    if (document.hasDraft())
        return;
    const yaml::Rendering fresh = yaml::render(document.forest());
    std::vector<yaml::NodeRef> open{yaml::kStream};
    while (!open.empty()) {
        const yaml::NodeRef node = open.back();
        open.pop_back();
        RC_ASSERT(document.entrySpan(node) == fresh.entries[node]);
        RC_ASSERT(document.keySpan(node) == fresh.keys[node]);
        RC_ASSERT(document.valueSpan(node) == fresh.values[node]);
        for (const yaml::NodeRef child : document.forest().children(node))
            open.push_back(child);
    }
}

void checkAlike(SharedDocuments& peers) {
    for (std::size_t i = 0; i < peers.size(); ++i)
        peers[i].discardDraft();
    peers.settle();
    const std::string& text = peers[0].text();
    for (std::size_t i = 0; i < peers.size(); ++i) {
        RC_ASSERT(peers[i].text() == text);
        RC_ASSERT(peers[i].stateHash() == peers[0].stateHash());
        RC_ASSERT(peers.mirrored(i) == text);
        RC_ASSERT(yaml::renderText(peers[i].forest()) == text);
    }
    SavedDocument saved;
    saved.log = peers.order();
    saved.shared = true;
    const auto again = Document::replay(77, std::move(saved), peers.clock());
    RC_ASSERT(bool(again));
    RC_ASSERT((*again)->text() == text);
    RC_ASSERT((*again)->stateHash() == peers[0].stateHash());
}

TEST(Convergence, AllSeeTheSameAndWhatNobodyTouchedStays) {
    EXPECT_TRUE(rc::check([] {
        SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
        SharedDocuments peers(kCrowdText, 2 + random.below(3));
        Crowd crowd(peers, random);
        for (int i = 0; i < 60; ++i) {
            crowd.act();
            for (std::size_t each = 0; each < peers.size(); ++each) {
                RC_ASSERT(peers.mirrored(each) == peers[each].text());
                checkSpans(peers[each]);
            }
        }
        checkAlike(peers);
        RC_ASSERT(peers[0].text().find(kFixed) != std::string::npos);
    }));
}

TEST(Convergence, WhatComesOutTogetherCanBeRead) {
    int unreadable = 0;
    int worlds = 0;
    EXPECT_TRUE(rc::check([&] {
        SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
        SharedDocuments peers(kCrowdText, 2);
        Crowd crowd(peers, random);
        for (int i = 0; i < 30; ++i)
            crowd.act();
        checkAlike(peers);
        ++worlds;
        if (!yaml::parse(peers[0].text()).editable()) {
            ++unreadable;
            if (unreadable < 4)
                std::cout << "---- unreadable\n" << peers[0].text();
        }
    }));
    // What nobody can write together in one form is shown as it is, with its errors marked.
    EXPECT_LE(unreadable * 50, worlds) << unreadable;
}

TEST(Convergence, NoAliasIsWithoutItsAnchor) {
    EXPECT_TRUE(rc::check([] {
        SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
        SharedDocuments peers(kCrowdText, 2 + random.below(2));
        Crowd crowd(peers, random, Habits::Anchors);
        for (int i = 0; i < 60; ++i) {
            crowd.act();
            for (std::size_t each = 0; each < peers.size(); ++each) {
                RC_ASSERT(peers.mirrored(each) == peers[each].text());
                checkSpans(peers[each]);
                const yaml::Tree read = yaml::parse(peers[each].text());
                for (const yaml::Problem& problem : read.problems())
                    if (!peers[each].hasDraft())
                        RC_ASSERT(problem.code != "yaml.undefined-alias");
            }
        }
        checkAlike(peers);
        RC_ASSERT(peers[0].text().find(kFixed) != std::string::npos);
    }));
}

// With anchors, tags, comments and breaks wherever they can stand.
const std::string kOddText =
    "# About.\n"
    "workflow: &w\n"
    "  name: &n\n"
    "    demo   # short\n"
    "  steps:\n"
    "    - &s\n"
    "      name: one\n"
    "      tools: [a, &p\n"
    "b, !!str\n"
    "        c, {k: &q\n"
    "          d, ? e : f}]\n"
    "      ? long\n"
    "      : &r\n"
    "        - x\n"
    "    -\n"
    "      name: two\n"
    "      options: !!map\n"
    "        turns: &t 3\n"
    "      text: &u >-\n"
    "        folded\n"
    "        text\n"
    "    - {name: three, list: [*t,\n"
    "        'quoted\n"
    "         text' # why\n"
    "      ]}\n" +
    std::string(kFixed);

TEST(Convergence, WhatOnePersonDoesLooksTheSameToAll) {
    EXPECT_TRUE(rc::check([] {
        SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
        SharedDocuments peers(kOddText, 1);
        Crowd crowd(peers, random, Habits::Anchors, 1);
        for (std::uint64_t i = 0; i < 25; ++i) {
            crowd.act();
            peers[0].discardDraft();
            peers.send(0);
            peers.join(20 + i);
            RC_ASSERT(peers[peers.size() - 1].text() == peers[0].text());
        }
    }));
}

}  // namespace
}  // namespace pe::document
