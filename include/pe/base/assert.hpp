// SPDX-License-Identifier: MIT
// PE_ASSERT stays on in release: an invariant of the document or of a protocol that does not hold
// must stop the program before it reaches a file. The journal makes such a stop cheap.
#pragma once

namespace pe {
[[noreturn]] void assertionFailed(const char* condition, const char* file, int line);
}

#define PE_ASSERT(condition) \
    ((condition) ? static_cast<void>(0) : ::pe::assertionFailed(#condition, __FILE__, __LINE__))
