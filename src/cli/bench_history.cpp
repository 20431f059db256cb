// SPDX-License-Identifier: MIT
// `pipeline bench history`: a pipeline that was edited for a long time, in a replica on the disk:
// what it takes there, and how soon it and its history are open again.
#include <algorithm>
#include <utility>

#include "bench_tools.hpp"
#include "pe/base/random.hpp"
#include "pe/crdt/codec.hpp"
#include "pe/document/document.hpp"
#include "pe/storage/disk_file_system.hpp"
#include "pe/workspace/workspace.hpp"
#include "pe/yaml/pointer.hpp"
#include "quiet_executor.hpp"
#include "sample_text.hpp"
#include "scratch_folder.hpp"

namespace pe::cli {
namespace {

constexpr std::size_t kVersions = 9;  // looked at along the history

// Somebody who types in prompts most of the time, changes fields, and moves steps now and then.
class Editing {
public:
    Editing(document::Document& document, std::size_t steps, Random& random)
        : document_(document), steps_(steps), random_(random) {}

    Result<void> edit() {
        const std::size_t kind = random_.below(20);
        const std::string step = "/workflow/steps/" + std::to_string(random_.below(steps_));
        if (kind == 0)
            return move(step);
        if (kind < 6)
            return set(step + "/role", random_.below(2) ? "brain" : "planner");
        return type(step + "/prompt/0/content");
    }

private:
    Result<void> type(const std::string& pointer) {
        PE_TRY_ASSIGN(const auto node, yaml::resolve(document_.forest(), pointer));
        return document_.execute({document::SpliceText{node, random_.below(20), 0, "x"}, {}, 1});
    }
    Result<void> set(const std::string& pointer, const std::string& value) {
        PE_TRY_ASSIGN(const auto node, yaml::resolve(document_.forest(), pointer));
        return document_.execute({document::SetValue{node, yaml::Value::ofString(value)}, {}, 0});
    }
    Result<void> move(const std::string& pointer) {
        PE_TRY_ASSIGN(const auto node, yaml::resolve(document_.forest(), pointer));
        const auto steps = document_.forest().parent(node);
        const auto after = document_.forest().children(steps)[random_.below(steps_)];
        if (after == node)
            return {};
        return document_.execute({document::Move{node, steps, after, std::nullopt}, {}, 0});
    }

    document::Document& document_;
    std::size_t steps_;
    Random& random_;
};

// The replica, and what of the machine it needs.
struct Replica {
    explicit Replica(Clock& time) : clock(time), folder(random) {}

    Result<std::unique_ptr<workspace::Workspace>> open() {
        return workspace::Workspace::open(folder.path().string(), files, clock, random, executor);
    }

    Clock& clock;
    SystemRandom random;
    ScratchFolder folder;
    storage::DiskFileSystem files;
    QuietExecutor executor;
};

struct Edited {
    std::string id;
    double editUs = 0;
    std::uint64_t storedBytes = 0;
};

Result<Edited> editForLong(Replica& replica, std::size_t steps, std::size_t edits) {
    PE_TRY_ASSIGN(const auto workspace, replica.open());
    workspace::Session* session = workspace->importText("long", samplePipeline(steps));
    SeededRandom random(1);
    Editing editing(session->document(), steps, random);
    Edited edited{session->id(), 0, 0};
    Result<void> done;
    const double ms = elapsedMs([&] {
        for (std::size_t i = 0; i < edits && done; ++i)
            done = editing.edit();
    });
    PE_TRY(done);
    edited.editUs = ms * 1000 / static_cast<double>(std::max<std::size_t>(1, edits));
    workspace->close(session, false);
    workspace->finishIndexing();
    PE_TRY_ASSIGN(edited.storedBytes, workspace->storedBytes());
    return edited;
}

// From the state as it is, and from all changes.
Result<void> measureLoading(document::Document& document, Clock& clock, Figures& figures) {
    document::SavedDocument whole;
    whole.log = document.log();
    document::SavedDocument quick;
    quick.snapshot = document.snapshot();
    PE_TRY_ASSIGN(const auto first, crdt::decodeChange(std::string_view(whole.log.at(0))));
    Result<std::unique_ptr<document::Document>> loaded = fail(ErrorCode::Internal, "not loaded");
    const auto load = [&](const document::SavedDocument& saved) {
        return medianMs([&] { loaded = document::Document::replay(first.replica, saved, clock); });
    };
    for (const auto& [name, saved] : {std::pair{"load_ms", &quick}, {"replay_ms", &whole}}) {
        figures.add(name, load(*saved));
        if (!loaded)
            return tl::unexpected(loaded.error());
        if ((*loaded)->text() != document.text())
            return fail(ErrorCode::Internal, "the text did not come back");
    }
    return {};
}

Result<void> measureHistory(document::Document& document, Figures& figures) {
    std::size_t revisions = 0;
    figures.add("revisions_ms", elapsedMs([&] { revisions = document.revisions().size(); }));
    std::vector<double> times;
    Result<std::string> text;
    for (std::size_t i = 0; i < kVersions && text; ++i) {
        const std::size_t position = 1 + (revisions - 1) * (kVersions - 1 - i) / (kVersions - 1);
        times.push_back(elapsedMs([&] { text = document.textAt(position); }));
    }
    PE_TRY(text);
    figures.add("text_at_ms", medianOf(times));
    figures.add("text_at_max_ms", percentileOf(times, 1));
    figures.add("undo_ms", elapsedMs([&] { (void)document.undo(); }));
    return {};
}

}  // namespace

Result<Figures> benchHistory(std::size_t steps, std::size_t edits, Clock& clock) {
    Replica replica(clock);
    PE_TRY_ASSIGN(const Edited edited, editForLong(replica, steps, edits));
    Figures figures;
    figures.addCount("steps", steps);
    figures.addCount("edits", edits);
    figures.add("edit_us", edited.editUs);
    figures.addCount("stored_bytes", edited.storedBytes);
    figures.addCount("stored_bytes_per_step", edited.storedBytes / std::max<std::size_t>(1, steps));
    Result<std::unique_ptr<workspace::Workspace>> workspace =
        fail(ErrorCode::Internal, "not opened");
    figures.add("open_replica_ms", elapsedMs([&] { workspace = replica.open(); }));
    if (!workspace)
        return tl::unexpected(workspace.error());
    Result<workspace::Session*> session = nullptr;
    figures.add("open_ms", elapsedMs([&] { session = (*workspace)->openPipeline(edited.id); }));
    PE_TRY(session);
    document::Document& document = (*session)->document();
    PE_TRY(measureHistory(document, figures));
    PE_TRY(measureLoading(document, clock, figures));
    return figures;
}

}  // namespace pe::cli
