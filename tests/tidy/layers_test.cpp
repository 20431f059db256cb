// SPDX-License-Identifier: MIT
// A library includes what it links and nothing else; what it links is what docs/architecture.md
// says.
#include <gtest/gtest.h>

#include <regex>

#include "includes.hpp"
#include "link_graph.hpp"
#include "source_file.hpp"

namespace pe::tidy {
namespace {

std::set<std::string> linkedByPrograms(const LinkGraph& graph) {
    static const std::regex target("\\bpe_([a-z]+)\\b");
    const std::string cmake = readSource("src/programs/CMakeLists.txt").text;
    std::set<std::string> names;
    for (std::sregex_iterator found(cmake.begin(), cmake.end(), target), end; found != end; ++found)
        names.merge(graph.reach((*found)[1].str()));
    return names;
}

std::map<std::string, std::set<std::string>> documentedLinks() {
    static const std::regex row("^\\| `([a-z]+)` \\|.*\\|([^|]*)\\|$");
    static const std::regex name("`([a-z]+)`");
    std::map<std::string, std::set<std::string>> links;
    const SourceFile file = readSource("docs/architecture.md");
    for (const std::string_view each : linesOf(file.text)) {
        const std::string line(each);
        std::smatch found;
        if (!std::regex_match(line, found, row))
            continue;
        const std::string cell = found[2].str();
        std::set<std::string>& names = links[found[1].str()];
        for (std::sregex_iterator at(cell.begin(), cell.end(), name), end; at != end; ++at)
            names.insert((*at)[1].str());
    }
    return links;
}

std::set<std::string> oursAmong(const Links& links) {
    std::set<std::string> names;
    for (const auto* each : {&links.open, &links.hidden})
        for (const std::string& target : *each)
            if (startsWith(target, "pe_"))
                names.insert(target.substr(3));
    return names;
}

TEST(Layers, EveryIncludeIsAllowedByALink) {
    const LinkGraph graph = LinkGraph::ofRepository();
    const std::set<std::string> programs = linkedByPrograms(graph);
    std::vector<Finding> findings;
    for (const SourceFile& each : cppFiles()) {
        const auto more = forbiddenIncludes(each, graph, programs);
        findings.insert(findings.end(), more.begin(), more.end());
    }
    EXPECT_TRUE(findings.empty()) << report(findings);
}

TEST(Layers, LinksAreThoseOfTheTableInTheArchitecture) {
    const auto documented = documentedLinks();
    const LinkGraph graph = LinkGraph::ofRepository();
    for (const auto& [library, links] : graph.libraries()) {
        const auto row = documented.find(library);
        if (row == documented.end()) {
            ADD_FAILURE() << "docs/architecture.md has no row for the library " << library;
            continue;
        }
        EXPECT_EQ(oursAmong(links), row->second)
            << "pe_library(" << library << ") and its row in docs/architecture.md differ";
    }
    for (const auto& [library, links] : documented)
        EXPECT_TRUE(graph.libraries().contains(library))
            << "docs/architecture.md speaks of a library that is not built: " << library;
}

TEST(Layers, HaveNoCircle) {
    const LinkGraph graph = LinkGraph::ofRepository();
    for (const auto& [library, links] : graph.libraries())
        for (const std::string& below : oursAmong(links))
            EXPECT_FALSE(graph.reach(below).contains(library)) << library << " <-> " << below;
}

TEST(Layers, NoProgramIsMoreThanItsWiring) {
    constexpr std::size_t kMainLines = 60;
    std::vector<Finding> findings;
    for (const SourceFile& each : cppFiles()) {
        const std::size_t lines = linesOf(each.text).size();
        if (libraryOf(each.path) == "programs" && lines > kMainLines)
            findings.push_back(
                {each.path, lines,
                 "more than 60 lines: a main parses options, builds, connects and runs; "
                 "move the rest to a library"});
    }
    EXPECT_TRUE(findings.empty()) << report(findings);
}

// The rules themselves, on sources that break them.

LinkGraph smallGraph() {
    return LinkGraph::parse(
        {"pe_library(base)\npe_library(yaml LINKS pe_base PRIVATE_LINKS yaml-cpp)\n"
         "pe_library(crdt LINKS pe_base)\npe_library(editor LINKS pe_yaml Qt6::Widgets)"});
}

std::size_t findingsFor(const std::string& path, const std::string& text) {
    return forbiddenIncludes(sourceFile(path, text), smallGraph(), {"base"}).size();
}

TEST(LayerRules, AcceptWhatIsLinked) {
    EXPECT_EQ(
        findingsFor("src/yaml/a.cpp", "#include \"pe/base/b.hpp\"\n#include \"pe/yaml/c.hpp\""),
        0U);
    EXPECT_EQ(findingsFor("src/editor/a.cpp", "#include <QWidget>\n#include \"pe/base/b.hpp\""),
              0U);
    EXPECT_EQ(findingsFor("src/yaml/second_reader.cpp", "#include <yaml-cpp/yaml.h>"), 0U);
    EXPECT_EQ(findingsFor("tests/yaml/a_test.cpp", "#include \"pe/testing/corpus.hpp\""), 0U);
}

TEST(LayerRules, RefuseAnArrowThatIsNotLinked) {
    EXPECT_EQ(findingsFor("src/crdt/a.cpp", "#include \"pe/yaml/tree.hpp\""), 1U);
    EXPECT_EQ(findingsFor("include/pe/base/a.hpp", "#include \"pe/crdt/tree.hpp\""), 1U);
    EXPECT_EQ(findingsFor("tests/crdt/a_test.cpp", "#include \"pe/yaml/tree.hpp\""), 1U);
    EXPECT_EQ(findingsFor("src/base/a.cpp", "#include \"pe/testing/corpus.hpp\""), 1U);
    EXPECT_EQ(findingsFor("src/programs/a.cpp", "#include \"pe/yaml/tree.hpp\""), 1U);
}

TEST(LayerRules, KeepGuestsInTheirRoom) {
    EXPECT_EQ(findingsFor("src/yaml/a.cpp", "#include <QString>"), 1U);
    EXPECT_EQ(findingsFor("src/yaml/a.cpp", "#include <yaml-cpp/yaml.h>"), 1U);
    EXPECT_EQ(findingsFor("src/editor/a.cpp", "#include <sqlite3.h>"), 1U);
    EXPECT_EQ(findingsFor("src/base/a.cpp", "#include <boost/asio.hpp>"), 1U);
}

TEST(LayerRules, ReadOnlyWhatIsCode) {
    EXPECT_EQ(findingsFor("src/base/a.cpp",
                          "// #include <QString>\nauto a = R\"(\n#include <QString>\n)\";"),
              0U);
}

}  // namespace
}  // namespace pe::tidy
