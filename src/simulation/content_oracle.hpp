// SPDX-License-Identifier: MIT
// ContentOracle: registers and texts by their definitions, without runs, caches or clever places: a
// list of elements that is walked, a list of versions that is searched.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pe/crdt/change.hpp"

namespace pe::simulation {

struct OracleVersion {
    std::optional<std::string> value;
    crdt::Hlc hlc;
    crdt::OpId op;
};

class ContentOracle {
public:
    void apply(const crdt::Change& change);

    using Place = std::pair<crdt::NodeId, std::uint8_t>;  // a node and a key
    // Newest first, as they are shown.
    std::vector<OracleVersion> versions(const Place& place) const;
    crdt::Elements text(const Place& place) const;
    std::set<Place> registers() const;
    std::set<Place> texts() const;
    std::uint64_t created() const { return created_; }

private:
    struct Letter {
        crdt::OpId id;
        crdt::OpId left;
        crdt::OpId right;
        crdt::Element element = 0;
    };
    struct Letters {
        std::vector<Letter> order;
        std::map<crdt::OpId, std::vector<crdt::ElementRange>> deletions;
        std::set<crdt::OpId> revoked;
    };

    void apply(const crdt::Operation& operation, crdt::OpId op, crdt::Hlc hlc);
    void insert(Letters& letters, const Letter& letter);

    std::map<Place, std::vector<OracleVersion>> versions_;
    std::map<Place, Letters> texts_;
    std::uint64_t created_ = 0;
};

}  // namespace pe::simulation
