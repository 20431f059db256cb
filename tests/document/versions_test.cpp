// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "pe/document/document.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::document {
namespace {

constexpr std::uint64_t kReplica = 7;

class Versions : public ::testing::Test {
protected:
    void set(const std::string& value) {
        clock_.advance(5000);
        const auto node = yaml::resolve(document_->forest(), "/a");
        ASSERT_TRUE(document_->execute({SetValue{*node, yaml::Value::ofString(value)}, {}, 0}));
        texts_.push_back(document_->text());
    }

    std::unique_ptr<Document> restarted() {
        SavedDocument saved;
        saved.log = document_->log();
        saved.synced = 1;
        saved.undo = document_->undoState();
        if (document_->hasDraft())
            saved.draft = document_->text();
        auto again = Document::replay(kReplica, std::move(saved), clock_);
        EXPECT_TRUE(again) << again.error().message;
        return std::move(*again);
    }

    FakeClock clock_;
    std::unique_ptr<Document> document_ = Document::open(kReplica, "a: one\nb: |\n  x\n", clock_);
    std::vector<std::string> texts_{document_->text()};
};

TEST_F(Versions, EveryVersionCanBeRead) {
    for (int i = 0; i < 20; ++i)
        set("value " + std::to_string(i));
    const auto revisions = document_->revisions();
    ASSERT_EQ(revisions.size(), texts_.size());
    EXPECT_EQ(revisions.front().origin, RevisionOrigin::Import);
    EXPECT_EQ(revisions.back().label, "Change value");
    for (std::size_t i = 0; i < texts_.size(); ++i) {
        const auto text = document_->textAt(revisions[i].position);
        ASSERT_TRUE(text);
        EXPECT_EQ(*text, texts_[i]);
    }
    EXPECT_FALSE(document_->textAt(1000));
}

TEST_F(Versions, AVersionComesBackAsANewStep) {
    set("two");
    set("three");
    ASSERT_TRUE(document_->restore(2));
    EXPECT_EQ(document_->text(), texts_[1]);
    ASSERT_TRUE(document_->undo());
    EXPECT_EQ(document_->text(), texts_[2]);
}

TEST_F(Versions, AnotherTextIsOneNamedStepThatKeepsWhoStays) {
    const auto kept = yaml::resolve(document_->forest(), "/b");
    ASSERT_TRUE(document_->rewrite("new: 1\nb: |\n  x\n", "Extract a"));
    EXPECT_EQ(document_->text(), "new: 1\nb: |\n  x\n");
    EXPECT_TRUE(yaml::resolve(document_->forest(), "/b") == *kept);
    EXPECT_EQ(document_->undoLabel(), "Extract a");
    ASSERT_TRUE(document_->undo());
    EXPECT_EQ(document_->text(), texts_[0]);
}

TEST_F(Versions, ATextWithErrorsTakesNobodysPlace) {
    EXPECT_EQ(document_->rewrite("a: \"b\n", "Extract a").error().code, ErrorCode::Refused);
    EXPECT_EQ(document_->text(), texts_[0]);
    EXPECT_FALSE(document_->canUndo());
}

TEST_F(Versions, UndoAndRedoGoOnAfterARestart) {
    set("two");
    set("three");
    set("four");
    ASSERT_TRUE(document_->undo());
    const auto again = restarted();
    EXPECT_EQ(again->history().size(), 3U);
    ASSERT_TRUE(again->redo());
    EXPECT_EQ(again->text(), texts_[3]);
    for (std::size_t i = 3; i-- > 0;) {
        ASSERT_TRUE(again->undo());
        EXPECT_EQ(again->text(), texts_[i]);
    }
    EXPECT_FALSE(again->canUndo());
}

TEST_F(Versions, TheWayBackThroughADraftSurvivesARestart) {
    set("two");
    ASSERT_TRUE(document_->replaceText(3, 0, "\"", 1));
    clock_.advance(2000);
    ASSERT_TRUE(document_->replaceText(4, 0, "x", 1));
    ASSERT_TRUE(document_->hasDraft());
    const auto again = restarted();
    ASSERT_TRUE(again->undo());
    EXPECT_TRUE(again->hasDraft());
    ASSERT_TRUE(again->undo());
    EXPECT_FALSE(again->hasDraft());
    ASSERT_TRUE(again->undo());
    EXPECT_EQ(again->text(), texts_[0]);
}

TEST_F(Versions, DamagedUndoStateIsForgottenAndNothingElse) {
    set("two");
    const std::string state = document_->undoState();
    for (std::size_t i = 0; i < state.size(); ++i) {
        SavedDocument saved;
        saved.log = document_->log();
        saved.undo = state;
        saved.undo[i] = static_cast<char>(saved.undo[i] ^ 0x41);
        const auto again = Document::replay(kReplica, std::move(saved), clock_);
        ASSERT_TRUE(again);
        EXPECT_EQ((*again)->text(), document_->text());
        if ((*again)->canUndo())
            (void)(*again)->undo();
    }
}

}  // namespace
}  // namespace pe::document
