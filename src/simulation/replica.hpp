// SPDX-License-Identifier: MIT
// Replica: one machine with one copy of the document: a tree, the disk under it, and its side of
// the protocol. It sends only what is on its disk, and after a crash it is what its disk says.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "disk.hpp"
#include "message.hpp"
#include "pe/crdt/tree.hpp"
#include "pe/simulation/simulator.hpp"
#include "record.hpp"
#include "verdict.hpp"

namespace pe::simulation {

class Replica {
public:
    Replica(std::uint32_t slot, crdt::ReplicaId id, Bug bug, Verdict& verdict);
    // A machine whose folder was copied from another's disk.
    Replica(std::uint32_t slot, const Disk& disk, Bug bug, Verdict& verdict);

    // What a person does. `label` marks the gesture for ever.
    void edit(Random& random, std::int64_t nowMs, const std::string& label);
    void undo(Random& random, std::int64_t nowMs, const std::string& label);

    void sync();
    void compact();
    bool crash(Random& random);

    // What it says when it is its turn to send; nothing if there is nothing to say.
    std::optional<Message> send();
    Message pull() const;
    void receive(const Message& message, std::int64_t nowMs, std::uint64_t seed);

    const crdt::ReplicatedTree& tree() const { return *tree_; }
    crdt::ReplicatedTree& tree() { return *tree_; }
    const Disk& disk() const { return disk_; }
    bool isIdle(crdt::Sequence head) const;
    // Labels of gestures that it has promised to keep, and of those refused and kept aside.
    const std::set<std::string>& promised() const { return promised_; }
    const std::set<std::string>& rejected() const { return rejected_; }
    // Its identity may clash with another's: only after a copied folder.
    bool mayClash = false;

private:
    void keep(const crdt::SharedChange& change);
    void take(const Message& message, std::int64_t nowMs, std::uint64_t seed);
    void refuse(std::uint32_t counter);
    void becomeAnother(std::int64_t nowMs, std::uint64_t seed);
    void rewriteJournal();
    void load();
    // From the journal; false if it does not fit, which is in the verdict then.
    bool replay(const std::string& record);
    bool replayConfirmed(const Record& record);
    bool replayPending(const Record& record);
    bool replaySnapshot(const Record& record);
    bool resumeAll(const std::vector<std::string>& pending);
    std::vector<std::string> pendingRecords() const;
    void sabotage(crdt::Change& change) const;

    std::uint32_t slot_;
    Bug bug_;
    Verdict& verdict_;
    std::optional<crdt::ReplicatedTree> tree_;
    Disk disk_;
    std::uint64_t session_ = 0;
    bool greeting_ = false;
    std::uint32_t syncedCounter_ = 0;  // the last pending one that is on the disk
    std::vector<crdt::SharedChange> done_;
    std::set<std::string> unsynced_;
    std::set<std::string> promised_;
    std::set<std::string> rejected_;
};

}  // namespace pe::simulation
