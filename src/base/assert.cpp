// SPDX-License-Identifier: MIT
#include "pe/base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace pe {

void assertionFailed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "internal error: %s does not hold (%s:%d)\n", condition, file, line);
    std::abort();
}

}  // namespace pe
