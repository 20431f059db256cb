// SPDX-License-Identifier: MIT
#include "findings.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <QSignalSpy>
#include <QtTest/QTest>
#include <fstream>

#include "fix_preview.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/testing/temp_folder.hpp"
#include "pe/yaml/pointer.hpp"
#include "text_changes.hpp"

namespace pe::editor {
namespace {

constexpr const char* kTwoTypos = R"(workflow:
  name: review
  steps:
    - name: collect
      type: claude
      prompt:
        - type: static
          content: Read  # stays
    - name: analyse
      type: claude
      prompt:
        - type: previous_response
          step: colect
    - name: decide
      type: claude
      prompt:
        - type: previous_response
          step: colect
)";

struct Open {
    explicit Open(const std::string& text, const QString& path = {})
        : document(document::Document::open(1, text, clock)),
          findings(*document, format::Catalogue::builtIn(), path) {}

    const check::Diagnostic* find(const std::string& code) const {
        for (const check::Diagnostic& each : findings.all())
            if (each.code == code)
                return &each;
        return nullptr;
    }
    SystemClock clock;
    std::unique_ptr<document::Document> document;
    Findings findings;
};

TEST(Findings, KnowWhatIsWrongFromTheStart) {
    const Open open(kTwoTypos);
    ASSERT_NE(open.find("reference.missing"), nullptr);
    EXPECT_TRUE(open.findings.upToDate());
    EXPECT_EQ(open.findings.count(check::Severity::Error), 2);
}

TEST(Findings, MoveWithTheTextAndWaitForAPauseOfTheTyping) {
    Open open(kTwoTypos);
    QSignalSpy changed(&open.findings, &Findings::changed);
    const std::size_t before = open.find("reference.missing")->begin;
    ASSERT_TRUE(open.document->replaceText(0, 0, "# more\n", 1));
    EXPECT_FALSE(open.findings.upToDate());
    EXPECT_EQ(open.find("reference.missing")->begin, before + 7);
    EXPECT_EQ(changed.count(), 0);
    EXPECT_TRUE(QTest::qWaitFor([&] { return changed.count() == 1; }, 4000));
    EXPECT_TRUE(open.findings.upToDate());
    EXPECT_EQ(open.find("reference.missing")->begin, before + 7);
}

TEST(Findings, AFixIsOneUndoableEditThatTouchesItsLineOnly) {
    Open open(kTwoTypos);
    ASSERT_TRUE(open.findings.apply(*open.find("reference.missing"), 0));
    std::string wanted = kTwoTypos;
    wanted.replace(wanted.find("colect"), 6, "collect");
    EXPECT_EQ(open.document->text(), wanted);
    EXPECT_EQ(open.findings.count(check::Severity::Error), 1);
    ASSERT_TRUE(open.document->undo());
    EXPECT_EQ(open.document->text(), kTwoTypos);
}

TEST(Findings, AFixOfSomethingThatHasGoneIsRefused) {
    Open open(kTwoTypos);
    const check::Diagnostic stale = *open.find("reference.missing");
    const std::size_t at = open.document->text().find("colect");
    ASSERT_TRUE(open.document->replaceText(at, 6, "collect", 1));
    const std::string before = open.document->text();
    EXPECT_FALSE(open.findings.apply(stale, 0));
    EXPECT_EQ(open.document->text(), before);
}

TEST(Findings, AllOfAKindAreFixedInOneUndoableEdit) {
    const std::string step =
        "      type: gemini\n      token_budget:\n"
        "        max_output_tokens: \"5000\"  # enough\n"
        "      prompt:\n        - type: static\n          content: Read\n";
    const std::string text = "workflow:\n  name: review\n  steps:\n    - name: collect\n" + step +
                             "    - name: analyse\n" + step;
    Open open(text);
    ASSERT_EQ(open.findings.safeCount("field.type"), 2);
    std::string wanted = text;
    for (int i = 0; i < 2; ++i)
        wanted.replace(wanted.find("\"5000\""), 6, "5000");
    const auto promised = editsOfAll(open.findings, "field.type");
    EXPECT_EQ(language::applied(text, promised), wanted);
    EXPECT_EQ(open.findings.applyAll("field.type"), 2);
    EXPECT_EQ(open.document->text(), wanted);
    EXPECT_EQ(open.findings.safeCount("field.type"), 0);
    ASSERT_TRUE(open.document->undo());
    EXPECT_EQ(open.document->text(), text);
}

TEST(Findings, DraftsAreCheckedAsTheTextTheyAre) {
    Open open(kTwoTypos);
    ASSERT_TRUE(open.document->replaceText(0, 0, "a: \"b\n", 1));
    ASSERT_TRUE(open.document->hasDraft());
    open.findings.settle();
    EXPECT_GT(open.findings.count(check::Severity::Error), 0);
    open.document->discardDraft();
    open.findings.settle();
    EXPECT_EQ(open.findings.count(check::Severity::Error), 2);
}

TEST(Findings, TheNearestSettingsDecideHowBadAProblemIs) {
    const testing::TempFolder folder;
    const QString path = QString::fromStdString((folder / "a.yaml").string());
    std::ofstream(folder / ".pipeline-check.json") << R"({"rules": {"reference.*": "off"}})";
    Open open(kTwoTypos, path);
    EXPECT_EQ(open.find("reference.missing"), nullptr);
    std::ofstream(folder / ".pipeline-check.json") << "{";
    open.findings.reload();
    EXPECT_NE(open.find("reference.missing"), nullptr);
    EXPECT_FALSE(open.findings.complaint().isEmpty());
}

TEST(Findings, ComingBackChecksAgainOnlyWhereSomethingIsDifferent) {
    const testing::TempFolder folder;
    const QString path = QString::fromStdString((folder / "a.yaml").string());
    Open open(
        "workflow:\n  name: a\n  steps:\n    - name: one\n      type: gemini\n"
        "      prompt:\n        - type: file\n          path: notes.md\n",
        path);
    const auto complaints = [&] {
        const auto& all = open.findings.all();
        return std::count_if(all.begin(), all.end(), [](const check::Diagnostic& each) {
            return each.message.find("notes.md") != std::string::npos;
        });
    };
    EXPECT_GT(complaints(), 0);
    int checks = 0;
    QObject::connect(&open.findings, &Findings::changed, &open.findings, [&] { ++checks; });
    open.findings.reloadIfDifferent();
    EXPECT_EQ(checks, 0);
    std::ofstream(folder / ".git") << "";
    std::ofstream(folder / "notes.md") << "x";
    open.findings.reloadIfDifferent();
    EXPECT_EQ(checks, 1);
    EXPECT_EQ(complaints(), 0);
    std::ofstream(folder / ".pipeline-check.json") << "";
    open.findings.reloadIfDifferent();
    EXPECT_EQ(checks, 2);
    EXPECT_FALSE(open.findings.complaint().isEmpty());
}

std::string listed(const std::vector<check::Diagnostic>& diagnostics) {
    std::string text;
    for (const check::Diagnostic& each : diagnostics)
        text += std::to_string(each.begin) + "-" + std::to_string(each.end) + " " + each.code +
                " " + each.message + "\n";
    return text;
}

TEST(FindingsOverTheCorpus, AreThoseOfTheTextAsACommandReadsIt) {
    const auto files = testing::corpusFiles();
    if (files.empty())
        GTEST_SKIP() << "no corpus beside the checkout";
    for (const auto& file : files) {
        const std::string text = testing::readFile(file);
        const yaml::Tree tree = yaml::parse(text);
        check::Checker checker(format::Catalogue::builtIn(), {}, nullptr);
        const std::string wanted = listed(checker.check(*check::subjectOf(tree)));
        Open open(text);
        open.findings.settle();
        EXPECT_EQ(listed(open.findings.all()), wanted) << file;
    }
}

TEST(Findings, ALargeFileIsShownFirstAndCheckedThen) {
    std::string text = kTwoTypos;
    text += std::string(100'000, '#') + "\n";
    Open open(text);
    EXPECT_FALSE(open.findings.checked());
    EXPECT_FALSE(open.findings.upToDate());
    open.findings.settle();
    EXPECT_TRUE(open.findings.checked());
    EXPECT_EQ(open.findings.count(check::Severity::Error), 2);
}

TEST(FixPreview, SaysWhatTheFixThenDoes) {
    Open open(kTwoTypos);
    const check::Diagnostic about = *open.find("reference.missing");
    const auto edits = editsOfFix(open.findings, about, 0);
    ASSERT_TRUE(edits);
    const auto lines = changedLines(open.document->text(), *edits);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].before, QStringList{QStringLiteral("          step: colect")});
    EXPECT_EQ(lines[0].after, QStringList{QStringLiteral("          step: collect")});
    EXPECT_EQ(open.document->text(), kTwoTypos);
    const std::string promised = language::applied(open.document->text(), *edits);
    ASSERT_TRUE(open.findings.apply(about, 0));
    EXPECT_EQ(open.document->text(), promised);
}

TEST(ChangedLines, PutNeighboursTogetherAndLeaveTheRestOut) {
    const std::string text = "a\nb\nc\nd\ne\n";
    const auto changes = changedLines(text, {{{0, 1}, "x"}, {{2, 3}, "y"}, {{8, 9}, "z"}});
    ASSERT_EQ(changes.size(), 2u);
    EXPECT_EQ(changes[0].before, (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    EXPECT_EQ(changes[0].after, (QStringList{QStringLiteral("x"), QStringLiteral("y")}));
    EXPECT_EQ(changes[1].first, 4);
    EXPECT_EQ(changes[1].above, QStringLiteral("d"));
}

TEST(ChangedLines, LinesThatGoOrComeLeaveTheirNeighboursAlone) {
    const auto gone = changedLines("a\nb\nc\n", {{{2, 4}, ""}});
    ASSERT_EQ(gone.size(), 1u);
    EXPECT_EQ(gone[0].before, QStringList{QStringLiteral("b")});
    EXPECT_TRUE(gone[0].after.isEmpty());
    const auto come = changedLines("a\nc\n", {{{2, 2}, "b\n"}});
    ASSERT_EQ(come.size(), 1u);
    EXPECT_TRUE(come[0].before.isEmpty());
    EXPECT_EQ(come[0].after, QStringList{QStringLiteral("b")});
}

TEST(ChangedLines, OfTwoTextsAreCountedInTheTextBefore) {
    const std::string before = "a\nb\nc\nd\ne\n";
    const auto changes = changedLines(before, std::string("a\nX\nY\nc\nd\n"));
    ASSERT_EQ(changes.size(), 2u);
    EXPECT_EQ(changes[0].first, 1);
    EXPECT_EQ(changes[0].above, QStringLiteral("a"));
    EXPECT_EQ(changes[0].before, QStringList{QStringLiteral("b")});
    EXPECT_EQ(changes[0].after, (QStringList{QStringLiteral("X"), QStringLiteral("Y")}));
    EXPECT_EQ(changes[1].first, 4);
    EXPECT_EQ(changes[1].before, QStringList{QStringLiteral("e")});
    EXPECT_TRUE(changes[1].after.isEmpty());
    EXPECT_TRUE(changedLines(before, before).empty());
}

// A stretch that a patch does not touch holds the same bytes afterwards.
RC_GTEST_PROP(MoveWith, KeepsUntouchedStretchesOnTheirBytes, ()) {
    const auto text = *rc::gen::container<std::string>(20, rc::gen::inRange('a', 'z'));
    auto begin = *rc::gen::inRange<std::size_t>(0, 20);
    auto end = *rc::gen::inRange<std::size_t>(begin + 1, 21);
    const auto at = *rc::gen::inRange<std::size_t>(0, 21);
    const auto removed = *rc::gen::inRange<std::size_t>(0, 21 - at);
    const std::string inserted = *rc::gen::element<std::string>("", "X", "XYZ");
    RC_PRE(at + removed <= begin || at >= end);
    std::string after = text;
    after.replace(at, removed, inserted);
    const std::string held = text.substr(begin, end - begin);
    moveWith({at, removed, inserted}, begin, end);
    RC_ASSERT(after.substr(begin, end - begin) == held);
}

}  // namespace
}  // namespace pe::editor
