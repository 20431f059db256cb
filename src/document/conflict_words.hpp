// SPDX-License-Identifier: MIT
// ConflictWords: conflicts as people read them.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "conflict_book.hpp"

namespace pe::document {

// Fields of one name in a mapping, where not all are one author's.
std::vector<std::vector<yaml::NodeRef>> sameKeys(const ConflictSources& sources,
                                                 yaml::NodeRef mapping);

class ConflictWords {
public:
    explicit ConflictWords(const ConflictSources& sources) : sources_(sources) {}

    // Each adds the conflict if it (still) is one.
    void add(const FieldConflict& matter);
    void add(const DeletedConflict& matter);
    void add(const MovedConflict& matter);
    void add(const KeyConflict& matter);
    void add(const HiddenConflict& matter);
    void add(const AliasConflict& matter);
    void add(const AnchorConflict& matter);
    void add(const TagConflict& matter);
    void addNames(const std::vector<NameConflict>& renames);
    std::pair<std::vector<Conflict>, std::vector<ConflictMatter>> take(
        const std::set<std::string>& dismissed);

private:
    Conflict begin(ConflictKind kind, const char* prefix, crdt::OpId id, yaml::NodeRef node) const;
    void finish(Conflict conflict, ConflictMatter matter);
    // The version that an operation made.
    ConflictVersion version(std::string value, crdt::OpId op) const;
    std::string who(crdt::OpId op) const;
    std::string nameOf(yaml::NodeRef node) const;
    std::string placeOf(const PlaceVersion& place) const;
    crdt::OpId deletionOf(yaml::NodeRef node) const;
    yaml::NodeRef shownAncestor(yaml::NodeRef node) const;

    const ConflictSources& sources_;
    std::vector<Conflict> list_;
    std::vector<ConflictMatter> matters_;
};

}  // namespace pe::document
