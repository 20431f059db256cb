// SPDX-License-Identifier: MIT
#include "open_file.hpp"

#include "uri.hpp"

namespace pe::lsp {

OpenFile::OpenFile(std::string uri, Host& host)
    : uri_(std::move(uri)), path_(pathOf(uri_)), host_(host) {
    setText({}, std::nullopt);
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
    if (auto settings = host_.settings(path_))
        settings_ = std::move(*settings);
    else
        complaints_.push_back(settings.error().where + ": " + settings.error().message);
    lookup_ = host_.files(path_);
    checker_ = newChecker();
    check();
}

void OpenFile::setText(std::string text, std::optional<std::int64_t> version) {
    version_ = version;
    subject_.reset();
    tree_ = std::make_unique<yaml::Tree>(yaml::parse(std::move(text)));
    subject_ = check::subjectOf(*tree_);
    positions_ = std::make_unique<Positions>(tree_->text());
    if (checker_)
        check();
}

void OpenFile::check() {
    checker_->check(*subject_);
}

}  // namespace pe::lsp
