// SPDX-License-Identifier: MIT
// TreeCore: what a ReplicatedTree consists of. It keeps the confirmed changes folded and the
// pending ones on top; when structure comes in from elsewhere, pending structure is taken back, and
// put on again.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "content.hpp"
#include "node_store.hpp"
#include "pe/crdt/tree.hpp"
#include "reducer.hpp"

namespace pe::crdt {

struct PendingChange {
    SharedChange change;
    std::uint32_t lastCounter = 0;
    StepLog log;
};

// The gesture being made.
struct OpenChange {
    std::shared_ptr<Change> change;
    std::uint32_t nextCounter = 0;
    StepLog log;
    std::optional<Error> error;
};

struct UnknownEntry {
    OpId op;
    Unknown operation;
};

class Restamp;

class TreeCore {
public:
    explicit TreeCore(ReplicaId replica);
    ~TreeCore();

    Result<void> apply(const Change& change, Sequence at);
    Result<void> apply(std::span<const SharedChange> changes, Sequence first);
    Result<void> resume(SharedChange change);
    Result<void> check(const Change& change) const;
    std::uint32_t nextCounter() const;
    std::uint32_t confirmedCounter(ReplicaId replica) const;
    bool isOwn(ReplicaId replica) const;
    // Whether the text deletion can no longer be revoked.
    bool isFinal(OpId deletion) const;

    // Pending off, pending on; what is shown is the same afterwards.
    void takeBackAll();
    void putBackAll();
    // Puts a change on top of what is there, as pending.
    void push(SharedChange change);

    // One gesture.
    void beginChange(std::int64_t nowMs, std::string&& label, std::string&& author);
    OpId nextOp() const { return {self, open->nextCounter}; }
    template <class Made>
    void record(Made&& operation) {
        auto& operations = open->change->operations;
        open->nextCounter += static_cast<std::uint32_t>(
            counterSpan(operations.emplace_back(std::forward<Made>(operation))));
    }
    Result<SharedChange> commitChange();
    void rollbackChange();
    void fail(ErrorCode code, std::string message);

    // A change takes effect at its place in the order, and is counted there.
    void fold(const Change& change, Sequence at, StepLog* log);
    void confirmed(const Change& change, Sequence at);

    void beginEffects();
    void emitEffects();

    NodeStore nodes;
    Effects effects;
    Content content;
    Reducer reducer;
    ReplicaId self;
    std::vector<ReplicaId> formerSelves;  // given up by rekey
    HybridClock clock;
    Sequence sequence = 0;
    Sequence loadedSequence = 0;  // when this tree began
    Hlc confirmedHlc;             // the latest of all confirmed changes
    std::deque<PendingChange> pending;
    std::optional<OpenChange> open;
    std::vector<UnknownEntry> unknown;
    std::vector<Twin> twins;  // since they were asked for

private:
    Result<bool> isRepeated(const Change& change) const;
    Result<void> checkNext(const Change& change, Sequence at) const;
    void foldStructure(const PendingChange& change, Sequence at, StepLog* log);
    Result<void> applyOne(const Change& change, Sequence at);
    Result<void> confirmOwn(const Change& change, Sequence at);
    bool confirmedTwin(const Change& change, Sequence at);
    void endTwins();
    void takeOffStructure();
    void finishApply();
    void settle(const PendingChange& front, Sequence at);
    void takeBack(const Change& change, StepLog& log);
    void confirmFront(Sequence at);
    bool hasPendingStructure() const;
    void emit(const Touched& before);

    std::unique_ptr<Restamp> twinning_;  // while changes at hand are twins, one after the other
    bool structureOff_ = false;          // pending structure is taken back for the moment
    std::vector<OpId> told_;             // pending operations whose lack of effect was told
};

}  // namespace pe::crdt
