// SPDX-License-Identifier: MIT
#include "session.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pe::lsp {
namespace {

constexpr std::size_t kMaxNesting = 200;

// The JSON library recurses: texts that nest deeper than any message does are refused before.
bool nestsTooDeep(const std::string& text) {
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            i += c == '\\' ? 1 : 0;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            if (++depth > kMaxNesting)
                return true;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return false;
}

Failure failureOf(ErrorCode code) {
    return code == ErrorCode::InvalidArgument ? Failure::InvalidParams
           : code == ErrorCode::Internal      ? Failure::InternalError
                                              : Failure::RequestFailed;
}

bool isId(const Json& id) {
    return id.is_string() || id.is_number_integer() || id.is_null();
}

}  // namespace

Json errorMessage(const Json& id, Failure failure, const std::string& text) {
    return {{"jsonrpc", "2.0"},
            {"id", id},
            {"error", {{"code", static_cast<int>(failure)}, {"message", text}}}};
}

std::vector<std::string> LspSession::handle(const std::string& message) {
    outgoing_.clear();
    const Json json = nestsTooDeep(message) ? Json(Json::value_t::discarded)
                                            : Json::parse(message, nullptr, false);
    if (json.is_discarded())
        outgoing_.push_back(
            dumped(errorMessage(nullptr, Failure::ParseError, "The message is no JSON.")));
    else
        dispatch(json);
    return std::move(outgoing_);
}

void LspSession::dispatch(const Json& message) {
    const Json& id = member(message, "id");
    const Json& method = member(message, "method");
    const bool request = message.is_object() && message.contains("id");
    if (!message.is_object() || !isId(id) || (!method.is_string() && !method.is_null()) ||
        (method.is_null() && !message.contains("result") && !message.contains("error"))) {
        outgoing_.push_back(dumped(errorMessage(isId(id) ? id : Json(), Failure::InvalidRequest,
                                                "This is no request of JSON-RPC 2.0.")));
        return;
    }
    if (method.is_null())
        return;  // an answer to something that was never asked
    const auto name = method.get<std::string>();
    if (request)
        answer(id, name, member(message, "params"));
    else
        notice(name, member(message, "params"));
}

void LspSession::answer(const Json& id, const std::string& method, const Json& params) {
    static constexpr std::array kRequests = {
        std::pair{"initialize", &LspSession::initialize},
        std::pair{"shutdown", &LspSession::shutdown},
        std::pair{"textDocument/completion", &LspSession::completion},
        std::pair{"textDocument/hover", &LspSession::hover},
        std::pair{"textDocument/definition", &LspSession::definition},
        std::pair{"textDocument/references", &LspSession::references},
        std::pair{"textDocument/documentHighlight", &LspSession::highlights},
        std::pair{"textDocument/documentSymbol", &LspSession::symbols},
        std::pair{"textDocument/codeAction", &LspSession::codeActions},
        std::pair{"textDocument/prepareRename", &LspSession::prepareRename},
        std::pair{"textDocument/rename", &LspSession::rename},
    };
    const auto refuse = [&](Failure failure, const std::string& text) {
        outgoing_.push_back(dumped(errorMessage(id, failure, text)));
    };
    if (shutDown_)
        return refuse(Failure::InvalidRequest, "The server was shut down.");
    if (!initialized_ && method != "initialize")
        return refuse(Failure::NotInitialized, "The first request must be `initialize`.");
    const auto found = std::find_if(kRequests.begin(), kRequests.end(),
                                    [&](const auto& each) { return method == each.first; });
    if (found == kRequests.end())
        return refuse(Failure::MethodNotFound, "There is no method `" + method + "` here.");
    auto result = (this->*found->second)(params);
    if (!result)
        return refuse(failureOf(result.error().code), result.error().message);
    Json reply = {{"jsonrpc", "2.0"}, {"id", id}};
    reply["result"] = std::move(*result);
    outgoing_.push_back(dumped(reply));
}

void LspSession::notice(const std::string& method, const Json& params) {
    static constexpr std::array kNotifications = {
        std::pair{"textDocument/didOpen", &LspSession::didOpen},
        std::pair{"textDocument/didChange", &LspSession::didChange},
        std::pair{"textDocument/didSave", &LspSession::didSave},
        std::pair{"textDocument/didClose", &LspSession::didClose},
        std::pair{"workspace/didChangeWatchedFiles", &LspSession::didChangeWatchedFiles},
    };
    if (method == "exit") {
        exited_ = true;
        return;
    }
    if (!initialized_ || shutDown_)
        return;
    const auto found = std::find_if(kNotifications.begin(), kNotifications.end(),
                                    [&](const auto& each) { return method == each.first; });
    if (found == kNotifications.end())
        return;
    if (const auto done = (this->*found->second)(params); !done)
        complain(method + ": " + done.error().message);
}

void LspSession::notify(const std::string& method, Json params) {
    Json message = {{"jsonrpc", "2.0"}, {"method", method}};
    message["params"] = std::move(params);
    outgoing_.push_back(dumped(message));
}

// Notifications have no answer; what is wrong with them goes to the client's log.
void LspSession::complain(const std::string& text) {
    notify("window/logMessage", {{"type", 1}, {"message", text}});
}

}  // namespace pe::lsp
