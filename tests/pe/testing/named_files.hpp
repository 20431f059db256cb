// SPDX-License-Identifier: MIT
// NamedFiles: other files of a project, by the paths that name them; `folder` is a folder.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pe/check/checker.hpp"

namespace pe::testing {

class NamedFiles final : public check::FileLookup {
public:
    using Texts = std::map<std::string, std::string, std::less<>>;

    NamedFiles() = default;
    explicit NamedFiles(Texts given) : texts(std::move(given)) {}

    State state(std::string_view path) const override {
        if (path == "folder")
            return State::Folder;
        return texts.contains(path) ? State::Present : State::Missing;
    }
    std::optional<std::string> text(std::string_view path) const override {
        const auto found = texts.find(path);
        return found == texts.end() ? std::nullopt : std::optional(found->second);
    }
    std::optional<std::string> meantText(std::string_view path) const override {
        return text(path);
    }
    std::vector<std::string> names(std::string_view folder) const override {
        std::set<std::string> found;
        for (const auto& [path, bytes] : texts) {
            if (!path.starts_with(folder))
                continue;
            const std::size_t end = std::min(path.find('/', folder.size()), path.size());
            found.insert(path.substr(folder.size(), end + 1 - folder.size()));
        }
        return {found.begin(), found.end()};
    }

    Texts texts;
};

}  // namespace pe::testing
