// SPDX-License-Identifier: MIT
// Timeline: a document as it was after any number of its changes. Remembers states on the way, so
// that going through the history is quick after the first look.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "change_log.hpp"
#include "pe/base/result.hpp"
#include "pe/crdt/snapshot.hpp"

namespace pe::document {

class Timeline {
public:
    // The state that the document was opened with.
    void openedWith(crdt::Snapshot state);
    // The state after the first `position` changes of the log, for `self` to go on from.
    Result<crdt::ReplicatedTree> treeAt(std::uint64_t position, crdt::ReplicaId self,
                                        ChangeLog& log);
    // The text after so many changes; the log only ever grows at the end, `pending` follow it.
    Result<std::string> textAt(std::uint64_t position, ChangeLog& log,
                               std::span<const crdt::SharedChange> pending);

private:
    void remember(crdt::ReplicatedTree& tree);

    std::map<std::uint64_t, crdt::Snapshot> states_;
    std::uint64_t opened_ = 0;
    std::uint64_t every_ = 4096;  // a state is remembered after so many changes
};

}  // namespace pe::document
