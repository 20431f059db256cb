// SPDX-License-Identifier: MIT
// QuietExecutor: keeps what the storage thread has to say; a command asks for results itself, by
// waiting.
#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <utility>

#include "pe/base/executor.hpp"

namespace pe::cli {

class QuietExecutor final : public Executor {
public:
    void post(std::function<void()> task) override {
        const std::lock_guard lock(mutex_);
        tasks_.push_back(std::move(task));
    }

private:
    std::mutex mutex_;
    std::deque<std::function<void()>> tasks_;
};

}  // namespace pe::cli
