// SPDX-License-Identifier: MIT
#include <algorithm>

#include "answers.hpp"
#include "session.hpp"

namespace pe::lsp {

Result<OpenFile*> LspSession::fileOf(const Json& params) {
    PE_TRY_ASSIGN(const std::string uri, textMember(member(params, "textDocument"), "uri"));
    const auto found = files_.find(uri);
    if (found == files_.end())
        return fail(ErrorCode::InvalidArgument, "The file is not open: " + uri);
    return found->second.get();
}

Result<LspSession::At> LspSession::placeOf(const Json& params) {
    PE_TRY_ASSIGN(const OpenFile* file, fileOf(params));
    PE_TRY_ASSIGN(const Position position, positionOf(member(params, "position")));
    return At{file, file->positions().offset(position)};
}

Result<Json> LspSession::initialize(const Json& params) {
    if (initialized_)
        return fail(ErrorCode::InvalidArgument, "The server is initialized already.");
    initialized_ = true;
    const Json& edits =
        member(member(member(params, "capabilities"), "workspace"), "workspaceEdit");
    const Json& versioned = member(edits, "documentChanges");
    versionedEdits_ = versioned.is_boolean() && versioned.get<bool>();
    return Json{{"capabilities", capabilities()}, {"serverInfo", {{"name", "pipeline lsp"}}}};
}

Result<Json> LspSession::shutdown(const Json&) {
    shutDown_ = true;
    files_.clear();
    unpublished_.clear();
    return Json(nullptr);
}

Result<Json> LspSession::completion(const Json& params) {
    PE_TRY_ASSIGN(const At at, placeOf(params));
    return completionAnswer(*at.file, at.offset);
}

Result<Json> LspSession::hover(const Json& params) {
    PE_TRY_ASSIGN(const At at, placeOf(params));
    return hoverAnswer(*at.file, at.offset);
}

Result<Json> LspSession::definition(const Json& params) {
    PE_TRY_ASSIGN(const At at, placeOf(params));
    return definitionAnswer(*at.file, at.offset, files_, host_);
}

Result<Json> LspSession::references(const Json& params) {
    PE_TRY_ASSIGN(const At at, placeOf(params));
    const Json& with = member(member(params, "context"), "includeDeclaration");
    return referencesAnswer(*at.file, at.offset, with.is_boolean() && with.get<bool>(), files_,
                            host_);
}

Result<Json> LspSession::highlights(const Json& params) {
    PE_TRY_ASSIGN(const At at, placeOf(params));
    return highlightsAnswer(*at.file, at.offset);
}

Result<Json> LspSession::symbols(const Json& params) {
    PE_TRY_ASSIGN(const OpenFile* file, fileOf(params));
    return symbolsAnswer(*file);
}

Result<Json> LspSession::codeActions(const Json& params) {
    PE_TRY_ASSIGN(const OpenFile* file, fileOf(params));
    const Json& range = member(params, "range");
    PE_TRY_ASSIGN(const Position start, positionOf(member(range, "start")));
    PE_TRY_ASSIGN(const Position end, positionOf(member(range, "end")));
    const std::size_t begin = file->positions().offset(start);
    return codeActionsAnswer(*file, {begin, std::max(begin, file->positions().offset(end))},
                             host_.clock());
}

Result<Json> LspSession::prepareRename(const Json& params) {
    PE_TRY_ASSIGN(const At at, placeOf(params));
    return prepareRenameAnswer(*at.file, at.offset);
}

Result<Json> LspSession::rename(const Json& params) {
    PE_TRY_ASSIGN(const At at, placeOf(params));
    PE_TRY_ASSIGN(const std::string name, textMember(params, "newName"));
    return renameAnswer(*at.file, at.offset, name, files_, host_, versionedEdits_);
}

}  // namespace pe::lsp
