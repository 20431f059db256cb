// SPDX-License-Identifier: MIT
#include "parallel.hpp"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace pe::cli {
namespace {

constexpr std::size_t kMostThreads = 48;
constexpr std::size_t kFewest = 8;  // things for which a thread is worth starting

}  // namespace

void inParallel(unsigned threads, std::size_t count, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    const auto take = [&] {
        for (std::size_t i = next++; i < count; i = next++)
            work(i);
    };
    const std::size_t most = std::min<std::size_t>({threads, kMostThreads, count / kFewest + 1});
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < most; ++i)
        others.emplace_back(take);
    take();
}

}  // namespace pe::cli
