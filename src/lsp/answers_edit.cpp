// SPDX-License-Identifier: MIT
// The requests whose answers change texts: rename and the fixes of findings.
#include <algorithm>

#include "answers.hpp"
#include "pe/document/document.hpp"
#include "pe/language/refactoring.hpp"
#include "pe/language/rename.hpp"
#include "pe/lsp/uri.hpp"

namespace pe::lsp {
namespace {

constexpr std::uint64_t kScratchReplica = 1;
constexpr std::size_t kMaxActions = 100;

bool touches(const check::Diagnostic& each, yaml::Span span) {
    return each.begin <= span.end && span.begin <= each.end;
}

// Runs fixes on a copy of the text to learn what they change in it.
class FixRunner {
public:
    FixRunner(const OpenFile& file, Clock& clock)
        : text_(file.text()),
          document_(document::Document::open(kScratchReplica, text_, clock)),
          subject_(check::subjectOf(*document_)),
          checker_(file.newChecker()) {
        document_->setStepTypes(file.catalogue());
        checker_->check(*subject_);
    }

    const check::Subject& subject() const { return *subject_; }
    // The findings of the copy, whose fixes speak of its nodes.
    const std::vector<check::Diagnostic>& diagnostics() const { return checker_->diagnostics(); }

    Result<std::vector<language::TextEdit>> editsOf(const check::Fix& fix) {
        if (const auto* patches = std::get_if<std::vector<document::TextPatch>>(&fix.action))
            return language::editsOf(text_, *patches);
        std::vector<document::TextPatch> patches;
        {
            const Subscription kept =
                document_->changed.connect([&](const document::ChangeSet& change) {
                    patches.insert(patches.end(), change.patches.begin(), change.patches.end());
                });
            PE_TRY(document_->execute(std::get<document::Command>(fix.action)));
        }
        PE_TRY(document_->undo());
        return language::editsOf(text_, patches);
    }

    bool intact() const { return document_->text() == text_; }

private:
    std::string text_;
    std::unique_ptr<document::Document> document_;
    std::unique_ptr<check::Subject> subject_;
    std::unique_ptr<check::Checker> checker_;
};

Json actionFor(const OpenFile& file, const check::Fix& fix, const char* kind,
               const std::vector<language::TextEdit>& edits) {
    Json changes = Json::object();
    changes[file.uri()] = toJson(file.positions(), edits);
    return {{"title", fix.title}, {"kind", kind}, {"edit", {{"changes", std::move(changes)}}}};
}

Json quickFix(const OpenFile& file, const check::Diagnostic& finding, const check::Fix& fix,
              const std::vector<language::TextEdit>& edits, bool best) {
    const Json range = toJson(file.positions(), {finding.begin, finding.end});
    Json reported = {{"range", range},
                     {"code", finding.code},
                     {"source", "pipeline"},
                     {"message", finding.message}};
    Json action = actionFor(file, fix, "quickfix", edits);
    action["isPreferred"] = best && fix.safe;
    action["diagnostics"] = Json::array({reported});
    return action;
}

}  // namespace

Json codeActionsAnswer(const OpenFile& file, yaml::Span span, Clock& clock) {
    Json actions = Json::array();
    const auto& known = file.diagnostics();
    const bool refactors = !language::refactoringsAt(file.subject(), span.begin).empty();
    if (!refactors && std::none_of(known.begin(), known.end(), [&](const check::Diagnostic& each) {
            return touches(each, span) && !each.fixes.empty();
        }))
        return actions;
    FixRunner runner(file, clock);
    for (const check::Diagnostic& each : runner.diagnostics()) {
        if (!touches(each, span) || each.severity == check::Severity::Off)
            continue;
        for (const check::Fix& fix : each.fixes) {
            if (actions.size() == kMaxActions || !runner.intact())
                return actions;
            const auto edits = runner.editsOf(fix);
            if (edits && !edits->empty())
                actions.push_back(quickFix(file, each, fix, *edits, &fix == &each.fixes.front()));
        }
    }
    for (const check::Fix& each : language::refactoringsAt(runner.subject(), span.begin))
        if (const auto edits = runner.editsOf(each); edits && !edits->empty())
            actions.push_back(actionFor(file, each, "refactor.rewrite", *edits));
    return actions;
}

Json prepareRenameAnswer(const OpenFile& file, std::size_t offset) {
    const auto target = language::targetAt(file.subject(), file.catalogue(), offset);
    if (!target || target->kind == language::TargetKind::File)
        return nullptr;
    return {{"range", toJson(file.positions(), target->at)}, {"placeholder", target->name}};
}

Result<Json> renameAnswer(const OpenFile& file, std::size_t offset, const std::string& name,
                          const OpenFiles& open, Host& host, bool versioned) {
    Neighbours around = neighboursOf(file, open, host);
    language::RenameRequest request{file.path(), file.text(), offset, name,
                                    std::move(around.texts)};
    PE_TRY_ASSIGN(const language::RenamePlan plan,
                  language::planRename(request, file.catalogue(), host.clock()));
    Json changes = Json::object();
    Json ofVersions = Json::array();
    for (const auto& [path, edits] : plan.files) {
        const bool own = path == file.path();
        const Positions other(own ? std::string_view(file.text()) : request.others[path]);
        const std::string& uri = own ? file.uri() : around.uris[path];
        const OpenFile* const shown = own ? &file : fileAt(open, path);
        const bool counted = shown != nullptr && shown->version();
        const Json version = counted ? Json(*shown->version()) : Json(nullptr);
        changes[uri] = toJson(other, edits);
        ofVersions.push_back(
            {{"textDocument", {{"uri", uri}, {"version", version}}}, {"edits", changes[uri]}});
    }
    return versioned ? Json{{"documentChanges", std::move(ofVersions)}}
                     : Json{{"changes", std::move(changes)}};
}

}  // namespace pe::lsp
