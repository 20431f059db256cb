// SPDX-License-Identifier: MIT
// Restamp: gives pending changes new ids, because the replica gets a new one, because some of them
// are taken out, or because a copy of this replica has sent one of them under its own. All
// pending work is taken back, written anew, and put on again.
#pragma once

#include <map>
#include <vector>

#include "tree_core.hpp"

namespace pe::crdt {

class Restamp {
public:
    explicit Restamp(TreeCore& core);

    std::vector<SharedChange> rekey(ReplicaId newReplica, std::int64_t nowMs);
    // Returns what was taken out.
    std::vector<SharedChange> reject(std::uint32_t firstCounter);
    // Which of what waits here `other` is, sent by a copy of this replica; nothing if it is none.
    // Not always the first: what the copy had in front may have been refused.
    SharedChange twinOf(const Change& other);
    // `mine` is confirmed as its twin. With the first one all that waits is taken back, and then
    // `end` has to put on again what has no twin.
    void confirmTwin(const SharedChange& mine, const Change& twin, Sequence at);
    void end();

private:
    struct Piece {
        std::uint32_t last;
        std::uint32_t newFirst;
        ReplicaId newReplica;
    };
    using Pieces = std::map<std::uint32_t, Piece>;  // by their first counters
    struct Created {
        std::uint32_t counter;
        NodeHandle node;
    };
    // Whoever superseded a set has seen what that one superseded, and an undo of the one goes back
    // to what was there before the other.
    struct TakenOut {
        std::vector<OpId> superseded;
        PriorValue before;
    };
    struct SeenText {
        NodeHandle node;
        TextKey key;
        Elements elements;
    };

    void takeOff();
    void putOn(SharedChange change);
    void reportContent();
    Pieces::const_iterator pieceOf(std::uint32_t counter) const;
    std::shared_ptr<Change> rewrite(const Change& change, std::uint32_t firstCounter);
    SharedChange without(std::uint32_t firstCounter, const SharedChange& change);
    bool isTwin(const Change& mine, const Change& other);
    bool rewrite(Operation& operation);
    bool rewrite(Set& set);
    std::vector<OpId> standing(const std::vector<OpId>& superseded) const;
    void takeOut(const Change& change);
    bool rewrite(TextInsert& insert);
    void keepInOrder(TextInsert& insert);
    bool rewrite(TextDelete& erase);
    bool rewrite(ElementRange range, std::vector<ElementRange>& out) const;
    void rewrite(Prior& prior);
    void rewritePlace(Place& place);
    // False if the id names something that was taken out.
    bool map(OpId& id) const;
    void mapOrForget(OpId& id) const;
    void rename(const Change& from, const Change& to);

    TreeCore& core_;
    const ReplicaId oldSelf_;
    const std::uint32_t confirmed_;  // the last counter of `oldSelf_` that has its place
    OpId torn_;                      // the right origin that the change at hand can no longer have
    bool isOff_ = false;
    std::vector<SharedChange> waiting_;  // what was taken off
    Pieces pieces_;  // what has its new ids; of twins, until `end`, what was confirmed
    // Sets that were taken out, by their counters.
    std::map<std::uint32_t, TakenOut> takenOut_;
    std::vector<SeenText> seen_;
    std::vector<Created> created_;
};

}  // namespace pe::crdt
