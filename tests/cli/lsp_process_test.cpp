// SPDX-License-Identifier: MIT
// The real `pipeline lsp` in a process of its own, over pipes, as an editor starts it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "pe/testing/temp_folder.hpp"

namespace pe::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Json = nlohmann::json;

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
        if (in_ != -1)
            close(in_);
        close(out_);
    }

    void sendBytes(const std::string& bytes) {
        ASSERT_EQ(write(in_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    }
    void send(const std::string& message) {
        sendBytes("Content-Length: " + std::to_string(message.size()) + "\r\n\r\n" + message);
    }
    void endInput() {
        close(in_);
        in_ = -1;
    }
    void tell(const std::string& method, const Json& params) {
        send(Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", params}}.dump());
    }
    // The answer; notifications that come before it are kept.
    Json ask(const std::string& method, const Json& params) {
        const int id = ++lastId_;
        send(Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}}.dump());
        return answerTo(id);
    }
    Json answerTo(const Json& id) {
        for (std::string text = receive(); !text.empty(); text = receive()) {
            Json message = Json::parse(text);
            if (message.contains("id") && message["id"] == id)
                return message;
            notifications.push_back(std::move(message));
        }
        return {};
    }
    // The next findings that the server publishes.
    Json findings() {
        for (std::string text = receive(); !text.empty(); text = receive()) {
            Json message = Json::parse(text);
            if (message.value("method", "") == "textDocument/publishDiagnostics")
                return message["params"];
        }
        return {};
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

    std::vector<Json> notifications;

    int exitStatus() const {
        int status = 0;
        waitpid(process_, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

private:
    pid_t process_ = -1;
    int lastId_ = 0;
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

const std::string kText =
    "workflow:\n  name: demo\n  steps:\n    - name: plan\n      type: gemini\n"
    "      prompt: hello\n    - name: write\n      type: claude\n      prompt:\n"
    "        - type: previous_response\n          step: plan\n";

// An initialized server with one file of a folder open.
class OpenServer : public LanguageServer {
public:
    explicit OpenServer(const std::string& text = kText) {
        std::ofstream(folder_ / "main.yaml") << text;
        std::ofstream(folder_ / "caller.yaml")
            << "workflow:\n  name: caller\n  steps:\n    - name: run\n      type: pipeline\n"
               "      pipeline_file: main.yaml\n      outputs: [plan]\n";
        std::filesystem::create_symlink("caller.yaml", folder_ / "a_link.yaml");
        uri = "file://" + (folder_ / "main.yaml").string();
        ask("initialize", {{"capabilities", Json::object()}});
        tell("initialized", Json::object());
        tell("textDocument/didOpen",
             {{"textDocument",
               {{"uri", uri}, {"languageId", "yaml"}, {"version", 1}, {"text", text}}}});
    }
    Json at(int line, int character) const {
        return {{"textDocument", {{"uri", uri}}},
                {"position", {{"line", line}, {"character", character}}}};
    }
    static Json range(int line, int from, int to) {
        return {{"start", {{"line", line}, {"character", from}}},
                {"end", {{"line", line}, {"character", to}}}};
    }
    std::string uri;

private:
    testing::TempFolder folder_;
};

TEST(LspProcess, PublishesFindingsAndThoseOfEveryPauseInTyping) {
    OpenServer server;
    Json found = server.findings();
    EXPECT_EQ(found["version"], 1);
    ASSERT_FALSE(found["diagnostics"].empty());
    EXPECT_EQ(found["diagnostics"][0]["code"], "prompt.text");
    server.tell("textDocument/didChange", {{"textDocument", {{"uri", server.uri}, {"version", 2}}},
                                           {"contentChanges",
                                            {{{"range", OpenServer::range(5, 14, 19)},
                                              {"text", "[{type: static, content: hello}]"}}}}});
    found = server.findings();
    EXPECT_EQ(found["version"], 2);
    EXPECT_TRUE(found["diagnostics"].empty()) << found;
}

TEST(LspProcess, AnswersHoverCompletionAndOutline) {
    OpenServer server;
    const Json hover = server.ask("textDocument/hover", server.at(4, 13));
    EXPECT_THAT(hover["result"]["contents"]["value"].get<std::string>(), HasSubstr("Gemini"));
    const Json completion = server.ask("textDocument/completion", server.at(10, 16));
    EXPECT_EQ(completion["result"]["items"][0]["label"], "plan");
    const Json outline =
        server.ask("textDocument/documentSymbol", {{"textDocument", {{"uri", server.uri}}}});
    EXPECT_EQ(outline["result"][0]["name"], "demo");
    EXPECT_EQ(outline["result"][0]["children"].size(), 2u);
}

TEST(LspProcess, RenamesAStepInAllFilesOfTheFolder) {
    OpenServer server;
    Json params = server.at(3, 13);
    EXPECT_EQ(server.ask("textDocument/prepareRename", params)["result"]["placeholder"], "plan");
    params["newName"] = "outline";
    const Json changes = server.ask("textDocument/rename", params)["result"]["changes"];
    EXPECT_EQ(changes.size(), 2u) << changes;
    EXPECT_EQ(changes[server.uri].size(), 2u);
    params["newName"] = "write";
    EXPECT_EQ(server.ask("textDocument/rename", params)["error"]["code"], -32803);
}

TEST(LspProcess, KnowsTheFilesAroundAndTheirSteps) {
    // In a folder without a project the paths of a pipeline start beside it.
    OpenServer server(
        "workflow:\n  name: up\n  steps:\n    - name: run\n      type: pipeline\n"
        "      pipeline_file: caller.yaml\n      outputs: [run]\n");
    const auto labels = [&](int line, int character) {
        std::vector<std::string> found;
        const Json answer = server.ask("textDocument/completion", server.at(line, character));
        for (const Json& each : answer["result"]["items"])
            found.push_back(each["label"]);
        return found;
    };
    EXPECT_THAT(labels(5, 21), ElementsAre("a_link.yaml", "caller.yaml", "main.yaml"));
    EXPECT_THAT(labels(6, 16), ElementsAre("run"));
    const Json place = server.ask("textDocument/definition", server.at(6, 17))["result"];
    EXPECT_THAT(place["uri"].get<std::string>(), HasSubstr("/caller.yaml"));
    EXPECT_EQ(place["range"]["start"], (Json{{"line", 3}, {"character", 12}}));
    const Json hover = server.ask("textDocument/hover", server.at(6, 17));
    EXPECT_THAT(hover["result"]["contents"]["value"].get<std::string>(),
                HasSubstr("of `caller.yaml`"));
}

TEST(LspProcess, OffersFixesAsEdits) {
    OpenServer server;
    const Json actions =
        server.ask("textDocument/codeAction", {{"textDocument", {{"uri", server.uri}}},
                                               {"range", OpenServer::range(5, 14, 19)},
                                               {"context", {{"diagnostics", Json::array()}}}});
    ASSERT_FALSE(actions["result"].empty());
    EXPECT_EQ(actions["result"][0]["title"], "Make it a list with one static part");
    EXPECT_TRUE(actions["result"][0]["edit"]["changes"].contains(server.uri));
}

TEST(LspProcess, GoesOnAfterBytesThatAreNoMessage) {
    OpenServer server;
    server.sendBytes("Content-Type: nonsense\r\n\r\n");
    EXPECT_EQ(server.answerTo(nullptr)["error"]["code"], -32600);
    server.sendBytes("content-length: 5\r\n\r\n{\"a\":");
    EXPECT_EQ(server.answerTo(nullptr)["error"]["code"], -32700);
    server.send("[1, 2");
    EXPECT_EQ(server.answerTo(nullptr)["error"]["code"], -32700);
    EXPECT_EQ(server.ask("no/such", Json::object())["error"]["code"], -32601);
    EXPECT_EQ(server.ask("textDocument/hover", Json::object())["error"]["code"], -32602);
    server.tell("$/no/such", Json::object());
    server.tell("$/cancelRequest", {{"id", 1}});
    EXPECT_TRUE(server.ask("textDocument/hover", server.at(4, 13)).contains("result"));
}

TEST(LspProcess, ALengthBeyondTheLimitEndsItWithoutTakingMemory) {
    OpenServer server;
    server.sendBytes("Content-Length: 99999999999999\r\n\r\nabc");
    server.endInput();
    EXPECT_TRUE(server.answerTo(-1).is_null());
    EXPECT_EQ(server.exitStatus(), 1);
}

TEST(LspProcess, TheExitStatusTellsWhetherItWasShutDown) {
    OpenServer orderly;
    EXPECT_TRUE(orderly.ask("shutdown", nullptr)["result"].is_null());
    EXPECT_EQ(orderly.ask("textDocument/hover", orderly.at(1, 1))["error"]["code"], -32600);
    orderly.tell("exit", nullptr);
    EXPECT_EQ(orderly.exitStatus(), 0);
    OpenServer sudden;
    sudden.tell("exit", nullptr);
    EXPECT_EQ(sudden.exitStatus(), 1);
    OpenServer cut;
    cut.endInput();
    EXPECT_EQ(cut.exitStatus(), 1);
}

}  // namespace
}  // namespace pe::cli
