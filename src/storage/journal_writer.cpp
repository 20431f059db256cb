// SPDX-License-Identifier: MIT
#include "pe/storage/journal_writer.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace pe::storage {
namespace {

// The entry itself is at fault: trying again cannot help.
bool isFinal(ErrorCode code) {
    return code == ErrorCode::InvalidArgument || code == ErrorCode::NotFound ||
           code == ErrorCode::Conflict || code == ErrorCode::LimitExceeded;
}

}  // namespace

JournalWriter::JournalWriter(Journal& journal, Executor& executor, JournalWriterOptions options)
    : journal_(journal), executor_(executor), options_(options), thread_([this] { work(); }) {}

JournalWriter::~JournalWriter() {
    const auto flushed = flush(options_.closeWithin);
    if (flushed)
        finishLater(options_.closeWithin);
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        wake_.notify_all();
    }
    thread_.join();
    if (!flushed)
        reportUnfinished();
}

Result<void> JournalWriter::append(const PipelineId& pipeline, std::string body, Appended done) {
    Item item;
    item.pipeline = pipeline;
    item.body = std::move(body);
    item.appended = std::move(done);
    return enqueue(std::move(item));
}

Result<void> JournalWriter::run(Task task, Done done) {
    Item item;
    item.task = std::move(task);
    item.done = std::move(done);
    return enqueue(std::move(item));
}

void JournalWriter::runLater(const std::string& key, std::chrono::milliseconds delay, Task task) {
    const std::lock_guard lock(mutex_);
    late_[key] = {std::chrono::steady_clock::now() + delay, std::move(task)};
    wake_.notify_all();
}

void JournalWriter::cancelLater(const std::string& key) {
    const std::lock_guard lock(mutex_);
    late_.erase(key);
}

bool JournalWriter::finishLater(std::chrono::milliseconds deadline) {
    std::unique_lock lock(mutex_);
    hurryLate_ = true;
    wake_.notify_all();
    const bool finished =
        settled_.wait_for(lock, deadline, [this] { return late_.empty() && !lateRunning_; });
    hurryLate_ = false;
    return finished;
}

Result<void> JournalWriter::enqueue(Item item) {
    const std::lock_guard lock(mutex_);
    if (queue_.size() + batch_.size() >= options_.maxQueuedEntries ||
        pendingBytes_ + item.body.size() > options_.maxQueuedBytes)
        return fail(ErrorCode::LimitExceeded,
                    "Too many changes wait for the disk. Check that it has space and works.");
    pendingBytes_ += item.body.size();
    queue_.push_back(std::move(item));
    wake_.notify_all();
    return {};
}

Result<void> JournalWriter::flush(std::chrono::milliseconds deadline) {
    const auto until = std::chrono::steady_clock::now() + deadline;
    std::unique_lock lock(mutex_);
    const std::uint64_t failuresBefore = failures_;
    const auto empty = [this] { return queue_.empty() && batch_.empty(); };
    retryNow_ = true;
    wake_.notify_all();
    settled_.wait_until(lock, until, [&] { return empty() || failures_ != failuresBefore; });
    if (empty())
        return {};
    const std::string count = std::to_string(queue_.size() + batch_.size());
    const std::string reason =
        failures_ != failuresBefore ? lastError_.message : "The disk has not answered in time.";
    return fail(ErrorCode::Unwritable, count + " changes are not on disk yet. " + reason,
                lastError_.where);
}

std::size_t JournalWriter::queued() const {
    const std::lock_guard lock(mutex_);
    return queue_.size() + batch_.size();
}

void JournalWriter::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        waitForWork(lock);
        if (stopping_)
            return;
        if (runLate(lock))
            continue;
        if (batch_.empty())
            takeBatch();
        retryNow_ = false;
        lock.unlock();
        const Result<void> outcome = attempt();
        lock.lock();
        settle(outcome);
        settled_.notify_all();
        if (!batch_.empty())
            wake_.wait_for(lock, options_.retryAfter, [this] { return stopping_ || retryNow_; });
    }
}

void JournalWriter::waitForWork(std::unique_lock<std::mutex>& lock) {
    const auto ready = [this] { return stopping_ || !queue_.empty() || !batch_.empty(); };
    while (!ready()) {
        if (late_.empty()) {
            wake_.wait(lock);
            continue;
        }
        const auto next = std::min_element(
            late_.begin(), late_.end(),
            [](const auto& a, const auto& b) { return a.second.due < b.second.due; });
        const auto due = next->second.due;
        if (hurryLate_ || due <= std::chrono::steady_clock::now())
            return;
        wake_.wait_until(lock, due);
    }
}

bool JournalWriter::runLate(std::unique_lock<std::mutex>& lock) {
    if (!queue_.empty() || !batch_.empty())
        return false;
    const auto now = std::chrono::steady_clock::now();
    const auto next = std::find_if(late_.begin(), late_.end(), [&](const auto& each) {
        return hurryLate_ || each.second.due <= now;
    });
    if (next != late_.end()) {
        const Task task = std::move(next->second.task);
        late_.erase(next);
        lateRunning_ = true;
        lock.unlock();
        const Result<void> ignored = task();
        lock.lock();
        lateRunning_ = false;
        settled_.notify_all();
    }
    return true;
}

// Either one task, or the appends up to the next task.
void JournalWriter::takeBatch() {
    const std::size_t limit = singles_ > 0 ? 1 : options_.maxBatchEntries;
    while (!queue_.empty() && batch_.size() < limit) {
        const bool isTask = static_cast<bool>(queue_.front().task);
        if (isTask && !batch_.empty())
            return;
        Item& item = batch_.emplace_back(std::move(queue_.front()));
        queue_.pop_front();
        if (isTask)
            return;
        entries_.push_back({item.pipeline, {0, std::move(item.body)}});
    }
}

Result<void> JournalWriter::attempt() {
    if (entries_.empty())
        return batch_.front().task();
    PE_TRY(givePositions());
    return journal_.appendEntries(entries_);
}

// A retry keeps the positions of the attempt before, of which the journal may hold more than it
// said.
Result<void> JournalWriter::givePositions() {
    for (JournalEntry& entry : entries_) {
        if (entry.change.position != 0)
            continue;
        auto known = lastPositions_.find(entry.pipeline);
        if (known == lastPositions_.end()) {
            PE_TRY_ASSIGN(const auto last, journal_.lastPosition(entry.pipeline));
            known = lastPositions_.emplace(entry.pipeline, last).first;
        }
        entry.change.position = ++known->second;
    }
    return {};
}

void JournalWriter::settle(const Result<void>& outcome) {
    if (outcome)
        return finishBatch(outcome);
    if (isFinal(outcome.error().code)) {
        lastPositions_.clear();
        return batch_.size() > 1 ? singleOut() : finishBatch(outcome);
    }
    ++failures_;
    lastError_ = outcome.error();
    for (Item& item : batch_) {
        if (!item.errorReported)
            report(item, tl::unexpected(outcome.error()));
        item.errorReported = true;
    }
}

// Nothing of the batch was stored; its entries go back to the front of the queue.
void JournalWriter::singleOut() {
    singles_ = batch_.size();
    for (std::size_t i = 0; i < batch_.size(); ++i)
        batch_[i].body = std::move(entries_[i].change.body);
    queue_.insert(queue_.begin(), std::make_move_iterator(batch_.begin()),
                  std::make_move_iterator(batch_.end()));
    batch_.clear();
    entries_.clear();
}

void JournalWriter::finishBatch(const Result<void>& outcome) {
    for (std::size_t i = 0; i < batch_.size(); ++i) {
        const std::int64_t position = entries_.empty() ? 0 : entries_[i].change.position;
        if (!entries_.empty())
            pendingBytes_ -= entries_[i].change.body.size();
        if (outcome)
            report(batch_[i], position);
        else
            report(batch_[i], tl::unexpected(outcome.error()));
    }
    singles_ -= std::min(singles_, batch_.size());
    batch_.clear();
    entries_.clear();
}

void JournalWriter::report(const Item& item, Result<std::int64_t> outcome) {
    if (item.appended) {
        executor_.post([call = item.appended, outcome] { call(outcome); });
    } else if (item.done) {
        Result<void> plain;
        if (!outcome)
            plain = tl::unexpected(outcome.error());
        executor_.post([call = item.done, plain] { call(plain); });
    }
}

void JournalWriter::reportUnfinished() {
    const auto unfinished =
        fail(ErrorCode::Unwritable, "The program ended before this change was on disk.");
    for (const Item& item : batch_)
        if (!item.errorReported)
            report(item, unfinished);
    for (const Item& item : queue_)
        report(item, unfinished);
}

}  // namespace pe::storage
