// SPDX-License-Identifier: MIT
// JournalWriter: the storage thread. Callers hand over changes and other writes and go on; the
// thread commits what has gathered in one transaction and then reports through the executor, in
// order. What failed for a reason that may pass (Unwritable, Corrupt, Internal) stays in the queue
// and is tried again until it is on disk: its callback is called once with the error and once more
// when it is done. What can never succeed (InvalidArgument, NotFound, Conflict, LimitExceeded) is
// reported once and dropped. While a writer runs, all appends to its journal go through it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "pe/base/executor.hpp"
#include "pe/storage/journal.hpp"

namespace pe::storage {

struct JournalWriterOptions {
    std::size_t maxQueuedBytes = 64U << 20;
    std::size_t maxQueuedEntries = 100'000;
    std::size_t maxBatchEntries = 1'000;
    std::chrono::milliseconds retryAfter{1'000};
    std::chrono::milliseconds closeWithin{5'000};  // how long the destructor waits for the disk
};

class JournalWriter {
public:
    // The position of the change in its journal.
    using Appended = std::function<void(Result<std::int64_t>)>;
    using Task = std::function<Result<void>()>;
    using Done = std::function<void(Result<void>)>;

    // Both must outlive the writer.
    JournalWriter(Journal& journal, Executor& executor, JournalWriterOptions options = {});
    JournalWriter(const JournalWriter&) = delete;
    JournalWriter& operator=(const JournalWriter&) = delete;
    ~JournalWriter();

    // Never waits for the disk. LimitExceeded: the queue is full and the change was not taken.
    Result<void> append(const PipelineId& pipeline, std::string body, Appended done);

    // Runs `task` on the storage thread after all that was handed over before it: a draft, a
    // snapshot, an undo stack. It may be run again after a failure.
    Result<void> run(Task task, Done done);

    // Runs `task` on the storage thread when nothing else waits and `delay` has passed: work that
    // can be made good later, such as an index. A newer one with the same key takes its place, and
    // the delay begins anew. Its failure is nobody's concern. The destructor runs what is left,
    // unless the disk does not answer.
    void runLater(const std::string& key, std::chrono::milliseconds delay, Task task);
    void cancelLater(const std::string& key);
    // Waits until nothing of that is left; false at the deadline.
    bool finishLater(std::chrono::milliseconds deadline);

    // Waits until all that was handed over is on disk or dropped. Otherwise Unwritable, at the
    // deadline or with the error of an attempt made meanwhile.
    Result<void> flush(std::chrono::milliseconds deadline);

    std::size_t queued() const;  // entries that are not on disk yet

private:
    struct Item {
        PipelineId pipeline{};
        std::string body;
        Appended appended;
        Task task;  // empty for an append
        Done done;
        bool errorReported = false;
    };

    struct LateTask {
        std::chrono::steady_clock::time_point due;
        Task task;
    };

    Result<void> enqueue(Item item);
    void work();
    void waitForWork(std::unique_lock<std::mutex>& lock);
    // Runs one late task that is due, if nothing else waits; false if there is none.
    bool runLate(std::unique_lock<std::mutex>& lock);
    void takeBatch();
    Result<void> attempt();
    Result<void> givePositions();
    void settle(const Result<void>& outcome);
    void singleOut();
    void finishBatch(const Result<void>& outcome);
    void report(const Item& item, Result<std::int64_t> outcome);
    void reportUnfinished();

    Journal& journal_;
    Executor& executor_;
    const JournalWriterOptions options_;

    mutable std::mutex mutex_;
    std::condition_variable wake_;     // the thread: there is work, or an end
    std::condition_variable settled_;  // flush(): an attempt ended
    std::deque<Item> queue_;
    std::vector<Item> batch_;  // being written, in front of the queue
    std::size_t pendingBytes_ = 0;
    std::uint64_t failures_ = 0;
    Error lastError_;
    bool retryNow_ = false;
    bool stopping_ = false;
    std::map<std::string, LateTask> late_;
    bool lateRunning_ = false;
    bool hurryLate_ = false;

    // Of the thread alone.
    std::vector<JournalEntry> entries_;  // of a batch of appends, in step with batch_
    std::size_t singles_ = 0;            // so many entries go one by one, to find the faulty ones
    std::map<PipelineId, std::int64_t> lastPositions_;

    std::thread thread_;
};

}  // namespace pe::storage
