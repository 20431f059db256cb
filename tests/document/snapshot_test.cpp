// SPDX-License-Identifier: MIT
// A document that was opened from a snapshot and what came behind it is the document that a replay
// of everything gives; what the snapshot left out is read when it is needed, and not before.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <memory>

#include "crowd.hpp"

namespace pe::document {
namespace {

constexpr std::uint64_t kReplica = 7;

using Log = std::vector<std::string>;

Log part(const Log& log, std::size_t from, std::size_t to) {
    return {log.begin() + static_cast<std::ptrdiff_t>(from),
            log.begin() + static_cast<std::ptrdiff_t>(to)};
}

std::unique_ptr<Document> replayed(std::uint64_t replica, SavedDocument saved, Clock& clock) {
    auto document = Document::replay(replica, std::move(saved), clock);
    RC_ASSERT(bool(document));
    return std::move(*document);
}

// What a journal keeps of a document, without a snapshot.
SavedDocument kept(const Document& document) {
    SavedDocument saved;
    saved.log = document.log();
    saved.pending = document.pendingChanges();
    saved.shared = document.isShared();
    saved.syncMark = document.syncMark();
    saved.undo = document.undoState();
    if (document.hasDraft())
        saved.draft = document.text();
    return saved;
}

// The same with a snapshot of the first `position` changes; `reads` counts how often the others are
// asked for.
SavedDocument keptFrom(const SavedDocument& whole, std::uint64_t replica, std::size_t position,
                       Clock& clock, std::shared_ptr<int> reads) {
    SavedDocument beginning;
    beginning.log = part(whole.log, 0, position);
    beginning.shared = whole.shared;
    SavedDocument saved = whole;
    saved.snapshot = replayed(replica, beginning, clock)->snapshot();
    saved.log = part(whole.log, position, whole.log.size());
    saved.earlier = [log = beginning.log, reads = std::move(reads)]() -> Result<Log> {
        ++*reads;
        return log;
    };
    return saved;
}

std::vector<std::string> conflictsOf(const Document& document) {
    std::vector<std::string> all;
    for (const Conflict& each : document.conflicts()) {
        std::string said = each.id + ' ' + each.pointer + ' ' + each.sentence;
        for (const ConflictVersion& version : each.versions)
            said += ' ' + version.value + (version.own ? '+' : '-') + (version.shown ? '!' : '.');
        all.push_back(std::move(said));
    }
    std::sort(all.begin(), all.end());
    return all;
}

std::vector<std::string> historyOf(const Document& document) {
    std::vector<std::string> all;
    for (const HistoryEntry& each : document.history())
        all.push_back(each.label + ' ' + std::to_string(each.atMs) + (each.undone ? '-' : '+'));
    return all;
}

std::vector<std::string> revisionsOf(const Document& document) {
    std::vector<std::string> all;
    for (const Revision& each : document.revisions())
        all.push_back(std::to_string(each.position) + each.label + each.author +
                      std::to_string(each.atMs) + std::to_string(static_cast<int>(each.origin)) +
                      (each.pending ? "?" : ""));
    return all;
}

void expectSame(Document& quick, Document& whole) {
    RC_ASSERT(quick.text() == whole.text());
    RC_ASSERT(quick.hasDraft() == whole.hasDraft());
    RC_ASSERT(quick.sequence() == whole.sequence());
    RC_ASSERT(quick.stateHash() == whole.stateHash());
    RC_ASSERT(quick.pendingChanges() == whole.pendingChanges());
    RC_ASSERT(conflictsOf(quick) == conflictsOf(whole));
    RC_ASSERT(historyOf(quick) == historyOf(whole));
    RC_ASSERT(quick.snapshot().parts == whole.snapshot().parts);
}

void expectSameHistory(Document& quick, Document& whole, Random& random) {
    RC_ASSERT(revisionsOf(quick) == revisionsOf(whole));
    RC_ASSERT(quick.log() == whole.log());
    const std::size_t count = whole.revisions().size();
    for (int i = 0; i < 3; ++i) {
        const std::size_t position = random.below(count + 1);
        RC_ASSERT(quick.textAt(position).value() == whole.textAt(position).value());
    }
}

// Both go on in the same way, undoing what was done before.
void goOn(Document& quick, Document& whole, const std::string& theirs) {
    for (int i = 0; i < 3 && whole.canUndo(); ++i) {
        const auto undone = quick.undo();
        RC_ASSERT(undone.has_value() == whole.undo().has_value());
        RC_ASSERT(quick.text() == whole.text());
    }
    if (whole.canRedo()) {
        RC_ASSERT(quick.redo().has_value() == whole.redo().has_value());
    }
    RC_ASSERT(quick.text() == whole.text());
    const auto merged = quick.mergeDisk(theirs);
    RC_ASSERT(merged.has_value() == whole.mergeDisk(theirs).has_value());
}

TEST(DocumentSnapshot, WithWhatComesBehindItIsTheSameAsAReplayOfEverything) {
    EXPECT_TRUE(rc::check([] {
        SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
        SharedDocuments peers(kCrowdText, 2 + random.below(2));
        Crowd crowd(peers, random);
        for (int i = 0; i < 50; ++i)
            crowd.act();
        const std::size_t member = random.below(peers.size());
        const std::uint64_t replica = 11 + member;
        const SavedDocument everything = kept(peers[member]);
        const std::size_t position = 1 + random.below(everything.log.size());
        const auto reads = std::make_shared<int>(0);
        const auto saved = keptFrom(everything, replica, position, peers.clock(), reads);
        const auto quick = replayed(replica, saved, peers.clock());
        const auto whole = replayed(replica, everything, peers.clock());
        expectSame(*quick, *whole);
        if (random.below(2) == 0)
            expectSameHistory(*quick, *whole, random);
        goOn(*quick, *whole, std::string(kCrowdText) + "more: 1\n");
        expectSame(*quick, *whole);
        // What the others did meanwhile comes in.
        for (std::size_t i = 0; i < peers.size(); ++i)
            if (i != member)
                peers.send(i);
        const Log news = part(peers.order(), quick->sequence(), peers.order().size());
        const auto taken = quick->receive(news, quick->sequence() + 1);
        RC_ASSERT(taken.has_value() == whole->receive(news, whole->sequence() + 1).has_value());
        expectSame(*quick, *whole);
        expectSameHistory(*quick, *whole, random);
    }));
}

class SavedWithSnapshot : public ::testing::Test {
protected:
    void SetUp() override {
        for (int i = 0; i < 20; ++i)
            set("value " + std::to_string(i));
        document_->markSynced();
    }

    void set(const std::string& value) {
        clock_.advance(5000);
        const auto node = yaml::resolve(document_->forest(), "/a");
        ASSERT_TRUE(document_->execute({SetValue{*node, yaml::Value::ofString(value)}, {}, 0}));
    }

    SavedDocument saved(std::size_t position) {
        return keptFrom(kept(*document_), kReplica, position, clock_, reads_);
    }

    std::unique_ptr<Document> opened(SavedDocument from) {
        auto document = Document::replay(kReplica, std::move(from), clock_);
        EXPECT_TRUE(document) << document.error().message;
        return document ? std::move(*document) : nullptr;
    }

    void expectOurs(Document& document) {
        EXPECT_EQ(document.text(), document_->text());
        EXPECT_EQ(document.stateHash(), document_->stateHash());
        EXPECT_EQ(document.log(), document_->log());
    }

    FakeClock clock_;
    std::shared_ptr<int> reads_ = std::make_shared<int>(0);
    std::unique_ptr<Document> document_ = Document::open(kReplica, "a: one\nb: |\n  x\n", clock_);
};

TEST_F(SavedWithSnapshot, ShowsEditsSavesAndMergesWithoutTheOlderHistory) {
    const auto quick = opened(saved(18));
    const auto node = yaml::resolve(quick->forest(), "/a");
    ASSERT_TRUE(quick->execute({SetValue{*node, yaml::Value::ofString("two")}, {}, 0}));
    ASSERT_TRUE(quick->undo());
    ASSERT_TRUE(quick->mergeDisk(quick->text() + "c: 3\n"));
    quick->markSynced();
    EXPECT_EQ(quick->textAt(20).value(), "a: value 18\nb: |\n  x\n");
    (void)quick->undoState();
    EXPECT_EQ(*reads_, 0);
    EXPECT_EQ(quick->history().size(), 21U);
}

TEST_F(SavedWithSnapshot, ReadsTheOlderHistoryOnceWhenItIsNeeded) {
    const auto quick = opened(saved(18));
    EXPECT_EQ(quick->revisions().size(), 21U);
    EXPECT_EQ(quick->textAt(1).value(), "a: one\nb: |\n  x\n");
    EXPECT_EQ(quick->textAt(5).value(), "a: value 3\nb: |\n  x\n");
    expectOurs(*quick);
    EXPECT_EQ(*reads_, 1);
}

TEST_F(SavedWithSnapshot, WhatWasDoneBeforeItCanBeUndone) {
    for (const std::size_t position : {1U, 10U, 21U}) {
        const auto quick = opened(saved(position));
        for (int i = 0; i < 20; ++i)
            ASSERT_TRUE(quick->undo()) << position << ' ' << i;
        EXPECT_EQ(quick->text(), "a: one\nb: |\n  x\n");
        EXPECT_FALSE(quick->canUndo());
        for (int i = 0; i < 20; ++i)
            ASSERT_TRUE(quick->redo());
        EXPECT_EQ(quick->text(), document_->text());
    }
}

TEST_F(SavedWithSnapshot, ADamagedOneIsLeftOutAndEverythingReplayed) {
    const SavedDocument good = saved(12);
    for (std::size_t which = 0; which < good.snapshot->parts.size(); ++which)
        for (std::size_t i = 0; i < good.snapshot->parts[which].size(); ++i) {
            SavedDocument bad = good;
            bad.snapshot->parts[which][i] ^= 0x21;
            *reads_ = 0;
            const auto document = opened(std::move(bad));
            ASSERT_TRUE(document);
            expectOurs(*document);
            EXPECT_EQ(*reads_, 1) << "part " << which << " byte " << i;
        }
}

TEST_F(SavedWithSnapshot, OneThatDoesNotFitIsLeftOut) {
    const auto others = Document::open(99, "x: 1\ny: 2\n", clock_);
    std::vector<std::function<void(SavedDocument&)>> mistakes{
        [](SavedDocument& bad) { bad.snapshot->parts.pop_back(); },
        [](SavedDocument& bad) { bad.snapshot->parts.clear(); },
        [](SavedDocument& bad) { bad.snapshot->position = 3; },
        [](SavedDocument& bad) { std::swap(bad.snapshot->parts[0], bad.snapshot->parts[1]); },
        [&](SavedDocument& bad) { bad.snapshot = others->snapshot(); },
        [&](SavedDocument& bad) { bad.snapshot = document_->snapshot(); }};
    for (const auto& make : mistakes) {
        SavedDocument bad = saved(12);
        make(bad);
        const auto document = opened(std::move(bad));
        ASSERT_TRUE(document);
        expectOurs(*document);
    }
}

TEST_F(SavedWithSnapshot, HistoryThatCannotBeReadIsSaidAndNothingElseIsLost) {
    SavedDocument from = saved(15);
    auto healthy = std::make_shared<bool>(false);
    from.earlier = [healthy, read = from.earlier]() -> Result<Log> {
        if (!*healthy)
            return fail(ErrorCode::Unwritable, "The disk does not answer.");
        return read();
    };
    const auto quick = opened(std::move(from));
    EXPECT_EQ(quick->text(), document_->text());
    EXPECT_EQ(quick->textAt(3).error().message, "The disk does not answer.");
    EXPECT_EQ(quick->revisions().front().position, 16U);
    EXPECT_EQ(quick->revisions().size(), 6U);
    for (int i = 0; i < 6; ++i)
        ASSERT_TRUE(quick->undo());
    EXPECT_EQ(quick->undo().error().message, "The disk does not answer.");
    EXPECT_TRUE(quick->canUndo());
    *healthy = true;
    EXPECT_TRUE(quick->undo());
    EXPECT_EQ(quick->textAt(3).value(), "a: value 1\nb: |\n  x\n");
    EXPECT_EQ(quick->revisions().size(), 28U);
}

TEST_F(SavedWithSnapshot, AShorterHistoryThanItSaysIsCorrupt) {
    SavedDocument from = saved(15);
    from.earlier = [] { return Result<Log>(Log{}); };
    EXPECT_EQ(opened(std::move(from))->textAt(3).error().code, ErrorCode::Corrupt);
}

TEST_F(SavedWithSnapshot, PartsThatNothingTouchedKeepTheirBytes) {
    std::string text = "list:\n";
    for (int i = 0; i < 500; ++i)
        text += "  - item " + std::to_string(i) + "\n";
    document_ = Document::open(kReplica, text, clock_);
    const DocumentSnapshot before = document_->snapshot();
    const auto node = yaml::resolve(document_->forest(), "/list/250");
    ASSERT_TRUE(document_->execute({SetValue{*node, yaml::Value::ofString("other")}, {}, 0}));
    const DocumentSnapshot after = document_->snapshot();
    ASSERT_EQ(after.parts.size(), before.parts.size());
    ASSERT_GT(after.parts.size(), 6U);
    int changed = 0;
    for (std::size_t i = 1; i < after.parts.size(); ++i)
        changed += after.parts[i] == before.parts[i] ? 0 : 1;
    EXPECT_LE(changed, 2) << "the part of the item, and the one that names the replicas";
}

TEST(DocumentSnapshotOfMany, ARenameAgainstNewReferencesIsListedAfterARestart) {
    SharedDocuments peers(
        "steps:\n"
        "  - name: plan\n"
        "    type: claude\n"
        "  - name: write\n"
        "    prompt:\n"
        "      - content: Go\n",
        2);
    ASSERT_TRUE(peers[0].execute({RenameStep{peers.at(0, "/steps/0"), "outline"}, {}, 0}));
    peers.set(1, "/steps/1/prompt/0/content", "Use {{steps.plan.result}}");
    peers.settle();
    ASSERT_EQ(conflictsOf(peers[1]).size(), 1U);
    const SavedDocument everything = kept(peers[1]);
    const auto whole = Document::replay(12, everything, peers.clock());
    EXPECT_EQ(conflictsOf(**whole), conflictsOf(peers[1]));
    for (std::size_t position = 1; position <= everything.log.size(); ++position) {
        const auto saved =
            keptFrom(everything, 12, position, peers.clock(), std::make_shared<int>(0));
        const auto quick = Document::replay(12, saved, peers.clock());
        EXPECT_EQ(conflictsOf(**quick), conflictsOf(peers[1])) << position;
        ASSERT_TRUE((*quick)->choose((*quick)->conflicts()[0].id, 1));
        EXPECT_NE((*quick)->text().find("{{steps.outline.result}}"), std::string::npos);
    }
}

}  // namespace
}  // namespace pe::document
