// SPDX-License-Identifier: MIT
// The history that is common to all: every version can be read and brought back.
#include "pipeline_document.hpp"

namespace pe::document {

Result<crdt::SharedChange> PipelineDocument::find(crdt::OpId op) const {
    if (auto found = log_.find(op))
        return found;
    for (const crdt::SharedChange& each : tree_.pending())
        if (each->replica == op.replica && each->firstCounter <= op.counter &&
            op.counter <= each->lastCounter())
            return each;
    if (log_.first() == 0 || op.counter > tree_.lastCounter(op.replica))
        return crdt::SharedChange();
    PE_TRY(log_.from(0));
    return log_.find(op);
}

std::vector<Revision> PipelineDocument::revisions() const {
    (void)log_.from(0);
    std::vector<Revision> revisions;
    std::uint64_t position = log_.first();
    const auto add = [&](const crdt::SharedChange& change) {
        Revision revision;
        revision.position = ++position;
        revision.label = change->label;
        revision.author = change->author;
        revision.atMs = change->hlc.milliseconds();
        revision.pending = position > log_.size();
        revision.origin = position == 1                 ? RevisionOrigin::Import
                          : change->label == kDiskLabel ? RevisionOrigin::Disk
                          : isOwn(change->replica)      ? RevisionOrigin::Own
                                                        : RevisionOrigin::Peer;
        revisions.push_back(std::move(revision));
    };
    revisions.reserve(log_.size());
    for (const crdt::SharedChange& each : log_.atHand())
        add(each);
    for (const crdt::SharedChange& each : tree_.pending())
        add(each);
    return revisions;
}

Result<std::string> PipelineDocument::textAt(std::uint64_t position) const {
    return timeline_.textAt(position, log_, tree_.pending());
}

Result<void> PipelineDocument::restore(std::uint64_t position) {
    PE_TRY(mayEdit());
    PE_TRY_ASSIGN(std::string then, textAt(position));
    return rewrite(std::move(then), "Restore version " + std::to_string(position));
}

}  // namespace pe::document
