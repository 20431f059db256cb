// SPDX-License-Identifier: MIT
// LspSession: one client's life from initialize to exit, its open files, and which function answers
// which message.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "json.hpp"
#include "open_file.hpp"

namespace pe::lsp {

// Error numbers of JSON-RPC and of the protocol.
enum class Failure : int {
    ParseError = -32700,
    InvalidRequest = -32600,
    MethodNotFound = -32601,
    InvalidParams = -32602,
    InternalError = -32603,
    NotInitialized = -32002,
    RequestFailed = -32803,
};

Json errorMessage(const Json& id, Failure failure, const std::string& text);

class LspSession {
public:
    explicit LspSession(Host& host) : host_(host) {}

    std::vector<std::string> handle(const std::string& message);
    // The findings of files that changed since they were published.
    std::vector<std::string> settle();
    bool hasUnpublished() const { return !unpublished_.empty(); }
    bool exited() const { return exited_; }
    int exitStatus() const { return shutDown_ ? 0 : 1; }

private:
    using Request = Result<Json> (LspSession::*)(const Json& params);
    using Notification = Result<void> (LspSession::*)(const Json& params);

    void dispatch(const Json& message);
    void answer(const Json& id, const std::string& method, const Json& params);
    void notice(const std::string& method, const Json& params);
    void notify(const std::string& method, Json params);
    void complain(const std::string& text);
    void tellComplaints();
    void publish(const OpenFile& file);

    struct At {
        const OpenFile* file;
        std::size_t offset;
    };
    Result<OpenFile*> fileOf(const Json& params);
    Result<At> placeOf(const Json& params);

    Result<Json> initialize(const Json& params);
    Result<Json> shutdown(const Json& params);
    Result<Json> completion(const Json& params);
    Result<Json> hover(const Json& params);
    Result<Json> definition(const Json& params);
    Result<Json> references(const Json& params);
    Result<Json> highlights(const Json& params);
    Result<Json> symbols(const Json& params);
    Result<Json> codeActions(const Json& params);
    Result<Json> prepareRename(const Json& params);
    Result<Json> rename(const Json& params);

    Result<void> didOpen(const Json& params);
    Result<void> didChange(const Json& params);
    Result<void> didSave(const Json& params);
    Result<void> didChangeWatchedFiles(const Json& params);
    void reloadAll();
    Result<void> didClose(const Json& params);

    Host& host_;
    OpenFiles files_;
    std::set<std::string> unpublished_;  // URIs
    std::set<std::string> told_;         // complaints of the open files that were shown
    std::vector<std::string> outgoing_;
    bool initialized_ = false;
    bool versionedEdits_ = false;  // the client takes edits for a version of a file
    bool shutDown_ = false;
    bool exited_ = false;
};

}  // namespace pe::lsp
