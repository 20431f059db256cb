// SPDX-License-Identifier: MIT
#include "answers.hpp"
#include "framing.hpp"
#include "session.hpp"

namespace pe::lsp {
namespace {

std::optional<std::int64_t> versionOf(const Json& document) {
    const Json& version = member(document, "version");
    return version.is_number_integer() ? std::optional(version.get<std::int64_t>()) : std::nullopt;
}

// The text after one change, which may replace a range or all of it.
Result<std::string> changed(const std::string& text, const Json& change) {
    PE_TRY_ASSIGN(std::string inserted, textMember(change, "text"));
    const Json& range = member(change, "range");
    if (range.is_null())
        return inserted;
    PE_TRY_ASSIGN(const Position start, positionOf(member(range, "start")));
    PE_TRY_ASSIGN(const Position end, positionOf(member(range, "end")));
    const Positions positions(text);
    const std::size_t begin = positions.offset(start);
    const std::size_t stop = positions.offset(end);
    if (stop < begin)
        return fail(ErrorCode::InvalidArgument, "A range ends before it begins.");
    if (text.size() - (stop - begin) + inserted.size() > kMaxMessageBytes)
        return fail(ErrorCode::LimitExceeded, "The file has become too large.");
    std::string result = text;
    result.replace(begin, stop - begin, inserted);
    return result;
}

}  // namespace

void LspSession::publish(const OpenFile& file) {
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
    file = std::make_unique<OpenFile>(uri, host_);
    file->setText(std::move(text), versionOf(document));
    for (const std::string& each : file->complaints())
        complain(each);
    publish(*file);
    return {};
}

Result<void> LspSession::didChange(const Json& params) {
    PE_TRY_ASSIGN(OpenFile * file, fileOf(params));
    const Json& changes = member(params, "contentChanges");
    if (!changes.is_array())
        return fail(ErrorCode::InvalidArgument, "`contentChanges` must be a list.");
    std::string text = file->text();
    for (const Json& each : changes) {
        PE_TRY_ASSIGN(text, changed(text, each));
    }
    file->setText(std::move(text), versionOf(member(params, "textDocument")));
    publish(*file);
    return {};
}

// Settings, step types and the files around may be others than before.
Result<void> LspSession::didSave(const Json& params) {
    PE_TRY_ASSIGN(OpenFile * file, fileOf(params));
    file->reload();
    for (const std::string& each : file->complaints())
        complain(each);
    publish(*file);
    return {};
}

Result<void> LspSession::didClose(const Json& params) {
    PE_TRY_ASSIGN(const OpenFile* file, fileOf(params));
    const std::string uri = file->uri();
    files_.erase(uri);
    notify("textDocument/publishDiagnostics", {{"uri", uri}, {"diagnostics", Json::array()}});
    return {};
}

}  // namespace pe::lsp
