// SPDX-License-Identifier: MIT
#include "open_file.hpp"

#include "pe/lsp/uri.hpp"

namespace pe::lsp {

namespace {

constexpr std::uint64_t kScratchReplica = 1;

}  // namespace

OpenFile::OpenFile(std::string uri, std::string text, Host& host)
    : uri_(std::move(uri)),
      path_(pathOf(uri_)),
      host_(host),
      document_(document::Document::open(kScratchReplica, std::move(text), host.clock())),
      subject_(check::subjectOf(*document_)),
      positions_(std::make_unique<Positions>(document_->text())),
      changes_(document_->changed.connect([this](const document::ChangeSet& change) {
          unchecked_.reset = unchecked_.reset || change.reset;
          unchecked_.nodes.insert(unchecked_.nodes.end(), change.nodes.begin(), change.nodes.end());
          current_ = false;
      })) {
    reload();
}

const format::Catalogue& OpenFile::catalogue() const {
    return ownCatalogue_ ? *ownCatalogue_ : format::Catalogue::builtIn();
}

std::unique_ptr<check::Checker> OpenFile::newChecker() const {
    return std::make_unique<check::Checker>(catalogue(), settings_, lookup_.get());
}

void OpenFile::reload() {
    complaints_.clear();
    checker_.reset();
    ownCatalogue_.reset();
    settings_ = {};
    if (auto catalogue = host_.catalogue(path_))
        ownCatalogue_ = std::move(*catalogue);
    else
        complaints_.push_back(catalogue.error().where + ": " + catalogue.error().message);
    document_->setStepTypes(catalogue());
    if (auto settings = host_.settings(path_))
        settings_ = std::move(*settings);
    else
        complaints_.push_back(settings.error().where + ": " + settings.error().message +
                              " Until that is mended every rule has its built-in severity.");
    lookup_ = host_.files(path_);
    checker_ = newChecker();
    unchecked_ = {};
    unchecked_.reset = true;
    current_ = false;
}

Result<void> OpenFile::replace(std::size_t begin, std::size_t removed, std::string_view inserted) {
    auto done = document_->replaceText(begin, removed, inserted, 0);
    positions_ = std::make_unique<Positions>(document_->text());
    return done;
}

const std::vector<check::Diagnostic>& OpenFile::diagnostics() const {
    if (!current_) {
        checker_->recheck(*subject_, unchecked_);
        unchecked_ = {};
        current_ = true;
    }
    return checker_->diagnostics();
}

const OpenFile* fileAt(const OpenFiles& open, const std::string& path) {
    for (const auto& [uri, each] : open)
        if (each->path() == path)
            return each.get();
    return nullptr;
}

Neighbours neighboursOf(const OpenFile& file, const OpenFiles& open, Host& host) {
    Neighbours around;
    around.texts = host.neighbours(file.path());
    for (auto& [path, text] : around.texts) {
        const OpenFile* const shown = fileAt(open, path);
        around.uris[path] = shown == nullptr ? uriOf(path) : shown->uri();
        if (shown != nullptr)
            text = shown->text();
    }
    return around;
}

}  // namespace pe::lsp
