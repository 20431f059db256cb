// SPDX-License-Identifier: MIT
// Hybrid logical time: 48 bits of milliseconds and 16 bits that count within one. It follows the
// wall clock where that is right and never runs backwards where it is wrong.
#pragma once

#include <compare>
#include <cstdint>

namespace pe::crdt {

struct Hlc {
    std::uint64_t value = 0;

    static Hlc of(std::int64_t milliseconds, std::uint16_t logical = 0);
    std::int64_t milliseconds() const { return static_cast<std::int64_t>(value >> 16); }
    std::uint16_t logical() const { return static_cast<std::uint16_t>(value & 0xFFFF); }
    friend auto operator<=>(const Hlc&, const Hlc&) = default;
};

class HybridClock {
public:
    // A time later than every time given or observed before.
    Hlc tick(std::int64_t nowMs);
    void observe(Hlc seen);
    Hlc latest() const { return latest_; }
    // Forgets times that turned out to be wrong, before pending work is stamped anew.
    void reset(Hlc latest) { latest_ = latest; }

private:
    Hlc latest_;
};

}  // namespace pe::crdt
