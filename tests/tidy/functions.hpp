// SPDX-License-Identifier: MIT
// Functions: where the function bodies of a C++ file are and how many lines they take, found by
// matching braces. A lambda counts as part of the function it stands in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pe::tidy {

struct FunctionBody {
    std::string head;  // what stands before the brace, on one line
    std::size_t line = 0;
    std::size_t lines = 0;  // from the opening to the closing brace, both counted
};

// `code` is masked (masking.hpp).
std::vector<FunctionBody> functionsIn(std::string_view code);

}  // namespace pe::tidy
