// SPDX-License-Identifier: MIT
#include "answers.hpp"

#include <algorithm>

#include "pe/language/completion.hpp"
#include "pe/language/hover.hpp"
#include "pe/language/rename.hpp"
#include "pe/language/symbols.hpp"
#include "pe/language/uses.hpp"
#include "pe/lsp/uri.hpp"

namespace pe::lsp {
namespace {

using language::CompletionKind;
using language::SymbolKind;

// Numbers of the protocol.
int completionKind(CompletionKind kind) {
    switch (kind) {
        case CompletionKind::Field:
            return 10;  // property
        case CompletionKind::StepType:
        case CompletionKind::PromptPart:
            return 7;  // class
        case CompletionKind::Step:
            return 18;  // reference
        case CompletionKind::Result:
            return 5;  // field
        case CompletionKind::Variable:
            return 6;
        case CompletionKind::Function:
            return 3;
        case CompletionKind::Scope:
            return 9;  // module
        case CompletionKind::Skeleton:
            return 15;  // snippet
        case CompletionKind::Value:
            return 12;
        case CompletionKind::File:
            return 17;
        case CompletionKind::Folder:
            return 19;
    }
    return 1;
}

int symbolKind(SymbolKind kind) {
    switch (kind) {
        case SymbolKind::Workflow:
            return 2;  // module
        case SymbolKind::Branch:
            return 3;  // namespace
        case SymbolKind::Variable:
            return 13;
        case SymbolKind::Function:
            return 12;
        case SymbolKind::Step:
            return 5;  // class
        case SymbolKind::Task:
            return 6;  // method
    }
    return 13;
}

int severityNumber(check::Severity severity) {
    switch (severity) {
        case check::Severity::Error:
            return 1;
        case check::Severity::Warning:
            return 2;
        case check::Severity::Information:
            return 3;
        default:
            return 4;
    }
}

Json toJson(const OpenFile& file, const language::Symbol& symbol) {
    Json json = {{"name", symbol.name},
                 {"kind", symbolKind(symbol.kind)},
                 {"range", toJson(file.positions(), symbol.span)},
                 {"selectionRange", toJson(file.positions(), symbol.nameSpan)}};
    if (!symbol.detail.empty())
        json["detail"] = symbol.detail;
    Json children = Json::array();
    for (const language::Symbol& each : symbol.children)
        children.push_back(toJson(file, each));
    json["children"] = std::move(children);
    return json;
}

// So that clients sort by our order and not by letters.
std::string sortText(std::size_t index) {
    std::string digits = std::to_string(index);
    return std::string(6 - std::min<std::size_t>(6, digits.size()), '0') + digits;
}

std::vector<language::Use> usesAt(const OpenFile& file, std::size_t offset) {
    const auto target = language::targetAt(file.subject(), file.catalogue(), offset);
    if (!target)
        return {};
    return language::usesOf(file.subject(), file.catalogue(), *target);
}

}  // namespace

Json capabilities() {
    Json completion = {{"triggerCharacters", {".", "{", ":", " ", "-", "/"}}};
    Json fixes = {{"codeActionKinds", {"quickfix", "refactor.rewrite"}}};
    Json changes = {{"openClose", true}, {"change", 2}, {"save", {{"includeText", false}}}};
    return {{"positionEncoding", "utf-16"},      {"textDocumentSync", changes},
            {"completionProvider", completion},  {"hoverProvider", true},
            {"definitionProvider", true},        {"referencesProvider", true},
            {"documentHighlightProvider", true}, {"documentSymbolProvider", true},
            {"codeActionProvider", fixes},       {"renameProvider", {{"prepareProvider", true}}}};
}

Json diagnosticsOf(const OpenFile& file) {
    Json list = Json::array();
    for (const check::Diagnostic& each : file.diagnostics()) {
        if (each.severity == check::Severity::Off)
            continue;
        Json json = {{"range", toJson(file.positions(), {each.begin, each.end})},
                     {"severity", severityNumber(each.severity)},
                     {"code", each.code},
                     {"source", "pipeline"},
                     {"message", each.why.empty() ? each.message : each.message + "\n" + each.why}};
        list.push_back(std::move(json));
    }
    return list;
}

Json completionAnswer(const OpenFile& file, std::size_t offset) {
    Json items = Json::array();
    const auto found =
        language::completionsAt(file.subject(), file.catalogue(), offset, file.files());
    for (std::size_t i = 0; i < found.size(); ++i) {
        const language::CompletionItem& each = found[i];
        const yaml::Span span = each.replaced;
        Json item = {
            {"label", each.label},
            {"kind", completionKind(each.kind)},
            {"sortText", sortText(i)},
            // What stands in the text already has to fit, whatever the label is.
            {"filterText", each.label},
            {"insertTextMode", 1},
            {"textEdit", {{"range", toJson(file.positions(), span)}, {"newText", each.insert}}}};
        if (!each.detail.empty())
            item["detail"] = each.detail;
        if (!each.documentation.empty())
            item["documentation"] = markdown(each.documentation);
        items.push_back(std::move(item));
    }
    return {{"isIncomplete", false}, {"items", std::move(items)}};
}

Json hoverAnswer(const OpenFile& file, std::size_t offset) {
    const auto hover = language::hoverAt(file.subject(), file.catalogue(), offset, file.files());
    if (!hover)
        return nullptr;
    return {{"contents", markdown(hover->markdown)},
            {"range", toJson(file.positions(), hover->span)}};
}

namespace {

// Where a definition stands in another file, which may be open; its beginning if it has no such
// step.
Json rangeIn(const std::string& text, const std::string& step, const format::Catalogue& catalogue) {
    const yaml::Tree tree = yaml::parse(text);
    const auto span = language::stepNamed(*check::subjectOf(tree), catalogue, step);
    return toJson(Positions(text), span.value_or(yaml::Span{}));
}

}  // namespace

Json definitionAnswer(const OpenFile& file, std::size_t offset, const OpenFiles& files,
                      Host& host) {
    const auto definition = language::definitionOf(file.subject(), file.catalogue(), offset);
    if (!definition)
        return nullptr;
    if (definition->file.empty())
        return {{"uri", file.uri()}, {"range", toJson(file.positions(), definition->span)}};
    const std::string path = host.locate(file.path(), definition->file);
    if (path.empty())
        return nullptr;
    const OpenFile* const open = fileAt(files, path);
    const std::string uri = open == nullptr ? uriOf(path) : open->uri();
    std::optional<std::string> text;
    if (!definition->step.empty() && open != nullptr)
        text = open->text();
    else if (!definition->step.empty() && file.files() != nullptr)
        text = file.files()->meantText(definition->file);
    return {{"uri", uri},
            {"range", rangeIn(text.value_or(""), definition->step, file.catalogue())}};
}

Json referencesAnswer(const OpenFile& file, std::size_t offset, bool withDefinition,
                      const OpenFiles& open, Host& host) {
    Json list = Json::array();
    const std::vector<language::Use> uses = usesAt(file, offset);
    for (const language::Use& each : uses)
        if (withDefinition || !each.definition)
            list.push_back({{"uri", file.uri()}, {"range", toJson(file.positions(), each.span)}});
    if (uses.empty())
        return list;
    Neighbours around = neighboursOf(file, open, host);
    const language::RenameRequest request{
        file.path(), file.text(), offset, {}, std::move(around.texts)};
    for (const auto& [path, spans] :
         language::usesInOthers(request, file.catalogue(), host.clock())) {
        const Positions positions(request.others.at(path));
        for (const yaml::Span span : spans)
            list.push_back({{"uri", around.uris[path]}, {"range", toJson(positions, span)}});
    }
    return list;
}

Json highlightsAnswer(const OpenFile& file, std::size_t offset) {
    Json list = Json::array();
    for (const language::Use& each : usesAt(file, offset))
        list.push_back(
            {{"range", toJson(file.positions(), each.span)}, {"kind", each.definition ? 3 : 2}});
    return list;
}

Json symbolsAnswer(const OpenFile& file) {
    Json list = Json::array();
    for (const language::Symbol& each : language::symbols(file.subject(), file.catalogue()))
        list.push_back(toJson(file, each));
    return list;
}

}  // namespace pe::lsp
