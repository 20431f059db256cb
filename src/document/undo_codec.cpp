// SPDX-License-Identifier: MIT
#include "undo_codec.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "bytes.hpp"
#include "pe/crdt/codec.hpp"

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
    for (const crdt::SharedChange& each : step.changes) {
        appendWhole(out, each->replica);
        appendWhole(out, each->firstCounter);
        appendBytes(out, crdt::encodePrior(each->prior));
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

class StepReader {
public:
    StepReader(BytesReader& reader, const std::function<crdt::SharedChange(crdt::OpId)>& find)
        : reader_(reader), find_(find) {}

    std::vector<HistoryStep> steps() {
        std::vector<HistoryStep> steps;
        for (std::size_t left = reader_.count(); left > 0 && !reader_.broken(); --left) {
            known_ = true;
            HistoryStep step = one();
            // A step that is not known hides those before it: they would be undone out of order.
            if (!known_)
                steps.clear();
            else
                steps.push_back(std::move(step));
        }
        return steps;
    }

private:
    HistoryStep one() {
        HistoryStep step;
        step.label = reader_.bytes();
        step.atMs = static_cast<std::int64_t>(reader_.whole());
        for (std::size_t left = reader_.count(); left > 0 && !reader_.broken(); --left)
            change(step);
        if (reader_.whole() != 1)
            return step;
        DraftTrace trace;
        trace.text = reader_.bytes();
        trace.back = takePatches(reader_);
        known_ = known_ && fits(trace.back, trace.text.size());
        step.draftBefore = std::move(trace);
        return step;
    }

    void change(HistoryStep& step) {
        const std::uint64_t replica = reader_.whole();
        const auto counter = static_cast<std::uint32_t>(reader_.whole());
        auto prior = crdt::decodePrior(reader_.bytes());
        const crdt::SharedChange found = find_({replica, counter});
        known_ = known_ && prior && found && found->firstCounter == counter;
        if (!known_)
            return;
        auto whole = std::make_shared<crdt::Change>(*found);
        whole->prior = std::move(*prior);
        step.changes.push_back(std::move(whole));
    }

    BytesReader& reader_;
    const std::function<crdt::SharedChange(crdt::OpId)>& find_;
    bool known_ = true;
};

}  // namespace

bool fits(const std::vector<TextPatch>& patches, std::size_t size) {
    for (auto patch = patches.rbegin(); patch != patches.rend(); ++patch) {
        if (patch->offset > size || patch->removed > size - patch->offset)
            return false;
        size += patch->inserted.size() - patch->removed;
    }
    return true;
}

std::string encodeUndoState(const UndoState& state) {
    std::string out;
    appendWhole(out, kFormat);
    append(out, state.done);
    append(out, state.undone);
    appendWhole(out, state.draftHash);
    append(out, state.draftBack);
    append(out, state.draftAhead);
    appendWhole(out, state.dismissed.size());
    for (const std::string& each : state.dismissed)
        appendBytes(out, each);
    return out;
}

UndoState decodeUndoState(std::string_view bytes,
                          const std::function<crdt::SharedChange(crdt::OpId)>& find) {
    BytesReader reader(bytes);
    if (bytes.empty() || reader.whole() != kFormat)
        return {};
    UndoState state;
    StepReader steps(reader, find);
    state.done = steps.steps();
    state.undone = steps.steps();
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
