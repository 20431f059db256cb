// SPDX-License-Identifier: MIT
#include "pe/lsp/server.hpp"

#include <istream>
#include <ostream>

#include "framing.hpp"
#include "session.hpp"

namespace pe::lsp {
namespace {

// Messages after which findings are sent even if the client does not pause.
constexpr int kMostPostponed = 50;

void sendAll(std::ostream& out, const std::vector<std::string>& messages) {
    for (const std::string& each : messages)
        send(out, each);
}

}  // namespace

struct Server::Data {
    explicit Data(Host& host) : session(host) {}
    LspSession session;
};

Server::Server(Host& host) : data_(std::make_unique<Data>(host)) {}
Server::~Server() = default;

std::vector<std::string> Server::handle(const std::string& message) {
    return data_->session.handle(withoutHalfPairs(message));
}

bool Server::waits() const {
    return data_->session.hasUnpublished();
}

std::vector<std::string> Server::settle() {
    return data_->session.settle();
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

int serve(Server& server, std::istream& in, std::ostream& out,
          const std::function<bool()>& moreComes) {
    std::string message;
    int postponed = 0;
    while (!server.exited()) {
        const Received received = receive(in, message);
        if (received == Received::End)
            break;
        if (received == Received::Message)
            sendAll(out, server.handle(message));
        else
            send(out, server.refuse(message));
        if (!server.waits())
            continue;
        if (moreComes && ++postponed < kMostPostponed && moreComes())
            continue;
        postponed = 0;
        sendAll(out, server.settle());
    }
    return server.exitStatus();
}

}  // namespace pe::lsp
