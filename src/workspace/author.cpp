// SPDX-License-Identifier: MIT
#include "author.hpp"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cstdlib>
#include <sstream>
#include <string_view>

#include "pe/base/trimmed.hpp"

namespace pe::workspace {
namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::string lower(std::string text) {
    for (char& byte : text)
        byte = static_cast<char>(std::tolower(static_cast<unsigned char>(byte)));
    return text;
}

// A value of git's: quotes and backslashes are undone, an open comment ends it.
std::string unquoted(std::string_view written) {
    std::string value;
    bool quotes = false;
    for (std::size_t i = 0; i < written.size(); ++i) {
        if (written[i] == '\\' && i + 1 < written.size())
            value += written[++i];
        else if (written[i] == '"')
            quotes = !quotes;
        else if (!quotes && (written[i] == '#' || written[i] == ';'))
            break;
        else
            value += written[i];
    }
    return std::string(trimmed(value));
}

std::string systemName() {
    std::array<char, 4096> buffer{};
    struct passwd entry {};
    struct passwd* found = nullptr;
    if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) != 0 || !found)
        return environment("USER");
    const std::string_view gecos = found->pw_gecos ? found->pw_gecos : "";
    const std::string_view full = trimmed(gecos.substr(0, gecos.find(',')));
    return full.empty() ? found->pw_name : std::string(full);
}

}  // namespace

std::string gitUserName(const std::string& configuration) {
    std::istringstream lines(configuration);
    std::string name;
    bool inUser = false;
    for (std::string each; std::getline(lines, each);) {
        const std::string_view line = trimmed(each);
        if (!line.empty() && line.front() == '[') {
            inUser = lower(std::string(line.substr(0, line.find(']') + 1))) == "[user]";
            continue;
        }
        const std::size_t equals = line.find('=');
        if (inUser && equals != std::string_view::npos &&
            lower(std::string(trimmed(line.substr(0, equals)))) == "name")
            name = unquoted(trimmed(line.substr(equals + 1)));
    }
    return name;
}

std::string defaultAuthor(storage::FileSystem& files) {
    if (std::string name = environment("GIT_AUTHOR_NAME"); !name.empty())
        return name;
    const std::string home = environment("HOME");
    const std::string config = environment("XDG_CONFIG_HOME");
    // In git the one in the home folder wins.
    for (const std::string& path :
         {home + "/.gitconfig", (config.empty() ? home + "/.config" : config) + "/git/config"})
        if (const auto content = files.read(path))
            if (std::string name = gitUserName(content->bytes); !name.empty())
                return name;
    return systemName();
}

}  // namespace pe::workspace
