// SPDX-License-Identifier: MIT
// The text benchmarks in the forms that stand beside other libraries: the same work in the same
// order, the same names of figures.
#include <algorithm>

#include "bench_tools.hpp"
#include "stored_snapshot.hpp"
#include "text_replay.hpp"

namespace pe::cli {
namespace {

using crdt::ReplicatedTree;
using crdt::SharedChange;

constexpr crdt::ReplicaId kReader = 7;
constexpr std::size_t kFramesPerBatch = 50;

tl::unexpected<Error> diverged() {
    return fail(ErrorCode::Internal, "the replicas do not agree");
}

// One fresh replica that takes a stream of frames; how long all took, and each.
struct LiveFigures {
    double totalMs = 0;
    std::vector<double> eachUs;
};

Result<LiveFigures> takeLive(const std::vector<std::string>& frames, const crdt::Elements& end) {
    LiveFigures figures;
    ReplicatedTree tree(kReader);
    Result<void> taken;
    figures.totalMs = elapsedMs([&] { taken = takeFrames(tree, frames); });
    PE_TRY(taken);
    if (replayedText(tree) != end)
        return diverged();
    ReplicatedTree second(kReader);
    crdt::CodecContext context;
    for (const std::string& frame : frames) {
        figures.eachUs.push_back(1000 * elapsedMs([&] {
                                     std::string_view bytes = frame;
                                     const auto change = crdt::decodeChange(bytes, context);
                                     taken = second.apply(*change, second.sequence() + 1);
                                 }));
        PE_TRY(taken);
    }
    return figures;
}

Result<double> takeInBatches(const std::vector<std::string>& batches, const crdt::Elements& end) {
    ReplicatedTree tree(kReader);
    Result<void> taken;
    const double ms = elapsedMs([&] {
        for (std::size_t i = 0; i < batches.size() && taken; ++i)
            taken = takeBatch(tree, batches[i]);
    });
    PE_TRY(taken);
    if (replayedText(tree) != end)
        return diverged();
    return ms;
}

std::vector<std::string> batchesOf(const std::vector<SharedChange>& changes, std::size_t size) {
    std::vector<std::string> batches;
    for (std::size_t at = 0; at < changes.size(); at += size) {
        const auto first = changes.begin() + static_cast<std::ptrdiff_t>(at);
        const auto count = static_cast<std::ptrdiff_t>(std::min(size, changes.size() - at));
        batches.push_back(crdt::encodeBatch({first, first + count}));
    }
    return batches;
}

// A xorshift of 32 bits, the one that the other libraries are driven by.
class SharedRandom {
public:
    explicit SharedRandom(std::uint32_t seed) : state_(seed) {}
    std::uint32_t below(std::uint32_t bound) {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 17;
        state_ ^= state_ << 5;
        return static_cast<std::uint32_t>(std::uint64_t{state_} * bound >> 32);
    }

private:
    std::uint32_t state_;
};

// Bursts of typing with a few deletions, unsent.
Result<void> workOffline(ReplicatedTree& tree, std::uint32_t seed, std::size_t edits) {
    SharedRandom random(seed);
    auto length = static_cast<std::uint32_t>(replayedText(tree).size());
    std::uint32_t position = 0;
    for (std::uint32_t i = 0; i < edits; ++i) {
        if (i % 25 == 0)
            position = random.below(std::max(31U, length) - 30);
        const bool erase = random.below(100) < 15 && position < length;
        TracePatch patch{position, erase ? 1U : 0U, {}};
        if (!erase)
            patch.inserted.push_back(U'a' + static_cast<crdt::Element>(i % 26));
        crdt::Transaction gesture = tree.begin(1'600'000'000'000 + i * 150);
        typePatches(tree, gesture, {patch});
        PE_TRY(gesture.commit());
        length += erase ? 0xFFFFFFFFU : 1U;
        position += erase ? 0U : 1U;
    }
    return {};
}

struct OfflineFigures {
    std::vector<double> batchMs;
    std::vector<double> singleMs;
    double updateBytes = 0;
};

Result<void> offlineRound(const SharedChange& first, std::uint32_t seed, std::size_t edits,
                          OfflineFigures& figures) {
    ReplicatedTree left(2);
    ReplicatedTree right(3);
    PE_TRY(left.apply(*first, 1));
    PE_TRY(right.apply(*first, 1));
    PE_TRY(workOffline(left, seed, edits));
    PE_TRY(workOffline(right, seed + 50, edits));
    const auto ours = left.pending();
    const std::string theirs = crdt::encodeBatch(right.pending());
    const std::vector<std::string> frames = framesOf(ours);
    for (const std::string& frame : frames)
        figures.updateBytes += static_cast<double>(frame.size()) / static_cast<double>(edits);
    PE_TRY_ASSIGN(const double batchMs, timedMs([&] { return takeBatch(left, theirs); }));
    PE_TRY_ASSIGN(const double singleMs, timedMs([&] { return takeFrames(right, frames); }));
    figures.batchMs.push_back(batchMs);
    figures.singleMs.push_back(singleMs);
    PE_TRY(confirmOwn(left));
    PE_TRY(confirmOwn(right));
    return replayedText(left) == replayedText(right) ? Result<void>() : diverged();
}

Result<void> measureStored(ReplicatedTree& tree, crdt::SnapshotOptions options,
                           const std::string& name, const crdt::Elements& end, Figures& figures) {
    StoredSnapshot stored;
    const double saveMs = elapsedMs([&] { stored = pack(crdt::encodeSnapshot(tree, options)); });
    bool right = true;
    const double loadMs = medianMs([&] {
        const auto loaded = unpack(stored, kReader);
        right = right && loaded && replayedText(*loaded) == end;
    });
    figures.addCount(name + "bytes", stored.bytes);
    figures.add(name + "save_ms", saveMs);
    figures.add(name + "load_text_ms", loadMs);
    return right ? Result<void>() : diverged();
}

}  // namespace

Result<Figures> benchPeerText(std::string_view bytes, const std::string& mode) {
    if (mode != "one" && mode != "each")
        return fail(ErrorCode::InvalidArgument, "peer-text takes a trace and `one` or `each`");
    PE_TRY_ASSIGN(const EditingTrace trace, readTrace(bytes));
    LoneTyping typing(trace);
    PE_TRY(typing.begin());
    PE_TRY_ASSIGN(const double applyMs,
                  timedMs([&] { return mode == "one" ? typing.typeAsOne() : typing.typeEach(); }));
    ReplicatedTree& tree = typing.tree();
    if (replayedText(tree) != trace.end)
        return fail(ErrorCode::Internal, "the text is not the one the trace ends with");
    Figures figures;
    figures.add("apply_ms", applyMs);
    figures.add("us_per_edit", applyMs * 1000 / static_cast<double>(trace.patchCount()));
    PE_TRY(measureStored(tree, {}, "enc.snapshot.", trace.end, figures));
    PE_TRY(measureStored(tree, {tree.sequence()}, "enc.final.", trace.end, figures));
    return figures;
}

Result<Figures> benchPeerConcurrent(std::string_view bytes) {
    PE_TRY_ASSIGN(const EditingTrace trace, readTrace(bytes));
    TextReplay replay(trace);
    PE_TRY(replay.begin());
    PE_TRY_ASSIGN(const double replayMs, timedMs([&] { return replay.replay(); }));
    PE_TRY(replay.settle());
    const std::vector<std::string> frames = framesOf(replay.changes());
    const auto count = static_cast<double>(frames.size());
    double total = 0;
    for (const std::string& each : frames)
        total += static_cast<double>(each.size());
    PE_TRY_ASSIGN(const LiveFigures live, takeLive(frames, trace.end));
    PE_TRY_ASSIGN(const double batchMs,
                  takeInBatches(batchesOf(replay.changes(), kFramesPerBatch), trace.end));
    PE_TRY_ASSIGN(const double bulkMs,
                  takeInBatches(batchesOf(replay.changes(), frames.size()), trace.end));
    Figures figures;
    figures.addCount("txns", frames.size());
    figures.addFlag("text_ok", replay.endsRight());
    figures.add("replay_ms", replayMs);
    figures.add("live_ms", live.totalMs);
    figures.add("live_us_per_txn", live.totalMs * 1000 / count);
    figures.add("live_p99_us", percentileOf(live.eachUs, 0.99));
    figures.add("batch50_us_per_txn", batchMs * 1000 / count);
    figures.add("bulk_ms", bulkMs);
    figures.add("update_bytes_mean", total / count);
    figures.addCount("bytes", pack(crdt::encodeSnapshot(replay.replicas().front())).bytes);
    return figures;
}

Result<Figures> benchPeerOffline(std::string_view bytes, std::size_t edits) {
    PE_TRY_ASSIGN(EditingTrace trace, readTrace(bytes));
    trace.start = trace.end;
    TextReplay base(trace);
    PE_TRY(base.begin());
    OfflineFigures measured;
    constexpr std::uint32_t kRounds = 3;
    for (std::uint32_t round = 0; round < kRounds; ++round)
        PE_TRY(offlineRound(base.changes().front(), 5 + round, edits, measured));
    Figures figures;
    figures.addCount("base_chars", trace.end.size());
    figures.addCount("edits_each", edits);
    figures.add("merge_ms", medianOf(measured.batchMs));
    figures.add("one_by_one_ms", medianOf(measured.singleMs));
    figures.add("update_bytes_mean", measured.updateBytes / kRounds);
    return figures;
}

}  // namespace pe::cli
