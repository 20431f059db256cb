// SPDX-License-Identifier: MIT
#include "positions.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

#include "pe/lsp/uri.hpp"

namespace pe::lsp {
namespace {

TEST(Positions, CountUtf16Units) {
    const std::string text = "a\u00e4\U0001F600b\n";
    const Positions positions(text);
    EXPECT_EQ(positions.position(text.find('b')), (Position{0, 4}));
    EXPECT_EQ(positions.offset({0, 4}), text.find('b'));
    EXPECT_EQ(positions.offset({0, 3}), text.find("\U0001F600")) << "inside the emoji";
}

TEST(Positions, KnowEveryLineBreak) {
    const std::string text = "a\r\nb\rc\nd";
    const Positions positions(text);
    EXPECT_EQ(positions.position(text.find('b')), (Position{1, 0}));
    EXPECT_EQ(positions.position(text.find('c')), (Position{2, 0}));
    EXPECT_EQ(positions.position(text.find('d')), (Position{3, 0}));
}

TEST(Positions, OutsideTheTextMeanItsNearestPlace) {
    const std::string text = "ab\r\ncd\n";
    const Positions positions(text);
    EXPECT_EQ(positions.offset({0, 99}), 2u);
    EXPECT_EQ(positions.offset({99, 0}), text.size());
    EXPECT_EQ(positions.position(1000), (Position{2, 0}));
}

TEST(Positions, AreFoundInLongLines) {
    std::string line;
    for (int i = 0; i < 2000; ++i)
        line += i % 3 == 0 ? "\U0001F600" : "a";
    const std::string text = line + "\r\n" + line;
    const Positions positions(text);
    std::size_t units = 0;
    for (std::size_t at = 0; at < line.size();
         units += line[at] == 'a' ? 1 : 2, at += line[at] == 'a' ? 1 : 4)
        for (const std::size_t row : {0, 1}) {
            const std::size_t offset = at + row * (line.size() + 2);
            EXPECT_EQ(positions.position(offset), (Position{row, units}));
            EXPECT_EQ(positions.offset({row, units}), offset);
        }
    EXPECT_EQ(positions.offset({0, 99999}), line.size());
}

// Not a benchmark: it only notices when every place is counted from the beginning of its line.
TEST(Positions, OfOneLongLineTakeNoNoticeableTime) {
    const std::string text(1 << 20, 'a');
    const Positions positions(text);
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t at = 0; at < text.size(); at += 64)
        EXPECT_EQ(positions.offset(positions.position(at)), at);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
}

RC_GTEST_PROP(Positions, AndOffsetsAreInverses, ()) {
    static const std::vector<std::string> kParts = {"a",  "\u00e4", "\u20ac", "\U0001F600",
                                                    "\n", "\r\n",   "\r",     " "};
    std::string text;
    std::vector<std::size_t> starts;
    for (const auto& each :
         *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kParts))) {
        // Two breaks of one byte each would be read as one of two.
        if (!text.empty() && text.back() == '\r' && each == "\n")
            text += ' ';
        starts.push_back(text.size());
        text += each;
    }
    const Positions positions(text);
    for (const std::size_t each : starts)
        RC_ASSERT(positions.offset(positions.position(each)) == each);
}

TEST(Uris, KeepEveryPath) {
    const std::string path = "/tmp/a b/\u00e4#%?.yaml";
    EXPECT_EQ(pathOf(uriOf(path)), path);
    EXPECT_EQ(uriOf("/a b.yaml"), "file:///a%20b.yaml");
    EXPECT_EQ(pathOf("untitled:1"), "");
    EXPECT_EQ(pathOf("file:///a%zz%2"), "/a%zz%2");
}

}  // namespace
}  // namespace pe::lsp
