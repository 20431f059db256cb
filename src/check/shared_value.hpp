// SPDX-License-Identifier: MIT
// SharedValues: what a file says once and means in several places, by an anchor and its aliases. A
// fix in there is never safe: it counts wherever the value is used, and says so. Good for one run
// of the checker, like the forest it reads.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "pe/check/diagnostic.hpp"

namespace pe::check {

class SharedValues {
public:
    explicit SharedValues(const yaml::Forest& forest) : forest_(forest) {}

    // False for a fix that would take an anchor from an alias elsewhere.
    bool admit(Fix& fix);

private:
    bool admit(document::Command& command, Fix& fix);
    // The anchor around or at a node that aliases use; empty if there is none.
    std::string_view anchorAround(yaml::NodeRef node);
    // An anchor that aliases use, at the node or below it.
    bool holdsAnchor(yaml::NodeRef node);
    bool holdsAnchorBelow(yaml::NodeRef node);
    bool isAliased(std::string_view anchor);
    void collect(yaml::NodeRef node);

    const yaml::Forest& forest_;
    std::optional<std::set<std::string, std::less<>>> names_;  // that aliases use
};

}  // namespace pe::check
