// SPDX-License-Identifier: MIT
// Timeline: the text of a document as it was after any number of its changes. Remembers states on
// the way, so that going through the history is quick after the first look.
#pragma once

#include <map>
#include <span>
#include <string>

#include "pe/base/result.hpp"
#include "pe/crdt/change.hpp"
#include "pe/crdt/snapshot.hpp"

namespace pe::document {

class Timeline {
public:
    // `confirmed` changes only ever grow at the end; `pending` follow them.
    Result<std::string> textAt(std::uint64_t position,
                               std::span<const crdt::SharedChange> confirmed,
                               std::span<const crdt::SharedChange> pending);

private:
    std::map<std::uint64_t, crdt::Snapshot> states_;
};

}  // namespace pe::document
