// SPDX-License-Identifier: MIT
// NamedFiles: other files of a project, by the paths that name them; `folder` is a folder.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

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

    Texts texts;
};

}  // namespace pe::testing
