// SPDX-License-Identifier: MIT
// History: the gestures of this user that can be taken back, newest last. Typing that goes on
// becomes one step. One stack for canvas, form and text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "draft.hpp"
#include "pe/crdt/change.hpp"
#include "pe/document/document.hpp"

namespace pe::document {

// A change of a step. One of an earlier run has only its name and what this machine alone knows
// of it, until it is needed.
struct StepChange {
    crdt::OpId first;
    crdt::SharedChange change;  // null until it is looked up
    std::string prior;          // crdt::encodePrior(), while it is not

    StepChange(crdt::SharedChange made)
        : first{made->replica, made->firstCounter}, change(std::move(made)) {}
    StepChange(crdt::OpId name, std::string known) : first(name), prior(std::move(known)) {}
};

struct HistoryStep {
    std::vector<StepChange> changes;  // in the order they were made
    std::string label;
    std::int64_t atMs = 0;
    // Typing merges with typing at the same entry by the same view; 0 never merges.
    std::uint64_t mergeKey = 0;
    // The text as it was before it parsed for the first time; undoing goes back to it.
    std::optional<DraftTrace> draftBefore;
};

class History {
public:
    void push(HistoryStep step);
    // The step to take back or to do again; put it back by pushUndone() or pushRedone().
    HistoryStep takeLast();
    HistoryStep takeUndone();
    // No step can be taken back, or done again, any more.
    void forgetDone();
    void forgetUndone();
    void pushUndone(HistoryStep step);
    void pushRedone(HistoryStep step);

    bool canUndo() const { return !done_.empty(); }
    bool canRedo() const { return !undone_.empty(); }
    std::size_t undoneCount() const { return undone_.size(); }
    const HistoryStep& last() const { return done_.back(); }
    const HistoryStep& lastUndone() const { return undone_.back(); }
    // The next step does not merge with the last one.
    void seal();
    const std::vector<HistoryEntry>& entries() const;

    const std::vector<HistoryStep>& done() const { return done_; }
    const std::vector<HistoryStep>& undone() const { return undone_; }
    // What was kept of an earlier run.
    void resume(std::vector<HistoryStep> done, std::vector<HistoryStep> undone);
    // Changes, by name, were made anew, or (null) taken out; steps without any are gone.
    using Replacements = std::map<crdt::OpId, crdt::SharedChange>;
    void replace(const Replacements& replacements);

private:
    std::vector<HistoryStep> done_;
    std::vector<HistoryStep> undone_;
    mutable std::vector<HistoryEntry> entries_;
    mutable bool listed_ = true;  // entries_ say what the steps are
};

}  // namespace pe::document
