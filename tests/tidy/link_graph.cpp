// SPDX-License-Identifier: MIT
#include "link_graph.hpp"

#include <regex>
#include <sstream>
#include <stdexcept>

#include "source_file.hpp"

namespace pe::tidy {

namespace {

const std::string kOurs = "pe_";

std::string withoutComments(const std::string& cmake) {
    static const std::regex comment("#[^\n]*");
    return std::regex_replace(cmake, comment, "");
}

void readCall(const std::string& arguments, std::map<std::string, Links>& libraries) {
    std::istringstream words(arguments);
    std::string name;
    words >> name;
    if (name.empty())
        throw std::runtime_error("a pe_library() call without a name");
    Links& links = libraries[name];
    std::set<std::string>* into = nullptr;
    for (std::string word; words >> word;) {
        if (word == "LINKS")
            into = &links.open;
        else if (word == "PRIVATE_LINKS")
            into = &links.hidden;
        else if (into == nullptr)
            throw std::runtime_error("pe_library(" + name + "): what is '" + word + "'?");
        else
            into->insert(word);
    }
}

}  // namespace

LinkGraph LinkGraph::parse(const std::vector<std::string>& cmakeTexts) {
    static const std::regex call("(^|\n) *pe_library *\\(([^)]*)\\)");
    LinkGraph graph;
    for (const std::string& each : cmakeTexts) {
        const std::string text = withoutComments(each);
        for (std::sregex_iterator found(text.begin(), text.end(), call), end; found != end; ++found)
            readCall((*found)[2].str(), graph.libraries_);
    }
    return graph;
}

LinkGraph LinkGraph::ofRepository() {
    std::vector<std::string> texts;
    for (const SourceFile& each : writtenFiles())
        if (startsWith(each.path, "src/") && each.path.ends_with("CMakeLists.txt"))
            texts.push_back(each.text);
    return parse(texts);
}

std::set<std::string> LinkGraph::closure(const std::string& library) const {
    std::set<std::string> targets;
    std::vector<std::string> open{kOurs + library};
    const auto own = libraries_.find(library);
    if (own != libraries_.end())
        open.insert(open.end(), own->second.hidden.begin(), own->second.hidden.end());
    while (!open.empty()) {
        const std::string target = open.back();
        open.pop_back();
        if (!targets.insert(target).second || !startsWith(target, kOurs))
            continue;
        const auto found = libraries_.find(target.substr(kOurs.size()));
        if (found == libraries_.end())
            continue;
        open.insert(open.end(), found->second.open.begin(), found->second.open.end());
    }
    return targets;
}

std::set<std::string> LinkGraph::reach(const std::string& library) const {
    std::set<std::string> names;
    for (const std::string& target : closure(library))
        if (startsWith(target, kOurs))
            names.insert(target.substr(kOurs.size()));
    return names;
}

std::set<std::string> LinkGraph::foreign(const std::string& library) const {
    std::set<std::string> names;
    for (const std::string& target : closure(library))
        if (!startsWith(target, kOurs))
            names.insert(target);
    return names;
}

}  // namespace pe::tidy
