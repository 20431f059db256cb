// SPDX-License-Identifier: MIT
// Verdict: the first thing found that must not be. Whoever finds it stops; so does the world.
#pragma once

#include <string>
#include <string_view>

namespace pe::simulation {

class Verdict {
public:
    // Gives back whether it holds. Of all that does not, the first is kept.
    bool require(bool holds, std::string_view what) {
        if (!holds && failure_.empty())
            failure_ = what;
        return holds;
    }
    bool holds() const { return failure_.empty(); }
    const std::string& failure() const { return failure_; }

private:
    std::string failure_;
};

}  // namespace pe::simulation
