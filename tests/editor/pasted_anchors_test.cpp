// SPDX-License-Identifier: MIT
#include "pasted_anchors.hpp"

#include <QClipboard>
#include <QSignalSpy>

#include "pe/yaml/tree.hpp"
#include "window_fixture.hpp"

namespace pe::editor {
namespace {

constexpr const char* kShared = R"(workflow:
  name: shared
  steps:
    # about one
    - &base
      name: one   # its name
      type: claude
      options: &o [a, b]   # in brackets
      prompt:
        # inside
        - {type: static, content: "hi"}
    - name: two
      type: claude
      options: *o
      prompt: []
)";

std::string freed(const std::string& text, const std::set<std::string>& taken = {}) {
    const auto result = withFreeAnchors(text, taken);
    return result ? result->text : result.error().message;
}

TEST(PastedAnchors, OnesThatNobodyUsesGo) {
    EXPECT_EQ(freed("- &a\n  name: x\n  type: y\n"), "- name: x\n  type: y\n");
    EXPECT_EQ(freed("- name: &a x # c\n"), "- name: x # c\n");
    EXPECT_EQ(freed("- name: x\n  options: &a\n    b: 1\n"), "- name: x\n  options:\n    b: 1\n");
    EXPECT_EQ(freed("- name: &a !!str 1\n"), "- name: !!str 1\n");
    EXPECT_EQ(freed("- &a\n  # c\n  name: x\n"), "-\n  # c\n  name: x\n");
    EXPECT_EQ(freed("- name: x\n  list: [&a 1, &b 2]  # c\n"), "- name: x\n  list: [1, 2]  # c\n");
}

TEST(PastedAnchors, OnesThatAreUsedGetNamesThatAreFree) {
    const std::string text = "- name: &a x\n  other: *a\n";
    EXPECT_EQ(freed(text), text);
    EXPECT_EQ(freed(text, {"a", "a_2"}), "- name: &a_3 x\n  other: *a_3\n");
}

TEST(PastedAnchors, AnAliasOfNothingIsRefusedWithItsName) {
    EXPECT_NE(freed("- name: *gone\n").find("`*gone`"), std::string::npos);
    const auto known = withFreeAnchors("- name: *o\n", {"o"});
    ASSERT_TRUE(known);
    EXPECT_TRUE(known->anchored);
    EXPECT_EQ(known->outside, std::vector<std::string>{"o"});
}

TEST(PastedAnchors, AllAnchorsOfAFileAreKnown) {
    const yaml::Tree tree = yaml::parse("a: &x 1\nb: [&y 2, !t &z {c: *x}]\n");
    EXPECT_EQ(anchorsOf(tree), (std::set<std::string>{"x", "y", "z"}));
}

class PasteTest : public WindowTest {
protected:
    static void copyAndPaste(FileView& view, const std::string& from, const std::string& after) {
        view.select(at(view, from));
        view.copySelected();
        view.select(at(view, after));
        view.paste();
    }
};

TEST_F(PasteTest, AStepWithAnchorsKeepsItsCommentsAndItsBrackets) {
    FileView& view = openFile("a.yaml", kShared);
    copyAndPaste(view, "/workflow/steps/0", "/workflow/steps/1");
    const std::string& text = view.session().document().text();
    EXPECT_EQ(text, std::string(kShared) +
                        "    # about one\n    - name: one_2   # its name\n      type: claude\n"
                        "      options: [a, b]   # in brackets\n      prompt:\n"
                        "        # inside\n        - {type: static, content: \"hi\"}\n");
    view.undo();
    EXPECT_EQ(text, kShared);
}

TEST_F(PasteTest, AStepWithAnAliasIsPastedBelowItsAnchor) {
    FileView& view = openFile("a.yaml", kShared);
    copyAndPaste(view, "/workflow/steps/1", "/workflow/steps/1");
    const std::string& text = view.session().document().text();
    EXPECT_EQ(text, std::string(kShared) +
                        "    - name: two_2\n      type: claude\n      options: *o\n"
                        "      prompt: []\n");
    EXPECT_EQ(view.selection().current(), at(view, "/workflow/steps/2"));
    view.undo();
    EXPECT_EQ(text, kShared);
}

TEST_F(PasteTest, AnAliasInAnotherFileIsRefusedAndNothingHappens) {
    FileView& from = openFile("a.yaml", kShared);
    from.select(at(from, "/workflow/steps/1"));
    from.copySelected();
    FileView& view = openFile("b.yaml");
    QSignalSpy refused(&view, &FileView::refused);
    view.paste();
    ASSERT_EQ(refused.count(), 1);
    EXPECT_TRUE(refused.front().front().toString().contains(QStringLiteral("&o")));
    EXPECT_EQ(view.session().document().text(), kTour);
}

}  // namespace
}  // namespace pe::editor
