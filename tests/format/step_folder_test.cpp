// SPDX-License-Identifier: MIT
#include "pe/format/step_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include <map>
#include <nlohmann/json.hpp>

#include "pe/format/schemas.hpp"
#include "pe/testing/team_types.hpp"

namespace pe::format {
namespace {

using ::testing::HasSubstr;

const std::string& kDeploy = testing::shortTeamTypeSchema();
class MemoryFolders {
public:
    std::map<std::string, std::map<std::string, std::string>> folders;

    FolderReader reader() {
        FolderReader reader;
        reader.list = [this](const std::string& folder) -> Result<std::vector<std::string>> {
            const auto found = folders.find(folder);
            if (found == folders.end())
                return fail(ErrorCode::NotFound, "No folder.");
            std::vector<std::string> names;
            for (const auto& [name, bytes] : found->second)
                names.push_back(name);
            return names;
        };
        reader.read = [this](const std::string& path) -> Result<std::string> {
            const std::size_t slash = path.rfind('/');
            return folders.at(path.substr(0, slash)).at(path.substr(slash + 1));
        };
        return reader;
    }
};

TEST(StepFolder, AddsTypesToTheCatalogue) {
    MemoryFolders disk;
    disk.folders["/p/.pipeline-steps"] = {{"deploy.json", kDeploy}, {"README.md", "about"}};
    const auto catalogue = catalogueFor("/p/pipelines/a.yaml", "", disk.reader());
    ASSERT_TRUE(catalogue) << catalogue.error().message;
    const StepType* type = catalogue->find("deploy");
    ASSERT_NE(type, nullptr);
    EXPECT_EQ(type->results.at(0).path, "url");
    ASSERT_NE(catalogue->field("deploy", "server"), nullptr);
    EXPECT_TRUE(catalogue->field("deploy", "server")->required);
    EXPECT_NE(catalogue->find("claude"), nullptr);
}

TEST(StepFolder, TheNearestUpwardsCountsAndANamedOneFirst) {
    MemoryFolders disk;
    disk.folders["/p/.pipeline-steps"] = {};
    disk.folders["/p/q/.pipeline-steps"] = {};
    EXPECT_EQ(stepFolderFor("/p/q/r/a.yaml", disk.reader()), "/p/q/.pipeline-steps");
    EXPECT_EQ(stepFolderFor("/p/x/a.yaml", disk.reader()), "/p/.pipeline-steps");
    EXPECT_EQ(stepFolderFor("/a.yaml", disk.reader()), "");
    disk.folders["/team"] = {{"deploy.json", kDeploy}};
    EXPECT_NE(catalogueFor("/p/a.yaml", "/team", disk.reader())->find("deploy"), nullptr);
}

TEST(StepFolder, WithoutOneTheBuiltInTypesRemain) {
    MemoryFolders disk;
    EXPECT_EQ(schemasFor("/p/a.yaml", "", disk.reader())->size(), builtInSchemas().size());
}

TEST(StepFolder, SaysWhichFileIsWrong) {
    EXPECT_EQ(schemasWith({{"deploy.json", "{"}}).error().where, "deploy.json");
    EXPECT_EQ(schemasWith({{"claude.json", kDeploy}}).error().code, ErrorCode::Conflict);
    MemoryFolders disk;
    disk.folders["/p/.pipeline-steps"] = {{"deploy.json", "{\"title\": \"x\"}"}};
    EXPECT_THAT(catalogueFor("/p/a.yaml", "", disk.reader()).error().message,
                HasSubstr("deploy.json"));
}

TEST(StepFolder, TheBundleKnowsTheType) {
    const auto files = schemasWith({{"deploy.json", kDeploy}});
    ASSERT_TRUE(files);
    const auto bundle = bundledSchema(*files);
    ASSERT_TRUE(bundle);
    const auto json = nlohmann::json::parse(*bundle);
    EXPECT_THAT(json["$defs"]["step"]["properties"]["type"]["enum"], ::testing::Contains("deploy"));
    const auto& branches = json["$defs"]["step"]["allOf"];
    EXPECT_TRUE(std::any_of(branches.begin(), branches.end(), [](const auto& each) {
        return each.contains("then") && each["then"]["$ref"] == "#/$defs/steps-deploy";
    }));
    EXPECT_TRUE(bundledSchema(*files, "deploy"));
}

TEST(Catalogue, KnowsWhatAResultHolds) {
    const auto& results = Catalogue::builtIn().find("claude")->results;
    ASSERT_FALSE(results.empty());
    EXPECT_EQ(results.front().path, "text");
}

TEST(Catalogue, KnowsWhichValuesAPartOfAResultHas) {
    const auto partOf = [](const char* type, std::string_view path) {
        const auto& results = Catalogue::builtIn().find(type)->results;
        return *std::find_if(results.begin(), results.end(),
                             [&](const ResultField& each) { return each.path == path; });
    };
    const ResultField met = partOf("while_loop", "condition_met");
    EXPECT_THAT(met.values, ::testing::ElementsAre("false"));
    EXPECT_TRUE(met.mayLack);
    const ResultField scope = partOf("set_variable", "scope");
    EXPECT_THAT(scope.values, ::testing::ElementsAre("global", "session", "loop"));
    EXPECT_EQ(scope.field, "scope");
    EXPECT_FALSE(partOf("claude_smart", "success").mayLack);
    EXPECT_EQ(partOf("file_ops", "files").items, ResultKind::Text);
    EXPECT_EQ(partOf("for_loop", "iterations").kind, ResultKind::MappingList);
    EXPECT_TRUE(partOf("claude", "text").values.empty());
}

}  // namespace
}  // namespace pe::format
