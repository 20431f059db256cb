// SPDX-License-Identifier: MIT
// The schema that `pipeline schema` prints, put to a validator of JSON Schema, beside what
// `pipeline check` says of the same documents: tools show everything that a schema refuses as an
// error, so it must refuse only what is worth a warning, and what it can see of that.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "command_test.hpp"
#include "pe/format/catalogue.hpp"
#include "pe/testing/temp_folder.hpp"

namespace pe::cli {
namespace {

using format::FieldKind;
using format::FieldSpec;
using Json = nlohmann::ordered_json;
using Pointer = Json::json_pointer;

struct Case {
    Json document;
    std::string at;  // pointer of what is wrong, or may be
};

Json firstPart() {
    return {{"type", "static"}, {"content", "x"}};
}

class PrintedSchema : public CommandTest {
protected:
    void SetUp() override {
        ASSERT_EQ(run({"schema"}), 0);
        schema_ = Json::parse(out_);
    }

    void add(const Json& document, const std::string& at, const Json& value) {
        Json changed = document;
        changed[Pointer(at)] = value;
        cases_.push_back({std::move(changed), at});
    }

    // Wrong values for each of the fields that the mapping at a pointer may have.
    void addFields(const Json& document, const std::string& holder,
                   const std::vector<FieldSpec>& fields) {
        for (const FieldSpec& each : fields) {
            const std::string at = holder + '/' + each.key;
            for (const Json& value : {Json("some words"), Json(-3), Json(1000000000), Json(true),
                                      Json(Json::array({"a"})), Json{{"a", 1}}})
                add(document, at, value);
            if (each.kind != FieldKind::Group || each.fields.empty())
                continue;
            Json inside = document;
            inside[Pointer(at)] = Json::object();
            for (const FieldSpec& inner : each.fields)
                for (const Json& value :
                     {Json("some words"), Json(7), Json(true), Json(Json::array({"a"}))})
                    add(inside, at + '/' + inner.key, value);
            add(inside, at + "/unheard_of", 1);
        }
        add(document, holder + "/unheard_of", 1);
    }

    // For each case, whether `pipeline check` warns at the place, around it or inside.
    std::vector<bool> warned() {
        std::vector<std::string> arguments{"check", "--format", "json"};
        for (std::size_t i = 0; i < cases_.size(); ++i) {
            arguments.push_back(std::to_string(i) + ".yaml");
            put(arguments.back(), cases_[i].document.dump() + "\n");
        }
        run(std::move(arguments));
        const Json files = Json::parse(out_)["files"];
        std::vector<bool> result;
        for (std::size_t i = 0; i < cases_.size(); ++i) {
            bool warns = false;
            for (const Json& each : files[i]["diagnostics"])
                warns = warns || ((each["severity"] == "error" || each["severity"] == "warning") &&
                                  isNear(each["path"].get<std::string>(), cases_[i].at));
            result.push_back(warns);
        }
        return result;
    }

    static bool isNear(const std::string& one, const std::string& other) {
        return one.starts_with(other) || other.starts_with(one);
    }

    // For each case the places at which the schema refuses something.
    Json refused() {
        Json documents = Json::array();
        for (const Case& each : cases_)
            documents.push_back(each.document);
        const auto file = [&](const char* name, const std::string& bytes) {
            const std::string path = (folder_ / name).string();
            std::ofstream(path) << bytes;
            return path;
        };
        const std::string schema = file("schema.json", schema_.dump());
        const std::string list = file("documents.json", documents.dump());
        const std::string result = (folder_ / "result.json").string();
        const std::string command = "/usr/bin/python3 '" PE_SOURCE_DIR
                                    "/tests/cli/printed_schema.py' '" +
                                    schema + "' '" + list + "' > '" + result + "'";
        EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe)
        std::ifstream in(result);
        std::stringstream bytes;
        bytes << in.rdbuf();
        return Json::parse(bytes.str(), nullptr, false);
    }

    Json schema_;
    testing::TempFolder folder_;
    std::vector<Case> cases_;
};

Json pipelineOf(const Json& step) {
    const Json base{{"name", "base"}, {"type", "claude"}, {"prompt", Json::array({firstPart()})}};
    return {{"workflow", {{"name", "w"}, {"steps", Json::array({base, step})}}}};
}

constexpr const char* kStep = "/workflow/steps/1";

Json skeletonOf(const format::StepType& type) {
    Json step{{"name", "one"}};
    const Json skeleton = Json::parse(type.skeleton);
    for (const auto& [key, value] : skeleton.items())
        step[key] = value;
    return step;
}

TEST_F(PrintedSchema, RefusesOnlyWhatCheckWarnsOf) {
    const format::Catalogue& catalogue = format::Catalogue::builtIn();
    for (const format::StepType& each : catalogue.stepTypes())
        if (each.loadable)
            addFields(pipelineOf(skeletonOf(each)), kStep, each.fields);
    const Json plain{{"name", "one"}, {"type", "claude"}, {"prompt", Json::array({firstPart()})}};
    addFields(pipelineOf(plain), kStep, catalogue.commonFields());
    addFields(pipelineOf(plain), "/workflow", catalogue.workflowFields());
    const std::vector<bool> warns = warned();
    const Json refusals = refused();
    ASSERT_EQ(refusals.size(), cases_.size());
    std::size_t both = 0;
    std::size_t only = 0;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
        bool refuses = false;
        for (const Json& each : refusals[i])
            refuses = refuses || isNear(each.get<std::string>(), cases_[i].at);
        EXPECT_TRUE(!refuses || warns[i]) << cases_[i].at << " in " << cases_[i].document.dump();
        both += refuses && warns[i] ? 1 : 0;
        only += !refuses && warns[i] ? 1 : 0;
    }
    // What the schema cannot see is what names, conditions and files lead to.
    EXPECT_GT(both, cases_.size() / 4) << only << " are left to the check";
    EXPECT_GT(both, only);
}

TEST_F(PrintedSchema, TakesWhatEveryStepTypeBeginsWith) {
    for (const format::StepType& each : format::Catalogue::builtIn().stepTypes())
        cases_.push_back({pipelineOf(skeletonOf(each)), kStep});
    const Json refusals = refused();
    ASSERT_EQ(refusals.size(), cases_.size());
    for (std::size_t i = 0; i < cases_.size(); ++i)
        EXPECT_TRUE(refusals[i].empty()) << cases_[i].document.dump() << refusals[i].dump();
}

TEST_F(PrintedSchema, TakesWhatIsFilledInLaterAndWhatIsLeftEmpty) {
    const auto with = [](const char* field, const Json& value) {
        Json step{{"name", "one"}, {"type", "claude"}, {"prompt", Json::array({firstPart()})}};
        step[field] = value;
        return Case{pipelineOf(step), kStep};
    };
    cases_ = {with("claude_options", {{"max_turns", "{{inputs.turns}}"}}),
              with("claude_options", {{"verbose", "{{inputs.loud}}"}}),
              with("claude_options", {{"allowed_tools", "{{inputs.tools}}"}}),
              with("claude_options", nullptr),
              with("condition", nullptr),
              with("output_to_file", nullptr),
              with("output_to_file", 2024),
              with("x-note", Json::array({1, 2}))};
    const Json steps{{"steps", Json::array({{{"name", "in"},
                                             {"type", "claude"},
                                             {"prompt", Json::array({firstPart()})}}})}};
    for (const Json& pipeline : {steps, Json{{"workflow", steps}}})
        cases_.push_back(
            {pipelineOf({{"name", "one"}, {"type", "pipeline"}, {"pipeline", pipeline}}), kStep});
    const Json refusals = refused();
    ASSERT_EQ(refusals.size(), cases_.size());
    for (std::size_t i = 0; i < cases_.size(); ++i)
        EXPECT_TRUE(refusals[i].empty()) << cases_[i].document.dump() << refusals[i].dump();
}

// One place for one mistake, however many step types there are.
TEST_F(PrintedSchema, SaysOneThingOfOneMistake) {
    Json unknownType{{"name", "one"}, {"type", "claud"}, {"what", 1}};
    Json textPrompt{{"name", "one"}, {"type", "claude"}, {"prompt", "hi"}};
    Json inner{{"steps", Json::array({textPrompt})}};
    cases_ = {{pipelineOf("hello"), kStep},
              {pipelineOf(unknownType), kStep},
              {pipelineOf(textPrompt), kStep},
              {pipelineOf({{"name", "s"}, {"type", "pipeline"}, {"pipeline", inner}}), kStep}};
    const Json refusals = refused();
    ASSERT_EQ(refusals.size(), cases_.size());
    // What a strict validator adds is that the things around are not as they should be.
    const std::array<std::string, 4> places{"", "/type", "/prompt", "/pipeline/steps/0/prompt"};
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::string place = kStep + places[i];
        EXPECT_EQ(refusals[i].front(), place);
        for (const Json& each : refusals[i])
            EXPECT_TRUE(place.starts_with(each.get<std::string>())) << each;
    }
}

// Tools take other keys beside a reference for constraints, and lose what is said of the field.
TEST_F(PrintedSchema, HoldsNoneOfOurOwnKeys) {
    std::vector<const Json*> open{&schema_};
    while (!open.empty()) {
        const Json& each = *open.back();
        open.pop_back();
        for (const auto& [key, value] : each.items()) {
            EXPECT_FALSE(each.is_object() && key.starts_with("x-")) << key;
            if (value.is_structured())
                open.push_back(&value);
        }
    }
}

}  // namespace
}  // namespace pe::cli
