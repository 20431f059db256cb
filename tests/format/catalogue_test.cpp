// SPDX-License-Identifier: MIT
#include "pe/format/catalogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "pe/format/schemas.hpp"
#include "pe/testing/corpus.hpp"

namespace pe::format {
namespace {

using ::testing::HasSubstr;

const Catalogue& catalogue() {
    return Catalogue::builtIn();
}

double luminance(const std::string& color) {
    const auto channel = [&](int at) {
        const double value = std::stoi(color.substr(at, 2), nullptr, 16) / 255.0;
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

double contrast(const std::string& a, const std::string& b) {
    const double light = std::max(luminance(a), luminance(b));
    const double dark = std::min(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
}

void expectComplete(const std::vector<FieldSpec>& fields, const std::string& where) {
    std::set<std::string> keys;
    for (const FieldSpec& field : fields) {
        const std::string name = where + "." + field.key;
        EXPECT_FALSE(field.title.empty()) << name;
        EXPECT_FALSE(field.documentation.empty()) << name;
        EXPECT_FALSE(field.group.empty()) << name;
        EXPECT_TRUE(keys.insert(field.key).second) << name;
        if (field.kind == FieldKind::Choice) {
            EXPECT_FALSE(field.choices.empty()) << name;
        }
        if (!field.effective) {
            EXPECT_FALSE(field.engineNote.empty()) << name;
        }
        if (field.minimum && field.maximum) {
            EXPECT_LE(*field.minimum, *field.maximum) << name;
        }
        expectComplete(field.fields, name);
    }
}

std::vector<SchemaFile> changed(const std::string& name, const std::string& bytes) {
    std::vector<SchemaFile> files = builtInSchemas();
    for (SchemaFile& each : files)
        if (each.name == name)
            each.bytes = bytes;
    return files;
}

TEST(Catalogue, KnowsEveryDocumentedTypeAndThoseOnlyInTheCode) {
    for (const char* type :
         {"gemini",          "gemini_instructor", "claude",       "claude_smart",
          "claude_session",  "claude_extract",    "claude_batch", "claude_robust",
          "parallel_claude", "pipeline",          "for_loop",     "while_loop",
          "switch",          "data_transform",    "file_ops",     "codebase_query",
          "set_variable",    "checkpoint",        "test_echo",    "break",
          "continue"})
        EXPECT_NE(catalogue().find(type), nullptr) << type;
    EXPECT_EQ(catalogue().stepTypes().size(), 21u);
    EXPECT_EQ(catalogue().find("bash"), nullptr);
}

TEST(Catalogue, SaysOfEveryFieldWhatItIs) {
    expectComplete(catalogue().workflowFields(), "workflow");
    expectComplete(catalogue().commonFields(), "step");
    expectComplete(catalogue().promptParts()[0].fields, "static");
    for (const StepType& type : catalogue().stepTypes()) {
        EXPECT_FALSE(type.documentation.empty()) << type.id;
        expectComplete(type.fields, type.id);
    }
}

TEST(Catalogue, KnowsWhatTheEngineRefuses) {
    EXPECT_TRUE(catalogue().find("claude")->loadable);
    EXPECT_FALSE(catalogue().find("switch")->loadable);
    EXPECT_THAT(catalogue().find("switch")->engineNote, HasSubstr("refuse"));
}

TEST(Catalogue, FindsOwnFieldsBeforeCommonOnes) {
    EXPECT_EQ(catalogue().field("while_loop", "condition")->required, true);
    EXPECT_EQ(catalogue().field("claude", "condition")->required, false);
    EXPECT_EQ(catalogue().field("nonsense", "name")->key, "name");
    EXPECT_EQ(catalogue().field("claude", "iterator"), nullptr);
}

TEST(Catalogue, FollowsSharedGroups) {
    const FieldSpec* options = catalogue().field("claude", "claude_options");
    ASSERT_NE(options, nullptr);
    EXPECT_EQ(options->kind, FieldKind::Group);
    EXPECT_GT(options->fields.size(), 30u);
    const FieldSpec* tasks = catalogue().field("parallel_claude", "parallel_tasks");
    ASSERT_NE(tasks, nullptr);
    EXPECT_EQ(tasks->kind, FieldKind::TaskList);
    EXPECT_FALSE(tasks->fields.empty());
}

TEST(Catalogue, SkeletonsAreStepsOfTheirType) {
    for (const StepType& type : catalogue().stepTypes()) {
        const auto skeleton = nlohmann::json::parse(type.skeleton);
        EXPECT_EQ(skeleton["type"], type.id);
        EXPECT_FALSE(skeleton.contains("name"));
        for (const FieldSpec& field : type.fields)
            if (field.required) {
                EXPECT_TRUE(skeleton.contains(field.key)) << type.id << field.key;
            }
    }
}

TEST(Catalogue, AccentsCanBeReadOnLightAndDark) {
    for (const StepType& type : catalogue().stepTypes()) {
        EXPECT_GE(contrast(type.color, "#ffffff"), 4.5) << type.id;
        EXPECT_GE(contrast(type.darkColor, "#23272e"), 4.5) << type.id;
    }
}

TEST(Catalogue, EveryTypeHasItsIcon) {
    for (const StepType& type : catalogue().stepTypes())
        EXPECT_TRUE(std::filesystem::exists(std::filesystem::path(PE_SOURCE_DIR) /
                                            "resources/icons" / (type.icon + ".svg")))
            << type.icon;
}

TEST(Schemas, AreTheFilesOfTheRepository) {
    for (const SchemaFile& each : builtInSchemas())
        EXPECT_EQ(each.bytes, pe::testing::readFile(std::filesystem::path(PE_SOURCE_DIR) /
                                                    "schemas" / each.name))
            << each.name;
    EXPECT_GE(builtInSchemas().size(), 28u);
}

TEST(Schemas, ErrorsNameTheFileAndThePlace) {
    const auto noJson = Catalogue::load(changed("steps/claude.json", "{"));
    ASSERT_FALSE(noJson);
    EXPECT_THAT(noJson.error().message, HasSubstr("steps/claude.json"));
    const auto noKind = Catalogue::load(changed(
        "steps/claude.json",
        R"({"title":"C","x-category":"AI","x-skeleton":{},"properties":{"a":{"title":"A"}}})"));
    ASSERT_FALSE(noKind);
    EXPECT_EQ(noKind.error().where, "steps/claude.json#/properties/a");
    const auto badReference =
        Catalogue::load(changed("steps/claude.json",
                                R"({"title":"C","x-category":"AI","x-skeleton":{},
            "properties":{"a":{"x-kind":"group","$ref":"../nothing.json"}}})"));
    ASSERT_FALSE(badReference);
    EXPECT_THAT(badReference.error().message, HasSubstr("nothing.json"));
    EXPECT_FALSE(Catalogue::load({}));
}

TEST(Schemas, ASchemaThatRefersToItselfIsRefused) {
    const auto endless = Catalogue::load(
        changed("steps/claude.json", R"({"title":"C","x-category":"AI","x-skeleton":{},
            "properties":{"a":{"x-kind":"group","$ref":"#"}}})"));
    ASSERT_FALSE(endless);
}

void collectReferences(const nlohmann::json& json, std::vector<std::string>& found) {
    if (json.is_object() && json.contains("$ref") && json["$ref"].is_string())
        found.push_back(json["$ref"]);
    if (json.is_structured())
        for (const auto& each : json)
            collectReferences(each, found);
}

TEST(Schemas, TheBundleRefersToNothingOutsideOfIt) {
    for (const char* type : {"", "claude", "for_loop"}) {
        const auto bundle = bundledSchema(type);
        ASSERT_TRUE(bundle);
        const auto json = nlohmann::json::parse(*bundle);
        std::vector<std::string> references;
        collectReferences(json, references);
        EXPECT_GT(references.size(), 20u);
        for (const std::string& each : references) {
            ASSERT_EQ(each.substr(0, 2), "#/");
            EXPECT_TRUE(json.contains(nlohmann::json::json_pointer(each.substr(1)))) << each;
        }
    }
    EXPECT_FALSE(bundledSchema("bash"));
}

}  // namespace
}  // namespace pe::format
