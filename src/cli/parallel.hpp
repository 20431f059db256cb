// SPDX-License-Identifier: MIT
// Work on many things that have nothing to do with each other, on several cores.
#pragma once

#include <cstddef>
#include <functional>

namespace pe::cli {

// Calls `work` with 0 to count - 1, each once, in no order, from so many threads at most, the
// caller's included; returns when all is done. `work` must not throw.
void inParallel(unsigned threads, std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace pe::cli
