// SPDX-License-Identifier: MIT
#include <algorithm>

#include "answers.hpp"
#include "framing.hpp"
#include "session.hpp"

namespace pe::lsp {
namespace {

std::optional<std::int64_t> versionOf(const Json& document) {
    const Json& version = member(document, "version");
    return version.is_number_integer() ? std::optional(version.get<std::int64_t>()) : std::nullopt;
}

// A new text as one replacement of what differs.
Result<void> replaceAll(OpenFile& file, const std::string& text) {
    const std::string& before = file.text();
    const std::size_t shorter = std::min(before.size(), text.size());
    std::size_t same = 0;
    while (same < shorter && before[same] == text[same])
        ++same;
    std::size_t tail = 0;
    while (tail < shorter - same &&
           before[before.size() - 1 - tail] == text[text.size() - 1 - tail])
        ++tail;
    const std::size_t removed = before.size() - tail - same;
    return file.replace(same, removed,
                        std::string_view(text).substr(same, text.size() - tail - same));
}

// One change, which may replace a range or all of the text.
Result<void> apply(OpenFile& file, const Json& change) {
    PE_TRY_ASSIGN(const std::string inserted, textMember(change, "text"));
    const Json& range = member(change, "range");
    if (range.is_null())
        return replaceAll(file, inserted);
    PE_TRY_ASSIGN(const Position start, positionOf(member(range, "start")));
    PE_TRY_ASSIGN(const Position end, positionOf(member(range, "end")));
    const std::size_t begin = file.positions().offset(start);
    const std::size_t stop = file.positions().offset(end);
    if (stop < begin)
        return fail(ErrorCode::InvalidArgument, "A range ends before it begins.");
    if (file.text().size() - (stop - begin) + inserted.size() > kMaxMessageBytes)
        return fail(ErrorCode::LimitExceeded, "The file has become too large.");
    return file.replace(begin, stop - begin, inserted);
}

}  // namespace

void LspSession::publish(const OpenFile& file) {
    unpublished_.erase(file.uri());
    Json params = {{"uri", file.uri()}, {"diagnostics", diagnosticsOf(file)}};
    if (file.version())
        params["version"] = *file.version();
    notify("textDocument/publishDiagnostics", std::move(params));
}

Result<void> LspSession::didOpen(const Json& params) {
    const Json& document = member(params, "textDocument");
    PE_TRY_ASSIGN(const std::string uri, textMember(document, "uri"));
    PE_TRY_ASSIGN(std::string text, textMember(document, "text"));
    auto& file = files_[uri];
    file = std::make_unique<OpenFile>(uri, std::move(text), host_);
    file->setVersion(versionOf(document));
    tellComplaints();
    publish(*file);
    return {};
}

Result<void> LspSession::didChange(const Json& params) {
    PE_TRY_ASSIGN(OpenFile * file, fileOf(params));
    const Json& changes = member(params, "contentChanges");
    if (!changes.is_array())
        return fail(ErrorCode::InvalidArgument, "`contentChanges` must be a list.");
    unpublished_.insert(file->uri());
    file->setVersion(versionOf(member(params, "textDocument")));
    for (const Json& each : changes)
        PE_TRY(apply(*file, each));
    return {};
}

// Settings, step types and the files around may be others than before.
Result<void> LspSession::didSave(const Json& params) {
    PE_TRY(fileOf(params));
    reloadAll();
    return {};
}

Result<void> LspSession::didChangeWatchedFiles(const Json&) {
    reloadAll();
    return {};
}

// A file is found by others, and its steps are named by them.
void LspSession::reloadAll() {
    for (const auto& [uri, file] : files_)
        file->reload();
    tellComplaints();
    for (const auto& [uri, file] : files_)
        publish(*file);
}

// What is wrong with settings and step types is shown once, until it has changed.
void LspSession::tellComplaints() {
    std::set<std::string> complaints;
    for (const auto& [uri, file] : files_)
        complaints.insert(file->complaints().begin(), file->complaints().end());
    for (const std::string& each : complaints)
        if (!told_.contains(each))
            notify("window/showMessage", {{"type", 1}, {"message", each}});
    told_ = std::move(complaints);
}

Result<void> LspSession::didClose(const Json& params) {
    PE_TRY_ASSIGN(const OpenFile* file, fileOf(params));
    const std::string uri = file->uri();
    files_.erase(uri);
    unpublished_.erase(uri);
    notify("textDocument/publishDiagnostics", {{"uri", uri}, {"diagnostics", Json::array()}});
    return {};
}

std::vector<std::string> LspSession::settle() {
    outgoing_.clear();
    for (const std::string& uri : std::set<std::string>(unpublished_))
        publish(*files_.at(uri));
    return std::move(outgoing_);
}

}  // namespace pe::lsp
