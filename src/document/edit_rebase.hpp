// SPDX-License-Identifier: MIT
// EditRebase: an edit of a base becomes one of what another edit made of that base. The two must
// have been merged before (edit_merge.hpp): what is still in the way here is where things stand.
#pragma once

#include <set>

#include "pe/yaml/edit.hpp"
#include "replicated_forest.hpp"

namespace pe::document {

class EditRebase {
public:
    // `now` is the base with `other` made in it. All outlive this.
    EditRebase(const yaml::Forest& base, const ReplicatedForest& now, const yaml::Edit& other);

    yaml::Edit rebased(yaml::Edit edit);

private:
    bool isLive(yaml::NodeRef node) const;
    void dropDead(yaml::Edit& edit) const;
    yaml::NodeRef place(yaml::NodeRef parent, yaml::NodeRef after) const;
    yaml::NodeRef leftInBase(yaml::NodeRef node) const;

    const yaml::Forest& base_;
    const ReplicatedForest& now_;
    std::set<yaml::NodeRef> moved_;    // by the other edit, to a place of their own
    std::set<yaml::NodeRef> carried_;  // by the other edit, into something new around them
    std::set<yaml::NodeRef> own_;      // taken out of their place by the edit itself
};

}  // namespace pe::document
