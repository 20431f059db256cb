// SPDX-License-Identifier: MIT
// Executor: runs tasks one after the other on a thread of its own choice, usually the thread of the
// window. post() may be called from any thread, never runs the task itself and never waits for it.
#pragma once

#include <functional>

namespace pe {

class Executor {
public:
    virtual ~Executor() = default;
    virtual void post(std::function<void()> task) = 0;
};

}  // namespace pe
