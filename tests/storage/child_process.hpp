// SPDX-License-Identifier: MIT
// Runs a function in a child process that ends with its result and without any clean-up.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <functional>

namespace pe::storage {

inline pid_t startChild(const std::function<int()>& body) {
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(body());
    return child;
}

// The exit status, or -1 if a signal ended the child.
inline int waitFor(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

inline int runInChild(const std::function<int()>& body) {
    return waitFor(startChild(body));
}

}  // namespace pe::storage
