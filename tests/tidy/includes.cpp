// SPDX-License-Identifier: MIT
#include "includes.hpp"

#include <algorithm>
#include <array>
#include <regex>

namespace pe::tidy {

namespace {

// A project that only some places may know. `target` is what a library has to link for it.
struct Guest {
    const char* name;
    std::regex include;
    std::string target;
    std::set<std::string> libraries;
    std::string onlyFile = {};  // narrower than a library
};

const std::vector<Guest>& guests() {
    static const std::vector<Guest> all{
        {"Qt", std::regex("^Q[A-Z].*|^Qt.*/.*"), "Qt6::", {"editor"}},
        {"SQLite", std::regex("^sqlite3.*"), "SQLite::SQLite3", {"storage"}},
        {"yaml-cpp",
         std::regex("^yaml-cpp/.*"),
         "yaml-cpp",
         {"yaml"},
         "src/yaml/second_reader.cpp"},
        {"libfyaml", std::regex("^libfyaml\\.h$"), "fyaml", {"bench"}},
        {"libpq", std::regex("^(libpq|postgresql|pqxx).*"), "PostgreSQL::", {"database"}},
        {"Boost", std::regex("^boost/.*"), "Boost::", {"transport"}},
        {"spdlog", std::regex("^(spdlog|fmt)/.*"), "spdlog::", {"base"}},
        {"librsvg", std::regex("^librsvg/.*|^cairo\\.h$"), "PkgConfig::rsvg", {"picture"}},
        {"zlib", std::regex("^zlib\\.h$"), "ZLIB::ZLIB", {"storage", "cli", "crdt", "protocol"}},
        {"nlohmann/json",
         std::regex("^nlohmann/.*"),
         "nlohmann_json::",
         {"format", "check", "lsp", "simulation", "cli", "workspace", "protocol", "server"}},
    };
    return all;
}

bool linksTarget(const std::set<std::string>& targets, const std::string& prefix) {
    return std::any_of(targets.begin(), targets.end(),
                       [&](const std::string& each) { return startsWith(each, prefix); });
}

// The window's own program, and tests that drive the window, know Qt as the library does.
bool mayKnow(const Guest& guest, const SourceFile& file) {
    if (!guest.onlyFile.empty())
        return file.path == guest.onlyFile;
    if (startsWith(file.path, "src/programs/pipeline_editor"))
        return guest.libraries.contains("editor");
    return guest.libraries.contains(libraryOf(file.path));
}

std::optional<std::string> adviceOnGuest(const SourceFile& file, const Include& include,
                                         const LinkGraph& graph) {
    for (const Guest& guest : guests()) {
        if (!std::regex_match(include.path, guest.include))
            continue;
        if (!mayKnow(guest, file)) {
            std::string homes = guest.onlyFile;
            for (const std::string& each : guest.libraries)
                if (guest.onlyFile.empty())
                    homes += (homes.empty() ? "" : ", ") + each;
            return std::string("<") + include.path + "> brings " + guest.name +
                   " to where it must not be known; it belongs in " + homes +
                   " behind a header of ours";
        }
        const std::string library = libraryOf(file.path);
        if (startsWith(file.path, "src/") && graph.libraries().contains(library) &&
            !linksTarget(graph.foreign(library), guest.target))
            return std::string("<") + include.path + "> needs " + guest.target +
                   " among the links of pe_library(" + library + ")";
    }
    return std::nullopt;
}

std::set<std::string> mayInclude(const SourceFile& file, const LinkGraph& graph,
                                 const std::set<std::string>& linkedByPrograms) {
    const std::string library = libraryOf(file.path);
    if (library == "programs")
        return linkedByPrograms;
    if (library == "fuzz")
        return graph.reach("document");
    if (library == "bench")
        return graph.reach("cli");
    if (library == "samples")
        return graph.reach("format");
    return graph.reach(library);
}

}  // namespace

std::vector<Include> includesOf(const SourceFile& file) {
    static const std::regex directive(R"re(^\s*#\s*include\s*(["<])([^">]+)[">].*)re");
    std::vector<Include> includes;
    const auto lines = linesOf(file.text);
    const auto code = linesOf(file.code);
    for (std::size_t each = 0; each < lines.size(); ++each) {
        std::smatch found;
        const std::string line(lines[each]);
        // The directive itself is code; its path is a literal and blank there.
        if (code[each].find('#') == std::string_view::npos)
            continue;
        if (std::regex_match(line, found, directive))
            includes.push_back({each + 1, found[2].str(), found[1].str() == "<"});
    }
    return includes;
}

std::string libraryOf(const std::string& path) {
    static const std::regex place("^(?:src|include/pe|tests/pe|tests)/([a-z_]+)/.*");
    std::smatch found;
    return std::regex_match(path, found, place) ? found[1].str() : "";
}

std::vector<Finding> forbiddenIncludes(const SourceFile& file, const LinkGraph& graph,
                                       const std::set<std::string>& linkedByPrograms) {
    static const std::regex ours("^pe/([a-z_]+)/.*");
    std::vector<Finding> findings;
    const std::set<std::string> allowed = mayInclude(file, graph, linkedByPrograms);
    const std::string library = libraryOf(file.path);
    for (const Include& include : includesOf(file)) {
        std::smatch found;
        if (std::regex_match(include.path, found, ours)) {
            const std::string other = found[1].str();
            const bool isHelper = other == "testing" && startsWith(file.path, "tests/");
            if (isHelper || library == "testing" || allowed.contains(other))
                continue;
            findings.push_back({file.path, include.line,
                                "'" + library + "' must not include pe/" + other +
                                    "/: it does not link pe_" + other +
                                    ", and the arrows in docs/architecture.md say who may"});
        } else if (const auto advice = adviceOnGuest(file, include, graph)) {
            findings.push_back({file.path, include.line, *advice});
        }
    }
    return findings;
}

}  // namespace pe::tidy
