// SPDX-License-Identifier: MIT
// OpenFile: a text that the client has open, with its tree, its findings and the step types that
// count for it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pe/check/checker.hpp"
#include "pe/lsp/server.hpp"
#include "positions.hpp"

namespace pe::lsp {

class OpenFile {
public:
    OpenFile(std::string uri, Host& host);

    void setText(std::string text, std::optional<std::int64_t> version);
    // Reads step types and settings again, which may have changed on disk.
    void reload();

    const std::string& uri() const { return uri_; }
    const std::string& path() const { return path_; }
    const std::string& text() const { return tree_->text(); }
    std::optional<std::int64_t> version() const { return version_; }
    const check::Subject& subject() const { return *subject_; }
    const Positions& positions() const { return *positions_; }
    const format::Catalogue& catalogue() const;
    const std::vector<check::Diagnostic>& diagnostics() const { return checker_->diagnostics(); }
    // Why step types or settings could not be read; empty if they could.
    const std::vector<std::string>& complaints() const { return complaints_; }
    // A checker of the same settings, for a copy of the text.
    std::unique_ptr<check::Checker> newChecker() const;

private:
    void check();

    std::string uri_;
    std::string path_;
    Host& host_;
    std::optional<std::int64_t> version_;
    std::optional<format::Catalogue> ownCatalogue_;
    check::Settings settings_;
    std::unique_ptr<check::FileLookup> lookup_;
    std::vector<std::string> complaints_;
    std::unique_ptr<check::Checker> checker_;
    std::unique_ptr<yaml::Tree> tree_;
    std::unique_ptr<check::Subject> subject_;
    std::unique_ptr<Positions> positions_;
};

}  // namespace pe::lsp
