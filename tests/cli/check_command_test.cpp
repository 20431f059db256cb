// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "command_test.hpp"
#include "pe/testing/temp_folder.hpp"

namespace pe::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using Json = nlohmann::json;

const std::string kGood =
    "workflow:\n  name: good\n  steps:\n    - name: a\n      type: claude\n"
    "      prompt: [{type: static, content: hi}]\n";
// Two findings with safe fixes of two kinds, and one without.
const std::string kBad =
    "workflow:\n  name: bad\n  steps:\n    - name: a\n      type: claude\n"
    "      prompt: hello\n      claude_option: {max_turns: 1}\n    - name: b\n"
    "      type: cloud\n";

constexpr const char* kDeploy =
    "{\"title\": \"Deploy\", \"description\": \"d\", \"type\": \"object\","
    " \"allOf\": [{\"$ref\": \"../common.json\"}], \"required\": [\"server\"], \"properties\": "
    "{\"type\": {\"const\": \"deploy\"}, \"server\": {\"title\": \"Server\", \"description\": "
    "\"d\","
    " \"type\": \"string\", \"enum\": [\"blue\", \"green\"], \"x-kind\": \"choice\"}},"
    " \"x-category\": \"Team\", \"x-skeleton\": {\"type\": \"deploy\"}}";

class CheckCommand : public CommandTest {
protected:
    CheckCommand() : CommandTest("check") {}
    void SetUp() override {
        put("good.yaml", kGood);
        put("bad.yaml", kBad);
    }
    std::set<std::string> codes(const std::string& file) {
        run({"--format", "json", file});
        std::set<std::string> found;
        const Json json = Json::parse(out_);
        for (const Json& each : json.at("files").at(0).at("diagnostics"))
            found.insert(each.at("code").get<std::string>());
        return found;
    }
};

TEST_F(CheckCommand, SaysNothingOfAGoodFileAndTheStatusOfTheWorst) {
    EXPECT_EQ(run({"good.yaml"}), 0);
    EXPECT_EQ(out_, "");
    EXPECT_EQ(run({"good.yaml", "bad.yaml"}), 1);
    EXPECT_THAT(out_, HasSubstr("bad.yaml:6:15: error: "));
    EXPECT_EQ(run({"good.yaml", "absent.yaml"}), 3);
    EXPECT_EQ(run({"--format", "xml", "good.yaml"}), 2);
    EXPECT_EQ(run({"--dry-run", "good.yaml"}), 2);
    EXPECT_EQ(run({"--fix=no.such", "good.yaml"}), 2);
}

TEST_F(CheckCommand, FilesComeFromAListWhateverItsLineEnds) {
    put("list", "good.yaml\r\n\nbad.yaml\n");
    EXPECT_EQ(run({"--files-from", "list", "--format", "json"}), 1);
    EXPECT_EQ(Json::parse(out_).at("files").size(), 2u);
    EXPECT_EQ(run({"--files-from", "-", "--format", "json"}, "bad.yaml"), 1);
    EXPECT_EQ(Json::parse(out_).at("files").at(0).at("file"), "bad.yaml");
    EXPECT_EQ(run({"--files-from", "-"}, ""), 0);
    EXPECT_EQ(run({"-"}, kBad), 1);
}

// Files are looked at in any order by several threads, and shown as one by one.
TEST_F(CheckCommand, ManyFilesAreShownInTheOrderGiven) {
    std::string expected;
    std::vector<std::string> paths;
    for (int i = 0; i < 700; ++i) {
        const std::string path = "many/" + std::to_string(i) + ".yaml";
        if (i % 7 != 0)
            put(path, i % 3 == 0 ? kBad : kGood);
        paths.push_back(path);
        run({path});
        expected += out_;
    }
    threads_ = 4;
    EXPECT_EQ(run(paths), 3);
    EXPECT_EQ(out_, expected);
    std::size_t absent = 0;
    for (std::size_t at = err_.find("does not exist"); at != std::string::npos;
         at = err_.find("does not exist", at + 1))
        ++absent;
    EXPECT_EQ(absent, 100u);
}

TEST_F(CheckCommand, StepTypesOfATeamCountForTheFilesBelow) {
    const std::string deploy =
        "workflow:\n  name: d\n  steps:\n    - name: a\n      type: deploy\n      server: blue\n";
    ASSERT_TRUE(files_.createFolders("/p/.pipeline-steps"));
    files_.edit("/p/.pipeline-steps/deploy.json", kDeploy);
    put("/p/q/in.yaml", deploy);
    put("/p/q/wrong.yaml", deploy.substr(0, deploy.find("blue")) + "bleu\n");
    put("/other/out.yaml", deploy);
    EXPECT_EQ(codes("/p/q/in.yaml"), (std::set<std::string>{}));
    EXPECT_EQ(codes("/p/q/wrong.yaml"), (std::set<std::string>{"field.choice"}));
    EXPECT_EQ(codes("/other/out.yaml"), (std::set<std::string>{"type.unknown"}));
    EXPECT_EQ(run({"--plugins", "/p/.pipeline-steps", "/other/out.yaml"}), 0) << out_;
}

TEST_F(CheckCommand, AFolderOfStepTypesThatCannotBeUsedIsNamed) {
    ASSERT_TRUE(files_.createFolders("/p/.pipeline-steps"));
    files_.edit("/p/.pipeline-steps/deploy.json", "[]");
    put("/p/a.yaml", kGood);
    EXPECT_EQ(run({"/p/a.yaml"}), 3);
    EXPECT_THAT(err_, HasSubstr("/p/.pipeline-steps/deploy.json"));
    EXPECT_EQ(run({"--plugins", "/nowhere", "good.yaml"}), 3);
    EXPECT_THAT(err_, HasSubstr("/nowhere"));
}

TEST_F(CheckCommand, FixesOfSomeRulesOnly) {
    ASSERT_EQ(run({"--fix=prompt.text", "bad.yaml"}), 1);
    const std::string fixed = files_.read("bad.yaml")->bytes;
    EXPECT_THAT(fixed, HasSubstr("        - type: static\n          content: hello\n"));
    EXPECT_THAT(fixed, HasSubstr("claude_option:"));
    ASSERT_EQ(run({"--fix=field.*", "bad.yaml"}), 1);
    EXPECT_THAT(files_.read("bad.yaml")->bytes, HasSubstr("claude_options:"));
    EXPECT_THAT(files_.read("bad.yaml")->bytes, HasSubstr("type: cloud"));
}

TEST_F(CheckCommand, ADryRunPrintsADiffThatPatchTakes) {
    if (std::system("patch --version > /dev/null 2>&1") != 0)
        GTEST_SKIP() << "there is no patch on this machine";
    put("noend.yaml", kBad.substr(0, kBad.size() - 1));
    ASSERT_EQ(run({"--fix", "--dry-run", "bad.yaml", "noend.yaml"}), 1);
    EXPECT_EQ(files_.read("bad.yaml")->bytes, kBad) << "a dry run writes nothing";
    const testing::TempFolder folder;
    const auto write = [&](const std::string& name, const std::string& bytes) {
        std::ofstream(folder.path() / name, std::ios::binary) << bytes;
    };
    const std::string patch = out_;
    for (const char* name : {"bad.yaml", "noend.yaml"})
        write(name, files_.read(name)->bytes);
    write("fix.patch", patch);
    const std::string command = "cd '" + folder.path().string() + "' && patch -s -p1 < fix.patch";
    ASSERT_EQ(std::system(command.c_str()), 0) << patch;
    ASSERT_EQ(run({"--fix", "bad.yaml", "noend.yaml"}), 1);
    for (const char* name : {"bad.yaml", "noend.yaml"}) {
        std::ifstream in(folder.path() / name, std::ios::binary);
        const std::string patched{std::istreambuf_iterator<char>(in), {}};
        EXPECT_EQ(patched, files_.read(name)->bytes) << name;
    }
}

// What SARIF 2.1.0 demands of the parts that are written.
void expectSarif(const Json& sarif) {
    EXPECT_EQ(sarif.at("version"), "2.1.0");
    EXPECT_THAT(sarif.at("$schema").get<std::string>(), HasSubstr("sarif"));
    ASSERT_EQ(sarif.at("runs").size(), 1u);
    const Json& run = sarif.at("runs").at(0);
    const Json& driver = run.at("tool").at("driver");
    EXPECT_EQ(driver.at("name"), "pipeline");
    EXPECT_THAT((std::set<std::string>{"utf16CodeUnits", "unicodeCodePoints"}),
                ::testing::Contains(run.at("columnKind").get<std::string>()));
    const std::set<std::string> levels{"none", "note", "warning", "error"};
    std::set<std::string> rules;
    for (const Json& rule : driver.at("rules")) {
        EXPECT_TRUE(rules.insert(rule.at("id").get<std::string>()).second) << rule;
        EXPECT_FALSE(rule.at("shortDescription").at("text").get<std::string>().empty());
        EXPECT_EQ(levels.count(rule.at("defaultConfiguration").at("level")), 1u);
    }
    for (const Json& result : run.at("results")) {
        EXPECT_EQ(rules.count(result.at("ruleId")), 1u) << result;
        EXPECT_EQ(levels.count(result.at("level")), 1u);
        EXPECT_FALSE(result.at("message").at("text").get<std::string>().empty());
        const Json& place = result.at("locations").at(0).at("physicalLocation");
        const auto uri = place.at("artifactLocation").at("uri").get<std::string>();
        EXPECT_EQ(uri.find_first_of(" \\\"<>^`{|}"), std::string::npos) << uri;
        const Json& region = place.at("region");
        const auto at = [&](const char* key) { return region.at(key).get<int>(); };
        EXPECT_GE(at("startLine"), 1);
        EXPECT_GE(at("startColumn"), 1);
        EXPECT_TRUE(at("endLine") > at("startLine") ||
                    (at("endLine") == at("startLine") && at("endColumn") >= at("startColumn")));
    }
}

TEST_F(CheckCommand, ADiffNamesFilesAsGitTakesThem) {
    const auto header = [&](const std::string& path) {
        put(path, kBad);
        EXPECT_EQ(run({"--fix", "--dry-run", path}), 1) << err_;
        return out_.substr(0, out_.find('\n'));
    };
    EXPECT_EQ(header("./sub/x.yaml"), "--- a/sub/x.yaml");
    const auto here = std::filesystem::current_path();
    EXPECT_EQ(header((here / "deep/y.yaml").string()), "--- a/deep/y.yaml");
    EXPECT_EQ(header("a\tb.yaml"), R"(--- "a/a\tb.yaml")");
    // A file that is listed twice is one file.
    EXPECT_EQ(run({"--fix", "--dry-run", "sub/x.yaml", "sub/x.yaml"}), 1);
    EXPECT_EQ(out_.find("--- ", 4), std::string::npos) << out_;
}

TEST_F(CheckCommand, AFileThatCannotBeFixedIsNamed) {
    put("a.yaml", kBad + "    - name: \"open\n");
    EXPECT_EQ(run({"--fix", "a.yaml"}), 1);
    EXPECT_NE(err_.find("a.yaml: nothing was fixed"), std::string::npos) << err_;
    put("b.yaml", "workflow: {name: \"open\n");
    EXPECT_EQ(run({"--fix", "b.yaml"}), 1);
    EXPECT_EQ(err_, "") << "nothing there has a fix";
}

TEST_F(CheckCommand, AFormatDoesNotGoWithADryRun) {
    put("a.yaml", kBad);
    EXPECT_EQ(run({"--fix", "--dry-run", "--format", "json", "a.yaml"}), 2);
}

TEST_F(CheckCommand, ANameThatIsNoUtf8IsShownAsUtf8) {
    put("bad\xff.yaml", kBad);
    EXPECT_EQ(run({"--format", "json", "bad\xff.yaml"}), 1);
    EXPECT_NE(out_.find("\"file\":\"bad\uFFFD.yaml\""), std::string::npos) << out_;
}

TEST_F(CheckCommand, SarifIsWhatTheStandardDemands) {
    put("a file.yaml", kBad);
    put("/abs/ö.yaml", kBad);
    EXPECT_EQ(run({"--format", "sarif", "bad.yaml", "a file.yaml", "/abs/ö.yaml"}), 1);
    const Json sarif = Json::parse(out_);
    expectSarif(sarif);
    EXPECT_GE(sarif.at("runs").at(0).at("results").size(), 9u);
    EXPECT_EQ(run({"--format", "sarif", "good.yaml"}), 0);
    expectSarif(Json::parse(out_));
    EXPECT_TRUE(Json::parse(out_).at("runs").at(0).at("results").empty());
    EXPECT_EQ(run({"--format", "sarif", "absent.yaml"}), 3);
    expectSarif(Json::parse(out_));
}

TEST_F(CheckCommand, SeveritiesOfTheTeamDecideWhatIsShown) {
    put("/p/.pipeline-check.json", "{\"rules\": {\"prompt.text\": \"off\", \"type.*\": \"hint\"}}");
    put("/p/bad.yaml", kBad);
    EXPECT_EQ(codes("/p/bad.yaml"), (std::set<std::string>{"field.unknown"}));
    put("/p/.pipeline-check.json", "{\"rules\": {\"prompt.txt\": \"off\"}}");
    EXPECT_EQ(run({"/p/bad.yaml"}), 3);
    EXPECT_THAT(err_, HasSubstr("prompt.text"));
}

TEST_F(CheckCommand, AFileOutsideOfTheProjectMayBeAbsentToo) {
    put("/p/mix.exs", "");
    put("/t/there.md", "hi");
    const auto asking = [](const std::string& path) {
        return "workflow:\n  name: x\n  steps:\n    - name: a\n      type: claude\n"
               "      prompt: [{type: file, path: " +
               path + "}]\n";
    };
    put("/p/a.yaml", asking("/t/there.md"));
    put("/p/b.yaml", asking("/t/gone.md"));
    EXPECT_EQ(codes("/p/a.yaml"), (std::set<std::string>{"file.outside"}));
    EXPECT_EQ(codes("/p/b.yaml"), (std::set<std::string>{"file.missing"}));
}

TEST_F(CheckCommand, HintsAreShownOnRequest) {
    put("loop.yaml", kGood +
                         "    - name: l\n      type: for_loop\n      iterator: i\n"
                         "      data_source: a:items\n      steps: []\n");
    run({"loop.yaml"});
    EXPECT_THAT(out_, Not(HasSubstr("enhanced.type")));
    run({"--severity", "hint", "loop.yaml"});
    EXPECT_THAT(out_, HasSubstr("enhanced.type"));
}

}  // namespace
}  // namespace pe::cli
