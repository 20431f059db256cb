// SPDX-License-Identifier: MIT
// Laws of whole documents, checked against the log and what its changes say, and against nothing
// that the documents themselves have worked out.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "pe/crdt/tree.hpp"
#include "pe/document/document.hpp"
#include "verdict.hpp"

namespace pe::simulation {

// The text of a merged document differs from that of its beginning only in lines that somebody
// edited: every entry that no change names stands there with the bytes it had. `log` holds all
// changes, the import that made `beginning` first.
void checkUntouchedLines(const document::Document& beginning, const document::Document& merged,
                         const std::vector<crdt::SharedChange>& log, Verdict& verdict);

// Where two people gave a field two values, that is listed.
void checkConflictsAreListed(const crdt::ReplicatedTree& tree,
                             const std::vector<document::Conflict>& listed, Verdict& verdict);

// An undo replaces, moves, deletes and restores only what was last set, put or deleted by its
// author. `before`: the state that it was made in, by `changes`.
void checkUndoIsOwn(const crdt::ReplicatedTree& before,
                    const std::vector<crdt::SharedChange>& changes,
                    const std::set<crdt::ReplicaId>& own, const crdt::Change& undo,
                    Verdict& verdict);

}  // namespace pe::simulation
