// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "command_test.hpp"
#include "pe/yaml/value.hpp"

namespace pe::cli {
namespace {

constexpr const char* kDeploy =
    "{\"title\": \"Deploy\", \"description\": \"d\", \"type\": \"object\","
    " \"allOf\": [{\"$ref\": \"../common.json\"}], \"properties\": {\"type\": {\"const\": "
    "\"deploy\"}}, \"x-category\": \"Team\", \"x-skeleton\": {\"type\": \"deploy\"}}";

class SchemaCommand : public CommandTest {};

TEST_F(SchemaCommand, PrintsOneSchemaThatRefersToNothingOutside) {
    ASSERT_EQ(run({"schema"}), 0) << err_;
    const auto schema = yaml::fromJson(out_);
    ASSERT_TRUE(schema);
    EXPECT_EQ(schema->find("$schema")->text, "https://json-schema.org/draft/2020-12/schema");
    for (std::size_t at = out_.find("\"$ref\""); at != std::string::npos;
         at = out_.find("\"$ref\"", at + 1))
        EXPECT_EQ(out_.compare(at, 11, "\"$ref\": \"#/"), 0) << out_.substr(at, 60);
}

TEST_F(SchemaCommand, PrintsTheSchemaOfOneStepType) {
    ASSERT_EQ(run({"schema", "--step-type", "claude"}), 0);
    EXPECT_EQ(yaml::fromJson(out_)->find("$ref")->text, "#/$defs/steps-claude");
    EXPECT_NE(run({"schema", "--step-type", "nope"}), 0);
    EXPECT_TRUE(out_.empty());
    EXPECT_NE(err_.find("nope"), std::string::npos);
}

TEST_F(SchemaCommand, TakesTheStepTypesOfATeam) {
    ASSERT_TRUE(files_.createFolders("/team"));
    ASSERT_TRUE(files_.writeAtomically("/team/deploy.json", kDeploy));
    ASSERT_EQ(run({"schema", "--plugins", "/team", "--step-type", "deploy"}), 0) << err_;
    EXPECT_EQ(yaml::fromJson(out_)->find("title")->text, "Deploy");
    ASSERT_TRUE(files_.writeAtomically("/team/broken.json", "{}"));
    EXPECT_NE(run({"schema", "--plugins", "/team"}), 0);
    EXPECT_NE(err_.find("broken.json"), std::string::npos);
}

TEST_F(SchemaCommand, FindsTheFolderAboveAFile) {
    ASSERT_TRUE(files_.createFolders("/p/.pipeline-steps"));
    ASSERT_TRUE(files_.writeAtomically("/p/.pipeline-steps/deploy.json", kDeploy));
    EXPECT_EQ(run({"schema", "--step-type", "deploy", "/p/q/a.yaml"}), 0) << err_;
    EXPECT_NE(run({"schema", "--step-type", "deploy", "/other/a.yaml"}), 0);
}

TEST_F(SchemaCommand, AFolderThatIsNotThereIsSaid) {
    EXPECT_NE(run({"schema", "--plugins", "/nowhere"}), 0);
    EXPECT_NE(err_.find("/nowhere"), std::string::npos);
}

}  // namespace
}  // namespace pe::cli
