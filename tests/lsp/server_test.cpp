// SPDX-License-Identifier: MIT
#include "pe/lsp/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "pe/testing/named_files.hpp"

namespace pe::lsp {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Json = nlohmann::json;

class FakeHost final : public Host {
public:
    Result<format::Catalogue> catalogue(const std::string&) override {
        return format::Catalogue::builtIn();
    }
    Result<check::Settings> settings(const std::string&) override {
        if (!fault.empty())
            return fail(ErrorCode::Unreadable, fault, "/p/.pipeline-check.json");
        return check::Settings{};
    }
    std::unique_ptr<check::FileLookup> files(const std::string&) override {
        return std::make_unique<testing::NamedFiles>(called);
    }
    std::string locate(const std::string&, const std::string& named) override {
        return named == "sub.yaml" ? "/p/deep/sub.yaml" : "";
    }
    std::map<std::string, std::string> neighbours(const std::string&) override { return others; }
    Clock& clock() override { return clock_; }

    std::string fault;  // of the settings
    std::map<std::string, std::string> others;
    testing::NamedFiles::Texts called;  // files by the path that names them

private:
    FakeClock clock_;
};

const std::string kUri = "file:///p/main.yaml";
const std::string kText =
    "workflow:\n"
    "  name: demo\n"
    "  steps:\n"
    "    - name: plan\n"
    "      type: gemini\n"
    "      prompt:\n"
    "        - {type: static, content: \"\U0001F600 hi\"}\n"
    "    - name: write\n"
    "      type: claude\n"
    "      prompt:\n"
    "        - type: previous_response\n"
    "          step: plan\n"
    "        - type: static\n"
    "          content: \"\U0001F600 {{steps.plan.text}}\"\n";

// A client that sends what it is told and keeps what comes back.
class Client {
public:
    FakeHost host;
    Server server{host};

    std::vector<Json> send(const Json& message) {
        std::vector<Json> received;
        for (const std::string& each : server.handle(message.dump()))
            received.push_back(Json::parse(each));
        return received;
    }
    std::vector<Json> settle() {
        std::vector<Json> received;
        for (const std::string& each : server.settle())
            received.push_back(Json::parse(each));
        return received;
    }
    Json ask(const std::string& method, Json params) {
        const auto received =
            send({{"jsonrpc", "2.0"}, {"id", ++id_}, {"method", method}, {"params", params}});
        EXPECT_EQ(received.size(), 1u);
        EXPECT_EQ(received.at(0).at("id"), id_);
        return received.at(0);
    }
    std::vector<Json> tell(const std::string& method, Json params) {
        return send({{"jsonrpc", "2.0"}, {"method", method}, {"params", params}});
    }
    Json open(const std::string& text = kText) {
        ask("initialize", {{"capabilities", Json::object()}});
        tell("initialized", Json::object());
        return openAlso(kUri, text);
    }
    Json openAlso(const std::string& uri, const std::string& text) {
        const auto received =
            tell("textDocument/didOpen",
                 {{"textDocument",
                   {{"uri", uri}, {"languageId", "yaml"}, {"version", 1}, {"text", text}}}});
        return received.empty() ? Json() : received.back();
    }
    Json askAt(const std::string& method, int line, int character, Json more = Json::object()) {
        more["textDocument"] = {{"uri", kUri}};
        more["position"] = {{"line", line}, {"character", character}};
        return ask(method, more);
    }

private:
    int id_ = 0;
};

TEST(Server, OffersWhatItHasAndNoFormatting) {
    Client client;
    const Json capabilities =
        client.ask("initialize", {{"capabilities", Json::object()}})["result"]["capabilities"];
    for (const char* each :
         {"completionProvider", "hoverProvider", "definitionProvider", "referencesProvider",
          "renameProvider", "documentSymbolProvider", "codeActionProvider"})
        EXPECT_TRUE(capabilities.contains(each)) << each;
    EXPECT_FALSE(capabilities.contains("documentFormattingProvider"));
}

TEST(Server, AnswersNothingBeforeInitializeAndNothingAfterShutdown) {
    Client client;
    EXPECT_EQ(client.askAt("textDocument/hover", 0, 0)["error"]["code"], -32002);
    client.open();
    EXPECT_TRUE(client.ask("shutdown", nullptr)["result"].is_null());
    EXPECT_EQ(client.askAt("textDocument/hover", 0, 0)["error"]["code"], -32600);
    EXPECT_FALSE(client.server.exited());
    client.tell("exit", nullptr);
    EXPECT_TRUE(client.server.exited());
    EXPECT_EQ(client.server.exitStatus(), 0);
}

TEST(Server, AnExitWithoutShutdownIsAnError) {
    Client client;
    client.open();
    client.tell("exit", nullptr);
    EXPECT_EQ(client.server.exitStatus(), 1);
}

TEST(Server, PublishesFindingsWithTheVersionTheyBelongTo) {
    Client client;
    const Json message = client.open("workflow:\n  name: x\n  steps:\n    - name: \"a\n");
    EXPECT_EQ(message["method"], "textDocument/publishDiagnostics");
    EXPECT_EQ(message["params"]["version"], 1);
    ASSERT_FALSE(message["params"]["diagnostics"].empty());
    EXPECT_EQ(message["params"]["diagnostics"][0]["severity"], 1);
}

TEST(Server, ClosingAFileTakesItsFindingsAway) {
    Client client;
    client.open();
    const auto received = client.tell("textDocument/didClose", {{"textDocument", {{"uri", kUri}}}});
    ASSERT_EQ(received.size(), 1u);
    EXPECT_THAT(received[0]["params"]["diagnostics"], IsEmpty());
    EXPECT_TRUE(client.askAt("textDocument/hover", 1, 3).contains("error"));
}

Json change(int line, int from, int to, const std::string& text) {
    return {{"range",
             {{"start", {{"line", line}, {"character", from}}},
              {"end", {{"line", line}, {"character", to}}}}},
            {"text", text}};
}

TEST(Server, AppliesChangesOneAfterTheOtherInUtf16) {
    Client client;
    client.open("workflow:\n  name: \"\U0001F600 a\"\r\n  steps: []\n");
    client.tell("textDocument/didChange",
                {{"textDocument", {{"uri", kUri}, {"version", 2}}},
                 {"contentChanges", {change(1, 12, 13, "demo"), change(1, 16, 16, "!")}}});
    const Json symbols =
        client.ask("textDocument/documentSymbol", {{"textDocument", {{"uri", kUri}}}})["result"];
    EXPECT_EQ(symbols[0]["name"], "\U0001F600 demo!");
}

TEST(Server, FindingsOfAChangeWaitForAPauseAndComeOnce) {
    Client client;
    client.open();
    EXPECT_FALSE(client.server.waits());
    for (int version = 2; version < 5; ++version)
        EXPECT_THAT(client.tell("textDocument/didChange",
                                {{"textDocument", {{"uri", kUri}, {"version", version}}},
                                 {"contentChanges", {change(4, 12, 18, "gemin")}}}),
                    IsEmpty());
    EXPECT_TRUE(client.server.waits());
    const auto received = client.settle();
    ASSERT_EQ(received.size(), 1u);
    EXPECT_EQ(received[0]["params"]["version"], 4);
    EXPECT_EQ(received[0]["params"]["diagnostics"][0]["code"], "type.unknown");
    EXPECT_FALSE(client.server.waits());
    EXPECT_THAT(client.settle(), IsEmpty());
}

// What is kept from step to step must not differ from what a fresh look finds.
RC_GTEST_PROP(Server, FindingsAfterManyChangesAreThoseOfTheText, ()) {
    Client client;
    client.open();
    static const std::vector<std::string> kPieces = {"x",  "\n",   "  ", "- ",
                                                     "{{", "plan", "\"", ":"};
    const int count = *rc::gen::inRange(1, 8);
    Json last;
    for (int i = 0; i < count; ++i) {
        const int line = *rc::gen::inRange(0, 15);
        const int from = *rc::gen::inRange(0, 30);
        const int to = from + *rc::gen::inRange(0, 4);
        client.tell("textDocument/didChange",
                    {{"textDocument", {{"uri", kUri}, {"version", i + 2}}},
                     {"contentChanges", {change(line, from, to, *rc::gen::elementOf(kPieces))}}});
        last = client.settle().at(0)["params"]["diagnostics"];
    }
    client.tell("textDocument/didSave", {{"textDocument", {{"uri", kUri}}}});
    const auto fresh = client.tell("textDocument/didSave", {{"textDocument", {{"uri", kUri}}}});
    RC_ASSERT(fresh.back()["params"]["diagnostics"] == last);
}

TEST(Server, CompletesBehindAnEmoji) {
    Client client;
    std::string text = kText;
    text.replace(text.find("gemini"), 6, "claude_smart");  // whose results templates see
    client.open(text);
    client.tell("textDocument/didChange", {{"textDocument", {{"uri", kUri}, {"version", 2}}},
                                           {"contentChanges", {change(13, 23, 42, "{{steps.")}}});
    const Json items = client.askAt("textDocument/completion", 13, 31)["result"]["items"];
    ASSERT_EQ(items.size(), 1u);
    EXPECT_EQ(items[0]["label"], "plan");
    EXPECT_EQ(items[0]["textEdit"]["range"]["start"]["character"], 31);
}

TEST(Server, TakesHalvesOfSurrogatePairsForReplacementCharacters) {
    Client client;
    client.open("workflow:\n  name: a\n");
    const auto rename = [&](const std::string& name) {
        const std::string message =
            R"({"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{)"
            R"("uri":"file:///p/main.yaml","version":2},"contentChanges":[{"range":{"start":)"
            R"({"line":1,"character":8},"end":{"line":1,"character":99}},"text":")" +
            name + R"("}]}})";
        client.server.handle(message);
        return client.askAt("textDocument/documentSymbol", 1, 8)["result"][0]["name"];
    };
    EXPECT_EQ(rename("\\ud83d"), "\uFFFD");
    EXPECT_EQ(rename("\\uDE00 x"), "\uFFFD x");
    EXPECT_EQ(rename("\\ud83d\\ud83d\\uDE00"), "\uFFFD\U0001F600");
    EXPECT_EQ(rename("\\\\ud83d"), "\\ud83d");
}

TEST(Server, HoversDefinesAndFindsReferences) {
    Client client;
    client.open();
    EXPECT_THAT(
        client.askAt("textDocument/hover", 4, 8)["result"]["contents"]["value"].get<std::string>(),
        HasSubstr("`type`"));
    const Json definition = client.askAt("textDocument/definition", 11, 17)["result"];
    EXPECT_EQ(definition["range"]["start"], (Json{{"line", 3}, {"character", 12}}));
    const Json uses = client.askAt("textDocument/references", 3, 13,
                                   {{"context", {{"includeDeclaration", true}}}})["result"];
    ASSERT_EQ(uses.size(), 3u);
    EXPECT_EQ(uses[2]["range"]["start"], (Json{{"line", 13}, {"character", 31}}));
}

TEST(Server, FindsReferencesInTheFilesThatRunThisOne) {
    Client client;
    client.host.others["/p/caller.yaml"] =
        "workflow:\n  name: c\n  steps:\n    - name: run\n      type: pipeline\n"
        "      pipeline_file: main.yaml\n      outputs: [write]\n";
    client.open();
    const auto uses = [&] { return client.askAt("textDocument/references", 7, 13)["result"]; };
    ASSERT_EQ(uses().size(), 1u) << uses().dump();
    EXPECT_EQ(uses()[0]["uri"], "file:///p/caller.yaml");
    EXPECT_EQ(uses()[0]["range"]["start"], (Json{{"line", 6}, {"character", 16}}));
    // As it is in the editor.
    client.openAlso("file:///p/caller.yaml", "workflow: {steps: []}\n");
    EXPECT_TRUE(uses().empty());
}

TEST(Server, RenamesOverFilesAndSaysWhyNot) {
    Client client;
    client.open();
    client.host.others["/p/caller.yaml"] =
        "workflow:\n  steps:\n    - name: s\n      type: pipeline\n"
        "      pipeline_file: main.yaml\n      outputs: [plan]\n";
    EXPECT_EQ(client.askAt("textDocument/prepareRename", 11, 17)["result"]["placeholder"], "plan");
    EXPECT_TRUE(client.askAt("textDocument/prepareRename", 0, 2)["result"].is_null());
    const Json changes =
        client.askAt("textDocument/rename", 11, 17, {{"newName", "draft"}})["result"]["changes"];
    EXPECT_EQ(changes[kUri].size(), 3u);
    EXPECT_EQ(changes["file:///p/caller.yaml"].size(), 1u);
    const Json refused =
        client.askAt("textDocument/rename", 11, 17, {{"newName", "write"}})["error"];
    EXPECT_EQ(refused["code"], -32803);
    EXPECT_THAT(refused["message"].get<std::string>(), HasSubstr("write"));
}

TEST(Server, RenamesVersionsOfFilesWhereTheClientKnowsThem) {
    Client client;
    client.ask("initialize", {{"capabilities",
                               {{"workspace", {{"workspaceEdit", {{"documentChanges", true}}}}}}}});
    client.tell("initialized", Json::object());
    client.openAlso(kUri, kText);
    client.host.others["/p/caller.yaml"] =
        "workflow:\n  steps:\n    - name: s\n      type: pipeline\n"
        "      pipeline_file: main.yaml\n      outputs: [plan]\n";
    const Json answer =
        client.askAt("textDocument/rename", 11, 17, {{"newName", "draft"}})["result"];
    EXPECT_FALSE(answer.contains("changes"));
    const Json& changes = answer["documentChanges"];
    ASSERT_EQ(changes.size(), 2u) << answer.dump();
    EXPECT_EQ(changes[0]["textDocument"],
              (Json{{"uri", "file:///p/caller.yaml"}, {"version", nullptr}}));
    EXPECT_EQ(changes[1]["textDocument"], (Json{{"uri", kUri}, {"version", 1}}));
    ASSERT_EQ(changes[1]["edits"].size(), 3u);
    EXPECT_EQ(changes[1]["edits"][1]["range"]["start"], (Json{{"line", 11}, {"character", 16}}));
    EXPECT_EQ(changes[1]["edits"][1]["range"]["end"], (Json{{"line", 11}, {"character", 20}}));
}

TEST(Server, RenamesInOpenFilesAsTheyAreInTheEditor) {
    Client client;
    client.host.others["/p/caller.yaml"] = "workflow: {}\n";
    const std::string caller =
        "# one\n# two\nworkflow:\n  name: c\n  steps:\n    - name: run\n      type: pipeline\n"
        "      pipeline_file: main.yaml\n      outputs: [plan]\n";
    client.open();
    client.tell(
        "textDocument/didOpen",
        {{"textDocument", {{"uri", "file:///p/caller.yaml"}, {"text", caller}, {"version", 1}}}});
    const Json answer = client.askAt("textDocument/rename", 11, 17, {{"newName", "draft"}});
    ASSERT_TRUE(answer.contains("result")) << answer.dump();
    Json changes = answer["result"]["changes"];
    ASSERT_EQ(changes["file:///p/caller.yaml"].size(), 1u) << changes.dump();
    EXPECT_EQ(changes["file:///p/caller.yaml"][0]["range"]["start"]["line"], 8);
}

TEST(Server, RefusesHalfARename) {
    Client client;
    client.host.others["/p/caller.yaml"] =
        "workflow:\n  name: c\n  steps:\n    - name: run\n      type: pipeline\n"
        "      pipeline_file: main.yaml\n      outputs: [plan]\n      role: \"open\n";
    client.open();
    const Json refused =
        client.askAt("textDocument/rename", 11, 17, {{"newName", "draft"}})["error"];
    EXPECT_THAT(refused["message"].get<std::string>(), HasSubstr("/p/caller.yaml"));
}

TEST(Server, GoesToTheFileWhereItIs) {
    Client client;
    const std::string text =
        "workflow:\n  name: x\n  steps:\n    - name: a\n      type: pipeline\n"
        "      pipeline_file: sub.yaml\n    - name: b\n      type: pipeline\n"
        "      pipeline_file: nowhere.yaml\n";
    client.open(text);
    EXPECT_EQ(client.askAt("textDocument/definition", 5, 24)["result"]["uri"],
              "file:///p/deep/sub.yaml");
    EXPECT_TRUE(client.askAt("textDocument/definition", 8, 24)["result"].is_null());
}

TEST(Server, GoesToTheStepOfTheFileThatIsRun) {
    Client client;
    client.host.called["sub.yaml"] = kText;
    client.open(
        "workflow:\n  name: x\n  steps:\n    - name: a\n      type: pipeline\n"
        "      pipeline_file: sub.yaml\n      outputs: [write, gone]\n");
    const Json found = client.askAt("textDocument/definition", 6, 17)["result"];
    EXPECT_EQ(found["uri"], "file:///p/deep/sub.yaml");
    EXPECT_EQ(found["range"]["start"], (Json{{"line", 7}, {"character", 12}}));
    const Json gone = client.askAt("textDocument/definition", 6, 24)["result"];
    EXPECT_EQ(gone["range"]["start"], (Json{{"line", 0}, {"character", 0}}));
    // A file that is open is as it is shown.
    client.openAlso("file:///p/deep/sub.yaml",
                    "workflow:\n  name: x\n  steps:\n    - name: write\n      type: claude\n");
    const Json open = client.askAt("textDocument/definition", 6, 17)["result"];
    EXPECT_EQ(open["range"]["start"], (Json{{"line", 3}, {"character", 12}}));
}

TEST(Server, OffersACopyInThePlaceOfAnAlias) {
    Client client;
    client.open("workflow:\n  name: &n demo\n  description: *n\n  steps: []\n");
    const Json range = {{"start", {{"line", 2}, {"character", 17}}},
                        {"end", {{"line", 2}, {"character", 17}}}};
    const Json actions = client.ask("textDocument/codeAction",
                                    {{"textDocument", {{"uri", kUri}}},
                                     {"range", range},
                                     {"context", {{"diagnostics", Json::array()}}}})["result"];
    ASSERT_FALSE(actions.empty());
    EXPECT_EQ(actions.back()["kind"], "refactor.rewrite");
    EXPECT_EQ(actions.back()["edit"]["changes"][kUri][0]["newText"], "demo");
}

TEST(Server, OffersTheFixesOfAFindingAsEdits) {
    Client client;
    const std::string text =
        "workflow:\n  name: x\n  steps:\n    - name: a\n      type: claude\n"
        "      prompt: Say hello\n";
    const Json published = client.open(text);
    const Json actions = client.ask(
        "textDocument/codeAction",
        {{"textDocument", {{"uri", kUri}}},
         {"range",
          {{"start", {{"line", 5}, {"character", 15}}}, {"end", {{"line", 5}, {"character", 15}}}}},
         {"context", {{"diagnostics", Json::array()}}}})["result"];
    ASSERT_FALSE(actions.empty()) << published.dump(1);
    EXPECT_EQ(actions[0]["kind"], "quickfix");
    EXPECT_FALSE(actions[0]["edit"]["changes"][kUri].empty());
}

// The messages that are shown to a person.
std::vector<std::string> shown(const std::vector<Json>& received) {
    std::vector<std::string> messages;
    for (const Json& each : received)
        if (each.at("method") == "window/showMessage")
            messages.push_back(each.at("params").at("message"));
    return messages;
}

TEST(Server, ShowsWhatIsWrongWithTheSettingsOnceForEachChange) {
    Client client;
    client.open();
    const auto save = [&] {
        return shown(client.tell("textDocument/didSave", {{"textDocument", {{"uri", kUri}}}}));
    };
    EXPECT_THAT(save(), IsEmpty());
    client.host.fault = "This is no JSON.";
    EXPECT_THAT(save(),
                ElementsAre("/p/.pipeline-check.json: This is no JSON. Until that is mended "
                            "every rule has its built-in severity."));
    EXPECT_THAT(save(), IsEmpty());
    client.openAlso("file:///p/other.yaml", kText);
    EXPECT_THAT(save(), IsEmpty());
    client.host.fault = "There is no rule 'x'.";
    EXPECT_THAT(save(), ElementsAre(HasSubstr("no rule 'x'")));
    client.host.fault.clear();
    EXPECT_THAT(save(), IsEmpty());
    client.host.fault = "There is no rule 'x'.";
    EXPECT_EQ(save().size(), 1u);
}

TEST(Server, RefusesMalformedMessagesWithTheRightNumbers) {
    Client client;
    client.open();
    const auto codeOf = [&](const std::string& message) {
        return Json::parse(client.server.handle(message).at(0))["error"]["code"].get<int>();
    };
    EXPECT_EQ(codeOf("{"), -32700);
    EXPECT_EQ(codeOf(std::string(100'000, '[')), -32700);
    EXPECT_EQ(codeOf("[]"), -32600);
    EXPECT_EQ(codeOf("{\"id\":{},\"method\":\"x\"}"), -32600);
    EXPECT_EQ(codeOf("{\"id\":1,\"method\":\"nowhere\"}"), -32601);
    EXPECT_EQ(codeOf("{\"id\":1,\"method\":\"textDocument/hover\"}"), -32602);
    EXPECT_EQ(codeOf("{\"id\":1,\"method\":\"textDocument/hover\",\"params\":{\"textDocument\":"
                     "{\"uri\":\"file:///p/main.yaml\"},\"position\":{\"line\":\"x\"}}}"),
              -32602);
}

TEST(Server, AnswersToNobodyAreIgnored) {
    Client client;
    client.open();
    EXPECT_THAT(client.server.handle("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}"), IsEmpty());
    EXPECT_THAT(client.server.handle("{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\"}"),
                IsEmpty());
}

RC_GTEST_PROP(Server, SurvivesEveryChangeAndQuestion, ()) {
    Client client;
    client.open();
    static const std::vector<std::string> kPieces = {
        "\n", "  ", "- ", "{{", "}}", "\"", "[", ":", "\U0001F600", "steps.", "|", "\r"};
    for (int i = 0; i < 5; ++i) {
        const int line = *rc::gen::inRange(0, 18);
        const int from = *rc::gen::inRange(0, 40);
        const int to = from + *rc::gen::inRange(0, 20);
        client.tell("textDocument/didChange",
                    {{"textDocument", {{"uri", kUri}, {"version", i + 2}}},
                     {"contentChanges", {change(line, from, to, *rc::gen::elementOf(kPieces))}}});
        for (const char* method : {"completion", "hover", "definition", "prepareRename"})
            RC_ASSERT(
                client.askAt(std::string("textDocument/") + method, line, from).contains("result"));
        const Json symbols =
            client.ask("textDocument/documentSymbol", {{"textDocument", {{"uri", kUri}}}});
        RC_ASSERT(symbols.contains("result"));
    }
}

std::string framed(const std::string& message) {
    return "Content-Length: " + std::to_string(message.size()) + "\r\n\r\n" + message;
}

TEST(Serve, MovesFramedMessagesAndEndsWithTheInput) {
    FakeHost host;
    Server server(host);
    std::istringstream in(
        framed("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}") +
        framed("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"shutdown\"}") +
        framed("{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}"));
    std::ostringstream out;
    EXPECT_EQ(serve(server, in, out), 0);
    EXPECT_THAT(out.str(), HasSubstr("\"id\":2"));
    EXPECT_EQ(out.str().rfind("Content-Length: ", 0), 0u);
}

TEST(Serve, SendsFindingsOnceTheClientPausesAndAlsoIfItNeverDoes) {
    const auto findingsAfter = [](int changes, bool moreComes) {
        FakeHost host;
        Server server(host);
        std::string input = framed("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}");
        const Json file = {{"uri", kUri}, {"languageId", "yaml"}, {"version", 1}, {"text", kText}};
        input += framed(Json{{"jsonrpc", "2.0"},
                             {"method", "textDocument/didOpen"},
                             {"params", {{"textDocument", file}}}}
                            .dump());
        for (int i = 0; i < changes; ++i)
            input += framed(Json{{"jsonrpc", "2.0"},
                                 {"method", "textDocument/didChange"},
                                 {"params",
                                  {{"textDocument", {{"uri", kUri}, {"version", i + 2}}},
                                   {"contentChanges", {change(1, 8, 8, "x")}}}}}
                                .dump());
        std::istringstream in(input);
        std::ostringstream out;
        serve(server, in, out, [&] { return moreComes; });
        std::size_t count = 0;
        const std::string text = out.str();
        for (std::size_t at = text.find("publishDiagnostics"); at != std::string::npos;
             at = text.find("publishDiagnostics", at + 1))
            ++count;
        return count;
    };
    EXPECT_EQ(findingsAfter(3, false), 4u);
    EXPECT_EQ(findingsAfter(3, true), 1u);
    EXPECT_GT(findingsAfter(200, true), 2u);
}

TEST(Serve, GoesOnBehindAHeaderWithoutLength) {
    FakeHost host;
    Server server(host);
    std::istringstream in("Content-Type: x\r\n\r\n" +
                          framed("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"initialize\"}"));
    std::ostringstream out;
    EXPECT_EQ(serve(server, in, out), 1) << "the input ended without exit";
    EXPECT_THAT(out.str(), HasSubstr("-32600"));
    EXPECT_THAT(out.str(), HasSubstr("\"id\":7"));
}

TEST(Serve, RefusesALengthBeyondTheLimitWithoutReadingIt) {
    FakeHost host;
    Server server(host);
    std::istringstream in("Content-Length: 99999999999\r\n\r\nabc");
    std::ostringstream out;
    EXPECT_EQ(serve(server, in, out), 1);
}

}  // namespace
}  // namespace pe::lsp
