// SPDX-License-Identifier: MIT
// The actions of `pipeline replica` that change it.
#include <iostream>

#include "edit_script.hpp"
#include "inputs.hpp"
#include "json_text.hpp"
#include "replica_commands.hpp"

namespace pe::cli {
namespace {

using workspace::Session;

// One gesture after the other, each told when it is on disk.
using Gesture = std::function<Result<void>(document::Document&)>;

Result<Session*> importOne(const ReplicaRun& run, const std::string& path) {
    if (path != "-") {
        auto session = run.workspace.importFile(path);
        if (!session && session.error().code == ErrorCode::NotFound)
            return fail(ErrorCode::Unreadable, session.error().message, path);
        return session;
    }
    PE_TRY_ASSIGN(const std::string bytes, readInput(path, run.environment));
    return run.workspace.importText("standard input", bytes);
}

void tellImported(const ReplicaRun& run, const std::string& path, Session& session) {
    if (run.asJson())
        run.environment.out << "{\"id\":\"" << session.id() << "\",\"file\":" << jsonText(path)
                            << ",\"changes\":" << session.document().log().size() << "}\n";
    else
        run.environment.out << session.id() << '\n';
}

Result<std::vector<Gesture>> gesturesOf(const ReplicaRun& run) {
    std::vector<Gesture> gestures;
    for (const std::string& assignment : run.options.values("set")) {
        const std::size_t equals = assignment.find('=');
        if (equals == std::string::npos)
            return fail(ErrorCode::InvalidArgument,
                        "--set takes POINTER=VALUE, not '" + assignment + "'");
        gestures.push_back([=](document::Document& document) {
            return setFromText(document, assignment.substr(0, equals),
                               assignment.substr(equals + 1));
        });
    }
    for (const std::string& path : run.options.values("script")) {
        PE_TRY_ASSIGN(const std::string bytes, readInput(path, run.environment));
        auto script = yaml::fromJson(bytes);
        if (!script || script->kind != yaml::Value::Kind::Sequence)
            return fail(ErrorCode::Unreadable, "this is no JSON list of edits", path);
        for (const yaml::Value& edit : script->items)
            gestures.push_back(
                [only = yaml::Value::sequence({edit})](document::Document& document) {
                    return runScript(document, only);
                });
    }
    return gestures;
}

// On a copy first: what cannot be done as a whole is not begun.
Result<void> tryGestures(document::Document& copy, const std::vector<Gesture>& gestures) {
    for (std::size_t i = 0; i < gestures.size(); ++i)
        if (auto done = gestures[i](copy); !done)
            return fail(done.error().code,
                        "gesture " + std::to_string(i + 1) + " of " +
                            std::to_string(gestures.size()) + ": " + done.error().message,
                        done.error().where);
    return {};
}

Result<void> editPipeline(const ReplicaRun& run) {
    PE_TRY_ASSIGN(const auto gestures, gesturesOf(run));
    if (gestures.empty())
        return fail(ErrorCode::InvalidArgument,
                    "edit takes --script EDITS.json or --set POINTER=VALUE");
    PE_TRY_ASSIGN(const auto info, pipelineNamed(run, 0));
    PE_TRY_ASSIGN(const auto copy, run.workspace.read(info.id));
    PE_TRY(tryGestures(*copy, gestures));
    PE_TRY_ASSIGN(Session * session, run.workspace.openPipeline(info.id));
    for (const Gesture& gesture : gestures) {
        PE_TRY(gesture(session->document()));
        if (!run.asJson())
            continue;
        PE_TRY(run.workspace.flush());
        run.environment.out << "{\"durable\":" << session->document().revisions().size() << "}"
                            << std::endl;
    }
    return run.workspace.flush();
}

Result<void> namePipeline(const ReplicaRun& run) {
    PE_TRY_ASSIGN(const auto info, pipelineNamed(run, 0));
    std::uint64_t position = info.changes;
    if (run.options.has("at")) {
        PE_TRY_ASSIGN(position, positionIn(run, info.id));
    }
    PE_TRY_ASSIGN(Session * session, run.workspace.openPipeline(info.id));
    if (!run.options.has("at") && position == 0)
        position = 1;  // a file that was only looked at begins with this
    return session->nameVersion(position, run.operands[1]);
}

Result<void> restorePipeline(const ReplicaRun& run) {
    PE_TRY_ASSIGN(const auto info, pipelineNamed(run, 0));
    if (!run.options.has("at"))
        return fail(ErrorCode::InvalidArgument, "restore needs --at NUMBER or --at NAME");
    PE_TRY_ASSIGN(const std::uint64_t position, positionIn(run, info.id));
    PE_TRY_ASSIGN(Session * session, run.workspace.openPipeline(info.id));
    return session->document().restore(position);
}

Result<void> onSession(const ReplicaRun& run, const std::function<Result<void>(Session&)>& action) {
    PE_TRY_ASSIGN(const auto info, pipelineNamed(run, 0));
    PE_TRY_ASSIGN(Session * session, run.workspace.openPipeline(info.id));
    return action(*session);
}

Result<void> onPipeline(const ReplicaRun& run,
                        const std::function<Result<void>(const std::string&)>& action) {
    PE_TRY_ASSIGN(const auto info, pipelineNamed(run, 0));
    return action(info.id);
}

}  // namespace

ExitStatus replicaImport(const ReplicaRun& run) {
    // The action's own name is no file; the options know where lists of files are.
    std::vector<std::string> paths = run.operands;
    if (run.options.has("files-from")) {
        const auto listed = listedPaths(run.options, run.environment);
        if (!listed)
            return report(listed.error(), run.environment);
        paths.insert(paths.end(), listed->begin(), listed->end());
    } else if (paths.empty()) {
        return report(
            {ErrorCode::InvalidArgument, "import takes files, or - for standard input", {}},
            run.environment);
    }
    ExitStatus status = ExitStatus::Done;
    for (const std::string& path : paths) {
        auto session = importOne(run, path);
        if (!session) {
            status = worse(status, report(session.error(), run.environment));
            continue;
        }
        tellImported(run, path, **session);
        run.workspace.close(*session, false);
    }
    return status;
}

ExitStatus replicaEdit(const ReplicaRun& run) {
    return statusOfRun(editPipeline(run), run);
}

ExitStatus replicaName(const ReplicaRun& run) {
    return statusOfRun(namePipeline(run), run);
}

ExitStatus replicaUnname(const ReplicaRun& run) {
    return statusOfRun(
        onSession(run, [&](Session& session) { return session.removeVersion(run.operands[1]); }),
        run);
}

ExitStatus replicaRestore(const ReplicaRun& run) {
    return statusOfRun(restorePipeline(run), run);
}

ExitStatus replicaForget(const ReplicaRun& run) {
    return statusOfRun(
        onPipeline(run, [&](const std::string& id) { return run.workspace.forget(id); }), run);
}

ExitStatus replicaRebind(const ReplicaRun& run) {
    return statusOfRun(
        onPipeline(
            run, [&](const std::string& id) { return run.workspace.rebind(id, run.operands[1]); }),
        run);
}

}  // namespace pe::cli
