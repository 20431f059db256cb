// SPDX-License-Identifier: MIT
#include "pe/cli/program.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "command_test.hpp"
#include "pe/yaml/value.hpp"

namespace pe::cli {
namespace {

constexpr const char* kText =
    "# Head.\nworkflow:\n  name: a   # note\n  steps:\n    - name: one\n      type: claude\n"
    "      turns: 3\n      prompt:\n        - type: static\n          content: |\n            "
    "Hello\n"
    "    - name: two\n      type: gemini\n      prompt:\n        - type: previous_response\n"
    "          step: one\n";

class ProgramTest : public CommandTest {
protected:
    void SetUp() override { put("p.yaml", kText); }
};

TEST_F(ProgramTest, HelpGoesToStandardOutputAndWrongUsageDoesNot) {
    EXPECT_EQ(run({"--help"}), 0);
    EXPECT_NE(out_.find("edit"), std::string::npos);
    EXPECT_EQ(run({"edit", "--help"}), 0);
    EXPECT_NE(out_.find("--script"), std::string::npos);
    EXPECT_EQ(run({}), 2);
    EXPECT_TRUE(out_.empty());
    EXPECT_EQ(run({"frobnicate"}), 2);
    EXPECT_EQ(run({"render", "--nope", "p.yaml"}), 2);
    EXPECT_NE(err_.find("--nope"), std::string::npos);
    EXPECT_EQ(run({"value"}), 2);
}

TEST_F(ProgramTest, ValueIsOneJsonObjectALine) {
    put("broken.yaml", "a: \"x\n");
    EXPECT_EQ(run({"value", "p.yaml", "broken.yaml"}), 1);
    std::istringstream lines(out_);
    std::string line;
    ASSERT_TRUE(std::getline(lines, line));
    const auto first = yaml::fromJson(line);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->find("file")->text, "p.yaml");
    EXPECT_EQ(first->find("value")->find("workflow")->find("name")->text, "a");
    ASSERT_TRUE(std::getline(lines, line));
    const auto second = yaml::fromJson(line);
    ASSERT_TRUE(second);
    EXPECT_TRUE(second->find("parse_error"));
}

TEST_F(ProgramTest, FilesComeFromAListToo) {
    EXPECT_EQ(run({"render", "--files-from", "-"}, "p.yaml\np.yaml\n"), 0);
    EXPECT_EQ(out_, std::string(kText) + kText);
}

TEST_F(ProgramTest, AnUnreadableFileIsStatusThreeAndNamed) {
    EXPECT_EQ(run({"render", "none.yaml"}), 3);
    EXPECT_NE(err_.find("none.yaml"), std::string::npos);
    EXPECT_EQ(run({"edit", "none.yaml", "--set", "/a=b"}), 3);
}

TEST_F(ProgramTest, RenderGivesTheBytesOfAnyFile) {
    for (const std::string bytes : {kText, "", "a: \"x\n", "\xff\xfe\x00",
                                    "\xef\xbb\xbf"
                                    "a: 1\r\n"}) {
        EXPECT_EQ(run({"render", "-"}, bytes), 0);
        EXPECT_EQ(out_, bytes);
    }
}

TEST_F(ProgramTest, SetChangesOneLine) {
    EXPECT_EQ(run({"edit", "p.yaml", "--set", "/workflow/name=b"}), 0);
    EXPECT_EQ(out_, replaced(kText, "name: a   # note", "name: b   # note"));
    EXPECT_EQ(get("p.yaml"), kText);
}

TEST_F(ProgramTest, SetKeepsTheTypeOfTheField) {
    EXPECT_EQ(run({"edit", "p.yaml", "--set", "/workflow/steps/0/turns=5"}), 0);
    EXPECT_EQ(out_, replaced(kText, "turns: 3", "turns: 5"));
    EXPECT_EQ(run({"edit", "p.yaml", "--set", "/workflow/name=true"}), 0);
    EXPECT_EQ(out_, replaced(kText, "name: a ", "name: \"true\" "));
    EXPECT_EQ(run({"edit", "p.yaml", "--set", "/workflow/version=2.0"}), 0);
    EXPECT_NE(out_.find("version: 2.0\n"), std::string::npos);
}

TEST_F(ProgramTest, AScriptSeesTheResultOfEachEdit) {
    put("s.json",
        R"([{"op":"insert","path":"/workflow/steps/1","value":{"name":"mid","type":"claude"}},)"
        R"({"op":"set","path":"/workflow/steps/1/name","value":"middle"},)"
        R"({"op":"move","path":"/workflow/steps/0","to":"/workflow/steps/2"},)"
        R"({"op":"splice","path":"/workflow/steps/2/prompt/0/content","at":0,)"
        R"("delete":5,"insert":"Bye"},)"
        R"({"op":"rename-step","path":"/workflow/steps/2","name":"first"},)"
        R"({"op":"remove","path":"/workflow/steps/0/type"}])");
    EXPECT_EQ(run({"edit", "p.yaml", "--script", "s.json", "--in-place"}), 0) << err_;
    EXPECT_TRUE(out_.empty());
    EXPECT_EQ(
        get("p.yaml"),
        "# Head.\nworkflow:\n  name: a   # note\n  steps:\n    - name: middle\n"
        "    - name: two\n      type: gemini\n      prompt:\n        - type: previous_response\n"
        "          step: first\n"
        "    - name: first\n      type: claude\n      turns: 3\n      prompt:\n"
        "        - type: static\n          content: |\n            Bye\n");
}

TEST_F(ProgramTest, AnAliasGivesWayToACopyOfItsOwn) {
    put("l.yaml", "a: &n\n  # why\n  k: v\nb:\n  c: *n  # here\n");
    put("s.json",
        R"([{"op":"copy-alias","path":"/b/c"},{"op":"set","path":"/b/c/k","value":"w"}])");
    EXPECT_EQ(run({"edit", "l.yaml", "--script", "s.json"}), 0) << err_;
    EXPECT_EQ(out_, "a: &n\n  # why\n  k: v\nb:\n  c:  # here\n    # why\n    k: w\n");
}

TEST_F(ProgramTest, ARenameThatMakesAnotherPlaceMeanTheStepIsRefused) {
    put("r.yaml",
        "workflow:\n  name: w\n  steps:\n    - name: plan\n      type: claude\n"
        "    - name: use\n      type: claude\n      role: '{{steps.draft.x}}'\n");
    put("s.json", R"([{"op":"rename-step","path":"/workflow/steps/0","name":"draft"}])");
    EXPECT_EQ(run({"edit", "r.yaml", "--script", "s.json"}), 4);
    EXPECT_NE(err_.find("/workflow/steps/1/role"), std::string::npos) << err_;
}

TEST_F(ProgramTest, ANameThatADataSourceEndsAtItsColonIsRefused) {
    put("r.yaml",
        "workflow:\n  name: w\n  steps:\n    - name: plan\n      type: data_transform\n"
        "    - name: each\n      type: for_loop\n      data_source: \"plan:items\"\n");
    put("s.json", R"([{"op":"rename-step","path":"/workflow/steps/0","name":"a: b"}])");
    EXPECT_EQ(run({"edit", "r.yaml", "--script", "s.json"}), 4);
    EXPECT_NE(err_.find("/workflow/steps/1/data_source"), std::string::npos) << err_;
    EXPECT_TRUE(out_.empty());
}

TEST_F(ProgramTest, ANameThatHoldsATemplateCanBeRenamed) {
    put("r.yaml",
        "workflow:\n  name: w\n  steps:\n    - name: plan_{{kind}}\n      type: claude\n"
        "      role: '{{steps.other.x}}'\n");
    put("s.json", R"([{"op":"rename-step","path":"/workflow/steps/0","name":"draft"}])");
    EXPECT_EQ(run({"edit", "r.yaml", "--script", "s.json"}), 0) << err_;
}

TEST_F(ProgramTest, AMoveGoesWhereItSaysInWhatIsLeft) {
    put("l.yaml", "a:\n  - one\n  - l: [x]\n  - l: [y]\n");
    put("s.json", R"([{"op":"move","path":"/a/0","to":"/a/1/l/0"}])");
    EXPECT_EQ(run({"edit", "l.yaml", "--script", "s.json"}), 0) << err_;
    EXPECT_EQ(out_, "a:\n  - l: [x]\n  - l: [one, y]\n");
    put("s.json", R"([{"op":"move","path":"/a/1","to":"/a/1/l/0"}])");
    EXPECT_EQ(run({"edit", "l.yaml", "--script", "s.json"}), 4);
    put("s.json", R"([{"op":"move","path":"/a/1","to":"/a/2/l/0"}])");
    EXPECT_EQ(run({"edit", "l.yaml", "--script", "s.json"}), 4);
}

TEST_F(ProgramTest, AnImpossibleEditIsStatusFourAndWritesNothing) {
    put("s.json",
        R"([{"op":"set","path":"/workflow/name","value":"b"},{"op":"remove","path":"/nowhere"}])");
    EXPECT_EQ(run({"edit", "p.yaml", "--script", "s.json", "--in-place"}), 4);
    EXPECT_NE(err_.find("edit 2"), std::string::npos);
    EXPECT_EQ(get("p.yaml"), kText);
}

TEST_F(ProgramTest, EveryEditThatTheTextDoesNotAllowIsStatusFourAndNamesFileAndPlace) {
    for (const char* edit :
         {R"({"op":"splice","path":"/workflow/name","at":9,"delete":0,"insert":"x"})",
          R"({"op":"splice","path":"/workflow/name","at":0,"delete":9,"insert":"x"})",
          R"({"op":"splice","path":"/workflow/steps","at":0,"delete":0,"insert":"x"})",
          R"({"op":"rename-step","path":"/workflow/steps/0","name":""})",
          R"({"op":"rename-step","path":"/workflow/name","name":"x"})",
          R"({"op":"insert","path":"/workflow/steps/01","value":1})"}) {
        put("s.json", "[" + std::string(edit) + "]");
        EXPECT_EQ(run({"edit", "p.yaml", "--script", "s.json"}), 4) << edit;
        EXPECT_NE(err_.find("p.yaml: /workflow/"), std::string::npos) << err_;
        EXPECT_TRUE(out_.empty());
    }
}

TEST_F(ProgramTest, AScriptWithAFieldOfTheWrongTypeIsWrongUsage) {
    for (const char* edit :
         {R"({"op":"splice","path":"/workflow/name","at":0,"delete":0,"insert":5})",
          R"({"op":"insert","path":"/workflow/x","value":1,"after":3})"}) {
        put("s.json", "[" + std::string(edit) + "]");
        EXPECT_EQ(run({"edit", "p.yaml", "--script", "s.json"}), 2) << edit;
    }
}

TEST_F(ProgramTest, ABrokenFileCannotBeEdited) {
    put("broken.yaml", "a: 1\nb: \"x\n");
    EXPECT_EQ(run({"edit", "broken.yaml", "--set", "/a=2"}), 3);
    EXPECT_NE(err_.find("line 2"), std::string::npos);
}

TEST_F(ProgramTest, GraphNamesStepsAndReferencesByPointer) {
    EXPECT_EQ(run({"graph", "p.yaml", "--format", "json"}), 0);
    const auto graph = yaml::fromJson(out_);
    ASSERT_TRUE(graph);
    ASSERT_EQ(graph->find("nodes")->items.size(), 2U);
    EXPECT_EQ(graph->find("nodes")->items[1].find("path")->text, "/workflow/steps/1");
    bool found = false;
    for (const auto& edge : graph->find("edges")->items)
        if (edge.find("kind")->text == "previous_response") {
            found = true;
            EXPECT_EQ(edge.find("from")->text, "/workflow/steps/0");
            EXPECT_EQ(edge.find("to")->text, "/workflow/steps/1");
            EXPECT_EQ(edge.find("at")->text, "/workflow/steps/1/prompt/0/step");
        }
    EXPECT_TRUE(found);
    EXPECT_EQ(run({"graph", "p.yaml", "--format", "pdf"}), 2);
}

TEST_F(ProgramTest, BenchDocumentPrintsItsFigures) {
    EXPECT_EQ(run({"bench", "document", "--steps", "20"}), 0) << err_;
    const auto figures = yaml::fromJson(out_);
    ASSERT_TRUE(figures);
    for (const char* key : {"build_ms", "parse_ms", "render_ms", "encoded_bytes", "bytes_per_step",
                            "load_ms", "edit_us", "update_bytes", "validate_ms"})
        EXPECT_TRUE(figures->find(key) && !figures->find(key)->isNull()) << key;
}

TEST_F(ProgramTest, BenchHistoryPrintsItsFigures) {
    EXPECT_EQ(run({"bench", "history", "--steps", "5", "--edits", "600"}), 0) << err_;
    const auto figures = yaml::fromJson(out_);
    ASSERT_TRUE(figures);
    for (const char* key : {"open_ms", "load_ms", "replay_ms", "revisions_ms", "text_at_max_ms",
                            "undo_ms", "stored_bytes_per_step"})
        EXPECT_TRUE(figures->find(key)) << key;
}

}  // namespace
}  // namespace pe::cli
