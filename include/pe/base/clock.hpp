// SPDX-License-Identifier: MIT
// Clock: the wall clock as a parameter, so that tests and simulations own the time.
#pragma once

#include <atomic>
#include <cstdint>

namespace pe {

class Clock {
public:
    virtual ~Clock() = default;
    // Milliseconds since 1970-01-01 UTC. May jump in either direction.
    virtual std::int64_t nowMs() = 0;
};

class SystemClock final : public Clock {
public:
    std::int64_t nowMs() override;
};

// For tests. Any thread may read it while another advances it, as with the wall clock.
class FakeClock final : public Clock {
public:
    explicit FakeClock(std::int64_t startMs = 1'000'000) : now_(startMs) {}
    std::int64_t nowMs() override { return now_; }
    void advance(std::int64_t byMs) { now_ += byMs; }

private:
    std::atomic<std::int64_t> now_;
};

}  // namespace pe
