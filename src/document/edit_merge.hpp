// SPDX-License-Identifier: MIT
// EditMerge: two edits of one forest, made without knowing of each other, become two that can be
// made together: what both did is left once, what collides is decided for ours and told.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "pe/yaml/edit.hpp"
#include "pe/yaml/forest.hpp"

namespace pe::document {

// A collision, at an entry of the base.
struct EditConflict {
    yaml::NodeRef node = yaml::kNoNode;
    std::string what;
    std::string base;
    std::string ours;
    std::string theirs;
};

class EditMerge {
public:
    EditMerge(const yaml::Forest& base, yaml::Edit ours, yaml::Edit theirs)
        : base_(base), ours_(std::move(ours)), theirs_(std::move(theirs)) {}

    void run();
    const yaml::Edit& ours() const { return ours_; }
    const yaml::Edit& theirs() const { return theirs_; }
    const std::vector<EditConflict>& conflicts() const { return conflicts_; }

private:
    bool inside(yaml::NodeRef node, yaml::NodeRef ancestor) const;
    // Whether the edit changes something at or in the entry that a reader would notice.
    bool touches(const yaml::Edit& edit, yaml::NodeRef node, const yaml::Edit& other) const;
    bool touchesInside(const yaml::Edit& edit, yaml::NodeRef node) const;
    bool isNoticeable(const yaml::FieldPatch& patch) const;
    // Whether an entry that it carries in is one of these.
    bool carries(const yaml::Insertion& insertion,
                 const std::function<bool(yaml::NodeRef)>& condition) const;
    static void dropMove(yaml::Edit& edit, yaml::NodeRef node);
    void dropInside(yaml::Edit& edit, yaml::NodeRef node, bool withItself);

    void mergeKinds();
    void mergeKindsOf(const yaml::Edit& changing, yaml::Edit& other, bool oursChanges);
    void mergeRemovals();
    void keepEdited(yaml::Edit& removing, const yaml::Edit& editing, bool oursRemoves);
    void mergeMoves();
    void liftGap(yaml::NodeRef node, yaml::Edit& other, yaml::Entry& around) const;
    void mergeAround(yaml::Edit& wrapping, yaml::Edit& other, bool oursWraps);
    yaml::NodeRef anchorFor(const yaml::Edit& edit, const yaml::Edit& other, yaml::NodeRef parent,
                            yaml::NodeRef after) const;
    void moveAround(yaml::Edit& wrapping, const yaml::Edit& other, yaml::Insertion& around,
                    const yaml::Relocation& move) const;
    void mergeInsertions();
    // What an edit puts around an entry.
    const yaml::Insertion* aroundOf(const yaml::Edit& edit, yaml::NodeRef node) const;
    bool carriesOurs(const yaml::Insertion& their);
    void mergePatches();
    // True if theirs is not needed any more.
    bool mergePatch(yaml::FieldPatch& mine, yaml::FieldPatch& their);
    bool mergeValue(yaml::FieldPatch& mine, const yaml::FieldPatch& their);
    void mergeBlock(yaml::FieldPatch& mine, const yaml::FieldPatch& their);
    void mergeLinesOf(yaml::FieldPatch& mine, const yaml::FieldPatch& their,
                      std::string yaml::Entry::*text);
    void rebaseColumns(yaml::Edit& edit, const yaml::Edit& other) const;
    void unite(yaml::Entry& ours, const yaml::Entry& theirs, yaml::NodeRef at);
    void tell(yaml::NodeRef node, std::string what, std::string base, std::string ours,
              std::string theirs);

    const yaml::Forest& base_;
    yaml::Edit ours_;
    yaml::Edit theirs_;
    std::vector<EditConflict> conflicts_;
};

}  // namespace pe::document
