// SPDX-License-Identifier: MIT
// LinkGraph: which library links which, read from the pe_library() calls of the CMake files.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pe::tidy {

struct Links {
    std::set<std::string> open;    // LINKS: who links this library gets them too
    std::set<std::string> hidden;  // PRIVATE_LINKS
};

class LinkGraph {
public:
    // From the text of CMake files; throws std::runtime_error on a call it cannot read.
    static LinkGraph parse(const std::vector<std::string>& cmakeTexts);
    // From src/CMakeLists.txt, src/*/CMakeLists.txt and tests/**/CMakeLists.txt of the repository.
    static LinkGraph ofRepository();

    const std::map<std::string, Links>& libraries() const { return libraries_; }
    // Libraries (without `pe_`) that the sources of `library` may include, itself among them.
    std::set<std::string> reach(const std::string& library) const;
    // Targets that are not ours, as far as `library` sees them.
    std::set<std::string> foreign(const std::string& library) const;

private:
    std::set<std::string> closure(const std::string& library) const;

    std::map<std::string, Links> libraries_;
};

}  // namespace pe::tidy
