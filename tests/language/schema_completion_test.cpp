// SPDX-License-Identifier: MIT
// Completion and hover inside of a JSON Schema: `output_schema` and its like.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pe/language/hover.hpp"
#include "text_with_cursor.hpp"

namespace pe::language {
namespace {

using testing::completed;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using testing::labels;
using ::testing::Not;
using testing::TextWithCursor;

const std::string kStep =
    "workflow:\n"
    "  name: demo\n"
    "  steps:\n"
    "    - name: plan\n"
    "      type: claude\n";

std::string inSchema(const std::string& lines) {
    return kStep + "      output_schema:\n" + lines;
}

TEST(CompletionInSchemas, KeywordsAreOfferedAtEachDepth) {
    for (const char* lines :
         {"        ^\n", "        type: object\n        ^\n",
          "        properties:\n          a:\n            ^\n",
          "        items:\n          items:\n            ^\n",
          "        additionalProperties:\n          ^\n", "        oneOf:\n          - ^\n",
          "        oneOf:\n          - type: string\n            ^\n",
          "        definitions:\n          a:\n            not:\n              ^\n",
          "        properties: {a: {^}}\n"})
        EXPECT_THAT(labels(inSchema(lines)), IsSupersetOf({"properties", "enum", "items", "anyOf"}))
            << lines;
}

TEST(CompletionInSchemas, EverySchemaOfTheFormatIsOne) {
    EXPECT_THAT(labels("workflow:\n  gemini_functions:\n    f:\n      parameters:\n        ^\n"),
                Contains("properties"));
    EXPECT_THAT(labels("workflow:\n  steps:\n    - name: a\n      type: gemini_instructor\n"
                       "      schema:\n        ^\n"),
                Contains("properties"));
}

TEST(CompletionInSchemas, NamesOfPropertiesAreTheAuthors) {
    EXPECT_THAT(labels(inSchema("        properties:\n          ^\n")), IsEmpty());
    EXPECT_THAT(labels(inSchema("        properties:\n          a:\n            type: string\n"
                                "          ^\n")),
                IsEmpty());
    EXPECT_THAT(labels(inSchema("        properties:\n          data_source: ^\n")), IsEmpty());
}

TEST(CompletionInSchemas, ValuesAreThoseOfTheKeyword) {
    EXPECT_THAT(labels(inSchema("        type: ^\n")),
                ElementsAre("string", "number", "integer", "boolean", "object", "array", "null"));
    EXPECT_THAT(labels(inSchema("        type: [string, n^]\n")), Contains("null"));
    EXPECT_THAT(labels(inSchema("        uniqueItems: ^\n")), ElementsAre("true", "false"));
    EXPECT_THAT(labels(inSchema("        additionalProperties: ^\n")),
                ElementsAre("true", "false"));
}

TEST(CompletionInSchemas, RequiredOffersThePropertiesThatItDoesNotListYet) {
    const std::string properties =
        "        properties:\n"
        "          title: {type: string}\n"
        "          body: {type: string}\n"
        "          two words: {type: string}\n";
    EXPECT_THAT(labels(inSchema(properties + "        required:\n          - ^\n")),
                ElementsAre("title", "body", "two words"));
    EXPECT_THAT(
        labels(inSchema(properties + "        required:\n          - body\n          - ^\n")),
        ElementsAre("title", "two words"));
    EXPECT_THAT(labels(inSchema(properties + "        required: [title, ^]\n")),
                ElementsAre("body", "two words"));
    EXPECT_THAT(labels(inSchema("        required: [title, ^]\n" + properties)),
                ElementsAre("body", "two words"));
    EXPECT_THAT(labels(inSchema(properties + "        required: [bo^dy]\n")), ElementsAre("body"));
    EXPECT_THAT(labels(inSchema("        required: [^]\n")), IsEmpty());
}

TEST(CompletionInSchemas, AnItemOpensTheValueThatItTakes) {
    EXPECT_THAT(completed(inSchema("        ^\n"), "properties"),
                HasSubstr("        properties:\n          \n"));
    EXPECT_THAT(completed(inSchema("        ^\n"), "oneOf"),
                HasSubstr("        oneOf:\n          - \n"));
    EXPECT_THAT(completed(inSchema("        type: object\n        ^\n"), "required"),
                HasSubstr("        required:\n          - \n"));
}

TEST(HoverInSchemas, AKeywordIsExplainedAndANameIsNot) {
    const auto hovered = [](const std::string& marked) {
        const TextWithCursor text(marked);
        const auto hover =
            hoverAt(text.subject(), format::Catalogue::builtIn(), text.offset(), nullptr);
        return hover ? hover->markdown : std::string();
    };
    EXPECT_THAT(hovered(inSchema("        properties:\n          a:\n            min^Length: 3\n")),
                HasSubstr("Shortest text"));
    EXPECT_THAT(hovered(inSchema("        type: obj^ect\n")), HasSubstr("JSON type"));
    // A property that is called like a keyword.
    EXPECT_THAT(hovered(inSchema("        properties:\n          min^Length:\n"
                                 "            type: string\n")),
                Not(HasSubstr("Shortest")));
}

}  // namespace
}  // namespace pe::language
