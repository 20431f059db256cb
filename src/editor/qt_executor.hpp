// SPDX-License-Identifier: MIT
// QtExecutor: runs tasks on the thread it was made on, from the event loop. post() is safe on any
// thread.
#pragma once

#include <QObject>
#include <utility>

#include "pe/base/executor.hpp"

namespace pe::editor {

class QtExecutor final : public Executor {
public:
    void post(std::function<void()> task) override {
        QMetaObject::invokeMethod(&home_, std::move(task), Qt::QueuedConnection);
    }

private:
    QObject home_;
};

}  // namespace pe::editor
