// SPDX-License-Identifier: MIT
// The actions of `pipeline replica` that only look at it.
#include <array>
#include <ctime>
#include <iostream>

#include "inputs.hpp"
#include "json_text.hpp"
#include "pe/crdt/codec.hpp"
#include "replica_commands.hpp"

namespace pe::cli {
namespace {

using workspace::PipelineInfo;

constexpr std::size_t kShortId = 12;

std::string timestamp(std::int64_t atMs) {
    const std::time_t seconds = atMs / 1000;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text.data(), size};
}

const char* truth(bool value) {
    return value ? "true" : "false";
}

std::string stateOf(const PipelineInfo& info) {
    if (info.draft)
        return "draft";
    return info.unsaved ? "unsaved" : "saved";
}

void printInfo(const PipelineInfo& info, std::ostream& out) {
    out << "{\"id\":\"" << info.id << "\",\"title\":" << jsonText(info.title)
        << ",\"path\":" << jsonText(info.path) << ",\"changes\":" << info.changes
        << ",\"edited\":" << jsonText(timestamp(info.editedAtMs))
        << ",\"opened\":" << jsonText(timestamp(info.openedAtMs))
        << ",\"unsaved\":" << truth(info.unsaved) << ",\"draft\":" << truth(info.draft)
        << ",\"shared\":" << truth(info.shared) << ",\"outbox\":" << info.outbox << "}\n";
}

const char* nameOf(document::RevisionOrigin origin) {
    switch (origin) {
        case document::RevisionOrigin::Import:
            return "import";
        case document::RevisionOrigin::Own:
            return "own";
        case document::RevisionOrigin::Disk:
            return "disk";
        case document::RevisionOrigin::Peer:
            return "peer";
    }
    return "";
}

void printRevision(const document::Revision& revision, const std::string& bytes,
                   const std::vector<workspace::NamedVersion>& versions, std::ostream& out) {
    out << "{\"position\":" << revision.position << ",\"who\":" << jsonText(revision.author)
        << ",\"when\":" << jsonText(timestamp(revision.atMs)) << ",\"when_ms\":" << revision.atMs
        << ",\"label\":" << jsonText(revision.label) << ",\"origin\":\"" << nameOf(revision.origin)
        << "\",\"pending\":" << truth(revision.pending);
    if (const auto change = crdt::decodeChange(bytes))
        out << ",\"replica\":\"" << hexadecimal(change->replica) << "\",\"counters\":["
            << change->firstCounter << ',' << change->lastCounter()
            << "],\"operations\":" << change->operations.size();
    out << ",\"bytes\":" << bytes.size() << ",\"versions\":[";
    const char* comma = "";
    for (const workspace::NamedVersion& version : versions) {
        if (version.position != revision.position)
            continue;
        out << comma << jsonText(version.name);
        comma = ",";
    }
    out << "]}\n";
}

Result<void> printLog(const ReplicaRun& run) {
    PE_TRY_ASSIGN(const auto info, pipelineNamed(run, 0));
    PE_TRY_ASSIGN(const auto document, run.workspace.read(info.id));
    PE_TRY_ASSIGN(const auto versions, run.workspace.namedVersions(info.id));
    std::vector<std::string> bytes = document->log();
    for (std::string& pending : document->pendingChanges())
        bytes.push_back(std::move(pending));
    std::size_t index = 0;
    for (const document::Revision& revision : document->revisions()) {
        printRevision(revision, index < bytes.size() ? bytes[index] : std::string(), versions,
                      run.environment.out);
        ++index;
    }
    return {};
}

Result<void> printText(const ReplicaRun& run) {
    PE_TRY_ASSIGN(const auto info, pipelineNamed(run, 0));
    PE_TRY_ASSIGN(const auto document, run.workspace.read(info.id));
    if (!run.options.has("at")) {
        run.environment.out << document->text();
        return {};
    }
    PE_TRY_ASSIGN(const std::uint64_t position, positionIn(run, info.id));
    PE_TRY_ASSIGN(const std::string text, document->textAt(position));
    run.environment.out << text;
    return {};
}

// What several pipelines come to together.
struct Totals {
    std::uint64_t pipelines = 0;
    std::uint64_t changes = 0;
    std::uint64_t unsaved = 0;
    std::uint64_t drafts = 0;
    std::uint64_t outbox = 0;
    std::uint64_t refused = 0;
    std::uint64_t serverSequence = 0;
    std::uint64_t hash = 0;

    // The order of the pipelines does not count; which state belongs to which does.
    void addState(const std::string& id, std::uint64_t state) {
        std::uint64_t mixed = state ^ 0x9e3779b97f4a7c15;
        for (const char digit : id)
            mixed = (mixed ^ static_cast<unsigned char>(digit)) * 0x100000001b3;
        hash += mixed;
    }
};

// The pipelines that the operand names, or all.
Result<std::vector<PipelineInfo>> chosen(const ReplicaRun& run) {
    if (run.operands.empty())
        return run.workspace.pipelines();
    PE_TRY_ASSIGN(PipelineInfo info, pipelineNamed(run, 0));
    return std::vector<PipelineInfo>{std::move(info)};
}

Result<void> add(const ReplicaRun& run, const PipelineInfo& info, Totals& totals) {
    ++totals.pipelines;
    totals.changes += info.changes;
    totals.unsaved += info.unsaved ? 1 : 0;
    totals.drafts += info.draft ? 1 : 0;
    totals.outbox += info.outbox;
    totals.refused += info.refused;
    if (info.changes == 0 && info.outbox == 0)
        return {};
    PE_TRY_ASSIGN(const auto document, run.workspace.read(info.id));
    if (info.shared)
        totals.serverSequence += document->sequence();
    totals.addState(info.id, document->stateHash());
    return {};
}

Result<void> printStatus(const ReplicaRun& run) {
    PE_TRY_ASSIGN(const auto pipelines, chosen(run));
    Totals totals;
    for (const PipelineInfo& info : pipelines)
        PE_TRY(add(run, info, totals));
    PE_TRY_ASSIGN(const std::uint64_t bytes, run.workspace.storedBytes());
    run.environment.out << "{\"pipelines\":" << totals.pipelines
                        << ",\"changes\":" << totals.changes << ",\"unsaved\":" << totals.unsaved
                        << ",\"drafts\":" << totals.drafts << ",\"outbox\":" << totals.outbox
                        << ",\"refused\":" << totals.refused
                        << ",\"server_sequence\":" << totals.serverSequence
                        << ",\"connected\":false,\"hash\":\"" << hexadecimal(totals.hash)
                        << "\",\"stored_bytes\":" << bytes << "}\n";
    return {};
}

// A pipeline that cannot be replayed is told and counted; the others are checked all the same.
Result<std::size_t> verifyAll(const ReplicaRun& run) {
    std::size_t wrong = 0;
    if (auto whole = run.workspace.verifyStorage(); !whole) {
        ++wrong;
        (void)report(whole.error(), run.environment);
    }
    PE_TRY_ASSIGN(const auto pipelines, chosen(run));
    std::uint64_t changes = 0;
    for (const PipelineInfo& info : pipelines) {
        changes += info.changes;
        auto verified = run.workspace.verify(info.id);
        if (verified)
            continue;
        ++wrong;
        (void)report({verified.error().code, verified.error().message, info.id}, run.environment);
    }
    run.environment.out << "{\"pipelines\":" << pipelines.size() << ",\"changes\":" << changes
                        << ",\"wrong\":" << wrong << "}\n";
    return wrong;
}

const char* nameOf(workspace::FoundIn field) {
    static constexpr const char* kNames[] = {"name", "step", "path", "description", "type", "text"};
    return kNames[static_cast<std::size_t>(field)];
}

void printFound(const ReplicaRun& run, const workspace::SearchResult& result) {
    std::ostream& out = run.environment.out;
    if (!run.asJson()) {
        out << result.id.substr(0, kShortId) << "  "
            << (result.path.empty() ? result.title : result.path) << "\n    "
            << nameOf(result.field) << ": " << result.excerpt << '\n';
        return;
    }
    out << "{\"id\":\"" << result.id << "\",\"title\":" << jsonText(result.title)
        << ",\"path\":" << jsonText(result.path) << ",\"field\":\"" << nameOf(result.field)
        << "\",\"excerpt\":" << jsonText(result.excerpt) << ",\"marks\":[";
    const char* comma = "";
    for (const auto& [begin, end] : result.marks) {
        out << comma << '[' << begin << ',' << end << ']';
        comma = ",";
    }
    out << "]}\n";
}

Result<bool> printSearch(const ReplicaRun& run) {
    std::string query;
    for (const std::string& word : run.operands)
        query += word + ' ';
    PE_TRY_ASSIGN(const long limit, run.options.number("limit", 20, 1, 10'000));
    run.workspace.finishIndexing();
    PE_TRY_ASSIGN(const auto results, run.workspace.search(query, static_cast<std::size_t>(limit)));
    for (const workspace::SearchResult& result : results)
        printFound(run, result);
    return !results.empty();
}

}  // namespace

ExitStatus replicaList(const ReplicaRun& run) {
    const auto pipelines = run.workspace.pipelines();
    if (!pipelines)
        return report(pipelines.error(), run.environment);
    for (const PipelineInfo& info : *pipelines) {
        if (run.asJson())
            printInfo(info, run.environment.out);
        else
            run.environment.out << info.id << "  " << timestamp(info.editedAtMs) << "  "
                                << info.changes << " changes  " << stateOf(info) << "  "
                                << (info.path.empty() ? info.title : info.path) << '\n';
    }
    return ExitStatus::Done;
}

ExitStatus replicaExport(const ReplicaRun& run) {
    return statusOfRun(printText(run), run);
}

ExitStatus replicaLog(const ReplicaRun& run) {
    return statusOfRun(printLog(run), run);
}

ExitStatus replicaSearch(const ReplicaRun& run) {
    const auto found = printSearch(run);
    return found ? ExitStatus::Done : report(found.error(), run.environment);
}

ExitStatus replicaStatus(const ReplicaRun& run) {
    return statusOfRun(printStatus(run), run);
}

ExitStatus replicaVerify(const ReplicaRun& run) {
    const auto wrong = verifyAll(run);
    if (!wrong)
        return report(wrong.error(), run.environment);
    return *wrong == 0 ? ExitStatus::Done : ExitStatus::Findings;
}

}  // namespace pe::cli
