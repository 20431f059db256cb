// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <random>

#include "parse_ownership.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/yaml/value.hpp"

namespace pe::yaml {
namespace {

std::string withCrLf(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' && (i == 0 || text[i - 1] != '\r'))
            out += '\r';
        out += text[i];
    }
    return out;
}

std::string withoutFinalBreak(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    return text;
}

// Every byte once in the lexemes, and spans that lie inside each other.
void expectOwned(const std::string& text, const std::string& what) {
    const Tree tree = parse(text);
    ASSERT_EQ(testing::textOf(tree), text) << what;
    for (NodeRef node = 1; node < tree.size(); ++node) {
        const Span entry = tree.entrySpan(node);
        const Span value = tree.valueSpan(node);
        const Span around = tree.entrySpan(tree.parent(node));
        ASSERT_LE(around.begin, entry.begin) << what << " node " << node;
        ASSERT_LE(entry.begin, value.begin) << what << " node " << node;
        ASSERT_LE(value.begin, value.end) << what << " node " << node;
        ASSERT_LE(value.end, entry.end) << what << " node " << node;
        ASSERT_LE(entry.end, around.end) << what << " node " << node;
    }
}

TEST(Parse, EveryByteOfTheCorpusHasOneOwner) {
    const auto files = pe::testing::corpusFiles();
    if (files.empty())
        GTEST_SKIP() << "no corpus beside this checkout";
    for (const auto& file : files) {
        const std::string text = pe::testing::readFile(file);
        expectOwned(text, file.string());
        expectOwned(withCrLf(text), file.string() + " with CRLF");
        expectOwned(withoutFinalBreak(text), file.string() + " without final break");
        expectOwned("\xEF\xBB\xBF" + text, file.string() + " with a byte order mark");
    }
}

// One or two small mutations, as hand errors make them.
std::string mutated(std::string text, std::mt19937& random) {
    static const std::string kPieces[] = {
        "\n", " ", "  ", "\t", ":",  ": ", "- ", "#",  " #", "\"", "'",  "[",     "]",     "{",
        "}",  ",", "|",  ">",  "&a", "*a", "!t", "? ", "-",  "%",  "\r", "---\n", "...\n", "\\"};
    const auto pick = [&random](std::size_t bound) { return random() % bound; };
    for (std::size_t i = 0, count = 1 + pick(3); i < count; ++i) {
        const std::size_t at = pick(text.size() + 1);
        switch (pick(4)) {
            case 0:
                text.insert(at, kPieces[pick(std::size(kPieces))]);
                break;
            case 1:
                text.erase(at, 1 + pick(4));
                break;
            case 2:
                text.resize(at);
                break;
            default:
                if (at < text.size())
                    text[at] = kPieces[pick(std::size(kPieces))][0];
        }
    }
    return text;
}

TEST(Parse, EveryByteOfABrokenTextHasOneOwner) {
    std::vector<std::string> texts = {
        "# head\n\na: 1 # one\nb:\n  - x\n  # deep\n  - y: |\n      text\n\n    z: [1, 2, ] # end\n"
        "# mid\nc: {a: 1, 'b': \"two\\n\",\n  ? c : d}\n? e\n: f\ng: >-\n  folded\n\n  text\n# "
        "tail\n",
        "%YAML 1.2\n---\n- &a x\n- *a\n-\n  - !t k: v\n    l: plain\n      goes on\n...\n---\n'q\n "
        " r'\n",
    };
    for (const auto& file : pe::testing::corpusFiles())
        if (auto text = pe::testing::readFile(file); text.size() < 3000)
            texts.push_back(std::move(text));
    std::mt19937 random(7);
    for (int i = 0; i < 12000; ++i) {
        const std::string text = mutated(texts[random() % texts.size()], random);
        expectOwned(text, text);
        static_cast<void>(loadValue(parse(text)));
        if (HasFatalFailure())
            return;
    }
}

TEST(Parse, NothingTakesQuadraticTimeOrDeepStack) {
    const auto repeat = [](const std::string& piece, std::size_t count, std::string end = "\n") {
        std::string text;
        for (std::size_t i = 0; i < count; ++i)
            text += piece;
        return text + end;
    };
    std::string keys;
    for (int i = 0; i < 50'000; ++i)
        keys += "key" + std::to_string(i) + ": v\n";
    const std::string texts[] = {
        "a: " + std::string(10 << 20, 'x') + "\n",
        "a: [" + repeat("x, ", 200'000, "]\n"),
        keys,
        repeat("[", 100'000),
        repeat("{a: ", 100'000),
        repeat("- ", 100'000),
        repeat("? ", 100'000),
        repeat("a b: \"x\n", 50'000),
        repeat("a b: [x\n", 50'000),
        repeat("&a ", 100'000),
        repeat("- *a\n", 50'000),
        repeat("- |\n\n\n", 50'000),
    };
    for (const std::string& text : texts) {
        const Tree tree = parse(text);
        EXPECT_EQ(testing::textOf(tree), text);
        static_cast<void>(loadValue(tree));
    }
}

TEST(Parse, TooDeepNestingIsAnErrorAtItsPlace) {
    const Tree tree = parse("a: [[[[x]]]]\nb: 1\n", {.maxDepth = 3});
    ASSERT_EQ(tree.problems().size(), 1u);
    EXPECT_EQ(tree.problems()[0].code, "yaml.too-deep");
    EXPECT_FALSE(tree.editable());
    const auto document = tree.children(kStream)[0];
    EXPECT_EQ(tree.children(document).size(), 2u);
}

TEST(Parse, ATextBeyondTheBoundIsKeptAndReported) {
    const Tree tree = parse("a: 12345678\n", {.maxBytes = 5});
    EXPECT_EQ(testing::textOf(tree), "a: 12345678\n");
    ASSERT_EQ(tree.problems().size(), 1u);
    EXPECT_EQ(tree.problems()[0].code, "yaml.too-large");
}

}  // namespace
}  // namespace pe::yaml
