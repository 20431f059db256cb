// SPDX-License-Identifier: MIT
// Entry comparison: what differs in the fields and comments of two entries that are the same one in
// two versions, without the steps that stand in them.
#pragma once

#include <string>
#include <vector>

#include "followed_names.hpp"
#include "pe/compare/difference.hpp"
#include "version.hpp"

namespace pe::compare {

// Whom the differences are about, in a list that all share.
struct Report {
    std::vector<Difference>& found;
    bool& isFormatted;  // set where only the writing differs
    std::string step;   // the name
    std::string owner;  // "step `a`"
};

class EntryComparison {
public:
    EntryComparison(const Version& before, const Version& after, FollowedNames& names,
                    Report report)
        : before_(before), after_(after), names_(names), report_(std::move(report)) {}

    // Two entries that are matched, with all below them. `field` is their name in the step; empty
    // for the step itself.
    void compare(yaml::NodeRef was, yaml::NodeRef is, const std::string& field);
    // Two mappings of which some keys are told of elsewhere.
    void compareEntries(yaml::NodeRef was, yaml::NodeRef is, const std::string& field,
                        const std::vector<std::string>& except);

private:
    void compareItems(yaml::NodeRef was, yaml::NodeRef is, const std::string& field);
    void compareOwnText(yaml::NodeRef was, yaml::NodeRef is, const std::string& field);
    void add(DifferenceKind kind, yaml::NodeRef was, yaml::NodeRef is, const std::string& field,
             std::string sentence = {});
    void tell(Difference difference);

    const Version& before_;
    const Version& after_;
    FollowedNames& names_;
    Report report_;
};

}  // namespace pe::compare
