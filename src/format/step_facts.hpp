// SPDX-License-Identifier: MIT
// StepFacts: the entries of one step or task that the graph shows, found in one pass over its keys.
// Of two equal keys the first counts, as for the engine.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "field_role.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::format {

class StepFacts {
public:
    StepFacts(const yaml::Forest& forest, yaml::NodeRef mapping);

    yaml::NodeRef of(FieldRole role) const { return entries_[static_cast<std::size_t>(role)]; }
    bool has(FieldRole role) const { return of(role) != yaml::kNoNode; }

    using Nested = std::pair<FieldRole, yaml::NodeRef>;
    const Nested* begin() const {
        return nested_.data();
    }  // fields that hold nodes, in their order
    const Nested* end() const { return nested_.data() + nestedCount_; }

    // One line that says what the step is about.
    std::string preview(const std::string& type) const;

private:
    std::string shown(FieldRole role) const;
    std::string promptPreview() const;
    std::string listPreview(FieldRole role, const char* key) const;
    std::string mapPreview(FieldRole role, bool withValues) const;
    std::string fallbackPreview() const;

    static constexpr std::size_t kRoles = static_cast<std::size_t>(FieldRole::OnNotFound) + 1;
    static constexpr std::size_t kNestedRoles = kRoles - static_cast<std::size_t>(FieldRole::Steps);

    const yaml::Forest& forest_;
    std::array<yaml::NodeRef, kRoles> entries_;
    std::array<Nested, kNestedRoles> nested_;
    std::size_t nestedCount_ = 0;
};

}  // namespace pe::format
