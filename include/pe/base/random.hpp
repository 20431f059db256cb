// SPDX-License-Identifier: MIT
// Random: a source of 64-bit numbers as a parameter. SeededRandom is the same on every platform
// (splitmix64), SystemRandom asks the operating system.
#pragma once

#include <cstdint>

namespace pe {

class Random {
public:
    virtual ~Random() = default;
    virtual std::uint64_t next() = 0;
    // A number in [0, bound); bound must not be 0.
    std::uint64_t below(std::uint64_t bound) { return next() % bound; }
};

class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() override;

private:
    std::uint64_t state_;
};

class SystemRandom final : public Random {
public:
    std::uint64_t next() override;
};

}  // namespace pe
