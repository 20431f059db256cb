// SPDX-License-Identifier: MIT
// FollowedNames: the texts of the old version that name steps which have another name in the new
// one, and what they would say if they just followed. A rename is one difference, however many
// texts went along. Borrows both versions.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pe/yaml/value.hpp"
#include "step_matching.hpp"
#include "version.hpp"

namespace pe::compare {

class FollowedNames {
public:
    FollowedNames(const Version& before, const Version& after, const StepMatching& steps);

    // What an old entry means when its names have followed; as Version::meaning() if it has none.
    std::string meaning(yaml::NodeRef was) const;
    // The two entries differ by names that have followed, and by nothing else.
    bool explains(yaml::NodeRef was, yaml::NodeRef is) const;
    // Notes the entries at and below `was` that have followed, and where they stand now.
    void note(yaml::NodeRef was, yaml::NodeRef is);
    // Pointers in the new version to the entries noted for a renamed step (its old index).
    const std::vector<std::string>& noted(format::GraphIndex renamed) const;

private:
    struct Text {
        std::string text;                         // with the new names
        std::vector<format::GraphIndex> renamed;  // the steps it names, by their old index
    };
    bool follows(yaml::NodeRef was) const;
    yaml::Value valueOf(yaml::NodeRef was) const;

    const Version& before_;
    const Version& after_;
    std::map<yaml::NodeRef, Text> texts_;
    std::map<format::GraphIndex, std::vector<std::string>> noted_;
};

}  // namespace pe::compare
