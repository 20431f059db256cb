// SPDX-License-Identifier: MIT
// Commands that lead to a place which is not written yet.
#include <gtest/gtest.h>

#include "pe/base/clock.hpp"
#include "pe/document/document.hpp"
#include "pe/yaml/pointer.hpp"

namespace pe::document {
namespace {

constexpr const char* kText =
    "steps:\n  # one\n  - name: a   # first\n  - name: b\n  - name: box\n    body:\n";

class CommandPath : public ::testing::Test {
protected:
    yaml::NodeRef at(const char* pointer) {
        const auto node = yaml::resolve(document_->forest(), pointer);
        EXPECT_TRUE(node) << pointer;
        return node ? *node : yaml::kNoNode;
    }

    SystemClock clock_;
    std::unique_ptr<Document> document_ = Document::open(7, kText, clock_);
};

TEST_F(CommandPath, AMoveMakesTheListItLeadsToAndKeepsTheEntry) {
    const yaml::NodeRef moved = at("/steps/0");
    ASSERT_TRUE(document_->execute(
        {Move{moved, at("/steps/1"), yaml::kNoNode, std::nullopt, {"inner", "steps"}}, {}, 0}));
    EXPECT_EQ(document_->text(),
              "steps:\n  - name: b\n    inner:\n      steps:\n        # one\n"
              "        - name: a   # first\n  - name: box\n    body:\n");
    EXPECT_EQ(at("/steps/0/inner/steps/0"), moved);
    ASSERT_TRUE(document_->undo());
    EXPECT_EQ(document_->text(), kText);
}

TEST_F(CommandPath, AnEmptyValueOnTheWayBecomesTheList) {
    ASSERT_TRUE(document_->execute(
        {Move{at("/steps/0"), at("/steps/2"), yaml::kNoNode, std::nullopt, {"body"}}, {}, 0}));
    EXPECT_EQ(document_->text(),
              "steps:\n  - name: b\n  - name: box\n    body:\n      # one\n"
              "      - name: a   # first\n");
}

TEST_F(CommandPath, EmptyBracketsOnTheWayAreOpened) {
    document_ =
        Document::open(7, "steps:\n  - name: a   # first\n  - name: b\n    box: {}\n", clock_);
    ASSERT_TRUE(document_->execute(
        {Move{at("/steps/0"), at("/steps/1"), yaml::kNoNode, std::nullopt, {"box", "steps"}},
         {},
         0}));
    EXPECT_EQ(document_->text(),
              "steps:\n  - name: b\n    box:\n      steps:\n        - name: a   # first\n");
}

TEST_F(CommandPath, AMoveBelowItselfIsRefusedAndChangesNothing) {
    EXPECT_FALSE(document_->execute(
        {Move{at("/steps/0"), at("/steps/0"), yaml::kNoNode, std::nullopt, {"x"}}, {}, 0}));
    EXPECT_EQ(document_->text(), kText);
}

TEST_F(CommandPath, TextIsInsertedAsItIsWritten) {
    ASSERT_TRUE(document_->execute(
        {InsertText{at("/steps/2"), yaml::kNoNode, "# two\n- name: 'c'   # third\n", {"body"}},
         {},
         0}));
    EXPECT_EQ(document_->text(), std::string(kText) + "      # two\n      - name: 'c'   # third\n");
    ASSERT_TRUE(document_->undo());
    EXPECT_EQ(document_->text(), kText);
}

}  // namespace
}  // namespace pe::document
