// SPDX-License-Identifier: MIT
// TextReplay: an editing trace typed again, by one replica for each of its authors, as gestures on
// a text of a replicated tree.
#pragma once

#include <string>
#include <vector>

#include "editing_trace.hpp"
#include "pe/crdt/codec.hpp"
#include "pe/crdt/tree.hpp"

namespace pe::cli {

class TextReplay {
public:
    explicit TextReplay(const EditingTrace& trace) : trace_(trace) {}

    // Makes the replicas, with the text the trace starts with.
    Result<void> begin();
    // One gesture a transaction. Corrupt if the trace edits where there is nothing.
    Result<void> replay();
    // Confirms all work, and gives every replica what it has not seen.
    Result<void> settle();

    // In an order in which everything comes behind what it needs; the first makes the text.
    const std::vector<crdt::SharedChange>& changes() const { return changes_; }
    std::vector<crdt::ReplicatedTree>& replicas() { return replicas_; }
    // Every replica has the text that the trace ends with.
    bool endsRight() const;

private:
    Result<void> catchUp(std::uint32_t agent, const std::vector<std::uint32_t>& parents);
    Result<void> take(std::uint32_t agent, std::uint32_t transaction);
    Result<void> edit(std::uint32_t agent, const std::vector<TracePatch>& patches);

    const EditingTrace& trace_;
    std::vector<crdt::ReplicatedTree> replicas_;
    std::vector<std::vector<bool>> known_;  // by agent and transaction
    std::vector<std::size_t> madeBy_;       // transaction to change; 0: it changed nothing
    std::vector<crdt::SharedChange> changes_;
};

// A sequential trace typed by one who works alone: the gestures are confirmed at once and nothing
// but the tree keeps them, as a document does that nobody shares. Each transaction is a gesture, or
// the whole trace is one.
class LoneTyping {
public:
    explicit LoneTyping(const EditingTrace& trace);

    // Makes the replica, with the text the trace starts with.
    Result<void> begin();
    Result<void> typeEach();
    Result<void> typeAsOne();
    crdt::ReplicatedTree& tree() { return tree_; }

private:
    Result<void> finish(crdt::Transaction& gesture);

    const EditingTrace& trace_;
    crdt::ReplicatedTree tree_;
};

// The text that the replays write: the only one of the first node.
crdt::Elements replayedText(const crdt::ReplicatedTree& tree);

// Writes patches into the text of the first node.
void typePatches(const crdt::ReplicatedTree& tree, crdt::Transaction& gesture,
                 const std::vector<TracePatch>& patches);

// The changes as a connection carries them, each in a frame of its own behind one context.
std::vector<std::string> framesOf(const std::vector<crdt::SharedChange>& changes);

// Gives all pending changes of a replica their place.
Result<void> confirmOwn(crdt::ReplicatedTree& tree);

// Takes frames one by one, as they come in, or as one backlog.
Result<void> takeFrames(crdt::ReplicatedTree& tree, const std::vector<std::string>& frames);
Result<void> takeBatch(crdt::ReplicatedTree& tree, std::string_view batch);

}  // namespace pe::cli
