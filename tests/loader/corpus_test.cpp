// SPDX-License-Identifier: MIT
// Every file whose verdicts were recorded by running the engine's own validators.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "pe/loader/verdict.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/yaml/value.hpp"

namespace pe::loader {
namespace {

struct Recorded {
    std::string id;
    std::string mutation;
    std::string text;
    bool parses = true;
    std::string config;
    std::string enhanced;
};

std::vector<Recorded> recordedVerdicts() {
    std::vector<Recorded> all;
    std::ifstream file(pe::testing::corpusDir() / "loader-verdicts.jsonl");
    for (std::string line; std::getline(file, line);) {
        const auto record = yaml::fromJson(line);
        if (!record)
            continue;
        const auto text = [&](const char* key) { return record->find(key)->text; };
        all.push_back({text("id"), text("mutation"), text("yaml"), text("parse") == "ok",
                       text("config"), text("enhanced")});
    }
    return all;
}

// A verdict in the words of the recording.
std::string recordedForm(const Verdict& verdict) {
    switch (verdict.outcome) {
        case Outcome::Accept:
            return "ok";
        case Outcome::ParseError:
            return "parse_error";
        case Outcome::Crash:
            return "crash: " + verdict.message;
        default:
            return verdict.message;
    }
}

TEST(Corpus, VerdictsAreThoseOfTheEngine) {
    const auto recorded = recordedVerdicts();
    if (recorded.empty())
        GTEST_SKIP() << "no corpus beside this checkout";
    for (const Recorded& each : recorded) {
        const Verdicts found = verdicts(yaml::parse(each.text));
        const std::string told = each.id + " (" + each.mutation + ")";
        EXPECT_EQ(found.parses, each.parses) << told << ": " << found.config.message;
        EXPECT_EQ(recordedForm(found.config), each.config) << told;
        EXPECT_EQ(recordedForm(found.enhanced), each.enhanced) << told;
    }
}

}  // namespace
}  // namespace pe::loader
