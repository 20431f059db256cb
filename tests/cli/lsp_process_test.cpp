// SPDX-License-Identifier: MIT
// The real `pipeline lsp` in a process of its own, over pipes, as an editor starts it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>

namespace pe::cli {
namespace {

using ::testing::HasSubstr;

class LanguageServer {
public:
    LanguageServer() {
        std::array<int, 2> toServer{};
        std::array<int, 2> fromServer{};
        if (pipe(toServer.data()) != 0 || pipe(fromServer.data()) != 0)
            return;
        process_ = fork();
        if (process_ == 0) {
            dup2(toServer[0], STDIN_FILENO);
            dup2(fromServer[1], STDOUT_FILENO);
            for (const int each : {toServer[0], toServer[1], fromServer[0], fromServer[1]})
                close(each);
            execl(PE_BINARY_DIR "/bin/pipeline", "pipeline", "lsp", nullptr);
            _exit(127);
        }
        close(toServer[0]);
        close(fromServer[1]);
        in_ = toServer[1];
        out_ = fromServer[0];
    }
    ~LanguageServer() {
        close(in_);
        close(out_);
    }

    void send(const std::string& message) {
        const std::string framed =
            "Content-Length: " + std::to_string(message.size()) + "\r\n\r\n" + message;
        ASSERT_EQ(write(in_, framed.data(), framed.size()), static_cast<ssize_t>(framed.size()));
    }

    // The next message; empty at the end.
    std::string receive() {
        std::string header;
        while (header.find("\r\n\r\n") == std::string::npos) {
            char byte = 0;
            if (read(out_, &byte, 1) != 1)
                return {};
            header += byte;
        }
        const std::size_t length = std::stoul(header.substr(header.find(':') + 1));
        std::string message(length, '\0');
        for (std::size_t done = 0; done < length;) {
            const ssize_t count = read(out_, message.data() + done, length - done);
            if (count <= 0)
                return {};
            done += static_cast<std::size_t>(count);
        }
        return message;
    }

    int exitStatus() const {
        int status = 0;
        waitpid(process_, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    pid_t process_ = -1;
    int in_ = -1;
    int out_ = -1;
};

TEST(LspProcess, AnswersBeforeTheInputEndsAndExitsWhenTold) {
    LanguageServer server;
    server.send(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})");
    EXPECT_THAT(server.receive(), HasSubstr("completionProvider"));
    server.send(R"({"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":)"
                R"({"uri":"file:///nowhere/a.yaml","languageId":"yaml","version":1,)"
                R"("text":"workflow:\n  name: x\n  steps:\n    - name: a\n      type: cl\n"}}})");
    EXPECT_THAT(server.receive(), HasSubstr("publishDiagnostics"));
    server.send(R"({"jsonrpc":"2.0","id":2,"method":"textDocument/completion","params":)"
                R"({"textDocument":{"uri":"file:///nowhere/a.yaml"},)"
                R"("position":{"line":4,"character":14}}})");
    EXPECT_THAT(server.receive(), HasSubstr("\"claude\""));
    server.send(R"({"jsonrpc":"2.0","id":3,"method":"shutdown"})");
    EXPECT_THAT(server.receive(), HasSubstr("\"id\":3"));
    server.send(R"({"jsonrpc":"2.0","method":"exit"})");
    EXPECT_EQ(server.receive(), "");
    EXPECT_EQ(server.exitStatus(), 0);
}

}  // namespace
}  // namespace pe::cli
