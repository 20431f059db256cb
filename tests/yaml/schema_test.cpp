// SPDX-License-Identifier: MIT
#include "pe/yaml/schema.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "pe/yaml/tree.hpp"

namespace pe::yaml {
namespace {

std::string old(const std::string& text) {
    return toJson(resolvePlain(text, Schema::Yaml11));
}

TEST(Schema, OldWordsAreTruthValues) {
    for (const char* word : {"y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true"})
        EXPECT_EQ(old(word), "true") << word;
    for (const char* word : {"n", "N", "no", "No", "NO", "off", "Off", "OFF", "False"})
        EXPECT_EQ(old(word), "false") << word;
    for (const char* word : {"yES", "oN", "nope", "yess"})
        EXPECT_EQ(old(word), '"' + std::string(word) + '"');
}

TEST(Schema, OldNumbersHaveOtherForms) {
    EXPECT_EQ(old("010"), "8");
    EXPECT_EQ(old("0o17"), "\"0o17\"");
    EXPECT_EQ(old("08"), "\"08\"");
    EXPECT_EQ(old("0b1010"), "10");
    EXPECT_EQ(old("0b1111_0000_1"), "481");
    EXPECT_EQ(old("0x_F"), "15");
    EXPECT_EQ(old("1_000"), "1000");
    EXPECT_EQ(old("-1:30"), "-90");
    EXPECT_EQ(old("1:60"), "\"1:60\"");
    EXPECT_EQ(old("+"), "0");
    EXPECT_EQ(old("1.5"), "1.5");
    EXPECT_EQ(old("1e5"), "\"1e5\"");
    EXPECT_EQ(old("1.e+5"), "100000.0");
    EXPECT_EQ(old("1.5e3"), "\"1.5e3\"");
    EXPECT_EQ(old("1:30.5"), "90.5");
    EXPECT_EQ(old("1_0.5"), "\"1_0.5\"");
    EXPECT_EQ(old("~"), "null");
    EXPECT_EQ(old(".inf"), "\"\\u0001atom:+inf\"");
}

TEST(Schema, FollowsTheDirectiveOfTheDocument) {
    const auto read = [](const std::string& text) { return toJson(*loadValue(parse(text))); };
    EXPECT_EQ(read("%YAML 1.1\n---\na: yes\n"), "{\"a\": true}");
    EXPECT_EQ(read("%YAML 1.2\n---\na: yes\n"), "{\"a\": \"yes\"}");
    EXPECT_EQ(read("%YAML 1.10\n---\na: yes\n"), "{\"a\": \"yes\"}");
    EXPECT_EQ(read("a: yes\n"), "{\"a\": \"yes\"}");
    EXPECT_EQ(read("%YAML 1.1\n---\nx\n...\n---\na: yes\n"), "{\"a\": \"yes\"}");
    EXPECT_EQ(read("%YAML 1.1\n---\na: 'yes'\nb: !!bool on\n"), "{\"a\": \"yes\", \"b\": true}");
}

RC_GTEST_PROP(Schema, WordsThatDoNotDependOnItAreReadAlike, ()) {
    const auto text = *rc::gen::container<std::string>(
        rc::gen::elementOf(std::string("01789abefxyYnNoOsS+-._:~")));
    const bool same = resolvePlain(text) == resolvePlain(text, Schema::Yaml11);
    RC_ASSERT(dependsOnSchema(text) == !same);
}

}  // namespace
}  // namespace pe::yaml
