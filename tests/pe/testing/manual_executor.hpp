// SPDX-License-Identifier: MIT
// ManualExecutor: keeps posted tasks until the test runs them on its own thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

#include "pe/base/executor.hpp"

namespace pe::testing {

class ManualExecutor final : public Executor {
public:
    void post(std::function<void()> task) override {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
        arrived_.notify_all();
    }

    // Runs what is there, and what those tasks post; returns how many ran.
    std::size_t runAll() {
        std::size_t count = 0;
        while (auto task = take()) {
            task();
            ++count;
        }
        return count;
    }

    // Waits until a task is there; false when none came within `timeout`.
    bool waitForTask(std::chrono::milliseconds timeout) {
        std::unique_lock lock(mutex_);
        return arrived_.wait_for(lock, timeout, [this] { return !tasks_.empty(); });
    }

private:
    std::function<void()> take() {
        const std::lock_guard lock(mutex_);
        if (tasks_.empty())
            return nullptr;
        auto task = std::move(tasks_.front());
        tasks_.pop_front();
        return task;
    }

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> tasks_;
};

}  // namespace pe::testing
