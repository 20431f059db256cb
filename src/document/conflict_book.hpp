// SPDX-License-Identifier: MIT
// ConflictBook: what people did to the same thing without knowing of each other. Two values of one
// field follow from the tree; what does not (an edit inside a deleted entry, two moves) is found
// by comparing a change with those that its author had not seen.
#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "pe/crdt/tree.hpp"
#include "pe/document/conflict.hpp"
#include "replicated_forest.hpp"

namespace pe::document {

// What a conflict needs to be settled.
struct FieldConflict {
    yaml::NodeRef node = yaml::kNoNode;
    crdt::RegisterKey key = 0;
    friend auto operator<=>(const FieldConflict&, const FieldConflict&) = default;
};
struct DeletedConflict {
    crdt::NodeId node;
    crdt::OpId deletion;
    crdt::OpId edit;
    friend auto operator<=>(const DeletedConflict&, const DeletedConflict&) = default;
};
struct PlaceVersion {
    crdt::OpId op;
    crdt::NodeId parent;
    crdt::NodeId after;
    friend auto operator<=>(const PlaceVersion&, const PlaceVersion&) = default;
};
struct MovedConflict {
    crdt::NodeId node;
    std::vector<PlaceVersion> places;
    friend auto operator<=>(const MovedConflict&, const MovedConflict&) = default;
};
struct KeyConflict {
    std::vector<yaml::NodeRef> fields;  // the first is the one the engine reads
    friend auto operator<=>(const KeyConflict&, const KeyConflict&) = default;
};
// References that still use the name a step had before.
struct NameConflict {
    yaml::NodeRef step = yaml::kNoNode;
    std::string before;
    crdt::OpId rename;
    friend auto operator<=>(const NameConflict&, const NameConflict&) = default;
};
struct HiddenConflict {
    yaml::NodeRef node = yaml::kNoNode;
    friend auto operator<=>(const HiddenConflict&, const HiddenConflict&) = default;
};
// An alias that is not shown as it is written.
struct AliasConflict {
    yaml::NodeRef alias = yaml::kNoNode;
    yaml::NodeRef anchor = yaml::kNoNode;  // whose value it shows; kNoNode: it is shown as text
    friend auto operator<=>(const AliasConflict&, const AliasConflict&) = default;
};
// Two entries that got one anchor name, by the operations that gave it.
struct AnchorConflict {
    crdt::NodeId first;
    crdt::OpId firstNamed;
    crdt::NodeId second;
    crdt::OpId secondNamed;
    friend auto operator<=>(const AnchorConflict&, const AnchorConflict&) = default;
};
struct TagConflict {
    crdt::NodeId node;
    crdt::OpId tagged;
    crdt::OpId valued;
    friend auto operator<=>(const TagConflict&, const TagConflict&) = default;
};
using ConflictMatter =
    std::variant<FieldConflict, DeletedConflict, MovedConflict, KeyConflict, NameConflict,
                 HiddenConflict, AliasConflict, AnchorConflict, TagConflict>;

// What is known and does not follow from the tree.
struct ConflictFacts {
    bool open = false;  // others have changed something besides this replica
    std::set<DeletedConflict> deleted;
    std::set<MovedConflict> moved;
    std::vector<NameConflict> renamed;
    std::set<AnchorConflict> anchored;
    std::set<TagConflict> tagged;
};

// Where the facts come from.
struct ConflictSources {
    const crdt::ReplicatedTree& tree;
    const ReplicatedForest& forest;
    std::function<crdt::SharedChange(crdt::OpId)> changeOf;
    std::function<bool(crdt::ReplicaId)> isOwn;
};

class ConflictBook {
public:
    // An entry came, went, or got another field.
    void noteEntry(yaml::NodeRef node) { touched_.insert(node); }
    // A step has another name than before; `before` may still be referred to.
    void noteRename(yaml::NodeRef nameField, std::string before, crdt::OpId rename);
    // False if compare() finds nothing whatever the author had not seen.
    static bool mayCollide(const crdt::Change& change, const crdt::ReplicatedTree& tree);
    // `change` is in the tree; its author had not seen `unseen`.
    void compare(const crdt::Change& change, std::span<const crdt::SharedChange> unseen,
                 const crdt::ReplicatedTree& tree);
    // Others have changed something besides this replica.
    bool isOpen() const { return facts_.open; }
    void open() { facts_.open = true; }
    const ConflictFacts& facts() const { return facts_; }
    void setFacts(ConflictFacts facts) { facts_ = std::move(facts); }
    // Looks at an entry and all in it: when it came back, or a document was read again.
    void noteAll(const crdt::ReplicatedTree& tree,
                 yaml::NodeRef top = crdt::ReplicatedTree::root());

    // True if the list is another one than before.
    bool refresh(const ConflictSources& sources);
    const std::vector<Conflict>& list() const { return list_; }
    // Null if there is no such conflict (any more).
    const ConflictMatter* find(const std::string& id) const;

    const std::set<std::string>& dismissed() const { return dismissed_; }
    void setDismissed(std::set<std::string> ids) { dismissed_ = std::move(ids); }
    void dismiss(const std::string& id) { dismissed_.insert(id); }

private:
    ConflictFacts facts_;
    std::set<yaml::NodeRef> touched_;
    std::set<FieldConflict> fields_;
    std::set<yaml::NodeRef> keyed_;  // mappings in which two people added one key
    std::vector<Conflict> list_;
    std::vector<ConflictMatter> matters_;  // of the list, in its order
    std::set<std::string> dismissed_;
};

}  // namespace pe::document
