// SPDX-License-Identifier: MIT
#include "pe/base/clock.hpp"

#include <chrono>

namespace pe {

std::int64_t SystemClock::nowMs() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace pe
