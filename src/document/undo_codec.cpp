// SPDX-License-Identifier: MIT
#include "undo_codec.hpp"

#include <algorithm>
#include <utility>

#include "bytes.hpp"
#include "pe/crdt/codec.hpp"
#include "pe/crdt/snapshot.hpp"

namespace pe::document {
namespace {

constexpr std::uint64_t kFormat = 1;
// More steps than this are not kept across a restart.
constexpr std::size_t kStepsKept = 500;

void append(std::string& out, const std::vector<TextPatch>& patches) {
    appendWhole(out, patches.size());
    for (const TextPatch& each : patches) {
        appendWhole(out, each.offset);
        appendWhole(out, each.removed);
        appendBytes(out, each.inserted);
    }
}

std::vector<TextPatch> takePatches(BytesReader& reader) {
    std::vector<TextPatch> patches;
    for (std::size_t left = reader.count(); left > 0 && !reader.broken(); --left) {
        TextPatch patch;
        patch.offset = reader.whole();
        patch.removed = reader.whole();
        patch.inserted = reader.bytes();
        patches.push_back(std::move(patch));
    }
    return patches;
}

void append(std::string& out, const HistoryStep& step) {
    appendBytes(out, step.label);
    appendWhole(out, static_cast<std::uint64_t>(step.atMs));
    appendWhole(out, step.changes.size());
    for (const StepChange& each : step.changes) {
        appendWhole(out, each.first.replica);
        appendWhole(out, each.first.counter);
        appendBytes(out, each.change ? crdt::encodePrior(each.change->prior) : each.prior);
    }
    appendWhole(out, step.draftBefore ? 1 : 0);
    if (!step.draftBefore)
        return;
    appendBytes(out, step.draftBefore->text);
    append(out, step.draftBefore->back);
}

void append(std::string& out, const std::vector<HistoryStep>& steps) {
    const std::size_t kept = std::min(steps.size(), kStepsKept);
    appendWhole(out, kept);
    for (std::size_t i = steps.size() - kept; i < steps.size(); ++i)
        append(out, steps[i]);
}

HistoryStep takeStep(BytesReader& reader) {
    HistoryStep step;
    step.label = reader.bytes();
    step.atMs = static_cast<std::int64_t>(reader.whole());
    for (std::size_t left = reader.count(); left > 0 && !reader.broken(); --left) {
        const crdt::ReplicaId replica = reader.whole();
        const auto counter = static_cast<std::uint32_t>(reader.whole());
        step.changes.emplace_back(crdt::OpId{replica, counter}, std::string(reader.bytes()));
    }
    if (reader.whole() != 1)
        return step;
    DraftTrace trace;
    trace.text = reader.bytes();
    trace.back = takePatches(reader);
    step.draftBefore = std::move(trace);
    return step;
}

bool isSound(const HistoryStep& step) {
    if (step.draftBefore && !fits(step.draftBefore->back, step.draftBefore->text.size()))
        return false;
    return std::all_of(step.changes.begin(), step.changes.end(), [](const StepChange& each) {
        return crdt::decodePrior(each.prior).has_value();
    });
}

std::vector<HistoryStep> takeSteps(BytesReader& reader) {
    std::vector<HistoryStep> steps;
    for (std::size_t left = reader.count(); left > 0 && !reader.broken(); --left)
        steps.push_back(takeStep(reader));
    forgetUnknown(steps, [](const HistoryStep& each) { return isSound(each); });
    return steps;
}

}  // namespace

void forgetUnknown(std::vector<HistoryStep>& steps,
                   const std::function<bool(const HistoryStep&)>& isKnown) {
    const auto unknown = std::find_if_not(steps.rbegin(), steps.rend(), isKnown);
    steps.erase(steps.begin(), unknown.base());
}

bool fits(const std::vector<TextPatch>& patches, std::size_t size) {
    for (auto patch = patches.rbegin(); patch != patches.rend(); ++patch) {
        if (patch->offset > size || patch->removed > size - patch->offset)
            return false;
        size += patch->inserted.size() - patch->removed;
    }
    return true;
}

std::string encodeUndoState(const History& history, const Draft* draft,
                            const std::set<std::string>& dismissed) {
    std::string out;
    appendWhole(out, kFormat);
    append(out, history.done());
    append(out, history.undone());
    appendWhole(out, draft ? crdt::hashBytes(draft->text()) : 0);
    append(out, draft ? draft->trace().back : std::vector<TextPatch>{});
    append(out, draft ? draft->ahead() : std::vector<TextPatch>{});
    appendWhole(out, dismissed.size());
    for (const std::string& each : dismissed)
        appendBytes(out, each);
    return out;
}

UndoState decodeUndoState(std::string_view bytes) {
    BytesReader reader(bytes);
    if (bytes.empty() || reader.whole() != kFormat)
        return {};
    UndoState state;
    state.done = takeSteps(reader);
    state.undone = takeSteps(reader);
    state.draftHash = reader.whole();
    state.draftBack = takePatches(reader);
    state.draftAhead = takePatches(reader);
    for (std::size_t left = reader.count(); left > 0 && !reader.broken(); --left)
        state.dismissed.emplace(reader.bytes());
    if (reader.broken() || !reader.atEnd())
        return {};
    return state;
}

}  // namespace pe::document
