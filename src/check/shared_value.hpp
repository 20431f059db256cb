// SPDX-License-Identifier: MIT
// SharedValues: what a file says once and means in several places, by an anchor and its aliases.
// The document changes neither an alias nor a value that aliases stand for, so that a fix in there
// is none. Good for one run of the checker, like the forest it reads.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "pe/check/diagnostic.hpp"

namespace pe::check {

class SharedValues {
public:
    explicit SharedValues(const yaml::Forest& forest) : forest_(forest) {}

    // Whether the fix would change such a value.
    bool concern(const Fix& fix);

private:
    bool concernCommand(const document::Command& command);
    bool isShared(yaml::NodeRef node);
    bool isAliased(std::string_view anchor);
    void collect(yaml::NodeRef node);

    const yaml::Forest& forest_;
    std::optional<std::set<std::string, std::less<>>> names_;  // that aliases use
};

}  // namespace pe::check
