// SPDX-License-Identifier: MIT
#include "pe/document/document.hpp"

#include <gtest/gtest.h>

#include "pe/crdt/change.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {
namespace {

constexpr std::uint64_t kReplica = 7;

constexpr const char* kReview =
    "# Head of the file.\n"
    "\n"
    "workflow:\n"
    "  name: review   # short\n"
    "  steps:\n"
    "    # Plans the work.\n"
    "    - name: plan\n"
    "      type: claude\n"
    "      prompt:\n"
    "        - type: static\n"
    "          content: |\n"
    "            Read the files.\n"
    "              \n"
    "            List the risks.\n"
    "\n"
    "    # Writes it down.\n"
    "    - name: write\n"
    "      type: gemini\n"
    "      prompt:\n"
    "        - type: previous_response\n"
    "          step: plan\n"
    "        - type: static\n"
    "          content: \"Use {{steps.plan.result}} as it is\"\n";

class DocumentTest : public ::testing::Test {
protected:
    std::unique_ptr<Document> open(std::string text) {
        return Document::open(kReplica, std::move(text), clock_);
    }

    static yaml::NodeRef at(const Document& document, const std::string& pointer) {
        const auto node = yaml::resolve(document.forest(), pointer);
        EXPECT_TRUE(node) << pointer;
        return node.value_or(yaml::kNoNode);
    }

    static std::string replaced(std::string text, const std::string& from, const std::string& to) {
        text.replace(text.find(from), from.size(), to);
        return text;
    }

    // Replays the patches of every change on the text as it was: views do no more.
    void mirror(Document& document) {
        mirrored_ = document.text();
        subscription_ = document.changed.connect([this](const ChangeSet& changes) {
            for (const TextPatch& patch : changes.patches)
                mirrored_.replace(patch.offset, patch.removed, patch.inserted);
        });
    }

    FakeClock clock_;
    std::string mirrored_;
    Subscription subscription_;
};

TEST_F(DocumentTest, OpensAndShowsTheSameBytes) {
    const auto document = open(kReview);
    EXPECT_FALSE(document->hasDraft());
    EXPECT_EQ(document->text(), kReview);
}

TEST_F(DocumentTest, ComesBackFromItsLog) {
    const auto document = open(kReview);
    ASSERT_TRUE(document->execute(
        {SetValue{at(*document, "/workflow/name"), yaml::Value::ofString("audit")}, {}, 0}));
    const auto log = document->log();
    auto again = Document::replay(kReplica, log, 1, std::nullopt, clock_);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ((*again)->text(), document->text());
    EXPECT_EQ((*again)->stateHash(), document->stateHash());
}

TEST_F(DocumentTest, WhatOpensComesBackFromItsLogHoweverLargeAValueIs) {
    for (const std::size_t size : {std::size_t{1000}, std::size_t{1} << 20, std::size_t{2} << 20}) {
        const std::string text = "a: '" + std::string(size, 'x') + "'\n";
        const auto document = open(text);
        EXPECT_EQ(document->text(), text);
        const auto log = document->log();
        std::optional<std::string> draft;
        if (document->hasDraft())
            draft = document->text();
        const auto again = Document::replay(kReplica, log, log.size(), draft, clock_);
        ASSERT_TRUE(again) << size << ": " << again.error().message;
        EXPECT_EQ((*again)->text(), text);
    }
}

TEST_F(DocumentTest, WhatOpensComesBackFromItsLogHoweverManyEntriesItHas) {
    std::string text;
    for (std::size_t i = 0; i <= crdt::Limits::kOperations; ++i)
        text += "-\n";
    const auto document = open(text);
    EXPECT_EQ(document->text(), text);
    const auto log = document->log();
    std::optional<std::string> draft;
    if (document->hasDraft())
        draft = document->text();
    const auto again = Document::replay(kReplica, log, log.size(), draft, clock_);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ((*again)->text(), text);
}

TEST_F(DocumentTest, WhatKeepsATextFromBeingTheDocumentIsTold) {
    EXPECT_EQ(open("a: 1\n")->obstacle(), std::nullopt);
    EXPECT_EQ(obstacleText(*open("a: 1\n")), "");
    const auto broken = open("a: 1\nb: 'x\n");
    ASSERT_TRUE(broken->obstacle());
    EXPECT_EQ(broken->obstacle()->message, broken->problems().front().message);
    EXPECT_EQ(obstacleText(*broken).substr(0, 6), "line 2");

    const std::string line(70, 'x');
    std::string block = "a: 1\nb: |\n";
    while (block.size() <= 2 * crdt::Limits::kInitialElements)
        block += "  " + line + "\n";
    for (const std::string& text :
         {block, "a: 1\nb: '" + std::string(crdt::Limits::kValueBytes, 'x') + "'\n"}) {
        const auto large = open(text);
        ASSERT_TRUE(large->obstacle());
        EXPECT_TRUE(large->problems().empty());
        EXPECT_EQ(obstacleText(*large),
                  "line 2, column 4: This entry is larger than 1 MiB, so the file can be edited as "
                  "text only; move a long text into a file of its own.");
        const auto refused = large->execute({Remove{0}, {}, 0});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().message, large->obstacle()->message);
        // It is told as long as it is so.
        ASSERT_TRUE(large->replaceText(5, text.size() - 5, "b: 2\n", 1));
        EXPECT_EQ(large->obstacle(), std::nullopt);
    }
}

TEST_F(DocumentTest, ALongTextThatIsPastedComesBackFromTheLog) {
    const auto document = open("p: |\n  x\n  y\nq: 1\n");
    std::string pasted;
    for (int i = 0; i < 40'000; ++i)
        pasted += "  some words " + std::to_string(i) + "\n";
    ASSERT_TRUE(document->replaceText(9, 0, pasted, 1));
    ASSERT_FALSE(document->hasDraft());
    ASSERT_TRUE(document->replaceText(9, pasted.size(), "", 1));
    ASSERT_TRUE(document->execute(
        {SetValue{at(*document, "/p"), yaml::Value::ofString(std::string(200'000, 'z') + "\n")},
         {},
         0}));
    const auto log = document->log();
    const auto again = Document::replay(kReplica, log, log.size(), std::nullopt, clock_);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ((*again)->text(), document->text());
}

TEST_F(DocumentTest, ATextThatEndedTheFileKeepsItsLinesWhenAFieldFollows) {
    const auto document = open("a: 1\np: |\n  x");
    ASSERT_TRUE(
        document->execute({SetField{at(*document, ""), "b", yaml::Value::ofInteger("2")}, {}, 0}))
        << document->text();
    EXPECT_TRUE(document->text().starts_with("a: 1\np: |\n  x\nb: 2")) << document->text();
}

TEST_F(DocumentTest, ACommentBelowAnEmptiedDocumentKeepsItsLine) {
    const auto emptied = open("a: |+\n  x\n\n#no");
    ASSERT_TRUE(emptied->execute({Remove{at(*emptied, "/a")}, {}, 0}));
    EXPECT_EQ(emptied->text(), "{}\n#no");
    ASSERT_TRUE(emptied->execute(
        {SetField{at(*emptied, ""), "b", yaml::Value::ofString(" blank")}, {}, 0}));
    EXPECT_EQ(emptied->text(), "b: \" blank\"\n#no");
}

TEST_F(DocumentTest, NamesBehindQuotedKeysAreNamesOfSteps) {
    const auto document = open("{\"steps\": [{\"name\": \"one\"}]}\n");
    ASSERT_TRUE(document->execute({Duplicate{at(*document, "/steps/0")}, {}, 0}));
    EXPECT_EQ(document->text(), "{\"steps\": [{\"name\": \"one\"}, {\"name\": \"one_2\"}]}\n");
    EXPECT_FALSE(document->execute({RenameStep{at(*document, "/steps/1"), "one"}, {}, 0}));
}

TEST_F(DocumentTest, SettingAScalarChangesItsLineOnly) {
    const auto document = open(kReview);
    mirror(*document);
    ASSERT_TRUE(document->execute(
        {SetValue{at(*document, "/workflow/name"), yaml::Value::ofString("audit")}, {}, 0}));
    EXPECT_EQ(document->text(), replaced(kReview, "name: review", "name: audit"));
    EXPECT_EQ(mirrored_, document->text());
}

TEST_F(DocumentTest, SplicingABlockTextKeepsItsOddWhiteLines) {
    const auto document = open(kReview);
    mirror(*document);
    const auto node = at(*document, "/workflow/steps/0/prompt/0/content");
    ASSERT_TRUE(document->execute({SpliceText{node, 5, 3, "all"}, {}, 0}));
    EXPECT_EQ(document->text(), replaced(kReview, "Read the files", "Read all files"));
    EXPECT_EQ(mirrored_, document->text());
}

TEST_F(DocumentTest, MovingAStepTakesItsCommentAlong) {
    const auto document = open(kReview);
    mirror(*document);
    const auto steps = at(*document, "/workflow/steps");
    ASSERT_TRUE(document->execute(
        {Move{at(*document, "/workflow/steps/1"), steps, yaml::kNoNode, std::nullopt}, {}, 0}));
    const std::string& text = document->text();
    EXPECT_LT(text.find("# Writes it down."), text.find("- name: write"));
    EXPECT_LT(text.find("- name: write"), text.find("# Plans the work."));
    EXPECT_EQ(mirrored_, text);
}

TEST_F(DocumentTest, AnEditThatChangesNothingLeavesNoTrace) {
    const auto document = open(kReview);
    const auto plan = at(*document, "/workflow/steps/0");
    const auto steps = at(*document, "/workflow/steps");
    const auto name = at(*document, "/workflow/name");
    const auto content = at(*document, "/workflow/steps/0/prompt/0/content");
    const auto review = yaml::Value::ofString("review");
    const std::vector<Command> commands{
        {SetValue{name, review}, {}, 0},
        {SetField{at(*document, "/workflow"), "name", review}, {}, 0},
        {Move{plan, steps, yaml::kNoNode, std::nullopt}, {}, 0},
        {Move{at(*document, "/workflow/steps/1"), steps, plan, std::nullopt}, {}, 0},
        {RenameKey{name, "name"}, {}, 0},
        {RenameStep{plan, yaml::scalarText(document->forest(),
                                           yaml::child(document->forest(), plan, "name"))},
         {},
         0},
        {SpliceText{content, 0, 4, "Read"}, {}, 0},
        {Batch{{{SetValue{name, review}, {}, 0}, {SpliceText{content, 2, 0, ""}, {}, 0}}}, {}, 0}};
    int told = 0;
    const auto changes = document->changed.connect([&](const ChangeSet&) { ++told; });
    const auto journal = document->committed.connect([&](const std::string&) { ++told; });
    const std::size_t size = document->log().size();
    const std::uint64_t version = document->version();
    for (std::size_t i = 0; i < commands.size(); ++i) {
        ASSERT_TRUE(document->execute(commands[i])) << i;
        EXPECT_EQ(told, 0) << i;
    }
    ASSERT_TRUE(document->replaceText(3, 5, document->text().substr(3, 5), 1));
    ASSERT_TRUE(document->replaceText(0, document->text().size(), kReview, 1));
    EXPECT_EQ(told, 0);
    EXPECT_EQ(document->version(), version);
    EXPECT_EQ(document->log().size(), size);
    EXPECT_FALSE(document->canUndo());
    EXPECT_EQ(document->text(), kReview);
}

TEST_F(DocumentTest, UndoAndRedoGoThroughEveryState) {
    const auto document = open(kReview);
    std::vector<std::string> states{document->text()};
    const auto run = [&](Command command) {
        clock_.advance(5000);
        ASSERT_TRUE(document->execute(command));
        states.push_back(document->text());
    };
    run({SetValue{at(*document, "/workflow/name"), yaml::Value::ofString("audit")}, {}, 0});
    run({Remove{at(*document, "/workflow/steps/0")}, {}, 0});
    run({SetField{at(*document, "/workflow"), "version", yaml::Value::ofString("2.0")}, {}, 0});
    run({Duplicate{at(*document, "/workflow/steps/0")}, {}, 0});
    mirror(*document);
    for (std::size_t i = states.size() - 1; i-- > 0;) {
        ASSERT_TRUE(document->undo());
        EXPECT_EQ(document->text(), states[i]);
        EXPECT_EQ(mirrored_, states[i]);
    }
    EXPECT_FALSE(document->canUndo());
    for (std::size_t i = 1; i < states.size(); ++i) {
        ASSERT_TRUE(document->redo());
        EXPECT_EQ(document->text(), states[i]);
    }
    EXPECT_FALSE(document->canRedo());
}

TEST_F(DocumentTest, ARefusedCommandLeavesNoTrace) {
    const auto document = open("a: &x 1\nb: *x\n");
    const auto before = document->version();
    EXPECT_FALSE(document->execute({Remove{at(*document, "/a")}, {}, 0}));
    EXPECT_EQ(document->text(), "a: &x 1\nb: *x\n");
    EXPECT_EQ(document->version(), before);
    EXPECT_FALSE(document->canUndo());
}

TEST_F(DocumentTest, ABatchIsOneStepAndAllOrNothing) {
    const auto document = open("a: 1\nb: 2\ngone: 3\n");
    const auto gone = at(*document, "/gone");
    ASSERT_TRUE(document->execute({Remove{gone}, {}, 0}));
    Batch batch;
    batch.commands.push_back({SetValue{at(*document, "/a"), yaml::Value::ofInteger("3")}, {}, 0});
    batch.commands.push_back({SetValue{gone, yaml::Value::ofInteger("3")}, {}, 0});
    EXPECT_FALSE(document->execute({batch, {}, 0}));
    EXPECT_EQ(document->text(), "a: 1\nb: 2\n");
    batch.commands.back() = {RenameKey{at(*document, "/b"), "c"}, {}, 0};
    ASSERT_TRUE(document->execute({batch, {}, 0}));
    EXPECT_EQ(document->text(), "a: 3\nc: 2\n");
    ASSERT_TRUE(document->undo());
    EXPECT_EQ(document->text(), "a: 1\nb: 2\n");
}

TEST_F(DocumentTest, TypingInsideAStepKeepsTheIdentityOfEveryEntry) {
    const auto document = open(kReview);
    mirror(*document);
    const auto step = at(*document, "/workflow/steps/1");
    const std::size_t place = document->text().find("gemini");
    ASSERT_TRUE(document->replaceText(place, 6, "claude", 3));
    EXPECT_EQ(document->text(), replaced(kReview, "gemini", "claude"));
    EXPECT_EQ(at(*document, "/workflow/steps/1"), step);
    EXPECT_EQ(yaml::scalarText(document->forest(), at(*document, "/workflow/steps/1/type")),
              "claude");
    EXPECT_EQ(mirrored_, document->text());
    ASSERT_TRUE(document->undo());
    EXPECT_EQ(document->text(), kReview);
}

TEST_F(DocumentTest, TypingANewStepLineByLineEndsInTheTree) {
    const auto document = open(kReview);
    mirror(*document);
    const std::string added = "    - name: third\n      type: claude\n";
    for (std::size_t i = 0; i < added.size(); ++i) {
        ASSERT_TRUE(document->replaceText(document->text().size(), 0, added.substr(i, 1), 3));
        ASSERT_EQ(mirrored_, document->text());
    }
    EXPECT_FALSE(document->hasDraft());
    EXPECT_EQ(yaml::scalarText(document->forest(), at(*document, "/workflow/steps/2/name")),
              "third");
    EXPECT_EQ(document->text(), kReview + added);
}

TEST_F(DocumentTest, BrokenTextIsADraftUntilItParses) {
    const auto document = open(kReview);
    mirror(*document);
    std::optional<std::string> draft;
    const auto drafts = document->draftChanged.connect(
        [&](const std::optional<std::string>& each) { draft = each; });
    const std::size_t place = document->text().find("gemini");
    ASSERT_TRUE(document->replaceText(place, 0, "\"", 3));
    EXPECT_TRUE(document->hasDraft());
    EXPECT_EQ(draft, document->text());
    EXPECT_FALSE(document->problems().empty());
    EXPECT_FALSE(document->execute({Remove{1}, {}, 0}));
    ASSERT_TRUE(document->replaceText(place + 7, 0, "\"", 3));
    EXPECT_FALSE(document->hasDraft());
    EXPECT_EQ(draft, std::nullopt);
    EXPECT_EQ(document->text(), replaced(kReview, "gemini", "\"gemini\""));
    EXPECT_EQ(mirrored_, document->text());
}

TEST_F(DocumentTest, ADiscardedDraftShowsTheDocumentAgain) {
    const auto document = open(kReview);
    mirror(*document);
    ASSERT_TRUE(document->replaceText(0, 0, "[", 3));
    ASSERT_TRUE(document->hasDraft());
    document->discardDraft();
    EXPECT_FALSE(document->hasDraft());
    EXPECT_EQ(document->text(), kReview);
    EXPECT_EQ(mirrored_, kReview);
}

TEST_F(DocumentTest, UndoInADraftTakesBackTyping) {
    const auto document = open(kReview);
    ASSERT_TRUE(document->replaceText(0, 0, "[", 3));
    clock_.advance(2000);
    ASSERT_TRUE(document->replaceText(1, 0, "[", 3));
    ASSERT_TRUE(document->undo());
    EXPECT_EQ(document->text(), std::string("[") + kReview);
    ASSERT_TRUE(document->undo());
    EXPECT_EQ(document->text(), kReview);
    EXPECT_FALSE(document->hasDraft());
}

TEST_F(DocumentTest, TypingThatGoesOnInADraftIsOneStep) {
    const auto document = open("a: 1\n");
    const auto type = [&](std::size_t at, const char* text) {
        for (const char* each = text; *each != '\0'; ++each)
            ASSERT_TRUE(document->replaceText(at++, 0, std::string(1, *each), 3));
    };
    type(3, "\"");
    ASSERT_TRUE(document->hasDraft());
    type(5, " more words");
    clock_.advance(2000);
    type(16, " and more");
    clock_.advance(2000);
    // Taking back goes on as well.
    for (std::size_t end = 25; end > 21; --end)
        ASSERT_TRUE(document->replaceText(end - 1, 1, "", 3));
    EXPECT_EQ(document->text(), "a: \"1 more words and \n");
    for (const char* before :
         {"a: \"1 more words and more\n", "a: \"1 more words\n", "a: \"1\n", "a: 1\n"}) {
        ASSERT_TRUE(document->undo());
        EXPECT_EQ(document->text(), before);
    }
    EXPECT_FALSE(document->hasDraft());
    for (const char* after : {"a: \"1\n", "a: \"1 more words\n"}) {
        ASSERT_TRUE(document->redo());
        EXPECT_EQ(document->text(), after);
    }
    // What is typed behind an undo is a step of its own.
    type(16, "!");
    ASSERT_TRUE(document->undo());
    EXPECT_EQ(document->text(), "a: \"1 more words\n");
}

TEST_F(DocumentTest, RedoLeadsBackIntoADraftThatUndoLeft) {
    const auto document = open("a: 1\nb: 2\n");
    ASSERT_TRUE(document->execute({Remove{at(*document, "/b")}, {}, 0}));
    ASSERT_TRUE(document->replaceText(3, 0, "\"", 3));
    ASSERT_TRUE(document->undo());
    ASSERT_TRUE(document->undo());
    EXPECT_EQ(document->text(), "a: 1\nb: 2\n");
    ASSERT_TRUE(document->redo());
    EXPECT_EQ(document->redoLabel(), "Edit text");
    ASSERT_TRUE(document->redo());
    EXPECT_EQ(document->text(), "a: \"1\n");
    EXPECT_TRUE(document->hasDraft());
    EXPECT_FALSE(document->canRedo());
    ASSERT_TRUE(document->undo());
    ASSERT_TRUE(
        document->execute({SetValue{at(*document, "/a"), yaml::Value::ofInteger("3")}, {}, 0}));
    EXPECT_FALSE(document->canRedo());
}

TEST_F(DocumentTest, AFileThatIsBrokenCanBeMendedAndUnmended) {
    const auto document = open("a: \"x\nb: 1\n");
    EXPECT_TRUE(document->hasDraft());
    ASSERT_TRUE(document->replaceText(5, 0, "\"", 3));
    EXPECT_FALSE(document->hasDraft());
    EXPECT_EQ(document->text(), "a: \"x\"\nb: 1\n");
    ASSERT_TRUE(document->undo());
    EXPECT_TRUE(document->hasDraft());
    EXPECT_EQ(document->text(), "a: \"x\nb: 1\n");
    ASSERT_TRUE(document->redo());
    EXPECT_EQ(document->text(), "a: \"x\"\nb: 1\n");
    EXPECT_FALSE(document->hasDraft());
}

TEST_F(DocumentTest, UndoGoesBackThroughEveryKeystrokeOfATextThatNeverParsed) {
    const auto document = open("a: \"x\n");
    ASSERT_TRUE(document->replaceText(4, 0, "y", 3));
    ASSERT_TRUE(document->replaceText(6, 0, "\"", 3));
    EXPECT_FALSE(document->hasDraft());
    ASSERT_TRUE(document->undo());
    EXPECT_EQ(document->text(), "a: \"yx\n");
    ASSERT_TRUE(document->undo());
    EXPECT_EQ(document->text(), "a: \"x\n");
    EXPECT_FALSE(document->canUndo());
    ASSERT_TRUE(document->redo());
    ASSERT_TRUE(document->redo());
    EXPECT_EQ(document->text(), "a: \"yx\"\n");
    EXPECT_FALSE(document->hasDraft());
}

TEST_F(DocumentTest, DeletingATextThatNeverParsedCanBeUndone) {
    const auto document = open("a: \"x\n");
    ASSERT_TRUE(document->replaceText(0, 6, "", 3));
    EXPECT_FALSE(document->hasDraft());
    ASSERT_TRUE(document->undo());
    EXPECT_EQ(document->text(), "a: \"x\n");
    EXPECT_TRUE(document->hasDraft());
}

TEST_F(DocumentTest, UndoLeadsFromTheFirstTextBackToNone) {
    const auto document = open("");
    ASSERT_TRUE(document->replaceText(0, 0, ": ", 3));
    ASSERT_TRUE(document->replaceText(1, 1, "\nb", 3));
    ASSERT_TRUE(document->replaceText(1, 0, "x", 3));
    ASSERT_FALSE(document->hasDraft());
    while (document->canUndo())
        ASSERT_TRUE(document->undo());
    EXPECT_EQ(document->text(), "");
    EXPECT_FALSE(document->hasDraft());
}

TEST_F(DocumentTest, ADiscardedDraftOfAFileOfCommentsShowsTheComments) {
    const auto document = open("# only\n");
    ASSERT_TRUE(document->replaceText(7, 0, "\"", 3));
    ASSERT_TRUE(document->hasDraft());
    document->discardDraft();
    EXPECT_FALSE(document->hasDraft());
    EXPECT_EQ(document->text(), "# only\n");
}

TEST_F(DocumentTest, RenamingAStepRenamesItsReferences) {
    const auto document = open(kReview);
    ASSERT_TRUE(
        document->execute({RenameStep{at(*document, "/workflow/steps/0"), "outline"}, {}, 0}));
    const std::string& text = document->text();
    EXPECT_NE(text.find("- name: outline"), std::string::npos);
    EXPECT_NE(text.find("step: outline"), std::string::npos);
    EXPECT_NE(text.find("{{steps.outline.result}}"), std::string::npos);
    EXPECT_NE(text.find("# Plans the work."), std::string::npos);
    EXPECT_FALSE(
        document->execute({RenameStep{at(*document, "/workflow/steps/0"), "write"}, {}, 0}));
}

TEST_F(DocumentTest, AChangeOnDiskMergesWithUnsavedEdits) {
    const auto document = open(kReview);
    mirror(*document);
    document->markSynced();
    const auto step = at(*document, "/workflow/steps/0");
    ASSERT_TRUE(document->execute(
        {SetValue{at(*document, "/workflow/name"), yaml::Value::ofString("audit")}, {}, 0}));
    const std::string theirs = replaced(replaced(kReview, "List the risks.", "List all risks."),
                                        "type: gemini", "type: claude");
    ASSERT_TRUE(document->mergeDisk(theirs));
    EXPECT_EQ(document->text(), replaced(theirs, "name: review", "name: audit"));
    EXPECT_EQ(at(*document, "/workflow/steps/0"), step);
    EXPECT_EQ(mirrored_, document->text());
    // A second change outside starts from what the disk has, not from our unsaved text.
    const std::string more = replaced(theirs, "Head of the file", "Top of the file");
    ASSERT_TRUE(document->mergeDisk(more));
    EXPECT_EQ(document->text(), replaced(more, "name: review", "name: audit"));
}

TEST_F(DocumentTest, ABrokenFileOnDiskDoesNotReplaceUnsavedEdits) {
    const auto document = open(kReview);
    document->markSynced();
    ASSERT_TRUE(document->execute(
        {SetValue{at(*document, "/workflow/name"), yaml::Value::ofString("audit")}, {}, 0}));
    const std::string mine = document->text();
    EXPECT_FALSE(document->mergeDisk("a: \"x\n"));
    EXPECT_EQ(document->text(), mine);
}

TEST_F(DocumentTest, FindsTheEntryUnderTheCursor) {
    const auto document = open(kReview);
    const std::size_t place = document->text().find("previous_response");
    EXPECT_EQ(document->nodeAt(place), at(*document, "/workflow/steps/1/prompt/0/type"));
    const auto name = at(*document, "/workflow/name");
    const yaml::Span value = document->valueSpan(name);
    EXPECT_EQ(document->text().substr(value.begin, value.end - value.begin), "review");
}

TEST_F(DocumentTest, NoEditIsTakenWhileAChangeIsShown) {
    const auto document = open(kReview);
    Result<void> inside;
    const auto nested = document->changed.connect(
        [&](const ChangeSet&) { inside = document->replaceText(0, 0, "x", 1); });
    ASSERT_TRUE(document->replaceText(2, 4, "Top", 3));
    EXPECT_FALSE(inside);
    EXPECT_EQ(document->text(), replaced(kReview, "Head", "Top"));
}

TEST(DocumentCorpus, EveryFileComesBackByteForByte) {
    const auto files = testing::corpusFiles();
    if (files.empty())
        GTEST_SKIP() << "no shared corpus beside this checkout";
    FakeClock clock;
    for (const auto& file : files) {
        const std::string bytes = testing::readFile(file);
        const auto document = Document::open(kReplica, bytes, clock);
        EXPECT_EQ(document->text(), bytes) << file;
        std::optional<std::string> draft;
        if (document->hasDraft())
            draft = document->text();
        const auto log = document->log();
        auto again = Document::replay(kReplica, log, log.size(), draft, clock);
        ASSERT_TRUE(again) << file << again.error().message;
        EXPECT_EQ((*again)->text(), bytes) << file;
    }
}

}  // namespace
}  // namespace pe::document
