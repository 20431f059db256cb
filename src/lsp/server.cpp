// SPDX-License-Identifier: MIT
#include "pe/lsp/server.hpp"

#include <istream>
#include <ostream>

#include "framing.hpp"
#include "session.hpp"

namespace pe::lsp {

struct Server::Data {
    explicit Data(Host& host) : session(host) {}
    LspSession session;
};

Server::Server(Host& host) : data_(std::make_unique<Data>(host)) {}
Server::~Server() = default;

std::vector<std::string> Server::handle(const std::string& message) {
    return data_->session.handle(message);
}

std::string Server::refuse(const std::string& reason) const {
    return dumped(errorMessage(nullptr, Failure::InvalidRequest, reason));
}

bool Server::exited() const {
    return data_->session.exited();
}

int Server::exitStatus() const {
    return data_->session.exitStatus();
}

int serve(Server& server, std::istream& in, std::ostream& out) {
    std::string message;
    while (!server.exited()) {
        const Received received = receive(in, message);
        if (received == Received::End)
            break;
        if (received == Received::Message)
            for (const std::string& each : server.handle(message))
                send(out, each);
        else
            send(out, server.refuse(message));
    }
    return server.exitStatus();
}

}  // namespace pe::lsp
