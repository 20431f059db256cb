// SPDX-License-Identifier: MIT
// OpenFile: a text that the client has open, as a document that takes its keystrokes one by one, so
// that only the steps that changed are checked again; and the step types that count for it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pe/base/signal.hpp"
#include "pe/check/checker.hpp"
#include "pe/document/document.hpp"
#include "pe/lsp/server.hpp"
#include "positions.hpp"

namespace pe::lsp {

class OpenFile {
public:
    OpenFile(std::string uri, std::string text, Host& host);

    // Replaces bytes of the text.
    Result<void> replace(std::size_t begin, std::size_t removed, std::string_view inserted);
    void setVersion(std::optional<std::int64_t> version) { version_ = version; }
    // Reads step types and settings again, which may have changed on disk.
    void reload();

    const std::string& uri() const { return uri_; }
    const std::string& path() const { return path_; }
    const std::string& text() const { return document_->text(); }
    std::optional<std::int64_t> version() const { return version_; }
    const check::Subject& subject() const { return *subject_; }
    const Positions& positions() const { return *positions_; }
    const format::Catalogue& catalogue() const;
    // Other files as this one names them; may be null.
    const check::FileLookup* files() const { return lookup_.get(); }
    // Of the text as it is now: what changed since they were asked for last is looked at first.
    const std::vector<check::Diagnostic>& diagnostics() const;
    // Why step types or settings could not be read; empty if they could.
    const std::vector<std::string>& complaints() const { return complaints_; }
    // A checker of the same settings, for a copy of the text.
    std::unique_ptr<check::Checker> newChecker() const;

private:
    std::string uri_;
    std::string path_;
    Host& host_;
    std::optional<std::int64_t> version_;
    std::optional<format::Catalogue> ownCatalogue_;
    check::Settings settings_;
    std::unique_ptr<check::FileLookup> lookup_;
    std::vector<std::string> complaints_;
    std::unique_ptr<check::Checker> checker_;
    std::unique_ptr<document::Document> document_;
    std::unique_ptr<check::Subject> subject_;
    std::unique_ptr<Positions> positions_;
    mutable document::ChangeSet unchecked_;
    mutable bool current_ = false;  // nothing is unchecked
    Subscription changes_;
};

using OpenFiles = std::map<std::string, std::unique_ptr<OpenFile>>;  // by URI

// The one of that path; null if it is not open. Clients spell the URI of a path as they like.
const OpenFile* fileAt(const OpenFiles& open, const std::string& path);

// The pipelines around a file, by path. What is open counts as it is in the editor, not as it is on
// the disk.
struct Neighbours {
    std::map<std::string, std::string> texts;
    std::map<std::string, std::string> uris;
};
Neighbours neighboursOf(const OpenFile& file, const OpenFiles& open, Host& host);

}  // namespace pe::lsp
