// SPDX-License-Identifier: MIT
#include "pe/crdt/hlc.hpp"

#include <algorithm>

namespace pe::crdt {

Hlc Hlc::of(std::int64_t milliseconds, std::uint16_t logical) {
    const auto clamped = std::clamp<std::int64_t>(milliseconds, 0, (std::int64_t{1} << 48) - 1);
    return Hlc{(static_cast<std::uint64_t>(clamped) << 16) | logical};
}

Hlc HybridClock::tick(std::int64_t nowMs) {
    latest_.value = std::max(Hlc::of(nowMs).value, latest_.value + 1);
    return latest_;
}

void HybridClock::observe(Hlc seen) {
    latest_ = std::max(latest_, seen);
}

}  // namespace pe::crdt
