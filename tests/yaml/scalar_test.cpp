// SPDX-License-Identifier: MIT
#include "pe/yaml/scalar.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "edit_check.hpp"
#include "nasty_texts.hpp"

namespace pe::yaml {
namespace {

const Style kStyles[] = {Style::Plain, Style::SingleQuoted, Style::DoubleQuoted, Style::Literal};

std::string decoded(const ScalarText& text, const ScalarPlace& place) {
    return decodeScalar(text.style, text.open, text.raw, place.column + text.offset);
}

TEST(Scalar, EveryNastyTextReadsBackInEveryStyleAndPlace) {
    for (const std::string& text : testing::kNastyTexts)
        for (const Style style : kStyles)
            for (const bool flow : {false, true})
                for (const std::string_view lineBreak : {"\n", "\r\n"}) {
                    const ScalarPlace place{flow, false, 4, 2, lineBreak};
                    EXPECT_EQ(decoded(encodeString(text, style, place), place), text);
                }
}

TEST(Scalar, EveryNastyTextReadsBackAsAKeyAndAsAValueInAFile) {
    for (const std::string& text : testing::kNastyTexts)
        for (const Style style : kStyles) {
            const ScalarText value = encodeString(text, style, {});
            const ScalarText key = encodeString(text, style, {.key = true});
            const std::string file = key.raw + ": " + value.open + value.raw + "\nz: 1\n";
            const auto read = loadValue(parse(file));
            ASSERT_TRUE(read) << file;
            ASSERT_EQ(read->entries.size(), 2u) << file;
            EXPECT_EQ(read->entries[0].first, Value::ofString(text)) << file;
            EXPECT_EQ(read->entries[0].second, Value::ofString(text)) << file;
        }
}

TEST(Scalar, AnyTextReadsBackInAnyStyle) {
    rc::check([] {
        const auto text = *rc::gen::container<std::string>(
            rc::gen::elementOf(std::string("ab \n\t:#-'\"\\{}[],&*!|>%@~1.\x01")));
        const auto style =
            *rc::gen::elementOf(std::vector<Style>{std::begin(kStyles), std::end(kStyles)});
        const ScalarPlace place{*rc::gen::arbitrary<bool>(), false, 2, 2, "\n"};
        RC_ASSERT(decoded(encodeString(text, style, place), place) == text);
    });
}

TEST(Scalar, PlainTextIsTextForTheEngineToo) {
    for (const std::string& text : testing::kNastyTexts)
        if (plainIsSafe(text, {})) {
            EXPECT_EQ(resolvePlain(text), Value::ofString(text)) << text;
        }
}

TEST(Scalar, AStyleIsKeptWhereItIsLegal) {
    EXPECT_EQ(encodeString("a b", Style::Plain, {}).raw, "a b");
    EXPECT_EQ(encodeString("it's", Style::SingleQuoted, {}).raw, "'it''s'");
    EXPECT_EQ(encodeString("yes", Style::Plain, {}).raw, "\"yes\"");
    EXPECT_EQ(encodeString("a\nb", Style::SingleQuoted, {}).raw, "\"a\\nb\"");
    EXPECT_EQ(encodeString("a\nb\n", Style::Literal, {}).raw, "  a\n  b\n");
    EXPECT_EQ(encodeString(" a\nb", Style::Literal, {}).open, "|2-\n");
    EXPECT_EQ(encodeString("a\n\n", Style::Literal, {}).style, Style::DoubleQuoted);
    ScalarPlace margin;
    margin.textOffset = 0;
    EXPECT_EQ(encodeString("a\nb", Style::Literal, margin).style, Style::Literal);
    EXPECT_EQ(encodeString("a\n...", Style::Literal, margin).style, Style::DoubleQuoted);
    EXPECT_EQ(encodeString("a\n...", Style::Literal, {}).style, Style::Literal);
    EXPECT_EQ(encodeString("a, b", Style::Plain, {.flow = true}).raw, "\"a, b\"");
}

TEST(Scalar, NewTextTakesItsNaturalStyle) {
    EXPECT_EQ(naturalStyle("a", {}), Style::Plain);
    EXPECT_EQ(naturalStyle("a\nb", {}), Style::Literal);
    EXPECT_EQ(naturalStyle("a\nb", {.flow = true}), Style::DoubleQuoted);
    EXPECT_EQ(naturalStyle("12", {}), Style::DoubleQuoted);
}

TEST(Scalar, AtomsReadBackWithTheirType) {
    const Value values[] = {Value::null(), Value::ofBoolean(true), Value::ofInteger("-12"),
                            Value::ofFloat("1.5")};
    for (const Value& value : values)
        EXPECT_EQ(resolvePlain(encodeAtom(value).raw), value);
    EXPECT_EQ(encodeAtom(Value::ofFloat("1e5")).raw, "1.0e+5");
}

}  // namespace
}  // namespace pe::yaml
