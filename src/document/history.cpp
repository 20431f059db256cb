// SPDX-License-Identifier: MIT
#include "history.hpp"

#include <utility>

namespace pe::document {
namespace {

// Typing that pauses longer than this begins a new step.
constexpr std::int64_t kMergeWithinMs = 1000;
// A step of typing that lasts longer is cut, so that undo never takes back minutes of work at once.
constexpr std::size_t kMergedChangesMax = 40;

}  // namespace

void History::push(HistoryStep step) {
    undone_.clear();
    const bool merges = !done_.empty() && step.mergeKey != 0 && !step.draftBefore &&
                        done_.back().mergeKey == step.mergeKey &&
                        step.atMs - done_.back().atMs <= kMergeWithinMs &&
                        done_.back().changes.size() < kMergedChangesMax;
    if (merges) {
        HistoryStep& last = done_.back();
        last.changes.insert(last.changes.end(), step.changes.begin(), step.changes.end());
        last.atMs = step.atMs;
    } else {
        done_.push_back(std::move(step));
    }
    listed_ = false;
}

HistoryStep History::takeLast() {
    HistoryStep step = std::move(done_.back());
    done_.pop_back();
    return step;
}

HistoryStep History::takeUndone() {
    HistoryStep step = std::move(undone_.back());
    undone_.pop_back();
    return step;
}

void History::forgetDone() {
    done_.clear();
    listed_ = false;
}

void History::forgetUndone() {
    undone_.clear();
    listed_ = false;
}

void History::pushUndone(HistoryStep step) {
    seal();
    undone_.push_back(std::move(step));
    listed_ = false;
}

void History::pushRedone(HistoryStep step) {
    step.mergeKey = 0;
    done_.push_back(std::move(step));
    listed_ = false;
}

void History::seal() {
    if (!done_.empty())
        done_.back().mergeKey = 0;
}

void History::resume(std::vector<HistoryStep> done, std::vector<HistoryStep> undone) {
    done_ = std::move(done);
    undone_ = std::move(undone);
    listed_ = false;
}

void History::replace(const Replacements& replacements) {
    for (auto* steps : {&done_, &undone_}) {
        for (HistoryStep& step : *steps) {
            std::vector<StepChange> changes;
            for (StepChange& each : step.changes) {
                const auto found = replacements.find(each.first);
                if (found == replacements.end())
                    changes.push_back(std::move(each));
                else if (found->second)
                    changes.emplace_back(found->second);
            }
            step.changes = std::move(changes);
        }
        std::erase_if(*steps, [](const HistoryStep& step) {
            return step.changes.empty() && !step.draftBefore;
        });
    }
    seal();
    listed_ = false;
}

const std::vector<HistoryEntry>& History::entries() const {
    if (std::exchange(listed_, true))
        return entries_;
    entries_.clear();
    for (const HistoryStep& step : done_)
        entries_.push_back({step.label, step.atMs, false});
    for (auto step = undone_.rbegin(); step != undone_.rend(); ++step)
        entries_.push_back({step->label, step->atMs, true});
    return entries_;
}

}  // namespace pe::document
