// SPDX-License-Identifier: MIT
#include "pe/storage/search_index.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>

#include "pe/testing/temp_folder.hpp"
#include "search_words.hpp"

namespace pe::storage {
namespace {

using pe::testing::TempFolder;

PipelineId idOf(std::uint8_t number) {
    PipelineId id{};
    id[0] = number;
    return id;
}

SearchTexts named(const std::string& name, const std::string& body = {}) {
    SearchTexts texts;
    texts[static_cast<std::size_t>(SearchField::Name)] = name;
    texts[static_cast<std::size_t>(SearchField::Text)] = body;
    return texts;
}

class Search : public ::testing::Test {
protected:
    void SetUp() override { reopen(); }
    void reopen() {
        index_.reset();
        auto opened = SearchIndex::open(folder_.path());
        ASSERT_TRUE(opened) << opened.error().message;
        index_ = std::move(*opened);
    }
    void put(std::uint8_t number, const SearchTexts& texts) {
        const auto stored = index_->put(idOf(number), 1, texts);
        ASSERT_TRUE(stored) << stored.error().message;
    }
    std::vector<int> find(std::string_view query, std::size_t limit = 20) {
        const auto hits = index_->search(query, limit);
        EXPECT_TRUE(hits) << hits.error().message;
        std::vector<int> numbers;
        for (const SearchHit& hit : hits ? *hits : std::vector<SearchHit>{})
            numbers.push_back(hit.pipeline[0]);
        return numbers;
    }

    TempFolder folder_;
    std::unique_ptr<SearchIndex> index_;
};

using Numbers = std::vector<int>;

TEST_F(Search, FindsWordsByTheirBeginningWhateverTheirCase) {
    put(1, named("Nightly Review", "Summarise what changed"));
    put(2, named("Release notes", "List the changes"));
    EXPECT_EQ(find("rev"), Numbers{1});
    EXPECT_EQ(find("CHANG").size(), 2U);
    EXPECT_EQ(find("chang review"), Numbers{1});
    EXPECT_EQ(find("nothing"), Numbers{});
}

TEST_F(Search, PutsNamesBeforePrompts) {
    put(1, named("Other", "review review review review"));
    put(2, named("Review", "nothing else"));
    EXPECT_EQ(find("review"), (Numbers{2, 1}));
}

TEST_F(Search, FindsPartsOfStepNames) {
    SearchTexts texts = named("a");
    texts[static_cast<std::size_t>(SearchField::Step)] = "collect_openissues\ncheck_result";
    put(1, texts);
    EXPECT_EQ(find("issues"), Numbers{1});
    EXPECT_EQ(find("check_res"), Numbers{1});
    EXPECT_EQ(find("result"), Numbers{1});
}

TEST_F(Search, IgnoresDiacriticsAndFindsWritingWithoutSpaces) {
    put(1, named("Überblick", "naïve Prüfung"));
    put(2, named("数据分析流程", "请总结报告"));
    put(3, named("データの分析", "x"));
    EXPECT_EQ(find("uberblick prufung"), Numbers{1});
    EXPECT_EQ(find("ÜBER"), Numbers{1});
    EXPECT_EQ(find("分析").size(), 2U);
    EXPECT_EQ(find("总结"), Numbers{2});
    EXPECT_EQ(find("データ"), Numbers{3});
}

TEST_F(Search, MarksWhatWasFoundInOneLineOfTheText) {
    put(1, named("a", "First line.\nThen compare the 数据分析\nwith the plan."));
    const auto hits = index_->search("compare 分析", 5);
    ASSERT_TRUE(hits && hits->size() == 1);
    const SearchHit& hit = hits->front();
    EXPECT_EQ(hit.field, SearchField::Text);
    EXPECT_EQ(hit.excerpt.find('\n'), std::string::npos);
    ASSERT_EQ(hit.marks.size(), 2U);
    const auto marked = [&](std::size_t i) {
        return hit.excerpt.substr(hit.marks[i].first, hit.marks[i].second - hit.marks[i].first);
    };
    EXPECT_EQ(marked(0), "compare");
    EXPECT_EQ(marked(1), "分析");
}

TEST_F(Search, OfThousandsThatMatchTheNewestAreRankedAndTheOldestIsStillFoundByMore) {
    put(1, named("oldest", "common words and a rarity"));
    for (int i = 0; i < 1100; ++i) {
        PipelineId id{2, static_cast<std::uint8_t>(i % 256), static_cast<std::uint8_t>(i / 256)};
        ASSERT_TRUE(index_->put(id, 1, named("other", "common words")));
    }
    put(3, named("common name"));
    const Numbers found = find("comm", 5);
    ASSERT_EQ(found.size(), 5U);
    EXPECT_EQ(found[0], 3);
    EXPECT_EQ(found[1], 2);
    EXPECT_EQ(find("common rarity"), Numbers{1});
    EXPECT_EQ(find("oldest"), Numbers{1});
}

TEST_F(Search, WordsOfANameAndOfAPromptAreFoundTogether) {
    put(1, named("nightly review", "Summarise what changed"));
    put(2, named("nightly backup", "Copy everything"));
    EXPECT_EQ(find("nightly summ"), Numbers{1});
}

TEST_F(Search, ReplacesAndForgets) {
    put(1, named("old name"));
    put(1, named("new name"));
    EXPECT_EQ(find("old"), Numbers{});
    EXPECT_EQ(find("new"), Numbers{1});
    ASSERT_TRUE(index_->remove(idOf(1)));
    ASSERT_TRUE(index_->remove(idOf(7)));
    EXPECT_EQ(find("new"), Numbers{});
    EXPECT_EQ(find("name"), Numbers{});
}

TEST_F(Search, RemembersOfWhichStateTheTextsAre) {
    ASSERT_TRUE(index_->put(idOf(1), 17, named("a")));
    reopen();
    EXPECT_EQ(index_->stateOf(idOf(1)).value(), 17);
    EXPECT_EQ(index_->stateOf(idOf(2)).value(), std::nullopt);
    EXPECT_EQ(index_->states()->size(), 1U);
}

TEST_F(Search, OddInputIsAQueryThatFindsWhatItSays) {
    put(1, named("say \"hello\" world", "a AND b OR NEAR(c) ^d {e}:f *"));
    EXPECT_EQ(find("\"hello\""), Numbers{1});
    for (const char* query :
         {"\"", "'",   "*",  "AND", "NEAR(", "name:",    "{",     "^",   "-x",  "--",
          ";",  "( )", "\\", "%",   "a OR",  "\xff\xfe", "e\xcc", "NOT", "+ +", "…"})
        find(query);
    EXPECT_EQ(find(""), Numbers{});
    EXPECT_EQ(find("!!! ???"), Numbers{});
    EXPECT_EQ(find("hello !!! world"), Numbers{1});
    EXPECT_EQ(find(std::string("hello\0world", 11)), Numbers{1});
    EXPECT_EQ(find(std::string(100'000, 'x')), Numbers{});
}

RC_GTEST_FIXTURE_PROP(Search, NoQueryIsAnError, (const std::string& query)) {
    RC_ASSERT(index_->search(query, 5).has_value());
}

RC_GTEST_FIXTURE_PROP(Search, WhatStandsInAPromptIsFound, ()) {
    const auto letters = rc::gen::nonEmpty(rc::gen::string<std::string>());
    std::string word = *letters;
    std::erase_if(word, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); });
    RC_PRE(!word.empty() && word.size() < 100);
    RC_ASSERT(index_->put(idOf(9), 1, named("n", "before " + word + " after")).has_value());
    const auto hits = index_->search(word.size() > 2 ? word : "before", 5);
    RC_ASSERT(hits && hits->size() == 1);
}

TEST_F(Search, ADamagedIndexBeginsAnew) {
    put(1, named("kept"));
    index_.reset();
    {
        std::fstream file(folder_ / "search.sqlite3", std::ios::in | std::ios::out);
        file.seekp(0);
        file << std::string(8192, 'x');
    }
    std::filesystem::remove(folder_ / "search.sqlite3-wal");
    reopen();
    EXPECT_EQ(find("kept"), Numbers{});
    put(1, named("kept"));
    EXPECT_EQ(find("kept"), Numbers{1});
}

TEST(SearchWords, CutsAreInvisibleInWhatComesBack) {
    const std::string text = "ab 数据x 한국어 y";
    EXPECT_NE(indexable(text), text);
    EXPECT_EQ(readMarks(indexable(text) + " \n").text, text);
    EXPECT_EQ(indexable("plain\ttext\x01"), "plain text ");
}

TEST(SearchWords, WordsWithoutALetterAreLeftOut) {
    EXPECT_EQ(queryWords("a - b … 7 。"), (std::vector<std::string>{"a", "b", "7"}));
    EXPECT_EQ(queryWords(std::string(500, 'a')).front().size(), 200U);
    EXPECT_EQ(prefixQuery({"a\"b"}), "\"a\"\"b\" * ");
    EXPECT_EQ(substringQuery({"ab"}), "");
}

}  // namespace
}  // namespace pe::storage
