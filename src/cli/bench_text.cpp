// SPDX-License-Identifier: MIT
// `pipeline bench text`: an editing trace typed again, sent, stored and loaded.
#include <optional>

#include "bench_tools.hpp"
#include "stored_snapshot.hpp"
#include "text_replay.hpp"

namespace pe::cli {
namespace {

constexpr crdt::ReplicaId kReader = 7;
// One author who works alone. What he typed is forgotten before anything else is measured.
Result<double> measureTyping(const EditingTrace& trace, bool& correct) {
    LoneTyping typing(trace);
    PE_TRY(typing.begin());
    PE_TRY_ASSIGN(const double ms, timedMs([&] { return typing.typeEach(); }));
    correct = correct && replayedText(typing.tree()) == trace.end;
    return ms;
}

// What others get: everything at once, and every transaction by itself.
Result<bool> measureMerge(const EditingTrace& trace, const TextReplay& replay, Figures& figures) {
    const std::string batch = crdt::encodeBatch(replay.changes());
    crdt::ReplicatedTree reader(kReader);
    PE_TRY_ASSIGN(const double mergeMs, timedMs([&] { return takeBatch(reader, batch); }));
    figures.add("merge_ms", mergeMs);
    const std::vector<std::string> frames = framesOf(replay.changes());
    crdt::ReplicatedTree follower(kReader);
    PE_TRY_ASSIGN(const double live, timedMs([&] { return takeFrames(follower, frames); }));
    figures.add("live_us", live * 1000 / static_cast<double>(frames.size()));
    figures.add("update_bytes",
                static_cast<double>(batch.size()) / static_cast<double>(frames.size()));
    return replayedText(reader) == trace.end && replayedText(follower) == trace.end &&
           reader.stateHash() == follower.stateHash();
}

// `prefix` is of the names of the figures.
Result<bool> measureStore(const EditingTrace& trace, crdt::ReplicatedTree& tree,
                          crdt::SnapshotOptions options, const std::string& prefix,
                          Figures& figures) {
    const StoredSnapshot stored = pack(crdt::encodeSnapshot(tree, options));
    figures.addCount(prefix + "encoded_bytes", stored.bytes);
    figures.addCount(prefix + "plain_bytes", stored.plainBytes);
    bool correct = true;
    Result<crdt::ReplicatedTree> loaded = fail(ErrorCode::Internal, "not loaded");
    figures.add(prefix + "load_ms", medianMs([&] {
                    loaded = unpack(stored, kReader);
                    correct = correct && loaded && replayedText(*loaded) == trace.end;
                }));
    if (!loaded)
        return tl::unexpected(loaded.error());
    return correct && loaded->stateHash() == tree.stateHash();
}

}  // namespace

Result<Figures> benchText(std::string_view bytes) {
    PE_TRY_ASSIGN(const EditingTrace trace, readTrace(bytes));
    Figures figures;
    bool correct = true;
    std::optional<double> aloneMs;
    if (!trace.concurrent) {
        PE_TRY_ASSIGN(aloneMs, measureTyping(trace, correct));
    }
    TextReplay replay(trace);
    PE_TRY(replay.begin());
    PE_TRY_ASSIGN(const double replayMs, timedMs([&] { return replay.replay(); }));
    PE_TRY(replay.settle());
    figures.add("apply_ms", aloneMs.value_or(replayMs));
    correct = correct && replay.endsRight();
    PE_TRY_ASSIGN(const bool merged, measureMerge(trace, replay, figures));
    crdt::ReplicatedTree& tree = replay.replicas().front();
    PE_TRY_ASSIGN(const bool revocable, measureStore(trace, tree, {}, "revocable_", figures));
    PE_TRY_ASSIGN(const bool stored, measureStore(trace, tree, {tree.sequence()}, "", figures));
    correct = correct && merged && revocable && stored;
    figures.addCount("peak_rss_kb", static_cast<std::size_t>(peakMemoryKb()));
    figures.addFlag("correct", correct);
    figures.addCount("transactions", trace.transactions.size());
    figures.addCount("patches", trace.patchCount());
    figures.addCount("characters", trace.end.size());
    figures.addCount("agents", trace.agents);
    return figures;
}

}  // namespace pe::cli
