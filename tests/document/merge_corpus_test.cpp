// SPDX-License-Identifier: MIT
// Edits of different entries, made by commands on real files, merge without a conflict into what
// both meant; git's merge by lines is counted beside.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "pe/base/random.hpp"
#include "pe/document/document.hpp"
#include "pe/document/merge.hpp"
#include "pe/testing/corpus.hpp"
#include "pe/testing/temp_folder.hpp"
#include "pe/yaml/pointer.hpp"
#include "pe/yaml/value.hpp"

namespace pe::document {
namespace {

using yaml::NodeRef;

// Plain values that stand alone on their line, by pointer.
std::vector<std::string> scalarsOf(const yaml::Forest& forest) {
    std::vector<std::string> pointers;
    std::vector<NodeRef> open{yaml::rootDocument(forest)};
    while (!open.empty() && open.back() != yaml::kNoNode) {
        const NodeRef node = open.back();
        open.pop_back();
        const yaml::Lexeme lexeme = forest.lexeme(node);
        const bool plain =
            lexeme.style == yaml::Style::Plain || lexeme.style == yaml::Style::DoubleQuoted;
        const std::string pointer = yaml::pointerTo(forest, node);
        // A step's name is what others refer to it by.
        if (plain && yaml::valueOf(forest, node) && !pointer.ends_with("/name") &&
            yaml::resolve(forest, pointer).value_or(yaml::kNoNode) == node)
            pointers.push_back(pointer);
        for (const NodeRef child : forest.children(node))
            open.push_back(child);
    }
    return pointers;
}

std::string edited(const std::string& text, const std::vector<std::string>& pointers,
                   const std::string& value) {
    FakeClock clock;
    const auto document = Document::open(1, text, clock);
    for (const std::string& pointer : pointers)
        if (const auto node = yaml::resolve(document->forest(), pointer))
            (void)document->execute({SetValue{*node, yaml::Value::ofString(value)}, {}, 0});
    return document->text();
}

bool gitMerges(const std::string& base, const std::string& ours, const std::string& theirs) {
    const testing::TempFolder folder;
    const std::pair<const char*, const std::string&> files[] = {
        {"pe-merge-ours", ours}, {"pe-merge-base", base}, {"pe-merge-theirs", theirs}};
    std::string command = "git merge-file -p -q";
    for (const auto& [name, text] : files) {
        std::ofstream(folder / name, std::ios::binary) << text;
        command += " " + (folder / name).string();
    }
    return std::system((command + " > /dev/null 2>&1").c_str()) == 0;
}

TEST(MergeCorpus, EditsOfDifferentEntriesMergeWithoutAConflict) {
    const auto files = testing::corpusFiles("pipelines");
    if (files.empty())
        GTEST_SKIP() << "no shared corpus beside this checkout";
    SeededRandom random(20);
    int merges = 0;
    int gitConflicts = 0;
    for (const auto& file : files) {
        const std::string base = testing::readFile(file);
        FakeClock clock;
        const auto document = Document::open(1, base, clock);
        const auto pointers = scalarsOf(document->forest());
        if (document->hasDraft() || pointers.size() < 4)
            continue;
        for (int round = 0; round < 6; ++round) {
            std::vector<std::string> sides[2];
            const std::size_t start = random.below(pointers.size() - 3);
            for (std::size_t i = 0; i < 4; ++i)
                sides[i % 2].push_back(pointers[start + i]);
            const std::string ours = edited(base, sides[0], "ours");
            const std::string theirs = edited(base, sides[1], "theirs");
            const Merged merged = mergeTexts(base, ours, theirs);
            EXPECT_EQ(merged.text, edited(ours, sides[1], "theirs")) << file;
            for (const MergeConflict& each : merged.conflicts)
                EXPECT_NE(each.what.find("any more"), std::string::npos) << file << each.what;
            ++merges;
            gitConflicts += gitMerges(base, ours, theirs) ? 0 : 1;
        }
    }
    std::cout << merges << " merges; git merge-file has conflicts in " << gitConflicts << '\n';
    EXPECT_GT(merges, 0);
}

}  // namespace
}  // namespace pe::document
